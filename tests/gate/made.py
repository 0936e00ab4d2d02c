"""Moments and machines that the tests of the machine share."""

from collections.abc import Iterable
from datetime import timedelta

from kiosk.gate.clock import Instant
from kiosk.gate.fact import (
    Body,
    EndReason,
    Fact,
    Residue,
    ResidueReason,
)
from kiosk.gate.machine import Caps, Machine, Outcome
from tests.gate.fake import slot_id
from tests.helpers.clock import START

A, B = slot_id(1), slot_id(2)
DIRTY = Residue(ResidueReason.FILES, 2)
CAPS = Caps(max_total_seconds=7200, max_grace_seconds=300)


def at(seconds: float, *, boot: int = 1, step: float = 0.0) -> Instant:
    """The moment `seconds` after the tests begin; `step` is what was done to the wall clock."""
    return Instant(f"boot-{boot}", 1000.0 + seconds, START + timedelta(seconds=seconds + step))


def bodies(outcome: Outcome) -> list[Body]:
    return [fact.body for fact in outcome.facts]


def opened(seconds: int = 3600, grace: int = 120) -> Machine:
    return Machine(CAPS).open(A, seconds, grace, at(0)).machine


def ended() -> Machine:
    return opened().end(A, EndReason.FINISHED, at(600)).machine


def replayed(facts: Iterable[Fact], caps: Caps = CAPS) -> Machine:
    machine = Machine(caps)
    for fact in facts:
        machine = machine.after(fact)
    return machine
