"""Tells a card reader from fingers: it types a whole number at once, and often a key after it.

A card may be passed at any moment, whatever has the keyboard. Where a card is due its number is
read, with a key at its end or without; anywhere else its keys must press nothing.
"""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from kiosk.look.guard import Guard
from kiosk.look.keycode import digit_of
from kiosk.look.repeat import UNSTAMPED, PressTimer

LEAST_DIGITS = 6
"""No hand types so many digits in a row as fast as a reader does."""

LONGEST_GAP_SECONDS = 0.09
"""From key to key. The slowest readers take about 40 ms, the fastest fingers over 100."""

END_WAIT_MS = 250
"""A reader that has been silent so long has ended, with or without a key to say so."""

ENDS = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab})
"""What a reader may press after the number."""


class ScanReader:
    """Follows the keys that may come from a reader.

    `clock` gives monotonic seconds.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self._timer = PressTimer(clock)
        self._digits = ""

    @property
    def is_reading(self) -> bool:
        """Whether so much has come, so fast, that no hand can have typed it."""
        return len(self._digits) >= LEAST_DIGITS

    def take(self, digit: str | None, key: int, stamp: int = UNSTAMPED) -> str | None:
        """Take a key press; return a card number when the key ends one, else None.

        `stamp` is the own time of its event in milliseconds: while a face draws itself anew the
        keys of a reader wait, and would seem to come from a hand.
        """
        if self._timer.seconds_since(stamp) > LONGEST_GAP_SECONDS:
            self._digits = ""
        self._timer.remember(stamp)
        if digit is not None:
            self._digits += digit
            return None
        found = self.finish()
        return found if key in ENDS else None

    def finish(self) -> str | None:
        """Return the number that has been read so far, if it is one, and begin anew."""
        found = self._digits if self.is_reading else None
        self._digits = ""
        return found

    def forget(self) -> None:
        """Forget the digits so far."""
        self._digits = ""


class ScanShield(QObject):
    """Keeps a card that is passed at the wrong moment from doing anything.

    The key at the end of a number presses no button, and a number whose beginning was swallowed by
    a change of face is swallowed whole: the rest of it would be taken for another card.

    Args:
        app: the program.
        guard: knows when a face has just changed.
        clock: monotonic seconds.
        parent: who owns the shield.

    Signals:
        passed(): a whole card was passed where none was due, with a key at its end or without.
    """

    passed = Signal()

    def __init__(
        self, app: QApplication, guard: Guard, clock: Callable[[], float], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._guard = guard
        self._timer = PressTimer(clock)
        self._count = 0
        self._is_lost = False
        self._end = QTimer(self)
        self._end.setSingleShot(True)
        self._end.setInterval(END_WAIT_MS)
        self._end.timeout.connect(self.passed)
        app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Look at each key press once, where the keyboard is."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if not isinstance(watched, QWidget) or event.isAutoRepeat():
            return False
        if watched is not (QApplication.focusWidget() or watched.window()):
            return False
        return self._take(watched, event)

    def _take(self, target: QWidget, event: QKeyEvent) -> bool:
        if self._timer.seconds_since(event.timestamp()) > LONGEST_GAP_SECONDS:
            self._count, self._is_lost = 0, False
        self._timer.remember(event.timestamp())
        self._end.stop()
        is_due = isinstance(target, QLineEdit)
        if digit_of(event) is not None:
            self._count += 1
            self._is_lost = self._is_lost or self._guard.is_swallowing()
            if self._count >= LEAST_DIGITS and not is_due and not self._is_lost:
                self._end.start()
            return self._is_lost
        is_end = event.key() in ENDS
        is_stray = self._count >= LEAST_DIGITS and not is_due
        if is_end and is_stray and not self._is_lost:
            self.passed.emit()
        swallow = is_end and (self._is_lost or is_stray)
        if is_end:
            self._count, self._is_lost = 0, False
        return swallow
