"""Opening hours of a room: a week, dated exceptions, and what follows from them.

Minutes are counted from local midnight (0 to 1440), so that an interval may end at midnight. Local
times become instants in one place, `instant`: a time that the spring change skips moves forward by
the length of the gap, a time that the autumn change repeats means its first occurrence.
"""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

DAY_MINUTES = 24 * 60
SEARCH_DAYS = 60
"""How far ahead the next opening is looked for, in days."""


class HoursInvalid(ValueError):
    """The intervals of a day overlap or are out of order, a week lacks days, a zone is unknown."""


@dataclass(frozen=True, slots=True)
class Interval:
    """A part of a local day, in minutes from midnight; `end` is not included."""

    start: int
    end: int

    def __post_init__(self) -> None:
        """Refuse an interval that is empty, reversed or outside the day."""
        if not 0 <= self.start < self.end <= DAY_MINUTES:
            message = f"an interval must lie within a day and end after it starts: {self}"
            raise HoursInvalid(message)


Day = tuple[Interval, ...]


@dataclass(frozen=True, slots=True)
class DatedException:
    """The hours of one date, instead of those of its weekday; no interval means closed."""

    day: date
    intervals: Day
    label: str = ""


@dataclass(frozen=True, slots=True)
class OpeningHours:
    """The hours of a room. `week` has seven days, Monday first."""

    zone: str
    week: tuple[Day, ...]
    exceptions: tuple[DatedException, ...] = ()

    def __post_init__(self) -> None:
        """Refuse an unknown zone, a week without seven days, intervals that touch wrongly."""
        try:
            ZoneInfo(self.zone)
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:
            message = "there is no such time zone"
            raise HoursInvalid(message) from error
        if len(self.week) != 7:  # noqa: PLR2004 - a week has seven days
            message = f"a week has seven days, not {len(self.week)}"
            raise HoursInvalid(message)
        for day in (*self.week, *(exception.intervals for exception in self.exceptions)):
            for before, after in itertools.pairwise(day):
                if after.start < before.end:
                    message = f"the intervals of a day overlap or are out of order: {day}"
                    raise HoursInvalid(message)


@dataclass(frozen=True, slots=True)
class Opening:
    """One stretch of time during which the room is open; both ends are aware UTC instants."""

    start: datetime
    end: datetime


def instant(day: date, minute: int, zone: str) -> datetime:
    """Return the UTC instant of a local time, given in minutes from midnight of `day`."""
    local = datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(zone))
    wall = (local.replace(tzinfo=None) + timedelta(minutes=minute)).replace(tzinfo=local.tzinfo)
    # fold=0 means the first of two; for a skipped time it also maps gap times forward.
    return wall.replace(fold=0).astimezone(UTC)


def openings_on(hours: OpeningHours, day: date) -> tuple[Opening, ...]:
    """Return the stretches of one local date during which the room is open."""
    intervals = hours.week[day.weekday()]
    for exception in hours.exceptions:
        if exception.day == day:
            intervals = exception.intervals
    openings = (
        Opening(instant(day, part.start, hours.zone), instant(day, part.end, hours.zone))
        for part in intervals
    )
    # An interval that lies wholly in the hour skipped in spring has no length left.
    return tuple(opening for opening in openings if opening.start < opening.end)


def local_date(at: datetime, zone: str) -> date:
    """Return the room's local date at an instant."""
    return at.astimezone(ZoneInfo(zone)).date()


def current_opening(hours: OpeningHours, at: datetime) -> Opening | None:
    """Return the stretch that contains `at`, with adjoining stretches joined, or None if closed."""
    found: Opening | None = None
    for opening in _openings_from(hours, at):
        if found is None:
            if not opening.start <= at:
                return None
            found = opening
        elif opening.start == found.end:
            found = Opening(found.start, opening.end)
        else:
            return found
    return found


def next_opening(hours: OpeningHours, at: datetime) -> Opening | None:
    """Return the first stretch that starts after `at`, or None within `SEARCH_DAYS`."""
    return next((opening for opening in _openings_from(hours, at) if opening.start > at), None)


def _openings_from(hours: OpeningHours, at: datetime) -> Iterator[Opening]:
    """Yield the stretches not yet over at `at`, in order."""
    first = local_date(at, hours.zone)
    for offset in range(SEARCH_DAYS + 1):
        for opening in openings_on(hours, first + timedelta(days=offset)):
            if opening.end > at:
                yield opening
