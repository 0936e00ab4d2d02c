"""The display of the lock: an X server for the shell alone, without a window manager.

It outlives the gate as the shell does, and is taken up again by the next one. Its cookie belongs to
the shell's account; the server of a session is another one.
"""

import json
import os
import select
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Protocol

import psutil

from kiosk.gate.child import Child
from kiosk.gate.display import DisplayKind, make_cookie, stop_server
from kiosk.gate.drop import Account, Program, SpawnFailed, spawn
from kiosk.gate.remnant import Known, know
from kiosk.gate.terminal import Terminals

START_SECONDS = 10.0
STOP_SECONDS = 1.0

_ROOT = Account(0, 0)


class LockDisplay(Protocol):
    """Where the shell draws, and nobody else."""

    def environment(self) -> Mapping[str, str]:
        """Return what a program needs to draw on it; it is started where it does not run.

        Raises:
            OSError: it cannot be started.
        """
        ...

    def drop(self) -> None:
        """End it, if it is the gate's own; the next `environment` starts a new one."""
        ...


class GivenDisplay:
    """A display that somebody else keeps; its variables stand in the shell's."""

    def environment(self) -> Mapping[str, str]:
        """Return nothing more."""
        return {}

    def drop(self) -> None:
        """Leave it: it is not ours."""


@dataclass(frozen=True, slots=True)
class LockPlan:
    """The X server of the lock.

    Attributes:
        kind: Xorg on a terminal, or Xvfb for machines without a screen.
        program: its path.
        run: the gate's folder below /run.
        kiosk: the account of the shell.
        terminal: the virtual terminal of Xorg.
        configuration: Xorg's own file, None for its defaults.
        screen: width, height and depth of a virtual screen.
    """

    kind: DisplayKind
    program: str
    run: Path
    kiosk: Account
    terminal: int = 7
    configuration: Path | None = None
    screen: str = "1366x768x24"

    @property
    def cookie(self) -> Path:
        """The file with the server's cookie."""
        return self.run / "lock.cookie"

    @property
    def note(self) -> Path:
        """Where the running server is noted."""
        return self.run / "lock.json"

    def arguments(self, told: int) -> list[str]:
        """Return the command line; the server tells its number on the descriptor `told`."""
        common = [
            *(self.program, "-displayfd", str(told), "-auth", str(self.cookie)),
            *("-nolisten", "tcp", "-noreset"),
        ]
        if self.kind is DisplayKind.XVFB:
            return [*common, "-screen", "0", self.screen]
        own = [] if self.configuration is None else ["-config", str(self.configuration)]
        return [*common, f"vt{self.terminal}", "-novtswitch", "-keeptty", *own]


class OwnDisplay:
    """An X server of the gate's own."""

    def __init__(self, plan: LockPlan) -> None:
        self._plan = plan
        self._child: Child | None = None

    def environment(self) -> Mapping[str, str]:
        """Return what a program needs to draw on it; it is started where it does not run.

        Raises:
            OSError: it cannot be started.
        """
        found = self._find()
        number = self._start() if found is None else found[1]
        return {"DISPLAY": f":{number}", "XAUTHORITY": str(self._plan.cookie)}

    def drop(self) -> None:
        """End the server."""
        if self._child is not None:
            stop_server(self._child, STOP_SECONDS)
            self._child = None
        elif (found := self._find()) is not None:
            with suppress(psutil.NoSuchProcess):
                server = psutil.Process(found[0].pid)
                server.terminate()
                _, alive = psutil.wait_procs([server], STOP_SECONDS)
                for one in alive:
                    one.kill()
        self._plan.note.unlink(missing_ok=True)

    def _find(self) -> tuple[Known, str] | None:
        """Return the server that runs, and its number."""
        if self._child is not None and self._child.poll() is not None:
            self._child = None
        try:
            raw = json.loads(self._plan.note.read_bytes())
            known = Known(int(raw["pid"]), float(raw["started"]))
            number = str(int(raw["number"]))
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return (known, number) if known.is_alive() else None

    def _start(self) -> str:
        plan = self._plan
        if plan.kind is DisplayKind.XORG:
            # The server waits for its terminal, and the kernel refuses it the switch.
            Terminals(plan.terminal).show(plan.terminal)
        plan.cookie.unlink(missing_ok=True)
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW
        file = os.open(plan.cookie, flags, 0o400)
        try:
            os.write(file, make_cookie())
            os.fchown(file, plan.kiosk.uid, plan.kiosk.gid)
        finally:
            os.close(file)
        hearing, telling = os.pipe()
        try:
            arguments = plan.arguments(telling)
            variables = {"PATH": os.defpath}
            server = spawn(Program(arguments, _ROOT, variables, descriptors=(telling,)))
        except SpawnFailed as failure:
            os.close(hearing)
            raise OSError(f"the lock's display does not start: {failure}") from failure
        finally:
            os.close(telling)
        try:
            number = _hear_number(hearing)
        finally:
            os.close(hearing)
        if number is None:
            stop_server(server, STOP_SECONDS)
            raise OSError("the lock's display was not ready in time")
        self._child = server
        plan.note.write_text(json.dumps({**asdict(know(server.pid)), "number": number}), "ascii")
        return number


def _hear_number(hearing: int) -> str | None:
    """Wait for the line with the display's number, None where it does not come."""
    deadline = time.monotonic() + START_SECONDS
    told = b""
    while not told.endswith(b"\n"):
        left = max(deadline - time.monotonic(), 0.0)
        if not select.select([hearing], [], [], left)[0]:
            return None
        piece = os.read(hearing, 16)
        if not piece:
            return None
        told += piece
    return told.decode("ascii").strip()
