"""After a power cut: the seat is kept for its visitor, who gets back what was left."""

from datetime import datetime, timedelta

from msgspec.structs import replace

from kiosk.rules.allowance import adapted
from kiosk.rules.resume import Interrupted, resume
from kiosk.rules.resume import Kept as SeatKept
from kiosk.rules.slot import Refusal
from kiosk.session.cardproof import is_proved
from kiosk.session.gatefact import GateSlotEnded
from kiosk.session.kept import Cut, Sitting
from kiosk.session.moment import Moment
from kiosk.session.state import State, boundaries, clock_trusted
from kiosk.wire.event import EndReason
from kiosk.wire.outage import ResumeFace


def remember_cut(state: State, sitting: Sitting, fact: GateSlotEnded, moment: Moment) -> State:
    """Keep the seat for the visitor of a slot that a power cut has ended.

    The lock is on its way to the screen: its first moment after the boot is now. Of a trial nothing
    was counted, so nothing is given back.
    """
    if fact.reason is not EndReason.POWER_LOST or sitting.proof is None or sitting.trial:
        return state
    lost_at, back_at = _outage(state, sitting, fact, moment)
    cut = Cut(
        slot_id=sitting.slot_id,
        proof=sitting.proof,
        total_seconds=fact.used_seconds + fact.remaining_seconds,
        used_seconds=fact.used_seconds,
        first_lock_boot=moment.boot,
        lost_at=lost_at,
        back_at=back_at,
        used_today_seconds=sitting.used_today_seconds,
        renewals=sitting.renewals,
        mercy_taken=sitting.mercy_taken,
        guest_pass=sitting.guest_pass,
        time=sitting.time,
        profile=sitting.profile,
    )
    return state.keeping(cut=cut)


def _outage(
    state: State, sitting: Sitting, fact: GateSlotEnded, moment: Moment
) -> tuple[datetime | None, datetime | None]:
    """Return when the power failed and when it came back, as far as the clock tells it."""
    if sitting.opened_at is None or not clock_trusted(state.kept, moment.wall):
        return None, None
    lost_at = sitting.opened_at + timedelta(seconds=fact.used_seconds)
    # The machine came up with the power; its boot clock has run since.
    back_at = moment.wall_in(-moment.boot)
    return (lost_at, back_at) if lost_at < back_at else (None, None)


def seat_kept(state: State, moment: Moment) -> SeatKept | None:
    """Return what would be given back now, None when the seat is kept for nobody."""
    cut, situation = state.kept.cut, state.kept.situation
    if cut is None or situation is None:
        return None
    limits = boundaries(state, moment)
    if isinstance(limits, Refusal):
        return None
    found = resume(
        adapted(situation.room.rule.as_rule(), cut.time),
        Interrupted(cut.slot_id, cut.total_seconds, cut.used_seconds),
        # A clock that stands before the first lock is another boot's: its own first lock is now.
        min(cut.first_lock_boot, moment.boot),
        moment.boot,
        moment.wall,
        limits,
        situation.room.rule.resume_seconds,
    )
    return None if isinstance(found, Refusal) else found


def resumes(state: State, card: str, pin: str, moment: Moment) -> str | None:
    """Return the slot that a card, or a pass, goes on with here, None of another one."""
    cut, kept = state.kept.cut, seat_kept(state, moment)
    if cut is None or kept is None:
        return None
    return cut.slot_id if is_proved(cut.proof, cut.slot_id, card, pin) else None


def forget_cut(state: State, moment: Moment) -> State:
    """Keep the seat no longer than its time, which a second power cut begins anew."""
    cut, situation = state.kept.cut, state.kept.situation
    if cut is None or situation is None:
        return state
    if moment.boot < cut.first_lock_boot:
        return state.keeping(cut=replace(cut, first_lock_boot=moment.boot))
    over = moment.boot - cut.first_lock_boot >= situation.room.rule.resume_seconds
    return state.keeping(cut=None) if over else state


def resume_face(state: State, moment: Moment) -> ResumeFace | None:
    """Return what the lock tells of a seat that is kept, None of one that is not."""
    kept, cut = seat_kept(state, moment), state.kept.cut
    if kept is None or cut is None:
        return None
    return ResumeFace(
        left_seconds=kept.left_seconds,
        total_seconds=cut.total_seconds,
        until=moment.wall + timedelta(seconds=kept.window_seconds),
        lost_at=cut.lost_at,
        back_at=cut.back_at,
    )
