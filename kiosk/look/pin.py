"""The four boxes of the secret code.

The digits are kept apart from the line edit, which only ever holds dots: neither a screen reader
nor the clipboard, nor undo, can give a digit away. The last digit is never shown.
"""

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from kiosk.look.focus import FocusShape
from kiosk.look.keycode import digit_of
from kiosk.look.look import Look
from kiosk.look.paint import begin, draw_box
from kiosk.look.repeat import UNSTAMPED, RepeatRule

BOX = 84
GAP = 16
DOT = "\u2022"


class PinBoxes(QLineEdit):
    """Boxes that take digits from the keyboard, a scanner or the keypad.

    Args:
        look: how to look.
        clock: monotonic seconds, for the rule of repeated keys.
        spoken: the accessible name ("Code secret, 4 chiffres").
        length: how many digits.
        box: edge of a box in pixels.
        parent: the widget that holds it.

    Signals:
        edited: how many digits are there now.
        completed: the last box has just been filled.
        submitted: Enter was pressed.
    """

    edited = Signal(int)
    completed = Signal()
    submitted = Signal()

    def __init__(
        self,
        look: Look,
        clock: Callable[[], float],
        *,
        spoken: str,
        length: int = 4,
        box: int = BOX,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._length = length
        self._box = box
        self._digits: list[str] = []
        self._rule = RepeatRule(clock, look.tokens.behaviour.pin_key_repeat_ms)
        self.setProperty("part", "field")
        self.setFrame(False)
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setAcceptDrops(False)
        self.setDragEnabled(False)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(spoken)
        look.changed.connect(self.update)

    def set_spoken(self, spoken: str) -> None:
        """Name the boxes in another language."""
        self.setAccessibleName(spoken)

    def set_box(self, box: int) -> None:
        """Change the edge of a box, in pixels."""
        self._box = box
        self.updateGeometry()
        self.update()

    def code(self) -> str:
        """Return what was typed. It goes into a request and nowhere else."""
        return "".join(self._digits)

    def is_full(self) -> bool:
        """Return whether every box is filled."""
        return len(self._digits) == self._length

    def press_digit(self, digit: str, stamp: int = UNSTAMPED) -> bool:
        """Take a digit; return whether it counted (a repeat within 300 ms does not).

        `stamp` is the own time of its event in milliseconds.
        """
        if self.is_full() or not self._rule.accept(digit, stamp):
            return False
        self._digits.append(digit)
        self._tell()
        if self.is_full():
            self.completed.emit()
        return True

    def erase(self) -> None:
        """Take the last digit back."""
        if self._digits:
            self._digits.pop()
            self._tell()

    def clear(self) -> None:
        """Forget the code."""
        self._digits = []
        self._tell()

    def box_rect(self, place: int) -> QRect:
        """Return where a box stands, counted from 0."""
        top = (self.height() - self._box) // 2
        return QRect(place * (self._box + GAP), top, self._box, self._box)

    def focus_shape(self) -> FocusShape:
        """Return the box that waits for a digit."""
        place = min(len(self._digits), self._length - 1)
        return FocusShape(self, self.box_rect(place), self._look.theme.control_radius)

    def sizeHint(self) -> QSize:
        """Return the row of boxes."""
        return QSize(self._length * self._box + (self._length - 1) * GAP, self._box)

    def minimumSizeHint(self) -> QSize:
        """Return the same."""
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take digits, Backspace and Enter; leave the rest to the face."""
        digit = digit_of(event)
        if digit is not None:
            if not event.isAutoRepeat():
                self.press_digit(digit, event.timestamp())
        elif event.key() in {Qt.Key.Key_Backspace, Qt.Key.Key_Delete}:
            if not event.isAutoRepeat() and self._rule.accept("erase", event.timestamp()):
                self.erase()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            if not event.isAutoRepeat():
                self.submitted.emit()
        else:
            event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take the keyboard; there is nothing to select."""
        self.setFocus(Qt.FocusReason.MouseFocusReason)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Select nothing."""

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Paste nothing."""

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Select nothing."""

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the caret."""
        super().focusInEvent(event)
        self.deselect()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw boxes, dots and the caret."""
        theme = self._look.theme
        fill = theme.colour("surface" if self.isEnabled() else "disabled_fill")
        painter = begin(self)
        for place in range(self._length):
            box = QRectF(self.box_rect(place))
            line = theme.colour("control_border")
            draw_box(painter, box, theme.control_radius, fill, line, theme.control_border)
            painter.setPen(Qt.PenStyle.NoPen)
            if place < len(self._digits):
                painter.setBrush(theme.colour("ink"))
                painter.drawEllipse(box.center(), self._box * 0.119, self._box * 0.119)
            elif place == len(self._digits) and self.hasFocus():
                tall = self._box * 0.452
                top = QPointF(box.center().x() - 1.5, box.center().y() - tall / 2)
                painter.fillRect(QRectF(top.x(), top.y(), 3, tall), theme.colour("primary"))
        painter.end()

    def _tell(self) -> None:
        self.setText(DOT * len(self._digits))
        self.update()
        self.edited.emit(len(self._digits))
