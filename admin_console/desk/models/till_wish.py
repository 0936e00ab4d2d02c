"""What the page *Caisse* wants done: values that say it whole, so that the same wish is the same.

The number of a card never stands in what a wish says of itself.
"""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from kiosk.wire.money import CardMark, Means, PaperReceipt
from kiosk.wire.till import CoinCount, PaperForm


@dataclass(frozen=True, slots=True)
class FindCard:
    """Know how a card stands that was passed."""

    number: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class ReadMoves:
    """Know what moved on a card, before a line of the book where that is given."""

    card_id: str
    before: int | None = None


@dataclass(frozen=True, slots=True)
class Take:
    """Take money, and put it on a card."""

    till_id: str
    number: str = field(repr=False)
    amount_cents: int
    means: Means
    given_cents: int | None = None
    paper: PaperReceipt | None = None


@dataclass(frozen=True, slots=True)
class TakeBack:
    """Take a posting back as a whole."""

    posting_id: str
    reason: str


@dataclass(frozen=True, slots=True)
class GiveBack:
    """Give pages of a job back as credit."""

    site_id: str
    hold_id: str
    pages: int
    reason: str


@dataclass(frozen=True, slots=True)
class ReadDoubtful:
    """Know the print jobs of a site of which nobody knows whether they came out."""

    site_id: str


@dataclass(frozen=True, slots=True)
class Settle:
    """Say how many pages of such a job came out; the job's own id makes it happen once."""

    site_id: str
    hold_id: str
    printed: int
    reason: str


@dataclass(frozen=True, slots=True)
class Mark:
    """Block a card, or unblock it."""

    site_id: str
    card_id: str
    mark: CardMark
    reason: str


@dataclass(frozen=True, slots=True)
class Exchange:
    """Put a new card in the place of a lost one."""

    site_id: str
    card_id: str
    number: str = field(repr=False)
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Issue:
    """Make a new card, for a member where a card of theirs is given."""

    site_id: str
    number: str = field(repr=False)
    member_card: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class ReadTills:
    """Know the tills of a site."""

    site_id: str


@dataclass(frozen=True, slots=True)
class Open:
    """Open a till with a float."""

    till_id: str
    float_cents: int


@dataclass(frozen=True, slots=True)
class Tally:
    """Say what lies in a till; only then is told what should."""

    till_id: str
    coins: tuple[CoinCount, ...]
    card_cents: int = 0
    cheque_cents: int = 0


@dataclass(frozen=True, slots=True)
class Close:
    """Close a counted till; `kept_cents` stay in it."""

    till_id: str
    kept_cents: int
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ReadReceipts:
    """Know the receipts of a till and year, before a number where that is given."""

    till_id: str
    year: int
    before: int | None = None


@dataclass(frozen=True, slots=True)
class Copy:
    """Have a copy of a receipt, which says that it is one."""

    till_id: str
    year: int
    number: int


@dataclass(frozen=True, slots=True)
class Paper:
    """Have the sheet of a receipt: to print it, or to keep it in a file."""

    till_id: str
    year: int
    number: int
    form: PaperForm
    prints: bool


class ExportForm(StrEnum):
    """What the accountant gets."""

    PDF = "pdf"
    XLSX = "xlsx"
    CSV = "csv"


@dataclass(frozen=True, slots=True)
class Export:
    """Have the receipts and closings of a site in a file."""

    site_id: str
    form: ExportForm
    since: date
    until: date


@dataclass(frozen=True, slots=True)
class Slip:
    """Have the payment slip of a closing: which opening of the till it ended."""

    till_id: str
    session: int


TillWish = (
    FindCard | ReadMoves | Take | TakeBack | GiveBack | ReadDoubtful | Settle | Mark | Exchange
    | Issue | ReadTills | Open | Tally | Close | ReadReceipts | Copy | Paper | Export | Slip
)  # fmt: skip
"""Whatever the page may want."""

MAKES = (Take, TakeBack, GiveBack, Settle, Mark, Exchange, Issue, Open, Tally, Close, Copy)
"""What changes something: it bears an id, and is done once however often it is sent."""

MOVES_MONEY = (Take, TakeBack, GiveBack, Settle, Exchange)
"""What changes what lies on a card."""
