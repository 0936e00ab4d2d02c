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
    Till,
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
    """The tills."""

    def add(self, till: Till) -> None:
        """Keep a new till."""

    def get(self, till_id: str) -> Till | None:
        """Return a till."""

    def hold(self, till_id: str) -> Till | None:
        """Return a till, and keep everybody else from it."""

    def save(self, till: Till) -> None:
        """Write whether a till is open."""

    def of_site(self, site_id: str) -> tuple[Till, ...]:
        """Return the tills of a site by name."""


@dataclass(frozen=True, slots=True)
class Money:
    """The rows of money in one unit of work."""

    ledger: LedgerRows
    cards: PrintCardRows
    holds: HoldRows
    prices: PriceRows
    tills: TillRows
