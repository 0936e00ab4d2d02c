"""From *Prolonger* to a new total: the hub decides, or the station alone when the hub is away."""

from kiosk.rules.reason import Reason
from kiosk.rules.renewal import AtWork, renew_itself, take_mercy
from kiosk.rules.slot import Grant, Ground, Refusal
from kiosk.session.command import RenewalAnswered, RenewalUnanswered
from kiosk.session.effect import AskRenewal, ExtendGate, TellHub
from kiosk.session.fairness import answer_for, ask, asker, limits_now, refusal_face, rule_for
from kiosk.session.kept import PendingTotal, Sitting
from kiosk.session.moment import Moment
from kiosk.session.state import Decision, State, running
from kiosk.wire.event import Decider, SlotDeclined
from kiosk.wire.face import Contact, RefusalFace
from kiosk.wire.station import RenewalKind, RenewalRefused, RenewSlot

LEAD_SECONDS = 5
"""So long before its end a slot that goes on by itself is renewed: the hub has time to answer."""


def ask_to_renew(state: State, moment: Moment) -> Decision:
    """Ask the hub under the present total, or decide at once without it.

    Whoever asks takes back a *Non merci*.
    """
    sitting = state.kept.sitting
    if sitting is None or not _may_ask(state, sitting):
        return Decision(state)
    taken_back = _decline(state, sitting, declined=False)
    return taken_back.then(_ask(taken_back.state, sitting, RenewalKind.ASKED, moment))


def ask_mercy(state: State, moment: Moment) -> Decision:
    """Ask for the minutes of mercy after a refusal; they are given once."""
    sitting = state.kept.sitting
    if sitting is None or not _may_ask(state, sitting) or sitting.mercy_taken:
        return Decision(state)
    return _ask(state, sitting, RenewalKind.MERCY, moment)


def go_on_by_itself(state: State, moment: Moment) -> Decision:
    """At the end, let somebody at work go on who has not answered, on a seat that nobody wants.

    It is tried once for each end: a few seconds before it, or in the grace after a kill.
    """
    sitting = state.kept.sitting
    if sitting is None or not will_go_on(state, sitting, moment):
        return Decision(state)
    tried = state.but(tried_total=sitting.total_seconds)
    left = sitting.total_seconds - running(sitting, moment).elapsed_seconds
    if left > LEAD_SECONDS or state.tried_total == sitting.total_seconds:
        return Decision(state)
    return _ask(tried, sitting, RenewalKind.BY_ITSELF, moment)


def will_go_on(state: State, sitting: Sitting, moment: Moment) -> bool:
    """Tell whether the slot would go on by itself if it ended now."""
    if not _may_ask(state, sitting) or sitting.locked is not None:
        return False
    return isinstance(_by_itself(state, sitting, moment), Grant)


def decline(state: State) -> Decision:
    """Let the slot end at its end; the hub may count on the seat."""
    sitting = state.kept.sitting
    if sitting is None or sitting.opened_boot is None:
        return Decision(state)
    return _decline(state, sitting, declined=True)


def take_answer(state: State, command: RenewalAnswered) -> Decision:
    """Extend, or show why not. An answer to an older total is dropped."""
    answer, sitting, kind = command.answer, state.kept.sitting, state.renewing
    if sitting is None or kind is None or not _fits(answer.from_total_seconds, sitting):
        return Decision(state)
    if answer.slot_id != sitting.slot_id:
        return Decision(state)
    if isinstance(answer, RenewalRefused):
        refusal = RefusalFace(
            ground=answer.ground,
            at=answer.at,
            ticket=answer.ticket,
            waiting_since=answer.waiting_since,
            mercy=answer.mercy and kind is not RenewalKind.MERCY,
        )
        return Decision(state.but(renewing=None, renewal_refusal=refusal))
    pending = PendingTotal(total_seconds=answer.total_seconds, decided_by=Decider.HUB, kind=kind)
    return extend_to(state, sitting, pending)


def go_without_answer(state: State, command: RenewalUnanswered, moment: Moment) -> Decision:
    """Decide alone when the hub has not answered in time."""
    sitting = state.kept.sitting
    if sitting is None or state.renewing is None or command.ask.slot_id != sitting.slot_id:
        return Decision(state)
    if not _fits(command.ask.from_total_seconds, sitting):
        return Decision(state.but(renewing=None))
    return _decide_alone(state, sitting, state.renewing, moment)


