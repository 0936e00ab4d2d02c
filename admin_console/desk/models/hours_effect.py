"""What other hours change: from which date on they hold, and what is on its way then.

A session that runs keeps the time that it was granted, and a workshop its dates: the hub takes
nothing back. So staff are told before they save which of them would stand outside the new hours.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from admin_console.desk.models.hours_draft import HoursDraft, Times, week_minutes
from kiosk.rules.hours import instant, local_date
from kiosk.wire.place import RoomView, SeatView, SeriesView


@dataclass(frozen=True, slots=True)
class BookingHit:
    """A date of a booking that would stand outside the hours, and did not before."""

    series: SeriesView
    day: date


@dataclass(frozen=True, slots=True)
class HoursEffect:
    """What would change.

    Attributes:
        first: the first date on which the hours are others; None where no date is.
        is_today: whether that date is today.
        slots: how many running sessions would go on beyond the new closing.
        bookings: the dates of workshops and reservations outside the new hours.
        before: minutes open in a week until now.
        after: minutes open in a week then.
    """

    first: date | None
    is_today: bool
    slots: int
    bookings: tuple[BookingHit, ...]
    before: int
    after: int


def effect_of(
    draft: HoursDraft, room: RoomView, seats: Sequence[SeatView], now: datetime
) -> HoursEffect:
    """Return what a draft would change, at an aware instant; what is not understood is left out."""
    today = local_date(now, room.hours.zone)
    moved = [day for day in _days(draft, room, today) if _told(draft, day) != _kept(draft, day)]
    first = min(moved, default=None)
    hits = [
        BookingHit(series, day)
        for series in room.bookings
        for day in series.dates
        if day in moved
        and _holds(_kept(draft, day), series.start, series.end)
        and not _holds(_told(draft, day), series.start, series.end)
    ]
    slots = 0
    if today in moved:
        ends = [seat.slot.ends_at for seat in seats if seat.slot is not None]
        slots = sum(1 for end in ends if not _is_open(draft, today, now, end))
    return HoursEffect(
        first,
        first == today,
        slots,
        tuple(sorted(hits, key=lambda hit: (hit.day, hit.series.start))),
        week_minutes(draft.before.week),
        week_minutes(draft.week),
    )


def _days(draft: HoursDraft, room: RoomView, today: date) -> set[date]:
    """Return the dates to look at: a week and whatever is dated, from today on."""
    found = {today + timedelta(days=offset) for offset in range(len(draft.week) * 2)}
    found |= {dated.day for dated in draft.dates if dated.day is not None}
    found |= {exception.day for exception in draft.before.exceptions}
    found |= {day for series in room.bookings for day in series.dates}
    return {day for day in found if day >= today}


def _told(draft: HoursDraft, day: date) -> Times:
    """Return the hours of a date by the draft."""
    for dated in draft.dates:
        if dated.day == day:
            return tuple(sorted(dated.times, key=_place))
    return tuple(sorted(draft.week[day.weekday()], key=_place))


def _kept(draft: HoursDraft, day: date) -> Times:
    """Return the hours of a date until now."""
    for exception in draft.before.exceptions:
        if exception.day == day:
            return exception.intervals
    return draft.before.week[day.weekday()]


def _place(typed: tuple[int | None, int | None]) -> tuple[int, int]:
    return typed[0] or 0, typed[1] or 0


def _holds(times: Times, start: int, end: int) -> bool:
    return any(
        opens is not None and closes is not None and opens <= start and end <= closes
        for opens, closes in times
    )


def _is_open(draft: HoursDraft, day: date, now: datetime, until: datetime) -> bool:
    """Return whether the room would be open from now until then."""
    zone = draft.before.zone
    return any(
        opens is not None
        and closes is not None
        and instant(day, opens, zone) <= now
        and until <= instant(day, closes, zone)
        for opens, closes in _told(draft, day)
    )
