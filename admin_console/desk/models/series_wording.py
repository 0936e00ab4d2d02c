"""What the page of workshops says, in the language of the screen."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from admin_console.desk.models.hours_draft import Unread
from admin_console.desk.models.hours_wording import HoursWording
from admin_console.desk.models.series_plan import PlanFault
from admin_console.desk.models.wording import Wording
from kiosk.hublink.failure import Failure, Reason
from kiosk.look.trouble import Trouble
from kiosk.rules.booking import ConflictKind
from kiosk.rules.slot import Ground
from kiosk.rules.workshop import MOST_DATES, SeriesFault
from kiosk.wire.place import RoomView, SeriesView
from kiosk.wire.problem import ProblemCode
from kiosk.wire.workshop import ConflictView, CutView

SAID_DATES = 4
"""How many dates are named where many run into the same."""


class SeriesWording:
    """Tells series, their faults, and what they run into."""

    def __init__(self, wording: Wording) -> None:
        self.language = wording.language
        self._wording = wording
        self.hours = HoursWording(wording.language)

    # ------------------------------------------------------------------------------ the series

    def kind(self, ground: Ground) -> str:
        """Return the word for a kind of series: "Atelier"."""
        _ = self.language.gettext
        return _("Workshop") if ground is Ground.WORKSHOP else _("Booking")

    def seats(self, seats: Iterable[int] | None) -> str:
        """Return seats in a line: "toute la salle", "postes 1, 2 et 3", "7 postes"."""
        if seats is None:
            return self.language.gettext("the whole room")
        numbers = sorted(seats)
        return self._wording.seat_list(numbers).lower() if numbers else ""

    def day(self, day: date) -> str:
        """Return a date in a list: "ven. 25 décembre 2026"."""
        return self.hours.whole_date(day)

    def short_day(self, day: date) -> str:
        """Return a date in a sentence: "ven. 25 décembre"."""
        return self._wording.phrase.short_day(day)

    def dates(self, dates: Sequence[date]) -> str:
        """Return dates in a few words: "11 dates, du lun. 2 novembre au ven. 20 novembre"."""
        _, phrase = self.language.gettext, self._wording.phrase
        if not dates:
            return _("no date yet")
        if len(dates) == 1:
            return phrase.short_day(dates[0])
        told = {
            "count": len(dates),
            "first": phrase.short_day(dates[0]),
            "last": phrase.short_day(dates[-1]),
        }
        return _("%(count)d dates, from %(first)s to %(last)s") % told

    def span(self, start: int | None, end: int | None) -> str:
        """Return the hours of each date: "14 h – 16 h"."""
        return self.hours.span((start, end))

    def line(self, series: SeriesView, dates: Sequence[date]) -> str:
        """Return a series in a line below its title, with those of its dates that count."""
        parts = (
            self.kind(series.ground),
            self.dates(dates),
            self.span(series.start, series.end),
            self.seats(series.seats),
        )
        return " · ".join(parts)

    def left(self, count: int) -> str:
        """Return how many dates of a series are still to come: "3 dates à venir"."""
        form = self.language.ngettext("%(count)d date to come", "%(count)d dates to come", count)
        return form % {"count": count}

    def past(self, count: int) -> str:
        """Return how many dates of a series are past: "7 dates passées"."""
        form = self.language.ngettext("%(count)d past date", "%(count)d past dates", count)
        return form % {"count": count}

    # ---------------------------------------------------------------------------------- faults

    def fault(self, fault: PlanFault) -> Trouble:
        """Return what is wrong with a plan, what is kept, and what to do."""
        _ = self.language.gettext
        facts = {
            SeriesFault.NO_TITLE: (
                _("It has no title yet."),
                _("Write what it is: the seats show it."),
            ),
            SeriesFault.NO_DATES: (_("It has no date yet."), _("Add one at least.")),
            SeriesFault.TOO_MANY_DATES: (
                _("It has more than %(count)d dates.") % {"count": MOST_DATES},
                _("Take some away, or make two of it."),
            ),
            SeriesFault.OVER: (_("All its dates are past."), _("Add one that is to come.")),
            SeriesFault.ENDS_BEFORE_START: (
                _("It ends before it starts."),
                _("Exchange both times, or write a later end."),
            ),
            SeriesFault.NO_SEATS: (
                _("No seat is chosen."),
                _("Choose some, or the whole room."),
            ),
            SeriesFault.NO_SUCH_SEAT: (
                _("A seat of it is in this room no more."),
                _("Choose the seats again."),
            ),
            Unread.TIME: (
                _("This is not understood as a time."),
                _("Write it for example as 14:30 or 1430."),
            ),
        }
        unknown = (_("It cannot be kept like this."), _("Cancel the changes and begin again."))
        fact, advice = facts.get(fault, unknown)
        return Trouble(fact, _("Nothing is saved before."), advice)

    def unread_date(self) -> Trouble:
        """Return that a text means no date."""
        _ = self.language.gettext
        return Trouble(
            _("This is not understood as a date."),
            _("The list stays as it is."),
            _("Write it for example as 25/12/2026."),
        )

    def past_date(self) -> Trouble:
        """Return that a date lies in the past."""
        _ = self.language.gettext
        return Trouble(
            _("This date is past."), _("The list stays as it is."), _("Write one that is to come.")
        )

    def unread_count(self) -> Trouble:
        """Return that a text is no number of days."""
        _ = self.language.gettext
        return Trouble(
            _("This is no number of days."),
            _("The list stays as it is."),
            _("Write a number from 1 to %(count)d.") % {"count": MOST_DATES},
        )

    def no_such_days(self) -> Trouble:
        """Return that a room is not open on so many days."""
        _ = self.language.gettext
        return Trouble(
            _("The room is not open on so many days within a year."),
            _("The list stays as it is."),
            _("Take fewer days, or closed ones too."),
        )

    # ------------------------------------------------------------------------------- conflicts

    def conflict(self, kind: ConflictKind, title: str, seats: Iterable[int]) -> str:
        """Return what one date runs into, below it."""
        _ = self.language.gettext
        if kind is ConflictKind.OUTSIDE_HOURS:
            return _("outside the opening hours")
        told = {"title": title, "seats": self.seats(tuple(seats) or None)}
        return _("“%(title)s” has %(seats)s then") % told

    def conflicts(self, found: Sequence[ConflictView], titles: Mapping[str, str]) -> list[str]:
        """Return what a series runs into, each thing once with its dates."""
        _ = self.language.gettext
        grouped: dict[tuple[ConflictKind, str, tuple[int, ...]], list[date]] = {}
        for one in found:
            key = (one.kind, titles.get(one.other or "", ""), one.seats)
            grouped.setdefault(key, []).extend([] if one.day is None else [one.day])
        lines = []
        for (kind, title, seats), days in grouped.items():
            when = self._days(days)
            if kind is ConflictKind.OUTSIDE_HOURS:
                lines.append(_("Outside the opening hours: %(days)s.") % {"days": when})
            elif kind is ConflictKind.OTHER_SERIES:
                told = {"title": title, "seats": self.seats(seats or None), "days": when}
                lines.append(_("“%(title)s” has %(seats)s already: %(days)s.") % told)
            else:
                lines.append(self.fault(SeriesFault.NO_SUCH_SEAT).fact)
        return lines

    def cut(self, cut: CutView) -> str:
        """Return whom a series shortens: "Poste 3 : 15 h 30, puis 14 h 45"."""
        _, phrase = self.language.gettext, self._wording.phrase
        told = {
            "seat": self._wording.seat_name(cut.seat),
            "until": phrase.time(cut.ends_at),
            "end": phrase.time(cut.new_end),
        }
        return _("%(seat)s: %(end)s instead of %(until)s") % told

    # --------------------------------------------------------------------------------- answers

    def saved(self, cuts: Sequence[CutView]) -> tuple[str, str]:
        """Return that a series is kept, and who is told to end earlier."""
        _ = self.language.gettext
        rest = _("The seats of the room know it from now on.")
        if cuts:
            seats = self.seats([cut.seat for cut in cuts])
            rest += " " + _("Told to end earlier: %(seats)s.") % {"seats": seats}
        return _("It is saved."), rest

    def removed(self) -> tuple[str, str]:
        """Return that a series is gone."""
        _ = self.language.gettext
        return _("It is cancelled."), _("Its seats are free again at those times.")

    def failure(self, failure: Failure) -> Trouble:
        """Return why nothing was saved, or why nobody knows."""
        _ = self.language.gettext
        kept = _("What you wrote stays here.")
        code = failure.problem.code if failure.problem is not None else None
        if code is ProblemCode.NOT_ALLOWED:
            advice = _("Ask IT or an administrator of this place.")
            return Trouble(_("You may not change workshops here."), kept, advice)
        if failure.reason is Reason.UNREACHABLE:
            advice = _("Save again once the connection is back.")
            return Trouble(_("No connection: nothing was saved."), kept, advice)
        if failure.reason is Reason.PROBLEM:
            advice = _("Cancel the changes and begin again, or tell IT.")
            return Trouble(_("It could not be saved."), kept, advice)
        advice = _("Save again: nothing is ever entered twice.")
        return Trouble(_("No answer came: perhaps it is saved."), kept, advice)

    def faulty(self, faults: Sequence[SeriesFault]) -> Trouble:
        """Return what the hub found wrong."""
        found = self.fault(faults[0]) if faults else self.fault(SeriesFault.GROUND)
        return Trouble(
            found.fact, self.language.gettext("What you wrote stays here."), found.advice
        )

    def moved(self, theirs: SeriesView | None) -> Trouble:
        """Return that somebody else has saved meanwhile, and what."""
        _ = self.language.gettext
        kept = _("Nothing of yours was saved, and what you wrote stays here.")
        if theirs is None:
            fact = _("Somebody else has just cancelled it.")
            return Trouble(fact, kept, _("Keep yours to enter it again, or take theirs."))
        told = {"title": theirs.title, "line": self.line(theirs, theirs.dates)}
        fact = _("Somebody else has just changed it: “%(title)s”, %(line)s.") % told
        return Trouble(fact, kept, _("Compare, then keep yours or take theirs."))

    # -------------------------------------------------------------------------------- together

    def titles(self, room: RoomView | None) -> dict[str, str]:
        """Return the titles of a room's series by their identifiers."""
        return {} if room is None else {one.series_id: one.title for one in room.bookings}

    def time(self, at: datetime) -> str:
        """Return an instant inside a sentence."""
        return self._wording.phrase.time(at)

    def _days(self, days: Sequence[date]) -> str:
        _, ngettext = self.language.gettext, self.language.ngettext
        if not days:
            return _("all dates")
        told = ", ".join(self.short_day(day) for day in days[:SAID_DATES])
        more = len(days) - SAID_DATES
        if more > 0:
            form = ngettext("and %(count)d more date", "and %(count)d more dates", more)
            told = f"{told} {form % {'count': more}}"
        return told
