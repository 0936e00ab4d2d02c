"""Looks, languages and clocks for the tests of appearance."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from kiosk.look.guard import Guard
from kiosk.look.language import Language
from kiosk.look.look import Look
from kiosk.look.theme import Theme
from kiosk.look.token import Program, ThemeName, load_tokens


class HandClock:
    """Monotonic seconds that move only when told."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now

    def advance(self, milliseconds: int) -> None:
        self.now += milliseconds / 1000


MakeLook = Callable[..., Look]


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def make_look(qapp: QApplication) -> MakeLook:
    def make(name: ThemeName = "light", scale: float = 1.0, program: Program = "kiosk") -> Look:
        return Look(qapp, Theme(load_tokens(), name, scale, program))

    return make


@pytest.fixture
def look(make_look: MakeLook) -> Look:
    return make_look()


@pytest.fixture
def language() -> Language:
    return Language("fr")


@pytest.fixture
def guard(qapp: QApplication, look: Look, clock: HandClock) -> Iterator[Guard]:
    guard = Guard(qapp, look.tokens.behaviour, clock)
    yield guard
    qapp.removeEventFilter(guard)


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    """A window of 800 × 600 with the ground of a page."""
    widget = QWidget()
    widget.setProperty("ground", "page")
    widget.resize(800, 600)
    qtbot.addWidget(widget)
    return widget


def show(qtbot: QtBot, window: QWidget) -> None:
    """Show a window and give it the keyboard."""
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
