"""What a room allows now: its closing, and what a person has used of the day."""

from datetime import datetime, timedelta

from admin_console.hub.service.port import Work
from admin_console.hub.service.record import Slot, SlotState
from kiosk.rules.hours import current_opening, instant, local_date, next_opening
from kiosk.rules.slot import Boundary, Ground, Refusal, closing_boundary
from kiosk.wire.place import RoomView

CONFIRM_SECONDS = 30
"""A grant that no station has confirmed for this long keeps nobody out."""


def closing(room: RoomView, now: datetime) -> tuple[Boundary, ...] | Refusal:
    """Return the boundary that the room's closing sets, or the refusal while it is closed."""
    hours = room.hours.as_rule()
    opening = current_opening(hours, now)
    if opening is None:
        later = next_opening(hours, now)
        return Refusal(Ground.CLOSED, None if later is None else later.start)
    return (closing_boundary(room.rule.as_rule(), opening.end),)


def limit_instant(room: RoomView, limit: Boundary | None) -> datetime | None:
    """Return the instant that a visitor would name: the closing itself, not the margin before."""
    if limit is None or limit.ground is not Ground.CLOSING:
        return None
    return limit.at + timedelta(seconds=room.rule.closing_margin_seconds)


def used_today(
    work: Work, room: RoomView, person: str, now: datetime, without: str | None = None
) -> int:
    """Return the seconds that a person has used in a room on its local date.

    A slot counts on the date of its opening; `without` leaves one out.
    """
    midnight = instant(local_date(now, room.hours.zone), 0, room.hours.zone)
    slots = work.slots.of_person_since(person, room.room_id, midnight)
    return sum(_used(slot, now) for slot in slots if slot.slot_id != without)


def _used(slot: Slot, now: datetime) -> int:
    if slot.state is SlotState.OPEN and slot.opened_at is not None:
        return min(max(int((now - slot.opened_at).total_seconds()), 0), slot.total_seconds)
    return slot.used_seconds


def lapsed(slot: Slot, now: datetime) -> bool:
    """Tell whether a grant waits in vain for its station; a clock set back does not keep it."""
    waited = abs((now - slot.granted_at).total_seconds())
    return slot.state is SlotState.GRANTED and waited >= CONFIRM_SECONDS


def time_over(slot: Slot, now: datetime) -> bool:
    """Tell whether an open slot and its grace are over by the clock, though nobody has told."""
    if slot.state is not SlotState.OPEN or slot.ends_at is None:
        return False
    return now >= slot.ends_at + timedelta(seconds=slot.grace_seconds)
