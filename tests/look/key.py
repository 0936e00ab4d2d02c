"""Key presses as a keyboard or a scanner sends them, and what they do to a button."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

AZERTY = "&é\"'(-è_çà"
"""What the digit row writes on a French keyboard without Shift, from 1 to 0."""


def press(
    widget: QWidget,
    key: Qt.Key = Qt.Key.Key_unknown,
    text: str = "",
    *,
    scan_code: int = 0,
    repeated: bool = False,
    modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
) -> None:
    """Press and release one key, with its native code."""
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        event = QKeyEvent(kind, key.value, modifiers, scan_code, 0, 0, text, repeated)
        QApplication.sendEvent(widget, event)


def scan(widget: QWidget, digits: str) -> None:
    """Type digits as a scanner made for a US keyboard does under a French layout."""
    for digit in digits:
        place = (int(digit) - 1) % 10
        press(widget, text=AZERTY[place], scan_code=10 + place)


class Count(QObject):
    """Counts clicks."""

    def __init__(self, button: QAbstractButton) -> None:
        super().__init__()
        self.clicks = 0
        button.clicked.connect(self.add)

    def add(self) -> None:
        self.clicks += 1
