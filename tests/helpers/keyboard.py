"""Hands that have no mouse: they reach everything with Tab, and see where they are."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget

from kiosk.look.focus import FocusRing

MOST_STEPS = 80
"""More stops than any face has: whoever needs more walks in a circle."""


class Keyboard:
    """A keyboard before a window."""

    def __init__(self, window: QWidget) -> None:
        self._window = window

    def press(self, key: Qt.Key, times: int = 1) -> None:
        """Press a key where the keyboard is."""
        for _time in range(times):
            QTest.keyClick(self._target(), key)
            QApplication.processEvents()

    def type(self, text: str) -> None:
        """Type a text where the keyboard is."""
        for sign in text:
            QTest.keyClicks(self._target(), sign)
            QApplication.processEvents()

    def go_to(self, words: str) -> None:
        """Walk with Tab to the control that says `words`, with the place in sight at each step."""
        walked = []
        for _step in range(MOST_STEPS):
            self.press(Qt.Key.Key_Tab)
            here = said_by(QApplication.focusWidget())
            assert self.sees_place(), f"no ring around {here}"
            if words in here:
                return
            walked.append(here)
        raise AssertionError(f"{words} is not among {walked}")

    def use(self, words: str) -> None:
        """Walk to a control and press it with Enter."""
        self.go_to(words)
        self.press(Qt.Key.Key_Return)

    def here(self) -> str:
        """Return what the control says that has the keyboard."""
        return said_by(QApplication.focusWidget())

    def sees_place(self) -> bool:
        """Return whether the ring is shown around what has the keyboard."""
        widget = QApplication.focusWidget()
        if widget is None or not self._window.isAncestorOf(widget):
            return False
        middle = widget.mapTo(self._window, widget.rect().center())
        return any(
            ring.isVisible() and (ring.geometry().contains(middle) or _holds(ring, widget, middle))
            for ring in self._window.findChildren(FocusRing)
        )

    def round_trip(self) -> list[str]:
        """Walk with Tab until the first stop comes again, and return what was met."""
        start = QApplication.focusWidget()
        met = [said_by(start)]
        for _step in range(MOST_STEPS):
            self.press(Qt.Key.Key_Tab)
            assert self.sees_place(), f"no ring around {self.here()}"
            if QApplication.focusWidget() is start:
                return met
            met.append(self.here())
        raise AssertionError(f"the walk does not come back: {met}")

    def _target(self) -> QWidget:
        return QApplication.focusWidget() or self._window


def said_by(widget: QWidget | None) -> str:
    """Return the words of a control: its name, or else its text."""
    if widget is None:
        return "nothing"
    text = getattr(widget, "text", None)
    shown = text() if callable(text) and not isinstance(widget, QLineEdit | QLabel) else ""
    return widget.accessibleName() or str(shown)


def _holds(ring: FocusRing, widget: QWidget, middle: QPoint) -> bool:
    """Return whether the ring goes around a part of a widget, as around one box of the code."""
    return ring.geometry().top() <= middle.y() <= ring.geometry().bottom() and isinstance(
        widget, QLineEdit
    )
