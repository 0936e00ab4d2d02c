"""What a power cut leaves on a seat: a slot with time left, kept for its visitor for a while."""

from datetime import datetime, timedelta

from admin_console.hub.service.port import Work
from admin_console.hub.service.record import Slot
from kiosk.rules.allowance import adapted
from kiosk.rules.resume import Interrupted, Kept, resume
from kiosk.rules.slot import Boundary, Ground, Refusal
from kiosk.wire.event import EndReason
from kiosk.wire.place import RoomView


def kept_until(room: RoomView, slot: Slot) -> datetime | None:
    """Return until when a seat is kept for the visitor of a slot, None if it never was.

    The station tells the end when it is back, so that the time begins with its first lock.
    """
    if slot.end_reason != EndReason.POWER_LOST or slot.ended_at is None:
        return None
    if slot.remaining_seconds <= 0 or slot.trial or slot.left_at is not None:
        return None
    return slot.ended_at + timedelta(seconds=room.rule.resume_seconds)


def kept_on(work: Work, room: RoomView, seat_id: str, now: datetime) -> Slot | None:
    """Return the slot for whose visitor a seat is kept now, None if it is kept for nobody."""
    slot = work.slots.last_on(seat_id)
    until = None if slot is None else kept_until(room, slot)
    return None if until is None or until <= now else slot


def give_back(
    room: RoomView, slot: Slot, now: datetime, known: tuple[Boundary, ...]
) -> Kept | Refusal:
    """Say what the visitor of an interrupted slot gets back.

    Args:
        room: the room.
        slot: what was interrupted.
        now: the present instant.
        known: what a slot on the seat must not pass.
    """
    if slot.ended_at is None:
        return Refusal(Ground.OVER)
    total = slot.used_seconds + slot.remaining_seconds
    return resume(
        adapted(room.rule.as_rule(), slot.time),
        Interrupted(slot.slot_id, total, slot.used_seconds, slot.in_grace),
        first_lock=0.0,
        now_boot=max((now - slot.ended_at).total_seconds(), 0.0),
        now=now,
        boundaries=known,
        resume_seconds=room.rule.resume_seconds,
    )
