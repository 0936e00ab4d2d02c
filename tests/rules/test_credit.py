"""Amounts are whole cents, and a hold goes one way."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.rules.credit import (
    LARGEST_TOP_UP_CENTS,
    OPEN_STATES,
    AmountFault,
    HoldState,
    HoldStep,
    read_amount,
    step_hold,
)


@pytest.mark.parametrize(
    ("typed", "cents"),
    [
        ("5", 500), ("12,5", 1250), ("12.50", 1250), ("0,05", 5), (" 10,00 € ", 1000),
        ("1\u202f50", 15000), ("7,", 700),
    ],
)  # fmt: skip
def test_an_amount_is_read_as_people_type_it(typed: str, cents: int) -> None:
    assert read_amount(typed) == cents


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ("", AmountFault.NO_NUMBER), ("cinq", AmountFault.NO_NUMBER),
        ("1,2,3", AmountFault.NO_NUMBER),
        ("5e3", AmountFault.NO_NUMBER), ("\u0665", AmountFault.NO_NUMBER),
        (",50", AmountFault.NO_NUMBER),
        ("-5", AmountFault.NEGATIVE), ("1,005", AmountFault.TOO_FINE), ("0", AmountFault.ZERO),
        ("0,00", AmountFault.ZERO), ("200,01", AmountFault.TOO_LARGE),
        ("9" * 400, AmountFault.TOO_LARGE), ("123456789,00", AmountFault.TOO_LARGE),
    ],
)  # fmt: skip
def test_what_is_no_amount_is_refused_with_its_reason(typed: str, fault: AmountFault) -> None:
    assert read_amount(typed) is fault


@given(st.integers(1, LARGEST_TOP_UP_CENTS))
def test_every_amount_is_read_back_as_it_is_written(cents: int) -> None:
    assert read_amount(f"{cents // 100},{cents % 100:02d}") == cents


@given(st.text(max_size=30))
def test_no_text_breaks_the_reading_of_amounts(typed: str) -> None:
    found = read_amount(typed)
    assert isinstance(found, AmountFault) or 0 < found <= LARGEST_TOP_UP_CENTS


def test_a_hold_is_sent_before_it_is_settled_and_settled_once() -> None:
    assert step_hold(HoldState.AUTHORISED, HoldStep.SEND) is HoldState.SENDING
    assert step_hold(HoldState.AUTHORISED, HoldStep.SETTLE, 10) is None
    assert step_hold(HoldState.SENDING, HoldStep.SETTLE, 10) is HoldState.SETTLED
    assert step_hold(HoldState.SENDING, HoldStep.SETTLE, 0) is HoldState.RELEASED
    assert step_hold(HoldState.SENDING, HoldStep.RELEASE) is None
    assert step_hold(HoldState.SENDING, HoldStep.DOUBT) is HoldState.DOUBTFUL
    assert step_hold(HoldState.DOUBTFUL, HoldStep.SETTLE, 10) is HoldState.SETTLED


@pytest.mark.parametrize("state", set(HoldState) - OPEN_STATES)
@pytest.mark.parametrize("step", HoldStep)
def test_a_hold_that_is_over_takes_no_step(state: HoldState, step: HoldStep) -> None:
    assert step_hold(state, step, 10) is None
