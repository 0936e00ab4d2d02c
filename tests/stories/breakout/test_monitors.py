"""Monitors plugged in, moved and pulled out never bare a pixel beside the lock."""

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QImage

from tests.helpers.process import Program, Programs, wait_until
from tests.helpers.xorg import Xorg

pytestmark = [
    pytest.mark.skipif(os.geteuid() != 0, reason="Xorg without a screen is started by root"),
    pytest.mark.skipif(shutil.which("Xorg") is None, reason="there is no Xorg on this machine"),
]

FIRST = QRect(0, 0, 1280, 1024)
RIGHT = QRect(1280, 0, 1024, 768)
ROOT_BLACK = 0xFF000000
STEP = 7
"""Pixels from one that is looked at to the next."""


@pytest.fixture
def screen(tmp_path: Path) -> Iterator[Xorg]:
    with Xorg(tmp_path) as made:
        yield made


@pytest.fixture
def lock(screen: Xorg, programs: Programs) -> Program:
    made = programs.start(
        [sys.executable, "-m", "tests.stories.lock_stand", "covering"],
        name="lock",
        environment=screen.environment,
    )
    made.wait_for_line("standing", within=30)
    wait_until(lambda: not bare(screen, FIRST), within=20, what="the lock on its monitor")
    return made


def bare(screen: Xorg, *monitors: QRect) -> list[tuple[int, int]]:
    """Return places on monitors where the black of the root window shows."""
    picture = QImage(str(screen.screenshot(screen._folder / "screen.png")))
    return [
        (x, y)
        for monitor in monitors
        for x in range(monitor.left(), monitor.right() + 1, STEP)
        for y in range(monitor.top(), monitor.bottom() + 1, STEP)
        if x >= picture.width() or y >= picture.height() or picture.pixel(x, y) == ROOT_BLACK
    ]


def wait_until_covered(screen: Xorg, *monitors: QRect) -> None:
    wait_until(lambda: not bare(screen, *monitors), within=10, what="every pixel covered")


def test_a_monitor_that_is_plugged_in_is_covered(screen: Xorg, lock: Program) -> None:
    screen.plug("DUMMY1", "1024x768", "--right-of", "DUMMY0")
    wait_until_covered(screen, FIRST, RIGHT)

    screen.plug("DUMMY2", "1024x768", "--below", "DUMMY0")
    wait_until_covered(screen, FIRST, RIGHT, QRect(0, 1024, 1024, 768))


def test_a_monitor_that_is_moved_or_turned_stays_covered(screen: Xorg, lock: Program) -> None:
    screen.plug("DUMMY1", "1024x768", "--right-of", "DUMMY0")
    screen.arrange("--output", "DUMMY1", "--below", "DUMMY0")
    wait_until_covered(screen, FIRST, QRect(0, 1024, 1024, 768))

    screen.arrange("--output", "DUMMY0", "--mode", "1024x768")
    screen.arrange("--output", "DUMMY1", "--pos", "1024x0")
    wait_until_covered(screen, QRect(0, 0, 2048, 768))


def test_the_lock_moves_to_the_monitor_that_is_left_and_takes_a_card_there(
    screen: Xorg, lock: Program
) -> None:
    screen.plug("DUMMY1", "1024x768", "--right-of", "DUMMY0")
    screen.arrange("--output", "DUMMY1", "--primary")
    screen.unplug("DUMMY0")
    # Where only one is left, xrandr moves it to the corner.
    wait_until_covered(screen, QRect(0, 0, 1024, 768))

    screen.type_text("29214545678012")
    screen.press("Return")
    lock.wait_for_line("card taken", within=20)


def test_two_monitors_that_show_the_same_both_show_the_lock(screen: Xorg, lock: Program) -> None:
    screen.plug("DUMMY1", "1280x1024", "--same-as", "DUMMY0")
    wait_until_covered(screen, FIRST)

    screen.type_text("29214545678012")
    screen.press("Return")
    lock.wait_for_line("card taken", within=20)


def test_a_card_is_read_whatever_monitor_came_last(screen: Xorg, lock: Program) -> None:
    screen.plug("DUMMY1", "1024x768", "--right-of", "DUMMY0")
    wait_until_covered(screen, FIRST, RIGHT)
    screen.click(1700, 300)

    screen.type_text("29214545678012")
    screen.press("Return")
    lock.wait_for_line("card taken", within=20)
