"""Print credit as it is told on the seat of whoever sits there: their cards, and what moved.

A station asks for its own seat and the slot that runs there, never for anybody else. Amounts are
whole cents. Numbers of cards go up and never come back; no movement names a document or a person.
"""

from enum import StrEnum

from kiosk.wire.codec import Count, Id, Message, Seconds, Stamp
from kiosk.wire.money import Cents, PrintCardView
from kiosk.wire.station import CardNumber


class ReadSeatCredit(Message, frozen=True, kw_only=True):
    """Ask for the credit of whoever sits here. `number` is the print card that was passed."""

    slot_id: Id
    number: CardNumber | None = None


class MovementKind(StrEnum):
    """What moved, in the visitor's own sense.

    A job that is under way is `PRINTING`; `GIVEN_BACK` is what came back of one, or by a cashier.
    """

    TOP_UP = "top_up"
    PRINTING = "printing"
    PRINTED = "printed"
    GIVEN_BACK = "given_back"
    MOVED = "moved"
    LAPSED = "lapsed"
    CORRECTED = "corrected"


class Movement(Message, frozen=True, kw_only=True):
    """What changed on a card, and what was left. All that a job took and gave back is one.

    `pages` came out of a printed job.
    """

    at: Stamp
    kind: MovementKind
    change_cents: Cents
    balance_cents: Cents
    pages: Count = 0


class CardFault(StrEnum):
    """Why the card that was passed is not shown."""

    UNKNOWN = "unknown"
    OF_ANOTHER = "of_another"
    BLOCKED = "blocked"
    REPLACED = "replaced"
    EXPIRED = "expired"
    TOO_MANY_TRIES = "too_many_tries"


class SeatCredit(Message, frozen=True, kw_only=True, tag="seat_credit"):
    """The cards of whoever sits here, and what moved on the first of them, the newest first.

    The first is the card that was passed, or else the member's own with the most credit on it.
    `fault` is about the passed one; `retry_seconds` goes with too many tries.
    """

    at: Stamp
    cards: tuple[PrintCardView, ...] = ()
    movements: tuple[Movement, ...] = ()
    fault: CardFault | None = None
    retry_seconds: Seconds = 0


class CreditGround(StrEnum):
    """Why no credit is told."""

    NOBODY_HERE = "nobody_here"
    NOT_SOLD_HERE = "not_sold_here"


class SeatCreditRefused(Message, frozen=True, kw_only=True, tag="seat_credit_refused"):
    """That slot does not run at the station, or its site sells no prints."""

    ground: CreditGround


SeatCreditAnswer = SeatCredit | SeatCreditRefused
