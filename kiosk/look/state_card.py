"""A seat state as the sheet of parts shows it: badge, word and cell on the ground of the state."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kiosk.look.badge import Badge
from kiosk.look.language import Language
from kiosk.look.look import Look
from kiosk.look.paint import begin, draw_box
from kiosk.look.seat_cell import SeatCell
from kiosk.look.status import status_word
from kiosk.look.words import Words
from kiosk.rules.seat import SeatState

RADIUS = 20


class StateCard(QWidget):
    """The card. Free is white and what is out of contact is dashed, as on the floor."""

    def __init__(self, look: Look, language: Language, state: SeatState) -> None:
        super().__init__()
        self._look, self._state = look, state
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 18)
        column.setSpacing(10)
        row = QHBoxLayout()
        row.addWidget(Badge(look, state, 48))
        row.addStretch(1)
        row.addWidget(SeatCell(look, state, QSize(26, 32)))
        column.addLayout(row)
        column.addWidget(Words(look, status_word(language, state), "strong", rem=1.1))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ground and its outline."""
        theme = self._look.theme
        colours = theme.status_colours(self._state)
        painter = begin(self)
        box = QRectF(self.rect())
        if self._state is SeatState.OFFLINE:
            draw_box(painter, box, RADIUS, colours.card)
            pen = painter.pen()
            pen.setColor(colours.strong)
            pen.setWidthF(2.0)
            pen.setStyle(Qt.PenStyle.DashLine)
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), RADIUS - 1, RADIUS - 1)
        else:
            draw_box(painter, box, RADIUS, colours.card, colours.strong, 2.0)
        painter.end()