def mercy_now(state: State, sitting: Sitting, ground: Ground, moment: Moment) -> Grant | Reason:
    """Say what the minutes of mercy would give after a refusal on this ground."""
    situation = state.kept.situation
    limits = limits_now(state, moment)
    if situation is None or isinstance(limits, Refusal):
        return Reason(ground)
    who = asker(state, sitting, moment)
    return take_mercy(rule_for(situation, sitting), moment.wall, who, limits, ground)


def extend_to(state: State, sitting: Sitting, pending: PendingTotal) -> Decision:
    """Keep the new total until the gate confirms it, and ask the gate."""
    return Decision(
        state.but(renewing=None).seating(pending=pending),
        effects=(ExtendGate(sitting.slot_id, pending.total_seconds),),
    )


def _ask(state: State, sitting: Sitting, kind: RenewalKind, moment: Moment) -> Decision:
    if state.contact is not Contact.LIVE:
        return _decide_alone(state, sitting, kind, moment)
    # An offer holds for those who press it, not for those who say nothing.
    shown = None if kind is RenewalKind.BY_ITSELF else state.offered_boot
    question = RenewSlot(
        slot_id=sitting.slot_id,
        from_total_seconds=sitting.total_seconds,
        kind=kind,
        offered_seconds_ago=None if shown is None else int(moment.boot - shown),
    )
    told = state.renewal_refusal if kind is RenewalKind.MERCY else None
    return Decision(state.but(renewing=kind, renewal_refusal=told), effects=(AskRenewal(question),))


def _decide_alone(state: State, sitting: Sitting, kind: RenewalKind, moment: Moment) -> Decision:
    """Apply the house's rule from what the station last knew."""
    if kind is RenewalKind.BY_ITSELF:
        found = _by_itself(state, sitting, moment)
        if isinstance(found, Reason) and found.ground is Ground.IDLE:
            # Nothing was asked, so nothing is refused: the slot simply ends.
            return Decision(state.but(renewing=None))
    else:
        found = ask(state, sitting, moment)
    if kind is RenewalKind.MERCY:
        told = state.renewal_refusal
        if told is not None:
            found = mercy_now(state, sitting, told.ground, moment)
        elif isinstance(found, Reason):
            found = mercy_now(state, sitting, found.ground, moment)
        else:
            # The refusal has fallen meanwhile: then there is more to be had than minutes of mercy.
            kind = RenewalKind.ASKED
    if isinstance(found, Reason):
        return Decision(state.but(renewing=None, renewal_refusal=refusal_face(state, found)))
    pending = PendingTotal(total_seconds=found.total_seconds, decided_by=Decider.STATION, kind=kind)
    return extend_to(state, sitting, pending)


def _by_itself(state: State, sitting: Sitting, moment: Moment) -> Grant | Reason:
    situation, limits = state.kept.situation, limits_now(state, moment)
    if situation is None or moment.quiet_seconds is None or isinstance(limits, Refusal):
        return Reason(Ground.IDLE)
    return renew_itself(
        rule_for(situation, sitting),
        moment.wall,
        asker(state, sitting, moment, offered=False),
        limits,
        answer_for(state, sitting, moment),
        AtWork(moment.quiet_seconds, situation.room.rule.idle_seconds, declined=sitting.declined),
    )


def _decline(state: State, sitting: Sitting, *, declined: bool) -> Decision:
    if sitting.declined is declined:
        return Decision(state)
    told = SlotDeclined(slot_id=sitting.slot_id, declined=declined)
    return Decision(state.seating(declined=declined), (told,), (TellHub(),))


def _may_ask(state: State, sitting: Sitting) -> bool:
    if sitting.opened_boot is None or sitting.ended_by_staff:
        return False
    if sitting.shortening is not None or sitting.workshop is not None or sitting.trial:
        return False
    return state.renewing is None and sitting.pending is None


def _fits(from_total_seconds: int, sitting: Sitting) -> bool:
    return from_total_seconds == sitting.total_seconds and sitting.pending is None
