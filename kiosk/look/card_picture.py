"""A library card under the line of a scanner: shows what to do with the card."""

from dataclasses import replace

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QColor, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from kiosk.look.look import Look
from kiosk.look.paint import begin, draw_box

UNITS = QSize(176, 116)
BARS = (
    (22, 3), (27, 2), (33, 2), (37, 4), (44, 2), (48, 4), (55, 3), (61, 2), (65, 4), (72, 4),
    (79, 2), (83, 4), (90, 2), (95, 4), (102, 3), (107, 2), (111, 4), (118, 2), (124, 3), (129, 4),
    (136, 3), (142, 3),
)  # fmt: skip
"""Left edge and width of each bar of the code."""


class CardPicture(QWidget):
    """The picture; the sentence beside it says the same."""

    def __init__(self, look: Look, width: int = 150, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._width = width
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.update)

    def set_width(self, width: int) -> None:
        """Change the width in pixels; the height follows."""
        self._width = width
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the size of the card."""
        return QSize(self._width, round(self._width * UNITS.height() / UNITS.width()))

    def minimumSizeHint(self) -> QSize:
        """Return the same."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw card, code and beam."""
        theme = self._look.theme
        # A card is the same thing on any ground; in high contrast it gets a white outline.
        card = replace(theme, name="light")
        white, dim = card.colour("ink_on_primary"), QColor(card.colour("ink_on_primary"))
        dim.setAlphaF(0.5)
        line = theme.colour("ink") if theme.is_high_contrast else None
        painter = begin(self)
        scale = self._width / UNITS.width()
        painter.scale(scale, scale)
        draw_box(painter, QRectF(1, 1, 174, 114), 15, card.colour("primary"), line, 2.5)
        draw_box(painter, QRectF(22, 18, 24, 24), 12, card.colour("accent"))
        draw_box(painter, QRectF(56, 20, 84, 8), 4, white)
        draw_box(painter, QRectF(56, 34, 52, 7), 3.5, dim)
        draw_box(painter, QRectF(12, 58, 152, 46), 7, white)
        for left, width in BARS:
            painter.fillRect(
                QRectF(QPointF(left, 66), QPointF(left + width, 96)), card.colour("ink")
            )
        draw_box(painter, QRectF(0, 79, 176, 3), 1.5, card.colour("focus"))
        painter.end()
