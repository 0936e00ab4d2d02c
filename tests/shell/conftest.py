"""A window of the workstation, the wishes that come out of it, and hands for it."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

from kiosk.look.guard import Guard
from kiosk.look.language import Language
from kiosk.look.look import Look
from kiosk.look.theme import Theme
from kiosk.look.token import load_tokens
from kiosk.shell.face import Face
from kiosk.shell.home_page import HomePage
from kiosk.shell.lock_page import LockPage
from kiosk.shell.question import Question
from kiosk.shell.session_page import SessionPage
from kiosk.shell.window import Window
from kiosk.wire.face import Snapshot, Wish
from tests.helpers.voice import HandVoice

AZERTY = "&é\"'(-è_çà"
"""What the digit row writes on a French keyboard without Shift, from 1 to 0."""


class HandClock:
    """Monotonic seconds that move only when told."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


class Desk(QObject):
    """Everything a test of the faces needs: the window, its wishes, time and hands."""

    def __init__(self, qtbot: QtBot, window: Window, look: Look, clock: HandClock) -> None:
        super().__init__()
        self.qtbot = qtbot
        self.window = window
        self.look = look
        self.clock = clock
        self.wishes: list[Wish] = []
        window.wished.connect(self.wishes.append)

    def show(self, snapshot: Snapshot, *, rest: float = 10.0) -> None:
        """Show a snapshot and let the hands rest for so many seconds."""
        self.window.show_snapshot(snapshot)
        QApplication.processEvents()
        self.clock.now += rest

    def face(self) -> Face | None:
        return self.window.face

    def question(self) -> Question | None:
        return self.window.questions.current

    def lock(self) -> LockPage:
        page = self.window.page(Face.LOCK)
        assert isinstance(page, LockPage)
        return page

    def home(self) -> HomePage:
        page = self.window.page(Face.HOME)
        assert isinstance(page, HomePage)
        return page

    def program(self) -> SessionPage:
        page = self.window.page(Face.PROGRAM)
        assert isinstance(page, SessionPage)
        return page

    def type(self, text: str, *, gap: float = 0.4) -> None:
        """Type digits into whatever has the keyboard, `gap` seconds apart."""
        for digit in text:
            self.press(Qt.Key(ord(digit)), digit)
            self.clock.now += gap

    def scan(self, digits: str, *, heard: float = 0.004, at: int = 0) -> None:
        """Pass a card: a scanner made for a US keyboard, under a French layout, then Enter.

        `heard` is how many seconds after each other the program hears of the keys; `at` are the
        milliseconds of the first event, where the events know their time.
        """
        for number, digit in enumerate(digits):
            place = (int(digit) - 1) % 10
            stamp = at + 4 * number if at else 0
            self.press(Qt.Key.Key_unknown, AZERTY[place], scan_code=10 + place, at=stamp)
            self.clock.now += heard
        self.press(Qt.Key.Key_Return, "\r", at=at + 4 * len(digits) if at else 0)

    def press(
        self,
        key: Qt.Key,
        text: str = "",
        *,
        scan_code: int = 0,
        repeated: bool = False,
        at: int = 0,
    ) -> None:
        """Press and release one key where the keyboard is."""
        target = QApplication.focusWidget() or self.window
        none = Qt.KeyboardModifier.NoModifier
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, key.value, none, scan_code, 0, 0, text, repeated)
            event.setTimestamp(at)
            QApplication.sendEvent(target, event)
        QApplication.processEvents()

    def use(self, button: QAbstractButton, how: str) -> None:
        """Press a button with the mouse, or reach it by Tab and press it with Enter."""
        if how == "click":
            QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        else:
            self.reach(button)
            self.press(Qt.Key.Key_Return, "\r")
        QApplication.processEvents()

    def reach(self, widget: QWidget) -> None:
        """Walk with Tab until a widget has the keyboard."""
        for _step in range(40):
            if QApplication.focusWidget() is widget:
                return
            QTest.keyClick(QApplication.focusWidget() or self.window, Qt.Key.Key_Tab)
        pytest.fail(f"{widget.accessibleName() or widget!r} cannot be reached by Tab")

    def wait_for_dialog(self) -> None:
        """Wait until a dialog that was due stands, then let the guard pass."""
        self.qtbot.waitUntil(lambda: self.window.questions.current is not None)
        self.clock.now += 1.0


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def look(qapp: QApplication) -> Look:
    return Look(qapp, Theme(load_tokens()))


@pytest.fixture
def language() -> Language:
    return Language("fr")


@pytest.fixture
def guard(qapp: QApplication, look: Look, clock: HandClock) -> Iterator[Guard]:
    guard = Guard(qapp, look.tokens.behaviour, clock)
    yield guard
    guard.use_calm(False)
    qapp.removeEventFilter(guard)


@pytest.fixture
def voice() -> HandVoice:
    """The voice of the window."""
    return HandVoice()


@pytest.fixture
def desk(
    qtbot: QtBot,
    look: Look,
    language: Language,
    guard: Guard,
    clock: HandClock,
    voice: HandVoice,
) -> Desk:
    """A window on the screen, with nothing shown yet."""
    window = Window(look, language, guard, clock)
    window.use_voice(voice)
    qtbot.addWidget(window)
    window.resize(1366, 768)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    clock.now += 10.0
    return Desk(qtbot, window, look, clock)


HOW = pytest.mark.parametrize("how", ["click", "keyboard"])
"""Every wish is sent by the mouse, and by the keyboard alone."""
