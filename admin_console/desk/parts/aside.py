"""The right side of *Accueil*: who waits elsewhere, and the guest pass that was made last."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from admin_console.desk.models.board import Board
from admin_console.desk.models.ticket_stand import TicketStand
from admin_console.desk.models.ticket_wording import TicketWording
from admin_console.desk.models.visit import MadePass
from admin_console.desk.models.visit_wording import VisitWording
from admin_console.desk.parts.elsewhere import Elsewhere
from admin_console.desk.parts.pass_panel import LastPass
from kiosk.look.look import Look


class Aside(QWidget):
    """Both panels."""

    def __init__(self, look: Look, wording: VisitWording) -> None:
        super().__init__()
        self.elsewhere = Elsewhere(look, TicketWording(wording.language, wording.phrase))
        self.last_pass = LastPass(look, wording)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addWidget(self.elsewhere)
        column.addWidget(self.last_pass)

    def show_board(self, board: Board, room_id: str, made: MadePass | None) -> None:
        """Show the tickets of all other rooms, and a pass."""
        self.elsewhere.show_tickets(tickets_elsewhere(board, room_id))
        minutes, site = 0, ""
        if made is not None:
            minutes = int((board.now - made.at).total_seconds()) // 60
            site = board.book.site_name(made.site_id)
        self.last_pass.show_pass(made, site, minutes)


def tickets_elsewhere(board: Board, room_id: str) -> list[tuple[TicketStand, str]]:
    """Return the tickets of all rooms but one, each with the name of its place."""
    here = board.book.room(room_id)
    found: list[tuple[TicketStand, str]] = []
    for tally in board.sites():
        for stands in board.tickets_of(tally.site_id):
            if stands[0].room_id == room_id:
                continue
            is_near = here is not None and here.site_id == tally.site_id
            place = board.book.room_name(stands[0].room_id) if is_near else tally.name
            found += [(one, place) for one in stands]
    return found
