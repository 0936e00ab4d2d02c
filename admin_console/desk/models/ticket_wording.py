"""What the console says of tickets: a number, never a person."""

from admin_console.desk.models.ticket_stand import TicketStand
from kiosk.hublink.failure import Failure, Reason
from kiosk.look.language import Language
from kiosk.look.phrase import Phrase
from kiosk.look.trouble import Trouble
from kiosk.rules.ticket import TicketState
from kiosk.rules.waiting import ListFault
from kiosk.wire.problem import ProblemCode


class TicketWording:
    """Tells tickets."""

    def __init__(self, language: Language, phrase: Phrase) -> None:
        self.language = language
        self.phrase = phrase

    def fact(self, ticket: TicketStand) -> str:
        """Return where and when: "Appelé, poste 6", "vers 14 h 36"."""
        _ = self.language.gettext
        if ticket.is_called and ticket.seat is not None:
            return _("Called, seat %(number)d") % {"number": ticket.seat}
        if ticket.expected_at is None:
            return _("no seat before closing")
        if ticket.is_late:
            return _("any minute now")
        return _("around %(time)s") % {"time": self.phrase.time(ticket.expected_at)}

    def line(self, ticket: TicketStand) -> str:
        """Return the rest: "gardé encore 3 min", "attend depuis 27 min", "revient à 14 h 50"."""
        _ = self.language.gettext
        if ticket.hold_minutes is not None:
            kept = {"duration": self.phrase.duration(ticket.hold_minutes * 60)}
            return _("kept for another %(duration)s") % kept
        if ticket.state is TicketState.AWAY and ticket.back_at is not None:
            return _("back at %(time)s") % {"time": self.phrase.time(ticket.back_at)}
        if not ticket.waits_minutes:
            return _("has just come")
        told = {"duration": self.phrase.duration(ticket.waits_minutes * 60)}
        return _("waiting for %(duration)s") % told

    def spoken(self, ticket: TicketStand) -> str:
        """Return a ticket as a sentence."""
        return ", ".join((ticket.label, self.fact(ticket), self.line(ticket)))

    def refused(self, label: str, fault: ListFault | None) -> Trouble:
        """Tell why the hub did not do what was wished for a ticket."""
        _ = self.language.gettext
        told = {"ticket": label}
        facts = {
            ListFault.NO_TICKET: _("%(ticket)s is no longer on the list.") % told,
            ListFault.NOT_AWAY: _("%(ticket)s is back already.") % told,
            ListFault.SEAT_NOT_FREE: _("No seat is kept for %(ticket)s now.") % told,
        }
        fact = _("Nothing could be done for %(ticket)s.") % told
        if fault is not None:
            fact = facts.get(fault, fact)
        return Trouble(fact, _("Nothing has changed."), _("Look at the list again."))

    def failed(self, label: str, failure: Failure) -> Trouble:
        """Tell that no answer came, or that the person may not."""
        _ = self.language.gettext
        code = failure.problem.code if failure.problem is not None else None
        if failure.reason is Reason.PROBLEM and code is ProblemCode.NOT_ALLOWED:
            fact = _("Refused: your role does not allow it.")
            return Trouble(fact, _("Nothing has changed."), _("Ask somebody who may."))
        if failure.reason is Reason.PROBLEM and code is ProblemCode.NOT_FOUND:
            return self.refused(label, ListFault.NO_TICKET)
        fact = _("No contact: perhaps nothing was done for %(ticket)s.") % {"ticket": label}
        advice = _("Look at the list, then try again.")
        return Trouble(fact, _("The seats go on by themselves."), advice)
