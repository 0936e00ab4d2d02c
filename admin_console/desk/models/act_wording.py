"""What the journal of acts says, in the language of the screen."""

from collections.abc import Callable, Iterator, Mapping

from admin_console.desk.models.estate import EstateBook
from admin_console.desk.models.telling import Telling
from admin_console.desk.models.wording import Wording
from kiosk.look.phrase import NBSP
from kiosk.look.token import TintName
from kiosk.wire.act import GROUP_OF, ActGroup, ActKind, ActLine

ICONS: Mapping[ActGroup, str] = {
    ActGroup.PEOPLE: "user",
    ActGroup.MONEY: "coins",
    ActGroup.SEATS: "monitor",
    ActGroup.SETTINGS: "settings",
}
AUTOMATIC_ICON = "shield-check"
TINTS: Mapping[ActGroup, TintName] = {
    ActGroup.PEOPLE: "help",
    ActGroup.MONEY: "write",
    ActGroup.SEATS: "internet",
    ActGroup.SETTINGS: "files",
}
"""The colours of the pictures."""


class ActWording:
    """Tells lines of the journal.

    Args:
        wording: the language, and how times and seats are told.
        book: the names of places.
    """

    def __init__(self, wording: Wording, book: EstateBook) -> None:
        self._wording, self._book = wording, book
        self.language = wording.language
        self._telling = Telling(wording.language, wording.phrase)

    def when(self, line: ActLine) -> str:
        """Return the time of an act: "14 h 28"."""
        return self._wording.phrase.time(line.at)

    def who(self, line: ActLine) -> str:
        """Return who did it."""
        return line.staff_name or self.language.gettext("Automatic")

    def icon(self, line: ActLine) -> str:
        """Return the picture of what it is about."""
        return AUTOMATIC_ICON if line.staff_id is None else ICONS[GROUP_OF[line.kind]]

    def tint(self, line: ActLine) -> TintName | None:
        """Return the colour of that picture, None for what nobody did."""
        return None if line.staff_id is None else TINTS[GROUP_OF[line.kind]]

    def number(self, line: ActLine) -> str:
        """Return the number of a line: "Line 20 418"."""
        number = self._wording.phrase.number(line.n)
        return self.language.gettext("Line %(number)s") % {"number": number}

    def details(self, line: ActLine) -> list[tuple[str, str]]:
        """Return everything that a line tells, each with what it is."""
        return [(name, text) for name, text in self._details(line) if text]

    def _details(self, line: ActLine) -> Iterator[tuple[str, str]]:
        _, facts, phrase = self.language.gettext, line.facts, self._wording.phrase
        yield _("When"), f"{phrase.full_date(line.at)}, {phrase.time(line.at)}"
        yield _("Who"), line.staff_name or _("nobody: it was done by itself")
        room = None if facts.room_id is None else self._book.room(facts.room_id)
        place = self._book.site_name(line.site_id) if line.site_id else _("the whole town")
        several = room is not None and len(self._book.rooms_of(room.site_id)) > 1
        yield _("Place"), f"{place}, {room.name}" if room is not None and several else place
        yield _("Seat"), "" if facts.seat is None else str(facts.seat)
        yield _("Ticket"), facts.ticket
        yield _("Receipt"), facts.number
        yield _("Card"), f"••••{NBSP}{line.card_end}" if line.card_end else ""
        why = self._telling.refusal(facts.code) if facts.code else self.outcome(line)
        yield _("Outcome"), why

    def what(self, line: ActLine) -> str:
        """Return what was done."""
        _ = self.language.gettext
        plain: Mapping[ActKind, str] = {
            ActKind.PERSON_REGISTERED: _("Person registered"),
            ActKind.PERSON_CHANGED: _("Person corrected"),
            ActKind.PIN_MADE: _("New secret code"),
            ActKind.CARD_SHOWN: _("Card shown"),
            ActKind.TICKET_TAKEN: _("Put on the waiting list"),
            ActKind.SEAT_GIVEN: _("Seat given"),
            ActKind.TICKET_LEFT: _("Ticket given back"),
            ActKind.TICKET_STEPPED_AWAY: _("Ticket set aside"),
            ActKind.TICKET_CAME_BACK: _("Ticket taken up again"),
            ActKind.TICKET_CALLED_AGAIN: _("Ticket called again"),
            ActKind.SESSION_SHORTENED: _("Session shortened"),
            ActKind.SESSION_ENDED: _("Session ended by staff"),
            ActKind.MESSAGE_SENT: _("Message to the visitor"),
            ActKind.HELP_ANSWERED: _("Call for help answered"),
            ActKind.SEAT_CLOSED: _("Seat put out of order"),
            ActKind.SEAT_REOPENED: _("Seat put back in order"),
            ActKind.HOURS_SET: _("Opening hours changed"),
            ActKind.RULE_SET: _("Durations and limits changed"),
            ActKind.HOUSE_RULES_SET: _("Rules of the place changed"),
            ActKind.TOP_UP_WORDS_SET: _("Where credit is sold: changed"),
        }
        return plain.get(line.kind) or self._money(line) or self._told(line)

    def where(self, line: ActLine) -> str:
        """Return on what it was done: the place, the seat, the ticket, the card's last digits."""
        _, facts = self.language.gettext, line.facts
        room = None if facts.room_id is None else self._book.room(facts.room_id)
        parts = [self._book.site_name(line.site_id) if line.site_id else ""]
        if room is not None and len(self._book.rooms_of(room.site_id)) > 1:
            parts.append(room.name)
        if facts.seat is not None:
            parts.append(_("seat %(number)d") % {"number": facts.seat})
        parts.append(facts.ticket)
        if facts.number:
            parts.append(_("receipt %(number)s") % {"number": facts.number})
        if line.card_end:
            card = f"••••{NBSP}{line.card_end}"
            parts.append(_("Card %(card)s") % {"card": card})
        return ", ".join(part for part in parts if part)

    def outcome(self, line: ActLine) -> str:
        """Return whether it was done."""
        _ = self.language.gettext
        return _("Refused") if line.facts.code else _("Carried out")

    def spoken(self, line: ActLine) -> str:
        """Return a line as a sentence."""
        tell: tuple[Callable[[ActLine], str], ...] = (
            self.when, self.who, self.what, self.where, self.outcome,
        )  # fmt: skip
        return ", ".join(text for one in tell if (text := one(line)))

    def _money(self, line: ActLine) -> str:
        """Return what was done about print credit, with its amount; empty for anything else."""
        _, cents = self.language.gettext, line.facts.cents
        told: Mapping[ActKind, str] = {
            ActKind.PRINT_CARD_ISSUED: _("Print card issued"),
            ActKind.PRINT_CARD_BLOCKED: _("Print card blocked"),
            ActKind.PRINT_CARD_UNBLOCKED: _("Print card unblocked"),
            ActKind.PRINT_CARD_REPLACED: _("Print card replaced"),
            ActKind.TILL_OPENED: _("Till opened"),
            ActKind.TILL_COUNTED: _("Till counted"),
            ActKind.TILL_CLOSED: _("Till closed"),
            ActKind.RECEIPT_COPIED: _("Receipt copied"),
            ActKind.TOPPED_UP: _("Top-up"),
            ActKind.POSTING_REVERSED: _("Entry reversed"),
            ActKind.PAGES_REFUNDED: _("Pages refunded"),
            ActKind.JOB_DOUBTED: _("Print job in doubt"),
            ActKind.DOUBT_SETTLED: _("Doubtful print job settled"),
            ActKind.CREDIT_LAPSED: _("Credit lapsed"),
            ActKind.PRICES_WRITTEN: _("Price list written"),
        }
        text = told.get(line.kind, "")
        if not text or cents is None:
            return text
        return f"{text}, {self._wording.phrase.money(cents)}"

    def _told(self, line: ActLine) -> str:
        _, ngettext, facts = self.language.gettext, self.language.ngettext, line.facts
        count = facts.count or 0
        told: dict[str, object] = {
            "count": count,
            "title": facts.what,
            "duration": self._wording.phrase.duration(facts.seconds or 0),
        }
        match line.kind:
            case ActKind.MEMBERS_IMPORTED:
                text = ngettext("%(count)d member imported", "%(count)d members imported", count)
            case ActKind.PASS_MADE:
                text = _("Guest pass given, %(duration)s")
            case ActKind.SESSION_EXTENDED:
                text = _("Session extended by %(duration)s")
            case ActKind.FACTS_SEEN:
                text = ngettext(
                    "%(count)d doubtful fact looked at", "%(count)d doubtful facts looked at", count
                )
            case ActKind.HOLIDAYS_ENTERED:
                text = ngettext(
                    "%(count)d public holiday entered", "%(count)d public holidays entered", count
                )
            case ActKind.SERIES_REMOVED:
                text = _("“%(title)s” taken out of the calendar")
            case ActKind.WORKSHOP_OPENED:
                text = ngettext(
                    "“%(title)s”: %(count)d seat opened",
                    "“%(title)s”: %(count)d seats opened",
                    count,
                )
            case ActKind.WORKSHOP_ENDED:
                text = ngettext(
                    "“%(title)s”: %(count)d seat ended", "“%(title)s”: %(count)d seats ended", count
                )
            case _:
                text = _("“%(title)s” put into the calendar")
        return text % told
