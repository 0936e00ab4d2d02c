"""What tests of *Ateliers* do by hand and read on the page."""

from datetime import date, timedelta

from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from admin_console.desk.gallery_workshops import room_of
from admin_console.desk.house import House
from admin_console.desk.pages.workshop_page import WorkshopPage
from admin_console.desk.sample import NOW
from kiosk.wire.change import Change, RoomChanged
from kiosk.wire.place import SeriesView
from kiosk.wire.workshop import SetSeries
from tests.desk.hand import click, press, told

Asked = list[tuple[str, SetSeries]]
TEN_DAYS = tuple(date(2026, 10, 21) + timedelta(days=step) for step in range(10))


def write(text: str, *keys: Qt.Key) -> None:
    """Write over the field that has the keyboard."""
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(focused, text)
    for key in keys:
        press(key)


def tell(house: House, *series: SeriesView) -> None:
    """Let the hub tell which series the room has."""
    board = house.page.board
    body = RoomChanged(room=replace(room_of(house), bookings=series))
    board.touch(board.book.apply(Change(n=board.book.cursor + 1, at=NOW, body=body)))
    house.settle(board.settle(NOW))


def days(page: WorkshopPage) -> list[str]:
    return [told(line.words.plain()) for line in page.box.dates.lines.values()]


def begin_course(page: WorkshopPage) -> None:
    """Write a course of ten days and one a week later, by keys alone."""
    click(page.box.list.new)
    write("Internet", Qt.Key.Key_Tab)
    write("16h", Qt.Key.Key_Tab)
    write("17h30", Qt.Key.Key_Tab)
    for _step in range(2):
        press(Qt.Key.Key_Right)
        press(Qt.Key.Key_Space)
    page.box.dates.first.edit.setFocus()
    write("21/10/2026", Qt.Key.Key_Tab)
    write("10", Qt.Key.Key_Tab)
    press(Qt.Key.Key_Space)
    press(Qt.Key.Key_Tab)
    press(Qt.Key.Key_Space)
    press(Qt.Key.Key_Tab)
    press(Qt.Key.Key_Return)
