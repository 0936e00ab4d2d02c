"""A visitor's display with its window manager, its face and a program, for stories of the face.

The shell's side of the socket stands in the test; the face and the visitor's program are programs.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from msgspec.structs import replace
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from kiosk.shell.face_server import FaceServer
from kiosk.shell.sample_page import samples
from kiosk.wire.face import Wish
from tests.helpers.process import Program, Programs
from tests.helpers.xvfb import Xvfb
from tests.stories.house import pause
from tests.stories.program_stand import COLOUR

ROOT = Path(__file__).parents[2]
SAMPLES = {one.name: one.snapshot for one in samples() if one.snapshot is not None}
HOME = SAMPLES["home"]
assert HOME.session is not None
SLOT = HOME.session.slot_id
GUARD_SECONDS = 0.8
MIDDLE = (683, 500)
BACK_TO_PROGRAM = (1249, 648)


@dataclass
class Seat:
    """A visitor's display with its window manager, its face and a program."""

    screen: Xvfb
    server: FaceServer
    qtbot: QtBot
    programs: Programs
    folder: Path
    wishes: list[Wish] = field(default_factory=list)
    faces: int = 0
    face: Program | None = None
    program: Program | None = None

    def start_face(self) -> None:
        before = self.faces
        socket = ["--socket", str(self.folder / "face"), "--slot", SLOT]
        self.face = self.programs.start(
            [sys.executable, "-m", "kiosk.composition.face", *socket],
            name="creneau-face",
            environment=self.screen.environment,
        )
        self.qtbot.waitUntil(lambda: self.faces > before, timeout=20_000)

    def start_program(self, *how: str) -> None:
        self.program = self.programs.start(
            [sys.executable, "-m", "tests.stories.program_stand", *how],
            name="program",
            environment=self.screen.environment,
        )
        self.program.wait_for_line("standing")

    def show(self, name: str) -> None:
        snapshot = SAMPLES[name]
        assert snapshot.session is not None
        session = replace(snapshot.session, slot_id=SLOT)
        self.server.show(replace(snapshot, session=session, windowed=False))

    def colour(self, place: tuple[int, int]) -> str:
        picture = QImage(str(self.screen.screenshot(self.folder / "screen.png")))
        return QColor(picture.pixel(*place)).name()

    def wait_for(self, place: tuple[int, int], *, program: bool) -> None:
        """Wait until a place of the screen shows the program, or the face."""

        def is_so() -> bool:
            return (self.colour(place) == COLOUR) is program

        self.qtbot.waitUntil(is_so, timeout=20_000)

    def go_to_program(self) -> None:
        """Open the home of a session in which a program runs, and press *Y revenir*."""
        self.show("home-running")
        self.wait_for(MIDDLE, program=False)
        self.settle()
        self.screen.click(*BACK_TO_PROGRAM)
        self.wait_for(MIDDLE, program=True)
        self.settle()

    def settle(self) -> None:
        """Let pass the moment in which a new face swallows presses."""
        self.qtbot.wait(100)
        pause(GUARD_SECONDS)
        self.qtbot.wait(100)

    def keys(self) -> list[str]:
        assert self.program is not None
        return [line[4:] for line in self.program.lines if line.startswith("key ")]

    def wait_for_key(self, key: str) -> None:
        assert self.program is not None
        self.program.wait_for_line(f"^key {key}$")


@contextmanager
def open_seat(screen: Xvfb, qtbot: QtBot, programs: Programs, folder: Path) -> Iterator[Seat]:
    """Give a seat with a window manager and the shell's socket; the home is what is shown."""
    manager = shutil.which("openbox")
    assert manager, "openbox is missing: `make test` installs it (installers/prepare.sh)"
    programs.start(
        [manager, "--config-file", ROOT / "assets" / "openbox" / "rc.xml"],
        environment=screen.environment,
    )
    qtbot.waitUntil(lambda: managed(screen), timeout=10_000)
    server = FaceServer(folder / "face", os.getuid())
    seat = Seat(screen, server, qtbot, programs, folder)
    server.wished.connect(seat.wishes.append)
    server.face_came.connect(lambda: setattr(seat, "faces", seat.faces + 1))
    server.listen()
    server.show(HOME)
    yield seat
    server.close()


def managed(display: Xvfb) -> bool:
    told = subprocess.run(
        ["xdotool", "get_num_desktops"],
        env={**os.environ, **display.environment},
        check=False,
        capture_output=True,
        timeout=10,
    )
    return told.returncode == 0
