"""A panel hangs from its button, in the light and never cut; a press beside it closes it."""

import pytest
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from kiosk.look.button import Button
from kiosk.look.dialog import HANGING_DROP, HANGING_REACH, MARGIN, Dialog
from kiosk.look.guard import Guard
from kiosk.look.look import Look
from kiosk.look.switch import Switch
from tests.look.conftest import HandClock, show
from tests.look.key import Count, press


class Hanging:
    """A face with a row of tools, and the panel of one of them."""

    def __init__(self, look: Look, guard: Guard, window: QWidget) -> None:
        self.window = window
        self.hook = Button(look, "Affichage", "tool")
        self.other = Button(look, "Appeler", "call")
        tools = QHBoxLayout()
        tools.addStretch(1)
        tools.addWidget(self.hook)
        tools.addWidget(self.other)
        column = QVBoxLayout(window)
        column.addLayout(tools)
        column.addStretch(1)
        self.panel = Dialog(look, guard, window, width=500, answers_first=True)
        self.choice = Switch(look, "Contraste")
        self.panel.body.addWidget(self.choice)
        self.close = Button(look, "Fermer", "quiet")
        self.panel.add_answer(self.close, "close", safe=True, escape=True)
        self.answers: list[str] = []
        self.panel.answered.connect(self.answers.append)

    def open(self, clock: HandClock) -> None:
        self.hook.setFocus()
        self.panel.open(self.hook)
        clock.advance(1000)
        QApplication.processEvents()


@pytest.fixture
def hanging(qtbot: QtBot, look: Look, guard: Guard, window: QWidget) -> Hanging:
    hanging = Hanging(look, guard, window)
    window.resize(1200, 800)
    show(qtbot, window)
    return hanging


def test_it_hangs_under_its_button(hanging: Hanging, clock: HandClock) -> None:
    hanging.window.resize(1600, 900)
    hanging.open(clock)
    corner = hanging.hook.mapTo(hanging.window, hanging.hook.rect().bottomRight())
    rect = hanging.panel.panel.geometry()
    assert rect.top() == corner.y() + 1 + HANGING_DROP
    assert rect.right() <= corner.x() + HANGING_REACH
    assert rect.left() < corner.x() < rect.right()


def test_the_face_stays_in_the_light(hanging: Hanging, clock: HandClock) -> None:
    spot = QPoint(20, hanging.window.height() - 20)
    before = hanging.window.grab().toImage().pixelColor(spot)
    hanging.open(clock)
    assert hanging.window.grab().toImage().pixelColor(spot) == before
    hanging.panel.dismiss()
    hanging.panel.open()
    assert hanging.window.grab().toImage().pixelColor(spot) != before


@pytest.mark.parametrize("size", [QSize(1200, 800), QSize(560, 400), QSize(520, 300)])
def test_it_is_never_cut(hanging: Hanging, clock: HandClock, size: QSize) -> None:
    hanging.choice.setFixedHeight(220)
    hanging.window.resize(size)
    hanging.open(clock)
    rect = hanging.window.rect().adjusted(MARGIN, MARGIN, -MARGIN, -MARGIN)
    assert rect.contains(hanging.panel.panel.geometry())


def test_it_follows_its_button(hanging: Hanging, clock: HandClock) -> None:
    hanging.open(clock)
    before = hanging.panel.panel.geometry().right()
    hanging.window.resize(1000, 800)
    QApplication.processEvents()
    assert hanging.panel.panel.geometry().right() == before - 200


def test_its_button_stays_pressed_meanwhile(hanging: Hanging, clock: HandClock) -> None:
    hanging.open(clock)
    assert hanging.hook.isDown()
    press(hanging.panel, Qt.Key.Key_Escape)
    assert not hanging.hook.isDown()
    assert hanging.answers == ["close"]
    assert hanging.hook.hasFocus()


def test_a_press_beside_it_closes_it_and_presses_nothing_else(
    hanging: Hanging, clock: HandClock
) -> None:
    count = Count(hanging.other)
    hanging.open(clock)
    spot = hanging.other.mapTo(hanging.window, hanging.other.rect().center())
    QTest.mouseClick(hanging.window.windowHandle(), Qt.MouseButton.LeftButton, pos=spot)
    assert hanging.answers == ["close"]
    assert count.clicks == 0
    clock.advance(1000)
    QTest.mouseClick(hanging.window.windowHandle(), Qt.MouseButton.LeftButton, pos=spot)
    assert count.clicks == 1


def test_a_press_on_its_ground_does_nothing(hanging: Hanging, clock: HandClock) -> None:
    hanging.open(clock)
    spot = hanging.panel.panel.geometry().bottomLeft() + QPoint(30, -12)
    QTest.mouseClick(hanging.window.windowHandle(), Qt.MouseButton.LeftButton, pos=spot)
    assert hanging.panel.is_open()


def test_a_press_that_slips_off_the_panel_does_not_close_it(
    hanging: Hanging, clock: HandClock
) -> None:
    hanging.open(clock)
    inside = hanging.panel.panel.geometry().bottomLeft() + QPoint(30, -12)
    outside = QPoint(10, hanging.window.height() - 10)
    QTest.mousePress(hanging.panel, Qt.MouseButton.LeftButton, pos=inside)
    QTest.mouseRelease(hanging.panel, Qt.MouseButton.LeftButton, pos=outside)
    assert hanging.panel.is_open()


def test_a_question_in_the_middle_is_not_closed_by_a_press_beside_it(
    hanging: Hanging, clock: HandClock
) -> None:
    hanging.panel.open()
    clock.advance(1000)
    QTest.mouseClick(hanging.panel, Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    assert hanging.panel.is_open()


def test_it_takes_the_roomiest_arrangement_that_fits(hanging: Hanging, clock: HandClock) -> None:
    def arrange(height: int) -> None:
        hanging.choice.setFixedHeight(height)
        hanging.panel.body.invalidate()

    hanging.panel.arrangements = [lambda: arrange(460), lambda: arrange(200), lambda: arrange(60)]
    hanging.open(clock)
    assert hanging.choice.height() == 460
    hanging.window.resize(1200, 520)
    QApplication.processEvents()
    assert hanging.choice.height() == 200
    hanging.window.resize(1200, 800)
    QApplication.processEvents()
    assert hanging.choice.height() == 460


def test_its_choices_come_after_its_close_and_tab_goes_round(
    hanging: Hanging, clock: HandClock
) -> None:
    hanging.open(clock)
    assert hanging.close.hasFocus()
    QTest.keyClick(hanging.close, Qt.Key.Key_Tab)
    assert hanging.choice.hasFocus()
    QTest.keyClick(hanging.choice, Qt.Key.Key_Tab)
    assert hanging.close.hasFocus()
