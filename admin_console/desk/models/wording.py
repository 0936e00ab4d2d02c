"""What the console says of seats and sites, in the language of the screen.

Sentences about commands stand in `telling`. Each method takes a value and returns words; what is
not known says nothing. A seat is never spoken of with a person.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from admin_console.desk.models.stand import SeatStand, SiteTally
from kiosk.look.language import Language
from kiosk.look.phrase import Phrase
from kiosk.look.status import status_word
from kiosk.rules.seat import SeatState
from kiosk.wire.event import RESIDUE_PREFIX
from kiosk.wire.place import RuleView

WEEK = 7
LISTED = 5
"""More seats than this are counted, not listed."""

SUMMARY: tuple[tuple[SeatState, ...], ...] = (
    (SeatState.IN_USE,),
    (SeatState.ENDING,),
    (SeatState.FREE,),
    (SeatState.HELD,),
    (SeatState.WORKSHOP,),
    (SeatState.LOCKED,),
    (SeatState.OFFLINE, SeatState.OUT_OF_ORDER),
    (SeatState.CLOSED,),
)
"""The groups of the summary of a floor, in order; the last state of a group lends its badge."""


class Wording:
    """Tells seats and sites."""

    def __init__(self, language: Language, phrase: Phrase) -> None:
        self.language = language
        self.phrase = phrase

    # ------------------------------------------------------------------------------- seats

    def state(self, state: SeatState) -> str:
        """Return the word of a state: "Occupé"."""
        return status_word(self.language, state)

    def seat_name(self, number: int) -> str:
        """Return the name of a seat: "Poste 7"."""
        _ = self.language.gettext
        return _("Seat %(number)d") % {"number": number}

    def seat_list(self, numbers: Sequence[int]) -> str:
        """Return several seats in a few words: "Postes 4, 6 et 8"; many are counted."""
        _, ngettext = self.language.gettext, self.language.ngettext
        if len(numbers) == 1:
            return self.seat_name(numbers[0])
        if len(numbers) > LISTED:
            return ngettext("%(count)d seat", "%(count)d seats", len(numbers)) % {
                "count": len(numbers)
            }
        first = ", ".join(str(number) for number in numbers[:-1])
        return _("Seats %(first)s and %(last)d") % {"first": first, "last": numbers[-1]}

    def left(self, stand: SeatStand) -> str:
        """Return what is left of the slot: "47 min"; empty when no slot runs here."""
        if stand.minutes_left is None or stand.state in {SeatState.OFFLINE, SeatState.OUT_OF_ORDER}:
            return ""
        return self.phrase.duration(stand.minutes_left * 60)

    def minutes(self, stand: SeatStand) -> str:
        """Return the minutes of a card: what is left of the slot, or how long a seat is held."""
        if stand.state is SeatState.HELD and stand.hold_minutes is not None:
            return self.phrase.duration(stand.hold_minutes * 60)
        return self.left(stand)

    def line(self, stand: SeatStand) -> str:
        """Return the line under the state: "fin 15 h 19", "depuis 14 h 10", "clavier"."""
        _ = self.language.gettext
        if stand.state is SeatState.HELD:
            if not stand.ticket:
                return _("for who waits")
            return _("Ticket %(ticket)s") % {"ticket": stand.ticket}
        if stand.state is SeatState.LOCKED and stand.away_minutes is not None:
            told = {"duration": self.phrase.duration(stand.away_minutes * 60)}
            return _("away %(duration)s") % told
        if stand.state is SeatState.OUT_OF_ORDER:
            return self.reason(stand.reason)
        if stand.state is SeatState.OFFLINE:
            if not stand.has_station:
                return _("no computer yet")
            return self._since(stand.since)
        if stand.in_grace:
            return _("time to save")
        if stand.ends_at is not None:
            return _("ends %(time)s") % {"time": self.phrase.time(stand.ends_at)}
        return ""

    def reason(self, reason: str) -> str:
        """Return why a seat is out of order: what staff wrote, or that a wipe left something."""
        is_residue = reason.startswith(RESIDUE_PREFIX)
        return self.language.gettext("not clean") if is_residue else reason

    def spoken(self, stand: SeatStand) -> str:
        """Return a seat as a sentence: "Poste 7, occupé, 47 minutes, fin à 15 h 19"."""
        _ = self.language.gettext
        parts = [self.seat_name(stand.number), self.state(stand.state).lower()]
        if self.left(stand) and stand.minutes_left is not None and stand.ends_at is not None:
            parts.append(self.phrase.long_duration(stand.minutes_left * 60))
            parts.append(_("ends at %(time)s") % {"time": self.phrase.time(stand.ends_at)})
        elif line := self.line(stand):
            parts.append(line)
        if stand.state is SeatState.HELD and stand.hold_minutes is not None:
            parts.append(self.phrase.long_duration(stand.hold_minutes * 60))
        if stand.help_asked_at is not None:
            parts.append(_("asks for help"))
        if stand.key_left_at is not None:
            parts.append(_("forgotten USB key"))
        return ", ".join(parts)

    def remark(self, stand: SeatStand) -> str:
        """Return what else there is to know of a seat, for the table."""
        _ = self.language.gettext
        parts = []
        if stand.help_asked_at is not None:
            parts.append(_("asks for help"))
        if stand.in_grace:
            parts.append(_("time to save"))
        if not stand.clock_trusted:
            parts.append(_("wrong clock"))
        if stand.key_left_at is not None:
            parts.append(_("forgotten USB key"))
        if stand.state in {SeatState.HELD, SeatState.LOCKED}:
            parts.append(self.line(stand))
        if stand.state is SeatState.OUT_OF_ORDER:
            parts.append(self.reason(stand.reason))
        if stand.state is SeatState.OFFLINE and not stand.has_station:
            parts.append(_("no computer yet"))
        return ", ".join(parts)

    def headline(self, stand: SeatStand) -> str:
        """Return the state with its beginning: "Occupé depuis 13 h 54"."""
        _ = self.language.gettext
        since = stand.since
        if since is None and stand.state is not SeatState.OFFLINE:
            since = stand.opened_at
        if since is None:
            return self.state(stand.state)
        return _("%(state)s since %(time)s") % {
            "state": self.state(stand.state),
            "time": self.phrase.time(since),
        }

    def length(self, stand: SeatStand) -> str:
        """Return the length of the slot: "Session de 1 heure", renewals counted."""
        return self._session(stand.total_seconds)

    # ------------------------------------------------------------------------------- sites

    def site_line(self, tally: SiteTally) -> str:
        """Return the line of a site: "8 sur 12 occupés", "Ouvre demain à 10 h", "Libre"."""
        if not tally.is_open and not tally.occupied:
            return self.opening(tally)
        if tally.seats == 1:
            state = self.state(tally.states[0])
            if tally.occupied and tally.only_seat_ends_at is not None:
                _ = self.language.gettext
                return _("%(state)s, ends %(time)s") % {
                    "state": state,
                    "time": self.phrase.time(tally.only_seat_ends_at),
                }
            return state
        return self.occupied(tally.occupied, tally.seats)

    def site_spoken(self, tally: SiteTally) -> str:
        """Return a site as a sentence: "Médiathèque du Trapèze, 8 sur 12 occupés"."""
        _, ngettext = self.language.gettext, self.language.ngettext
        parts = [tally.name, self.site_line(tally)]
        if tally.waiting:
            parts.append(self.waiting(tally.waiting))
        if tally.help_asked:
            form = ngettext("%(count)d asks for help", "%(count)d ask for help", tally.help_asked)
            parts.append(form % {"count": tally.help_asked})
        return ", ".join(parts)

    def waiting(self, count: int) -> str:
        """Return how many wait: "3 attendent"."""
        form = self.language.ngettext("%(count)d waits", "%(count)d wait", count)
        return form % {"count": count}

    def occupied(self, occupied: int, seats: int) -> str:
        """Return a count: "8 sur 12 occupés"."""
        form = self.language.ngettext(
            "%(occupied)d of %(seats)d in use", "%(occupied)d of %(seats)d in use", occupied
        )
        return form % {"occupied": occupied, "seats": seats}

    def opening(self, tally: SiteTally) -> str:
        """Return when a closed site opens: "Ouvre demain à 10 h"."""
        return self.opens(tally.opens_at, tally.opens_in_days)

    def opens(self, at: datetime | None, in_days: int | None) -> str:
        """Return when a closed room opens, so many local dates later."""
        _ = self.language.gettext
        if at is None or in_days is None:
            return _("Closed")
        told = {"time": self.phrase.time(at)}
        if in_days == 0:
            return _("Opens at %(time)s") % told
        if in_days == 1:
            return _("Opens tomorrow at %(time)s") % told
        day = self.phrase.weekday(at) if in_days < WEEK else self.phrase.day(at)
        return _("Opens %(day)s at %(time)s") % {**told, "day": day}

    def hours(self, tally: SiteTally, rule: RuleView | None) -> str:
        """Return hours and rule: "Ouvert jusqu'à 19 h · Session de 1 heure"."""
        _ = self.language.gettext
        parts = [self.opening(tally)]
        if tally.closes_at is not None:
            parts = [_("Open until %(time)s") % {"time": self.phrase.time(tally.closes_at)}]
        if rule is not None:
            parts.append(self._session(rule.slot_seconds))
        return " · ".join(parts)

    def summary(self, counts: Mapping[SeatState, int]) -> tuple[tuple[SeatState, str], ...]:
        """Return the counts that are not zero, each with the state that lends its badge."""
        told = []
        for group in SUMMARY:
            count = sum(counts.get(state, 0) for state in group)
            if count:
                badge = next((s for s in reversed(group) if counts.get(s, 0)), group[-1])
                told.append((badge, self._count(group[0], count)))
        return tuple(told)

    # ------------------------------------------------------------------------------- the rest

    def _since(self, at: datetime | None) -> str:
        _ = self.language.gettext
        return _("since %(time)s") % {"time": self.phrase.time(at)} if at is not None else ""

    def _session(self, seconds: int) -> str:
        _ = self.language.gettext
        return _("Session of %(duration)s") % {"duration": self.phrase.long_duration(seconds)}

    def _count(self, state: SeatState, count: int) -> str:
        ngettext = self.language.ngettext
        forms = {
            SeatState.IN_USE: ngettext("%(count)d in use", "%(count)d in use", count),
            SeatState.ENDING: ngettext("%(count)d ending", "%(count)d ending", count),
            SeatState.FREE: ngettext("%(count)d free", "%(count)d free", count),
            SeatState.HELD: ngettext("%(count)d held", "%(count)d held", count),
            SeatState.WORKSHOP: ngettext(
                "%(count)d in a workshop", "%(count)d in a workshop", count
            ),
            SeatState.LOCKED: ngettext("%(count)d away", "%(count)d away", count),
            SeatState.OFFLINE: ngettext("%(count)d stopped", "%(count)d stopped", count),
            SeatState.CLOSED: ngettext("%(count)d closed", "%(count)d closed", count),
        }
        return forms[state] % {"count": count}
