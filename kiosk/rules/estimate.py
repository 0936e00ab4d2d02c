"""When each ticket may expect a seat, from the real ends of slots; and whom more time would delay.

The room is played forward: a seat is free at the end of its slot if that slot surely ends or is
refused, one slot later if it may still be renewed; whoever is first then sits down for a slot.
Estimates are for the board and the desk; no seat is given away by them.
"""

import heapq
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from kiosk.rules.cover import CoverKind, cover
from kiosk.rules.room import RoomSnapshot, SeatStanding, TicketStanding, grace_of, usable


@dataclass(frozen=True, slots=True)
class Estimate:
    """When and where a ticket may expect a seat; `at` is None when none is free before closing.

    `at` is the instant of the snapshot for a ticket whose seat is held.
    """

    ticket: int
    at: datetime | None
    seat: int | None = None


@dataclass(frozen=True, slots=True)
class Delay:
    """More time on a seat makes a ticket wait, from `before` until `after` (None: all day)."""

    ticket: int
    before: datetime
    after: datetime | None


def estimates(snapshot: RoomSnapshot) -> tuple[Estimate, ...]:
    """Return the estimate of every live ticket, in the order of the list."""
    found = {
        seat.held_for: Estimate(seat.held_for, snapshot.at, seat.number)
        for seat in snapshot.seats
        if seat.held_for is not None and usable(snapshot, seat, snapshot.at)
    }
    waiting = [ticket for ticket in snapshot.tickets if ticket.number not in found]
    seats = {seat.number: seat for seat in snapshot.seats}
    coming = _coming_free(snapshot)
    heapq.heapify(coming)
    graces = {
        seat.number: grace_of(snapshot, seat.occupant)
        for seat in snapshot.seats
        if seat.occupant is not None
    }
    while waiting and coming:
        at, number = heapq.heappop(coming)
        if not usable(snapshot, seats[number], _opens_at(snapshot, at, graces.get(number))):
            continue
        first = next((one for one in waiting if _ready_at(snapshot, one) <= at), None)
        if first is None:
            soonest = min(_ready_at(snapshot, one) for one in waiting)
            heapq.heappush(coming, (soonest, number))
            continue
        waiting.remove(first)
        found[first.number] = Estimate(first.number, at, number)
        # Whoever comes then has the room's grace, as far as anybody knows today.
        graces.pop(number, None)
        heapq.heappush(coming, (at + timedelta(seconds=snapshot.rule.slot_seconds), number))
    return tuple(
        found.get(ticket.number, Estimate(ticket.number, None)) for ticket in snapshot.tickets
    )


def estimate_for_one_more(
    snapshot: RoomSnapshot, holder_seconds: int = 0, sits_until: datetime | None = None
) -> Estimate:
    """Return what somebody who takes a ticket now may expect; the ticket's number is 0 in it.

    Args:
        snapshot: the room.
        holder_seconds: what the person has had today in this room.
        sits_until: when the person's own slot ends, None for somebody who does not sit.
    """
    one_more = TicketStanding(0, snapshot.at, holder_seconds, sits_until=sits_until)
    return estimates(replace(snapshot, tickets=(*snapshot.tickets, one_more)))[-1]


def delays(snapshot: RoomSnapshot, seat: int, seconds: int) -> tuple[Delay, ...]:
    """Return whom `seconds` more on a seat would delay, in the order of the list.

    Nobody when another seat becomes free before, or when nobody sits there.
    """
    longer = replace(
        snapshot,
        seats=tuple(_longer(one, seat, seconds) for one in snapshot.seats),
        refusals=tuple(one for one in snapshot.refusals if one.seat != seat),
    )
    return tuple(
        Delay(before.ticket, before.at, after.at)
        for before, after in zip(estimates(snapshot), estimates(longer), strict=True)
        if before.at is not None and (after.at is None or after.at > before.at)
    )


def _longer(standing: SeatStanding, seat: int, seconds: int) -> SeatStanding:
    if standing.number != seat or standing.occupant is None:
        return standing
    ends_at = standing.occupant.ends_at + timedelta(seconds=seconds)
    return replace(standing, occupant=replace(standing.occupant, ends_at=ends_at))


def _opens_at(snapshot: RoomSnapshot, at: datetime, grace: timedelta | None) -> datetime:
    """Return when the next slot can open on a seat whose slot ends at an instant: after its grace.

    The board names the end of the slot, as the seat itself does. Without a `grace` it is the
    room's.
    """
    if at == snapshot.at:
        return at
    return at + (timedelta(seconds=snapshot.rule.grace_seconds) if grace is None else grace)


def _ready_at(snapshot: RoomSnapshot, ticket: TicketStanding) -> datetime:
    """Return from when a ticket's holder could sit down."""
    away_until = (until for until in (ticket.back_at, ticket.sits_until) if until is not None)
    return max(away_until, default=snapshot.at)


def _coming_free(snapshot: RoomSnapshot) -> list[tuple[datetime, int]]:
    """Return when each seat in contact becomes free next."""
    refused = {one.seat for one in cover(snapshot) if one.kind is CoverKind.REFUSED}
    slot = timedelta(seconds=snapshot.rule.slot_seconds)
    found = []
    for seat in snapshot.seats:
        if seat.occupant is not None:
            at = max(seat.occupant.ends_at, snapshot.at)
            if seat.occupant.bar is None and seat.number not in refused:
                at += slot
        elif seat.held_for is not None:
            at = snapshot.at + slot
        else:
            at = snapshot.at
        found.append((at, seat.number))
    return found
