"""Opening hours: weeks, exceptions, and the two days a year that are not 24 hours long."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.rules.hours import (
    DatedException,
    HoursInvalid,
    Interval,
    OpeningHours,
    current_opening,
    instant,
    next_opening,
    openings_on,
)

PARIS = "Europe/Paris"
SPRING = date(2026, 3, 29)
AUTUMN = date(2026, 10, 25)
CLOSED_WEEK: tuple[tuple[Interval, ...], ...] = ((),) * 7


def week(**days: tuple[Interval, ...]) -> OpeningHours:
    names = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
    return OpeningHours(PARIS, tuple(days.get(name, ()) for name in names))


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[misc,arg-type]


def test_a_time_skipped_in_spring_moves_forward_by_the_gap() -> None:
    assert instant(SPRING, 2 * 60 + 30, PARIS) == utc(2026, 3, 29, 1, 30)


def test_a_time_repeated_in_autumn_means_the_first() -> None:
    assert instant(AUTUMN, 2 * 60 + 30, PARIS) == utc(2026, 10, 25, 0, 30)


def test_the_days_of_change_are_23_and_25_hours_long() -> None:
    hours = week(sun=(Interval(0, 1440),))
    lengths = [openings_on(hours, day)[0] for day in (SPRING, AUTUMN)]
    assert [opening.end - opening.start for opening in lengths] == [
        timedelta(hours=23),
        timedelta(hours=25),
    ]


def test_an_interval_swallowed_by_the_gap_is_no_opening() -> None:
    assert openings_on(week(sun=(Interval(2 * 60, 3 * 60),)), SPRING) == ()


def test_a_room_is_open_from_its_start_and_no_longer_at_its_end() -> None:
    hours = week(wed=(Interval(600, 1140),))
    assert current_opening(hours, utc(2026, 10, 14, 8, 0)) is not None
    assert current_opening(hours, utc(2026, 10, 14, 7, 59, 59)) is None
    assert current_opening(hours, utc(2026, 10, 14, 17, 0)) is None


def test_intervals_that_touch_across_midnight_are_one_opening() -> None:
    hours = week(wed=(Interval(600, 1440),), thu=(Interval(0, 120),))
    opening = current_opening(hours, utc(2026, 10, 14, 20, 0))
    assert opening is not None
    assert opening.end == utc(2026, 10, 15, 0, 0)


def test_a_dated_exception_replaces_the_weekday() -> None:
    hours = OpeningHours(
        PARIS, ((Interval(600, 720),),) * 7, (DatedException(date(2026, 7, 14), (), "fête"),)
    )
    assert openings_on(hours, date(2026, 7, 14)) == ()
    coming = next_opening(hours, utc(2026, 7, 13, 22, 30))
    assert coming is not None
    assert coming.start == utc(2026, 7, 15, 8, 0)


def test_a_room_that_never_opens_has_no_next_opening() -> None:
    assert next_opening(OpeningHours(PARIS, CLOSED_WEEK), utc(2026, 7, 13)) is None


@pytest.mark.parametrize(("start", "end"), [(60, 60), (90, 60), (-1, 5), (0, 1441)])
def test_an_interval_must_lie_within_a_day_and_end_after_it_starts(start: int, end: int) -> None:
    with pytest.raises(HoursInvalid):
        Interval(start, end)


def test_overlapping_intervals_and_short_weeks_are_refused() -> None:
    with pytest.raises(HoursInvalid):
        week(mon=(Interval(0, 100), Interval(50, 200)))
    with pytest.raises(HoursInvalid):
        OpeningHours(PARIS, CLOSED_WEEK[:6])


@pytest.mark.parametrize("zone", ["Europe/Nowhere", "", "../Paris"])
def test_a_zone_that_nobody_knows_is_refused(zone: str) -> None:
    with pytest.raises(HoursInvalid):
        OpeningHours(zone, CLOSED_WEEK)


@given(
    st.lists(st.integers(0, 1440), min_size=2, max_size=6, unique=True),
    st.integers(0, 366 * 24 * 60).map(lambda minutes: utc(2026, 1, 1) + timedelta(minutes=minutes)),
)
def test_the_present_opening_contains_the_instant_and_the_next_one_does_not(
    marks: list[int], at: datetime
) -> None:
    marks = sorted(marks[: len(marks) // 2 * 2])
    day = tuple(Interval(a, b) for a, b in zip(marks[::2], marks[1::2], strict=True))
    hours = OpeningHours(PARIS, (day,) * 7)
    now, coming = current_opening(hours, at), next_opening(hours, at)
    assert now is None or now.start <= at < now.end
    assert coming is not None
    assert coming.start > at
    assert current_opening(hours, coming.start) is not None
