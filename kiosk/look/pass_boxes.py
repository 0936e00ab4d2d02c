"""The ten boxes of a guest pass, in the groups in which it is printed and said: 2, 3, 2, 3.

Unlike a secret code its digits stay visible: they are read off a paper, once.
"""

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from kiosk.look.look import Look
from kiosk.look.paint import begin, draw_box
from kiosk.look.pin import PinBoxes

GROUPS = (2, 3, 2, 3)
LENGTH = sum(GROUPS)
WIDTH, TALL = 48, 76
GAP, GROUP_GAP = 12, 28
LEAST_TALL = 56
"""Of a box, in pixels: the least that a finger hits."""

DIGIT = 0.62
"""The size of a digit, in parts of the width of its box."""


class PassBoxes(PinBoxes):
    """Boxes for the digits of a pass; `set_room` makes them narrower where there is less room."""

    def __init__(
        self, look: Look, clock: Callable[[], float], *, spoken: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(look, clock, spoken=spoken, length=LENGTH, box=WIDTH, parent=parent)
        self._gap, self._group_gap = GAP, GROUP_GAP
        self.setEchoMode(QLineEdit.EchoMode.Normal)

    def set_room(self, width: int) -> None:
        """Take as much of `width` pixels as the boxes need."""
        is_roomy = width >= LENGTH * WIDTH + 6 * GAP + 3 * GROUP_GAP
        self._gap, self._group_gap = (GAP, GROUP_GAP) if is_roomy else (6, 14)
        self.set_box(min(WIDTH, (width - 6 * self._gap - 3 * self._group_gap) // LENGTH))

    def box_rect(self, place: int) -> QRect:
        """Return where a box stands, counted from 0."""
        left, before = place * self._box, 0
        for size in GROUPS:
            if place < before + size:
                left += (place - before) * self._gap
                break
            left += (size - 1) * self._gap + self._group_gap
            before += size
        return QRect(left, (self.height() - self._tall()) // 2, self._box, self._tall())

    def sizeHint(self) -> QSize:
        """Return the row of boxes."""
        gaps = (LENGTH - len(GROUPS)) * self._gap + (len(GROUPS) - 1) * self._group_gap
        return QSize(LENGTH * self._box + gaps, self._tall())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw boxes, digits and the caret."""
        theme, digits = self._look.theme, self.code()
        fill = theme.colour("surface" if self.isEnabled() else "disabled_fill")
        font = self._look.font("strong", tabular=True)
        font.setPixelSize(round(self._box * DIGIT))
        painter = begin(self)
        painter.setFont(font)
        for place in range(LENGTH):
            box = QRectF(self.box_rect(place))
            line = theme.colour("control_border")
            radius = min(theme.control_radius, self._box / 4)
            draw_box(painter, box, radius, fill, line, theme.control_border)
            if place < len(digits):
                painter.setPen(theme.colour("ink" if self.isEnabled() else "disabled_ink"))
                painter.drawText(box, Qt.AlignmentFlag.AlignCenter, digits[place])
            elif place == len(digits) and self.hasFocus():
                tall = self._box * 0.6
                top = QPointF(box.center().x() - 1.5, box.center().y() - tall / 2)
                painter.fillRect(QRectF(top.x(), top.y(), 3, tall), theme.colour("primary"))
        painter.end()

    def _tall(self) -> int:
        return max(LEAST_TALL, round(self._box * TALL / WIDTH))

    def _tell(self) -> None:
        self.setText(self.code())
        self.update()
        self.edited.emit(len(self.code()))
