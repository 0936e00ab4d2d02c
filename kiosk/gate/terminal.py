"""Switching the screen between the lock's virtual terminal and a session's.

Only the gate switches: between two switches the kernel refuses them to everybody.
"""

import fcntl
import logging
import os
from dataclasses import dataclass
from pathlib import Path

CONSOLE = Path("/dev/tty0")
ACTIVE = Path("/sys/class/tty/tty0/active")

_ACTIVATE = 0x5606
_FORBID_SWITCHING = 0x560B
_ALLOW_SWITCHING = 0x560C

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

    def show_lock(self) -> None:
        """Bring the lock's terminal to the front."""
        self.show(self.lock)

    def show(self, terminal: int) -> None:
        """Bring a terminal to the front.

        The switch is asked for and not waited for: a session's server that hangs would keep the
        screen until it is killed, and it will be. An X server waits until its own terminal is in
        front, and may not bring it there itself: this comes before its start.
        """
        try:
            console = os.open(self.console, os.O_WRONLY | os.O_NOCTTY)
        except OSError as error:
            _log.warning("the console cannot be opened: errno %s", error.errno)
            return
        try:
            fcntl.ioctl(console, _ALLOW_SWITCHING, 0)
            fcntl.ioctl(console, _ACTIVATE, terminal)
            fcntl.ioctl(console, _FORBID_SWITCHING, 0)
        except OSError as error:
            _log.warning("the screen cannot be switched: errno %s", error.errno)
        finally:
            os.close(console)
