"""The lines of the journal as a table, the newest first."""

from enum import IntEnum

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from admin_console.desk.models.act_wording import ActWording
from admin_console.desk.parts.line import grown, line_tone
from kiosk.look.look import Look
from kiosk.look.paint import draw_box
from kiosk.wire.act import ActLine

Index = QModelIndex | QPersistentModelIndex
NO_INDEX = QModelIndex()
LINE_ROLE = Qt.ItemDataRole.UserRole + 1
ROW, PADDING, ICON, AIR = 40, 12, 18, 8
PLATE = 28
"""The coloured ground of a picture, in pixels."""
WRAPPED = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap


class ActColumn(IntEnum):
    """The columns."""

    WHEN = 0
    WHO = 1
    WHAT = 2
    WHERE = 3
    OUTCOME = 4


class ActModel(QAbstractTableModel):
    """Rows are lines of a page."""

    def __init__(self, wording: ActWording, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._wording = wording
        self._lines: tuple[ActLine, ...] = ()

    def show_lines(self, lines: tuple[ActLine, ...]) -> None:
        """Show another page."""
        self.beginResetModel()
        self._lines = lines
        self.endResetModel()

    def rowCount(self, parent: Index = NO_INDEX) -> int:
        """Return how many lines the page has."""
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = NO_INDEX) -> int:
        """Return how many facts a line has."""
        return 0 if parent.isValid() else len(ActColumn)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a fact of a line, or the whole line as a sentence or a value."""
        if not index.isValid() or index.row() >= len(self._lines):
            return None
        line, wording = self._lines[index.row()], self._wording
        if role == LINE_ROLE:
            return line
        if role == Qt.ItemDataRole.AccessibleTextRole and index.column() == ActColumn.WHEN:
            return wording.spoken(line)
        if role not in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            return None
        tell = (wording.when, wording.who, wording.what, wording.where, wording.outcome)
        return tell[index.column()](line)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Return what a column is about."""
        if orientation != Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        _ = self._wording.language.gettext
        return (_("Time"), _("Who"), _("What"), _("On what"), _("Outcome"))[section]


def paint_act(
    painter: QPainter, look: Look, wording: ActWording, line: ActLine, plate: QRectF
) -> None:
    """Draw the picture of an act on its coloured ground."""
    theme, tint = look.theme, wording.tint(line)
    icon, ground = theme.colour("ink_muted"), theme.colour("sunken")
    if tint is not None:
        icon, ground = theme.tint(tint)
    draw_box(painter, plate, plate.width() / 4, ground)
    side = plate.width() * ICON / PLATE
    mark = QRectF(0, 0, side, side)
    mark.moveCenter(plate.center())
    look.icons.paint(painter, wording.icon(line), mark, icon, 2.1)


class ActDelegate(QStyledItemDelegate):
    """One cell of the table."""

    def __init__(self, look: Look, wording: ActWording, parent: QWidget) -> None:
        super().__init__(parent)
        self._look, self._wording = look, wording

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw ground, line, icon and words."""
        theme, line = self._look.theme, index.data(LINE_ROLE)
        state: QStyle.StateFlag = option.state
        rect = QRectF(option.rect)
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        column = index.column()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(rect, theme.colour("soft" if chosen else "surface"))
        if chosen and column == ActColumn.WHEN:
            edge = QRectF(rect.left(), rect.top(), 4, rect.height())
            painter.fillRect(edge, theme.colour("primary"))
        below = QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1)
        painter.fillRect(below, theme.colour(line_tone(self._look)))
        room = rect.adjusted(PADDING, 0, -4, 0)
        colour = theme.colour("ink")
        icon = ""
        if column == ActColumn.WHAT:
            icon = self._wording.icon(line)
        elif column == ActColumn.OUTCOME:
            refused = bool(line.facts.code)
            icon = "octagon-x" if refused else "circle-check"
            colour = theme.colour("danger" if refused else "success")
        elif column in {ActColumn.WHEN, ActColumn.WHERE} or line.staff_id is None:
            colour = theme.colour("ink_muted")
        if icon:
            wide = PLATE if column == ActColumn.WHAT else ICON
            mark = QRectF(room.left(), room.center().y() - wide / 2, wide, wide)
            if column == ActColumn.WHAT:
                paint_act(painter, self._look, self._wording, line, mark)
            else:
                self._look.icons.paint(painter, icon, mark, colour, 2.1)
            room.setLeft(mark.right() + 9)
        strong = column in {ActColumn.WHO, ActColumn.OUTCOME} and line.staff_id is not None
        font = self._look.font("body", weight=600 if strong else None, tabular=True)
        painter.setFont(font)
        painter.setPen(colour)
        painter.drawText(room, WRAPPED, str(index.data()))
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the room that the words take in their column, on as many lines as they need."""
        table = self.parent()
        wide = table.columnWidth(index.column()) if isinstance(table, QTableView) else 0
        marks = {ActColumn.WHAT: PLATE + 9, ActColumn.OUTCOME: ICON + 9}
        mark = marks.get(ActColumn(index.column()), 0)
        room = QRectF(0, 0, wide - PADDING - 4 - mark, 10_000)
        strong = index.column() in {ActColumn.WHO, ActColumn.OUTCOME}
        font = self._look.font("body", weight=600 if strong else None, tabular=True)
        words = QFontMetricsF(font).boundingRect(room, WRAPPED, str(index.data()))
        least = round(ROW * self._look.theme.text_scale)
        return QSize(wide, max(least, round(words.height()) + 2 * AIR))


class ActTable(QTableView):
    """The table.

    Signals:
        line_told: the whole of the line that is chosen, as a sentence; empty for none.
        line_chosen: the same as an `ActLine`, or None.
    """

    line_told = Signal(str)
    line_chosen = Signal(object)

    def __init__(self, look: Look, wording: ActWording, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look, self._wording = look, wording
        self.lines = ActModel(wording, self)
        self.setModel(self.lines)
        self.setItemDelegate(ActDelegate(look, wording, self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setSectionResizeMode(ActColumn.WHAT, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(ActColumn.WHERE, QHeaderView.ResizeMode.Stretch)
        self.selectionModel().currentChanged.connect(self._on_current)
        look.changed.connect(self._restyle)
        self._restyle()
        self.retell()

    def show_lines(self, lines: tuple[ActLine, ...]) -> None:
        """Show a page, from its top."""
        self.lines.show_lines(lines)
        if lines:
            self.setCurrentIndex(self.lines.index(0, 0))
        else:
            self._tell(None)

    def retell(self) -> None:
        """Say everything again."""
        self.setAccessibleName(self._wording.language.gettext("Lines of the journal"))

    def _on_current(self, current: QModelIndex, _before: QModelIndex) -> None:
        self._tell(current.data(LINE_ROLE))

    def _tell(self, line: ActLine | None) -> None:
        self.line_told.emit("" if line is None else self._wording.spoken(line))
        self.line_chosen.emit(line)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave Enter and Escape to the page."""
        if event.key() in {Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            event.ignore()
            return
        super().keyPressEvent(event)

    def _restyle(self) -> None:
        scale = self._look.theme.text_scale
        self.verticalHeader().setDefaultSectionSize(round(ROW * scale))
        widths = {ActColumn.WHEN: 92, ActColumn.WHO: 150, ActColumn.OUTCOME: 116}
        for column, wide in widths.items():
            self.setColumnWidth(column, grown(self._look, wide, wide // 3))
