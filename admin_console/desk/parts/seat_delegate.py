"""Paints the rows of the table of seats: the cell of the state beside its word."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from admin_console.desk.models.seat_model import STAND_ROLE, Column
from admin_console.desk.parts.line import line_tone
from kiosk.look.look import Look
from kiosk.look.seat_cell import CELL, paint_cell

PADDING = 12


class SeatDelegate(QStyledItemDelegate):
    """One row of the table."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Return the width of the words."""
        size = super().sizeHint(option, index)
        extra = CELL.width() + 8 if index.column() == Column.STATE else 0
        return QSize(size.width() + 2 * PADDING + extra, size.height())

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Draw one cell of the table."""
        theme = self._look.theme
        stand = index.data(STAND_ROLE)
        state: QStyle.StateFlag = option.state
        rect = QRectF(option.rect)
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(rect, theme.colour("soft" if chosen else "surface"))
        if chosen and index.column() == 0:
            painter.fillRect(
                QRectF(rect.left(), rect.top(), 4, rect.height()), theme.colour("primary")
            )
        line = QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1)
        painter.fillRect(line, theme.colour(line_tone(self._look)))
        room = rect.adjusted(PADDING, 0, -4, 0)
        colour = theme.colour("ink")
        if index.column() == Column.STATE:
            cell = QRectF(room.left(), room.center().y() - CELL.height() / 2, *CELL.toTuple())
            paint_cell(painter, self._look, stand.state, cell)
            room.setLeft(cell.right() + 8)
            colour = theme.status_colours(stand.state).strong
        weight = 600 if index.column() in {Column.SEAT, Column.STATE, Column.LEFT} else None
        painter.setFont(self._look.font("body", weight=weight, tabular=True))
        painter.setPen(colour)
        words = QFontMetricsF(painter.font())
        shown = words.elidedText(index.data() or "", Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, shown)
        painter.restore()
