"""Numbers and codes that the hub makes: whole, hard to guess, and never what is tried first."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from admin_console.hub.service.newcard import (
    CARD_DIGITS,
    CARD_PREFIX,
    PIN_DIGITS,
    check_digit,
    is_weak,
    make_card,
    make_pin,
)
from tests.helpers.hubhouse import Dice


@given(seed=st.integers(0, 2**32))
def test_a_made_number_is_a_card_that_a_scanner_takes(seed: int) -> None:
    card = make_card(Dice(seed))

    assert len(card) == CARD_DIGITS
    assert card.startswith(CARD_PREFIX)
    assert card[-1] == check_digit(card[:-1])


@given(seed=st.integers(0, 2**32), place=st.integers(0, CARD_DIGITS - 1), step=st.integers(1, 9))
def test_one_wrong_digit_is_no_other_card(seed: int, place: int, step: int) -> None:
    card = make_card(Dice(seed))
    typed = card[:place] + str((int(card[place]) + step) % 10) + card[place + 1 :]

    assert typed[-1] != check_digit(typed[:-1])


def test_the_check_digit_is_that_of_the_cards_in_use() -> None:
    assert check_digit("2048114424003") == "1"
    assert check_digit("2048104340666") == "7"


@given(seed=st.integers(0, 2**32))
def test_a_made_code_is_never_weak(seed: int) -> None:
    pin = make_pin(Dice(seed))

    assert len(pin) == PIN_DIGITS
    assert pin.isdigit()
    assert not is_weak(pin)


@pytest.mark.parametrize("pin", ["0000", "1111", "1234", "4321", "1212", "1122", "1957", "2024"])
def test_what_is_tried_first_is_weak(pin: str) -> None:
    assert is_weak(pin)


def test_most_codes_are_left() -> None:
    assert sum(not is_weak(f"{number:04d}") for number in range(10_000)) > 9_000


def test_every_strong_code_is_as_likely_as_any_other() -> None:
    """What would lie above the last whole turn is drawn again."""
    drawn = iter([b"\xff\xff", b"\x00\x00", b"\x24\xb8"])

    assert make_pin(lambda _count: next(drawn)) == "9400"
