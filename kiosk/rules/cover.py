"""Who keeps whom waiting: how tickets are covered by seats, and which renewals that refuses.

Each ticket that counts is covered, in the order of the list: by a free seat or the one held for it;
by a seat that is sure to end; then by the occupied seat that ends first (tie: the lowest number),
and that seat alone is refused. A ticket counts only against occupants who have had more minutes
today than its holder. A refusal that was told sticks until its ticket no longer waits for it.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from kiosk.rules.room import (
    SNAPSHOT_SECONDS,
    Occupant,
    RoomSnapshot,
    SeatStanding,
    StandingRefusal,
    TicketStanding,
    counts,
    grace_of,
    usable,
)
from kiosk.rules.slot import ENDING_SECONDS, Ground

MINUTE = 60


class CoverKind(StrEnum):
    """What covers a ticket."""

    HELD = "held"
    FREE = "free"
    ENDING = "ending"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Covered:
    """A ticket that counts and the seat that covers it; without a seat it is uncovered."""

    ticket: int
    seat: int | None = None
    kind: CoverKind | None = None


@dataclass(frozen=True, slots=True)
class SeatAnswer:
    """What the visitor of an occupied seat is told of a renewal.

    Attributes:
        seat: the seat's number.
        slot_id: the slot that runs there.
        bar: why the slot ends whoever waits, None if it may go on.
        ticket: the number of the ticket for which it is refused, None if for none.
        waiting_since: when that ticket was taken.
        told: whether the refusal stands; before the last ten minutes nobody was told yet, and it
            may still pass to another seat.
    """

    seat: int
    slot_id: str
    bar: Ground | None = None
    ticket: int | None = None
    waiting_since: datetime | None = None
    told: bool = False


def cover(snapshot: RoomSnapshot) -> tuple[Covered, ...]:
    """Return the tickets that count, in the order of the list, each with what covers it."""
    seats = sorted(snapshot.seats, key=_end_then_number)
    counting = [ticket for ticket in snapshot.tickets if counts(snapshot, ticket)]
    found: dict[int, Covered] = {}
    spent: set[int] = set()
    for seat in seats:
        if seat.held_for is not None:
            # Whether its ticket comes is shown within the hold; nobody else can count on the seat.
            spent.add(seat.number)
            if seat.occupant is None and usable(snapshot, seat, snapshot.at):
                found[seat.held_for] = Covered(seat.held_for, seat.number, CoverKind.HELD)
    for ticket in counting:
        kept = _kept_refusal(snapshot, ticket)
        if ticket.number not in found and kept is not None and kept.seat not in spent:
            found[ticket.number] = Covered(ticket.number, kept.seat, CoverKind.REFUSED)
            spent.add(kept.seat)
    for ticket in counting:
        if ticket.number not in found:
            found[ticket.number] = _cover_one(snapshot, ticket, seats, spent)
    return tuple(found[ticket.number] for ticket in counting)


def standing_answers(snapshot: RoomSnapshot) -> tuple[SeatAnswer, ...]:
    """Return the answer of every occupied seat, by number; both sides compute the same."""
    by_seat = _refused_seats(snapshot)
    since = {ticket.number: ticket.taken_at for ticket in snapshot.tickets}
    answers = []
    for seat in sorted(snapshot.seats, key=lambda seat: seat.number):
        if seat.occupant is None:
            continue
        ticket = by_seat.get(seat.number)
        answers.append(
            SeatAnswer(
                seat=seat.number,
                slot_id=seat.occupant.slot_id,
                bar=seat.occupant.bar,
                ticket=ticket,
                waiting_since=None if ticket is None else since[ticket],
                told=ticket is not None and in_last_minutes(snapshot, seat.occupant),
            )
        )
    return tuple(answers)


def standing_refusals(snapshot: RoomSnapshot) -> tuple[StandingRefusal, ...]:
    """Return the refusals that stand from now on; the next snapshot carries them.

    Those of before whose ticket still waits, and those of seats in their last ten minutes. One that
    a station out of contact may still go by is carried while its ticket lives, even if that is
    called or steps away meanwhile: should it wait again, it must not refuse a second seat.
    """
    found = [
        StandingRefusal(answer.ticket, answer.seat, answer.slot_id)
        for answer in standing_answers(snapshot)
        if answer.ticket is not None and answer.told
    ]
    taken = {refusal.ticket for refusal in found}
    silent = {seat.number for seat in snapshot.seats if not seat.in_contact}
    for ticket in snapshot.tickets:
        kept = _kept_refusal(snapshot, ticket)
        if kept is not None and kept.seat in silent and ticket.number not in taken:
            found.append(kept)
    return tuple(found)


def uncovered(snapshot: RoomSnapshot) -> tuple[int, ...]:
    """Return the numbers of the tickets that no seat covers, in the order of the list."""
    return tuple(one.ticket for one in cover(snapshot) if one.seat is None)


def in_last_minutes(snapshot: RoomSnapshot, occupant: Occupant) -> bool:
    """Tell whether a slot is in its last ten minutes, prolonged by the mercy it took."""
    last = timedelta(seconds=ENDING_SECONDS + occupant.mercy_seconds)
    return occupant.ends_at - snapshot.at <= last


def counts_against(ticket: TicketStanding, occupant: Occupant) -> bool:
    """Tell whether an occupant has had more minutes today than the holder of a ticket."""
    return occupant.used_today_seconds // MINUTE > ticket.holder_seconds // MINUTE


def _cover_one(
    snapshot: RoomSnapshot, ticket: TicketStanding, seats: list[SeatStanding], spent: set[int]
) -> Covered:
    left = [seat for seat in seats if seat.number not in spent]
    choices = (
        (CoverKind.FREE, (seat for seat in left if _is_free(snapshot, seat))),
        (CoverKind.ENDING, (seat for seat in left if _ends_surely(snapshot, seat))),
        (CoverKind.REFUSED, (seat for seat in left if _refusable(snapshot, seat, ticket))),
    )
    for kind, candidates in choices:
        seat = next(candidates, None)
        if seat is not None:
            spent.add(seat.number)
            return Covered(ticket.number, seat.number, kind)
    return Covered(ticket.number)


def _is_free(snapshot: RoomSnapshot, seat: SeatStanding) -> bool:
    return seat.occupant is None and usable(snapshot, seat, snapshot.at)


def _ends_surely(snapshot: RoomSnapshot, seat: SeatStanding) -> bool:
    occupant = seat.occupant
    if occupant is None or occupant.bar is None:
        return False
    return _usable_after(snapshot, seat, occupant)


def _refusable(snapshot: RoomSnapshot, seat: SeatStanding, ticket: TicketStanding) -> bool:
    occupant = seat.occupant
    if occupant is None or occupant.bar is not None:
        return False
    return counts_against(ticket, occupant) and _usable_after(snapshot, seat, occupant)


def _usable_after(snapshot: RoomSnapshot, seat: SeatStanding, occupant: Occupant) -> bool:
    """Tell whether somebody could still sit there once the slot and its grace are over."""
    over = occupant.ends_at + grace_of(snapshot, occupant)
    return usable(snapshot, seat, max(over, snapshot.at))


def _kept_refusal(snapshot: RoomSnapshot, ticket: TicketStanding) -> StandingRefusal | None:
    """Return the refusal that was told for a ticket and still stands.

    A station out of contact goes on refusing while its snapshot is young, so it still covers.
    """
    of_ticket = (one for one in snapshot.refusals if one.ticket == ticket.number)
    return next((one for one in of_ticket if _stands(snapshot, one)), None)


def _stands(snapshot: RoomSnapshot, refusal: StandingRefusal) -> bool:
    seat = next((one for one in snapshot.seats if one.number == refusal.seat), None)
    occupant = None if seat is None else seat.occupant
    if seat is None or occupant is None or occupant.slot_id != refusal.slot_id:
        return False
    return in_last_minutes(snapshot, occupant) and _hears_the_refusal(snapshot, seat)


def _hears_the_refusal(snapshot: RoomSnapshot, seat: SeatStanding) -> bool:
    if seat.in_contact:
        return True
    if seat.lost_at is None:
        return False
    return snapshot.at - seat.lost_at < timedelta(seconds=SNAPSHOT_SECONDS)


def _refused_seats(snapshot: RoomSnapshot) -> dict[int, int]:
    """Return the ticket for which each refused seat is refused."""
    return {
        one.seat: one.ticket
        for one in cover(snapshot)
        if one.seat is not None and one.kind is CoverKind.REFUSED
    }


def _end_then_number(seat: SeatStanding) -> tuple[bool, float, int]:
    """Order: nobody sits there, then by the end of the slot, then by number."""
    if seat.occupant is None:
        return (False, 0.0, seat.number)
    return (True, seat.occupant.ends_at.timestamp(), seat.number)
