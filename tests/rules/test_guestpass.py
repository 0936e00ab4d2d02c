"""Guest passes: ten digits, one day, and few guesses."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.rules.guestpass import (
    DURATIONS,
    PASS_TRIES,
    PassAccepted,
    PassFault,
    PassInvalid,
    PassRefused,
    Use,
    check_pass,
    make_pass,
    print_pass,
)
from kiosk.rules.throttle import Tries, after_failure, wait_seconds

TODAY = date(2026, 10, 14)
NOW = datetime(2026, 10, 14, 12, 0, tzinfo=UTC)
KEYS = {TODAY + timedelta(days=offset): bytes([offset] * 32) for offset in range(7)}
HOUR = Use(TODAY, 4, 821)


def passed(use: Use = HOUR) -> str:
    return make_pass(KEYS[use.day], use)


def test_a_pass_of_today_opens_a_slot_of_its_duration() -> None:
    assert check_pass(passed(), KEYS, (TODAY,), ()) == PassAccepted(HOUR, 3600)
    own = Use(TODAY, 0, 7)
    assert check_pass(passed(own), KEYS, (TODAY,), ()) == PassAccepted(own, None)


def test_a_pass_reads_aloud_in_four_groups() -> None:
    digits = passed()
    shown = print_pass(digits)
    assert [len(group) for group in shown.split()] == [2, 3, 2, 3]
    assert check_pass(f" {shown} ", KEYS, (TODAY,), ()) == PassAccepted(HOUR, 3600)


def test_a_pass_of_another_day_or_another_site_is_wrong() -> None:
    tomorrow = TODAY + timedelta(days=1)
    assert check_pass(passed(), KEYS, (tomorrow,), ()) == PassRefused(PassFault.WRONG)
    assert check_pass(passed(), {}, (TODAY,), ()) == PassRefused(PassFault.WRONG)
    other = {TODAY: b"x" * 32}
    assert check_pass(passed(), other, (TODAY,), ()) == PassRefused(PassFault.WRONG)


def test_with_a_clock_not_trusted_the_keys_of_all_fetched_days_count() -> None:
    last = Use(TODAY + timedelta(days=6), 6, 1)
    assert check_pass(passed(last), KEYS, KEYS.keys(), ()) == PassAccepted(last, 7200)


def test_a_pass_is_good_once() -> None:
    assert check_pass(passed(), KEYS, (TODAY,), {HOUR}) == PassRefused(PassFault.USED)


@pytest.mark.parametrize("typed", ["", "123456789", "12345678901", "12345678a0", "١٢٣٤٥٦٧٨٩٠"])
def test_what_is_no_pass_at_all_is_a_slip_of_the_finger(typed: str) -> None:
    assert check_pass(typed, KEYS, (TODAY,), ()) == PassRefused(PassFault.SHAPE)


@pytest.mark.parametrize("use", [Use(TODAY, 10, 1), Use(TODAY, 1, -1), Use(TODAY, 1, 1000)])
def test_a_pass_that_cannot_be_is_not_made(use: Use) -> None:
    with pytest.raises(PassInvalid):
        make_pass(KEYS[TODAY], use)


def test_a_short_key_makes_no_pass() -> None:
    with pytest.raises(PassInvalid):
        make_pass(b"short", HOUR)


@given(st.sampled_from(sorted(DURATIONS)), st.integers(0, 999), st.integers(0, 6))
def test_every_pass_is_taken_on_its_day(duration: int, serial: int, offset: int) -> None:
    use = Use(TODAY + timedelta(days=offset), duration, serial)
    digits = passed(use)
    assert len(digits) == 10
    assert check_pass(digits, KEYS, (use.day,), ()) == PassAccepted(use, DURATIONS[duration])


@given(st.integers(0, 9), st.integers(1, 9))
def test_one_wrong_digit_is_not_taken(place: int, shift: int) -> None:
    digits = list(passed())
    digits[place] = str((int(digits[place]) + shift) % 10)
    found = check_pass("".join(digits), KEYS, (TODAY,), ())
    assert found == PassRefused(PassFault.WRONG)


def test_five_wrong_passes_lock_the_entry_for_a_minute_then_for_twice_as_long() -> None:
    tries, waits = Tries(), []
    for _ in range(8):
        tries = after_failure(tries, NOW)
        waits.append(wait_seconds(tries, NOW, PASS_TRIES))
    assert waits == [0, 0, 0, 0, 60, 120, 240, 480]


@given(st.integers(0, 100), st.integers(0, 10**8))
def test_no_lock_is_longer_than_an_hour_whatever_the_clock_does(
    failures: int, seconds_back: int
) -> None:
    tries = Tries(failures, NOW)
    assert wait_seconds(tries, NOW - timedelta(seconds=seconds_back), PASS_TRIES) <= 3600
