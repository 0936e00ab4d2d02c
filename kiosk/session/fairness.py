"""What those who wait mean for this seat: its answer, how old it is, and the offer that holds.

The hub tells the room; from the last it told, `kiosk.rules` computes the same answers here and
there. A refusal counts here once the hub has told it, and without the hub only while it is young.
"""

import math

from msgspec.structs import replace

from kiosk.rules.allowance import adapted
from kiosk.rules.cover import SeatAnswer, standing_answers
from kiosk.rules.reason import Reason, Way, reason_for
from kiosk.rules.renewal import Asker, answer_alone, ask_renewal
from kiosk.rules.slot import Boundary, Grant, Ground, Refusal, SlotRule
from kiosk.rules.ticket import ticket_label
from kiosk.rules.warning import Stage, stage_at
from kiosk.session.kept import Sitting
from kiosk.session.moment import Moment
from kiosk.session.state import State, boundaries, remaining_seconds, running
from kiosk.wire.face import Contact, RefusalFace
from kiosk.wire.station import StationSituation


def rule_for(situation: StationSituation, sitting: Sitting) -> SlotRule:
    """Return the room's rule for whoever sits here; the list goes by its own."""
    return adapted(situation.room.rule.as_rule(), sitting.time)


def answer_for(state: State, sitting: Sitting, moment: Moment) -> SeatAnswer | None:
    """Return what the room's last snapshot says against this seat's renewal, None if nothing."""
    situation = state.kept.situation
    if situation is None or situation.waiting is None:
        return None
    snapshot = situation.waiting.as_snapshot(situation.room.rule.as_rule())
    of_seat = (one for one in standing_answers(snapshot) if one.seat == situation.seat.number)
    return answer_alone(next(of_seat, None), sitting.slot_id, snapshot_age(state, moment))


def asker(state: State, sitting: Sitting, moment: Moment, *, offered: bool = True) -> Asker:
    """Return the slot whose renewal is asked for; without `offered` no offer holds."""
    shown = state.offered_boot if offered else None
    return Asker(
        running=running(sitting, moment),
        used_today_seconds=sitting.used_today_seconds,
        mercy_taken=sitting.mercy_taken,
        offered_seconds_ago=None if shown is None else moment.boot - shown,
    )


def ask(state: State, sitting: Sitting, moment: Moment, *, offered: bool = True) -> Grant | Reason:
    """Say what the station alone answers to *Prolonger* now."""
    situation = state.kept.situation
    if situation is None:
        return reason_for(Refusal(Ground.NO_ANSWER))
    limits = limits_now(state, moment)
    if isinstance(limits, Refusal):
        return reason_for(limits)
    return ask_renewal(
        rule_for(situation, sitting),
        moment.wall,
        asker(state, sitting, moment, offered=offered),
        limits,
        answer_for(state, sitting, moment),
    )


def limits_now(state: State, moment: Moment) -> tuple[Boundary, ...] | Refusal:
    """Return what a slot must not pass; a refusal of what runs now names no instant.

    The end of a workshop or the next opening is not what stands before the visitor.
    """
    found = boundaries(state, moment)
    return Refusal(found.ground) if isinstance(found, Refusal) else found


def refusal_face(state: State, reason: Reason) -> RefusalFace:
    """Return a refusal as the faces tell it."""
    return RefusalFace(
        ground=reason.ground,
        at=reason.at,
        ticket=_label(state.kept.situation, reason.ticket),
        waiting_since=reason.waiting_since,
        mercy=Way.MERCY in reason.ways,
    )


def keep_offer(state: State, moment: Moment) -> State:
    """Remember that an offer which was on the screen has been there until this moment."""
    return state if state.offered_boot is None else note_offer(state, moment)


def note_offer(state: State, moment: Moment) -> State:
    """Remember that an offer to renew is on the screen from this moment on."""
    sitting = state.kept.sitting
    if sitting is None or not is_asked(state, sitting, moment):
        return state
    if isinstance(ask(state, sitting, moment, offered=False), Grant):
        return state.but(offered_boot=moment.boot)
    return state


def is_asked(state: State, sitting: Sitting, moment: Moment) -> bool:
    """Tell whether the question of going on stands and nothing else has answered it."""
    if sitting.opened_boot is None or sitting.ended_by_staff or state.renewing is not None:
        return False
    if sitting.locked is not None or sitting.trial:
        return False
    if sitting.pending is not None or state.renewal_refusal is not None:
        return False
    return stage_at(remaining_seconds(sitting, moment)) is not Stage.NONE


def hear_room(state: State, moment: Moment) -> State:
    """Take the room as the hub has just told it: a refusal falls with its ticket."""
    state = state.keeping(heard_boot=moment.boot)
    sitting, refusal = state.kept.sitting, state.renewal_refusal
    situation = state.kept.situation
    if sitting is None or refusal is None or refusal.ground is not Ground.WAITING:
        return state
    if situation is None or situation.waiting is None:
        return state
    answer = answer_for(state, sitting, moment)
    if answer is None or answer.ticket is None:
        return state.but(renewal_refusal=None)
    told = replace(
        refusal,
        ticket=_label(situation, answer.ticket),
        waiting_since=answer.waiting_since,
    )
    return state.but(renewal_refusal=told)


def snapshot_age(state: State, moment: Moment) -> float:
    """Return how many seconds ago the snapshot was known to be true."""
    if state.contact is Contact.LIVE:
        return 0.0
    heard = state.kept.heard_boot
    return math.inf if heard is None else moment.boot - heard


def _label(situation: StationSituation | None, number: int | None) -> str:
    if situation is None or situation.waiting is None or number is None:
        return ""
    return ticket_label(situation.waiting.letter, number)
