"""The draft of opening hours: what it counts, what is wrong at which place, what it asks for."""

from datetime import date, timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from admin_console.desk.models.hours_draft import (
    DatedDay,
    DraftFault,
    HoursDraft,
    Place,
    Typed,
    Unread,
    week_minutes,
)
from admin_console.desk.models.hours_effect import effect_of
from admin_console.desk.models.week_shape import AFTERNOON, MORNING, Cell, cells_of, proposed
from kiosk.rules.hours import OpeningHours
from kiosk.rules.slot import Ground
from kiosk.rules.timetable import FaultKind, hours_of
from kiosk.wire.codec import decode, encode
from kiosk.wire.hours import SetHours
from kiosk.wire.place import ExceptionView, HoursView, RoomView, SeriesView
from tests.desk.house import NOW, TRAPEZE_ROOM, a_seat, a_slot, an_id

WEEK = ((), ((840, 1080),), ((600, 1080),), ((840, 1080),), (), ((600, 720), (840, 1020)), ())
CHRISTMAS = ExceptionView(day=date(2026, 12, 25), label="Noël")
HOURS = HoursView(zone="Europe/Paris", week=WEEK, exceptions=(CHRISTMAS,))
TODAY = date(2026, 10, 14)
THURSDAY = date(2026, 10, 15)

typed = st.tuples(st.none() | st.integers(-60, 1500), st.none() | st.integers(-60, 1500))
times = st.lists(typed, max_size=4).map(tuple)
dated = st.builds(
    DatedDay,
    st.none() | st.dates(date(2026, 10, 1), date(2026, 10, 20)),
    times,
    st.sampled_from(["", "Noël"]),
)
drafts = st.builds(
    HoursDraft,
    st.just(HOURS),
    st.lists(times, min_size=7, max_size=7).map(tuple),
    st.lists(dated, max_size=4).map(tuple),
)


def test_a_draft_begins_without_a_change_and_without_a_fault() -> None:
    draft = HoursDraft.of(HOURS)
    assert (draft.count(), draft.faults(), draft.can_be_saved()) == (0, (), False)
    assert draft.says(HOURS)


def test_a_change_that_is_taken_back_is_none() -> None:
    draft = HoursDraft.of(HOURS).with_day(3, ((840, 1020),))
    assert draft.changed_days() == (3,)
    assert draft.can_be_saved()
    assert draft.with_day(3, WEEK[3]).count() == 0
    # The order in which openings are written is no change either.
    assert HoursDraft.of(HOURS).with_day(5, ((840, 1020), (600, 720))).count() == 0


def test_dates_count_once_whether_added_changed_or_taken_away() -> None:
    draft = HoursDraft.of(HOURS)
    assert draft.plus_date(DatedDay(date(2027, 1, 1))).count() == 1
    assert draft.less_date(0).count() == 1
    assert draft.with_date(0, DatedDay(CHRISTMAS.day, (), "Fermeture")).count() == 1
    assert draft.with_date(0, DatedDay(date(2026, 12, 26), (), "Noël")).count() == 2


def test_a_day_is_copied_to_others_and_stays_itself() -> None:
    draft = HoursDraft.of(HOURS).with_copies(2, (3, 4))
    assert draft.week[2:5] == (WEEK[2],) * 3
    assert draft.changed_days() == (3, 4)


@pytest.mark.parametrize(
    ("written", "faults"),
    [
        (((1080, 840),), [(FaultKind.ENDS_BEFORE_START, 0)]),
        (((600, 600),), [(FaultKind.ENDS_BEFORE_START, 0)]),
        (((600, 720), (660, 780)), [(FaultKind.OVERLAP, 1)]),
        (((660, 780), (600, 720)), [(FaultKind.OVERLAP, 0)]),
        (((600, 1500),), [(FaultKind.OUTSIDE_DAY, 0)]),
        (((None, 720),), [(Unread.TIME, 0)]),
        (((None, 720), (840, 800)), [(Unread.TIME, 0), (FaultKind.ENDS_BEFORE_START, 1)]),
        (((600, 720), (720, 780)), []),
    ],
)
def test_each_fault_stands_at_its_opening(
    written: tuple[Typed, ...], faults: list[tuple[FaultKind | Unread, int]]
) -> None:
    draft = HoursDraft.of(HOURS).with_day(3, written)
    found = [DraftFault(kind, Place(weekday=3, index=index)) for kind, index in faults]
    assert list(draft.faults()) == found
    assert draft.can_be_saved() is not bool(faults)


def test_a_date_that_is_not_understood_or_stands_twice_is_a_fault() -> None:
    draft = HoursDraft.of(HOURS).plus_date(DatedDay(None)).plus_date(DatedDay(CHRISTMAS.day))
    assert draft.faults() == (
        DraftFault(Unread.DATE, Place(dated=1)),
        DraftFault(FaultKind.DATE_TWICE, Place(dated=2)),
    )
    with pytest.raises(ValueError, match="fault"):
        draft.ask()


@given(draft=drafts)
def test_what_has_no_fault_here_has_none_at_the_hub_and_what_has_one_is_not_sent(
    draft: HoursDraft,
) -> None:
    if draft.faults():
        with pytest.raises(ValueError, match="fault"):
            draft.ask()
        return
    ask: SetHours = decode(encode(draft.ask()), SetHours)
    hours = hours_of(ask.as_draft(HOURS.zone))
    assert isinstance(hours, OpeningHours)
    kept = HoursView(zone=HOURS.zone, week=ask.week, exceptions=ask.exceptions)
    assert draft.says(kept)
    assert HoursDraft.of(kept).count() == 0
    assert ask.before == HOURS


