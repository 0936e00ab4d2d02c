"""What a slot must not pass: closing, workshops, reservations; and what staff enter too late."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.rules.booking import Booking, Series, bookings_of
from kiosk.rules.boundary import (
    NOTICE_SECONDS,
    CutShort,
    LateChange,
    cut_short,
    known_boundaries,
    usable_until,
    workshop_slot,
)
from kiosk.rules.hours import Interval, OpeningHours
from kiosk.rules.slot import Boundary, Grant, Ground, Refusal, SlotRule, closing_boundary, grant

RULE = SlotRule()
DAY = date(2026, 10, 14)
NOON = datetime(2026, 10, 14, 10, 0, tzinfo=UTC)
"""Noon in Paris on a Wednesday."""
HOURS = OpeningHours("Europe/Paris", ((Interval(10 * 60, 19 * 60),),) * 7)
CLOSING = datetime(2026, 10, 14, 17, 0, tzinfo=UTC)


def minutes(count: float) -> timedelta:
    return timedelta(minutes=count)


def booked(
    start: int, end: int, seats: frozenset[int] | None, ground: Ground = Ground.WORKSHOP
) -> tuple[Booking, ...]:
    series = Series("a", ground, (DAY,), start * 60, end * 60, seats, NOON - minutes(9999))
    return bookings_of(series, HOURS.zone)


def test_the_closing_and_the_next_booking_of_the_seat_are_known() -> None:
    workshop = booked(14, 16, frozenset({3}))
    assert known_boundaries(RULE, HOURS, workshop, 3, NOON) == (
        closing_boundary(RULE, CLOSING),
        Boundary(Ground.WORKSHOP, NOON + minutes(120)),
    )
    assert known_boundaries(RULE, HOURS, workshop, 4, NOON) == (closing_boundary(RULE, CLOSING),)


def test_a_closed_room_names_its_next_opening_and_a_taken_seat_its_end() -> None:
    night = NOON - minutes(180)
    assert known_boundaries(RULE, HOURS, (), 1, night) == Refusal(
        Ground.CLOSED, NOON - minutes(120)
    )
    never = OpeningHours("Europe/Paris", ((),) * 7)
    assert known_boundaries(RULE, never, (), 1, NOON) == Refusal(Ground.CLOSED)
    busy = booked(11, 13, None, Ground.RESERVATION)
    assert known_boundaries(RULE, HOURS, busy, 1, NOON) == Refusal(
        Ground.RESERVATION, NOON + minutes(60)
    )


def test_with_an_untrusted_clock_nothing_is_known_and_the_slot_is_full() -> None:
    night = NOON - minutes(600)
    known = known_boundaries(RULE, HOURS, booked(11, 13, None), 1, night, trusted=False)
    assert known == ()
    assert grant(RULE, night, ()) == Grant(3600)


def test_a_seat_is_usable_until_its_nearest_boundary() -> None:
    assert usable_until((), NOON) is None
    assert usable_until(Refusal(Ground.CLOSED), NOON) == NOON
    near, far = Boundary(Ground.WORKSHOP, NOON), Boundary(Ground.CLOSING, CLOSING)
    assert usable_until((far, near), NOON) == NOON


def test_a_late_change_takes_a_running_seat_at_its_end() -> None:
    change = LateChange(Boundary(Ground.WORKSHOP, NOON + minutes(20)), NOON)
    assert cut_short(RULE, NOON + minutes(50), change) is None


def test_a_confirmed_late_change_ends_a_slot_with_its_grace_before_it_and_with_notice() -> None:
    boundary = Boundary(Ground.CLOSING, NOON + minutes(30))
    change = LateChange(boundary, NOON, confirmed=True)
    assert cut_short(RULE, NOON + minutes(50), change) == CutShort(NOON + minutes(28), boundary)
    assert cut_short(RULE, NOON + minutes(27), change) is None


def test_a_confirmed_late_change_gives_a_quarter_of_an_hour_at_least() -> None:
    boundary = Boundary(Ground.WORKSHOP, NOON + minutes(5))
    change = LateChange(boundary, NOON, confirmed=True)
    assert cut_short(RULE, NOON + minutes(50), change) == CutShort(NOON + minutes(15), boundary)


@given(st.integers(-60, 300), st.integers(0, 120), st.booleans())
def test_nobody_is_ended_with_less_than_a_quarter_of_an_hours_notice(
    starts_in: int, ends_in: int, confirmed: bool
) -> None:
    boundary = Boundary(Ground.WORKSHOP, NOON + minutes(starts_in))
    ends_at = NOON + minutes(ends_in)
    found = cut_short(RULE, ends_at, LateChange(boundary, NOON, confirmed))
    if found is not None:
        assert confirmed
        assert found.boundary == boundary
        assert NOON + timedelta(seconds=NOTICE_SECONDS) <= found.ends_at < ends_at


def test_the_seats_of_a_workshop_open_until_its_end_also_when_the_room_is_closed() -> None:
    (booking,) = booked(20, 22, None)
    start = booking.start
    found = workshop_slot(RULE, booking, start - minutes(15))
    assert found == Grant(135 * 60 - 120, Boundary(Ground.WORKSHOP, booking.end))
    early = workshop_slot(RULE, booking, start - minutes(16))
    assert early == Refusal(Ground.TOO_EARLY, start - minutes(15))
    assert workshop_slot(RULE, booking, booking.end) == Refusal(Ground.OVER, booking.end)


@pytest.mark.parametrize("seat", [1, 2])
@given(st.integers(0, 600), st.integers(10, 17), st.integers(1, 4))
def test_a_grant_passes_nothing_that_is_known(
    seat: int, after_ten: int, start: int, long: int
) -> None:
    now = NOON - minutes(120) + minutes(after_ten)
    bookings = booked(start, start + long, frozenset({1}))
    known = known_boundaries(RULE, HOURS, bookings, seat, now)
    found = known if isinstance(known, Refusal) else grant(RULE, now, known)
    if isinstance(found, Grant):
        over = now + timedelta(seconds=found.total_seconds + RULE.grace_seconds)
        assert over <= CLOSING - minutes(10)
        taken = [one for one in bookings if one.series.takes(seat)]
        assert all(over <= one.start or now >= one.end for one in taken)
    else:
        assert found.at is not None
