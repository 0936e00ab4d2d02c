"""A workshop or a reservation while somebody writes it: what is typed, wrong, and asked.

A plan is a value: each change gives another one. It keeps the series that it began with, so that
what somebody else saves meanwhile is noticed and never overwritten unseen. Dates that are past stay
as they are.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from admin_console.desk.models.hours_draft import Unread
from kiosk.rules.booking import Conflict, and_later, conflicts, days_in_a_row
from kiosk.rules.hours import OpeningHours, local_date, openings_on
from kiosk.rules.slot import Ground
from kiosk.rules.workshop import SeriesFault, faults_of, series_of
from kiosk.wire.place import RoomView, SeriesView
from kiosk.wire.workshop import SeriesDraft, SetSeries

MOST_DAYS = 60
WEEK_DAYS = 7

PlanFault = SeriesFault | Unread

MISSING = frozenset({SeriesFault.NO_TITLE, SeriesFault.NO_DATES})
"""The faults of what is not written yet."""


@dataclass(frozen=True, slots=True)
class Theirs:
    """What somebody else has saved; no series where it is gone."""

    series: SeriesView | None


@dataclass(frozen=True, slots=True)
class SeriesPlan:
    """A series as it is typed.

    Attributes:
        series_id: its identifier, which this console made for a new one.
        before: what the plan began with, None for a new series.
        ground: `WORKSHOP` or `RESERVATION`.
        title: what the seats say it is.
        dates: the local dates, in order.
        start: minutes from midnight, None where the text means no time.
        end: as `start`.
        seats: the numbers of its seats, None for the whole room.
    """

    series_id: str
    before: SeriesView | None = None
    ground: Ground = Ground.WORKSHOP
    title: str = ""
    dates: tuple[date, ...] = ()
    start: int | None = None
    end: int | None = None
    seats: frozenset[int] | None = None

    @classmethod
    def of(cls, series: SeriesView) -> "SeriesPlan":
        """Return a plan that changes nothing yet."""
        return cls(series.series_id, series)._over_all(series)

    # ------------------------------------------------------------------------------- changing

    def over(self, series: SeriesView | None) -> "SeriesPlan":
        """Return the plan as a change of another series: somebody has seen both, and keeps this."""
        return replace(self, before=series)

    def plus_date(self, day: date) -> "SeriesPlan":
        """Return the plan with one more date."""
        return replace(self, dates=tuple(sorted({*self.dates, day})))

    def less_date(self, day: date) -> "SeriesPlan":
        """Return the plan without a date."""
        return replace(self, dates=tuple(one for one in self.dates if one != day))

    def with_run(self, days: Iterable[date], today: date) -> "SeriesPlan":
        """Return the plan with other dates from today on."""
        past = {one for one in self.dates if one < today}
        return replace(self, dates=tuple(sorted(past | set(days))))

    # -------------------------------------------------------------------------------- reading

    def count(self) -> int:
        """Return how many things would be saved otherwise than before; each date is one."""
        if self.before is None:
            return 1
        kept = SeriesPlan.of(self.before)
        parts = (
            (self.ground, kept.ground),
            (" ".join(self.title.split()), kept.title),
            ((self.start, self.end), (kept.start, kept.end)),
            (self.seats, kept.seats),
        )
        return sum(mine != theirs for mine, theirs in parts) + len(
            set(self.dates) ^ set(kept.dates)
        )

    def is_begun(self) -> bool:
        """Return whether something would be lost with the plan."""
        if self.before is not None:
            return bool(self.count())
        return bool(self.title.strip() or self.dates or self.seats is not None)

    def says(self, series: SeriesView | None) -> bool:
        """Return whether a series is what the plan says."""
        return series is not None and not self.over(series).count()

    def faults(
        self, seats: Iterable[int], today: date, *, finished: bool = True
    ) -> tuple[PlanFault, ...]:
        """Return everything that is wrong, by the room's seats and its local date.

        What is missing is no fault before somebody has `finished`.
        """
        found: list[PlanFault] = list(faults_of(self._draft().as_rule(), seats, today))
        if self.start is None or self.end is None:
            hidden = {SeriesFault.OUTSIDE_DAY, SeriesFault.ENDS_BEFORE_START}
            found = [Unread.TIME, *(one for one in found if one not in hidden)]
        return tuple(one for one in found if finished or one not in MISSING)

    def runs_into(self, room: RoomView, today: date, now: datetime) -> dict[date, list[Conflict]]:
        """Return by date what the plan runs into from today on; nothing while it has faults."""
        found: dict[date, list[Conflict]] = {}
        if self.faults(self.seats or (), today):
            return found
        series = series_of(self._draft().as_rule(), self.series_id, now)
        others = [one.as_rule() for one in room.bookings]
        for conflict in conflicts(series, room.hours.as_rule(), others):
            if conflict.day is not None and conflict.day >= today:
                found.setdefault(conflict.day, []).append(conflict)
        return found

    def ask(self, *, confirmed: bool = False, shorten: tuple[int, ...] = ()) -> SetSeries:
        """Return what is asked of the hub."""
        return SetSeries(
            series_id=self.series_id,
            before=self.before,
            draft=self._draft(),
            confirmed=confirmed,
            shorten=shorten,
        )

    def ask_removal(self) -> SetSeries:
        """Return what is asked of the hub to take the series away."""
        return SetSeries(series_id=self.series_id, before=self.before)

    def _draft(self) -> SeriesDraft:
        return SeriesDraft(
            ground=self.ground,
            title=" ".join(self.title.split()),
            dates=self.dates,
            start=-1 if self.start is None else self.start,
            end=-1 if self.end is None else self.end,
            seats=None if self.seats is None else tuple(sorted(self.seats)),
        )

    def _over_all(self, series: SeriesView) -> "SeriesPlan":
        seats = None if series.seats is None else frozenset(series.seats)
        return replace(
            self,
            ground=series.ground,
            title=series.title,
            dates=series.dates,
            start=series.start,
            end=series.end,
            seats=seats,
        )


def series_in(room: RoomView | None, series_id: str) -> SeriesView | None:
    """Return a series of a room, None where it has none with this identifier."""
    found = () if room is None else room.bookings
    return next((one for one in found if one.series_id == series_id), None)


def run_of_days(
    first: date, count: int, hours: OpeningHours | None = None, *, later: bool = False
) -> tuple[date, ...]:
    """Return days in a row, and one a week after the last of them.

    Args:
        first: the first day that is looked at.
        count: how many days, `MOST_DAYS` at most.
        hours: leaves out the days on which the room is closed; None leaves out none.
        later: whether there is one more, a week later.

    Raises:
        SeriesInvalid: there are not so many days within a year.
    """

    def is_open(day: date) -> bool:
        return hours is None or bool(openings_on(hours, day))

    dates = days_in_a_row(first, min(count, MOST_DAYS), is_open)
    return and_later(dates, WEEK_DAYS) if later else dates


def next_open_day(hours: OpeningHours, now: datetime) -> date:
    """Return the first local date after today on which a room opens; tomorrow where none does."""
    today = local_date(now, hours.zone)
    days = [today + timedelta(days=step) for step in range(1, MOST_DAYS)]
    return next((day for day in days if openings_on(hours, day)), days[0])
