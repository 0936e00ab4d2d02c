"""Staff choose how the desk looks; the choice is theirs, and comes back with them alone."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from admin_console.desk.desk import Desk
from admin_console.desk.display import Choice, Display, DisplayMemory
from admin_console.desk.window import DeskWindow
from kiosk.look.language import Language
from kiosk.look.look import Look
from tests.desk.hand import click, press
from tests.desk.hub_double import PASSWORD, DeskHub
from tests.desk.test_window import come_in

LARGE = Choice("en", 1.5, high_contrast=True, reduced_motion=True)


def is_black(look: Look) -> bool:
    return look.theme.is_high_contrast


@pytest.fixture
def memory(tmp_path: Path) -> DisplayMemory:
    return DisplayMemory(tmp_path / "desk.ini")


def test_a_choice_comes_back_to_its_account_alone(memory: DisplayMemory, tmp_path: Path) -> None:
    memory.keep("Nadia", LARGE)
    again = DisplayMemory(tmp_path / "desk.ini")
    assert again.read("nadia ") == LARGE
    assert again.read("hugo") is None
    assert "nadia" not in (tmp_path / "desk.ini").read_text(encoding="utf-8").lower()


@pytest.mark.parametrize("damage", ["", "[x", "scale=9\nlanguage=de\n", "\x00\x01"])
def test_a_damaged_file_holds_no_choice(memory: DisplayMemory, tmp_path: Path, damage: str) -> None:
    memory.keep("nadia", LARGE)
    head = (tmp_path / "desk.ini").read_text(encoding="utf-8").splitlines()[0]
    (tmp_path / "desk.ini").write_text(f"{head}\n{damage}", encoding="utf-8")
    assert DisplayMemory(tmp_path / "desk.ini").read("nadia") is None


def test_the_next_person_finds_the_desk_as_it_began(
    look: Look, memory: DisplayMemory, qtbot: QtBot
) -> None:
    display = Display(look, Language("fr"), memory)
    start = display.choice
    display.sign_in("nadia")
    display.use_scale(1.25)
    display.use_contrast(True)
    display.sign_out()
    assert display.choice == start
    display.sign_in("hugo")
    assert display.choice == start
    display.sign_out()
    display.sign_in("nadia")
    assert (display.choice.scale, display.choice.high_contrast) == (1.25, True)


def test_what_is_chosen_on_the_way_in_is_newer_than_what_was_kept(
    look: Look, memory: DisplayMemory
) -> None:
    memory.keep("nadia", Choice("fr", 1.25, high_contrast=True))
    display = Display(look, Language("fr"), memory)
    display.use_language("en")
    display.sign_in("nadia")
    assert display.choice == Choice("en", 1.25, high_contrast=True)
    kept = memory.read("nadia")
    assert kept is not None
    assert kept.language == "en"


def test_the_choices_open_from_the_rail_and_act_at_once(
    window: DeskWindow, desk: Desk, look: Look, display: Display, qtbot: QtBot
) -> None:
    page = come_in(window, desk, qtbot)
    house = window._house
    assert house is not None
    house.rail.display.setFocus()
    press(Qt.Key.Key_Return)
    choices = window.choices
    assert choices.is_open()
    assert choices.done.hasFocus()
    click(choices.sizes.buttons[2])
    click(choices.contrast)
    click(choices.languages.buttons[1])
    assert (look.theme.text_scale, look.theme.is_high_contrast) == (1.5, True)
    assert page.bar.title.text() == "Live"
    assert choices.title.plain() == "Display"
    QTest.keyClick(choices, Qt.Key.Key_Escape)
    assert not choices.is_open()
    assert QApplication.focusWidget() is house.rail.display
    assert display.choice.scale == 1.5


def test_the_choices_stand_on_the_way_in_too_and_come_back_at_the_next_sign_in(
    window: DeskWindow, desk: Desk, hub: DeskHub, look: Look, qtbot: QtBot
) -> None:
    click(window.sign_in.display)
    assert window.choices.is_open()
    click(window.choices.contrast)
    click(window.choices.done)
    come_in(window, desk, qtbot)
    assert is_black(look)
    house = window._house
    assert house is not None
    click(house.rail.leave)
    assert not is_black(look)
    window.sign_in.password.set_text(PASSWORD)
    click(window.sign_in.enter)
    qtbot.waitUntil(lambda: window.page is not None)
    assert is_black(look)
