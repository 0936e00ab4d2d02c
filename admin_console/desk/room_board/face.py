"""What the board of a room shows at an instant, as one value."""

from dataclasses import dataclass
from datetime import datetime

from admin_console.desk.models.board import Board
from admin_console.desk.models.stand import SeatStand
from admin_console.desk.models.ticket_stand import TicketStand, how_many_wait, ticket_stands
from kiosk.rules.seat import SeatState

SHOWN = 3
"""How many tickets are called, and how many are told to wait, in large letters."""


@dataclass(frozen=True, slots=True)
class RoomFace:
    """The board.

    Attributes:
        title: of the site, and of the room where the site has several.
        is_open: whether visitors may come.
        closes_at: when it closes, while it is open.
        opens_at: when it opens next, while it is closed; `opens_in_days` counts local dates.
        telephone: whom one may call.
        tickets: all live tickets, called ones first.
        seats: in seat order.
        lost_since: since when nothing was heard of the hub; None while all is fresh.
    """

    title: str
    now: datetime
    is_open: bool = True
    closes_at: datetime | None = None
    opens_at: datetime | None = None
    opens_in_days: int | None = None
    telephone: str = ""
    tickets: tuple[TicketStand, ...] = ()
    seats: tuple[SeatStand, ...] = ()
    lost_since: datetime | None = None

    @property
    def called(self) -> tuple[TicketStand, ...]:
        """The tickets for which a seat is held; the first ones are shown large."""
        return tuple(one for one in self.tickets if one.is_called and one.seat is not None)

    @property
    def following(self) -> tuple[TicketStand, ...]:
        """The tickets that wait."""
        return tuple(one for one in self.tickets if not one.is_called)

    @property
    def waiting(self) -> int:
        """How many wait."""
        return how_many_wait(self.tickets)

    @property
    def free(self) -> tuple[int, ...]:
        """The numbers of the seats on which anybody may sit down."""
        return tuple(seat.number for seat in self.seats if seat.state is SeatState.FREE)

    @property
    def takes_tickets(self) -> bool:
        """Whether a ticket may be asked for here."""
        return self.is_open and self.lost_since is None


def room_face(board: Board, room_id: str, lost_since: datetime | None = None) -> RoomFace | None:
    """Return what the board of a room shows; None for a room that this account may not see."""
    book = board.book
    room, times = book.room(room_id), board.times_of(room_id)
    site = book.site(room.site_id) if room is not None else None
    if room is None or site is None or times is None:
        return None
    alone = len(book.rooms_of(site.site_id)) == 1
    opening = times.opening
    return RoomFace(
        title=site.name if alone else f"{site.name}, {room.name}",
        now=board.now,
        is_open=times.is_open,
        closes_at=opening.end if opening is not None else None,
        opens_at=times.opens_at if opening is None else None,
        opens_in_days=times.opens_in_days,
        telephone=site.help.telephone if site.help is not None else "",
        tickets=ticket_stands(book.waiting(room_id), board.now),
        seats=tuple(one for one in board.seats_of(site.site_id) if one.room_id == room_id),
        lost_since=lost_since,
    )
