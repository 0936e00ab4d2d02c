"""Identifiers, states of a seat, warnings, and tries of a secret."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.rules.identifier import is_id, make_id
from kiosk.rules.seat import SEATED, SeatFacts, SeatState, seat_state
from kiosk.rules.throttle import (
    LONGEST_DELAY_SECONDS,
    Tries,
    after_failure,
    tries_left,
    wait_seconds,
)
from kiosk.rules.warning import Stage, next_stage_in, stage_at

NOW = datetime(2026, 10, 14, 12, 32, tzinfo=UTC)


@given(st.binary(min_size=10, max_size=10))
def test_an_identifier_is_a_version_7_uuid(noise: bytes) -> None:
    assert is_id(make_id(NOW, lambda _count: noise))


def test_identifiers_sort_by_time() -> None:
    early = make_id(NOW, lambda count: b"\xff" * count)
    late = make_id(NOW + timedelta(milliseconds=1), lambda count: b"\x00" * count)
    assert early < late


def test_other_texts_are_no_identifiers() -> None:
    assert not is_id("")
    assert not is_id("01890000-0000-4000-8000-000000000001")


@pytest.mark.parametrize(
    ("facts", "state"),
    [
        (SeatFacts(open_now=True), SeatState.FREE),
        (SeatFacts(open_now=True, held=True), SeatState.HELD),
        (SeatFacts(open_now=True, tickets_wait=True), SeatState.HELD),
        (SeatFacts(open_now=False), SeatState.CLOSED),
        (SeatFacts(open_now=True, in_contact=False), SeatState.OFFLINE),
        (SeatFacts(open_now=True, in_contact=False, out_of_order=True), SeatState.OUT_OF_ORDER),
        (SeatFacts(open_now=True, workshop=True), SeatState.WORKSHOP),
        (
            SeatFacts(open_now=True, slot_ends_at=NOW + timedelta(minutes=11)),
            SeatState.IN_USE,
        ),
        (
            SeatFacts(open_now=False, slot_ends_at=NOW + timedelta(minutes=10)),
            SeatState.ENDING,
        ),
        (
            SeatFacts(open_now=True, slot_ends_at=NOW + timedelta(minutes=5), away=True),
            SeatState.LOCKED,
        ),
    ],
)
def test_each_state_follows_from_its_facts(facts: SeatFacts, state: SeatState) -> None:
    assert seat_state(facts, NOW) is state


def test_a_seat_where_nobody_sits_is_not_among_the_seated() -> None:
    assert SeatState.FREE not in SEATED
    assert SeatState.OFFLINE not in SEATED


def test_warnings_stand_at_ten_five_and_two_minutes() -> None:
    assert [stage_at(seconds) for seconds in (601, 600, 300, 120, 0)] == [
        Stage.NONE,
        Stage.TEN,
        Stage.FIVE,
        Stage.TWO,
        Stage.TWO,
    ]


def test_the_next_warning_is_known_beforehand() -> None:
    assert next_stage_in(630) == 30
    assert next_stage_in(301) == 1
    assert next_stage_in(100) is None


def test_three_tries_are_free_then_the_delay_doubles() -> None:
    tries, now, waits = Tries(), NOW, []
    for _ in range(6):
        tries = after_failure(tries, now)
        waits.append(wait_seconds(tries, now))
    assert waits == [0, 0, 30, 60, 120, 240]
    assert tries_left(Tries(1, NOW), NOW) == 2
    assert tries_left(tries, NOW) == 1


@given(st.integers(0, 10_000))
def test_no_delay_is_for_ever(failures: int) -> None:
    tries = Tries(failures, NOW)
    assert wait_seconds(tries, NOW) <= LONGEST_DELAY_SECONDS
    later = NOW + timedelta(seconds=LONGEST_DELAY_SECONDS)
    assert wait_seconds(tries, later) == 0


def test_a_subject_left_alone_for_an_hour_starts_afresh() -> None:
    tries = Tries(9, NOW)
    later = NOW + timedelta(seconds=3601)
    assert wait_seconds(tries, later) == 0
    assert after_failure(tries, later).failures == 1


def test_a_fraction_of_a_second_still_counts_as_waiting() -> None:
    tries = Tries(3, NOW)
    assert wait_seconds(tries, NOW + timedelta(seconds=29.5)) == 1
