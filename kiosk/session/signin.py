"""From a card on the lock to an open slot."""

from datetime import timedelta

from kiosk.rules.slot import Ground
from kiosk.session.command import OpeningAnswered, OpeningUnanswered
from kiosk.session.effect import AskOpening, OpenGate, TellHub
from kiosk.session.kept import Sitting
from kiosk.session.moment import Moment
from kiosk.session.state import Decision, State, takes_visitors
from kiosk.wire.event import OpeningGivenUp
from kiosk.wire.face import Contact, RefusalFace, SignInAsked
from kiosk.wire.station import OpenSlot, SlotGranted, SlotRefused


def ask_to_sit(state: State, wish: SignInAsked, moment: Moment) -> Decision:
    """Ask the hub for a slot under an identifier of our own, or say at once why not."""
    if state.kept.sitting is not None or state.opening is not None:
        return Decision(state)
    if not takes_visitors(state):
        return Decision(state.but(refusal=RefusalFace(ground=Ground.OUT_OF_ORDER)))
    if state.contact is not Contact.LIVE or state.kept.situation is None:
        return Decision(state.but(refusal=RefusalFace(ground=Ground.NO_ANSWER)))
    ask = OpenSlot(slot_id=moment.fresh_id, card=wish.card, pin=wish.pin)
    return Decision(
        state.but(opening=ask.slot_id, refusal=None, goodbye=None, goodbye_until=None),
        effects=(AskOpening(ask), TellHub()),
    )


def take_answer(state: State, command: OpeningAnswered, moment: Moment) -> Decision:
    """Open the gate for a granted slot; show a refusal. An answer nobody waits for is dropped.

    The slot of a late grant was already given up, and the hub was told so.
    """
    answer = command.answer
    if answer.slot_id != state.opening:
        return Decision(state)
    if isinstance(answer, SlotRefused):
        return Decision(state.but(opening=None, refusal=_refusal(answer, moment)))
    sitting = _sitting(answer)
    return Decision(
        state.but(opening=None, refusal=None, renewal_refusal=None).keeping(sitting=sitting),
        effects=(OpenGate(sitting.slot_id, sitting.total_seconds, sitting.grace_seconds),),
    )


def give_up(state: State, command: OpeningUnanswered) -> Decision:
    """Tell the hub that a slot it may have granted will not open here."""
    if command.slot_id != state.opening:
        return Decision(state)
    return Decision(
        state.but(opening=None, refusal=RefusalFace(ground=Ground.NO_ANSWER)),
        events=(OpeningGivenUp(slot_id=command.slot_id),),
        effects=(TellHub(),),
    )


def gate_would_not_open(state: State, slot_id: str) -> Decision:
    """Give the slot back when the gate refuses to open it."""
    sitting = state.kept.sitting
    if sitting is None or sitting.slot_id != slot_id or sitting.opened_boot is not None:
        return Decision(state)
    return Decision(
        state.but(refusal=RefusalFace(ground=Ground.FAULT)).keeping(sitting=None),
        events=(OpeningGivenUp(slot_id=slot_id),),
        effects=(TellHub(),),
    )


def _sitting(answer: SlotGranted) -> Sitting:
    return Sitting(
        slot_id=answer.slot_id,
        first_name=answer.first_name,
        total_seconds=answer.total_seconds,
        grace_seconds=answer.grace_seconds,
        used_today_seconds=answer.used_today_seconds,
        limit=answer.limit,
        limit_at=answer.limit_at,
    )


def _refusal(answer: SlotRefused, moment: Moment) -> RefusalFace:
    retry_at = None
    if answer.retry_seconds:
        retry_at = moment.wall + timedelta(seconds=answer.retry_seconds)
    return RefusalFace(
        ground=answer.ground,
        at=answer.at,
        tries_left=answer.tries_left,
        retry_at=retry_at,
        seat_number=answer.seat_number,
        room_name=answer.room_name,
        ticket=answer.ticket,
    )
