"""What the middle of *Accueil* shows for a visit: words, choices, and what its button does."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from admin_console.desk.models.board import Board
from admin_console.desk.models.visit import Stage, Visit, kept_ticket
from admin_console.desk.models.visit_wording import Told, VisitWording
from kiosk.hublink.failure import Failure
from kiosk.look.banner import BannerKind
from kiosk.look.trouble import Trouble
from kiosk.rules.seat import SeatState
from kiosk.rules.slot import Ground
from kiosk.wire.people import PersonMet
from kiosk.wire.ticket import TicketRefused


class Act(StrEnum):
    """What is done for who came."""

    SEAT = "seat"
    LIST = "list"
    PASS = "pass"  # noqa: S105 - a guest pass


class Deed(StrEnum):
    """What a button of the panel does."""

    NOTHING = "nothing"
    GIVE = "give"
    AGAIN = "again"
    AUTHORISE = "authorise"
    REGISTER = "register"
    CORRECT = "correct"
    NEXT = "next"


NOTHING = Told("")


@dataclass(frozen=True, slots=True)
class OfferFace:
    """The face.

    Attributes:
        heading: what is done here.
        lead: a sentence below it.
        banner: a kind, a fact and a sentence about the visit.
        trouble: what did not work.
        seats: number and label of each seat that can be given, the best first.
        chosen: the number of the one that would be.
        length: how long the slot would be, and from when to when.
        foot: what the button would do, and for how long.
        main: the words of the main button, empty hides it; `deed` is what it does.
        busy: whether that is under way.
        other: the words of the button beside it, and what that does.
    """

    heading: str
    lead: str = ""
    banner: tuple[BannerKind, Told] | None = None
    trouble: Trouble | None = None
    seats: tuple[tuple[int, str], ...] = ()
    chosen: int | None = None
    length: tuple[Told, str] | None = None
    foot: Told = NOTHING
    main: str = ""
    deed: Deed = Deed.NOTHING
    busy: bool = False
    other: tuple[str, Deed] = ("", Deed.NOTHING)


def free_seats(board: Board, site_id: str, room_id: str) -> int:
    """Return how many seats of a room are free."""
    stands = board.seats_of(site_id)
    return sum(one.room_id == room_id and one.state is SeatState.FREE for one in stands)


def act_of(visit: Visit | None, *, is_pass: bool, wants_list: bool) -> Act:
    """Return what is done: what a hand chose, else what is proposed."""
    if is_pass:
        return Act.PASS
    if visit is None:
        return Act.LIST if wants_list else Act.SEAT
    return Act.LIST if visit.stage in {Stage.LISTED, Stage.LISTING} else Act.SEAT


class Offers:
    """Makes faces."""

    def __init__(self, wording: VisitWording, board: Board) -> None:
        self._wording, self._board = wording, board

    def face(self, visit: Visit | None, room_id: str, *, wants_list: bool = False) -> OfferFace:
        """Return the face of a visit, or that of a desk at which nobody stands."""
        if visit is None:
            return self._nobody(room_id, wants_list=wants_list)
        makers = {
            Stage.ASKING: self._asking,
            Stage.FAILED: self._no_answer,
            Stage.UNKNOWN: self._unknown,
        }
        if visit.stage in makers:
            return makers[visit.stage](visit)
        if visit.stage is Stage.GRANTED:
            return self._granted(visit)
        return self._met(visit, visit.met) if visit.met is not None else self._asking(visit)

    # ------------------------------------------------------------------------- before the person

    def _nobody(self, room_id: str, *, wants_list: bool) -> OfferFace:
        _, ngettext = self._wording.language.gettext, self._wording.language.ngettext
        room = self._board.book.room(room_id)
        site_id = room.site_id if room is not None else ""
        free = free_seats(self._board, site_id, room_id)
        form = ngettext("%(count)d seat is free here", "%(count)d seats are free here", free)
        fact = form % {"count": free} if free else _("No seat is free here now")
        if wants_list:
            heading, line = _("Put on the waiting list"), _("Scan the card of who wants to wait.")
        else:
            heading, line = _("Choose a seat"), _("Scan a card: the best seat is proposed.")
        return OfferFace(heading, banner=("info", Told(f"{fact}.", line)))

    def _asking(self, _visit: Visit) -> OfferFace:
        _ = self._wording.language.gettext
        return OfferFace(_("Choose a seat"), _("Looking for the card…"))

    def _no_answer(self, visit: Visit) -> OfferFace:
        _ = self._wording.language.gettext
        failure = visit.answer
        trouble = None
        if isinstance(failure, Failure):
            trouble = self._wording.failed(failure, makes=False)
        return OfferFace(_("Choose a seat"), trouble=trouble, main=_("Ask again"), deed=Deed.AGAIN)

    def _unknown(self, _visit: Visit) -> OfferFace:
        _ = self._wording.language.gettext
        told = self._wording.unknown()
        return OfferFace(
            _("Choose a seat"),
            banner=("warning", Told(f"{told.fact}.", told.line)),
            main=_("Register this card…"),
            deed=Deed.REGISTER,
        )

    # ------------------------------------------------------------------------------- the person

    def _met(self, visit: Visit, met: PersonMet) -> OfferFace:
        seating = met.seating
        if visit.stage is Stage.REFUSED:
            return self._refused(visit, met)
        if visit.stage is Stage.ELSEWHERE and seating.ticket is not None:
            room = self._board.book.room_name(seating.ticket_room or "")
            told = self._wording.elsewhere(seating.ticket, room)
            return self._told(visit, "info", told)
        if visit.stage is Stage.ARRIVED:
            return self._told(visit, "success", self._wording.stands(visit), arrived=True)
        if visit.stage is Stage.LISTED:
            return self._told(visit, "info", self._wording.stands(visit))
        return self._seat(visit, met) if visit.stage is Stage.SEAT else self._listing(visit, met)

    def _refused(self, visit: Visit, met: PersonMet) -> OfferFace:
        _ = self._wording.language.gettext
        told = self._wording.refusal(met.seating)
        ground = met.seating.ground
        main, deed = "", Deed.NOTHING
        if ground is Ground.NO_AUTHORISATION:
            main, deed = _("Record the authorisation"), Deed.AUTHORISE
        elif ground in {Ground.CARD_EXPIRED, Ground.TOO_YOUNG, Ground.NOT_RESIDENT}:
            main, deed = _("Correct the person…"), Deed.CORRECT
        return OfferFace(
            _("No seat in this room"),
            banner=("warning", Told(f"{told.fact}.", told.line)),
            trouble=self._trouble(visit),
            main=main,
            deed=deed,
            busy=visit.busy,
        )

    def _told(
        self, visit: Visit, kind: BannerKind, told: Told, *, arrived: bool = False
    ) -> OfferFace:
        _ = self._wording.language.gettext
        heading = _("Has arrived") if arrived else _("Is waiting")
        return OfferFace(
            heading,
            banner=(kind, Told(f"{told.fact}.", told.line)),
            trouble=self._trouble(visit),
            other=(_("Next person"), Deed.NEXT),
        )

    def _seat(self, visit: Visit, met: PersonMet) -> OfferFace:
        _ = self._wording.language.gettext
        labels = {one.number: one.label for one in self._board.book.seats_of_room(visit.room_id)}
        seats = tuple((number, labels.get(number, "")) for number in met.seating.seats)
        now = self._board.now
        until = now + timedelta(seconds=met.seating.seconds)
        length = self._wording.length(met.seating, now, until) if met.seating.seconds else None
        time = {"number": visit.seat, "time": self._wording.phrase.time(until)}
        fact = _("Seat %(number)d, until %(time)s") % time
        return OfferFace(
            _("Choose a seat"),
            _("The best one is proposed first."),
            trouble=self._trouble(visit),
            seats=seats,
            chosen=visit.seat,
            length=length,
            foot=Told(fact, self._kept(visit.room_id)),
            main=self._wording.deed(visit),
            deed=Deed.GIVE,
            busy=visit.busy,
        )

    def _kept(self, room_id: str) -> str:
        room = self._board.book.room(room_id)
        if room is None:
            return ""
        kept = {"duration": self._wording.phrase.long_duration(room.rule.hold_seconds)}
        return self._wording.language.gettext("Kept %(duration)s for this card.") % kept

    def _listing(self, visit: Visit, met: PersonMet) -> OfferFace:
        _ = self._wording.language.gettext
        fact = self._wording.expected(met.seating.expected_at, self._board.now)
        if met.seating.seats:
            lead = _("A seat is free: nobody has to wait.")
        else:
            lead = _("Every seat is taken, or kept for who waits.")
        return OfferFace(
            _("Put on the waiting list"),
            lead,
            banner=("info", Told(fact, _("The card opens the seat once the ticket is called."))),
            trouble=self._trouble(visit),
            main=self._wording.deed(visit),
            deed=Deed.GIVE,
            busy=visit.busy,
        )

    def _granted(self, visit: Visit) -> OfferFace:
        _ = self._wording.language.gettext
        told = self._wording.stands(visit)
        ticket = kept_ticket(visit)
        has_seat = ticket is not None and ticket.seat is not None
        return OfferFace(
            _("Seat given") if has_seat else _("On the waiting list"),
            banner=("success", Told(f"{told.fact}.", told.line)),
            main=_("Next person"),
            deed=Deed.NEXT,
        )

    def _trouble(self, visit: Visit) -> Trouble | None:
        if isinstance(visit.outcome, Failure):
            return self._wording.failed(visit.outcome, makes=True)
        if isinstance(visit.outcome, TicketRefused):
            return self._wording.not_taken(visit.outcome)
        return None
