"""From a card on the lock to an open slot."""

from datetime import timedelta

from msgspec.structs import replace

from kiosk.rules.slot import Ground
from kiosk.rules.throttle import Tries
from kiosk.session import workshop
from kiosk.session.absence import come_back
from kiosk.session.cardproof import make_proof
from kiosk.session.command import OpeningAnswered, OpeningUnanswered
from kiosk.session.effect import AskOpening, OpenGate, TellHub
from kiosk.session.interruption import resumes
from kiosk.session.kept import Sitting
from kiosk.session.moment import Moment
from kiosk.session.state import Decision, State, takes_visitors
from kiosk.wire.event import OpeningGivenUp
from kiosk.wire.face import Contact, RefusalFace, SignInAsked
from kiosk.wire.station import OpenSlot, SlotGranted, SlotRefused


def ask_to_sit(state: State, wish: SignInAsked, moment: Moment) -> Decision:
    """Ask the hub for a slot under an identifier of our own, or say at once why not."""
    sitting = state.kept.sitting
    if sitting is not None and sitting.locked is not None:
        return come_back(state, sitting, wish, moment)
    if sitting is not None or state.opening is not None:
        return Decision(state)
    if not takes_visitors(state):
        return Decision(state.but(refusal=RefusalFace(ground=Ground.OUT_OF_ORDER)))
    if state.contact is not Contact.LIVE or state.kept.situation is None:
        return Decision(state.but(refusal=RefusalFace(ground=Ground.NO_ANSWER)))
    before = resumes(state, wish, moment)
    ask = OpenSlot(slot_id=moment.fresh_id, card=wish.card, pin=wish.pin, resumes=before)
    proof = make_proof(ask.slot_id, wish.card, wish.pin)
    asked = state.but(
        opening=ask.slot_id, opening_proof=proof, opening_resumes=before, refusal=None
    )
    return Decision(
        asked.but(goodbye=None, goodbye_until=None),
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
        refused = state.but(opening=None, opening_proof=None)
        return Decision(refused.but(refusal=_refusal(answer, moment)))
    sitting = replace(_sitting(answer), proof=state.opening_proof, resumes=state.opening_resumes)
    granted = state.but(opening=None, opening_proof=None, refusal=None, renewal_refusal=None)
    return Decision(
        granted.but(answered_boot=None, unlock_tries=Tries()).keeping(sitting=sitting),
        effects=(OpenGate(sitting.slot_id, sitting.total_seconds, sitting.grace_seconds),),
    )


def give_up(state: State, command: OpeningUnanswered) -> Decision:
    """Tell the hub that a slot it may have granted will not open here."""
    if command.slot_id != state.opening:
        return Decision(state)
    return Decision(
        state.but(opening=None, opening_proof=None, refusal=RefusalFace(ground=Ground.NO_ANSWER)),
        events=(OpeningGivenUp(slot_id=command.slot_id),),
        effects=(TellHub(),),
    )


def gate_would_not_open(state: State, slot_id: str) -> Decision:
    """Give the slot back when the gate refuses to open it."""
    sitting = state.kept.sitting
    if sitting is None or sitting.slot_id != slot_id or sitting.opened_boot is not None:
        return Decision(state)
    told = workshop.refused(workshop.asked_by(sitting), Ground.FAULT)
    return Decision(
        state.but(refusal=RefusalFace(ground=Ground.FAULT)).keeping(sitting=None),
        events=(OpeningGivenUp(slot_id=slot_id), *told),
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
        time=answer.time,
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
        minimum_age=answer.minimum_age,
    )
