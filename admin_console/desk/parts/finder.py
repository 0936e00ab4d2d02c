"""The search of the bar, turned into seats and tickets of the board, or into the seat of a card."""

import re
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from admin_console.desk.models.board import Board
from admin_console.desk.models.search import find_seats, find_tickets
from admin_console.desk.models.stand import SeatStand
from admin_console.desk.models.ticket_stand import TicketStand
from admin_console.desk.models.ticket_wording import TicketWording
from admin_console.desk.models.wording import Wording
from admin_console.desk.parts.top_bar import TopBar
from kiosk.wire.desk import CardAnswer, CardElsewhere, CardIdle, CardSeated, CardUnknown

CARD = re.compile(r"[0-9]{4,20}")
SURELY_A_CARD = 6
"""No room has a seat whose number has so many digits."""
PAUSE_MS = 250
"""After so long without another digit a number is whole, with or without Enter."""
SHOWN = 4
PERSON = "person"
TICKET = "ticket "
"""What the values of matches begin with that are no seats; no seat has such an id."""


class Finder(QObject):
    """Listens to the bar and offers seats, those of the site that is shown first.

    Signals:
        found: the site and the seat that were taken.
        ticket_found: the site, the room and the number of the ticket that was taken.
        person_found: a card that has no seat, where somebody may be met: see `leads_on`.
        card_asked: a card whose seat is wanted; answer with `show_card`.
    """

    found = Signal(str, str)
    ticket_found = Signal(str, str, int)
    person_found = Signal(str)
    card_asked = Signal(str)

    def __init__(
        self,
        bar: TopBar,
        board: Board,
        wording: Wording,
        shown_site: Callable[[], str],
        *,
        cards: bool,
    ) -> None:
        super().__init__(bar)
        self._bar, self._board, self._wording = bar, board, wording
        self._shown_site = shown_site
        self._cards = cards
        self._asked = self._idle = ""
        self._takes = False
        self.leads_on = False
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.timeout.connect(self._on_pause)
        bar.search_edited.connect(self._on_edited)
        bar.search_chosen.connect(self._on_chosen)
        bar.search_submitted.connect(self._on_submitted)

    def show_card(self, answer: CardAnswer | None) -> None:
        """Tell where the card sits; None where no answer came."""
        asked, self._asked = self._asked, ""
        if not asked:
            return
        _ = self._wording.language.gettext
        stand = self._board.seat(answer.seat_id) if isinstance(answer, CardSeated) else None
        if stand is not None:
            self._bar.offer([(stand.seat_id, self._tell_card(stand))])
            if self._takes:
                self._bar.submit()
        elif answer is None:
            self._bar.offer([("", _("No answer. Please pass the card again."))])
        elif isinstance(answer, CardSeated | CardElsewhere):
            self._bar.offer([("", _("This card is at a seat of another place."))])
        elif self.leads_on and isinstance(answer, CardIdle | CardUnknown):
            self._idle = asked
            self._bar.offer([(PERSON, _("Show who is there at the front desk"))])
            if self._takes:
                self._bar.submit()
        elif isinstance(answer, CardIdle):
            self._bar.offer([("", _("This card has no open session."))])
        else:
            self._bar.offer([("", _("Unknown card."))])

    def _on_edited(self, text: str) -> None:
        self._asked = self._idle = ""
        self._pause.stop()
        self._bar.say_not_found("")
        tickets = [(self._value(one), self._tell_ticket(one)) for one in
                   find_tickets(self._board, text, self._shown_site())]  # fmt: skip
        stands = find_seats(self._board, text, self._shown_site())
        self._bar.offer([*tickets, *((stand.seat_id, self._tell(stand)) for stand in stands)])
        if self._cards and len(text.strip()) >= SURELY_A_CARD and CARD.fullmatch(text.strip()):
            self._pause.start(PAUSE_MS)

    def _on_pause(self) -> None:
        self._ask(self._bar.search.text().strip(), takes=False)

    def _on_chosen(self, seat_id: str) -> None:
        if seat_id == PERSON:
            card, self._idle = self._idle, ""
            self.person_found.emit(card)
            return
        if seat_id.startswith(TICKET):
            number, room_id = seat_id.removeprefix(TICKET).split(" ", 1)
            room = self._board.book.room(room_id)
            self.ticket_found.emit(room.site_id if room is not None else "", room_id, int(number))
            return
        stand = self._board.seat(seat_id)
        if stand is not None:
            self.found.emit(stand.site_id, seat_id)

    def _on_submitted(self, text: str) -> None:
        if self._asked:
            self._takes = True
        elif self._cards and CARD.fullmatch(text.strip()):
            self._ask(text.strip(), takes=True)
        elif not self._bar.is_offering():
            _ = self._wording.language.gettext
            self._bar.say_not_found(_("No seat matches. Type its number, for example 7."))

    def _ask(self, card: str, *, takes: bool) -> None:
        _ = self._wording.language.gettext
        self._pause.stop()
        self._asked, self._takes = card, takes
        # From here on the number is of use to nobody who looks at the screen.
        self._bar.show_masked(f"•••• {card[-SHOWN:]}")
        self._bar.offer([("", _("Looking for the card…"))])
        self.card_asked.emit(card)

    def _tell(self, stand: SeatStand) -> str:
        seat, state = self._wording.seat_name(stand.number), self._wording.state(stand.state)
        return " · ".join((seat, self._site(stand), state))

    @staticmethod
    def _value(ticket: TicketStand) -> str:
        return f"{TICKET}{ticket.number} {ticket.room_id}"

    def _tell_ticket(self, ticket: TicketStand) -> str:
        wording = TicketWording(self._wording.language, self._wording.phrase)
        room = self._board.book.room(ticket.room_id)
        place = self._board.book.site_name(room.site_id) if room is not None else ""
        return " · ".join(part for part in (ticket.label, place, wording.fact(ticket)) if part)

    def _tell_card(self, stand: SeatStand) -> str:
        _ = self._wording.language.gettext
        seat = self._wording.seat_name(stand.number).lower()
        return " · ".join((_("This card is at %(seat)s") % {"seat": seat}, self._site(stand)))

    def _site(self, stand: SeatStand) -> str:
        site = self._board.site(stand.site_id)
        return site.name if site is not None else ""
