"""What the board of a room says. It is read from afar, and nobody stands beside it to explain.

No sentence names a person, staff or a desk: a room without staff has the same board.
"""

from dataclasses import dataclass

from admin_console.desk.models.stand import SeatStand
from admin_console.desk.models.ticket_stand import TicketStand
from admin_console.desk.models.wording import Wording
from admin_console.desk.room_board.face import RoomFace
from kiosk.hublink.failure import Failure
from kiosk.look.trouble import Trouble
from kiosk.rules.seat import SeatState
from kiosk.rules.slot import Ground
from kiosk.rules.ticket import TicketState
from kiosk.rules.waiting import ListFault
from kiosk.wire.ticket import TicketChanged, TicketRefused, TicketTaken
from kiosk.wire.waiting import TicketView


@dataclass(frozen=True, slots=True)
class Headline:
    """The large panel while nobody is called: a title, a fact in large letters, a sentence."""

    title: str
    fact: str
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class Reply:
    """What came of asking for a ticket: a title, large letters (or none), and sentences."""

    title: str
    large: str = ""
    sentences: tuple[str, ...] = ()
    good: bool = True
    code: str = ""

    @property
    def spoken(self) -> str:
        """The whole."""
        return " ".join(
            part for part in (self.title, self.large, self.code, *self.sentences) if part
        )


BoardAnswer = TicketTaken | TicketChanged | TicketRefused | Failure


def own_ticket(answer: BoardAnswer) -> TicketView | None:
    """Return the live ticket of this room that whoever passed a card has; None where none is told.

    One that was just taken without a card is nobody's yet.
    """
    if isinstance(answer, Failure):
        return None
    if isinstance(answer, TicketRefused):
        return None if answer.elsewhere else answer.ticket
    if isinstance(answer, TicketTaken) and answer.code:
        return None
    return answer.ticket


