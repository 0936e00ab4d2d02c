"""What the tickets of a room show at an instant, as values. No clock, no sentence, no person.

The hub tells the list and its estimates; minutes run here.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from kiosk.rules.ticket import COMING_BACK_SECONDS, TicketState
from kiosk.wire.waiting import TicketView, WaitingView

MINUTE = timedelta(minutes=1)
COMING_BACK = timedelta(seconds=COMING_BACK_SECONDS)


@dataclass(frozen=True, slots=True)
class TicketStand:
    """What one live ticket shows.

    Attributes:
        label: what is called, such as A-18.
        seat: the number of the seat that is held for it.
        hold_minutes: for how many more whole minutes, rounded up; None while no seat is held.
        hold_until: until when.
        waits_minutes: whole minutes since it was taken.
        back_at: when its holder comes back, while away.
        expected_at: when its holder may sit; None where no seat is free before closing, and while a
            seat is held.
        is_late: whether that instant has passed.
        expected_seat: where that is.
    """

    room_id: str
    number: int
    label: str
    state: TicketState
    seat: int | None = None
    hold_minutes: int | None = None
    hold_until: datetime | None = None
    waits_minutes: int = 0
    back_at: datetime | None = None
    expected_at: datetime | None = None
    is_late: bool = False
    expected_seat: int | None = None

    @property
    def is_called(self) -> bool:
        """Whether a seat is held for it."""
        return self.state is TicketState.CALLED


def ticket_stands(waiting: WaitingView | None, now: datetime) -> tuple[TicketStand, ...]:
    """Return the tickets of a room: those that are called first, then in the order of the list."""
    if waiting is None:
        return ()
    stands = [_stand(waiting.room_id, ticket, now) for ticket in waiting.tickets]
    return tuple(sorted(stands, key=lambda stand: not stand.is_called))


def held_tickets(waiting: WaitingView | None) -> dict[int, TicketView]:
    """Return the called tickets of a room by the number of the seat that is held for each."""
    tickets = waiting.tickets if waiting is not None else ()
    return {
        ticket.seat: ticket
        for ticket in tickets
        if ticket.state is TicketState.CALLED and ticket.seat is not None
    }


def somebody_waits(waiting: WaitingView | None, now: datetime) -> bool:
    """Tell whether a ticket waits for which no seat is held: then no seat of the room is free."""
    tickets = waiting.tickets if waiting is not None else ()
    return any(_waits(ticket, now) for ticket in tickets)


def how_many_wait(stands: Iterable[TicketStand]) -> int:
    """Return how many tickets have no seat yet, those whose holders are away among them."""
    return sum(not stand.is_called for stand in stands)


def next_ticket_change(waiting: WaitingView | None, now: datetime) -> datetime | None:
    """Return the next instant at which a held seat, or a free one, shows something else."""
    tickets = waiting.tickets if waiting is not None else ()
    instants = [
        until - (left - 1) * MINUTE
        for ticket in tickets
        if (until := ticket.hold_until) is not None and (left := minutes_until(until, now))
    ]
    instants += [
        back_at - COMING_BACK
        for ticket in tickets
        if (back_at := ticket.back_at) is not None and back_at - COMING_BACK > now
    ]
    return min(instants, default=None)


def minutes_until(at: datetime, now: datetime) -> int:
    """Return the whole minutes until an instant, rounded up, never under zero."""
    return max(0, -((now - at) // MINUTE))


def _waits(ticket: TicketView, now: datetime) -> bool:
    if ticket.state is TicketState.CALLED or ticket.sits_until is not None:
        return False
    if ticket.state is TicketState.AWAY and ticket.back_at is not None:
        return now >= ticket.back_at - COMING_BACK
    return True


def _stand(room_id: str, ticket: TicketView, now: datetime) -> TicketStand:
    until = ticket.hold_until
    # A called ticket bears the instant of the telling, which says nothing of its holder.
    expected_at = None if ticket.state is TicketState.CALLED else ticket.expected_at
    return TicketStand(
        room_id=room_id,
        number=ticket.number,
        label=ticket.label,
        state=ticket.state,
        seat=ticket.seat,
        hold_minutes=minutes_until(until, now) if until is not None else None,
        hold_until=until,
        waits_minutes=max(0, (now - ticket.taken_at) // MINUTE),
        back_at=ticket.back_at if ticket.state is TicketState.AWAY else None,
        expected_at=expected_at,
        is_late=expected_at is not None and expected_at <= now,
        expected_seat=ticket.expected_seat,
    )
