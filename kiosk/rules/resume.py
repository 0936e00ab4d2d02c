"""After a power cut: what is given back, to whom, and until when.

The same person gets back what was left, on the same seat, within a window from the first lock after
the boot. Closing, a workshop or a reservation may have come nearer: slot plus grace passes none of
them. All seconds of a boot are its boot clock's, for the wall clock may have suffered too.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from kiosk.rules.slot import Boundary, Ground, Refusal, SlotRule, named_instant

RESUME_SECONDS = 600
"""How long the seat is kept for its visitor, in seconds, unless the room says otherwise."""


@dataclass(frozen=True, slots=True)
class Interrupted:
    """A slot that ran when the power failed.

    Attributes:
        slot_id: the slot.
        total_seconds: what had been granted, from its opening.
        used_seconds: what was used by the journal's last line, so rather less than more.
        in_grace: the slot was over, its visitor was saving.
    """

    slot_id: str
    total_seconds: int
    used_seconds: float
    in_grace: bool = False


@dataclass(frozen=True, slots=True)
class Kept:
    """The seat is kept for the visitor of a slot.

    `left_seconds` is what would be given back now, `window_seconds` how long one may still ask, and
    `limit` what shortened the time, if anything did.
    """

    slot_id: str
    left_seconds: int
    window_seconds: float
    limit: Boundary | None = None


def resume(
    rule: SlotRule,
    slot: Interrupted,
    first_lock: float,
    now_boot: float,
    now: datetime,
    boundaries: tuple[Boundary, ...],
    resume_seconds: int = RESUME_SECONDS,
) -> Kept | Refusal:
    """Say what a visitor gets back after a power cut, and how long the seat is kept.

    Args:
        rule: the room's rule.
        slot: the slot that was interrupted.
        first_lock: the boot second at which the lock was first shown after the boot.
        now_boot: the present boot second.
        now: the present instant, aware.
        boundaries: what is known now; empty with a clock that is not trusted.
        resume_seconds: the room's window, in seconds.
    """
    if slot.in_grace:
        return Refusal(Ground.OVER)
    window = first_lock + resume_seconds - now_boot
    left = int(slot.total_seconds - slot.used_seconds)
    if window <= 0 or left <= 0:
        return Refusal(Ground.OVER)
    nearest = min(boundaries, key=lambda boundary: boundary.at, default=None)
    if nearest is None:
        return Kept(slot.slot_id, left, window)
    room = int((nearest.at - now).total_seconds()) - rule.grace_seconds
    if room <= 0:
        return Refusal(nearest.ground, named_instant(rule, nearest))
    shortened = nearest if room < left else None
    return Kept(slot.slot_id, min(left, room), min(window, room), shortened)


def power_was_out(last_alive: datetime, back_at: datetime) -> timedelta:
    """Return how long the power was out by the wall clock, never less than nothing."""
    return max(back_at - last_alive, timedelta())
