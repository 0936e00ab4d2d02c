"""The shell as a process: started under its own uid, and known again by a gate that comes back."""

import json
import logging
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path

import psutil

from kiosk.gate.child import Child
from kiosk.gate.drop import Account, Program, SpawnFailed, spawn
from kiosk.gate.lockdisplay import LockDisplay
from kiosk.gate.remnant import Known, know

_log = logging.getLogger(__name__)


class Started:
    """A shell of this gate."""

    is_child = True

    def __init__(self, process: Child) -> None:
        self._process = process

    def ended(self) -> bool:
        """Tell whether it is gone, and let the kernel forget it."""
        return self._process.poll() is not None


class Found:
    """A shell of an earlier gate."""

    is_child = False

    def __init__(self, known: Known) -> None:
        self._known = known

    def ended(self) -> bool:
        """Tell whether it is gone."""
        return not self._known.is_alive()


class ShellLauncher:
    """Starts one program, always the same, under one account.

    Args:
        program: the program and its arguments, from root's configuration.
        account: the account under which it runs; our own is taken as it is.
        environment: all the variables that it gets, with those of the display.
        record: the file in which the running shell is noted; its folder is root's.
        display: where it draws.
    """

    def __init__(
        self,
        program: tuple[str, ...],
        account: Account,
        environment: Mapping[str, str],
        record: Path,
        display: LockDisplay,
    ) -> None:
        self._program = program
        self._account = account
        self._environment = environment
        self._record = record
        self._display = display

    def take_back(self) -> Found | None:
        """Return the shell that an earlier gate has left running."""
        try:
            raw = json.loads(self._record.read_bytes())
            known = Known(int(raw["pid"]), float(raw["started"]))
        except FileNotFoundError:
            return None
        except (OSError, ValueError, KeyError, TypeError):
            _log.warning("the note about the running shell cannot be read")
            return None
        return Found(known) if known.is_alive() else None

    def start(self) -> Started:
        """Start a shell.

        Raises:
            OSError: the display or the program does not start.
        """
        variables = {**self._environment, **self._display.environment()}
        program = Program(self._program, self._account, variables, speaks=True)
        try:
            process = spawn(program)
        except SpawnFailed as failure:
            raise OSError(None, str(failure)) from failure
        with suppress(psutil.NoSuchProcess):  # it ended at once: there is nothing to know again
            self._note(know(process.pid))
        return Started(process)

    def drop_display(self) -> None:
        """End the display, if it is the gate's own."""
        self._display.drop()

    def _note(self, known: Known) -> None:
        place = self._record.with_name(f"{self._record.name}.new")
        place.write_text(json.dumps(asdict(known)), "ascii")
        place.replace(self._record)
