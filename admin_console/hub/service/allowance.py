"""What a room allows now: its closing, what is booked, and what a person has used of the day."""

from datetime import datetime, timedelta

from admin_console.hub.service.port import Work
from admin_console.hub.service.record import Slot, SlotState
from kiosk.rules.booking import Booking, bookings_of
from kiosk.rules.boundary import known_boundaries
from kiosk.rules.hours import instant, local_date
from kiosk.rules.slot import Boundary, Refusal, named_instant
from kiosk.wire.place import RoomView

CONFIRM_SECONDS = 30
"""A grant that no station has confirmed for this long keeps nobody out."""

GONE_SECONDS = 180
"""Whose station is silent for longer may sit elsewhere: by then a machine has started again."""


def bookings(room: RoomView) -> tuple[Booking, ...]:
    """Return what is booked in a room, date by date."""
    return tuple(
        booking
        for series in room.bookings
        for booking in bookings_of(series.as_rule(), room.hours.zone)
    )


def boundaries(
    room: RoomView, seat: int, now: datetime, booked: tuple[Booking, ...] | None = None
) -> tuple[Boundary, ...] | Refusal:
    """Return what a slot on a seat must not pass, or why none opens there now.

    Args:
        room: the room.
        seat: the seat's number.
        now: the present instant.
        booked: what `bookings` returns, for whoever asks for several seats; None to find it here.
    """
    listed = bookings(room) if booked is None else booked
    return known_boundaries(room.rule.as_rule(), room.hours.as_rule(), listed, seat, now)


def limit_instant(room: RoomView, limit: Boundary | None) -> datetime | None:
    """Return the instant that a visitor would name: the closing itself, not the margin before."""
    return None if limit is None else named_instant(room.rule.as_rule(), limit)


def used_today(
    work: Work,
    room: RoomView,
    person: str,
    now: datetime,
    start: datetime | None = None,
    without: str | None = None,
) -> int:
    """Return the seconds that a person has used in a room on its local date.

    Args:
        work: the unit of work.
        room: the room.
        person: the reference of the person.
        now: the present instant.
        start: when the slot began whose date it is; None for one that begins now.
        without: the slot that is left out.
    """
    since = midnight(room, now if start is None else start)
    slots = work.slots.of_person_since(person, room.room_id, since)
    return sum(used_of(slot, now) for slot in slots if slot.slot_id != without)


def midnight(room: RoomView, now: datetime) -> datetime:
    """Return the instant at which a room's local date began."""
    return instant(local_date(now, room.hours.zone), 0, room.hours.zone)


def used_of(slot: Slot, now: datetime) -> int:
    """Return the seconds that a slot has used by now; a trial uses none."""
    if slot.trial:
        return 0
    if slot.state is SlotState.OPEN and slot.opened_at is not None:
        until = now if slot.left_at is None else min(now, slot.left_at)
        return min(max(int((until - slot.opened_at).total_seconds()), 0), slot.total_seconds)
    return slot.used_seconds


def lapsed(slot: Slot, now: datetime) -> bool:
    """Tell whether a grant waits in vain for its station; a clock set back does not keep it."""
    waited = abs((now - slot.granted_at).total_seconds())
    return slot.state is SlotState.GRANTED and waited >= CONFIRM_SECONDS


def gone(slot: Slot, lost_at: datetime | None, now: datetime) -> bool:
    """Tell whether the visitor of a live slot sits there no more, as far as is known here.

    They sat down elsewhere; or the station has been silent for a while, which nobody who sits
    elsewhere by card and code can have sat at; or the grant never became a slot.

    Args:
        slot: the slot.
        lost_at: since when its station is silent, None while it is in contact.
        now: the present instant.
    """
    if slot.left_at is not None or lapsed(slot, now):
        return True
    if lost_at is None:
        return False
    return time_over(slot, now) or now - lost_at >= timedelta(seconds=GONE_SECONDS)


def time_over(slot: Slot, now: datetime) -> bool:
    """Tell whether an open slot and its grace are over by the clock, though nobody has told."""
    if slot.state is not SlotState.OPEN or slot.ends_at is None:
        return False
    return now >= slot.ends_at + timedelta(seconds=slot.grace_seconds)
