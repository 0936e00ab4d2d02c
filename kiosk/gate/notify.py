"""Telling the service manager that the gate is ready, and that it still turns.

One datagram each on the socket that the manager names in `NOTIFY_SOCKET`, see sd_notify(3). Where
there is no manager, nothing is told.
"""

import logging
import os
import socket
from collections.abc import MutableMapping

from kiosk.gate.clock import Clock

MICROSECONDS = 1_000_000

_log = logging.getLogger(__name__)


class Notifier:
    """A part of the loop: a loop that no longer turns lets the watchdog of the manager bite."""

    def __init__(self, clock: Clock, environment: MutableMapping[str, str]) -> None:
        """Take the manager's variables out of the environment: they are not for our children."""
        self._clock = clock
        address = environment.pop("NOTIFY_SOCKET", "")
        every = environment.pop("WATCHDOG_USEC", "")
        meant = environment.pop("WATCHDOG_PID", str(os.getpid())) == str(os.getpid())
        # A leading @ stands for the zero byte of an abstract socket.
        self._address = "\0" + address[1:] if address.startswith("@") else address
        self._every = int(every) / MICROSECONDS / 2 if meant and every.isdecimal() else None
        self._due = clock.boot_seconds()

    def tell(self, state: str) -> None:
        """Tell a state, such as READY=1."""
        if not self._address:
            return
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_NONBLOCK) as line:
            try:
                line.sendto(state.encode("ascii"), self._address)
            except OSError as error:
                _log.warning("the service manager does not listen: errno %s", error.errno)

    def next_deadline(self) -> float | None:
        """Return when the next sign of life is due."""
        return self._due if self._address and self._every is not None else None

    def tick(self) -> None:
        """Give a sign of life, if one is due."""
        due = self.next_deadline()
        if due is not None and self._every is not None and self._clock.boot_seconds() >= due:
            self._due = self._clock.boot_seconds() + self._every
            self.tell("WATCHDOG=1")
