"""Series as staff write them: faults, whom a late one shortens, and which date may be opened now.

The editor shows every fault at once, then what the series runs into. A running slot is shortened
for nobody's sake unless an agent has seen it and wants it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from kiosk.rules.booking import Booking, Series, bookings_of
from kiosk.rules.boundary import LEAD_SECONDS, LateChange, cut_short, workshop_slot
from kiosk.rules.hours import DAY_MINUTES
from kiosk.rules.slot import Boundary, Grant, Ground, Refusal, SlotRule

MOST_DATES = 60
"""A series of more dates is rather opening hours."""


class SeriesFault(StrEnum):
    """What is wrong with a series as it is typed."""

    NO_TITLE = "no_title"
    GROUND = "ground"
    NO_DATES = "no_dates"
    DATE_TWICE = "date_twice"
    TOO_MANY_DATES = "too_many_dates"
    OVER = "over"
    OUTSIDE_DAY = "outside_day"
    ENDS_BEFORE_START = "ends_before_start"
    NO_SEATS = "no_seats"
    NO_SUCH_SEAT = "no_such_seat"


@dataclass(frozen=True, slots=True)
class DraftSeries:
    """A series as typed: dates in any order, minutes from local midnight, None for all seats."""

    ground: Ground
    title: str
    dates: tuple[date, ...]
    start: int
    end: int
    seats: tuple[int, ...] | None = None


@dataclass(frozen=True, slots=True)
class RunningSlot:
    """A slot that runs on a seat; `ends_at` does not count its grace."""

    seat: int
    ends_at: datetime
    grace_seconds: int


@dataclass(frozen=True, slots=True)
class Cut:
    """A running slot would end at `new_end` for the sake of what begins `boundary.at`."""

    seat: int
    ends_at: datetime
    new_end: datetime
    boundary: Boundary


def faults_of(draft: DraftSeries, seats: Iterable[int], today: date) -> tuple[SeriesFault, ...]:
    """Return everything that is wrong with a draft; nothing means that it can be kept.

    Args:
        draft: the series as typed.
        seats: the numbers of the room's seats.
        today: the room's local date; a series whose last date is past takes no seat any more.
    """
    return tuple(_faults(draft, frozenset(seats), today))


def series_of(draft: DraftSeries, series_id: str, entered_at: datetime) -> Series:
    """Return the series that a draft without faults means."""
    return Series(
        series_id=series_id,
        ground=draft.ground,
        dates=tuple(sorted(draft.dates)),
        start=draft.start,
        end=draft.end,
        seats=None if draft.seats is None else frozenset(draft.seats),
        entered_at=entered_at,
    )


def cuts_of(
    series: Series, zone: str, running: Iterable[RunningSlot], now: datetime
) -> tuple[Cut, ...]:
    """Return whom a series entered now would shorten, if an agent confirms it.

    A slot that ends in time, or within the notice, is not among them: its seat is taken at its end.

    Args:
        series: the series.
        zone: the room's time zone.
        running: the slots that run in the room.
        now: when it is entered.
    """
    coming = [booking for booking in bookings_of(series, zone) if booking.end > now]
    first = min(coming, key=lambda booking: booking.start, default=None)
    if first is None:
        return ()
    boundary = Boundary(series.ground, first.start)
    change = LateChange(boundary, now, confirmed=True)
    found = []
    for slot in running:
        if not series.takes(slot.seat):
            continue
        rule = SlotRule(grace_seconds=slot.grace_seconds)
        cut = cut_short(rule, slot.ends_at, change)
        if cut is not None:
            found.append(Cut(slot.seat, slot.ends_at, cut.ends_at, boundary))
    return tuple(sorted(found, key=lambda cut: cut.seat))


def open_now(
    rule: SlotRule, series: Series, zone: str, now: datetime
) -> tuple[Booking, Grant] | Refusal:
    """Return the date whose seats may be opened now and for how long, or why none may."""
    coming = sorted(
        (booking for booking in bookings_of(series, zone) if booking.end > now),
        key=lambda booking: booking.start,
    )
    if not coming:
        return Refusal(Ground.OVER)
    found = workshop_slot(rule, coming[0], now)
    return (coming[0], found) if isinstance(found, Grant) else found


def can_open(series: Series, zone: str, now: datetime) -> bool:
    """Tell whether the seats of a series may be opened now."""
    lead = timedelta(seconds=LEAD_SECONDS)
    return any(one.start - lead <= now < one.end for one in bookings_of(series, zone))


def _faults(draft: DraftSeries, seats: frozenset[int], today: date) -> Iterator[SeriesFault]:
    if not draft.title.strip():
        yield SeriesFault.NO_TITLE
    if draft.ground not in (Ground.WORKSHOP, Ground.RESERVATION):
        yield SeriesFault.GROUND
    if not draft.dates:
        yield SeriesFault.NO_DATES
    elif max(draft.dates) < today:
        yield SeriesFault.OVER
    if len(set(draft.dates)) < len(draft.dates):
        yield SeriesFault.DATE_TWICE
    if len(draft.dates) > MOST_DATES:
        yield SeriesFault.TOO_MANY_DATES
    if not (0 <= draft.start <= DAY_MINUTES and 0 <= draft.end <= DAY_MINUTES):
        yield SeriesFault.OUTSIDE_DAY
    elif draft.end <= draft.start:
        yield SeriesFault.ENDS_BEFORE_START
    if draft.seats is not None and not draft.seats:
        yield SeriesFault.NO_SEATS
    elif draft.seats is not None and not seats.issuperset(draft.seats):
        yield SeriesFault.NO_SUCH_SEAT
