"""What the hub keeps of money, as its use cases see a row. Amounts are cents, instants UTC."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from kiosk.rules.credit import HoldState
from kiosk.wire.money import CardState


class PostingKind(StrEnum):
    """What happened."""

    TOP_UP = "top_up"
    AUTHORISATION = "authorisation"
    SENDING = "sending"
    SETTLEMENT = "settlement"
    RELEASE = "release"
    DOUBT = "doubt"
    REFUND = "refund"
    TRANSFER = "transfer"
    LAPSE = "lapse"
    REVERSAL = "reversal"
    OPENING = "opening"
    DIFFERENCE = "difference"
    PAID_IN = "paid_in"


@dataclass(frozen=True, slots=True)
class Posting:
    """One thing that happened to money; its lines sum to zero.

    `key` is the asker's, and unique: it is looked up before any balance. `ask_digest` tells this
    ask from another one under the same key. `answer` is what was answered, an encoded message.
    `actor` is the id of staff or station, or a word for the hub itself. `detail` is what else the
    lines stand for, as encoded JSON.
    """

    posting_id: str
    key: str
    ask_digest: bytes
    kind: PostingKind
    at: datetime
    site_id: str
    actor: str
    line_count: int
    answer: bytes
    detail: bytes = b"{}"
    card_id: str | None = None
    hold_id: str | None = None
    reverses: str | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a book: one entry of a posting, chained to the line before.

    `balance_cents` is the balance of the account after it, in the account's own sense.
    """

    book_id: str
    number: int
    posting_id: str
    kind: str
    subject: str
    amount_cents: int
    balance_cents: int
    previous: bytes
    hash: bytes


@dataclass(frozen=True, slots=True)
class BookHead:
    """Where a book ends. `seal` is made of it with the hub's key."""

    book_id: str
    last_number: int
    last_hash: bytes
    seal: bytes


@dataclass(frozen=True, slots=True)
class Movement:
    """A line of an account with what its posting tells."""

    number: int
    posting_id: str
    at: datetime
    posting_kind: PostingKind
    amount_cents: int
    balance_cents: int
    site_id: str
    hold_id: str | None
    reason: str


@dataclass(frozen=True, slots=True)
class PrintCard:
    """A print card. `number_digest` is the keyed digest of its number, which is not kept.

    `member` is the reference of the member whom it is tied to. `replaced_by` is the card that took
    over its credit. `expires_on` is the last day of its credit, None for ever.
    """

    card_id: str
    number_digest: str
    last_four: str
    state: CardState
    issued_at: datetime
    site_id: str
    member: str | None = None
    replaced_by: str | None = None
    expires_on: date | None = None


@dataclass(frozen=True, slots=True)
class CardAct:
    """Something that staff did to a card without moving money; kept for ever.

    `ask_id`, `ask_digest` and `answer` are as those of a posting.
    """

    ask_id: str
    ask_digest: bytes
    card_id: str
    act: str
    at: datetime
    site_id: str
    actor: str
    reason: str
    answer: bytes


@dataclass(frozen=True, slots=True)
class Hold:
    """Credit set aside for a job. What it is worth and how it was quoted stand in its posting.

    `holder` is for whom its free pages count: a member's reference, or that of an anonymous card;
    `free_pages` are those that count on `day`, the site's local date. `heard_at` is when somebody
    told last that the job is under way. `printed` pages came out, `refunded_pages` of them were
    given back.
    """

    hold_id: str
    station_id: str
    slot_id: str
    site_id: str
    state: HoldState
    amount_cents: int
    authorised_at: datetime
    heard_at: datetime
    day: date
    card_id: str | None = None
    printer: str = ""
    holder: str | None = None
    free_pages: int = 0
    printed: int = 0
    charged_cents: int = 0
    refunded_pages: int = 0


@dataclass(frozen=True, slots=True)
class Price:
    """A line of a site's price list as it is kept, encoded; never changed."""

    line_id: str
    site_id: str
    kind: str
    written_by: str
    written_at: datetime
    body: bytes


@dataclass(frozen=True, slots=True)
class Till:
    """A till of a site; closed while `opened_at` is None.

    `session` counts its openings; `opened_by` is the staff who opened it, `opened_name` their name
    and `float_cents` what lay in it then. No line is added from `counted_at` on. Above
    `ceiling_cents` its money must be paid in.
    """

    till_id: str
    site_id: str
    name: str
    opened_at: datetime | None = None
    regie: str = ""
    ceiling_cents: int | None = None
    session: int = 0
    opened_by: str | None = None
    opened_name: str = ""
    float_cents: int = 0
    counted_at: datetime | None = None


class TillEventKind(StrEnum):
    """What happened to a till besides its lines."""

    OPENED = "opened"
    COUNTED = "counted"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class TillEvent:
    """A line of a till's own chain: it was opened, counted or closed. Kept for ever.

    `ask_id`, `ask_digest` and `answer` are as those of a posting; `body` is what was said, as
    encoded JSON. `number` has no holes in a till, `seal` is made with the hub's key.
    """

    ask_id: str
    ask_digest: bytes
    till_id: str
    number: int
    session: int
    kind: TillEventKind
    at: datetime
    actor: str
    body: bytes
    answer: bytes
    previous: bytes
    hash: bytes
    seal: bytes


@dataclass(frozen=True, slots=True)
class Receipt:
    """A receipt: numbered without a gap in its till and year. `body` is what it says."""

    till_id: str
    year: int
    number: int
    posting_id: str
    session: int
    at: datetime
    paper_number: str | None
    body: bytes


@dataclass(frozen=True, slots=True)
class ReceiptCopy:
    """A copy that was asked for; `copy` counts them from 1."""

    ask_id: str
    till_id: str
    year: int
    number: int
    copy: int
    at: datetime
    actor: str
