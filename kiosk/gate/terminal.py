"""Switching the screen between the lock's virtual terminal and a session's.

Only the gate switches: between two switches the kernel refuses them to everybody.
"""

import fcntl
import logging
import os
from dataclasses import dataclass
from pathlib import Path

CONSOLE = Path("/dev/tty0")

_ACTIVATE = 0x5606
_FORBID_SWITCHING = 0x560B
_ALLOW_SWITCHING = 0x560C

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Terminals:
    """The terminals of a workstation with a screen."""

    lock: int = 7
    console: Path = CONSOLE

    def show_lock(self) -> None:
        """Bring the lock's terminal to the front.

        The switch is asked for and not waited for: a session's server that hangs would keep it
        until it is killed, and it will be.
        """
        self._show(self.lock)

    def show_session(self, terminal: int) -> None:
        """Bring a session's terminal to the front."""
        self._show(terminal)

    def _show(self, terminal: int) -> None:
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
