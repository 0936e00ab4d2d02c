"""The sites as rows, in the order of the hub."""

from PySide6.QtCore import QAbstractListModel, QObject, Qt

from admin_console.desk.models.board import Board, Difference
from admin_console.desk.models.seat_model import NO_INDEX, Index, runs
from admin_console.desk.models.stand import SiteTally
from admin_console.desk.models.wording import Wording

TALLY_ROLE = Qt.ItemDataRole.UserRole + 1
"""The `SiteTally` of a row."""
LINE_ROLE = Qt.ItemDataRole.UserRole + 2
"""The line under the name: "8 sur 12 occupés"."""


class SiteModel(QAbstractListModel):
    """Rows are sites; `settle` follows the board."""

    def __init__(self, board: Board, wording: Wording, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._board = board
        self._wording = wording
        self._tallies = list(board.sites())

    def settle(self, difference: Difference) -> None:
        """Take over what became different on the board."""
        if not difference.sites and not difference.layout:
            return
        tallies = list(self._board.sites())
        if [one.site_id for one in tallies] != [one.site_id for one in self._tallies]:
            self.beginResetModel()
            self._tallies = tallies
            self.endResetModel()
            return
        rows = [
            row
            for row, (old, new) in enumerate(zip(self._tallies, tallies, strict=True))
            if old != new
        ]
        self._tallies = tallies
        for first, last in runs(rows):
            self.dataChanged.emit(self.index(first), self.index(last))

    def retell(self) -> None:
        """Say everything again, in another language."""
        if self._tallies:
            self.dataChanged.emit(self.index(0), self.index(len(self._tallies) - 1))

    def tallies(self) -> tuple[SiteTally, ...]:
        """Return all rows."""
        return tuple(self._tallies)

    def tally(self, row: int) -> SiteTally:
        """Return one row."""
        return self._tallies[row]

    def row_of(self, site_id: str) -> int | None:
        """Return the row of a site, if it is known."""
        return next((r for r, one in enumerate(self._tallies) if one.site_id == site_id), None)

    def totals(self) -> tuple[int, int]:
        """Return how many seats are occupied, and how many there are, in all sites."""
        return sum(one.occupied for one in self._tallies), sum(one.seats for one in self._tallies)

    def rowCount(self, parent: Index = NO_INDEX) -> int:
        """Return how many sites there are."""
        return 0 if parent.isValid() else len(self._tallies)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the name, the line, the sentence or the tally of a row."""
        if not index.isValid() or index.row() >= len(self._tallies):
            return None
        tally = self._tallies[index.row()]
        if role == TALLY_ROLE:
            return tally
        if role == LINE_ROLE:
            return self._wording.site_line(tally)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._wording.site_spoken(tally)
        if role == Qt.ItemDataRole.DisplayRole:
            return tally.name
        return None
