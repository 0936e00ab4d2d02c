"""Seats as small cells in seat order, each with the pattern of its state."""

from collections.abc import Sequence

from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from kiosk.look.look import Look
from kiosk.look.paint import begin
from kiosk.look.role import Role
from kiosk.rules.seat import SeatState

CELL = QSize(14, 18)
GAP = 6
LINE_GAP = 5
LINE = 1.8
MARK = 2.2
INSET = 1.25
DOT = 1.7
STEP = 7.0


def paint_cell(painter: QPainter, look: Look, state: SeatState, rect: QRectF) -> None:
    """Draw one cell."""
    status = look.theme.status(state)
    colours = look.theme.status_colours(state)
    inner = rect.adjusted(INSET, INSET, -INSET, -INSET)
    radius = float(look.tokens.radius.console.seat_cell)
    path = QPainterPath()
    path.addRoundedRect(inner, radius, radius)
    painter.save()
    solid = status.cell_pattern == "solid"
    painter.fillPath(path, colours.strong if solid else colours.cell)
    painter.setClipPath(path)
    _paint_pattern(painter, status.cell_pattern, rect, colours.strong)
    painter.setClipping(False)
    pen = QPen(colours.strong, LINE)
    if status.border_style == "dashed":
        pen.setDashPattern([3.2 / LINE, 2.6 / LINE])
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(path)
    painter.restore()


def _paint_pattern(painter: QPainter, pattern: str, rect: QRectF, ink: QColor) -> None:
    painter.setPen(QPen(ink, MARK))
    left, top, wide, high = rect.left(), rect.top(), rect.width(), rect.height()
    name = pattern.partition(" ")[0]
    if name == "half":
        painter.fillRect(QRectF(left, top + high / 2, wide, high / 2), ink)
    elif name == "diagonal":
        start = 4.0 - STEP * round(high / STEP + 1)
        while start < wide + high:
            foot = QPointF(left + start - high, top + high)
            painter.drawLine(QLineF(foot, QPointF(left + start, top)))
            start += STEP
    elif name == "dots":
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink)
        for across in (0.3, 0.7):
            for down in (0.25, 0.5, 0.75):
                painter.drawEllipse(QPointF(left + wide * across, top + high * down), DOT, DOT)
    elif name == "horizontal":
        for down in (0.27, 0.5, 0.73):
            painter.drawLine(QLineF(left, top + high * down, left + wide, top + high * down))
    elif name == "cross":
        painter.drawLine(QLineF(rect.topLeft(), rect.bottomRight()))
        painter.drawLine(QLineF(rect.topRight(), rect.bottomLeft()))
    elif name == "one":
        painter.setPen(QPen(ink, 2.6))
        painter.drawLine(QLineF(left, top + high / 2, left + wide, top + high / 2))


class SeatCell(QWidget):
    """One cell, for a legend; the word beside it names it."""

    def __init__(
        self,
        look: Look,
        state: SeatState,
        size: QSize = CELL,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._state = state
        self.setFixedSize(size)
        look.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the cell."""
        painter = begin(self)
        paint_cell(painter, self._look, self._state, QRectF(self.rect()))
        painter.end()


class SeatStrip(QWidget):
    """The seats of a site in seat order; it breaks into lines where it must."""

    spoken_role = Role.Graphic

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._states: tuple[SeatState, ...] = ()
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        look.changed.connect(self.update)

    def show_seats(self, states: Sequence[SeatState], spoken: str) -> None:
        """Show the seats; `spoken` says the same in words ("8 sur 12 occupés")."""
        if self._states != tuple(states):
            self._states = tuple(states)
            self.updateGeometry()
            self.update()
        self.setAccessibleName(spoken)

    def cells_per_line(self, width: int) -> int:
        """Return how many cells stand beside each other."""
        return max(1, (width + GAP) // (CELL.width() + GAP))

    def hasHeightForWidth(self) -> bool:
        """Say that a narrow strip is higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of all lines."""
        lines = -(-len(self._states) // self.cells_per_line(width)) or 1
        return lines * CELL.height() + (lines - 1) * LINE_GAP

    def sizeHint(self) -> QSize:
        """Return one line."""
        return QSize(max(1, len(self._states)) * (CELL.width() + GAP) - GAP, CELL.height())

    def minimumSizeHint(self) -> QSize:
        """Return one cell."""
        return CELL

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw all cells."""
        painter = begin(self)
        per_line = self.cells_per_line(self.width())
        for place, state in enumerate(self._states):
            line, column = divmod(place, per_line)
            left, top = column * (CELL.width() + GAP), line * (CELL.height() + LINE_GAP)
            rect = QRectF(left, top, CELL.width(), CELL.height())
            paint_cell(painter, self._look, state, rect)
        painter.end()
