"""Looks through all books of the ledger and names the first bad line of each.

Everything that a line or its posting says is part of its hash; the balances are reckoned again, the
postings summed, the ends compared with their seals. A row that cannot even be read is a finding.
"""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple, Protocol

from admin_console.hub.service.money.account import CREDIT_BOOK, GUARDED_KINDS, Account, AccountKind
from admin_console.hub.service.money.chain import BEGINNING, digest_posting, hash_line
from admin_console.hub.service.money.port import MoneyKeys

PAGE = 2000


class LedgerFault(StrEnum):
    """What is wrong with a line, or with the end of a book."""

    MISSING = "missing"
    UNREADABLE = "unreadable"
    BROKEN_CHAIN = "broken_chain"
    CHANGED = "changed"
    WRONG_BALANCE = "wrong_balance"
    NEGATIVE = "negative"
    WRONG_END = "wrong_end"
    BAD_SEAL = "bad_seal"
    NOT_ZERO = "not_zero"
    WITHOUT_LINES = "without_lines"
    WRONG_HOLD = "wrong_hold"


@dataclass(frozen=True, slots=True)
class Finding:
    """Where a book is not what it was. `number` is the line's; 0 where no line can be named."""

    book_id: str
    number: int
    fault: LedgerFault


class RawLine(NamedTuple):
    """A line and its posting as they are stored; what was tampered with may be of any type.

    `said` is what the line says, in the order of `chain.line_fields` and then the hash before and
    its own; `posting` what its posting says, in the order of `chain.posting_fields`.
    """

    said: tuple[object, ...]
    posting: tuple[object, ...]


@dataclass(frozen=True, slots=True)
class RawHead:
    """Where a book ends, as it is stored; None where nothing says it."""

    last_number: object
    last_hash: object
    seal: object


class Unreadable(Exception):
    """The database does not give a row back as anything."""


class Audit(Protocol):
    """Reads what is stored, without believing any of it."""

    def books(self) -> tuple[str, ...]:
        """Return the names of all books that have an end or a line."""

    def head(self, book_id: str) -> RawHead | None:
        """Return where a book ends; raises `Unreadable`."""

    def lines(self, book_id: str, after: int, limit: int) -> Sequence[RawLine]:
        """Return the lines of a book after a number, in order; raises `Unreadable`."""

    def unbalanced(self) -> tuple[tuple[str, int, str], ...]:
        """Return book, number and posting of a line of each posting that does not sum to zero.

        A posting that was never proved to is one of them.
        """

    def open_holds(self) -> tuple[tuple[str, str, int], ...]:
        """Return id, state and cents of the holds whose credit is set aside."""

    def last_line_of(self, subject: str) -> int:
        """Return the number of the newest line about a hold in the book of credit; 0 for none."""

    def without_lines(self) -> int:
        """Count the postings that have no line, and the proofs that have no posting."""


class Auditable(Protocol):
    """A store whose ledger can be looked through at one moment of it."""

    def audit(self) -> AbstractContextManager[Audit]:
        """Open a reading of the ledger."""


