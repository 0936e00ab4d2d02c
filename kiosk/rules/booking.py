"""Workshops and reservations: series of dates for a room or some seats, and what they take when.

A series says its dates one by one, so that "ten days in a row and one a week later" is no special
case. Minutes are counted from local midnight, as in the opening hours; instants are aware UTC.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import combinations

from kiosk.rules.hours import DAY_MINUTES, OpeningHours, current_opening, instant
from kiosk.rules.slot import Boundary, Ground

LONGEST_SEARCH_DAYS = 366
"""How far days in a row are looked for when some of them are left out, in days."""


class SeriesInvalid(ValueError):
    """A series has no date, twice the same, no seat, or ends before it starts."""


@dataclass(frozen=True, slots=True)
class Series:
    """A workshop or a reservation on several dates, at the same local time.

    Attributes:
        series_id: what tells it from others.
        ground: `WORKSHOP` or `RESERVATION`.
        dates: the local dates, in order.
        start: minutes from midnight.
        end: minutes from midnight, 1440 at most; not included.
        seats: the numbers of its seats; None takes the whole room.
        entered_at: when staff entered it, or last changed its time or seats.
    """

    series_id: str
    ground: Ground
    dates: tuple[date, ...]
    start: int
    end: int
    seats: frozenset[int] | None
    entered_at: datetime

    def __post_init__(self) -> None:
        """Refuse what no seat could be kept for."""
        if self.ground not in (Ground.WORKSHOP, Ground.RESERVATION):
            message = f"a series is a workshop or a reservation, not {self.ground}"
            raise SeriesInvalid(message)
        if not self.dates or list(self.dates) != sorted(set(self.dates)):
            message = "a series has dates, in order, and none of them twice"
            raise SeriesInvalid(message)
        if not 0 <= self.start < self.end <= DAY_MINUTES:
            message = (
                f"a series lies within a day and ends after it starts: {self.start}-{self.end}"
            )
            raise SeriesInvalid(message)
        if self.seats is not None and not self.seats:
            message = "a series takes at least one seat"
            raise SeriesInvalid(message)

    def takes(self, seat: int) -> bool:
        """Tell whether a seat belongs to it."""
        return self.seats is None or seat in self.seats


@dataclass(frozen=True, slots=True)
class Booking:
    """One date of a series; both ends are aware UTC, the end is not included."""

    series: Series
    start: datetime
    end: datetime


class ConflictKind(StrEnum):
    """What a series runs into."""

    OUTSIDE_HOURS = "outside_hours"
    OTHER_SERIES = "other_series"
    NO_SUCH_SEAT = "no_such_seat"


@dataclass(frozen=True, slots=True)
class Conflict:
    """What one date runs into. `OUTSIDE_HOURS` may be meant: a course in a closed room.

    `day` is None where every date is concerned; `seats` is empty where the whole room is.
    """

    kind: ConflictKind
    day: date | None = None
    other: str | None = None
    seats: frozenset[int] = frozenset()


def days_in_a_row(
    first: date, count: int, keep: Callable[[date], bool] = lambda _day: True
) -> tuple[date, ...]:
    """Return `count` days from `first`, without those that are not kept (closed, say).

    Raises:
        SeriesInvalid: there are not so many within a year.
    """
    found: list[date] = []
    for offset in range(LONGEST_SEARCH_DAYS):
        if len(found) == count:
            break
        day = first + timedelta(days=offset)
        if keep(day):
            found.append(day)
    if len(found) < count or not found:
        message = f"there are no {count} such days from {first} on"
        raise SeriesInvalid(message)
    return tuple(found)


def and_later(dates: tuple[date, ...], days: int = 7) -> tuple[date, ...]:
    """Return the dates and one more, so many days after the last of them."""
    return (*dates, dates[-1] + timedelta(days=days))


def bookings_of(series: Series, zone: str) -> tuple[Booking, ...]:
    """Return the dates of a series as instants, without one that the spring change swallows."""
    found = (
        Booking(series, instant(day, series.start, zone), instant(day, series.end, zone))
        for day in series.dates
    )
    return tuple(booking for booking in found if booking.start < booking.end)


def running_booking(bookings: Iterable[Booking], seat: int, at: datetime) -> Booking | None:
    """Return what takes a seat at an instant: the one that ends last, None if nothing does."""
    found = [one for one in bookings if one.series.takes(seat) and one.start <= at < one.end]
    return max(found, key=lambda one: one.end, default=None)


def next_booking(bookings: Iterable[Booking], seat: int, at: datetime) -> Booking | None:
    """Return what takes a seat next after an instant, None if nothing does."""
    found = [one for one in bookings if one.series.takes(seat) and one.start > at]
    return min(found, key=lambda one: one.start, default=None)


def boundary_of(booking: Booking) -> Boundary:
    """Return what the start of a booking is to a slot on one of its seats."""
    return Boundary(booking.series.ground, booking.start)


def conflicts(
    series: Series,
    hours: OpeningHours,
    others: Iterable[Series] = (),
    seats: frozenset[int] | None = None,
) -> tuple[Conflict, ...]:
    """Return everything that a series runs into, in the order of its dates.

    Args:
        series: the series to look at.
        hours: the opening hours of its room.
        others: the other series of the room; one with the same id is the earlier state of this one.
        seats: the numbers of the room's seats, None to leave them unchecked.
    """
    found: list[Conflict] = []
    if seats is not None and series.seats is not None and series.seats - seats:
        found.append(Conflict(ConflictKind.NO_SUCH_SEAT, seats=series.seats - seats))
    mine = bookings_of(series, hours.zone)
    theirs = [
        booking
        for other in others
        if other.series_id != series.series_id
        for booking in bookings_of(other, hours.zone)
    ]
    for day, booking in zip(series.dates, _each(series, mine, hours.zone), strict=True):
        opening = None if booking is None else current_opening(hours, booking.start)
        if booking is None or opening is None or booking.end > opening.end:
            found.append(Conflict(ConflictKind.OUTSIDE_HOURS, day))
        if booking is not None:
            found.extend(_overlaps(booking, day, theirs))
    return tuple(found)


def overlapping(bookings: Iterable[Booking]) -> tuple[tuple[Booking, Booking], ...]:
    """Return the pairs of bookings that want one seat at one time."""
    return tuple(
        (one, two)
        for one, two in combinations(bookings, 2)
        if one.start < two.end
        and two.start < one.end
        and _shared(one.series, two.series) is not None
    )


def _each(series: Series, bookings: tuple[Booking, ...], zone: str) -> Iterator[Booking | None]:
    by_start = {booking.start: booking for booking in bookings}
    for day in series.dates:
        yield by_start.get(instant(day, series.start, zone))


def _overlaps(booking: Booking, day: date, theirs: Iterable[Booking]) -> Iterator[Conflict]:
    for other in theirs:
        shared = _shared(booking.series, other.series)
        if shared is None or other.start >= booking.end or booking.start >= other.end:
            continue
        yield Conflict(ConflictKind.OTHER_SERIES, day, other.series.series_id, shared)


def _shared(one: Series, two: Series) -> frozenset[int] | None:
    """Return the seats that two series share, empty for a whole room, None for no seat."""
    if one.seats is None or two.seats is None:
        return one.seats or two.seats or frozenset()
    return one.seats & two.seats or None
