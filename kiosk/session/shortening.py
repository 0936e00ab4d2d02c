"""A running slot that staff shorten for what they entered late: told at once, never sudden."""

import math

from kiosk.rules.boundary import NOTICE_SECONDS
from kiosk.rules.slot import Ground
from kiosk.session.effect import Effect, ShortenGate, TellHub
from kiosk.session.gatefact import GateSlotShortened
from kiosk.session.kept import Shortening, Sitting
from kiosk.session.moment import Moment
from kiosk.session.state import Decision, State, running
from kiosk.wire.command import ShortenSlot
from kiosk.wire.event import CommandAnswered, EventBody, Outcome, SlotShortened


def shorten(
    state: State, sitting: Sitting, command_id: str, wish: ShortenSlot, moment: Moment
) -> Decision:
    """Keep the smaller total until the gate confirms it; the notice counts from now.

    A longer total on its way to the gate comes first.
    """
    if sitting.grace_boot is not None or sitting.ended_by_staff:
        return _answer(state, command_id, Outcome.REFUSED, Ground.OVER)
    if sitting.shortening is not None:
        return _answer(state, command_id, Outcome.REFUSED, "busy")
    elapsed = running(sitting, moment).elapsed_seconds
    total = max(wish.total_seconds, math.ceil(elapsed) + NOTICE_SECONDS)
    coming = sitting.total_seconds if sitting.pending is None else sitting.pending.total_seconds
    if total >= coming:
        return _answer(state, command_id, Outcome.DONE)
    kept = Shortening(total_seconds=total, ground=wish.ground, at=wish.at, command_id=command_id)
    return ask_gate(state.seating(shortening=kept))


def ask_gate(state: State) -> Decision:
    """Ask the gate for the smaller total that is kept, unless a longer one is still on its way."""
    sitting = state.kept.sitting
    effects: tuple[Effect, ...] = ()
    if sitting is not None and sitting.shortening is not None and sitting.pending is None:
        effects = (ShortenGate(sitting.slot_id, sitting.shortening.total_seconds),)
    return Decision(state, effects=effects)


def take_shortened(state: State, fact: GateSlotShortened, moment: Moment) -> Decision:
    """Take the smaller total in; what was being asked for from the longer one is over."""
    sitting = state.kept.sitting
    if sitting is None or sitting.slot_id != fact.slot_id:
        return Decision(state)
    wish = sitting.shortening
    ends_at = moment.wall_in(fact.total_seconds - running(sitting, moment).elapsed_seconds)
    told: tuple[EventBody, ...] = (
        SlotShortened(slot_id=fact.slot_id, total_seconds=fact.total_seconds, ends_at=ends_at),
    )
    state = state.but(
        renewing=None, renewal_refusal=None, put_off=False, offered_boot=None, tried_total=None
    ).seating(total_seconds=fact.total_seconds, shortening=None, shortened=True)
    if wish is not None:
        state = state.seating(limit=wish.ground, limit_at=wish.at)
        told += (CommandAnswered(command_id=wish.command_id, outcome=Outcome.DONE),)
    return Decision(state, events=told, effects=(TellHub(),))


def leave_as_it_is(state: State, slot_id: str) -> Decision:
    """Tell the desk that the slot ends by itself in time, or is over."""
    sitting = state.kept.sitting
    if sitting is None or sitting.slot_id != slot_id or sitting.shortening is None:
        return Decision(state)
    told = _answer(
        state.seating(shortening=None),
        sitting.shortening.command_id,
        Outcome.REFUSED,
        Ground.OVER,
    )
    return told.then(Decision(told.state, effects=(TellHub(),)))


def _answer(state: State, command_id: str, outcome: Outcome, code: str | None = None) -> Decision:
    answered = CommandAnswered(command_id=command_id, outcome=outcome, code=code)
    return Decision(state, events=(answered,))
