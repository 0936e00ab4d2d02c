"""What follows a slot: its wipe, a failed start, and the gate waking up again."""

from dataclasses import replace

import pytest

from kiosk.gate.answer import Accepted, Answer, Refusal, Refused
from kiosk.gate.damage import Damage
from kiosk.gate.fact import (
    AwaySet,
    Body,
    ClockStepped,
    EndReason,
    Fact,
    GraceStarted,
    JournalDamaged,
    PowerLost,
    Proof,
    Quarantined,
    Readopted,
    ResidueReason,
    SlotEnded,
    SlotExtended,
    Wiped,
    WipeStarted,
)
from kiosk.gate.machine import Machine, Outcome
from kiosk.gate.phase import Idle, Quarantine, Wiping
from tests.gate.made import CAPS, DIRTY, A, B, at, bodies, ended, opened, replayed

# ------------------------------------------------------------------------------------ wipe


def test_an_audit_that_finds_nothing_frees_the_station() -> None:
    outcome = ended().take_audit(Proof(23, 5000), at(600.25))
    assert bodies(outcome) == [Wiped(A, 23, 5000, 0.25)]
    assert outcome.machine.phase == Idle()


def test_a_wipe_is_tried_again_before_the_station_closes() -> None:
    machine = ended().take_audit(DIRTY, at(601)).machine
    assert isinstance(machine.phase, Wiping)
    outcome = machine.take_audit(DIRTY, at(610))
    assert bodies(outcome) == [Quarantined(A, ResidueReason.FILES, 2)]
    assert isinstance(outcome.machine.phase, Quarantine)


def test_an_audit_outside_a_wipe_says_nothing() -> None:
    assert not opened().take_audit(DIRTY, at(1)).facts
    assert not Machine(CAPS).take_audit(Proof(0, 0), at(1)).facts


def quarantined() -> Machine:
    return ended().take_audit(DIRTY, at(610)).machine


def test_nobody_sits_in_a_quarantine() -> None:
    assert quarantined().open(B, 60, 0, at(700)).answer == Refused(Refusal.QUARANTINED)


def test_staff_try_the_wipe_of_a_quarantine_again() -> None:
    assert not quarantined().end(A, EndReason.FINISHED, at(700)).facts
    assert not quarantined().end(B, EndReason.STAFF, at(700)).facts
    outcome = quarantined().end(A, EndReason.STAFF, at(700))
    assert bodies(outcome) == [WipeStarted(A)]
    assert outcome.machine.take_audit(Proof(0, 2), at(701)).machine.phase == Idle()


# ------------------------------------------------------------------------------------ fail, wake


def test_a_session_that_cannot_be_given_ends_its_slot() -> None:
    outcome = opened().fail(A, at(0.5))
    assert bodies(outcome) == [SlotEnded(A, EndReason.FAULT, 0.5, 3599.5)]
    assert outcome.answer == Refused(Refusal.SESSION_FAILED)
    assert not outcome.machine.fail(A, at(1)).facts


def test_a_slot_of_this_boot_is_taken_back_and_has_counted_on() -> None:
    outcome = opened().wake(at(1800), at(600))
    assert bodies(outcome) == [Readopted(A, 1200.0)]
    assert outcome.machine.deadline == 1000.0 + 3600


def test_a_clock_set_while_the_gate_was_down_is_noted() -> None:
    outcome = opened().wake(at(1800, step=-3600), at(600))
    assert bodies(outcome) == [Readopted(A, 1200.0), ClockStepped(-3600.0)]


def test_a_slot_whose_time_passed_meanwhile_ends_now() -> None:
    outcome = opened().wake(at(9000), at(600))
    assert bodies(outcome) == [
        Readopted(A, 8400.0),
        GraceStarted(A, 120, 1000.0 + 3600, EndReason.TIME),
        SlotEnded(A, EndReason.TIME, 3600.0, 0.0),
    ]


def test_a_slot_of_another_boot_ends_with_what_was_left() -> None:
    outcome = opened().wake(at(5000, boot=2), at(1200))
    assert bodies(outcome) == [
        PowerLost(A, 3600, 1200.0, 2400.0, at(1200).wall),
        SlotEnded(A, EndReason.POWER_LOST, 1200.0, 2400.0),
    ]
    assert isinstance(outcome.machine.phase, Wiping)


