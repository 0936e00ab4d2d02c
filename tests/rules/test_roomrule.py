"""Limits as they are typed: every fault beside its field, and none for what a house may want."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.rules.roomrule import BOUNDS, Limits, RuleFault, RuleFaultKind, RuleField, faults_of
from kiosk.rules.slot import LONGEST_SECONDS

USUAL = Limits()


def with_one(limits: Limits, field: RuleField, value: int) -> Limits:
    changed: dict[str, Any] = {field.value: value}
    return replace(limits, **changed)


def test_the_limits_of_the_house_and_of_two_hours_make_sense() -> None:
    assert faults_of(USUAL) == ()
    assert faults_of(replace(USUAL, slot_seconds=7200, letter="J", resume_seconds=0)) == ()


@pytest.mark.parametrize("field", BOUNDS)
def test_each_limit_has_a_least_and_a_most(field: RuleField) -> None:
    least, most = BOUNDS[field]
    wide = Limits(slot_seconds=8 * 3600, shortest_slot_seconds=60)
    for inside in (least, most):
        assert faults_of(with_one(wide, field, inside)) == ()
    assert faults_of(with_one(wide, field, least - 1)) == (
        RuleFault(RuleFaultKind.TOO_LITTLE, field),
    )
    assert faults_of(with_one(wide, field, most + 1)) == (RuleFault(RuleFaultKind.TOO_MUCH, field),)


def test_no_slot_is_longer_than_a_message_can_tell_even_with_twice_the_time() -> None:
    assert 2 * BOUNDS[RuleField.SLOT][1] <= LONGEST_SECONDS


def test_the_shortest_slot_is_no_longer_than_a_slot_nor_than_a_day() -> None:
    assert faults_of(replace(USUAL, slot_seconds=600, shortest_slot_seconds=900)) == (
        RuleFault(RuleFaultKind.ABOVE_SLOT, RuleField.SHORTEST_SLOT),
    )
    assert faults_of(replace(USUAL, daily_seconds=600, shortest_slot_seconds=900)) == (
        RuleFault(RuleFaultKind.BELOW_SHORTEST, RuleField.DAILY),
    )
    assert faults_of(replace(USUAL, daily_seconds=900, shortest_slot_seconds=900)) == ()


@pytest.mark.parametrize("letter", ["", "a", "AB", "1", "É", "A\n"])
def test_a_ticket_begins_with_one_plain_letter(letter: str) -> None:
    assert faults_of(replace(USUAL, letter=letter)) == (
        RuleFault(RuleFaultKind.NO_LETTER, RuleField.LETTER),
    )


@given(st.fixed_dictionaries({field.value: st.integers() for field in BOUNDS}))
def test_whatever_has_no_fault_can_be_lived_with(typed: dict[str, Any]) -> None:
    limits = replace(USUAL, **typed)
    if not faults_of(limits):
        assert limits.shortest_slot_seconds <= limits.slot_seconds
        assert all(low <= getattr(limits, one) <= high for one, (low, high) in BOUNDS.items())
