"""What a visitor sees of their print credit, and their wishes."""

from kiosk.wire.codec import Message, Seconds, Stamp, Text
from kiosk.wire.credit import CardFault, Movement
from kiosk.wire.money import PrintCardView
from kiosk.wire.station import CardNumber


class CreditFace(Message, frozen=True, kw_only=True):
    """Print credit as the hub told it `at` then; None before it did.

    The first of `cards` is the one whose `movements` are told. `stale` says that the hub does not
    answer now, so that no credit moves. While `reading` a passed card is being looked for;
    `unanswered` says that nobody knows of it, `fault` why it is not shown, with `retry_seconds`
    where it was tried too often. `top_up` is where and when credit is sold, as the site wrote it.
    """

    at: Stamp | None = None
    stale: bool = False
    cards: tuple[PrintCardView, ...] = ()
    movements: tuple[Movement, ...] = ()
    reading: bool = False
    fault: CardFault | None = None
    unanswered: bool = False
    retry_seconds: Seconds = 0
    top_up: Text = ""


class CreditWished(Message, frozen=True, kw_only=True, tag="credit_wished"):
    """*Mon crédit* was opened: what is told should be of now."""


class PrintCardPassed(Message, frozen=True, kw_only=True, tag="print_card_passed"):
    """A print card was passed in the session. Its number opens nothing but its own credit."""

    number: CardNumber


class CreditSeen(Message, frozen=True, kw_only=True, tag="credit_seen"):
    """*Mon crédit* is closed; what was said about a passed card is read."""


CreditWish = CreditWished | PrintCardPassed | CreditSeen
