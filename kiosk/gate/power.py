"""Restarting the machine or switching it off, by a command that root has configured."""

import logging
import subprocess
from collections.abc import Mapping
from typing import Protocol

from kiosk.gate.answer import Refusal
from kiosk.gate.protocol import PowerKind

_log = logging.getLogger(__name__)


class Power(Protocol):
    """What carries out `power`."""

    def ask(self, kind: PowerKind) -> Refusal | None:
        """Begin it; None means that it has begun."""
        ...


class CommandPower:
    """Runs one command for each kind; a kind without one is refused."""

    def __init__(self, commands: Mapping[PowerKind, tuple[str, ...]]) -> None:
        self._commands = commands
        self._running: subprocess.Popen[bytes] | None = None

    def ask(self, kind: PowerKind) -> Refusal | None:
        """Begin it; one that runs already is let finish."""
        command = self._commands.get(kind)
        if command is None:
            return Refusal.UNSUPPORTED
        if self._running is not None and self._running.poll() is None:
            return None
        _log.info("the machine is asked to %s", kind.value)
        try:
            self._running = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
        except OSError as error:
            _log.error("the command to %s does not start: errno %s", kind.value, error.errno)
            return Refusal.UNSUPPORTED
        return None
