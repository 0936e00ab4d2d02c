"""What the editor of opening hours says, in the language of the screen."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

from admin_console.desk.models.hours_draft import DatedDay, DraftFault, Times, Typed, Unread
from admin_console.desk.models.hours_effect import BookingHit, HoursEffect
from admin_console.desk.models.typed import MIDNIGHT
from kiosk.hublink.failure import Failure, Reason
from kiosk.look.language import Language
from kiosk.look.phrase import Phrase
from kiosk.look.trouble import Trouble
from kiosk.rules.slot import Ground
from kiosk.rules.timetable import FaultKind
from kiosk.wire.problem import ProblemCode

A_MONDAY = date(2024, 1, 1)
MIDNIGHT_TODAY = datetime(2024, 1, 1, tzinfo=UTC)
NOTHING_READ = "?"
RANGE = "\u00a0– "
SAID_HITS = 3


class HoursWording:
    """Tells hours, their faults, and what they change."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self._phrase = Phrase(language, UTC)

    # ------------------------------------------------------------------------- times and days

    def weekday(self, weekday: int) -> str:
        """Return a day of the week on its own: "Jeudi"."""
        name = self._phrase.weekday(A_MONDAY + timedelta(days=weekday))
        return name[:1].upper() + name[1:]

    def time(self, minutes: int | None) -> str:
        """Return a time: "14 h 30"; "?" where none was understood."""
        if minutes is None:
            return NOTHING_READ
        if minutes == MIDNIGHT:
            # Translators: the end of a day, as a time of closing.
            return self.language.pgettext("time", "midnight")
        return self._phrase.time(MIDNIGHT_TODAY + timedelta(minutes=minutes))

    def span(self, typed: Typed) -> str:
        """Return an interval: "14 h – 18 h"."""
        start, end = typed
        return f"{self.time(start)}{RANGE}{self.time(end)}"

    def day_hours(self, times: Times) -> str:
        """Return the hours of a day: "10 h – 12 h, 14 h – 18 h", or "Fermé"."""
        if not times:
            return self.language.pgettext("room", "Closed")
        ordered = sorted(times, key=lambda typed: typed[0] or 0)
        return ", ".join(self.span(typed) for typed in ordered)

    def whole_date(self, day: date | None) -> str:
        """Return a date in a list: "ven. 25 décembre 2026"."""
        if day is None:
            return NOTHING_READ
        return f"{self._phrase.short_day(day)}\u00a0{day.year}"

    def number_date(self, day: date | None) -> str:
        """Return a date as it is typed: "25/12/2026"."""
        return self._phrase.number_date(day) if day is not None else ""

    def dated(self, dated: DatedDay) -> str:
        """Return a date of the list as a sentence."""
        parts = [self.whole_date(dated.day), self.day_hours(dated.times), dated.label]
        return ", ".join(part for part in parts if part)

    def week_length(self, minutes: int) -> str:
        """Return for how long a week is open: "29 h par semaine"."""
        _ = self.language.gettext
        return _("%(duration)s a week") % {"duration": self._phrase.duration(minutes * 60)}

    def duration(self, seconds: int) -> str:
        """Return a length of time: "1 h"."""
        return self._phrase.duration(seconds)

    # --------------------------------------------------------------------------------- faults

    def fault(self, fault: DraftFault) -> Trouble:
        """Return what is wrong at a place, what is kept, and what to do."""
        _ = self.language.gettext
        facts = {
            FaultKind.OUTSIDE_DAY: (
                _("This opening goes beyond the day."),
                _("Write times between midnight and midnight."),
            ),
            FaultKind.ENDS_BEFORE_START: (
                _("This opening ends before it starts."),
                _("Exchange both times, or write a later end."),
            ),
            FaultKind.OVERLAP: (
                _("This opening starts before the one before it has ended."),
                _("Let it start later, or make one opening of both."),
            ),
            FaultKind.DATE_TWICE: (
                _("This date stands in the list twice."),
                _("Write another date, or take one of them away."),
            ),
            Unread.TIME: (
                _("This is not understood as a time."),
                _("Write it for example as 14:30 or 1430."),
            ),
            Unread.DATE: (
                _("This is not understood as a date."),
                _("Write it for example as 25/12/2026."),
            ),
        }
        fact, advice = facts.get(
            fault.kind,
            (_("These hours cannot be kept."), _("Cancel the changes and begin again.")),
        )
        return Trouble(fact, _("It stays here and nothing is saved."), advice)

    # -------------------------------------------------------------------------------- answers

    def failure(self, failure: Failure) -> Trouble:
        """Return why nothing was saved, or why nobody knows."""
        _ = self.language.gettext
        kept = _("What you wrote stays here.")
        code = failure.problem.code if failure.problem is not None else None
        if code is ProblemCode.NOT_ALLOWED:
            advice = _("Ask IT or an administrator of this place.")
            return Trouble(_("You may not change these hours."), kept, advice)
        if failure.reason is Reason.UNREACHABLE:
            advice = _("Save again once the connection is back.")
            return Trouble(_("No connection: nothing was saved."), kept, advice)
        if failure.reason is Reason.PROBLEM:
            advice = _("Cancel the changes and begin again, or tell IT.")
            return Trouble(_("These hours could not be saved."), kept, advice)
        advice = _("Save again: nothing is ever entered twice.")
        return Trouble(_("No answer came: perhaps it is saved."), kept, advice)

    def faulty(self) -> Trouble:
        """Return that the hub found a fault that this console knows nothing of."""
        _ = self.language.gettext
        return Trouble(
            _("These hours cannot be kept."),
            _("What you wrote stays here."),
            _("Cancel the changes and begin again, or tell IT."),
        )

    def moved(self) -> Trouble:
        """Return that somebody else has saved meanwhile."""
        _ = self.language.gettext
        return Trouble(
            _("Somebody else has just changed these hours."),
            _("Nothing of yours was saved, and what you wrote stays here."),
            _("Compare, then keep yours or take theirs."),
        )

    def compared(self, name: str, theirs: str, mine: str) -> str:
        """Return a day on both sides: what is saved, and what is written here."""
        _ = self.language.gettext
        told = {"day": name, "theirs": theirs, "mine": mine}
        return _("%(day)s: saved %(theirs)s; yours %(mine)s") % told

    # -------------------------------------------------------------------------------- effects

    def changes(self, count: int) -> str:
        """Return how much there is to save: "1 changement à enregistrer"."""
        ngettext = self.language.ngettext
        return ngettext("%(count)d change to save", "%(count)d changes to save", count) % {
            "count": count
        }

    def changed_day(self, name: str, after: str, before: str) -> str:
        """Return what a day becomes; the name may be marked up."""
        _ = self.language.gettext
        told = {"day": name, "after": after, "before": before}
        return _("%(day)s: %(after)s instead of %(before)s.") % told

    def changed_dates(self, count: int) -> str:
        """Return how many dates of their own are added, changed or taken away."""
        ngettext = self.language.ngettext
        return ngettext(
            "%(count)d date with other hours changes.",
            "%(count)d dates with other hours change.",
            count,
        ) % {"count": count}

    def since(self, effect: HoursEffect) -> str:
        """Return from when on the new hours hold."""
        _ = self.language.gettext
        if effect.first is None:
            return ""
        if effect.is_today:
            return _("It holds as soon as it is saved.")
        return _("It holds from %(day)s on.") % {"day": self._phrase.day(effect.first)}

    def slots(self, effect: HoursEffect) -> str:
        """Return what becomes of the sessions that run beyond the new closing."""
        ngettext = self.language.ngettext
        if not effect.slots:
            return ""
        return ngettext(
            "%(count)d session that runs now goes beyond it, and keeps its time.",
            "%(count)d sessions that run now go beyond it, and keep their time.",
            effect.slots,
        ) % {"count": effect.slots}

    def bookings(self, effect: HoursEffect) -> list[str]:
        """Return the workshops and reservations that would stand outside the hours."""
        hits = [self._booking(hit) for hit in effect.bookings[:SAID_HITS]]
        more = len(effect.bookings) - len(hits)
        if more:
            ngettext = self.language.ngettext
            hits.append(
                ngettext("and %(count)d more date", "and %(count)d more dates", more)
                % {"count": more}
            )
        return hits

    def weeks(self, effect: HoursEffect) -> str:
        """Return how long the week becomes: "29 h par semaine, puis 30 h"."""
        _ = self.language.gettext
        told = {
            "before": self.week_length(effect.before),
            "after": self._phrase.duration(effect.after * 60),
        }
        return _("%(before)s until now, then %(after)s.") % told

    def _booking(self, hit: BookingHit) -> str:
        _ = self.language.gettext
        told = {
            "title": hit.series.title,
            "day": self._phrase.day(hit.day),
            "hours": self.span((hit.series.start, hit.series.end)),
        }
        if hit.series.ground is Ground.WORKSHOP:
            return _("The workshop “%(title)s”, %(day)s, %(hours)s, is then outside the hours.") % (
                told
            )
        return _("The booking “%(title)s”, %(day)s, %(hours)s, is then outside the hours.") % told


def joined(parts: Sequence[str]) -> str:
    """Return sentences one after the other, without those that say nothing."""
    return " ".join(part for part in parts if part)
