"""Print credit between programs: cards, top-ups, and what is refused.

Amounts are whole cents. Each ask bears an id made by the asker: the same ask gets the same answer,
however often it is sent. The number of a card stands in the bodies of asks only; answers show its
last four digits.
"""

from datetime import date
from enum import StrEnum
from typing import Annotated

import msgspec

from kiosk.wire.codec import Id, Message, Name, Seconds, Stamp, Text
from kiosk.wire.station import CardNumber

Cents = Annotated[int, msgspec.Meta(ge=-(2**53), le=2**53)]
"""What was asked for; the hub says what it may be."""

LastFour = Annotated[str, msgspec.Meta(max_length=4)]


class MoneyFault(StrEnum):
    """Why no line was written."""

    ASK_REUSED = "ask_reused"
    AMOUNT_NOT_POSITIVE = "amount_not_positive"
    AMOUNT_TOO_LARGE = "amount_too_large"
    BALANCE_TOO_LARGE = "balance_too_large"
    NO_REASON = "no_reason"
    CARD_UNKNOWN = "card_unknown"
    CARD_TAKEN = "card_taken"
    CARD_BLOCKED = "card_blocked"
    CARD_REPLACED = "card_replaced"
    CARD_EXPIRED = "card_expired"
    CARD_NOT_BLOCKED = "card_not_blocked"
    CARD_OF_ANOTHER = "card_of_another"
    MEMBER_UNKNOWN = "member_unknown"
    TILL_UNKNOWN = "till_unknown"
    TILL_CLOSED = "till_closed"
    TILL_OPEN = "till_open"
    TILL_NOT_YOURS = "till_not_yours"
    TILL_COUNTED = "till_counted"
    TILL_NOT_COUNTED = "till_not_counted"
    COUNT_IMPOSSIBLE = "count_impossible"
    KEPT_TOO_LARGE = "kept_too_large"
    GIVEN_TOO_LITTLE = "given_too_little"
    PAPER_TAKEN = "paper_taken"
    PAPER_DATE = "paper_date"
    RECEIPT_UNKNOWN = "receipt_unknown"
    CREDIT_SHORT = "credit_short"
    POSTING_UNKNOWN = "posting_unknown"
    NOT_REVERSIBLE = "not_reversible"
    ALREADY_REVERSED = "already_reversed"
    CLOSED_SINCE = "closed_since"
    SPENT = "spent"
    NO_PRICE = "no_price"
    PRICE_CHANGED = "price_changed"
    JOB_TOO_LARGE = "job_too_large"
    HOLD_UNKNOWN = "hold_unknown"
    HOLD_EXPIRED = "hold_expired"
    HOLD_OVER = "hold_over"
    HOLD_NOT_SENT = "hold_not_sent"
    HOLD_SENT = "hold_sent"
    HOLD_NOT_DOUBTFUL = "hold_not_doubtful"
    MORE_THAN_PRINTED = "more_than_printed"
    PAGES_FREE = "pages_free"
    DATE_PAST = "date_past"
    DATES_REVERSED = "dates_reversed"
    CARD_ALONE = "card_alone"
    SITE_UNKNOWN = "site_unknown"
    TOO_MANY_TRIES = "too_many_tries"


class MoneyRefused(Message, frozen=True, kw_only=True, tag="money_refused"):
    """Nothing was written, for this reason.

    `balance_cents` is told where the balance is it, `needed_cents` what was needed or is asked now;
    `retry_seconds` goes with too many tries of a card's number.
    """

    fault: MoneyFault
    balance_cents: Cents | None = None
    needed_cents: Cents | None = None
    retry_seconds: Seconds = 0


class CardState(StrEnum):
    """What a print card is good for."""

    ACTIVE = "active"
    BLOCKED = "blocked"
    REPLACED = "replaced"
    EXPIRED = "expired"


class PrintCardView(Message, frozen=True, kw_only=True, tag="print_card"):
    """A print card as staff and its holder see it. `held_cents` is set aside for jobs under way.

    `tied` says that it belongs to a member; `expires_on` is the last day of its credit.
    """

    card_id: Id
    last_four: LastFour
    state: CardState
    balance_cents: Cents
    held_cents: Cents = 0
    tied: bool = False
    expires_on: date | None = None


class IssueCard(Message, frozen=True, kw_only=True):
    """Ask for a new print card. With `member_card` it is tied to that member."""

    ask_id: Id
    site_id: Name
    number: CardNumber
    member_card: CardNumber | None = None


