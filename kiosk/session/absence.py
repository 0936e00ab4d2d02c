"""A visitor who steps away, falls idle or leaves: the seat asks, locks over the slot, is freed.

Time goes on counting. The card that opened the sitting opens the lock again, with the hub or
without it.
"""

from datetime import datetime

from kiosk.rules.cover import uncovered
from kiosk.rules.presence import (
    Asked,
    Freed,
    Here,
    LockCause,
    Locked,
    Presence,
    PresenceRule,
    after,
    next_look,
    pause_ends,
)
from kiosk.rules.room import SNAPSHOT_SECONDS
from kiosk.rules.slot import Ground
from kiosk.rules.throttle import Tries, after_failure, tries_left, wait_seconds
from kiosk.session.cardproof import is_proved
from kiosk.session.effect import AwayGate, EndGate, TellHub
from kiosk.session.fairness import snapshot_age
from kiosk.session.kept import Sitting
from kiosk.session.moment import Moment
from kiosk.session.state import Decision, State, running
from kiosk.wire.event import EndReason, SlotLocked, SlotUnlocked
from kiosk.wire.face import AwayFace, IdleFace, RefusalFace

REASONS = {Ground.AWAY: EndReason.AWAY, Ground.IDLE: EndReason.IDLE}


def can_step_away(sitting: Sitting) -> bool:
    """Tell whether the seat can be locked and opened again: a slot runs, and its card is known."""
    runs = sitting.opened_boot is not None and sitting.grace_boot is None
    return runs and sitting.proof is not None and not sitting.ended_by_staff


def lock(state: State, cause: LockCause, moment: Moment) -> Decision:
    """Lock the seat over its running slot."""
    sitting = state.kept.sitting
    if sitting is None or sitting.locked is not None or not can_step_away(sitting):
        return Decision(state)
    locked = state.but(asked_boot=None, refusal=None, ticket=None, ticket_ask=None)
    return Decision(
        locked.seating(locked=cause, locked_boot=moment.boot),
        events=(SlotLocked(slot_id=sitting.slot_id, cause=cause),),
        effects=(AwayGate(sitting.slot_id, on=True), TellHub()),
    )


def come_back(state: State, sitting: Sitting, card: str, pin: str, moment: Moment) -> Decision:
    """Open the lock for the card and the code of the sitting, and for no others.

    A sitting by a guest pass has the digits of the pass for its card, and no code.
    """
    wait = wait_seconds(state.unlock_tries, moment.wall)
    if wait:
        return Decision(state.but(refusal=_too_soon(moment.wall_in(wait))))
    proof = sitting.proof
    if proof is None or not is_proved(proof, sitting.slot_id, card, pin):
        return Decision(_failed(state, moment))
    opened = state.but(refusal=None, unlock_tries=Tries())
    return Decision(
        opened.but(answered_boot=moment.boot).seating(locked=None, locked_boot=None),
        events=(SlotUnlocked(slot_id=sitting.slot_id),),
        effects=(AwayGate(sitting.slot_id, on=False), TellHub()),
    )


def still_here(state: State, moment: Moment) -> State:
    """Take it in that somebody has answered the question."""
    return state.but(asked_boot=None, answered_boot=moment.boot)


def watch(state: State, moment: Moment) -> Decision:
    """Let time pass for whoever sits here."""
    sitting = state.kept.sitting
    if sitting is None or not can_step_away(sitting):
        return Decision(state.but(asked_boot=None))
    presence = presence_of(state, sitting, moment)
    if presence is None:
        return Decision(state.but(asked_boot=None))
    found = after(rule_of(state), presence, moment.boot, uncovered=is_wanted(state, moment))
    if isinstance(found, Freed):
        return Decision(state, effects=(EndGate(sitting.slot_id, REASONS[found.ground]),))
    if isinstance(found, Locked) and sitting.locked is None:
        return lock(state, found.cause, moment)
    return Decision(state.but(asked_boot=found.since if isinstance(found, Asked) else None))


def presence_of(state: State, sitting: Sitting, moment: Moment) -> Presence | None:
    """Return where the seat stands; None where nothing tells whether anybody is there."""
    if sitting.locked is not None:
        return Locked(sitting.locked, sitting.locked_boot or 0.0)
    if moment.quiet_seconds is None:
        return None
    touched = moment.boot - moment.quiet_seconds
    if state.asked_boot is not None and touched <= state.asked_boot:
        return Asked(state.asked_boot)
    return Here(max(touched, state.answered_boot or 0.0, sitting.opened_boot or 0.0))


def rule_of(state: State) -> PresenceRule:
    """Return the room's rule."""
    situation = state.kept.situation
    if situation is None:
        return PresenceRule()
    room = situation.room.rule
    return PresenceRule(away_seconds=room.away_seconds, idle_seconds=room.idle_seconds)


def look_at(state: State, sitting: Sitting, moment: Moment) -> float | None:
    """Return the boot second at which time alone changes something next."""
    presence = presence_of(state, sitting, moment) if can_step_away(sitting) else None
    if presence is None:
        return None
    ends = pause_ends(rule_of(state), presence)
    later = [next_look(rule_of(state), presence), *([] if ends is None else [ends])]
    return min((at for at in later if at > moment.boot), default=None)


def away_face(state: State, sitting: Sitting, moment: Moment) -> AwayFace:
    """Return what the lock over a running slot tells: no name, only until when."""
    rule = rule_of(state)
    presence = Locked(sitting.locked or LockCause.AWAY, sitting.locked_boot or 0.0)
    slot = running(sitting, moment)
    left = slot.total_seconds - slot.elapsed_seconds
    over = moment.boot + left
    pause = pause_ends(rule, presence)
    closes = min(next_look(rule, presence), over + sitting.grace_seconds)
    return AwayFace(
        cause=presence.cause,
        until=None if pause is None else _instant(min(pause, over), moment),
        pause_seconds=rule.away_seconds,
        closes_at=_instant(closes, moment),
    )


def idle_face(state: State, moment: Moment) -> IdleFace | None:
    """Return the question whether anybody is there, None while it is not asked."""
    if state.asked_boot is None:
        return None
    rule = rule_of(state)
    return IdleFace(
        until=_instant(state.asked_boot + rule.answer_seconds, moment),
        answer_seconds=rule.answer_seconds,
        quiet_seconds=rule.idle_seconds,
    )


def _instant(boot: float, moment: Moment) -> datetime:
    return moment.wall_in(boot - moment.boot)


def is_wanted(state: State, moment: Moment) -> bool:
    """Tell whether somebody waits for whom nothing in the room is to be had."""
    situation = state.kept.situation
    if situation is None or situation.waiting is None:
        return False
    if snapshot_age(state, moment) >= SNAPSHOT_SECONDS:
        return False
    return bool(uncovered(situation.waiting.as_snapshot(situation.room.rule.as_rule())))


def _failed(state: State, moment: Moment) -> State:
    tries = after_failure(state.unlock_tries, moment.wall)
    wait = wait_seconds(tries, moment.wall)
    refusal = RefusalFace(
        ground=Ground.WRONG_CARD_OR_CODE,
        tries_left=None if wait else tries_left(tries, moment.wall),
        retry_at=moment.wall_in(wait) if wait else None,
    )
    return state.but(refusal=refusal, unlock_tries=tries)


def _too_soon(retry_at: datetime) -> RefusalFace:
    return RefusalFace(ground=Ground.TOO_MANY_TRIES, retry_at=retry_at)
