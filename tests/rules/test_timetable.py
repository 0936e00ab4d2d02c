"""Hours as they are typed: every fault at its place, and nothing wrong becomes hours."""

from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from kiosk.rules.hours import DatedException, Interval, OpeningHours, current_opening
from kiosk.rules.timetable import (
    Draft,
    DraftException,
    Fault,
    FaultKind,
    Span,
    faults_of,
    hours_of,
    with_holidays,
)

PARIS = "Europe/Paris"
NOTHING: tuple[Span, ...] = ()
FEAST = date(2026, 7, 14)


def draft(monday: tuple[Span, ...] = (), exceptions: tuple[DraftException, ...] = ()) -> Draft:
    return Draft(PARIS, (monday, *(NOTHING,) * 6), exceptions)


def test_intervals_may_be_typed_in_any_order() -> None:
    typed = draft(((840, 1080), (540, 720)), (DraftException(FEAST, ((600, 660),), "fête"),))
    assert hours_of(typed) == OpeningHours(
        PARIS,
        ((Interval(540, 720), Interval(840, 1080)), *((),) * 6),
        (DatedException(FEAST, (Interval(600, 660),), "fête"),),
    )


def test_each_fault_is_told_at_its_place() -> None:
    typed = draft(((540, 720), (700, 800), (900, 880), (900, 900), (-1, 5), (0, 1441)))
    assert faults_of(typed) == (
        Fault(FaultKind.ENDS_BEFORE_START, weekday=0, index=2),
        Fault(FaultKind.ENDS_BEFORE_START, weekday=0, index=3),
        Fault(FaultKind.OUTSIDE_DAY, weekday=0, index=4),
        Fault(FaultKind.OUTSIDE_DAY, weekday=0, index=5),
        Fault(FaultKind.OVERLAP, weekday=0, index=1),
    )
    assert hours_of(typed) == faults_of(typed)


def test_an_interval_within_another_hides_no_third_one() -> None:
    typed = draft(((0, 600), (60, 120), (300, 700)))
    assert [fault.index for fault in faults_of(typed)] == [1, 2]


def test_a_date_twice_a_short_week_and_an_unknown_zone_are_faults() -> None:
    twice = draft(exceptions=(DraftException(FEAST), DraftException(FEAST, ((9, 3),))))
    assert faults_of(twice) == (
        Fault(FaultKind.DATE_TWICE, day=FEAST),
        Fault(FaultKind.ENDS_BEFORE_START, day=FEAST, index=0),
    )
    assert faults_of(Draft("Europe/Nowhere", (NOTHING,) * 6)) == (
        Fault(FaultKind.ZONE_UNKNOWN),
        Fault(FaultKind.WEEK_INCOMPLETE),
    )


def test_what_staff_wrote_for_a_date_goes_before_the_holiday() -> None:
    hours = OpeningHours(
        PARIS, ((Interval(600, 720),),) * 7, (DatedException(FEAST, (Interval(600, 660),)),)
    )
    assumption = date(2026, 8, 15)
    merged = with_holidays(
        hours, (DatedException(assumption, (), "Assomption"), DatedException(FEAST, (), "Fête"))
    )
    assert [one.day for one in merged.exceptions] == [FEAST, assumption]
    assert current_opening(merged, datetime(2026, 7, 14, 8, 30, tzinfo=UTC)) is not None
    assert current_opening(merged, datetime(2026, 8, 15, 8, 30, tzinfo=UTC)) is None


spans = st.lists(st.tuples(st.integers(-100, 1600), st.integers(-100, 1600)), max_size=4).map(tuple)


@given(st.lists(spans, min_size=6, max_size=8), spans)
def test_a_draft_either_gives_hours_or_says_why_not(
    week: list[tuple[Span, ...]], holiday: tuple[Span, ...]
) -> None:
    typed = Draft(PARIS, tuple(week), (DraftException(FEAST, holiday),))
    found = hours_of(typed)
    if isinstance(found, OpeningHours):
        assert faults_of(typed) == ()
        kept = [(part.start, part.end) for part in found.week[0]]
        assert kept == sorted(week[0])
    else:
        assert found
