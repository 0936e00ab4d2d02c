"""What the use cases of money need of the world: rows that are only ever added to, and keys."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from admin_console.hub.service.money.account import Account
from admin_console.hub.service.money.record import (
    BookHead,
    CardAct,
    Line,
    Movement,
    Posting,
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

    def act(self, ask_id: str) -> CardAct | None:
        """Return what was done for an ask."""

    def note(self, act: CardAct) -> None:
        """Keep what was done."""


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
    tills: TillRows
