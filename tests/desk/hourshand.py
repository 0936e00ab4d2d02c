"""What tests of *Réglages* do by hand and read on the page."""

from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from admin_console.desk.gallery_settings import (
    room_of,
)
from admin_console.desk.house import House
from admin_console.desk.pages.settings_page import SettingsPage
from admin_console.desk.parts.hour_cell import HourCell
from admin_console.desk.sample import NOW
from kiosk.wire.change import Change, RoomChanged
from kiosk.wire.hours import SetHours
from kiosk.wire.place import HoursView
from tests.desk.hand import click, press, told

MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY = range(5)
Asked = list[tuple[str, SetHours]]


def listen(page: SettingsPage) -> Asked:
    asked: Asked = []
    page.hours.save_asked.connect(lambda room, ask: asked.append((room, ask)))
    return asked


def cell(page: SettingsPage, day: int, place: int = 0) -> HourCell:
    found = page.hours.box.week.lines[day].cells[place]
    assert isinstance(found, HourCell)
    return found


def write(text: str, *keys: Qt.Key) -> None:
    """Write over the field that has the keyboard."""
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(focused, text)
    for key in keys:
        press(key)


def words(page: SettingsPage, day: int) -> list[str]:
    return [told(one.face.text) for one in page.hours.box.week.lines[day].cells]


def with_thursday(hours: HoursView, *spans: tuple[int, int]) -> HoursView:
    week = (*hours.week[:THURSDAY], spans, *hours.week[THURSDAY + 1 :])
    return replace(hours, week=week)


def tell_hours(page: SettingsPage, house: House, hours: HoursView) -> None:
    """Let the hub tell the hours of the room that is shown."""
    body = RoomChanged(room=replace(room_of(page), hours=hours))
    change = Change(n=page.board.book.cursor + 1, at=NOW, body=body)
    page.board.touch(page.board.book.apply(change))
    difference = page.board.settle(NOW)
    assert difference, "new hours are told even where no seat looks different"
    house.settle(difference)


def change_thursday(page: SettingsPage) -> None:
    click(cell(page, THURSDAY, 1))
    QTest.keyClick(page.hours.box.week.editor.rows.rows[0].start.edit, Qt.Key.Key_Tab)
    write("17 h", Qt.Key.Key_Return)
