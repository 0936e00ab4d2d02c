"""Switching the screen between the lock's virtual terminal and a session's.

Only the gate switches: once a terminal is in front the kernel refuses switches to everybody. It
must not refuse them earlier, for it would forget the switch that it has just been asked for.
"""

import fcntl
import logging
import os
import time
from dataclasses import dataclass
from pathlib import Path

CONSOLE = Path("/dev/tty0")
ACTIVE = Path("/sys/class/tty/tty0/active")
PATIENCE_SECONDS = 0.1

_ACTIVATE = 0x5606
_FORBID_SWITCHING = 0x560B
_ALLOW_SWITCHING = 0x560C
_LOOK_AGAIN_SECONDS = 0.001

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Terminals:
    """The terminals of a workstation with a screen."""

    lock: int = 7
    console: Path = CONSOLE
    active: Path = ACTIVE

    def front(self) -> int | None:
        """Return the terminal that is in front, None where the kernel does not say."""
        try:
            return int(self.active.read_text("ascii").strip().removeprefix("tty"))
        except (OSError, ValueError):
            return None

    def ask(self, terminal: int) -> None:
        """Ask for a terminal to come to the front, and do not wait for it.

        A session's server that hangs keeps the screen until it is killed, and it will be.
        """
        self._tell((_ALLOW_SWITCHING, 0), (_ACTIVATE, terminal))

    def show(self, terminal: int) -> bool:
        """Bring a terminal to the front, and return whether it stands there in time.

        An X server waits until its own terminal is in front, and may not bring it there itself:
        this comes before its start.
        """
        self.ask(terminal)
        deadline = time.monotonic() + PATIENCE_SECONDS
        while self.front() != terminal:
            if time.monotonic() >= deadline:
                _log.warning("the screen was not switched in time")
                return False
            time.sleep(_LOOK_AGAIN_SECONDS)
        self._tell((_FORBID_SWITCHING, 0))
        return True

    def _tell(self, *requests: tuple[int, int]) -> None:
        try:
            console = os.open(self.console, os.O_WRONLY | os.O_NOCTTY)
        except OSError as error:
            _log.warning("the console cannot be opened: errno %s", error.errno)
            return
        try:
            for request, argument in requests:
                fcntl.ioctl(console, request, argument)
        except OSError as error:
            _log.warning("the screen cannot be switched: errno %s", error.errno)
        finally:
            os.close(console)