def test_hours_that_somebody_else_saved_are_a_new_beginning_for_the_same_draft() -> None:
    theirs = msgspec.structs.replace(HOURS, week=(*WEEK[:3], ((840, 1140),), *WEEK[4:]))
    draft = HoursDraft.of(HOURS).with_day(3, ((840, 1020),))
    assert not draft.says(theirs)
    over = draft.over(theirs)
    assert over.changed_days() == (3,)
    assert over.ask().before == theirs
    assert draft.over(theirs).with_day(3, ((840, 1140),)).says(theirs)


# ------------------------------------------------------------------------------- in the week


@pytest.mark.parametrize(
    ("written", "cells"),
    [
        ((), (Cell((MORNING,)), Cell((AFTERNOON,)))),
        (((600, 720),), (Cell((MORNING,), 0), Cell((AFTERNOON,)))),
        (((600, 780),), (Cell((MORNING,), 0), Cell((AFTERNOON,)))),
        (((720, 780),), (Cell((MORNING,)), Cell((AFTERNOON,), 0))),
        (((840, 1080),), (Cell((MORNING,)), Cell((AFTERNOON,), 0))),
        (((600, 1080),), (Cell((MORNING, AFTERNOON), 0),)),
        (((840, 1080), (600, 720)), (Cell((MORNING,), 1), Cell((AFTERNOON,), 0))),
        (((600, 840), (900, 1080)), (Cell((0, 1), 0), Cell((0, 1), 1))),
        (((None, 720),), (Cell((MORNING,), 0), Cell((AFTERNOON,)))),
    ],
)
def test_an_opening_across_noon_is_one_wide_cell(
    written: tuple[Typed, ...], cells: tuple[Cell, ...]
) -> None:
    assert cells_of(written) == cells


@given(written=times)
def test_every_opening_has_one_cell(written: tuple[Typed, ...]) -> None:
    shown = [cell.index for cell in cells_of(written) if cell.index is not None]
    assert sorted(shown) == list(range(len(written)))


@given(
    written=st.lists(st.tuples(st.integers(0, 1439), st.integers(1, 1440)), max_size=3).map(tuple),
    half=st.sampled_from([MORNING, AFTERNOON]),
)
def test_what_is_proposed_ends_after_it_starts_and_within_the_day(
    written: tuple[tuple[int, int], ...], half: int
) -> None:
    start, end = proposed(written, half)
    assert start is not None
    assert end is not None
    assert 0 <= start < end <= 1440


# ------------------------------------------------------------------------- what they change


def a_room(*series: SeriesView) -> RoomView:
    return msgspec.structs.replace(TRAPEZE_ROOM, hours=HOURS, bookings=series)


def a_series(day: date, start: int = 900, end: int = 1020) -> SeriesView:
    return SeriesView(
        series_id=an_id(7), ground=Ground.WORKSHOP, title="Premiers pas", dates=(day,),
        start=start, end=end, entered_at=NOW,
    )  # fmt: skip


def test_other_hours_hold_from_the_first_day_that_has_them() -> None:
    draft = HoursDraft.of(HOURS)
    thursday = effect_of(draft.with_day(3, ((840, 1020),)), a_room(), (), NOW)
    assert (thursday.first, thursday.is_today) == (THURSDAY, False)
    wednesday = effect_of(draft.with_day(2, ((600, 1020),)), a_room(), (), NOW)
    assert (wednesday.first, wednesday.is_today) == (TODAY, True)
    assert effect_of(draft, a_room(), (), NOW).first is None
    # A date of its own goes before its weekday: that Thursday changes nothing.
    kept = HoursDraft.of(HOURS).plus_date(DatedDay(THURSDAY, WEEK[3]))
    later = effect_of(kept.with_day(3, ((840, 1020),)), a_room(), (), NOW)
    assert later.first == THURSDAY + timedelta(days=7)


def test_the_length_of_the_week_before_and_after() -> None:
    effect = effect_of(HoursDraft.of(HOURS).with_day(0, ((600, 660),)), a_room(), (), NOW)
    assert (effect.before, effect.after) == (week_minutes(WEEK), week_minutes(WEEK) + 60)


def test_sessions_that_go_beyond_the_new_closing_of_today_are_counted() -> None:
    seats = tuple(
        a_seat(TRAPEZE_ROOM, number, slot=a_slot(left, number=number))
        for number, left in enumerate((20, 40), 1)
    )
    # It is 14 h 32; closing at 15 h leaves one of both within the hours.
    shorter = HoursDraft.of(HOURS).with_day(2, ((600, 900),))
    assert effect_of(shorter, a_room(), seats, NOW).slots == 1
    assert effect_of(HoursDraft.of(HOURS).with_day(2, ()), a_room(), seats, NOW).slots == 2
    assert effect_of(HoursDraft.of(HOURS).with_day(3, ()), a_room(), seats, NOW).slots == 0


def test_workshops_that_would_stand_outside_the_hours_are_named() -> None:
    room = a_room(a_series(THURSDAY), a_series(date(2026, 10, 8)), a_series(THURSDAY, 60, 120))
    effect = effect_of(HoursDraft.of(HOURS).with_day(3, ((840, 960),)), room, (), NOW)
    assert [(hit.series.start, hit.day) for hit in effect.bookings] == [(900, THURSDAY)]
    assert not effect_of(HoursDraft.of(HOURS).with_day(3, ((840, 1140),)), room, (), NOW).bookings


@given(draft=drafts)
def test_what_a_draft_changes_is_told_whatever_is_written(draft: HoursDraft) -> None:
    seats = (a_seat(TRAPEZE_ROOM, 1, slot=a_slot(22)),)
    effect = effect_of(draft, a_room(a_series(THURSDAY)), seats, NOW)
    assert effect.first is None or effect.first >= TODAY
    assert effect.is_today is (effect.first == TODAY)
