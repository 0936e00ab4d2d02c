"""A fade lies over what has come, hides nothing from hands, and leaves nothing behind."""

import pytest
from PySide6.QtCore import QEasingCurve, QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from kiosk.look.button import Button
from kiosk.look.fade import Fade
from kiosk.look.look import Look
from tests.look.conftest import show
from tests.look.key import Count

LONG = 60_000
"""Milliseconds: longer than a test."""


class Stage:
    """A window that is white and becomes black, with a button that is there from the beginning."""

    def __init__(self, look: Look, window: QWidget) -> None:
        self.window = window
        self.button = Button(look, "Internet")
        self.cover = QWidget()
        self.cover.setAutoFillBackground(True)
        column = QVBoxLayout(window)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.button)
        column.addWidget(self.cover, 1)
        self.paint("white")
        self.fade = Fade(look, window)

    def paint(self, name: str) -> None:
        palette = self.cover.palette()
        palette.setColor(self.cover.backgroundRole(), QColor(name))
        self.cover.setPalette(palette)

    def lightness(self) -> int:
        spot = self.cover.mapTo(self.window, self.cover.rect().center())
        return self.window.grab().toImage().pixelColor(spot).lightness()


@pytest.fixture
def stage(qtbot: QtBot, look: Look, window: QWidget) -> Stage:
    stage = Stage(look, window)
    show(qtbot, window)
    qtbot.waitUntil(lambda: stage.lightness() == 255)
    window.repaint()
    return stage


def begin(stage: Stage, milliseconds: int = LONG) -> None:
    with stage.fade.over(milliseconds):
        stage.paint("black")
    QApplication.processEvents()


def test_what_was_there_is_taken_away_little_by_little(qtbot: QtBot, stage: Stage) -> None:
    begin(stage)
    assert stage.fade.is_fading()
    assert stage.lightness() > 200
    stage.fade._animation.setCurrentTime(LONG // 2)
    # Half of the time of OutCubic leaves an eighth of the picture.
    assert stage.lightness() == pytest.approx(255 / 8, abs=6)
    stage.fade._animation.setCurrentTime(LONG)
    assert stage.lightness() == 0


def test_it_slows_down_towards_its_end(stage: Stage) -> None:
    assert stage.fade._animation.easingCurve().type() is QEasingCurve.Type.OutCubic


def test_it_ends_by_itself_and_leaves_nothing(qtbot: QtBot, stage: Stage) -> None:
    begin(stage, 120)
    qtbot.waitUntil(lambda: not stage.fade.is_fading())
    assert not stage.fade.isVisible()
    assert stage.fade._picture is None
    assert stage.lightness() == 0
    assert not any(widget.graphicsEffect() for widget in stage.window.findChildren(QWidget))


def test_a_click_goes_through_it(stage: Stage) -> None:
    count = Count(stage.button)
    begin(stage)
    spot = stage.button.mapTo(stage.window, stage.button.rect().center())
    QTest.mouseClick(stage.window.windowHandle(), Qt.MouseButton.LeftButton, pos=spot)
    assert count.clicks == 1
    assert stage.fade.is_fading()


def test_with_fewer_movements_nothing_fades(stage: Stage, look: Look) -> None:
    look.use(reduced_motion=True)
    begin(stage)
    assert not stage.fade.is_fading()
    assert stage.lightness() == 0


def test_asking_for_fewer_movements_ends_what_fades(stage: Stage, look: Look) -> None:
    begin(stage)
    look.use(reduced_motion=True)
    assert not stage.fade.is_fading()
    assert not stage.fade.isVisible()


def test_no_time_is_no_fade(stage: Stage) -> None:
    begin(stage, 0)
    assert not stage.fade.is_fading()


def test_a_change_inside_a_change_is_one_fade(stage: Stage) -> None:
    with stage.fade.over(LONG):
        with stage.fade.over(LONG):
            stage.paint("red")
        assert not stage.fade.is_fading()
        stage.paint("black")
    assert stage.fade.is_fading()


def test_a_change_that_fails_leaves_the_next_one_its_fade(stage: Stage) -> None:
    with pytest.raises(LookupError), stage.fade.over(LONG):
        raise LookupError
    stage.fade.finish()
    begin(stage)
    assert stage.fade.is_fading()


def test_another_size_of_the_window_ends_it(stage: Stage) -> None:
    begin(stage)
    stage.window.resize(700, 500)
    assert not stage.fade.is_fading()


def test_a_window_that_is_not_there_yet_fades_nothing(look: Look, window: QWidget) -> None:
    stage = Stage(look, window)
    begin(stage)
    assert not stage.fade.is_fading()


def test_a_window_may_go_while_it_fades(qtbot: QtBot, look: Look) -> None:
    window = QWidget()
    window.resize(300, 200)
    stage = Stage(look, window)
    show(qtbot, window)
    window.repaint()
    begin(stage)
    assert stage.fade.is_fading()
    gone: list[bool] = []
    window.destroyed.connect(lambda: gone.append(True))
    window.close()
    window.deleteLater()
    del stage, window
    qtbot.waitUntil(lambda: gone == [True])


def test_the_keyboard_never_goes_there(stage: Stage) -> None:
    stage.button.setFocus()
    begin(stage)
    assert stage.button.hasFocus()
    assert stage.fade.focusPolicy() is Qt.FocusPolicy.NoFocus
    assert stage.window.childAt(QPoint(10, 10)) is not stage.fade
