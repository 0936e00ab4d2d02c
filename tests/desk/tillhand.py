"""Hands on the page *Caisse*, for its tests."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from admin_console.desk.gallery_till import (
    NUMBER,
    Counter,
)
from admin_console.desk.models.till_wish import (
    TillWish,
)
from kiosk.look.words import Words
from tests.desk.hand import press, told

ENTER, TAB, ESCAPE = Qt.Key.Key_Return, Qt.Key.Key_Tab, Qt.Key.Key_Escape


def come_in(here: Counter, qtbot: QtBot) -> list[TillWish]:
    wishes: list[TillWish] = []
    here.page.wished.connect(wishes.append)
    qtbot.addWidget(here.house)
    here.house.resize(1440, 900)
    here.house.show()
    here.house.activateWindow()
    qtbot.waitUntil(here.house.isActiveWindow)
    return wishes


def type_card() -> None:
    for digit in NUMBER:
        press(Qt.Key(ord(digit)))
    press(ENTER)


def everything(widget: QWidget) -> str:
    shown = [one.plain() for one in widget.findChildren(Words) if one.isVisible()]
    return told(" ".join(shown))
