"""Monitors that come and go during a session leave the visitor the bar."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from tests.helpers.process import Programs
from tests.helpers.xorg import Xorg
from tests.stories.face_seat import Seat, open_seat
from tests.stories.program_stand import COLOUR

pytestmark = [
    pytest.mark.skipif(os.geteuid() != 0, reason="Xorg without a screen is started by root"),
    pytest.mark.skipif(shutil.which("Xorg") is None, reason="there is no Xorg on this machine"),
]

ROOT_BLACK = "#000000"
STEP = 16
IN_BAR, BELOW = 20, 700
"""Pixels from the upper edge to where the bar stands, and to where only programs do."""

MOST_BUTTONS = 8
Span = tuple[int, int]
FIRST: Span = (0, 1280)
SECOND: Span = (1280, 1024)
"""Where two monitors begin beside each other, and how wide they are."""


@pytest.fixture
def screen(tmp_path: Path) -> Iterator[Xorg]:
    with Xorg(tmp_path) as made:
        yield made


@pytest.fixture
def seat(screen: Xorg, qtbot: QtBot, programs: Programs, tmp_path: Path) -> Iterator[Seat]:
    """A visitor in the grace of a slot, whose program has all of the screen but the bar."""
    with open_seat(screen, qtbot, programs, tmp_path) as made:
        made.start_face()
        made.start_program()
        made.show("grace")
        wait_for_bar(made, FIRST)
        yield made


def colours(seat: Seat, monitor: Span, y: int) -> set[str]:
    picture = QImage(str(seat.screen.screenshot(seat.folder / "screen.png")))
    left, width = monitor
    places = [(x, y) for x in range(left, left + width, STEP) if x < picture.width()]
    return {QColor(picture.pixel(*place)).name() for place in places}


def shows_bar(seat: Seat, monitor: Span) -> bool:
    """Tell whether the bar goes from one edge of a monitor to the other."""
    found = colours(seat, monitor, IN_BAR)
    return bool(found) and not found & {COLOUR, ROOT_BLACK}


def wait_for_bar(seat: Seat, monitor: Span) -> None:
    """Wait until a monitor has the bar above and the program below."""

    def is_so() -> bool:
        return shows_bar(seat, monitor) and colours(seat, monitor, BELOW) == {COLOUR}

    seat.qtbot.waitUntil(is_so, timeout=20_000)


def assert_bar_answers(seat: Seat) -> None:
    """Hold that a key calls the bar, and that its buttons answer."""
    seat.wishes.clear()
    seat.settle()
    seat.screen.press("F12")
    seat.settle()
    for _ in range(MOST_BUTTONS):
        seat.screen.press("Tab", "space")
        seat.qtbot.wait(300)
        if seat.wishes:
            return
    raise AssertionError("no button of the bar answers")


def test_a_monitor_that_is_plugged_in_or_out_leaves_the_bar_where_it_is(
    seat: Seat, screen: Xorg
) -> None:
    screen.plug("DUMMY1", "1024x768", "--right-of", "DUMMY0")
    wait_for_bar(seat, FIRST)
    assert not shows_bar(seat, SECOND)

    screen.unplug("DUMMY1")
    wait_for_bar(seat, FIRST)
    assert_bar_answers(seat)


def test_the_bar_goes_to_the_monitor_that_is_left(seat: Seat, screen: Xorg) -> None:
    screen.plug("DUMMY1", "1024x768", "--right-of", "DUMMY0")
    wait_for_bar(seat, FIRST)
    screen.unplug("DUMMY0")
    # Where only one is left, xrandr moves it to the corner.
    seat.qtbot.waitUntil(lambda: shows_bar(seat, (0, 1024)), timeout=20_000)
    assert_bar_answers(seat)


def test_the_bar_follows_the_first_monitor_and_keeps_its_own_strip_free(
    seat: Seat, screen: Xorg
) -> None:
    screen.plug("DUMMY1", "1024x768", "--right-of", "DUMMY0")
    screen.arrange("--output", "DUMMY1", "--primary")
    seat.qtbot.waitUntil(lambda: shows_bar(seat, SECOND), timeout=20_000)
    # The program stays on its own monitor, which it has whole now.
    seat.qtbot.waitUntil(lambda: colours(seat, FIRST, IN_BAR) == {COLOUR}, timeout=20_000)
    assert_bar_answers(seat)


def test_two_monitors_that_show_the_same_show_one_bar(seat: Seat, screen: Xorg) -> None:
    screen.plug("DUMMY1", "1280x1024", "--same-as", "DUMMY0")
    wait_for_bar(seat, FIRST)
    assert_bar_answers(seat)