class FindPrintCard(Message, frozen=True, kw_only=True):
    """Ask what stands on a card that was passed."""

    number: CardNumber


class CardMark(StrEnum):
    """What may be marked on a card."""

    BLOCK = "block"
    UNBLOCK = "unblock"


class MarkCard(Message, frozen=True, kw_only=True):
    """Ask to block a card, or to unblock it, for a reason."""

    ask_id: Id
    site_id: Name
    card_id: Id
    mark: CardMark
    reason: Text


class ReplaceCard(Message, frozen=True, kw_only=True):
    """Ask to replace a lost or broken card by a new one, which takes over its credit."""

    ask_id: Id
    site_id: Name
    card_id: Id
    number: CardNumber
    reason: Text


PrintCardAnswer = PrintCardView | MoneyRefused


class ReadStatement(Message, frozen=True, kw_only=True):
    """Ask for the newest movements of a card, those before a line's number if that is given."""

    card_id: Id
    before: Annotated[int, msgspec.Meta(ge=1, le=2**53)] | None = None


class StatementLine(Message, frozen=True, kw_only=True):
    """A movement of a card: what it changed, and what was left. `number` is its line in the book.

    `what` is the kind of the posting; `hold_id` is the print job's where it is about one.
    """

    number: Annotated[int, msgspec.Meta(ge=1, le=2**53)]
    posting_id: Id
    at: Stamp
    what: Name
    change_cents: Cents
    balance_cents: Cents
    site_id: Name
    hold_id: Id | None = None
    reason: Text = ""


class StatementPage(Message, frozen=True, kw_only=True, tag="statement"):
    """Movements of a card, the newest first; `more` says that there are older ones."""

    card: PrintCardView
    lines: tuple[StatementLine, ...]
    more: bool = False


StatementAnswer = StatementPage | MoneyRefused


class Means(StrEnum):
    """How somebody pays at a till."""

    CASH = "cash"
    CARD = "card"
    CHEQUE = "cheque"


class PaperReceipt(Message, frozen=True, kw_only=True):
    """A receipt of a numbered paper book, written by hand while the hub was away."""

    number: Annotated[str, msgspec.Meta(pattern=r"^[0-9A-Za-z-]{1,20}$")]
    day: date


class TopUp(Message, frozen=True, kw_only=True):
    """Ask to put money on a card at a till.

    `given_cents` is what was handed over in cash, so that the receipt tells the change; `paper` is
    told of what was taken by hand and is entered later.
    """

    ask_id: Id
    till_id: Name
    number: CardNumber
    amount_cents: Cents
    means: Means
    given_cents: Cents | None = None
    paper: PaperReceipt | None = None


class ReceiptView(Message, frozen=True, kw_only=True, tag="receipt"):
    """A receipt: numbered without a gap in its till and year.

    `amount_cents` is negative on the receipt of a reversal, which names what it takes back. `copy`
    counts copies: 0 is the first print.
    """

    till_id: Name
    year: int
    number: int
    posting_id: Id
    at: Stamp
    town: Name
    site_name: Name
    regie: str = ""
    till_name: Name
    agent: str
    amount_cents: Cents
    means: Means
    given_cents: Cents | None = None
    last_four: LastFour
    balance_cents: Cents
    reverses: str = ""
    paper: PaperReceipt | None = None
    copy: int = 0

    @property
    def label(self) -> str:
        """Return the number as it is printed."""
        return f"{self.year}-{self.number:06d}"


class ToppedUp(Message, frozen=True, kw_only=True, tag="topped_up"):
    """The money is on the card."""

    posting_id: Id
    at: Stamp
    amount_cents: Cents
    means: Means
    card: PrintCardView
    receipt: ReceiptView | None = None


TopUpAnswer = ToppedUp | MoneyRefused


class ReversePosting(Message, frozen=True, kw_only=True):
    """Ask to take back a top-up or a refund as a whole, for a reason."""

    ask_id: Id
    posting_id: Id
    reason: Text


class PostingReversed(Message, frozen=True, kw_only=True, tag="posting_reversed"):
    """The posting was taken back by another one; both stay."""

    posting_id: Id
    reverses: Id
    at: Stamp
    card: PrintCardView
    receipt: ReceiptView | None = None


ReversalAnswer = PostingReversed | MoneyRefused
