"""Other opening hours, by keys alone: the real hub keeps and tells them; a fault keeps none."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from admin_console.desk.composition import make_window, read_options
from admin_console.desk.models.freshness import Freshness
from admin_console.desk.pages.settings_page import SettingsPage
from admin_console.desk.window import DeskWindow
from kiosk.wire.change import ChangesPage, RoomChanged
from kiosk.wire.codec import decode
from kiosk.wire.place import HoursView
from tests.stories.desk_day import Hands
from tests.stories.house import ROOM, House

ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
TAB, ENTER, DOWN = Qt.Key.Key_Tab, Qt.Key.Key_Return, Qt.Key.Key_Down
THURSDAY = 3


@pytest.fixture
def window(house: House, qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[DeskWindow]:
    hub = f"http://127.0.0.1:{house.port}"
    options = read_options(["--hub", hub, "--settings", str(tmp_path / "desk.ini")])
    window = make_window(qapp, options)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    yield window
    window._desk.stop()
    window.hide()
    qapp.removeEventFilter(window._guard)
    window.deleteLater()
    qapp.setStyleSheet("")


def told_hours(house: House) -> list[HoursView]:
    """Return the hours of the room, each time that the hub told them as a change."""
    page: ChangesPage = decode(house.changes().encode(), ChangesPage)
    bodies = [change.body for change in page.changes]
    return [
        body.room.hours
        for body in bodies
        if isinstance(body, RoomChanged) and body.room.room_id == ROOM
    ]


def test_an_administrator_changes_the_hours_of_thursday_by_keys(
    window: DeskWindow, house: House, qtbot: QtBot
) -> None:
    hands = Hands(window, qtbot)
    hands.type("admin")
    hands.press(TAB)
    hands.type(house._password)
    hands.press(ENTER)
    hands.until(lambda: window._house is not None)
    hands.until(lambda: window._desk.freshness[0] is Freshness.LIVE)
    desk = window._house
    assert desk is not None
    settings = desk.pages[-1]
    assert isinstance(settings, SettingsPage)

    # To the settings, to the room.
    hands.press(Qt.Key(Qt.Key.Key_0.value + len(desk.pages)), ALT)
    assert desk.shown is settings
    hands.press(TAB)
    hands.press(Qt.Key.Key_Home)
    hands.walk_to("Médiathèque du Trapèze", DOWN)
    hands.press(ENTER)
    assert settings.room_id == ROOM

    # To Thursday, and other hours.
    hands.walk_to("Lundi")
    hands.walk_to("Jeudi", DOWN)
    hands.press(ENTER)
    assert hands.name == "Jeudi, plage 1, de"
    hands.press(Qt.Key.Key_A, CTRL)
    hands.type("14h30")
    hands.press(TAB)
    hands.press(Qt.Key.Key_A, CTRL)
    hands.type("19")
    hands.press(ENTER)
    before = settings.hours.box.notice.plain()
    hands.press(Qt.Key.Key_S, CTRL)
    hands.until(lambda: settings.hours.box.notice.plain() != before)
    assert settings.hours.box.notice.plain().startswith("Les horaires sont enregistrés.")
    (hours,) = told_hours(house)
    assert hours.week[THURSDAY] == ((14 * 60 + 30, 19 * 60),)

    # A fault: an end before the start. Nothing leaves the desk, and nothing changes.
    hands.press(Qt.Key.Key_A, CTRL)
    hands.type("12 h")
    hands.press(ENTER)
    hands.press(Qt.Key.Key_S, CTRL)
    assert settings.hours.bar.words.plain().startswith("1 point à corriger")
    row = settings.hours.box.week.editor.rows.rows[0]
    assert row.words.plain().startswith("Cette plage finit avant de commencer.")
    assert told_hours(house) == [hours]
    assert hands.at is row.end.edit

    # Mended, and saved again over what one has saved oneself.
    hands.press(Qt.Key.Key_A, CTRL)
    hands.type("20 h")
    hands.press(ENTER)
    hands.press(Qt.Key.Key_S, CTRL)
    hands.until(lambda: len(told_hours(house)) > 1)
    assert told_hours(house)[-1].week[THURSDAY] == ((14 * 60 + 30, 20 * 60),)
    hands.until(lambda: not settings.is_held())
