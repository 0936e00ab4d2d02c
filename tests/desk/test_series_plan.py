"""A series while it is written: days in a row, faults, what it runs into, and what is asked."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace as changed

from admin_console.desk.models.hours_draft import Unread
from admin_console.desk.models.series_plan import (
    SeriesPlan,
    next_open_day,
    run_of_days,
)
from kiosk.rules.booking import ConflictKind, SeriesInvalid
from kiosk.rules.slot import Ground
from kiosk.rules.workshop import SeriesFault
from kiosk.wire.place import ExceptionView, HoursView, RoomView, SeriesView
from tests.desk.house import NOW, TRAPEZE_ROOM, an_id

TODAY = date(2026, 10, 14)
SEATS = range(1, 13)
WEEK = (
    (), ((840, 1080),), ((600, 1080),), ((840, 1080),), ((840, 1080),), ((600, 1020),), (),
)  # fmt: skip
HOURS = HoursView(
    zone="Europe/Paris", week=WEEK, exceptions=(ExceptionView(day=date(2026, 10, 22)),)
)
ROOM: RoomView = changed(TRAPEZE_ROOM, hours=HOURS)
FIRST = date(2026, 10, 20)


def a_series(**facts: object) -> SeriesView:
    series = SeriesView(
        series_id=an_id(7),
        ground=Ground.WORKSHOP,
        title="Premiers pas",
        dates=(date(2026, 10, 13), date(2026, 10, 20), date(2026, 10, 27)),
        start=840,
        end=960,
        seats=(1, 2, 3),
        entered_at=NOW - timedelta(days=3),
    )
    return changed(series, **facts)


def a_plan(**facts: Any) -> SeriesPlan:
    plan = SeriesPlan(an_id(9), title="Photo", dates=(FIRST,), start=840, end=960)
    return replace(plan, **facts)


# ------------------------------------------------------------------------------- days in a row


def test_ten_days_in_a_row_and_one_a_week_later_are_eleven_dates() -> None:
    dates = run_of_days(FIRST, 10, later=True)
    assert dates[:10] == tuple(FIRST + timedelta(days=step) for step in range(10))
    assert dates[10] == date(2026, 11, 5)


def test_closed_days_and_holidays_are_left_out_where_that_is_wanted() -> None:
    dates = run_of_days(FIRST, 4, HOURS.as_rule())
    assert dates == (date(2026, 10, 20), date(2026, 10, 21), date(2026, 10, 23), date(2026, 10, 24))
    assert next_open_day(HOURS.as_rule(), NOW) == date(2026, 10, 15)


def test_a_room_that_never_opens_has_no_such_days() -> None:
    never = HoursView(zone="Europe/Paris", week=((),) * 7)
    with pytest.raises(SeriesInvalid):
        run_of_days(FIRST, 1, never.as_rule())
    assert next_open_day(never.as_rule(), NOW) == date(2026, 10, 15)


def test_other_dates_leave_those_that_are_past() -> None:
    plan = SeriesPlan.of(a_series()).with_run((date(2026, 11, 3),), TODAY)
    assert plan.dates == (date(2026, 10, 13), date(2026, 11, 3))


@given(st.sets(st.dates(TODAY, TODAY + timedelta(days=90)), max_size=20))
def test_dates_are_in_order_and_none_is_there_twice(days: set[date]) -> None:
    plan = a_plan(dates=())
    for day in (*days, *days):
        plan = plan.plus_date(day)
    assert plan.dates == tuple(sorted(days))
    for day in days:
        plan = plan.less_date(day)
    assert plan.dates == ()


# ---------------------------------------------------------------------------- what has changed


def test_a_plan_that_changes_nothing_counts_nothing() -> None:
    plan = SeriesPlan.of(a_series())
    assert plan.count() == 0
    assert not plan.is_begun()
    assert plan.says(a_series())
    assert not plan.says(None)


def test_each_thing_and_each_date_is_one_change() -> None:
    plan = SeriesPlan.of(a_series())
    plan = replace(plan, title="Premiers pas, suite", ground=Ground.RESERVATION, start=870)
    plan = replace(plan, seats=None).less_date(date(2026, 10, 27)).plus_date(date(2026, 11, 3))
    assert plan.count() == 6
    assert plan.over(None).count() == 1


def test_a_new_plan_is_begun_with_the_first_word() -> None:
    new = SeriesPlan(an_id(9), start=840, end=960)
    assert not new.is_begun()
    assert replace(new, title="P").is_begun()
    assert replace(new, seats=frozenset({1})).is_begun()
    assert new.plus_date(FIRST).is_begun()


# -------------------------------------------------------------------------------------- faults


@pytest.mark.parametrize(
    ("facts", "fault"),
    [
        ({"title": "  "}, SeriesFault.NO_TITLE),
        ({"dates": ()}, SeriesFault.NO_DATES),
        ({"dates": (date(2026, 10, 1),)}, SeriesFault.OVER),
        ({"start": None}, Unread.TIME),
        ({"end": None}, Unread.TIME),
        ({"end": 800}, SeriesFault.ENDS_BEFORE_START),
        ({"seats": frozenset()}, SeriesFault.NO_SEATS),
        ({"seats": frozenset({99})}, SeriesFault.NO_SUCH_SEAT),
        ({"dates": run_of_days(FIRST, 60, later=True)}, SeriesFault.TOO_MANY_DATES),
    ],
)
def test_every_fault_is_found(facts: dict[str, object], fault: object) -> None:
    assert a_plan(**facts).faults(SEATS, TODAY) == (fault,)


def test_what_is_missing_is_no_fault_while_one_writes() -> None:
    plan = a_plan(title="", dates=(), seats=frozenset())
    assert plan.faults(SEATS, TODAY, finished=False) == (SeriesFault.NO_SEATS,)
    assert a_plan().faults(SEATS, TODAY) == ()


# ----------------------------------------------------------------------------------- conflicts


def test_what_a_plan_runs_into_is_told_by_its_date_before_anything_is_asked() -> None:
    other = a_series()
    room = changed(ROOM, bookings=(other,))
    days = (FIRST, date(2026, 10, 21), date(2026, 10, 22))
    found = a_plan(dates=days, seats=frozenset({2, 9})).runs_into(room, TODAY, NOW)
    assert {day: [one.kind for one in what] for day, what in found.items()} == {
        FIRST: [ConflictKind.OTHER_SERIES],
        date(2026, 10, 22): [ConflictKind.OUTSIDE_HOURS],
    }
    (conflict,) = found[FIRST]
    assert (conflict.other, conflict.seats) == (other.series_id, frozenset({2}))


def test_a_plan_runs_neither_into_itself_nor_into_the_past() -> None:
    room = changed(ROOM, bookings=(a_series(),))
    plan = SeriesPlan.of(a_series())
    assert plan.runs_into(room, TODAY, NOW) == {}
    assert replace(plan, start=600).runs_into(room, TODAY, NOW).keys() == {
        date(2026, 10, 20),
        date(2026, 10, 27),
    }
    assert a_plan(start=None).runs_into(room, TODAY, NOW) == {}


# ------------------------------------------------------------------------------- what is asked


def test_the_hub_is_asked_for_what_is_written_and_for_nothing_else() -> None:
    before = a_series()
    plan = replace(SeriesPlan.of(before), title=" Premiers   pas ", seats=frozenset({3, 1}))
    ask = plan.ask(confirmed=True, shorten=(2,))
    assert (ask.series_id, ask.before, ask.confirmed, ask.shorten) == (
        before.series_id, before, True, (2,),
    )  # fmt: skip
    assert ask.draft is not None
    assert (ask.draft.title, ask.draft.seats, ask.draft.dates) == (
        "Premiers pas", (1, 3), before.dates,
    )  # fmt: skip
    removal = plan.ask_removal()
    assert (removal.before, removal.draft) == (before, None)


def test_the_clock_of_a_town_says_which_day_it_is() -> None:
    at = datetime(2026, 10, 14, 22, 30, tzinfo=UTC)
    assert next_open_day(HOURS.as_rule(), at) == date(2026, 10, 16)