@pytest.mark.parametrize("cause", [EndReason.TIME, EndReason.STAFF])
def test_a_grace_of_another_boot_was_over_before_the_power_went(cause: EndReason) -> None:
    machine = opened()
    if cause is EndReason.STAFF:
        machine = machine.end(A, EndReason.STAFF, at(600)).machine
    machine = machine.tick(at(650 if cause is EndReason.STAFF else 3600)).machine
    outcome = machine.wake(at(9000, boot=2), at(3610))
    used = 600.0 if cause is EndReason.STAFF else 3600.0
    assert bodies(outcome) == [SlotEnded(A, cause, used, 3600.0 - used)]


def test_a_wipe_that_was_interrupted_begins_again() -> None:
    outcome = ended().wake(at(9000), at(600))
    assert bodies(outcome) == [WipeStarted(A)]
    assert outcome.machine.phase == Wiping(A, 1000.0 + 9000)


def test_a_quarantine_outlives_the_gate_and_is_audited_once_more_after_a_reboot() -> None:
    assert not quarantined().wake(at(700), at(610)).facts
    assert bodies(quarantined().wake(at(700, boot=2), at(610))) == [WipeStarted(A)]


def test_an_idle_gate_comes_up_idle() -> None:
    outcome = Machine(CAPS).wake(at(0))
    assert not outcome.facts
    assert outcome.answer == Accepted(0)


def test_what_a_first_sweep_leaves_is_wiped_before_anybody_sits() -> None:
    outcome = Machine(CAPS).wake(at(0), swept=False)
    assert bodies(outcome) == [WipeStarted(None)]
    assert outcome.machine.take_audit(DIRTY, at(11)).machine.phase == Quarantine(
        None, ResidueReason.FILES, "boot-1"
    )


def test_staff_clean_a_quarantine_that_knows_no_slot() -> None:
    machine = Machine(CAPS).wake(at(0), swept=False).machine.take_audit(DIRTY, at(11)).machine
    outcome = machine.end(B, EndReason.STAFF, at(20))
    assert bodies(outcome) == [WipeStarted(None)]
    again = outcome.machine.end(B, EndReason.STAFF, at(21))
    assert again.answer == outcome.answer
    assert not again.facts
    assert outcome.machine.end(B, EndReason.FINISHED, at(21)).answer == Refused(Refusal.WIPING)


DAMAGE = Damage(kept_number=1, floor=9, set_aside_bytes=500)


@pytest.mark.parametrize(
    ("machine", "told"),
    [
        (Machine(CAPS), WipeStarted(None)),
        (opened(), SlotEnded(A, EndReason.FAULT, 700.0, 2900.0)),
        (ended(), WipeStarted(A)),
        (quarantined(), WipeStarted(A)),
    ],
)
def test_a_damaged_journal_comes_up_safe_and_gives_no_number_twice(
    machine: Machine, told: Body
) -> None:
    outcome = machine.wake(at(700), at(600), DAMAGE)
    assert bodies(outcome) == [JournalDamaged(1, 500), told]
    assert [fact.number for fact in outcome.facts] == [10, 11]


def test_a_damaged_journal_of_another_boot_still_tells_what_was_left() -> None:
    outcome = opened().wake(at(5000, boot=2), at(1200), DAMAGE)
    assert [type(body) for body in bodies(outcome)] == [JournalDamaged, PowerLost, SlotEnded]


# ------------------------------------------------------------------------------------ replay


def test_the_facts_told_again_make_the_same_machine() -> None:
    machine, facts = Machine(CAPS), list[Fact]()

    def take(outcome: Outcome) -> Answer:
        nonlocal machine
        machine = outcome.machine
        facts.extend(outcome.facts)
        assert replace(machine, seen=None) == replayed(facts)
        return outcome.answer

    take(machine.open(A, 3600, 120, at(0)))
    take(machine.extend_to(A, 4000, at(5)))
    take(machine.shorten_to(A, 3600, at(8)))
    take(machine.away(A, True, at(10)))
    take(machine.away(A, False, at(20)))
    take(machine.tick(at(3600)))
    take(machine.extend_to(A, 5400, at(3650)))
    take(machine.end(A, EndReason.STAFF, at(4000)))
    take(machine.tick(at(4120)))
    take(machine.take_audit(DIRTY, at(4140)))
    take(machine.end(A, EndReason.STAFF, at(4200)))
    take(machine.take_audit(Proof(1, 1), at(4201)))
    assert machine.phase == Idle()


def test_facts_whose_slot_was_forgotten_change_no_phase() -> None:
    moment = at(0)
    orphans: list[Body] = [
        SlotExtended(A, 60),
        GraceStarted(A, 10, 1.0, EndReason.TIME),
        AwaySet(A, True),
    ]
    facts = [Fact(number, moment, body) for number, body in enumerate(orphans, start=1)]
    assert replayed(facts).phase == Idle()
