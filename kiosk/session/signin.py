"""From a card or a guest pass on the lock to an open slot."""

from dataclasses import replace as changed
from datetime import timedelta

from msgspec.structs import replace

from kiosk.rules.knowncard import card_lookup
from kiosk.rules.slot import Ground
from kiosk.session import alone, passentry, workshop
from kiosk.session.absence import come_back
from kiosk.session.cardproof import make_proof
from kiosk.session.command import OpeningAnswered, OpeningUnanswered
from kiosk.session.effect import AskOpening, AskPass, TellHub
from kiosk.session.interruption import resumes
from kiosk.session.kept import Sitting
from kiosk.session.moment import Moment
from kiosk.session.seating import seat
from kiosk.session.state import Decision, Opening, State, takes_visitors
from kiosk.wire.event import OpeningGivenUp
from kiosk.wire.face import Contact, PassTyped, RefusalFace, SignInAsked
from kiosk.wire.provision import OpenByPass
from kiosk.wire.station import OpenSlot, SlotGranted, SlotRefused


def ask_to_sit(state: State, wish: SignInAsked, moment: Moment) -> Decision:
    """Ask for a slot under an identifier of our own, or say at once why not."""
    # Whoever gives no code has an empty one: the proof of the card alone.
    sitting, pin = state.kept.sitting, wish.pin or ""
    if sitting is not None and sitting.locked is not None:
        return come_back(state, sitting, wish.card, pin, moment)
    refused = _not_now(state)
    if refused is not None:
        return refused
    opening = changed(_opening(state, wish.card, pin, moment), by_card=not pin)
    if state.provisions is not None:
        opening = changed(opening, lookup=card_lookup(state.provisions.room_key, wish.card))
    ask = OpenSlot(
        slot_id=opening.slot_id,
        card=wish.card,
        pin=wish.pin,
        resumes=opening.resumes,
        ticket_code=wish.ticket_code,
    )
    return _ask(state, opening, ask, moment)


def ask_by_pass(state: State, wish: PassTyped, moment: Moment) -> Decision:
    """The same by a guest pass, which has no code beside its digits."""
    sitting = state.kept.sitting
    if sitting is not None and sitting.locked is not None:
        return come_back(state, sitting, wish.digits, "", moment)
    refused = _not_now(state)
    if refused is not None:
        return refused
    opening = _opening(state, wish.digits, "", moment)
    opening = changed(opening, guest_pass=passentry.known_pass(state, wish.digits, moment))
    ask = OpenByPass(
        slot_id=opening.slot_id,
        digits=wish.digits,
        resumes=opening.resumes,
        ticket_code=wish.ticket_code,
    )
    return _ask(state, opening, ask, moment)


def take_answer(state: State, command: OpeningAnswered, moment: Moment) -> Decision:
    """Open the gate for a granted slot; show a refusal. An answer nobody waits for is dropped."""
    answer, opening = command.answer, state.opening
    if opening is None or answer.slot_id != opening.slot_id:
        return Decision(state)
    if isinstance(answer, SlotRefused):
        return Decision(state.but(opening=None, refusal=_refusal(answer, moment)))
    sitting = replace(
        _sitting(answer),
        proof=opening.proof,
        resumes=opening.resumes,
        lookup=opening.lookup,
        guest_pass=opening.guest_pass,
        by_card=opening.by_card,
    )
    return seat(state, _keep_taken(state, sitting))


def go_without_answer(state: State, command: OpeningUnanswered, moment: Moment) -> Decision:
    """Decide alone, under the same identifier, when the hub has not answered in time."""
    opening = state.opening
    if opening is None or command.ask.slot_id != opening.slot_id:
        return Decision(state)
    return _decide_alone(state, opening, command.ask, moment)


def gate_would_not_open(state: State, slot_id: str) -> Decision:
    """Give the slot back when the gate refuses to open it, and a pass its use."""
    sitting = state.kept.sitting
    if sitting is None or sitting.slot_id != slot_id or sitting.opened_boot is not None:
        return Decision(state)
    told = workshop.refused(workshop.asked_by(sitting), Ground.FAULT)
    # What goes on after a power cut has used its pass before.
    unused = None if sitting.resumes else sitting.guest_pass
    passes = tuple(use for use in state.kept.passes if use != unused)
    return Decision(
        state.but(refusal=RefusalFace(ground=Ground.FAULT)).keeping(sitting=None, passes=passes),
        events=(OpeningGivenUp(slot_id=slot_id), *told),
        effects=(TellHub(),),
    )


def _not_now(state: State) -> Decision | None:
    """Return what follows where nobody can sit down now, None where a slot may be asked for."""
    if state.kept.sitting is not None or state.opening is not None:
        return Decision(state)
    if not takes_visitors(state):
        return Decision(state.but(refusal=RefusalFace(ground=Ground.OUT_OF_ORDER)))
    if state.kept.situation is None:
        return Decision(state.but(refusal=RefusalFace(ground=Ground.NO_ANSWER)))
    return None


def _opening(state: State, card: str, pin: str, moment: Moment) -> Opening:
    return Opening(
        slot_id=moment.fresh_id,
        proof=make_proof(moment.fresh_id, card, pin),
        resumes=resumes(state, card, pin, moment),
        asked_hub=state.contact is Contact.LIVE,
    )


def _ask(state: State, opening: Opening, ask: OpenSlot | OpenByPass, moment: Moment) -> Decision:
    asked = state.but(opening=opening, refusal=None, goodbye=None, goodbye_until=None)
    if not opening.asked_hub:
        return _decide_alone(asked, opening, ask, moment)
    effect = AskOpening(ask) if isinstance(ask, OpenSlot) else AskPass(ask)
    return Decision(asked, effects=(effect, TellHub()))


def _decide_alone(
    state: State, opening: Opening, ask: OpenSlot | OpenByPass, moment: Moment
) -> Decision:
    if isinstance(ask, OpenSlot):
        return alone.open_for_card(state, opening, ask, moment)
    return passentry.open_for_pass(state, opening, ask, moment)


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
        first_use=answer.first_use,
        trial_seconds=answer.trial_seconds,
        renewals=answer.renewals,
        mercy_taken=answer.mercy,
        profile=answer.profile,
    )


def _keep_taken(state: State, sitting: Sitting) -> Sitting:
    """Count what was taken before a power cut, also what the hub has not been told yet."""
    cut = state.kept.cut
    if cut is None or cut.slot_id != sitting.resumes:
        return sitting
    return replace(
        sitting,
        renewals=max(sitting.renewals, cut.renewals),
        mercy_taken=sitting.mercy_taken or cut.mercy_taken,
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
