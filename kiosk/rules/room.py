"""A room at one instant, as fairness needs it: seats, who sits, who waits, what was answered.

The hub makes a snapshot from its rows and sends it; the station keeps the last one. What follows
from it stands in `cover` and `estimate`, and both sides compute it from the snapshot alone, without
a clock of their own.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from kiosk.rules.slot import (
    ENDING_SECONDS,
    Boundary,
    Ground,
    Refusal,
    Running,
    SlotRule,
    renew,
)
from kiosk.rules.ticket import COMING_BACK_SECONDS, Ticket, TicketState
from kiosk.rules.waiting import WaitingList

SNAPSHOT_SECONDS = 900
"""A snapshot older than this refuses nobody, in seconds."""


@dataclass(frozen=True, slots=True)
class Occupant:
    """The slot that runs on a seat.

    Attributes:
        slot_id: the slot.
        ends_at: when it ends, grace not counted; in the past while the grace runs.
        used_today_seconds: what its holder has had today by now, this slot included.
        bar: why it ends then whoever waits (declined, no renewals or minutes left, closing), None
            if it may go on.
        mercy_seconds: the minutes of mercy that were taken, by the holder's own time.
        grace_seconds: the grace that the slot was granted, by the holder's own time; None is the
            room's.
    """

    slot_id: str
    ends_at: datetime
    used_today_seconds: int
    bar: Ground | None = None
    mercy_seconds: int = 0
    grace_seconds: int | None = None


@dataclass(frozen=True, slots=True)
class SeatStanding:
    """A seat of the room.

    Attributes:
        number: the seat's number.
        in_contact: whether the hub hears its station.
        lost_at: since when it does not.
        in_order: false while it is out of order.
        usable_until: the instant that slot plus grace may reach there; None is without end.
        occupant: the slot that runs there, None if nobody sits.
        held_for: the number of the ticket it is held for.
    """

    number: int
    in_contact: bool = True
    lost_at: datetime | None = None
    in_order: bool = True
    usable_until: datetime | None = None
    occupant: Occupant | None = None
    held_for: int | None = None


@dataclass(frozen=True, slots=True)
class TicketStanding:
    """A live ticket. `holder_seconds` is what its holder has had today in this room.

    `back_at` is set while the holder is away, `sits_until` while the holder still sits somewhere (a
    refused visitor who took a turn): such a ticket keeps nobody from renewing.
    """

    number: int
    taken_at: datetime
    holder_seconds: int = 0
    back_at: datetime | None = None
    sits_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class StandingRefusal:
    """A slot's renewal is refused for a ticket, and its visitor was told."""

    ticket: int
    seat: int
    slot_id: str


@dataclass(frozen=True, slots=True)
class RoomSnapshot:
    """A room at the instant `at`. Tickets stand in the order of the list; the rest in any order."""

    at: datetime
    rule: SlotRule
    seats: tuple[SeatStanding, ...]
    tickets: tuple[TicketStanding, ...] = ()
    refusals: tuple[StandingRefusal, ...] = field(default=())


def usable(snapshot: RoomSnapshot, seat: SeatStanding, start: datetime) -> bool:
    """Tell whether a slot that opens at `start` on a seat could last for the shortest one."""
    if not (seat.in_contact and seat.in_order):
        return False
    if seat.usable_until is None:
        return True
    needed = snapshot.rule.shortest_slot_seconds + snapshot.rule.grace_seconds
    return seat.usable_until - start >= timedelta(seconds=needed)


def grace_of(snapshot: RoomSnapshot, occupant: Occupant) -> timedelta:
    """Return how long whoever sits may still save after the slot: nobody can sit down before."""
    granted = occupant.grace_seconds
    return timedelta(seconds=snapshot.rule.grace_seconds if granted is None else granted)


def free_seats(snapshot: RoomSnapshot) -> tuple[int, ...]:
    """Return the numbers of the seats on which somebody could sit now, also those held."""
    return tuple(
        seat.number
        for seat in sorted(snapshot.seats, key=lambda seat: seat.number)
        if seat.occupant is None and usable(snapshot, seat, snapshot.at)
    )


def counts(snapshot: RoomSnapshot, ticket: TicketStanding) -> bool:
    """Tell whether a ticket counts now: its holder is there, or about to come back."""
    if ticket.sits_until is not None:
        return False
    if ticket.back_at is None:
        return True
    return snapshot.at >= ticket.back_at - timedelta(seconds=COMING_BACK_SECONDS)


def bar_of(
    rule: SlotRule,
    now: datetime,
    running: Running,
    boundaries: tuple[Boundary, ...],
    used_today_seconds: int,
    *,
    declined: bool = False,
    ended_by_staff: bool = False,
) -> Ground | None:
    """Return why a slot ends at its end whoever waits, None if it may go on; see `slot.renew`."""
    if ended_by_staff:
        return Ground.STAFF
    if declined:
        return Ground.DECLINED
    early = max(running.total_seconds - running.elapsed_seconds - ENDING_SECONDS, 0.0)
    at_last = Running(running.total_seconds, running.elapsed_seconds + early, running.renewals)
    found = renew(rule, now + timedelta(seconds=early), at_last, boundaries, used_today_seconds)
    return found.ground if isinstance(found, Refusal) else None


def standing(
    ticket: Ticket, holder_seconds: int, sits_until: datetime | None = None
) -> TicketStanding:
    """Return a live ticket as a snapshot wants it.

    Args:
        ticket: the ticket.
        holder_seconds: what its holder has had today in this room.
        sits_until: when the slot ends on which its holder still sits, None if they do not sit.
    """
    away = ticket.back_at if ticket.state is TicketState.AWAY else None
    return TicketStanding(ticket.number, ticket.taken_at, holder_seconds, away, sits_until)


def ticket_standings(
    waiting: WaitingList,
    holder_seconds: Mapping[str, int],
    sits_until: Mapping[str, datetime],
) -> tuple[TicketStanding, ...]:
    """Return the live tickets of a list in its order; the mappings are by person."""
    return tuple(
        standing(ticket, holder_seconds.get(ticket.person, 0), sits_until.get(ticket.person))
        for ticket in waiting.live()
    )
