"""A room and its waiting list, as every program sees it: numbers of tickets, never persons.

The hub tells a room anew whenever something in it changes. From one `WaitingView` the hub, the
station, the desk and the board compute the same answers with `kiosk.rules.cover` and
`kiosk.rules.estimate`.
"""

from typing import Annotated

import msgspec

from kiosk.rules.room import (
    Occupant,
    RoomSnapshot,
    SeatStanding,
    StandingRefusal,
    TicketStanding,
)
from kiosk.rules.slot import Ground, SlotRule
from kiosk.rules.ticket import TicketState
from kiosk.wire.codec import Id, Message, Name, Seconds, Stamp

SeatNumber = Annotated[int, msgspec.Meta(ge=1, le=999)]
TicketNumber = Annotated[int, msgspec.Meta(ge=1, le=9999)]


class TicketView(Message, frozen=True, kw_only=True):
    """A live ticket. `label` is what is called (A-18); `used_today_seconds` is its holder's day.

    `expected_at` and `expected_seat` estimate when and where its holder may sit; a `coded` one asks
    for the code that was told with it.
    """

    number: TicketNumber
    label: Name
    state: TicketState
    taken_at: Stamp
    seat: SeatNumber | None = None
    hold_until: Stamp | None = None
    back_at: Stamp | None = None
    sits_until: Stamp | None = None
    used_today_seconds: Seconds = 0
    expected_at: Stamp | None = None
    expected_seat: SeatNumber | None = None
    coded: bool = False


class OccupantView(Message, frozen=True, kw_only=True):
    """The slot on a seat, for the rules: see `kiosk.rules.room.Occupant`.

    Without `mercy_seconds` and `grace_seconds`, which an older hub does not tell, they are the
    room's.
    """

    slot_id: Id
    ends_at: Stamp
    used_today_seconds: Seconds = 0
    bar: Ground | None = None
    mercy: bool = False
    mercy_seconds: Seconds | None = None
    grace_seconds: Seconds | None = None


class StandingView(Message, frozen=True, kw_only=True):
    """A seat, for the rules: see `kiosk.rules.room.SeatStanding`."""

    number: SeatNumber
    in_contact: bool = True
    lost_at: Stamp | None = None
    in_order: bool = True
    usable_until: Stamp | None = None
    occupant: OccupantView | None = None
    held_for: TicketNumber | None = None


class StandingRefusalView(Message, frozen=True, kw_only=True):
    """A renewal that is refused for a ticket, and was told."""

    ticket: TicketNumber
    seat: SeatNumber
    slot_id: Id


class WaitingView(Message, frozen=True, kw_only=True):
    """A room at the instant `at`: its live tickets in the order of the list, its seats, refusals.

    `letter` begins the labels of its tickets.
    """

    room_id: Name
    at: Stamp
    letter: Name
    tickets: tuple[TicketView, ...] = ()
    seats: tuple[StandingView, ...] = ()
    refusals: tuple[StandingRefusalView, ...] = ()

    def as_snapshot(self, rule: SlotRule) -> RoomSnapshot:
        """Return the room as the rules want it; `rule` is the room's own."""
        return RoomSnapshot(
            at=self.at,
            rule=rule,
            seats=tuple(_standing(seat, rule) for seat in self.seats),
            tickets=tuple(_ticket(ticket) for ticket in self.tickets),
            refusals=tuple(
                StandingRefusal(one.ticket, one.seat, one.slot_id) for one in self.refusals
            ),
        )


def _standing(view: StandingView, rule: SlotRule) -> SeatStanding:
    return SeatStanding(
        number=view.number,
        in_contact=view.in_contact,
        lost_at=view.lost_at,
        in_order=view.in_order,
        usable_until=view.usable_until,
        occupant=None if view.occupant is None else _occupant(view.occupant, rule),
        held_for=view.held_for,
    )


def _occupant(view: OccupantView, rule: SlotRule) -> Occupant:
    mercy = view.mercy_seconds
    if mercy is None:
        mercy = rule.mercy_seconds if view.mercy else 0
    return Occupant(
        view.slot_id,
        view.ends_at,
        view.used_today_seconds,
        view.bar,
        mercy,
        view.grace_seconds,
    )


def _ticket(view: TicketView) -> TicketStanding:
    back_at = view.back_at if view.state is TicketState.AWAY else None
    return TicketStanding(
        view.number, view.taken_at, view.used_today_seconds, back_at, view.sits_until
    )
