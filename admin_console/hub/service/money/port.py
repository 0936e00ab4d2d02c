"""What the use cases of money need of the world: rows that are only ever added to, and keys."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from admin_console.hub.service.money.account import Account
from admin_console.hub.service.money.record import (
    BookHead,
    CardAct,
    Hold,
    Line,
    Movement,
    Posting,
    Price,
    PrintCard,
    Receipt,
    ReceiptCopy,
    Till,
    TillEvent,
)


class MoneyKeys(Protocol):
    """Digests and seals that nobody makes without the hub's key."""

    def number(self, card: str) -> str:
        """Return the digest of a print card's number; the same number always gets the same one."""

    def ask(self, *parts: bytes) -> bytes:
        """Return the digest of an ask. It may hold a card number: a plain one would be guessed."""

    def seal(self, book_id: str, last_number: int, last_hash: bytes) -> bytes:
        """Return the seal of a book that ends so."""


class LedgerRows(Protocol):
    """The postings and the lines of the books. Nothing of it is changed or taken away."""

    def by_key(self, key: str) -> Posting | None:
        """Return the posting that was made under a key."""

    def get(self, posting_id: str) -> Posting | None:
        """Return a posting."""

    def lines_of(self, posting_id: str) -> tuple[Line, ...]:
        """Return the lines of a posting, by book and number."""

    def reversal_of(self, posting_id: str) -> str | None:
        """Return the posting that reversed this one."""

    def hold_book(self, book_id: str) -> BookHead:
        """Return where a book ends, begun if need be, and keep everybody else from it."""

    def balance(self, account: Account) -> int:
        """Return the balance of an account; 0 for one without lines."""

    def append(self, posting: Posting, lines: Sequence[Line], heads: Sequence[BookHead]) -> None:
        """Add a posting with all of its lines, and move the ends of their books."""

    def owed(self) -> dict[str, int]:
        """Return the balances of all cards and of all holds in each state, summed by kind."""

    def movements(self, account: Account, before: int | None, limit: int) -> tuple[Movement, ...]:
        """Return the newest lines of an account, those before a number if given, newest first."""


class PrintCardRows(Protocol):
    """The print cards, and what was done to them."""

    def add(self, card: PrintCard) -> None:
        """Keep a new card."""

    def save(self, card: PrintCard) -> None:
        """Write what may change of a card: its state, its member, its successor and its end."""

    def get(self, card_id: str) -> PrintCard | None:
        """Return a card."""

    def hold(self, card_id: str) -> PrintCard | None:
        """Return a card, and keep everybody else from it."""

    def by_number(self, number_digest: str) -> PrintCard | None:
        """Return the card with this number."""

    def of_member(self, member: str) -> tuple[PrintCard, ...]:
        """Return the cards that are tied to a member, the oldest first."""

    def act(self, ask_id: str) -> CardAct | None:
        """Return what was done for an ask."""

    def note(self, act: CardAct) -> None:
        """Keep what was done."""

    def with_credit(self, last_day_before: date) -> tuple[int, int]:
        """Count the cards with credit, and sum in cents that whose last day is before a date."""

    def lapsing(self, before: date, limit: int) -> tuple[str, ...]:
        """Return ids of cards in use whose last day was before a date."""


class HoldRows(Protocol):
    """The holds, as they stand; what moved is in the ledger."""

    def add(self, hold: Hold) -> None:
        """Keep a new hold."""

    def get(self, hold_id: str) -> Hold | None:
        """Return a hold."""

    def hold(self, hold_id: str) -> Hold | None:
        """Return a hold, and keep everybody else from it."""

    def save(self, hold: Hold) -> None:
        """Write how a hold stands."""

    def open_of(self, card_id: str) -> tuple[Hold, ...]:
        """Return the holds of a card whose credit is set aside."""

    def hand_over(self, card_id: str, to_card_id: str) -> None:
        """Let the open holds of a card belong to the one that replaces it."""

    def stale(self, authorised_before: datetime, heard_before: datetime) -> tuple[str, ...]:
        """Return ids of holds authorised, or sending and last heard of, before these."""

    def doubtful(self, site_id: str) -> tuple[Hold, ...]:
        """Return the doubtful holds of a site, the oldest first."""

    def free_pages(self, holder: str, since: date) -> int:
        """Count the free pages of somebody from a day on."""

    def refunds(self, site_id: str, printer: str, since: datetime) -> int:
        """Count the refunds of a printer's jobs from an instant on."""

    def forget_holders(self, before: date) -> int:
        """Forget for whom free pages counted before a day."""


class PriceRows(Protocol):
    """The price lists; lines are only ever added."""

    def add(self, line: Price) -> None:
        """Keep a new line."""

    def get(self, line_id: str) -> Price | None:
        """Return a line."""

    def of_site(self, site_id: str) -> tuple[Price, ...]:
        """Return the lines of a site, the oldest first."""


class TillRows(Protocol):
    """The tills, and what happened to each."""

    def add(self, till: Till) -> None:
        """Keep a new till."""

    def get(self, till_id: str) -> Till | None:
        """Return a till."""

    def hold(self, till_id: str) -> Till | None:
        """Return a till, and keep everybody else from it."""

    def save(self, till: Till) -> None:
        """Write how a till stands."""

    def of_site(self, site_id: str) -> tuple[Till, ...]:
        """Return the tills of a site by name."""

    def event(self, ask_id: str) -> TillEvent | None:
        """Return what an ask did to a till."""

    def last_event(self, till_id: str) -> TillEvent | None:
        """Return the newest line of a till's chain."""

    def events(self, till_id: str, session: int | None = None) -> tuple[TillEvent, ...]:
        """Return the lines of a till's chain, of one opening or of all, the oldest first."""

    def note(self, event: TillEvent) -> None:
        """Keep what happened."""

    def closings(self, site_id: str, since: datetime, until: datetime) -> tuple[TillEvent, ...]:
        """Return the closings of a site's tills from one instant to before another."""


class ReceiptRows(Protocol):
    """The receipts; they are only ever added."""

    def add(self, receipt: Receipt) -> None:
        """Keep a receipt."""

    def get(self, till_id: str, year: int, number: int) -> Receipt | None:
        """Return a receipt."""

    def of_posting(self, posting_id: str) -> Receipt | None:
        """Return the receipt of a posting."""

    def last_number(self, till_id: str, year: int) -> int:
        """Return the newest number of a till and year, 0 before the first."""

    def count(self, till_id: str, session: int) -> int:
        """Count the receipts of an opening of a till."""

    def page(self, till_id: str, year: int, before: int | None, limit: int) -> tuple[Receipt, ...]:
        """Return the newest receipts, those before a number if given, newest first."""

    def of_site(self, site_id: str, since: datetime, until: datetime) -> tuple[Receipt, ...]:
        """Return the receipts of a site's tills from one instant to before another."""

    def is_paper_taken(self, till_id: str, paper_number: str) -> bool:
        """Tell whether a receipt of the paper book was entered already."""

    def copy(self, ask_id: str) -> ReceiptCopy | None:
        """Return the copy that an ask made."""

    def count_copies(self, till_id: str, year: int, number: int) -> int:
        """Count the copies of a receipt."""

    def add_copy(self, copy: ReceiptCopy) -> None:
        """Keep that a copy was made."""


@dataclass(frozen=True, slots=True)
class Money:
    """The rows of money in one unit of work."""

    ledger: LedgerRows
    cards: PrintCardRows
    holds: HoldRows
    prices: PriceRows
    tills: TillRows
    receipts: ReceiptRows
