"""The seats of a site as a table with the same facts as the floor."""

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from admin_console.desk.models.seat_model import STAND_ROLE, Column, SeatModel
from admin_console.desk.models.wording import Wording
from admin_console.desk.parts.seat_delegate import SeatDelegate
from kiosk.look.look import Look

ROW = 40
SPARED = (Column.SINCE, Column.ENDS, Column.REMARK)
"""What may be left out where there is no room, in this order."""


class SeatTable(QTableView):
    """The table; Enter or a click chooses a row.

    Signals:
        seat_chosen: the id of the seat.
    """

    seat_chosen = Signal(str)

    def __init__(
        self, look: Look, wording: Wording, model: SeatModel, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._look, self._wording, self._model = look, wording, model
        self.setModel(model)
        self.setItemDelegate(SeatDelegate(look, self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        # Not by Qt's own measuring, which would look at every row also while the plan is shown.
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setSectionResizeMode(Column.REMARK, QHeaderView.ResizeMode.Stretch)
        self.clicked.connect(self._on_index)
        model.modelReset.connect(self._make_room)
        model.dataChanged.connect(self._make_room)
        wording.language.changed.connect(self.retell)
        look.changed.connect(self._restyle)
        self._restyle()
        self.retell()

    def show_chosen(self, seat_id: str) -> None:
        """Mark the row of a seat; empty marks none."""
        row = self._model.row_of(seat_id)
        if row is None:
            self.clearSelection()
        else:
            self.setCurrentIndex(self._model.index(row, 0))

    def retell(self) -> None:
        """Say everything again."""
        _ = self._wording.language.gettext
        self.setAccessibleName(_("Seats"))
        self._make_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as many facts as there is room for."""
        super().resizeEvent(event)
        self._make_room()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose with Enter or Space; leave Escape to the page."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self._on_index(self.currentIndex())
            return
        if event.key() == Qt.Key.Key_Escape:
            event.ignore()
            return
        super().keyPressEvent(event)

    def _on_index(self, index: QModelIndex) -> None:
        stand = index.data(STAND_ROLE)
        if stand is not None:
            self.seat_chosen.emit(stand.seat_id)

    def _restyle(self) -> None:
        self.verticalHeader().setDefaultSectionSize(round(ROW * self._look.theme.text_scale))
        self._make_room()

    def showEvent(self, event: QShowEvent) -> None:
        """Measure what has changed while the plan was shown."""
        super().showEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        """Leave out what the panel of a seat tells as well, where the rest would be cut."""
        if not self.isVisible():
            return
        header = self.horizontalHeader()
        wishes = {
            column: max(self.sizeHintForColumn(column), header.sectionSizeHint(column))
            for column in Column
        }
        left_out: set[Column] = set()
        for column in SPARED:
            shown = sum(wish for one, wish in wishes.items() if one not in left_out)
            if shown > self.viewport().width():
                left_out.add(column)
        for column, wish in wishes.items():
            self.setColumnHidden(column, column in left_out)
            if column is not Column.REMARK:
                self.setColumnWidth(column, wish)
