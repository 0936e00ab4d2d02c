"""What the console says of somebody at the desk: who they are, what is proposed, or why nothing is.

A refusal says its ground and a way out. Neither a whole card nor a birth date is ever told.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from admin_console.desk.models.visit import MadePass, Stage, Visit, kept_ticket
from kiosk.hublink.failure import Failure, Reason
from kiosk.look.language import Language
from kiosk.look.phrase import NBSP, Phrase
from kiosk.look.trouble import Trouble
from kiosk.rules.allowance import AdaptedTime
from kiosk.rules.slot import Ground
from kiosk.rules.ticket import TicketState
from kiosk.rules.waiting import ListFault
from kiosk.wire.people import CategoryView, PersonFacts, PersonMet, SeatingView
from kiosk.wire.problem import ProblemCode
from kiosk.wire.ticket import TicketRefused
from kiosk.wire.waiting import TicketView


@dataclass(frozen=True, slots=True)
class Told:
    """A fact, and a sentence with it."""

    fact: str
    line: str = ""


class VisitWording:
    """Tells visits."""

    def __init__(self, language: Language, phrase: Phrase) -> None:
        self.language = language
        self.phrase = phrase

    # ------------------------------------------------------------------------------ the person

    def name(self, facts: PersonFacts) -> str:
        """Return the name that is shown."""
        return facts.first_name or self.language.gettext("No first name")

    def card(self, masked: str) -> str:
        """Return the line of a card: "Carte •••• 5678"."""
        return self.language.gettext("Card %(card)s") % {"card": masked.replace(" ", NBSP)}

    def stays_masked(self) -> Trouble:
        """Return that the digits of a card are not shown."""
        _ = self.language.gettext
        return Trouble(
            _("The card stays masked."),
            _("Nothing could be written into the journal."),
            _("Try again once the connection is back."),
        )

    def validity(self, facts: PersonFacts, today: date) -> tuple[bool, str]:
        """Return whether a card is valid on a date, and the words for it."""
        _ = self.language.gettext
        if facts.valid_until is None:
            return True, _("Valid without end")
        told = {"day": self.phrase.number_date(facts.valid_until)}
        if facts.valid_until < today:
            return False, _("No longer valid since %(day)s") % told
        return True, _("Valid until %(day)s") % told

    def rows(
        self, met: PersonMet, categories: Sequence[CategoryView]
    ) -> tuple[tuple[str, str], ...]:
        """Return what is good to know of a person, as pairs of a word and its value."""
        _ = self.language.gettext
        facts = met.facts
        category = next((one for one in categories if one.key == facts.category), None)
        rows = [(_("Today"), self._today(met))]
        rows.append((_("Category"), facts.category if category is None else category.title))
        if category is not None and category.needs_authorisation:
            rows.append((_("Authorisation"), self._authorisation(facts)))
        if facts.time is not AdaptedTime.ORDINARY:
            rows.append((_("Adapted time"), self.time(facts.time)))
        if met.first_use:
            rows.append((_("First visit"), _("house rules on screen")))
        return tuple(rows)

    def time(self, time: AdaptedTime) -> str:
        """Return how much time a card gives."""
        _ = self.language.gettext
        return {
            AdaptedTime.ORDINARY: _("ordinary"),
            AdaptedTime.HALF_MORE: _("half as much again"),
            AdaptedTime.DOUBLE: _("twice as much"),
        }[time]

    def _today(self, met: PersonMet) -> str:
        if not met.slots_today:
            return self.language.gettext("nothing yet")
        form = self.language.ngettext(
            "%(count)d session, %(duration)s", "%(count)d sessions, %(duration)s", met.slots_today
        )
        duration = self.phrase.duration(met.used_today_seconds)
        return form % {"count": met.slots_today, "duration": duration}

    def _authorisation(self, facts: PersonFacts) -> str:
        _ = self.language.gettext
        if facts.authorised_on is None:
            return _("none yet")
        return _("on %(day)s") % {"day": self.phrase.number_date(facts.authorised_on)}

    # --------------------------------------------------------------------------- what is offered

    def length(self, seating: SeatingView, now: datetime, until: datetime) -> tuple[Told, str]:
        """Return how long the slot would be and what shortens it, and from when to when."""
        _ = self.language.gettext
        fact = self.phrase.long_duration(seating.seconds)
        told = {"start": self.phrase.time(now), "end": self.phrase.time(until)}
        span = _("from %(start)s to %(end)s") % told
        if seating.limit is None:
            return Told(fact, _("renewable if the seat stays free")), span
        return Told(fact, self._shortened(seating.limit, seating.limit_at)), span

    def _shortened(self, limit: Ground, at: datetime | None) -> str:
        _ = self.language.gettext
        time = self.phrase.time(at) if at is not None else ""
        if limit is Ground.CLOSING and time:
            return _("shorter: the room closes at %(time)s") % {"time": time}
        if limit is Ground.WORKSHOP and time:
            return _("shorter: a workshop at %(time)s") % {"time": time}
        if limit is Ground.RESERVATION and time:
            return _("shorter: the seat is booked at %(time)s") % {"time": time}
        if limit is Ground.DAILY_MINUTES:
            return _("shorter: what is left of today’s minutes")
        return _("shorter than usual")

    def expected(self, at: datetime | None, now: datetime) -> str:
        """Return when a new ticket would be served: "Une place vers 14 h 47"."""
        _ = self.language.gettext
        if at is None:
            return _("No seat before closing, as far as one can tell.")
        if at <= now:
            return _("A seat any minute now.")
        return _("A seat around %(time)s.") % {"time": self.phrase.time(at)}

    def ticket(self, ticket: TicketView) -> Told:
        """Return where a ticket stands: a seat that is kept, or an estimate."""
        _ = self.language.gettext
        label = {"ticket": ticket.label}
        if ticket.state is TicketState.CALLED and ticket.seat is not None:
            seat = {"number": ticket.seat}
            fact = _("Seat %(number)d is kept") % seat
            if ticket.hold_until is not None:
                until = {**seat, "time": self.phrase.time(ticket.hold_until)}
                fact = _("Seat %(number)d is kept until %(time)s") % until
            return Told(fact, _("Ticket %(ticket)s. The card opens the seat.") % label)
        if ticket.state is TicketState.AWAY and ticket.back_at is not None:
            back = {**label, "time": self.phrase.time(ticket.back_at)}
            return Told(_("%(ticket)s, back at %(time)s") % back)
        if ticket.expected_at is None:
            return Told(_("%(ticket)s, no seat before closing") % label)
        told = {**label, "time": self.phrase.time(ticket.expected_at)}
        return Told(_("%(ticket)s, around %(time)s") % told, _("The board calls the ticket."))

    # -------------------------------------------------------------------------- what is not done

    def refusal(self, seating: SeatingView) -> Told:
        """Return the ground of a refusal, and what can be done."""
        _ = self.language.gettext
        ground = seating.ground
        time = self.phrase.time(seating.at) if seating.at is not None else ""
        if ground is Ground.PERSON_SEATED:
            return self._seated(seating)
        if ground is Ground.TOO_YOUNG and seating.minimum_age is not None:
            fact = _("This room is for people from %(age)d on") % {"age": seating.minimum_age}
            return Told(fact, _("Choose another room, or correct the age."))
        if ground is Ground.CLOSED and time:
            fact = _("The room is closed until %(time)s") % {"time": time}
            return Told(fact, _("Choose another room."))
        if ground in {Ground.WORKSHOP, Ground.RESERVATION} and time:
            fact = _("The seats are taken from %(time)s on") % {"time": time}
            return Told(fact, _("Choose another room, or another hour."))
        grounds = {
            Ground.CLOSED: Told(_("The room is closed"), _("Choose another room.")),
            Ground.CLOSING: Told(
                _("The room closes too soon for a session"), _("Choose another room.")
            ),
            Ground.DAILY_MINUTES: Told(
                _("Today’s minutes are used up in this room"),
                _("Choose another room; there are new minutes tomorrow."),
            ),
            Ground.TOO_YOUNG: Told(
                _("This room is for older people"), _("Choose another room, or correct the age.")
            ),
            Ground.NOT_RESIDENT: Told(
                _("This room is for people who live in the town"),
                _("Choose another room. Who does live here: correct it."),
            ),
            Ground.NO_AUTHORISATION: Told(
                _("The authorisation is missing"),
                _("Have the form signed, then record it here."),
            ),
            Ground.NOT_ADMITTED: Told(
                _("This room is for other categories"), _("Choose another room.")
            ),
            Ground.CARD_EXPIRED: Told(
                _("The card is no longer valid"), _("Renew it: correct its last day.")
            ),
        }
        other = Told(_("No seat can be given now"), _("Choose another room."))
        return grounds.get(ground, other) if ground is not None else other

    def _seated(self, seating: SeatingView) -> Told:
        _ = self.language.gettext
        way_out = _("One person, one seat: that session ends first.")
        if seating.seat_number is None:
            return Told(_("Has a seat already, at another place"), way_out)
        told = {"number": seating.seat_number, "room": seating.room_name}
        if not seating.room_name:
            return Told(_("Is already at seat %(number)d") % told, way_out)
        return Told(_("Is already at seat %(number)d, %(room)s") % told, way_out)

    def unknown(self) -> Told:
        """Say that nobody has this card."""
        _ = self.language.gettext
        return Told(
            _("Nobody has this card"),
            _("Scan it again. Whoever is new can be registered with it at once."),
        )

    def elsewhere(self, ticket: TicketView, room: str) -> Told:
        """Say that somebody waits in another room."""
        _ = self.language.gettext
        fact = self.ticket(ticket).fact
        if room:
            fact = _("Waits elsewhere: %(room)s") % {"room": room}
        way_out = _("%(ticket)s has to be taken off that list before another is given.")
        return Told(fact, way_out % {"ticket": ticket.label})

    def not_taken(self, refused: TicketRefused) -> Trouble:
        """Tell why the hub gave no ticket."""
        _ = self.language.gettext
        nothing, look = _("Nothing was taken."), _("Look at the new proposal.")
        if refused.retry_seconds > 0:
            told = {"duration": self.phrase.long_duration(refused.retry_seconds)}
            again = _("You can try again in %(duration)s.") % told
            return Trouble(_("Too many unknown cards."), nothing, again)
        facts = {
            ListFault.SEAT_NOT_FREE: _("Somebody has just taken that seat."),
            ListFault.TICKETS_WAIT: _("Somebody was there first: the seat goes to who waits."),
            ListFault.HELD_FOR_OTHER: _("That seat is kept for somebody else."),
            ListFault.CLOSED: _("The room is closed."),
            ListFault.HAS_TICKET: _("This person has a ticket already."),
        }
        fact = _("No ticket could be taken.")
        if refused.fault is not None:
            fact = facts.get(refused.fault, fact)
        return Trouble(fact, nothing, look)

    def failed(self, failure: Failure, *, makes: bool) -> Trouble:
        """Tell that no answer came; `makes` where something may have been made all the same."""
        _ = self.language.gettext
        code = failure.problem.code if failure.problem is not None else None
        if failure.reason is Reason.PROBLEM and code is ProblemCode.NOT_ALLOWED:
            fact = _("Refused: your role does not allow it.")
            return Trouble(fact, _("Nothing has changed."), _("Ask somebody who may."))
        if failure.reason is Reason.PROBLEM and code in {ProblemCode.BUSY, ProblemCode.FAULT, None}:
            fact, kept = _("That did not work."), _("Nothing has changed.")
            return Trouble(fact, kept, _("Please try again in a moment."))
        if failure.reason is Reason.PROBLEM:
            fact, kept = _("That cannot be done."), _("Nothing has changed.")
            return Trouble(fact, kept, _("Scan the card again."))
        if makes:
            return Trouble(
                _("No answer: perhaps it is done already."),
                _("Nothing is ever given twice."),
                _("Try again, the answer will say."),
            )
        return Trouble(
            _("No contact."),
            _("Nothing has changed; the seats go on by themselves."),
            _("Try again in a moment."),
        )

    # ---------------------------------------------------------------------------------- the deed

    def deed(self, visit: Visit) -> str:
        """Return the words of the main button; empty where there is nothing to do."""
        _ = self.language.gettext
        if visit.stage is Stage.SEAT and visit.seat is not None:
            return _("Give seat %(number)d") % {"number": visit.seat}
        return _("Put on the waiting list") if visit.stage is Stage.LISTING else ""

    def stands(self, visit: Visit) -> Told:
        """Return where somebody's ticket stands, with the room where it is another one."""
        ticket = kept_ticket(visit)
        return self.ticket(ticket) if ticket is not None else Told("")

    # ------------------------------------------------------------------------------------ passes

    def pass_length(self, seconds: int | None) -> str:
        """Return how long a pass is good for: "2 heures", "la durée de la salle"."""
        if seconds is None:
            return self.language.gettext("the room’s usual time")
        return self.phrase.long_duration(seconds)

    def pass_choice(self, seconds: int | None) -> str:
        """Return the same in a few signs, for a button."""
        if seconds is None:
            return self.language.gettext("Usual time")
        return self.phrase.duration(seconds)

    def pass_line(self, made: MadePass, site: str) -> str:
        """Return what a pass is good for: "2 heures, BIJ"."""
        return ", ".join(part for part in (self.pass_length(made.seconds), site) if part)

    def ago(self, minutes: int) -> str:
        """Return how long ago something was: "il y a 6 min"."""
        _ = self.language.gettext
        if minutes < 1:
            return _("just now")
        return _("%(duration)s ago") % {"duration": self.phrase.duration(minutes * 60)}

    def passes_out(self) -> Trouble:
        """Say that no pass of this duration is left today."""
        _ = self.language.gettext
        return Trouble(
            _("All passes of this duration are given out today."),
            _("Those that were given stay good."),
            _("Choose another duration."),
        )
