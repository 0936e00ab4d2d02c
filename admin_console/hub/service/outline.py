"""What the wire shows of a waiting list, and when two showings look alike."""

from datetime import datetime, timedelta

from msgspec.structs import replace

from kiosk.rules.cover import cover, standing_answers
from kiosk.rules.estimate import Estimate, estimates
from kiosk.rules.room import RoomSnapshot, SeatStanding, TicketStanding
from kiosk.rules.slot import SlotRule
from kiosk.rules.ticket import Ticket, ticket_label
from kiosk.rules.waiting import WaitingList
from kiosk.wire.place import RoomView
from kiosk.wire.waiting import (
    OccupantView,
    StandingRefusalView,
    StandingView,
    TicketView,
    WaitingView,
)

DAY_SECONDS = 24 * 3600
NEAR_SECONDS = 60
"""An estimate that has moved by less than this is not told anew."""


def waiting_view(room: RoomView, waiting: WaitingList, snapshot: RoomSnapshot) -> WaitingView:
    """Return what is told of a room. While nobody waits its seats are left out: nothing follows."""
    live = waiting.live()
    if not live:
        return WaitingView(room_id=room.room_id, at=snapshot.at, letter=room.letter)
    standings = {one.number: one for one in snapshot.tickets}
    expected = {one.ticket: one for one in estimates(snapshot)}
    return WaitingView(
        room_id=room.room_id,
        at=snapshot.at,
        letter=room.letter,
        tickets=tuple(
            ticket_view(room, ticket, standings[ticket.number], expected[ticket.number])
            for ticket in live
        ),
        seats=tuple(_seat_view(seat) for seat in snapshot.seats),
        refusals=tuple(
            StandingRefusalView(ticket=one.ticket, seat=one.seat, slot_id=one.slot_id)
            for one in snapshot.refusals
        ),
    )


def ticket_view(
    room: RoomView,
    ticket: Ticket,
    standing: TicketStanding | None = None,
    expected: Estimate | None = None,
) -> TicketView:
    """Return what is shown of a ticket; one that has ended has neither standing nor estimate."""
    return TicketView(
        number=ticket.number,
        label=ticket_label(room.letter, ticket.number),
        state=ticket.state,
        taken_at=ticket.taken_at,
        seat=ticket.seat,
        hold_until=ticket.hold_until,
        back_at=ticket.back_at,
        sits_until=None if standing is None else standing.sits_until,
        used_today_seconds=0 if standing is None else min(standing.holder_seconds, DAY_SECONDS),
        expected_at=None if expected is None else expected.at,
        expected_seat=None if expected is None else expected.seat,
        coded=ticket.coded,
    )


def look_alike(told: WaitingView, view: WaitingView, rule: SlotRule) -> bool:
    """Tell whether a showing says nothing that the one told before does not say.

    Minutes that run and estimates that creep are no news; an answer that follows from them is.
    """
    if len(told.tickets) != len(view.tickets) or len(told.seats) != len(view.seats):
        return False
    if _timeless(told, told) != _timeless(view, told):
        return False
    before, after = told.as_snapshot(rule), view.as_snapshot(rule)
    return cover(before) == cover(after) and standing_answers(before) == standing_answers(after)


def _timeless(view: WaitingView, told: WaitingView) -> WaitingView:
    return replace(
        view,
        at=told.at,
        tickets=tuple(
            _still(ticket, view.at, earlier, told.at)
            for ticket, earlier in zip(view.tickets, told.tickets, strict=True)
        ),
        seats=tuple(_stopped(seat, view.at, told.at) for seat in view.seats),
    )


def _still(ticket: TicketView, at: datetime, earlier: TicketView, told_at: datetime) -> TicketView:
    expected = ticket.expected_at
    if expected is not None and earlier.expected_at is not None:
        near = abs(expected - earlier.expected_at) < timedelta(seconds=NEAR_SECONDS)
        both_now = expected <= at and earlier.expected_at <= told_at
        if near or both_now:
            expected = earlier.expected_at
    used = 0 if ticket.sits_until is not None else ticket.used_today_seconds
    return replace(ticket, expected_at=expected, used_today_seconds=used)


def _stopped(seat: StandingView, at: datetime, told_at: datetime) -> StandingView:
    until = seat.usable_until
    if until is not None and until <= at:
        until = told_at
    occupant = seat.occupant
    if occupant is not None:
        occupant = replace(occupant, used_today_seconds=0)
    return replace(seat, usable_until=until, occupant=occupant)


def _seat_view(seat: SeatStanding) -> StandingView:
    occupant = seat.occupant
    return StandingView(
        number=seat.number,
        in_contact=seat.in_contact,
        lost_at=seat.lost_at,
        in_order=seat.in_order,
        usable_until=seat.usable_until,
        occupant=None
        if occupant is None
        else OccupantView(
            slot_id=occupant.slot_id,
            ends_at=occupant.ends_at,
            used_today_seconds=min(occupant.used_today_seconds, DAY_SECONDS),
            bar=occupant.bar,
            mercy=occupant.mercy_seconds > 0,
            mercy_seconds=occupant.mercy_seconds,
            grace_seconds=occupant.grace_seconds,
        ),
        held_for=seat.held_for,
    )
