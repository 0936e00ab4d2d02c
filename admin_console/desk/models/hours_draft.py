"""The hours of a room while somebody changes them: what is typed, what is wrong, what is sent.

A draft is a value: each change gives another one. It keeps the hours that it began with, so that
what somebody else saves meanwhile is noticed and never overwritten unseen. What the rules find
wrong (`kiosk.rules.timetable`) comes back at its place; a text that means no time or date is wrong
before any rule is asked.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from kiosk.rules.timetable import Draft, DraftException, FaultKind, Span, faults_of
from kiosk.wire.hours import SetHours
from kiosk.wire.place import ExceptionView, HoursView

WEEK = range(7)

Typed = tuple[int | None, int | None]
"""Start and end in minutes from midnight, each None where the text means no time."""

Times = tuple[Typed, ...]


class Unread(StrEnum):
    """What is wrong with a text, before any rule is asked."""

    TIME = "time"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class DatedDay:
    """The hours of one date; `day` is None where the text means no date. No times is closed."""

    day: date | None
    times: Times = ()
    label: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: a weekday or a date of the draft, and maybe one of its intervals.

    `weekday` counts from 0, Monday; `dated` is the place in the list of dates.
    """

    weekday: int | None = None
    dated: int | None = None
    index: int | None = None


@dataclass(frozen=True, slots=True)
class DraftFault:
    """One fault at its place."""

    kind: FaultKind | Unread
    place: Place


@dataclass(frozen=True, slots=True)
class HoursDraft:
    """The hours as they are typed; `before` are those that the draft began with."""

    before: HoursView
    week: tuple[Times, ...]
    dates: tuple[DatedDay, ...]

    @classmethod
    def of(cls, hours: HoursView) -> "HoursDraft":
        """Return a draft that changes nothing yet."""
        dates = tuple(DatedDay(one.day, one.intervals, one.label) for one in hours.exceptions)
        return cls(hours, hours.week, dates)

    # ------------------------------------------------------------------------------- changing

    def with_day(self, weekday: int, times: Times) -> "HoursDraft":
        """Return the draft with other hours on a weekday."""
        week = tuple(times if one == weekday else kept for one, kept in enumerate(self.week))
        return replace(self, week=week)

    def with_copies(self, source: int, targets: Iterable[int]) -> "HoursDraft":
        """Return the draft with the hours of one weekday on others too."""
        chosen = frozenset(targets)
        week = tuple(self.week[source] if one in chosen else self.week[one] for one in WEEK)
        return replace(self, week=week)

    def with_date(self, place: int, dated: DatedDay) -> "HoursDraft":
        """Return the draft with something else at a place of the list of dates."""
        dates = tuple(dated if one == place else kept for one, kept in enumerate(self.dates))
        return replace(self, dates=dates)

    def plus_date(self, dated: DatedDay) -> "HoursDraft":
        """Return the draft with one more date, at the end of the list."""
        return replace(self, dates=(*self.dates, dated))

    def less_date(self, place: int) -> "HoursDraft":
        """Return the draft without a date."""
        dates = tuple(kept for one, kept in enumerate(self.dates) if one != place)
        return replace(self, dates=dates)

    def over(self, hours: HoursView) -> "HoursDraft":
        """Return the draft as a change of other hours: somebody has seen both and keeps this."""
        return replace(self, before=hours)

    # -------------------------------------------------------------------------------- reading

    def changed_days(self) -> tuple[int, ...]:
        """Return the weekdays whose hours are others than before."""
        return tuple(one for one in WEEK if _order(self.week[one]) != _order(self.before.week[one]))

    def changed_dates(self) -> int:
        """Return how many dates were added, changed or taken away."""
        mine = [(one.day, _order(one.times), one.label) for one in self.dates]
        theirs = [(one.day, _order(one.intervals), one.label) for one in self.before.exceptions]
        added = [one for one in mine if one not in theirs]
        gone = [one for one in theirs if one not in mine]
        # A date that is on both sides has been changed, once.
        both = {one[0] for one in added} & {one[0] for one in gone}
        return len(added) + len([one for one in gone if one[0] not in both])

    def count(self) -> int:
        """Return how many days and dates would be saved otherwise than before."""
        return len(self.changed_days()) + self.changed_dates()

    def faults(self) -> tuple[DraftFault, ...]:
        """Return everything that is wrong, each at its place, day by day."""
        faults: list[DraftFault] = []
        for weekday, times in enumerate(self.week):
            faults += _day_faults(self.before.zone, times, Place(weekday=weekday))
        seen: set[date] = set()
        for place, dated in enumerate(self.dates):
            if dated.day is None:
                faults.append(DraftFault(Unread.DATE, Place(dated=place)))
            elif dated.day in seen:
                faults.append(DraftFault(FaultKind.DATE_TWICE, Place(dated=place)))
            else:
                seen.add(dated.day)
            faults += _day_faults(self.before.zone, dated.times, Place(dated=place))
        return tuple(faults)

    def can_be_saved(self) -> bool:
        """Return whether there is something to save and nothing wrong with it."""
        return bool(self.count()) and not self.faults()

    def says(self, hours: HoursView) -> bool:
        """Return whether a room's hours are what the draft says."""
        if self.faults():
            return False
        return not replace(self, before=hours).count()

    def ask(self) -> SetHours:
        """Return what is asked of the hub.

        Raises:
            ValueError: something is wrong with the draft.
        """
        if self.faults():
            raise ValueError("a draft with a fault is not sent")
        exceptions = tuple(
            ExceptionView(day=one.day, intervals=_order(one.times), label=one.label)
            for one in self.dates
            if one.day is not None
        )
        week = tuple(_order(times) for times in self.week)
        ordered = tuple(sorted(exceptions, key=lambda one: one.day))
        return SetHours(before=self.before, week=week, exceptions=ordered)


def week_minutes(week: Iterable[Times]) -> int:
    """Return for how many minutes a week is open; what is not understood counts nothing."""
    return sum(max(0, end - start) for times in week for start, end in _order(times))


def _order(times: Times) -> tuple[Span, ...]:
    """Return the intervals that are understood, in order."""
    return tuple(sorted((s, e) for s, e in times if s is not None and e is not None))


def _day_faults(zone: str, times: Times, place: Place) -> list[DraftFault]:
    unread = [one for one, typed in enumerate(times) if None in typed]
    read = [one for one in range(len(times)) if one not in unread]
    spans = tuple((start, end) for start, end in times if start is not None and end is not None)
    # A day of its own keeps the answers of the rules apart from the other days.
    draft = Draft(zone, ((),) * len(WEEK), (DraftException(date.min, spans),))
    found = [DraftFault(Unread.TIME, replace(place, index=one)) for one in unread]
    found += [
        DraftFault(fault.kind, replace(place, index=read[fault.index]))
        for fault in faults_of(draft)
        if fault.index is not None
    ]
    return sorted(found, key=lambda one: one.place.index or 0)
