"""Without a card: the digits of a pass, what is said of it, and the way back."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from kiosk.shell.face import Face
from kiosk.shell.pass_page import PassPage
from kiosk.shell.sample import lock, session
from kiosk.shell.sample_pass import PASSES
from kiosk.wire.face import PassTyped, RefusalRead
from tests.shell.conftest import Desk

DIGITS = "4821073915"


def entry(desk: Desk) -> PassPage:
    page = desk.window.page(Face.PASS)
    assert isinstance(page, PassPage)
    return page


def go(desk: Desk) -> PassPage:
    desk.show(lock())
    desk.clock.now += 1
    QTest.mouseClick(desk.lock().no_card, Qt.MouseButton.LeftButton)
    assert desk.face() is Face.PASS
    desk.clock.now += 10
    return entry(desk)


def test_ten_digits_and_enter_ask_for_a_session(desk: Desk) -> None:
    go(desk)
    desk.type(DIGITS)
    desk.press(Qt.Key.Key_Return, "\r")
    assert desk.wishes == [PassTyped(digits=DIGITS)]


def test_nine_digits_ask_for_nothing(desk: Desk) -> None:
    page = go(desk)
    desk.type(DIGITS[:9])
    desk.press(Qt.Key.Key_Return, "\r")
    assert desk.wishes == []
    assert not page.button.isEnabled()


def test_the_keypad_types_and_erases(desk: Desk) -> None:
    page = go(desk)
    for name in ("4", "8", "erase"):
        QTest.mouseClick(page.pad.keys[name], Qt.MouseButton.LeftButton)
        desk.clock.now += 0.4
    assert page.boxes.code() == "4"


def test_the_way_back_forgets_what_was_typed_and_said(desk: Desk) -> None:
    page = go(desk)
    desk.show(lock(refusal=PASSES["used"]))
    assert desk.face() is Face.PASS
    assert not page.banner.isHidden()
    desk.type("48")
    assert desk.wishes == [RefusalRead()]
    QTest.mouseClick(page.back, Qt.MouseButton.LeftButton)
    assert desk.face() is Face.LOCK
    assert page.boxes.code() == ""


def test_a_session_that_opens_leaves_the_entry_for_good(desk: Desk) -> None:
    go(desk)
    desk.show(session(47))
    assert desk.face() is Face.HOME
    desk.show(lock())
    assert desk.face() is Face.LOCK
