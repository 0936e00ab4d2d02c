"""Tells a card reader from fingers: it types a whole number at once, and Enter after it."""

from collections.abc import Callable

from PySide6.QtCore import Qt

from kiosk.look.repeat import FASTEST_HAND_SECONDS, UNSTAMPED, PressTimer

LEAST_DIGITS = 6
"""No hand types so many digits in a row as fast as a reader does."""


class ScanReader:
    """Follows the keys of a field that does not expect a card.

    `clock` gives monotonic seconds.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self._timer = PressTimer(clock)
        self._digits = ""

    def take(self, digit: str | None, key: int, stamp: int = UNSTAMPED) -> str | None:
        """Take a key press; return a card number when the key ends one, else None.

        `stamp` is the own time of its event in milliseconds: while a face draws itself anew the
        keys of a reader wait, and would seem to come from a hand.
        """
        if self._timer.seconds_since(stamp) > FASTEST_HAND_SECONDS:
            self._digits = ""
        self._timer.remember(stamp)
        if digit is not None:
            self._digits += digit
            return None
        found, self._digits = self._digits, ""
        is_end = key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab)
        return found if is_end and len(found) >= LEAST_DIGITS else None

    def forget(self) -> None:
        """Forget the digits so far."""
        self._digits = ""
