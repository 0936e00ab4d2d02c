"""Opening hours as somebody types them: every fault of a draft at once, then the hours themselves.

The editor shows each fault beside the interval it belongs to. A draft with a fault gives no hours,
so that nothing wrong is ever kept. Minutes are counted from local midnight, 0 to 1440.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from kiosk.rules.hours import DAY_MINUTES, DatedException, Interval, OpeningHours

WEEK_DAYS = 7

Span = tuple[int, int]
"""An interval as it is typed: start and end in minutes, not checked yet."""


class FaultKind(StrEnum):
    """What is wrong with an interval, a date or the whole draft."""

    OUTSIDE_DAY = "outside_day"
    ENDS_BEFORE_START = "ends_before_start"
    OVERLAP = "overlap"
    DATE_TWICE = "date_twice"
    WEEK_INCOMPLETE = "week_incomplete"
    ZONE_UNKNOWN = "zone_unknown"


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault and its place: a weekday (0 is Monday) or a date, and the interval's index."""

    kind: FaultKind
    weekday: int | None = None
    day: date | None = None
    index: int | None = None


@dataclass(frozen=True, slots=True)
class DraftException:
    """The hours of one date, as typed; no interval means closed."""

    day: date
    intervals: tuple[Span, ...] = ()
    label: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """A room's hours, as typed. The intervals of a day may stand in any order."""

    zone: str
    week: tuple[tuple[Span, ...], ...]
    exceptions: tuple[DraftException, ...] = ()


def faults_of(draft: Draft) -> tuple[Fault, ...]:
    """Return everything that is wrong with a draft; nothing means that it can be kept."""
    return tuple(_faults(draft))


def hours_of(draft: Draft) -> OpeningHours | tuple[Fault, ...]:
    """Return the hours that a draft means, each day in order, or its faults."""
    faults = faults_of(draft)
    if faults:
        return faults
    return OpeningHours(
        draft.zone,
        tuple(_day(day) for day in draft.week),
        tuple(
            DatedException(one.day, _day(one.intervals), one.label)
            for one in sorted(draft.exceptions, key=lambda one: one.day)
        ),
    )


def with_holidays(hours: OpeningHours, holidays: Iterable[DatedException]) -> OpeningHours:
    """Return the hours with public holidays added; what staff wrote for a date goes before."""
    own = {exception.day for exception in hours.exceptions}
    added = (holiday for holiday in holidays if holiday.day not in own)
    merged = sorted((*hours.exceptions, *added), key=lambda exception: exception.day)
    return replace(hours, exceptions=tuple(merged))


def _day(spans: tuple[Span, ...]) -> tuple[Interval, ...]:
    return tuple(Interval(*span) for span in sorted(spans))


def _faults(draft: Draft) -> Iterator[Fault]:
    try:
        ZoneInfo(draft.zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        yield Fault(FaultKind.ZONE_UNKNOWN)
    if len(draft.week) != WEEK_DAYS:
        yield Fault(FaultKind.WEEK_INCOMPLETE)
    for weekday, spans in enumerate(draft.week):
        for kind, index in _day_faults(spans):
            yield Fault(kind, weekday=weekday, index=index)
    seen: set[date] = set()
    for exception in draft.exceptions:
        if exception.day in seen:
            yield Fault(FaultKind.DATE_TWICE, day=exception.day)
        seen.add(exception.day)
        for kind, index in _day_faults(exception.intervals):
            yield Fault(kind, day=exception.day, index=index)


def _day_faults(spans: tuple[Span, ...]) -> Iterator[tuple[FaultKind, int]]:
    """Yield the faults of a day; of two intervals that overlap the later one is at fault."""
    sound: list[tuple[Span, int]] = []
    for index, (start, end) in enumerate(spans):
        if not (0 <= start <= DAY_MINUTES and 0 <= end <= DAY_MINUTES):
            yield FaultKind.OUTSIDE_DAY, index
        elif end <= start:
            yield FaultKind.ENDS_BEFORE_START, index
        else:
            sound.append(((start, end), index))
    reached = 0
    for (start, end), index in sorted(sound):
        if start < reached:
            yield FaultKind.OVERLAP, index
        reached = max(reached, end)
