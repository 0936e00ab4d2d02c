"""A confined session for tests, with a visitor who runs what a test tells them.

Everything is real: the group, the cell, the X server, the account. Only the folders, the accounts
and the group bear names that no installation has.
"""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path
from typing import Any

from kiosk.gate.backend import Application
from kiosk.gate.cell import Cell, CellLimits, CellPlan
from kiosk.gate.child import Child
from kiosk.gate.confinedbackend import ConfinedBackend
from kiosk.gate.confinement import Companion, Confinement
from kiosk.gate.display import DisplayKind, ServerPlan
from kiosk.gate.fact import Proof
from tests.gate.fake import slot_id
from tests.helpers.confine import FACE, VISITOR, find_python, ground, wait_for

ROOT = Path(__file__).parent.parent.parent
SLOT, NEXT_SLOT = slot_id(1), slot_id(2)
XVFB = "/usr/bin/Xvfb"
OPENBOX = "/usr/bin/openbox"

_RUN = """
import ctypes, json, os, signal, socket, subprocess, sys, time
told = {{}}
def tell():
    with open({path!r} + ".new", "w") as file:
        json.dump(told, file)
    os.rename({path!r} + ".new", {path!r})
def refusal(act, *arguments):
    "The name of the error that an act meets, or an empty one."
    try:
        act(*arguments)
    except OSError as error:
        return type(error).__name__ + " " + str(error.errno)
    return ""
{text}
tell()
"""

_numbers = count(1)


@dataclass
class Stage:
    """One workstation's confinement.

    Attributes:
        plan: how it confines.
        backend: what is tested.
        slot: whose session runs.
    """

    plan: Confinement
    backend: ConfinedBackend
    slot: str = SLOT
    started: list[Child] = field(default_factory=list)

    def cell(self) -> Cell:
        """Return the running session's cell."""
        session = self.backend._session
        assert session is not None
        return Cell(self.plan.cell, session.holder.pid)

    def outside(self, path: str | Path) -> Path:
        """Return where a path of the inside is seen by root."""
        return self.cell().seen_from_outside(Path(path))

    def begin(self, text: str) -> Path:
        """Let the visitor begin to run some Python; return the file that it tells in."""
        session = self.backend._session
        assert session is not None
        name = Path(f"/tmp/told-{next(_numbers)}")
        code = _RUN.format(path=str(name), text=text)
        command = (find_python(), "-I", "-c", code)
        self.started.append(self.backend._spawn_inside(session, command, self.plan.visitor))
        return self.outside(name)

    def run(self, text: str, seconds: float = 30) -> dict[str, Any]:
        """Let the visitor run some Python to its end, and return what it put into `told`."""
        file = self.begin(text)
        program = self.started[-1]
        wait_for(lambda: program.poll() is not None, "the visitor's program", seconds)
        assert program.returncode == 0, f"the visitor's program failed: {program.returncode}"
        heard: dict[str, Any] = json.loads(file.read_text())
        return heard

    def hear(self, text: str) -> dict[str, Any]:
        """Let the visitor run Python that goes on for ever, and return what it first told."""
        file = self.begin(text)
        program = self.started[-1]
        wait_for(lambda: file.exists() or program.poll() is not None, "word of the visitor")
        heard: dict[str, Any] = json.loads(file.read_text())
        return heard

    def end(self) -> Proof:
        """End the session, and return the proof that nothing is left."""
        self.backend.end(self.slot)
        found = self.backend.audit(self.slot)
        assert isinstance(found, Proof), found
        return found


def make_plan(base: Path, **changes: Any) -> Confinement:
    """Return a confinement below `base`, which must lie outside the folders that cells renew."""
    companions: tuple[Companion, ...] = ()
    if Path(OPENBOX).is_file():
        # The house itself may stand in a folder that a cell renews.
        (base / "rc.xml").write_bytes((ROOT / "assets" / "openbox" / "rc.xml").read_bytes())
        arguments = (OPENBOX, "--sm-disable", "--config-file", str(base / "rc.xml"))
        companions = (Companion("windows", arguments, VISITOR),)
    plan = Confinement(
        cell=CellPlan(
            visitor=VISITOR,
            face=FACE,
            home=base / "home",
            run=base / "run",
            limits=CellLimits(home_bytes=64 << 20, spool_bytes=64 << 20, files=2_000),
        ),
        server=ServerPlan(DisplayKind.XVFB, FACE, XVFB),
        ground=ground(),
        applications=(Application("true", "/bin/true", ("{private}",), takes_url=True),),
        companions=companions,
    )
    return replace(plan, **changes)


@contextmanager
def open_stage(**changes: Any) -> Iterator[Stage]:
    """Give a stage without a session, and end whatever session it has at last."""
    base = Path(f"/run/creneau-test-{os.getpid()}-{next(_numbers)}")
    base.mkdir(0o755)
    plan = make_plan(base, **changes)
    stage = Stage(plan, ConfinedBackend(plan))
    try:
        yield stage
    finally:
        stage.backend.end(None)
        stage.backend.close()
        for one in stage.started:
            one.wait(5)
        for left in (one for one in base.iterdir() if one.is_file()):
            left.unlink()
        for folder in (plan.cell.home, *plan.cell.hidden, plan.cell.run, base):
            if folder.is_dir():
                folder.rmdir()
