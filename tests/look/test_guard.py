"""What was meant for the face before never answers the question after."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from kiosk.look.button import Button
from kiosk.look.guard import Guard
from kiosk.look.look import Look
from tests.look.conftest import HandClock, show
from tests.look.key import Count, press


@pytest.fixture
def button(qtbot: QtBot, look: Look, window: QWidget) -> Button:
    button = Button(look, "Continuer", "primary")
    QVBoxLayout(window).addWidget(button)
    show(qtbot, window)
    return button


def send_key(widget: QWidget, kind: QEvent.Type, key: Qt.Key, *, repeated: bool = False) -> None:
    none = Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(widget, QKeyEvent(kind, key.value, none, "", repeated))


def test_clicks_are_swallowed_for_600_ms_after_a_face_changed(
    qtbot: QtBot, guard: Guard, clock: HandClock, button: Button
) -> None:
    count = Count(button)
    guard.face_changed()
    clock.advance(599)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert count.clicks == 0
    clock.advance(2)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert count.clicks == 1


def test_keys_are_swallowed_for_600_ms_after_a_face_changed(
    guard: Guard, clock: HandClock, button: Button
) -> None:
    count = Count(button)
    guard.face_changed()
    press(button, Qt.Key.Key_Return)
    press(button, Qt.Key.Key_Space, " ")
    assert count.clicks == 0
    clock.advance(601)
    press(button, Qt.Key.Key_Return)
    press(button, Qt.Key.Key_Space, " ")
    assert count.clicks == 2


def test_a_key_held_since_before_counts_for_nothing_until_released(
    qtbot: QtBot, guard: Guard, clock: HandClock, button: Button
) -> None:
    count = Count(button)
    send_key(button.window(), QEvent.Type.KeyPress, Qt.Key.Key_Return)
    guard.face_changed()
    clock.advance(900)
    send_key(button, QEvent.Type.KeyPress, Qt.Key.Key_Return, repeated=True)
    send_key(button, QEvent.Type.KeyRelease, Qt.Key.Key_Return)
    assert count.clicks == 0
    qtbot.waitUntil(lambda: not guard._dead_keys)
    press(button, Qt.Key.Key_Return)
    assert count.clicks == 1


def test_a_release_goes_the_way_of_its_press(
    qtbot: QtBot, guard: Guard, clock: HandClock, button: Button
) -> None:
    count = Count(button)
    guard.face_changed()
    QTest.mousePress(button, Qt.MouseButton.LeftButton)
    clock.advance(700)
    QTest.mouseRelease(button, Qt.MouseButton.LeftButton)
    assert not button.isDown()
    assert count.clicks == 0
    QTest.mousePress(button, Qt.MouseButton.LeftButton)
    guard.face_changed()
    QTest.mouseRelease(button, Qt.MouseButton.LeftButton)
    assert not button.isDown()


def test_hands_are_quiet_three_seconds_after_the_last_press(
    qtbot: QtBot, guard: Guard, clock: HandClock, button: Button
) -> None:
    assert guard.is_quiet()
    press(button, Qt.Key.Key_A, "a")
    assert not guard.is_quiet()
    clock.advance(2999)
    assert not guard.is_quiet()
    clock.advance(2)
    assert guard.is_quiet()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert not guard.is_quiet()


def test_hands_are_not_quiet_while_a_key_is_held(
    guard: Guard, clock: HandClock, button: Button
) -> None:
    send_key(button, QEvent.Type.KeyPress, Qt.Key.Key_Shift)
    clock.advance(10_000)
    assert not guard.is_quiet()
    send_key(button, QEvent.Type.KeyRelease, Qt.Key.Key_Shift)
    clock.advance(3001)
    assert guard.is_quiet()


def test_a_release_that_was_never_seen_does_not_hold_for_ever(
    guard: Guard, clock: HandClock, button: Button
) -> None:
    send_key(button, QEvent.Type.KeyPress, Qt.Key.Key_Shift)
    clock.advance(31_000)
    assert guard.is_quiet()


def test_a_swallowed_press_is_a_sign_of_hands_too(
    qtbot: QtBot, guard: Guard, clock: HandClock, button: Button
) -> None:
    guard.face_changed()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert not guard.is_quiet()


def test_a_wait_comes_at_once_when_hands_rest(qtbot: QtBot, guard: Guard, window: QWidget) -> None:
    wait = guard.wait_for_quiet(window)
    with qtbot.waitSignal(wait.came):
        wait.start()
    assert not wait.is_waiting()


def test_a_wait_comes_only_after_the_pause(
    qtbot: QtBot, guard: Guard, clock: HandClock, button: Button
) -> None:
    wait = guard.wait_for_quiet(button.window())
    press(button, Qt.Key.Key_A, "a")
    with qtbot.assertNotEmitted(wait.came, wait=300):
        wait.start()
    assert wait.is_waiting()
    with qtbot.waitSignal(wait.came):
        clock.advance(3001)


def test_a_wait_that_is_given_up_never_comes(qtbot: QtBot, guard: Guard, button: Button) -> None:
    wait = guard.wait_for_quiet(button.window())
    with qtbot.assertNotEmitted(wait.came, wait=50):
        wait.start()
        wait.stop()
    assert not wait.is_waiting()
