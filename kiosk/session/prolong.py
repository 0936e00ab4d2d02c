"""From *Prolonger* to a new total: the hub decides, or the station alone when the hub is away."""

from kiosk.rules.slot import Ground, Refusal, renew
from kiosk.session.command import RenewalAnswered, RenewalUnanswered
from kiosk.session.effect import AskRenewal, ExtendGate
from kiosk.session.kept import PendingTotal, Sitting
from kiosk.session.moment import Moment
from kiosk.session.state import Decision, State, boundaries, running
from kiosk.wire.event import Decider
from kiosk.wire.face import Contact, RefusalFace
from kiosk.wire.station import RenewalRefused, RenewSlot


def ask_to_renew(state: State, moment: Moment) -> Decision:
    """Ask the hub under the present total, or decide at once without it."""
    sitting = state.kept.sitting
    if sitting is None or sitting.opened_boot is None or state.renewing:
        return Decision(state)
    if sitting.pending is not None or sitting.ended_by_staff:
        return Decision(state)
    if state.contact is not Contact.LIVE:
        return decide_alone(state, sitting, moment)
    ask = RenewSlot(slot_id=sitting.slot_id, from_total_seconds=sitting.total_seconds)
    return Decision(state.but(renewing=True, renewal_refusal=None), effects=(AskRenewal(ask),))


def take_answer(state: State, command: RenewalAnswered) -> Decision:
    """Extend, or show why not. An answer to an older total is dropped."""
    answer, sitting = command.answer, state.kept.sitting
    if sitting is None or not state.renewing or not _fits(answer.from_total_seconds, sitting):
        return Decision(state)
    if answer.slot_id != sitting.slot_id:
        return Decision(state)
    if isinstance(answer, RenewalRefused):
        refusal = RefusalFace(ground=answer.ground, at=answer.at)
        return Decision(state.but(renewing=False, renewal_refusal=refusal))
    return extend_to(
        state, sitting, PendingTotal(total_seconds=answer.total_seconds, decided_by=Decider.HUB)
    )


def go_without_answer(state: State, command: RenewalUnanswered, moment: Moment) -> Decision:
    """Decide alone when the hub has not answered in time."""
    sitting = state.kept.sitting
    if sitting is None or not state.renewing or command.ask.slot_id != sitting.slot_id:
        return Decision(state)
    if not _fits(command.ask.from_total_seconds, sitting):
        return Decision(state.but(renewing=False))
    return decide_alone(state, sitting, moment)


def decide_alone(state: State, sitting: Sitting, moment: Moment) -> Decision:
    """Apply the house's rule from what the station last knew."""
    if state.kept.situation is None:
        refusal = RefusalFace(ground=Ground.NO_ANSWER)
        return Decision(state.but(renewing=False, renewal_refusal=refusal))
    rule = state.kept.situation.room.rule.as_rule()
    found = renew(
        rule,
        moment.wall,
        running(sitting, moment),
        boundaries(state, moment),
        sitting.used_today_seconds,
    )
    if isinstance(found, Refusal):
        refusal = RefusalFace(ground=found.ground, at=found.at)
        return Decision(state.but(renewing=False, renewal_refusal=refusal))
    pending = PendingTotal(total_seconds=found.total_seconds, decided_by=Decider.STATION)
    return extend_to(state, sitting, pending)


def extend_to(state: State, sitting: Sitting, pending: PendingTotal) -> Decision:
    """Keep the new total until the gate confirms it, and ask the gate."""
    return Decision(
        state.but(renewing=False, renewal_refusal=None).seating(pending=pending),
        effects=(ExtendGate(sitting.slot_id, pending.total_seconds),),
    )


def _fits(from_total_seconds: int, sitting: Sitting) -> bool:
    return from_total_seconds == sitting.total_seconds and sitting.pending is None
