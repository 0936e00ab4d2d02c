"""Somebody at the desk: the card that was passed, what is known of it, and what Enter would do.

A visit is a value; each step makes the next one. Nothing is given twice: once a wish is under way,
or granted, there is nothing more to do for this card but to begin with the next one.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from kiosk.hublink.failure import Failure
from kiosk.rules.ticket import TicketState
from kiosk.wire.people import MeetingAnswer, PersonMet, PersonUnknown
from kiosk.wire.ticket import TicketAnswer, TicketTaken
from kiosk.wire.waiting import TicketView

SHOWN = 4
"""How many digits of a card may be seen."""


class Stage(StrEnum):
    """How far a visit is, and what may be proposed."""

    ASKING = "asking"
    FAILED = "failed"
    UNKNOWN = "unknown"
    REFUSED = "refused"
    ELSEWHERE = "elsewhere"
    ARRIVED = "arrived"
    SEAT = "seat"
    LISTED = "listed"
    LISTING = "listing"
    GRANTED = "granted"


OPEN = frozenset({Stage.SEAT, Stage.LISTING})
"""Where Enter does something."""


@dataclass(frozen=True, slots=True)
class Visit:
    """The visit.

    Attributes:
        card: what was passed.
        room_id: the room that was asked about.
        answer: what the hub knows; None while it is asked.
        picked: the number of a seat that a hand chose.
        lists: whether a hand chose the list although a seat is free.
        busy: whether a ticket is being asked for.
        outcome: what came of that.
        is_shown: whether all digits of the card are looked at, which stands in the journal.
    """

    card: str = field(repr=False)
    room_id: str
    answer: MeetingAnswer | Failure | None = None
    picked: int | None = None
    lists: bool = False
    busy: bool = False
    outcome: TicketAnswer | Failure | None = None
    is_shown: bool = False

    @property
    def masked(self) -> str:
        """The card as it may be seen."""
        return masked(self.card)

    @property
    def seen(self) -> str:
        """The card as it is seen: all digits, in groups, only once that is journalled."""
        return grouped(self.card) if self.is_shown else self.masked

    def showing(self, *, is_shown: bool) -> "Visit":
        """Return the visit with all digits of the card, or masked again."""
        return replace(self, is_shown=is_shown)

    @property
    def met(self) -> PersonMet | None:
        """The person, once they are known."""
        return self.answer if isinstance(self.answer, PersonMet) else None

    @property
    def stage(self) -> Stage:
        """Where the visit stands."""
        answer = self.answer
        if isinstance(self.outcome, TicketTaken):
            return Stage.GRANTED
        if answer is None:
            return Stage.ASKING
        if isinstance(answer, Failure):
            return Stage.FAILED
        if isinstance(answer, PersonUnknown):
            return Stage.UNKNOWN
        return _stage_of(answer, self.room_id, lists=self.lists)

    @property
    def seat(self) -> int | None:
        """The seat that would be given: the one that was chosen, else the best."""
        if self.stage is not Stage.SEAT or self.met is None:
            return None
        seats = self.met.seating.seats
        return self.picked if self.picked in seats else seats[0]

    @property
    def can_act(self) -> bool:
        """Whether Enter does what is proposed."""
        return self.stage in OPEN and not self.busy

    def told(self, answer: MeetingAnswer | Failure) -> "Visit":
        """Return the visit once the hub has answered who it is."""
        return replace(self, answer=answer)

    def pick(self, seat: int) -> "Visit":
        """Return the visit with another seat chosen."""
        return replace(self, picked=seat, lists=False, outcome=None)

    def choose_list(self, *, lists: bool) -> "Visit":
        """Return the visit with the list chosen instead of a seat, or a seat again."""
        return replace(self, lists=lists, outcome=None)

    def sent(self) -> "Visit":
        """Return the visit while a ticket is being asked for."""
        return replace(self, busy=True, outcome=None)

    def ended(self, outcome: TicketAnswer | Failure) -> "Visit":
        """Return the visit once the hub has answered for the ticket."""
        return replace(self, busy=False, outcome=outcome)


def _stage_of(met: PersonMet, room_id: str, *, lists: bool) -> Stage:
    seating = met.seating
    ticket = seating.ticket
    if seating.ground is not None:
        return Stage.REFUSED
    if ticket is not None and seating.ticket_room not in {None, room_id}:
        return Stage.ELSEWHERE
    if ticket is not None and ticket.state is TicketState.CALLED:
        return Stage.ARRIVED
    if seating.seats and not lists:
        return Stage.SEAT
    return Stage.LISTED if ticket is not None else Stage.LISTING


def grouped(card: str) -> str:
    """Return all digits of a card, by fours as they stand on it."""
    return " ".join(card[place : place + SHOWN] for place in range(0, len(card), SHOWN))


def masked(card: str) -> str:
    """Return a card as it may be seen: its last four digits."""
    return f"•••• {card[-SHOWN:]}"


@dataclass(frozen=True, slots=True)
class MadePass:
    """A guest pass that was made here, with the site that it is good for, and when."""

    digits: str = field(repr=False)
    seconds: int | None
    site_id: str
    at: datetime


def kept_ticket(visit: Visit) -> TicketView | None:
    """Return the ticket that the person has: the new one, or the one that they had."""
    if isinstance(visit.outcome, TicketTaken):
        return visit.outcome.ticket
    return visit.met.seating.ticket if visit.met is not None else None
