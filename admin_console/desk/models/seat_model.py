"""The seats of one site as rows, in seat order, for the floor and for the table.

A row is told changed only when what it shows is different.
"""

from collections.abc import Iterable, Iterator
from enum import IntEnum

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from admin_console.desk.models.board import Board, Difference
from admin_console.desk.models.stand import SeatStand
from admin_console.desk.models.wording import Wording

Index = QModelIndex | QPersistentModelIndex
NO_INDEX = QModelIndex()
STAND_ROLE = Qt.ItemDataRole.UserRole + 1
"""The `SeatStand` of a row."""


class Column(IntEnum):
    """The columns of the table."""

    SEAT = 0
    STATE = 1
    LEFT = 2
    ENDS = 3
    SINCE = 4
    REMARK = 5


class SeatModel(QAbstractTableModel):
    """Rows are seats. `show_site` chooses whose; `settle` follows the board."""

    def __init__(self, board: Board, wording: Wording, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._board = board
        self._wording = wording
        self._site_id = ""
        self._stands: list[SeatStand] = []

    @property
    def site_id(self) -> str:
        """The site whose seats are shown."""
        return self._site_id

    def show_site(self, site_id: str) -> None:
        """Show the seats of another site."""
        self.beginResetModel()
        self._site_id = site_id
        self._stands = list(self._board.seats_of(site_id))
        self.endResetModel()

    def settle(self, difference: Difference) -> None:
        """Take over what became different on the board."""
        if self._site_id in difference.layout:
            self.show_site(self._site_id)
            return
        rows = []
        for row, stand in enumerate(self._stands):
            if stand.seat_id in difference.seats:
                now = self._board.seat(stand.seat_id)
                if now is not None and now != stand:
                    self._stands[row] = now
                    rows.append(row)
        for first, last in runs(rows):
            self.dataChanged.emit(self.index(first, 0), self.index(last, len(Column) - 1))

    def retell(self) -> None:
        """Say everything again, in another language."""
        if self._stands:
            last = self.index(len(self._stands) - 1, len(Column) - 1)
            self.dataChanged.emit(self.index(0, 0), last)
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(Column) - 1)

    def stands(self) -> tuple[SeatStand, ...]:
        """Return all rows."""
        return tuple(self._stands)

    def stand(self, row: int) -> SeatStand:
        """Return one row."""
        return self._stands[row]

    def row_of(self, seat_id: str) -> int | None:
        """Return the row of a seat, if this site has it."""
        return next((r for r, one in enumerate(self._stands) if one.seat_id == seat_id), None)

    def rowCount(self, parent: Index = NO_INDEX) -> int:
        """Return how many seats there are."""
        return 0 if parent.isValid() else len(self._stands)

    def columnCount(self, parent: Index = NO_INDEX) -> int:
        """Return how many facts a row has."""
        return 0 if parent.isValid() else len(Column)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a fact of a row, or the whole row as a sentence or a value."""
        if not index.isValid() or index.row() >= len(self._stands):
            return None
        stand = self._stands[index.row()]
        if role == STAND_ROLE:
            return stand
        if role == Qt.ItemDataRole.AccessibleTextRole and index.column() == Column.SEAT:
            return self._wording.spoken(stand)
        if role == Qt.ItemDataRole.DisplayRole:
            return self._cell(stand, Column(index.column()))
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Return the title of a column."""
        if orientation != Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        _ = self._wording.language.gettext
        titles = {
            Column.SEAT: _("Seat"),
            Column.STATE: _("State"),
            Column.LEFT: _("Time left"),
            Column.ENDS: _("Ends"),
            Column.SINCE: _("Since"),
            Column.REMARK: _("Remark"),
        }
        return titles[Column(section)]

    def _cell(self, stand: SeatStand, column: Column) -> str:
        phrase, wording = self._wording.phrase, self._wording
        if column is Column.SEAT:
            return str(stand.number)
        if column is Column.STATE:
            return wording.state(stand.state)
        if column is Column.LEFT:
            return wording.minutes(stand)
        if column is Column.ENDS:
            return phrase.time(stand.ends_at) if stand.ends_at is not None else ""
        if column is Column.SINCE:
            since = stand.since or stand.opened_at
            return phrase.time(since) if since is not None else ""
        return wording.remark(stand)


def runs(rows: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Yield the first and the last of each unbroken run of sorted rows."""
    first = last = None
    for row in rows:
        if first is None or last is None:
            first = last = row
        elif row == last + 1:
            last = row
        else:
            yield first, last
            first = last = row
    if first is not None and last is not None:
        yield first, last
