"""The accounts of the ledger, and in which book each is kept.

Double entry in the usual sense: a line's amount is positive where it debits its account, negative
where it credits it. The *balance* of an account is told in its own sense: what is in a till and
what is owed to a card are both positive.
"""

from dataclasses import dataclass
from enum import StrEnum

CREDIT_BOOK = "credit"
"""The book of what the town owes to its visitors, and of what became of it."""


class AccountKind(StrEnum):
    """What an account is about; its subject says of whom or where."""

    CARD = "card"
    """Credit of a print card."""
    AUTHORISED = "authorised"
    """Credit set aside for a job that was not sent. The subject is the hold."""
    SENDING = "sending"
    """Credit set aside for a job that is being printed, or may be."""
    DOUBTFUL = "doubtful"
    """Credit set aside for a job of which nobody knows whether it came out."""
    SALES = "sales"
    """Pages sold at a site."""
    REFUNDS = "refunds"
    """Pages given back as credit at a site."""
    LAPSED = "lapsed"
    """Credit that expired; the subject is the site where the card was issued."""
    FLOAT = "float"
    """What was put into a till to give change from; the subject is the till, as of those below."""
    SURPLUS = "surplus"
    """More was counted than expected (excédent)."""
    SHORTFALL = "shortfall"
    """Less was counted than expected (déficit)."""
    PAID_IN = "paid_in"
    """What left the till for the treasury (versement)."""
    TILL_CASH = "till_cash"
    TILL_CARD = "till_card"
    TILL_CHEQUE = "till_cheque"


TILL_KINDS = frozenset({AccountKind.TILL_CASH, AccountKind.TILL_CARD, AccountKind.TILL_CHEQUE})
"""What lies in a till."""

TILL_BOOK_KINDS = TILL_KINDS | {
    AccountKind.FLOAT,
    AccountKind.SURPLUS,
    AccountKind.SHORTFALL,
    AccountKind.PAID_IN,
}
"""Kept in the book of their till."""

DEBIT_KINDS = TILL_KINDS | {AccountKind.REFUNDS, AccountKind.SHORTFALL, AccountKind.PAID_IN}
"""Their balance grows by a debit; that of all others by a credit."""

GUARDED_KINDS = frozenset(
    {AccountKind.CARD, AccountKind.AUTHORISED, AccountKind.SENDING, AccountKind.DOUBTFUL}
)
"""Never negative; the database itself refuses a line that would make them so."""


@dataclass(frozen=True, slots=True, order=True)
class Account:
    """An account: what it is about, and the card, hold, till or site."""

    kind: AccountKind
    subject: str

    @property
    def book(self) -> str:
        """The book in which its lines stand."""
        return till_book(self.subject) if self.kind in TILL_BOOK_KINDS else CREDIT_BOOK

    def change(self, amount_cents: int) -> int:
        """Return how a line's amount changes the balance."""
        return amount_cents if self.kind in DEBIT_KINDS else -amount_cents


def till_book(till_id: str) -> str:
    """Return the name of a till's book."""
    return f"till.{till_id}"


@dataclass(frozen=True, slots=True)
class Entry:
    """One side of a posting: an account and the amount, a debit positive."""

    account: Account
    amount_cents: int


def debit(account: Account, cents: int) -> Entry:
    """Return the entry that debits an account."""
    return Entry(account, cents)


def credit(account: Account, cents: int) -> Entry:
    """Return the entry that credits an account."""
    return Entry(account, -cents)
