"""Digits that are typed or scanned anywhere on a page go to the search at its top, or to its field.

A card is passed when somebody stands at the desk, whatever has the keyboard then. Outside of a text
every digit is for the search. In a text a hand may be writing digits: only what comes faster than
any hand types is taken out of it again, whole, so that a card never ends up in a message. Keys are
read by their place, for a reader made for another layout writes signs instead of digits.
"""

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget
from shiboken6 import Shiboken

from kiosk.look.field import Field
from kiosk.look.keycode import digit_of
from kiosk.look.repeat import PressTimer

LONGEST_GAP_SECONDS = 0.09
"""From key to key of a reader; the fastest fingers take longer."""
SURE = 6
"""No hand types so many digits in a row as fast as that."""
ENDS = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab})
"""What a reader may press after the number."""


class ScanTarget(Protocol):
    """Where a card goes: a field, and how it is begun from elsewhere and typed on."""

    search: Field

    def begin_search(self, text: str) -> None:
        """Take the keyboard, and begin with a text that was typed elsewhere."""

    def type_digit(self, digit: str) -> None:
        """Take one more digit of it."""

    def submit(self) -> None:
        """Do what Enter does."""


class Scanner(QObject):
    """Follows the widget that has the keyboard.

    Args:
        page: the page; what stands beside it in its window counts as well.
        target: tells where a card goes now.
        is_away: whether something else asks for an answer now, so that no digit is meant for it.

    Signals:
        ended: a reader has pressed the key that ends its number.
    """

    ended = Signal()

    def __init__(
        self, page: QWidget, target: Callable[[], ScanTarget], is_away: Callable[[], bool]
    ) -> None:
        super().__init__(page)
        self._page, self._target, self._is_away = page, target, is_away
        running = QElapsedTimer()
        running.start()
        self._timer = PressTimer(lambda: running.elapsed() / 1000)
        self._digits = ""
        self._takes_keys = False
        self._before: tuple[str, int] = ("", 0)
        self._watched: QWidget | None = None
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._on_focus_changed)
            self._follow(app.focusWidget())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Look at each key before the widget that it goes to."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if event.isAutoRepeat() or not isinstance(watched, QWidget):
            return False
        fast = self._timer.seconds_since(event.timestamp()) <= LONGEST_GAP_SECONDS
        self._timer.remember(event.timestamp())
        if not fast:
            self._digits = ""
        digit = digit_of(event)
        if digit is None:
            return self._take_other(event)
        if not self._digits:
            self._before = _text_of(watched)
        self._digits += digit
        return False if self._is_away() else self._take_digit(watched, digit)

    def _take_other(self, event: QKeyEvent) -> bool:
        is_end = event.key() in ENDS and len(self._digits) >= SURE
        self._digits = ""
        self._takes_keys = False
        if is_end and not self._is_away():
            self.ended.emit()
        return is_end

    def _take_digit(self, target: QWidget, digit: str) -> bool:
        bar = self._target()
        if target is bar.search.edit:
            if self._takes_keys:
                bar.type_digit(digit)
                return True
            if len(self._digits) < SURE:
                return False
            bar.begin_search(self._digits)
        elif not isinstance(target, QLineEdit | QPlainTextEdit):
            bar.begin_search(digit)
        elif len(self._digits) < SURE:
            return False
        else:
            _give_back(target, *self._before)
            bar.begin_search(self._digits)
        self._takes_keys = True
        return True

    def _on_focus_changed(self, _old: QWidget | None, new: QWidget | None) -> None:
        if new is not self._target().search.edit:
            self._takes_keys = False
        self._follow(new)

    def _follow(self, widget: QWidget | None) -> None:
        if not Shiboken.isValid(self._page):
            return
        if self._watched is not None and Shiboken.isValid(self._watched):
            self._watched.removeEventFilter(self)
        window = self._page.window()
        inside = widget is not None and window.isAncestorOf(widget)
        self._watched = widget if inside else None
        if self._watched is not None:
            self._watched.installEventFilter(self)


def _text_of(widget: QWidget) -> tuple[str, int]:
    """Return the text of a widget, and where its cursor stands."""
    if isinstance(widget, QPlainTextEdit):
        return widget.toPlainText(), widget.textCursor().position()
    return (widget.text(), widget.cursorPosition()) if isinstance(widget, QLineEdit) else ("", 0)


def _give_back(widget: QWidget, text: str, place: int) -> None:
    """Put back the text that a reader has typed into."""
    if isinstance(widget, QPlainTextEdit):
        widget.setPlainText(text)
        cursor = widget.textCursor()
        cursor.setPosition(min(place, len(text)))
        widget.setTextCursor(cursor)
    elif isinstance(widget, QLineEdit):
        widget.setText(text)
        widget.setCursorPosition(place)