class RoomWording:
    """Tells a `RoomFace`."""

    def __init__(self, wording: Wording) -> None:
        self.wording = wording
        self.language, self.phrase = wording.language, wording.phrase

    def opening(self, face: RoomFace) -> str:
        """Return the line under the title: "Ouvert jusqu'à 18 h"."""
        _ = self.language.gettext
        if face.closes_at is not None:
            return _("Open until %(time)s") % {"time": self.phrase.time(face.closes_at)}
        return self.wording.opens(face.opens_at, face.opens_in_days)

    def call(self, ticket: TicketStand) -> str:
        """Return how long a seat is kept: "Gardé encore 10 minutes, jusqu'à 14 h 57"."""
        _ = self.language.gettext
        if ticket.hold_minutes is None or ticket.hold_until is None:
            return ""
        told = {
            "duration": self.phrase.long_duration(ticket.hold_minutes * 60),
            "time": self.phrase.time(ticket.hold_until),
        }
        return _("Kept for another %(duration)s, until %(time)s") % told

    def called_spoken(self, ticket: TicketStand) -> str:
        """Return a call as a sentence."""
        _ = self.language.gettext
        told = {"ticket": ticket.label, "number": ticket.seat or 0}
        return _("%(ticket)s, it is your turn: seat %(number)d.") % told

    def headline(self, face: RoomFace) -> Headline:
        """Return what stands in large letters while nobody is called."""
        _ = self.language.gettext
        if not face.is_open:
            return Headline(_("The room is closed"), self.opening(face))
        if face.free:
            seats = self.wording.seat_list(face.free)
            title = self.language.ngettext("Free place", "Free places", len(face.free))
            return Headline(title, seats, _("Sit down and pass your card there."))
        first = next((one for one in face.following if one.expected_at is not None), None)
        if first is not None:
            return Headline(_("Next place, for %(ticket)s") % {"ticket": first.label},
                            self.when(first))  # fmt: skip
        if face.waiting:
            return Headline(_("Every place is taken"), _("No place before closing"))
        return Headline(_("Every place is taken"), _("Take a ticket"), self._soonest(face))

    def _soonest(self, face: RoomFace) -> str:
        ends = [one.ends_at for one in face.seats if one.ends_at is not None]
        if not ends:
            return ""
        told = {"time": self.phrase.time(min(ends))}
        return self.language.gettext("A seat may be free at %(time)s.") % told

    def when(self, ticket: TicketStand) -> str:
        """Return when a ticket may expect a seat, in one line."""
        before, time = self.expected(ticket)
        return f"{before} {time}".strip()

    def expected(self, ticket: TicketStand) -> tuple[str, str]:
        """Return small words and large ones: ("au plus tard vers", "15 h 08").

        Estimates are late rather than early: whoever relies on them loses no place.
        """
        _ = self.language.gettext
        if ticket.state is TicketState.AWAY and ticket.back_at is not None:
            return _("back at"), self.phrase.time(ticket.back_at)
        if ticket.expected_at is None:
            return _("no place"), _("before closing")
        if ticket.is_late:
            return "", _("any minute now")
        return _("at the latest around"), self.phrase.time(ticket.expected_at)

    def people(self, count: int) -> str:
        """Return how many wait: "3 personnes"."""
        form = self.language.ngettext("%(count)d person", "%(count)d people", count)
        return form % {"count": count}

    def seat_lines(self, seat: SeatStand) -> tuple[str, ...]:
        """Return what stands under the state of a seat, the longest first."""
        _ = self.language.gettext
        if seat.state is SeatState.HELD:
            return (_("for %(ticket)s") % {"ticket": seat.ticket},) if seat.ticket else ()
        if seat.state in {SeatState.IN_USE, SeatState.ENDING, SeatState.LOCKED}:
            if seat.in_grace:
                return (_("time to save"),)
            if seat.ends_at is not None:
                time = self.phrase.time(seat.ends_at)
                return (_("until %(time)s") % {"time": time}, time)
        return ()

    def invitation(self, face: RoomFace) -> tuple[str, str]:
        """Return how one takes a ticket, or why none can be taken: strong words, then the rest."""
        _ = self.language.gettext
        if face.lost_since is not None:
            told = {"time": self.phrase.time(face.lost_since)}
            return _("No news since %(time)s.") % told, _("The list may have moved on.")
        if not face.is_open:
            return "", ""
        return _("Take a ticket:"), _("pass your card")

    def reply(self, answer: BoardAnswer, face: RoomFace | None = None) -> Reply:
        """Tell what came of asking for a ticket, or of changing one."""
        _ = self.language.gettext
        if isinstance(answer, TicketTaken):
            return self._taken(answer)
        if isinstance(answer, TicketChanged):
            return self.own(answer.ticket, face)
        if isinstance(answer, Failure):
            trouble = Trouble(
                _("No ticket could be taken."),
                _("Who has one keeps it."),
                _("Please try again in a moment."),
            )
            return Reply(trouble.fact, sentences=(trouble.kept, trouble.advice), good=False)
        return self._refused(answer, face)

    def _taken(self, taken: TicketTaken) -> Reply:
        _ = self.language.gettext
        ticket = taken.ticket
        sentences = []
        if ticket.state is TicketState.CALLED and ticket.seat is not None:
            sentences.append(_("Seat %(number)d is kept for you.") % {"number": ticket.seat})
        elif ticket.expected_at is not None:
            told = {"time": self.phrase.time(ticket.expected_at)}
            sentences.append(_("At the latest around %(time)s.") % told)
        if taken.code:
            sentences.append(_("Keep this code: with your card or your pass, it opens your seat."))
        else:
            sentences.append(_("Your card opens your seat."))
        code = _("Code %(code)s") % {"code": taken.code} if taken.code else ""
        return Reply(_("Your ticket"), ticket.label, tuple(sentences), code=code)

    def _refused(self, refused: TicketRefused, face: RoomFace | None) -> Reply:
        _ = self.language.gettext
        kept, again = _("Nothing was taken."), _("Please try again.")
        if refused.retry_seconds > 0:
            told = {"duration": self.phrase.long_duration(refused.retry_seconds)}
            wait = _("You can try again in %(duration)s.") % told
            return Reply(_("Too many unknown cards."), sentences=(kept, wait), good=False)
        if refused.unknown_card:
            return Reply(_("This card is not known."), sentences=(kept, again), good=False)
        if refused.ground is not None:
            valid = _("Your card stays valid.")
            if refused.ground is Ground.PASS_USED:
                valid = _("A pass opens one session.")
            return Reply(
                self._not_admitted(refused.ground, refused.minimum_age),
                sentences=(kept, valid),
                good=False,
            )
        ticket = refused.ticket
        listed = self._of_list(refused, face)
        if listed is not None:
            return listed
        if refused.fault is ListFault.HAS_TICKET and ticket is not None:
            where = refused.room_name
            sentences = (_("In this room: %(room)s.") % {"room": where},) if where else ()
            return Reply(_("You have a ticket already"), ticket.label, sentences)
        if refused.fault is ListFault.CLOSED:
            later = ""
            if refused.at is not None:
                told = {"time": self.phrase.time(refused.at),
                        "day": self.phrase.day(refused.at)}  # fmt: skip
                later = _("It opens on %(day)s at %(time)s.") % told
            return Reply(_("The room is closed."), sentences=(later or kept,), good=False)
        return Reply(_("No ticket could be taken."), sentences=(kept, again), good=False)

    def _of_list(self, refused: TicketRefused, face: RoomFace | None) -> Reply | None:
        """Tell what the list of this room refuses, None where it is something else."""
        _ = self.language.gettext
        ticket = own_ticket(refused)
        if refused.fault is ListFault.NO_TICKET:
            gone = _("Its time is over, or it was given back. You can take another one.")
            title = _("This ticket is no longer on the list")
            return Reply(title, sentences=(gone,), good=False)
        if refused.fault is ListFault.CODES_OUT:
            many = _("Many tickets without a card wait already.")
            card = _("With a card or a guest pass you can take one now.")
            title = _("No ticket without a card at the moment.")
            return Reply(title, sentences=(many, card), good=False)
        if ticket is None:
            return None
        if refused.fault is ListFault.HAS_TICKET:
            return self.own(ticket, face)
        stands = _("Your ticket stands as it was. Please choose again.")
        return Reply(_("That time is not possible"), ticket.label, (stands,), good=False)

    def own(self, ticket: TicketView, face: RoomFace | None) -> Reply:
        """Tell somebody where their ticket stands."""
        _, ngettext = self.language.gettext, self.language.ngettext
        if ticket.state is TicketState.LEFT:
            told = (_("You can take another one whenever you like."),)
            return Reply(_("Your ticket is given back"), ticket.label, told)
        if ticket.state is TicketState.CALLED and ticket.seat is not None:
            seat = _("Seat %(number)d is kept for you.") % {"number": ticket.seat}
            return Reply(_("Your ticket"), ticket.label, (seat,))
        if ticket.back_at is not None:
            time = {"time": self.phrase.time(ticket.back_at)}
            back = _("Your place is kept. You said that you come back at %(time)s.") % time
            return Reply(_("Your ticket"), ticket.label, (back,))
        sentences = []
        labels = [] if face is None else [one.label for one in face.following]
        if ticket.label in labels:
            ahead = labels.index(ticket.label)
            before = ngettext(
                "%(count)d person is before you.", "%(count)d people are before you.", ahead
            )
            next_one = _("You are the next one.")
            sentences.append(before % {"count": ahead} if ahead else next_one)
        if ticket.expected_at is not None:
            time = {"time": self.phrase.time(ticket.expected_at)}
            sentences.append(_("At the latest around %(time)s.") % time)
        return Reply(_("Your ticket"), ticket.label, tuple(sentences))

    def question(self, mode: str, ticket: TicketView, face: RoomFace | None) -> Reply:
        """Return what is asked before something is done with a ticket."""
        _ = self.language.gettext
        if mode == "times":
            return Reply(_("Back at what time?"), sentences=(_("Your place is kept."),))
        if mode == "giving":
            title = _("Give ticket %(ticket)s back?") % {"ticket": ticket.label}
            return Reply(title, sentences=(_("You lose your place on the list."),), good=False)
        return self.own(ticket, face)

    def _not_admitted(self, ground: Ground, minimum_age: int | None) -> str:
        _ = self.language.gettext
        match ground:
            case Ground.TOO_YOUNG if minimum_age is not None:
                return _("This room is for people aged %(age)d and over.") % {"age": minimum_age}
            case Ground.NOT_RESIDENT:
                return _("This room is for people who live in the town.")
            case Ground.NO_AUTHORISATION:
                return _("The authorisation of a parent or guardian is missing.")
            case Ground.CARD_EXPIRED:
                return _("Your card is no longer valid.")
            case Ground.PASS_USED:
                return _("This pass has already opened a session.")
            case _:
                return _("Your card starts no session in this room.")
