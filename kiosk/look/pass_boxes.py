"""Boxes for digits that are read off a paper: a guest pass, said as 2, 3, 2, 3, or a ticket's code.

Unlike those of a secret code they stay visible: each is good once.
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
    """Boxes in groups; `set_room` makes them narrower where there is less room.

    Args:
        look: how to look.
        clock: monotonic seconds, for the rule of repeated keys.
        spoken: the accessible name.
        groups: how many digits stand together.
        width: of a box in pixels, where there is room.
        parent: the widget that holds it.
    """

    def __init__(
        self,
        look: Look,
        clock: Callable[[], float],
        *,
        spoken: str,
        groups: tuple[int, ...] = GROUPS,
        width: int = WIDTH,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(look, clock, spoken=spoken, length=sum(groups), box=width, parent=parent)
        self._groups, self._widest = groups, width
        self._gap, self._group_gap = GAP, GROUP_GAP
        self.setEchoMode(QLineEdit.EchoMode.Normal)

    def set_room(self, width: int) -> None:
        """Take as much of `width` pixels as the boxes need."""
        self._gap, self._group_gap = GAP, GROUP_GAP
        if width < self._length * self._widest + self._gaps():
            self._gap, self._group_gap = 6, 14
        self.set_box(min(self._widest, (width - self._gaps()) // self._length))

    def box_rect(self, place: int) -> QRect:
        """Return where a box stands, counted from 0."""
        left, before = place * self._box, 0
        for size in self._groups:
            if place < before + size:
                left += (place - before) * self._gap
                break
            left += (size - 1) * self._gap + self._group_gap
            before += size
        return QRect(left, (self.height() - self._tall()) // 2, self._box, self._tall())

    def sizeHint(self) -> QSize:
        """Return the row of boxes."""
        return QSize(self._length * self._box + self._gaps(), self._tall())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw boxes, digits and the caret."""
        theme, digits = self._look.theme, self.code()
        fill = theme.colour("surface" if self.isEnabled() else "disabled_fill")
        font = self._look.font("strong", tabular=True)
        font.setPixelSize(round(self._box * DIGIT))
        painter = begin(self)
        painter.setFont(font)
        for place in range(self._length):
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

    def _gaps(self) -> int:
        between = len(self._groups) - 1
        return (self._length - between - 1) * self._gap + between * self._group_gap

    def _tall(self) -> int:
        return max(LEAST_TALL, round(self._box * TALL / WIDTH))

    def _tell(self) -> None:
        self.setText(self.code())
        self.update()
        self.edited.emit(len(self.code()))
