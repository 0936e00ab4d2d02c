"""A wipe that left something: the seat is closed until the gate has proved another one.

The gate tries again by itself once, after a reboot; staff try again with *Nettoyer et rouvrir*.
Either way it is the gate's audit that opens the seat, never a word of the desk.
"""

from msgspec.structs import replace

from kiosk.rules.slot import Ground
from kiosk.session.effect import TellHub, WipeAgain
from kiosk.session.gatefact import GateQuarantined
from kiosk.session.kept import Residue
from kiosk.session.moment import Moment
from kiosk.session.state import Decision, State
from kiosk.wire.event import CommandAnswered, Outcome, OutOfOrderCleared, OutOfOrderSet
from kiosk.wire.face import RefusalFace

WIPE_REFUSED = "wipe_refused"
"""The gate would not even try; what a try has found goes by its own code."""


def take_quarantined(state: State, fact: GateQuarantined, moment: Moment) -> Decision:
    """Close the seat. Staff who had it cleaned again are told that it is not clean.

    What staff themselves closed it for stands, and outlives a wipe that they did not ask for.
    """
    before, closed_for = state.kept.residue, state.kept.out_of_order
    left = Residue(
        slot_id=fact.slot_id,
        reason=fact.reason,
        command_id=None if before is None else before.command_id,
    )
    state = state.but(
        goodbye=None, goodbye_until=None, refusal=RefusalFace(ground=Ground.OUT_OF_ORDER)
    ).keeping(residue=left)
    told = Decision(state, effects=(TellHub(),))
    if closed_for is None or (before is not None and closed_for == before.reason):
        state = state.keeping(out_of_order=fact.reason, out_of_order_since=moment.wall)
        told = Decision(state, (OutOfOrderSet(reason=fact.reason),), (TellHub(),))
    return told.then(stay_closed(state, fact.reason))


def take_wiped(state: State) -> Decision:
    """Open the seat that was closed for a residue; one that staff closed stays closed.

    Unless it is staff who had it cleaned: then it opens whatever it was closed for.
    """
    left = state.kept.residue
    if left is None:
        return Decision(state)
    state = state.keeping(residue=None)
    if left.command_id is None and state.kept.out_of_order != left.reason:
        return Decision(state)
    return reopen(state, left.command_id)


def reopen(state: State, command_id: str | None) -> Decision:
    """Take visitors again, and tell the staff whose command it was."""
    state = state.but(refusal=None).keeping(out_of_order=None, out_of_order_since=None)
    told = Decision(state, (OutOfOrderCleared(),), (TellHub(),))
    if command_id is None:
        return told
    return told.then(_answer(state, command_id, Outcome.DONE))


def wipe_again(state: State, left: Residue, command_id: str, moment: Moment) -> Decision:
    """Let the gate try again; the answer to the command waits for what its audit finds."""
    if left.command_id is not None:
        return _answer(state, command_id, Outcome.REFUSED, "busy")
    left = replace(left, command_id=command_id)
    return Decision(state.keeping(residue=left), effects=(_try(left, moment),))


def stay_closed(state: State, code: str) -> Decision:
    """Tell the staff who had the seat cleaned that it stays closed, and why."""
    left = state.kept.residue
    if left is None or left.command_id is None:
        return Decision(state)
    state = state.keeping(residue=replace(left, command_id=None))
    told = Decision(state, effects=(TellHub(),))
    return told.then(_answer(state, left.command_id, Outcome.REFUSED, code))


def take_up(state: State, moment: Moment) -> Decision:
    """Ask the gate once more, where the shell was killed between the command and its answer."""
    left = state.kept.residue
    if left is None or left.command_id is None:
        return Decision(state)
    return Decision(state, effects=(_try(left, moment),))


def _try(left: Residue, moment: Moment) -> WipeAgain:
    # Where the gate does not know whose it is, it takes any name.
    return WipeAgain(moment.fresh_id if left.slot_id is None else left.slot_id)


def _answer(state: State, command_id: str, outcome: Outcome, code: str | None = None) -> Decision:
    answered = CommandAnswered(command_id=command_id, outcome=outcome, code=code)
    return Decision(state, events=(answered,))