@dataclass(frozen=True, slots=True)
class BookReport:
    """What was found of one book: its lines, the hash of its last, and the first bad line."""

    book_id: str
    lines: int
    last_hash: str
    finding: Finding | None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found of the ledger; sound without findings."""

    books: tuple[BookReport, ...]
    findings: tuple[Finding, ...]

    @property
    def sound(self) -> bool:
        """Whether all is as it was written."""
        return not self.findings


def verify_ledger(store: Auditable, keys: MoneyKeys) -> Verdict:
    """Look through all books at one moment of the store."""
    with store.audit() as audit:
        readings = [_Reading(audit, keys, book_id) for book_id in audit.books()]
        books = tuple(reading.report() for reading in readings)
        findings = [report.finding for report in books if report.finding is not None]
        if not findings:
            findings += _wrong_holds(audit, readings)
            # Only what hangs together is worth summing: a bad line makes bad sums.
            first: dict[str, int] = {}
            for book_id, number, _ in audit.unbalanced():
                first[book_id] = min(number, first.get(book_id, number))
            findings += [
                Finding(book_id, number, LedgerFault.NOT_ZERO) for book_id, number in first.items()
            ]
        if audit.without_lines():
            findings.append(Finding("", 0, LedgerFault.WITHOUT_LINES))
    return Verdict(books, tuple(findings))


def _wrong_holds(audit: Audit, readings: "Sequence[_Reading]") -> list[Finding]:
    """Return where what stands at a hold is not what the ledger has set aside for it."""
    aside = {
        account: cents
        for reading in readings
        for account, cents in reading.balances.items()
        if account.kind in GUARDED_KINDS - {AccountKind.CARD}
    }
    told = {
        Account(AccountKind(state), hold_id): cents
        for hold_id, state, cents in audit.open_holds()
        if cents
    }
    wrong = {account.subject for account, _ in aside.items() ^ told.items()}
    return [
        Finding(CREDIT_BOOK, audit.last_line_of(subject), LedgerFault.WRONG_HOLD)
        for subject in sorted(wrong)
    ]


@dataclass(slots=True)
class _Reading:
    """One book, read from its first line to its end, or to the first that is bad."""

    audit: Audit
    keys: MoneyKeys
    book_id: str
    number: int = 0
    previous: bytes = BEGINNING
    balances: dict[Account, int] = field(default_factory=dict)
    posting: tuple[object, ...] = ()
    posting_digest: bytes = b""

    def report(self) -> BookReport:
        fault = self._read()
        finding = None
        if fault is not None:
            at_end = fault in {LedgerFault.WRONG_END, LedgerFault.BAD_SEAL}
            finding = Finding(self.book_id, self.number + (not at_end), fault)
        return BookReport(self.book_id, self.number, self.previous.hex(), finding)

    def _read(self) -> LedgerFault | None:
        limit = PAGE
        while True:
            try:
                lines = self.audit.lines(self.book_id, self.number, limit)
            except Unreadable:
                if limit == 1:
                    return LedgerFault.UNREADABLE
                limit = 1
                continue
            for line in lines:
                if (fault := self._take(line)) is not None:
                    return fault
            if not lines:
                return self._end()

    def _take(self, line: RawLine) -> LedgerFault | None:
        *fields, previous, told = line.said
        _, number, _, kind, subject, amount_cents, balance_cents = fields
        if number != self.number + 1:
            return LedgerFault.MISSING
        if previous != self.previous:
            return LedgerFault.BROKEN_CHAIN
        try:
            if line.posting != self.posting:
                self.posting = line.posting
                self.posting_digest = digest_posting(line.posting)
            found = hash_line(fields, self.posting_digest, self.previous)
        except (TypeError, ValueError, OverflowError):
            return LedgerFault.CHANGED
        if found != told:
            return LedgerFault.CHANGED
        if (fault := self._reckon(kind, subject, amount_cents, balance_cents)) is not None:
            return fault
        self.number += 1
        self.previous = found
        return None

    def _reckon(
        self, kind: object, subject: object, amount_cents: object, balance_cents: object
    ) -> LedgerFault | None:
        """Reckon the balance again: a line may hang together and still be wrong."""
        try:
            account = Account(AccountKind(str(kind)), str(subject))
        except ValueError:
            return LedgerFault.CHANGED
        if not isinstance(amount_cents, int):
            return LedgerFault.CHANGED
        balance = self.balances.get(account, 0) + account.change(amount_cents)
        if account.kind in GUARDED_KINDS and balance < 0:
            return LedgerFault.NEGATIVE
        if balance != balance_cents:
            return LedgerFault.WRONG_BALANCE
        if balance:
            self.balances[account] = balance
        else:
            self.balances.pop(account, None)
        return None

    def _end(self) -> LedgerFault | None:
        try:
            head = self.audit.head(self.book_id)
        except Unreadable:
            return LedgerFault.WRONG_END
        if head is None or (head.last_number, head.last_hash) != (self.number, self.previous):
            return LedgerFault.WRONG_END
        if head.seal != self.keys.seal(self.book_id, self.number, self.previous):
            return LedgerFault.BAD_SEAL
        return None
