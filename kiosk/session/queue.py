"""The waiting list at this seat: for whom it is held, whether tickets wait, tickets taken here."""

from datetime import timedelta

from msgspec.structs import replace

from kiosk.rules.guestpass import PASS_DIGITS
from kiosk.rules.ticket import COMING_BACK_SECONDS, TicketState
from kiosk.session.command import TicketAnswered, TicketUnanswered
from kiosk.session.effect import AskTicket, ChangeOwnTicket
from kiosk.session.kept import Sitting
from kiosk.session.moment import Moment
from kiosk.session.state import Decision, State
from kiosk.wire.face import (
    Contact,
    HeldFace,
    RefusalFace,
    TicketFace,
    TicketStage,
    TicketWished,
)
from kiosk.wire.station import StationSituation
from kiosk.wire.ticket import ChangeTicket, TakeTicket, TicketRefused, TicketTaken
from kiosk.wire.turn import TicketChangeWished
from kiosk.wire.waiting import TicketView


def held_for(situation: StationSituation) -> HeldFace | None:
    """Return for which ticket this seat is held, None if for none."""
    waiting, number = situation.waiting, situation.seat.number
    for ticket in () if waiting is None else waiting.tickets:
        if ticket.state is TicketState.CALLED and ticket.seat == number:
            return HeldFace(
                ticket=ticket.label,
                until=ticket.hold_until,
                hold_seconds=situation.room.rule.hold_seconds,
                coded=ticket.coded,
            )
    return None


def tickets_wait(situation: StationSituation, moment: Moment) -> bool:
    """Tell whether somebody waits for whom no seat is held yet."""
    return first_waiting(situation, moment) is not None


def first_waiting(situation: StationSituation, moment: Moment) -> str | None:
    """Return the label of the first ticket for which no seat is held yet, None if none waits."""
    tickets = () if situation.waiting is None else situation.waiting.tickets
    return next((ticket.label for ticket in tickets if _waits(ticket, moment)), None)


def ask_ticket(state: State, wish: TicketWished, moment: Moment) -> Decision:
    """Ask the hub for a ticket under an identifier of our own; only the hub keeps the list."""
    if state.ticket is not None and state.ticket.stage is TicketStage.ASKING:
        return Decision(state)
    if state.contact is not Contact.LIVE or state.kept.situation is None:
        return Decision(state.but(ticket=TicketFace(stage=TicketStage.NO_ANSWER)))
    asked = state.but(ticket=TicketFace(stage=TicketStage.ASKING), ticket_ask=moment.fresh_id)
    ask = TakeTicket(ask_id=moment.fresh_id, card=wish.card, guest_pass=_perhaps_a_pass(wish.card))
    return Decision(asked, effects=(AskTicket(ask),))


def can_take_turn(state: State, sitting: Sitting) -> bool:
    """Tell whether the visitor may take a ticket from their seat: a pass opens one session only."""
    alone = sitting.guest_pass is not None or sitting.workshop is not None or sitting.trial
    return state.contact is Contact.LIVE and sitting.opened_boot is not None and not alone


def ask_turn(state: State, moment: Moment) -> Decision:
    """Ask the hub for a ticket for whoever sits here."""
    sitting, shown = state.kept.sitting, state.ticket
    if sitting is None or not can_take_turn(state, sitting):
        return Decision(state)
    if shown is not None and shown.stage is TicketStage.ASKING:
        return Decision(state)
    asked = TicketFace(stage=TicketStage.ASKING, of_sitter=True)
    ask = TakeTicket(ask_id=moment.fresh_id, slot_id=sitting.slot_id)
    return Decision(state.but(ticket=asked, ticket_ask=moment.fresh_id), effects=(AskTicket(ask),))


def ask_change(state: State, wish: TicketChangeWished, moment: Moment) -> Decision:
    """Ask the hub to change the ticket that is shown."""
    shown = state.ticket
    if shown is None or shown.stage is TicketStage.ASKING:
        return Decision(state)
    if state.contact is not Contact.LIVE:
        return Decision(state.but(ticket=replace(shown, stage=TicketStage.NO_ANSWER)))
    asked = state.but(
        ticket=replace(shown, stage=TicketStage.ASKING, fault=None), ticket_ask=moment.fresh_id
    )
    ask = ChangeTicket(
        card=wish.card, guest_pass=_perhaps_a_pass(wish.card), act=wish.act, until=wish.until
    )
    return Decision(asked, effects=(ChangeOwnTicket(moment.fresh_id, ask),))


def take_ticket(state: State, command: TicketAnswered) -> Decision:
    """Show the ticket, or why there is none; an answer that nobody waits for is dropped."""
    if state.ticket_ask != command.ask_id:
        return Decision(state)
    answer = command.answer
    if isinstance(answer, TicketRefused):
        shown = _refused(state, answer)
    else:
        stage = TicketStage.TAKEN if isinstance(answer, TicketTaken) else TicketStage.CHANGED
        shown = _told(state, TicketFace(stage=stage, here=True), answer.ticket)
    of_sitter = state.ticket is not None and state.ticket.of_sitter
    return Decision(state.but(ticket=replace(shown, of_sitter=of_sitter), ticket_ask=None))


def miss_ticket(state: State, command: TicketUnanswered) -> Decision:
    """Say that no answer came; a ticket that was taken all the same is told at the next ask."""
    if state.ticket_ask != command.ask_id:
        return Decision(state)
    silent = TicketStage.NO_ANSWER
    shown = replace(state.ticket or TicketFace(stage=silent), stage=silent)
    return Decision(state.but(ticket=shown, ticket_ask=None))


def _perhaps_a_pass(number: str) -> str | None:
    """Return a number that has the digits of a guest pass: it may be one, if it is no card."""
    return number if len(number) == PASS_DIGITS else None


def _refused(state: State, answer: TicketRefused) -> TicketFace:
    if answer.unknown_card:
        return TicketFace(stage=TicketStage.UNKNOWN_CARD)
    ticket, refusal = answer.ticket, None
    if answer.ground is not None:
        refusal = RefusalFace(ground=answer.ground, minimum_age=answer.minimum_age)
    face = TicketFace(
        stage=TicketStage.REFUSED,
        refusal=refusal,
        fault=answer.fault,
        room_name=answer.room_name,
        here=not answer.elsewhere,
    )
    return face if ticket is None else _told(state, face, ticket)


def _told(state: State, face: TicketFace, ticket: TicketView) -> TicketFace:
    return replace(
        face,
        label=ticket.label,
        expected_at=ticket.expected_at,
        expected_seat=ticket.expected_seat,
        state=ticket.state,
        ahead=_ahead(state, ticket) if face.here else None,
        seat=ticket.seat,
        hold_until=ticket.hold_until,
        back_at=ticket.back_at,
    )


def _ahead(state: State, ticket: TicketView) -> int:
    """Return how many tickets stand before one; whatever was not told yet stands behind it."""
    situation = state.kept.situation
    waiting = None if situation is None else situation.waiting
    numbers = [] if waiting is None else [one.number for one in waiting.tickets]
    return numbers.index(ticket.number) if ticket.number in numbers else len(numbers)


def _waits(ticket: TicketView, moment: Moment) -> bool:
    if ticket.sits_until is not None:
        return False
    if ticket.state is TicketState.AWAY and ticket.back_at is not None:
        return ticket.back_at - moment.wall <= timedelta(seconds=COMING_BACK_SECONDS)
    return ticket.state is TicketState.WAITING
