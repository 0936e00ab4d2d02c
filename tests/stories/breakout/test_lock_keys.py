"""Keys that leave a window, a display or a session elsewhere do nothing at the lock."""

import os
import subprocess
import sys

import pytest

from tests.helpers.process import Program, Programs
from tests.helpers.xvfb import Xvfb

KEYS = (
    "alt+F4", "alt+Tab", "ctrl+alt+BackSpace", "Super_L", "ctrl+alt+Delete", "ctrl+alt+F1",
    "alt+F2", "ctrl+Escape", "alt+space", "Print", "ctrl+alt+d", "super+e", "F11", "shift+F10",
    "Menu", "ctrl+w", "ctrl+q", "ctrl+o", "ctrl+n", "ctrl+p", "ctrl+shift+i", "ctrl+alt+t", "F12",
    "Escape",
)  # fmt: skip


@pytest.fixture
def lock(display: Xvfb, programs: Programs) -> Program:
    made = programs.start(
        [sys.executable, "-m", "tests.stories.lock_stand", "covering"],
        name="lock",
        environment=display.environment,
    )
    made.wait_for_line("standing", within=30)
    return made


def windows(display: Xvfb) -> set[str]:
    """Return every window that is to be seen, by its number."""
    told = subprocess.run(
        ["xdotool", "search", "--onlyvisible", "--name", ".*"],
        env={**os.environ, **display.environment},
        check=False,
        capture_output=True,
        text=True,
        timeout=30,
    )
    return set(told.stdout.split())


def test_no_key_opens_closes_or_hides_anything_and_a_card_is_read_after_all_of_them(
    display: Xvfb, lock: Program
) -> None:
    before = windows(display)
    assert before
    for key in KEYS:
        display.press(key)
        assert lock.running, key
        assert windows(display) == before, key

    display.type_text("29214545678012")
    display.press("Return")
    lock.wait_for_line("card taken", within=20)


def test_no_button_of_the_mouse_opens_a_menu_over_the_lock(display: Xvfb, lock: Program) -> None:
    before = windows(display)
    for button in ("2", "3", "8", "9"):
        for place in ((300, 300), (683, 384), (900, 420), (1200, 700)):
            display.click(*place)
            display._xdotool("mousemove", *map(str, place), "click", button)
            assert windows(display) == before
    assert lock.running
