"""The search of the bar, turned into seats of the board."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from admin_console.desk.models.board import Board
from admin_console.desk.models.search import find_seats
from admin_console.desk.models.stand import SeatStand
from admin_console.desk.models.wording import Wording
from admin_console.desk.parts.top_bar import TopBar


class Finder(QObject):
    """Listens to the bar and offers seats, those of the site that is shown first.

    Signals:
        found: the site and the seat that were taken.
    """

    found = Signal(str, str)

    def __init__(
        self, bar: TopBar, board: Board, wording: Wording, shown_site: Callable[[], str]
    ) -> None:
        super().__init__(bar)
        self._bar, self._board, self._wording = bar, board, wording
        self._shown_site = shown_site
        bar.search_edited.connect(self._on_edited)
        bar.search_chosen.connect(self._on_chosen)
        bar.search_submitted.connect(self._on_submitted)

    def _on_edited(self, text: str) -> None:
        self._bar.say_not_found("")
        stands = find_seats(self._board, text, self._shown_site())
        self._bar.offer([(stand.seat_id, self._tell(stand)) for stand in stands])

    def _on_chosen(self, seat_id: str) -> None:
        stand = self._board.seat(seat_id)
        if stand is not None:
            self.found.emit(stand.site_id, seat_id)

    def _on_submitted(self, _text: str) -> None:
        _ = self._wording.language.gettext
        self._bar.say_not_found(_("No seat matches. Type its number, for example 7."))

    def _tell(self, stand: SeatStand) -> str:
        site = self._board.site(stand.site_id)
        seat, state = self._wording.seat_name(stand.number), self._wording.state(stand.state)
        return " · ".join((seat, site.name if site is not None else "", state))
