"""The session face on a display of its own: real X server, real window manager, real keys.

The shell's side of the socket stands in the test; the face and the visitor's program are programs.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace
from pytestqt.qtbot import QtBot

from kiosk.wire.face import EndAsked, HelpWished, LaunchAsked, Shown, Snapshot
from tests.helpers.process import Programs
from tests.helpers.xvfb import Xvfb
from tests.stories import face_seat
from tests.stories.face_seat import HOME, MIDDLE, Seat
from tests.stories.program_stand import COLOUR

TILE = (695, 273)
CALL, END = (1202, 35), (610, 35)


@pytest.fixture
def seat(display: Xvfb, qtbot: QtBot, programs: Programs, tmp_path: Path) -> Iterator[Seat]:
    with face_seat.open_seat(display, qtbot, programs, tmp_path) as made:
        yield made


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


def take_the_whole_screen(seat: Seat) -> None:
    """Let the program have all of the screen, over the bar."""
    seat.screen.click(*MIDDLE)
    seat.screen.press("F11")
    seat.wait_for((683, 20), program=True)


def test_one_key_brings_the_bar_over_a_program_that_has_the_whole_screen(open_seat: Seat) -> None:
    take_the_whole_screen(open_seat)
    open_seat.screen.press("F12")
    open_seat.wait_for((683, 20), program=False)

    open_seat.settle()
    open_seat.screen.press("F12")
    open_seat.wait_for((683, 20), program=True)
    open_seat.screen.type_text("f")
    open_seat.wait_for_key("f")


def test_the_question_of_the_last_minutes_comes_over_a_program_that_has_the_whole_screen(
    open_seat: Seat,
) -> None:
    take_the_whole_screen(open_seat)
    open_seat.show("bar-2")
    open_seat.wait_for((683, 400), program=False)


def test_the_grace_comes_over_a_program_that_has_the_whole_screen(open_seat: Seat) -> None:
    take_the_whole_screen(open_seat)
    open_seat.show("grace")
    open_seat.wait_for((683, 20), program=False)
    open_seat.wait_for((1300, 740), program=True)
    # Whoever was typing goes on typing.
    open_seat.screen.type_text("g")
    open_seat.wait_for_key("g")


def test_one_key_brings_the_home_over_a_program_that_came_over_it(seat: Seat) -> None:
    seat.start_face()
    seat.wait_for(MIDDLE, program=False)
    seat.start_program("full")
    seat.wait_for(MIDDLE, program=True)
    seat.settle()

    seat.screen.press("F12")
    seat.wait_for(MIDDLE, program=False)
