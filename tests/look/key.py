"""Key presses as a keyboard or a scanner sends them, and what they do to a button."""

from PySide6.QtCore import QEvent, QObject, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
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
    at: int = 0,
) -> None:
    """Press and release one key, with its native code, `at` the milliseconds of the event."""
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        event = QKeyEvent(kind, key.value, modifiers, scan_code, 0, 0, text, repeated)
        event.setTimestamp(at)
        QApplication.sendEvent(widget, event)


def click(widget: QWidget, *, at: int = 0) -> None:
    """Click in the middle of a widget, `at` the milliseconds of the event."""
    spot = QPointF(widget.rect().center())
    left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
    for kind, held in (
        (QEvent.Type.MouseButtonPress, left),
        (QEvent.Type.MouseButtonRelease, none),
    ):
        event = QMouseEvent(
            kind, spot, widget.mapToGlobal(spot), left, held, Qt.KeyboardModifier.NoModifier
        )
        event.setTimestamp(at)
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
