"""Hands on the live page, for its tests."""

import msgspec
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from admin_console.desk.house import House
from admin_console.desk.pages.live_page import LivePage
from admin_console.desk.sample import NOW
from kiosk.look.focus import FocusRing
from kiosk.wire.change import Change, SeatChanged

Sent = list[tuple[str, str | None, object]]


def shown(house: House, qtbot: QtBot) -> House:
    qtbot.addWidget(house)
    FocusRing(house.page.bar._look, house)
    house.resize(1440, 900)
    house.show()
    house.activateWindow()
    qtbot.waitExposed(house)
    qtbot.waitUntil(house.isActiveWindow)
    return house


def listen(page: LivePage) -> Sent:
    sent: Sent = []
    page.command_asked.connect(lambda *told: sent.append(told))
    return sent


def told(text: str) -> str:
    """Return a text with the spaces that one types."""
    return text.replace("\u00a0", " ")


def click(widget: QWidget) -> None:
    # A page that has just changed is laid out before a hand could reach it.
    QApplication.processEvents()
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)


def press(key: Qt.Key, widget: QWidget | None = None) -> None:
    target = widget or QApplication.focusWidget()
    assert target is not None
    QTest.keyClick(target, key)


def slot_of(page: LivePage, seat_id: str) -> str:
    seat = page.board.book.seat(seat_id)
    assert seat is not None
    assert seat.slot is not None
    return seat.slot.slot_id


def apply(page: LivePage, seat_id: str, **facts: object) -> None:
    seat = page.board.book.seat(seat_id)
    assert seat is not None
    body = SeatChanged(seat=msgspec.structs.replace(seat, **facts))
    change = Change(n=page.board.book.cursor + 1, at=NOW, body=body)
    page.board.touch(page.board.book.apply(change))
    page.settle(page.board.settle(NOW))
