"""The session face on a display of its own: real X server, real window manager, real keys.

The shell's side of the socket stands in the test; the face and the visitor's program are programs.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from kiosk.shell.face_server import FaceServer
from kiosk.shell.sample_page import samples
from kiosk.wire.face import EndAsked, HelpWished, LaunchAsked, Shown, Snapshot, Wish
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
TILE, BACK_TO_PROGRAM = (695, 273), (1249, 648)
MIDDLE, CALL, END = (683, 500), (1202, 35), (610, 35)


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

    def start_program(self) -> None:
        self.program = self.programs.start(
            [sys.executable, "-m", "tests.stories.program_stand"],
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


@pytest.fixture
def seat(display: Xvfb, qtbot: QtBot, programs: Programs, tmp_path: Path) -> Iterator[Seat]:
    manager = shutil.which("openbox")
    assert manager, "openbox is missing: `make test` installs it (installers/prepare.sh)"
    programs.start(
        [manager, "--config-file", ROOT / "assets" / "openbox" / "rc.xml"],
        environment=display.environment,
    )
    qtbot.waitUntil(lambda: managed(display), timeout=10_000)
    server = FaceServer(tmp_path / "face", os.getuid())
    seat = Seat(display, server, qtbot, programs, tmp_path)
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


@pytest.fixture
def open_seat(seat: Seat) -> Seat:
    seat.start_face()
    seat.start_program()
    seat.go_to_program()
    return seat


def test_the_home_covers_every_program_and_the_bar_leaves_them_the_rest(seat: Seat) -> None:
    seat.start_face()
    seat.start_program()
    seat.wait_for(MIDDLE, program=False)

    seat.go_to_program()
    assert seat.colour((683, 70)) != COLOUR
    assert seat.colour((683, 760)) == COLOUR

    # The second line of the bar takes its part, and the program keeps what is left.
    seat.show("bar-10")
    seat.wait_for((683, 120), program=False)
    assert seat.colour(MIDDLE) == COLOUR


def test_a_press_on_the_bar_leaves_the_keyboard_with_the_program(open_seat: Seat) -> None:
    open_seat.screen.click(*MIDDLE)
    open_seat.screen.type_text("a")
    open_seat.wait_for_key("a")

    open_seat.screen.click(*CALL)
    open_seat.qtbot.waitUntil(lambda: open_seat.wishes == [HelpWished()])
    open_seat.screen.type_text("b")

    open_seat.wait_for_key("b")


def test_one_key_goes_from_the_program_to_the_bar_and_back(open_seat: Seat) -> None:
    open_seat.screen.click(*MIDDLE)
    open_seat.screen.press("F12")
    open_seat.settle()
    # Home, Terminer, Je m'absente, Quelqu'un attend, Affichage, Appeler.
    open_seat.screen.press("Tab", "Tab", "Tab", "Tab", "Tab", "space")
    open_seat.qtbot.waitUntil(lambda: open_seat.wishes == [HelpWished()])

    open_seat.screen.press("F12")
    open_seat.screen.type_text("c")
    open_seat.wait_for_key("c")
    assert open_seat.keys() == ["c"]


def test_a_question_over_a_program_holds_the_keyboard_until_it_is_answered(
    open_seat: Seat,
) -> None:
    open_seat.screen.click(*MIDDLE)
    open_seat.screen.click(*END)
    open_seat.wait_for((683, 400), program=False)
    assert open_seat.colour((20, 700)) == COLOUR
    open_seat.settle()
    open_seat.screen.type_text("d")
    open_seat.screen.press("Escape")
    open_seat.wait_for((683, 400), program=True)
    open_seat.settle()
    open_seat.screen.type_text("e")

    open_seat.wait_for_key("e")
    assert open_seat.keys() == ["e"]
    assert EndAsked() not in open_seat.wishes


def test_a_press_that_comes_just_after_a_question_falls_into_no_program(
    open_seat: Seat,
) -> None:
    open_seat.screen.click(*MIDDLE)
    assert open_seat.program is not None
    open_seat.program.wait_for_line("^pressed$")
    open_seat.screen.click(*END)
    open_seat.wait_for((683, 400), program=False)
    open_seat.settle()
    open_seat.screen.press("Escape")
    open_seat.screen.click(683, 400)
    open_seat.settle()
    open_seat.screen.click(*MIDDLE)

    open_seat.qtbot.waitUntil(lambda: pressed(open_seat) == 2, timeout=10_000)
    open_seat.settle()
    assert pressed(open_seat) == 2


def pressed(seat: Seat) -> int:
    assert seat.program is not None
    return list(seat.program.lines).count("pressed")


def test_a_seat_that_is_locked_for_a_while_shows_no_program(open_seat: Seat) -> None:
    away: Snapshot = replace(HOME, shown=Shown.AWAY, session=None)
    open_seat.server.show(away)
    open_seat.wait_for(MIDDLE, program=False)
    open_seat.wait_for((20, 760), program=False)

    open_seat.show("bar")
    open_seat.wait_for(MIDDLE, program=True)


def test_a_face_that_is_killed_comes_back_to_the_same_session(open_seat: Seat) -> None:
    assert open_seat.face is not None
    open_seat.face.kill()
    open_seat.qtbot.waitUntil(lambda: open_seat.colour((683, 20)) == COLOUR, timeout=20_000)
    open_seat.start_face()

    open_seat.wait_for(MIDDLE, program=False)


def test_a_tile_wishes_for_its_program(seat: Seat) -> None:
    seat.start_face()
    seat.wait_for(MIDDLE, program=False)
    seat.settle()
    seat.screen.click(*TILE)

    seat.qtbot.waitUntil(lambda: bool(seat.wishes), timeout=10_000)
    assert isinstance(seat.wishes[0], LaunchAsked)
