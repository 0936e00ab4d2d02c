"""Series as typed, whom a late one shortens, and which date may be opened now."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.rules.booking import Series, bookings_of
from kiosk.rules.boundary import LEAD_SECONDS, NOTICE_SECONDS, known_boundaries
from kiosk.rules.hours import DAY_MINUTES, Interval, OpeningHours
from kiosk.rules.slot import Grant, Ground, Refusal, SlotRule, grant
from kiosk.rules.workshop import (
    MOST_DATES,
    Cut,
    DraftSeries,
    RunningSlot,
    SeriesFault,
    can_open,
    cuts_of,
    faults_of,
    open_now,
    series_of,
)

ZONE = "Europe/Paris"
ID = "01890000-0000-7000-8000-0000000a7e11"
DAY = date(2026, 3, 10)
NOON = datetime(2026, 3, 10, 11, 0, tzinfo=UTC)
"""12 h in Paris."""
RULE = SlotRule()
DRAFT = DraftSeries(Ground.WORKSHOP, "Premiers pas", (DAY,), 14 * 60, 16 * 60, (1, 2))
ALL_DAY = OpeningHours(ZONE, ((Interval(0, DAY_MINUTES),),) * 7)


def series(**changes: object) -> Series:
    return series_of(replace(DRAFT, **changes), ID, NOON)  # type: ignore[arg-type]


def test_a_draft_without_faults_is_a_series_with_its_dates_in_order() -> None:
    later = DAY + timedelta(days=7)
    draft = replace(DRAFT, dates=(later, DAY))
    assert faults_of(draft, (1, 2, 3), DAY) == ()
    found = series_of(draft, ID, NOON)
    assert (found.dates, found.seats) == ((DAY, later), frozenset({1, 2}))
    assert series_of(replace(DRAFT, seats=None), ID, NOON).seats is None


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"title": "  "}, SeriesFault.NO_TITLE),
        ({"ground": Ground.CLOSED}, SeriesFault.GROUND),
        ({"dates": ()}, SeriesFault.NO_DATES),
        ({"dates": (DAY, DAY)}, SeriesFault.DATE_TWICE),
        ({"dates": (DAY - timedelta(days=1),)}, SeriesFault.OVER),
        (
            {"dates": tuple(DAY + timedelta(days=one) for one in range(MOST_DATES + 1))},
            SeriesFault.TOO_MANY_DATES,
        ),
        ({"end": DAY_MINUTES + 1}, SeriesFault.OUTSIDE_DAY),
        ({"start": -1}, SeriesFault.OUTSIDE_DAY),
        ({"end": 14 * 60}, SeriesFault.ENDS_BEFORE_START),
        ({"seats": ()}, SeriesFault.NO_SEATS),
        ({"seats": (3, 4)}, SeriesFault.NO_SUCH_SEAT),
    ],
)
def test_each_fault_of_a_draft_is_named(changes: dict[str, object], fault: SeriesFault) -> None:
    draft = replace(DRAFT, **changes)  # type: ignore[arg-type]
    assert faults_of(draft, (1, 2, 3), DAY) == (fault,)


def test_all_faults_are_named_at_once() -> None:
    draft = DraftSeries(Ground.CLOSED, "", (), 60, 60, ())
    assert set(faults_of(draft, (1,), DAY)) == {
        SeriesFault.NO_TITLE,
        SeriesFault.GROUND,
        SeriesFault.NO_DATES,
        SeriesFault.ENDS_BEFORE_START,
        SeriesFault.NO_SEATS,
    }


@given(
    title=st.text(max_size=5),
    dates=st.lists(st.dates(date(2026, 1, 1), date(2026, 12, 31)), max_size=4),
    start=st.integers(-10, 1500),
    end=st.integers(-10, 1500),
    seats=st.none() | st.lists(st.integers(0, 5), max_size=4),
)
def test_a_draft_without_faults_is_never_refused_as_a_series(
    title: str, dates: list[date], start: int, end: int, seats: list[int] | None
) -> None:
    listed = None if seats is None else tuple(seats)
    draft = DraftSeries(Ground.RESERVATION, title, tuple(dates), start, end, listed)
    if not faults_of(draft, (1, 2, 3), DAY):
        assert series_of(draft, ID, NOON).dates == tuple(sorted(dates))


# ------------------------------------------------------------------------------- cuts


def in_minutes(minutes: float) -> datetime:
    return NOON + timedelta(minutes=minutes)


def test_a_slot_that_would_run_into_the_workshop_can_end_with_its_grace_before_it() -> None:
    found = cuts_of(series(), ZONE, (RunningSlot(1, in_minutes(150), 120),), NOON)
    assert [(cut.seat, cut.new_end) for cut in found] == [(1, in_minutes(118))]
    assert found[0].boundary.at == in_minutes(120)


def test_nobody_is_shortened_who_ends_in_time_sits_elsewhere_or_has_no_more_than_the_notice() -> (
    None
):
    slots = (
        RunningSlot(1, in_minutes(118), 120),
        RunningSlot(3, in_minutes(200), 120),
    )
    assert cuts_of(series(), ZONE, slots, NOON) == ()
    late = in_minutes(110)
    assert cuts_of(series(), ZONE, (RunningSlot(1, in_minutes(125), 120),), late) == ()


def test_a_series_entered_while_it_runs_leaves_the_notice() -> None:
    entered = in_minutes(130)
    found = cuts_of(series(), ZONE, (RunningSlot(1, in_minutes(180), 120),), entered)
    assert [cut.new_end for cut in found] == [entered + timedelta(seconds=NOTICE_SECONDS)]


def test_a_series_that_is_over_shortens_nobody() -> None:
    assert cuts_of(series(), ZONE, (RunningSlot(1, in_minutes(400), 120),), in_minutes(250)) == ()


@given(
    start=st.integers(12 * 60, 20 * 60),
    length=st.integers(1, 180),
    left=st.integers(1, 5 * 3600),
    seat=st.integers(1, 3),
    grace=st.integers(0, 600),
)
def test_whoever_is_shortened_keeps_the_notice_and_gives_only_what_is_needed(
    start: int, length: int, left: int, seat: int, grace: int
) -> None:
    entered = series(start=start, end=min(start + length, DAY_MINUTES))
    ends_at = NOON + timedelta(seconds=left)
    first = bookings_of(entered, ZONE)[0]
    for cut in cuts_of(entered, ZONE, (RunningSlot(seat, ends_at, grace),), NOON):
        assert isinstance(cut, Cut)
        assert NOON + timedelta(seconds=NOTICE_SECONDS) <= cut.new_end < ends_at
        early = cut.new_end + timedelta(seconds=grace) < first.start
        assert not early


@given(
    start=st.integers(12 * 60, 20 * 60),
    length=st.integers(1, 180),
    lead=st.integers(0, 8 * 3600),
    slot=st.integers(300, 4 * 3600),
    grace=st.integers(0, 600),
)
def test_no_slot_and_grace_pass_a_series_that_was_known_at_the_grant(
    start: int, length: int, lead: int, slot: int, grace: int
) -> None:
    rule = SlotRule(slot_seconds=slot, grace_seconds=grace)
    known = series(start=start, end=min(start + length, DAY_MINUTES))
    now = NOON + timedelta(seconds=lead)
    booked = bookings_of(known, ZONE)
    found = known_boundaries(rule, ALL_DAY, booked, 1, now)
    granted = found if isinstance(found, Refusal) else grant(rule, now, found)
    if isinstance(granted, Refusal):
        return
    over = now + timedelta(seconds=granted.total_seconds + grace)
    assert over <= booked[0].start or now >= booked[0].end
    assert (
        cuts_of(known, ZONE, (RunningSlot(1, over - timedelta(seconds=grace), grace),), now) == ()
    )


# ------------------------------------------------------------------------------- opening


def test_the_seats_open_a_quarter_of_an_hour_before_and_until_the_end() -> None:
    start = in_minutes(120)
    early = start - timedelta(seconds=LEAD_SECONDS + 1)
    assert open_now(RULE, series(), ZONE, early) == Refusal(
        Ground.TOO_EARLY, start - timedelta(seconds=LEAD_SECONDS)
    )
    assert not can_open(series(), ZONE, early)
    opened = open_now(RULE, series(), ZONE, early + timedelta(seconds=1))
    assert isinstance(opened, tuple)
    assert opened[1].total_seconds == LEAD_SECONDS + 2 * 3600 - RULE.grace_seconds
    assert can_open(series(), ZONE, early + timedelta(seconds=1))
    assert open_now(RULE, series(), ZONE, in_minutes(240)) == Refusal(Ground.OVER)
    assert not can_open(series(), ZONE, in_minutes(240))


def test_of_several_dates_the_one_that_runs_or_comes_next_is_opened() -> None:
    days = series(dates=(DAY - timedelta(days=1), DAY, DAY + timedelta(days=1)))
    found = open_now(RULE, days, ZONE, in_minutes(125))
    assert isinstance(found, tuple)
    assert found[0].start == in_minutes(120)
    tomorrow = open_now(RULE, days, ZONE, in_minutes(245))
    assert isinstance(tomorrow, Refusal)
    assert tomorrow.ground is Ground.TOO_EARLY


@given(minutes=st.floats(100, 250))
def test_slot_and_grace_of_a_workshop_end_with_it(minutes: float) -> None:
    now = in_minutes(minutes)
    found = open_now(RULE, series(), ZONE, now)
    if isinstance(found, tuple):
        booking, granted = found
        assert isinstance(granted, Grant)
        over = now + timedelta(seconds=granted.total_seconds + RULE.grace_seconds)
        assert over <= booking.end
        assert booking.end - over < timedelta(seconds=1)
