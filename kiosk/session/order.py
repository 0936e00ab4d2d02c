"""What the desk's commands do: each is applied once, to its own slot, in its 60 seconds."""

from kiosk.rules.slot import Ground
from kiosk.session import residue, shortening, workshop
from kiosk.session.effect import EndGate, TellHub
from kiosk.session.kept import PendingTotal, Sitting
from kiosk.session.moment import Moment
from kiosk.session.prolong import extend_to
from kiosk.session.state import Decision, State
from kiosk.wire.command import (
    AnswerHelp,
    ClearOutOfOrder,
    Command,
    EndSlot,
    ExtendSlot,
    Identify,
    OpenWorkshop,
    SetOutOfOrder,
    ShortenSlot,
    ShowMessage,
)
from kiosk.wire.event import (
    CommandAnswered,
    CommandReceived,
    Decider,
    EndReason,
    Outcome,
    OutOfOrderSet,
)
from kiosk.wire.face import HelpStage, MessageFace

IDENTIFY_SECONDS = 10
COMMANDS_REMEMBERED = 100


def obey(state: State, command: Command, moment: Moment) -> Decision:
    """Take a command in, once."""
    if command.command_id in state.kept.commands:
        return Decision(state)
    remembered = (*state.kept.commands, command.command_id)[-COMMANDS_REMEMBERED:]
    received = Decision(
        state.keeping(commands=remembered),
        events=(CommandReceived(command_id=command.command_id),),
        effects=(TellHub(),),
    )
    return received.then(_apply(received.state, command, moment))


def _apply(state: State, command: Command, moment: Moment) -> Decision:
    if moment.wall > command.expires_at:
        return _answer(state, command, Outcome.EXPIRED)
    sitting = state.kept.sitting
    if command.slot_id is not None and (sitting is None or sitting.slot_id != command.slot_id):
        return _answer(state, command, Outcome.REFUSED, Ground.OVER)
    match command.body:
        case ShowMessage() | ExtendSlot() | ShortenSlot() | EndSlot():
            if sitting is None or sitting.opened_boot is None:
                return _answer(state, command, Outcome.REFUSED, Ground.OVER)
            return _to_the_sitting(state, sitting, command, moment)
        case OpenWorkshop() as body:
            return workshop.open_seat(state, command.command_id, body, moment)
        case SetOutOfOrder(reason=reason):
            state = state.keeping(out_of_order=reason, out_of_order_since=moment.wall)
            told = Decision(state, events=(OutOfOrderSet(reason=reason),))
            return told.then(_answer(state, command, Outcome.DONE))
        case ClearOutOfOrder():
            if state.kept.residue is not None:
                return residue.wipe_again(state, state.kept.residue, command.command_id, moment)
            return residue.reopen(state, command.command_id)
        case Identify():
            state = state.but(identify_until=moment.boot + IDENTIFY_SECONDS)
            return _answer(state, command, Outcome.DONE)
        case AnswerHelp():  # pragma: no branch
            return _answer(state.but(help_stage=HelpStage.COMING), command, Outcome.DONE)


def _to_the_sitting(state: State, sitting: Sitting, command: Command, moment: Moment) -> Decision:
    match command.body:
        case ShowMessage(text=text):
            earlier = Decision(state)
            if sitting.message is not None:
                earlier = Decision(state, events=(_done(sitting.message.command_id),))
            message = MessageFace(command_id=command.command_id, text=text)
            return earlier.then(Decision(state.seating(message=message)))
        case ExtendSlot(total_seconds=total):
            if sitting.ended_by_staff:
                return _answer(state, command, Outcome.REFUSED, Ground.OVER)
            if sitting.trial:
                return _answer(state, command, Outcome.REFUSED, Ground.TRIAL)
            if sitting.pending is not None or sitting.shortening is not None:
                return _answer(state, command, Outcome.REFUSED, "busy")
            if total <= sitting.total_seconds:
                return _answer(state, command, Outcome.DONE)
            return extend_to(
                state,
                sitting,
                PendingTotal(
                    total_seconds=total, decided_by=Decider.HUB, command_id=command.command_id
                ),
            )
        case ShortenSlot() as body:
            return shortening.shorten(state, sitting, command.command_id, body, moment)
        case _:
            if sitting.ended_by_staff:
                # The grace runs already; the gate has nothing new to tell.
                return _answer(state, command, Outcome.DONE)
            state = state.seating(ended_by_staff=True, end_command=command.command_id)
            effects = (EndGate(sitting.slot_id, EndReason.STAFF),)
            return Decision(state, effects=effects)


def _answer(state: State, command: Command, outcome: Outcome, code: str | None = None) -> Decision:
    answered = CommandAnswered(command_id=command.command_id, outcome=outcome, code=code)
    return Decision(state, events=(answered,))


def _done(command_id: str) -> CommandAnswered:
    return CommandAnswered(command_id=command_id, outcome=Outcome.DONE)
