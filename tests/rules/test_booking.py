"""Workshops and reservations: dates in a row, what a series runs into, whose seat is taken when."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.rules.booking import (
    Booking,
    Conflict,
    ConflictKind,
    Series,
    SeriesInvalid,
    and_later,
    bookings_of,
    boundary_of,
    conflicts,
    days_in_a_row,
    next_booking,
    overlapping,
    running_booking,
)
from kiosk.rules.hours import Interval, OpeningHours
from kiosk.rules.slot import Boundary, Ground

PARIS = "Europe/Paris"
MONDAY = date(2026, 10, 12)
ENTERED = datetime(2026, 10, 1, tzinfo=UTC)
MORNINGS = OpeningHours(PARIS, ((Interval(9 * 60, 12 * 60),),) * 5 + ((), ()))


def series(
    dates: tuple[date, ...] = (MONDAY,),
    start: int = 9 * 60,
    end: int = 11 * 60,
    seats: frozenset[int] | None = None,
    name: str = "course",
    ground: Ground = Ground.WORKSHOP,
) -> Series:
    return Series(name, ground, dates, start, end, seats, ENTERED)


def test_the_course_is_ten_days_in_a_row_and_one_a_week_later() -> None:
    course = and_later(days_in_a_row(MONDAY, 10))
    assert len(course) == 11
    assert course[9] == MONDAY + timedelta(days=9)
    assert course[10] - course[9] == timedelta(days=7)


def test_days_in_a_row_may_leave_closed_days_out() -> None:
    days = days_in_a_row(MONDAY, 10, lambda day: day.weekday() < 5)
    assert days[4].weekday() == 4
    assert days[5] == MONDAY + timedelta(days=7)


def test_days_in_a_row_that_cannot_be_found_are_refused() -> None:
    with pytest.raises(SeriesInvalid):
        days_in_a_row(MONDAY, 3, lambda _day: False)
    with pytest.raises(SeriesInvalid):
        days_in_a_row(MONDAY, 0)


@pytest.mark.parametrize(
    "changes",
    [
        {"dates": ()},
        {"dates": (MONDAY, MONDAY)},
        {"dates": (MONDAY, MONDAY - timedelta(days=1))},
        {"start": 700, "end": 700},
        {"start": -1},
        {"end": 1441},
        {"seats": frozenset()},
        {"ground": Ground.CLOSING},
    ],
)
def test_a_series_that_no_seat_could_be_kept_for_is_refused(changes: dict[str, object]) -> None:
    with pytest.raises(SeriesInvalid):
        series(**changes)  # type: ignore[arg-type]


def test_a_booking_takes_its_seats_from_its_start_and_no_longer_at_its_end() -> None:
    (booking,) = bookings_of(series(seats=frozenset({2})), PARIS)
    assert running_booking((booking,), 2, booking.start) == booking
    assert running_booking((booking,), 2, booking.end) is None
    assert running_booking((booking,), 1, booking.start) is None
    assert next_booking((booking,), 2, booking.start - timedelta(seconds=1)) == booking
    assert next_booking((booking,), 2, booking.start) is None
    assert boundary_of(booking) == Boundary(Ground.WORKSHOP, booking.start)


def test_a_booking_that_the_spring_change_swallows_takes_nothing() -> None:
    spring = date(2026, 3, 29)
    lost = series((spring,), 2 * 60, 3 * 60)
    assert bookings_of(lost, PARIS) == ()
    always = OpeningHours(PARIS, ((Interval(0, 1440),),) * 7)
    assert conflicts(lost, always) == (Conflict(ConflictKind.OUTSIDE_HOURS, spring),)


def test_a_date_outside_the_opening_hours_is_told() -> None:
    saturday = MONDAY + timedelta(days=5)
    found = conflicts(series((MONDAY, saturday)), MORNINGS)
    assert found == (Conflict(ConflictKind.OUTSIDE_HOURS, saturday),)
    late = conflicts(series(start=11 * 60, end=13 * 60), MORNINGS)
    assert late == (Conflict(ConflictKind.OUTSIDE_HOURS, MONDAY),)


def test_another_series_at_the_same_time_is_told_with_the_seats_they_share() -> None:
    mine = series(seats=frozenset({1, 2}))
    others = (
        series(seats=frozenset({2, 3}), name="beside"),
        series(name="whole room", start=10 * 60, end=12 * 60),
        series(seats=frozenset({4}), name="other seats"),
        series(name="later", start=11 * 60, end=12 * 60),
        series(name="earlier", start=8 * 60, end=9 * 60),
        series(name="course"),
    )
    assert conflicts(mine, MORNINGS, others) == (
        Conflict(ConflictKind.OTHER_SERIES, MONDAY, "beside", frozenset({2})),
        Conflict(ConflictKind.OTHER_SERIES, MONDAY, "whole room", frozenset({1, 2})),
    )


def test_a_seat_that_the_room_does_not_have_is_told() -> None:
    found = conflicts(series(seats=frozenset({1, 9})), MORNINGS, seats=frozenset({1, 2}))
    assert found == (Conflict(ConflictKind.NO_SUCH_SEAT, seats=frozenset({9})),)
    assert conflicts(series(), MORNINGS, seats=frozenset({1, 2})) == ()
    assert conflicts(series(seats=frozenset({1})), MORNINGS, seats=frozenset({1, 2})) == ()


days = st.integers(0, 20).map(lambda offset: MONDAY + timedelta(days=offset))
some_series = st.builds(
    lambda name, dates, start, long, seats: series(
        tuple(sorted(dates)), start, start + long, seats, name
    ),
    st.sampled_from("abc"),
    st.sets(days, min_size=1, max_size=5),
    st.integers(0, 1200),
    st.integers(1, 240),
    st.one_of(st.none(), st.frozensets(st.integers(1, 4), min_size=1)),
)


@given(some_series, some_series)
def test_series_without_a_conflict_never_want_a_seat_at_one_time(one: Series, two: Series) -> None:
    mine, theirs = bookings_of(one, PARIS), bookings_of(two, PARIS)
    clash = any(
        {first.series, second.series} == {one, two}
        for first, second in overlapping((*mine, *theirs))
        if one.series_id != two.series_id
    )
    told = any(c.kind is ConflictKind.OTHER_SERIES for c in conflicts(one, MORNINGS, (two,)))
    assert told == clash


def test_of_two_bookings_that_overlap_the_longer_one_is_named() -> None:
    long, short = (
        bookings_of(series(end=hour * 60, name=str(hour)), PARIS)[0] for hour in (12, 10)
    )
    assert isinstance(long, Booking)
    assert running_booking((short, long), 1, long.start) == long
