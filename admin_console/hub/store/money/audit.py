"""Reads the ledger as it is stored, for the verifier."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, TextClause, text
from sqlalchemy.exc import SQLAlchemyError

from admin_console.hub.service.money.account import till_book
from admin_console.hub.service.money.record import Till, TillEvent
from admin_console.hub.service.money.tillverify import RawReceipt
from admin_console.hub.service.money.verify import PAGE, RawHead, RawLine, Unreadable
from admin_console.hub.store.column import Instant
from admin_console.hub.store.money.till import TillRows

_LINES = text(
    "SELECT l.book_id, l.number, l.posting_id, l.kind, l.subject, l.amount_cents,"
    " l.balance_cents, l.previous, l.hash,"
    " p.posting_id, p.key, p.ask_digest, p.kind, p.at, p.site_id, p.actor, p.line_count,"
    " p.answer, p.detail, p.card_id, p.hold_id, p.reverses, p.reason"
    " FROM ledger_line l LEFT JOIN ledger_posting p ON p.posting_id = l.posting_id"
    " WHERE l.book_id = :book AND l.number > :after ORDER BY l.number LIMIT :most"
)
_LINE_FIELDS = 9
_AT = 13
_HEAD = text("SELECT last_number, last_hash, seal FROM ledger_book WHERE book_id = :book")
_BOOKS = text("SELECT book_id FROM ledger_book UNION SELECT book_id FROM ledger_line ORDER BY 1")
_UNBALANCED = text(
    "SELECT l.book_id, MIN(l.number), l.posting_id FROM ledger_line l"
    " JOIN (SELECT s.posting_id FROM ledger_line s"
    "   LEFT JOIN ledger_posting p ON p.posting_id = s.posting_id"
    "   LEFT JOIN ledger_balanced b ON b.posting_id = s.posting_id"
    "   GROUP BY s.posting_id, p.line_count, b.posting_id"
    "   HAVING SUM(s.amount_cents) <> 0 OR p.line_count IS NULL OR COUNT(*) <> p.line_count"
    "     OR b.posting_id IS NULL) bad ON bad.posting_id = l.posting_id"
    " GROUP BY l.book_id, l.posting_id"
)
_WITHOUT_LINES = text(
    "SELECT (SELECT COUNT(*) FROM ledger_posting p WHERE NOT EXISTS"
    " (SELECT 1 FROM ledger_line l WHERE l.posting_id = p.posting_id))"
    " + (SELECT COUNT(*) FROM ledger_balanced b WHERE NOT EXISTS"
    " (SELECT 1 FROM ledger_posting p WHERE p.posting_id = b.posting_id))"
)
_HOLDS = text(
    "SELECT hold_id, state, amount_cents FROM print_hold"
    " WHERE state IN ('authorised', 'sending', 'doubtful')"
)
_LAST_LINE = text(
    "SELECT COALESCE(MAX(number), 0) FROM ledger_line WHERE book_id = 'credit'"
    " AND kind IN ('authorised', 'sending', 'doubtful') AND subject = :subject"
)
_UNREADABLE = (SQLAlchemyError, UnicodeDecodeError, ValueError, TypeError, OverflowError)


_TILLS = text("SELECT till_id FROM till UNION SELECT till_id FROM till_event ORDER BY 1")
_RECEIPTS = text(
    "SELECT r.till_id, r.year, r.number, r.posting_id, r.at, r.paper_number, r.body, p.answer"
    " FROM receipt r LEFT JOIN ledger_posting p ON p.posting_id = r.posting_id"
    " WHERE (r.till_id, r.year, r.number) > (:till, :year, :number)"
    " ORDER BY r.till_id, r.year, r.number LIMIT :most"
)
_UNRECEIPTED = text(
    "SELECT p.answer FROM ledger_posting p WHERE p.kind IN ('top_up', 'reversal')"
    " AND NOT EXISTS (SELECT 1 FROM receipt r WHERE r.posting_id = p.posting_id)"
    " ORDER BY p.posting_id"
)
_BOOKED = text(
    "SELECT p.key FROM ledger_posting p WHERE p.kind IN ('opening', 'difference', 'paid_in')"
    " AND p.posting_id IN (SELECT l.posting_id FROM ledger_line l WHERE l.book_id = :book)"
    " ORDER BY p.key"
)


class TillAudit:
    """Reads the tills at one moment of the store; what is stored may be of any type by now."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._instant = Instant().result_processor(connection.dialect, None) or _as_it_is

    def tills(self) -> tuple[str, ...]:
        """Return the ids of all tills."""
        return tuple(str(row[0]) for row in self._connection.execute(_TILLS))

    def till_events(self, till_id: str) -> Sequence[TillEvent]:
        """Return the lines of a till's chain, in order."""
        try:
            return TillRows(self._connection).events(till_id)
        except _UNREADABLE as error:
            raise Unreadable from error

    def till(self, till_id: str) -> Till | None:
        """Return how a till stands."""
        try:
            return TillRows(self._connection).get(till_id)
        except _UNREADABLE as error:
            raise Unreadable from error

    def booked(self, till_id: str) -> Sequence[str]:
        """Return the keys of what openings and closings of a till have booked."""
        rows = self._connection.execute(_BOOKED, {"book": till_book(till_id)})
        return [str(row[0]) for row in rows]

    def receipts(self) -> Iterator[RawReceipt]:
        """Return all receipts by till, year and number."""
        after: tuple[str, int, int] = ("", 0, 0)
        while page := self._page(after):
            yield from page
            after = (page[-1].till_id, page[-1].year, page[-1].number)

    def unreceipted(self) -> Iterator[bytes]:
        """Return what was answered by postings at tills that have no receipt."""
        try:
            for row in self._connection.execute(_UNRECEIPTED):
                yield _raw(row[0])
        except _UNREADABLE as error:
            raise Unreadable from error

    def _page(self, after: tuple[str, int, int]) -> Sequence[RawReceipt]:
        till_id, year, number = after
        given = {"till": till_id, "year": year, "number": number, "most": PAGE}
        try:
            return [
                RawReceipt(
                    str(row[0]), int(row[1]), int(row[2]), str(row[3]), self._instant(row[4]),
                    row[5], _raw(row[6]), _raw(row[7]) or None,
                )
                for row in self._connection.execute(_RECEIPTS, given)
            ]  # fmt: skip
        except _UNREADABLE as error:
            raise Unreadable from error


def _raw(value: Any) -> bytes:
    return value.encode() if isinstance(value, str) else bytes(value or b"")


class LedgerAudit:
    """Reads at one moment of the store; what is stored may be of any type by now."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._instant = Instant().result_processor(connection.dialect, None) or _as_it_is

    def books(self) -> tuple[str, ...]:
        """Return the names of all books that have an end or a line."""
        return tuple(str(row[0]) for row in self._rows(_BOOKS))

    def head(self, book_id: str) -> RawHead | None:
        """Return where a book ends."""
        rows = self._rows(_HEAD, book=book_id)
        return RawHead(*rows[0]) if rows else None

    def lines(self, book_id: str, after: int, limit: int) -> Sequence[RawLine]:
        """Return the lines of a book after a number, in order."""
        rows = self._rows(_LINES, book=book_id, after=after, most=limit)
        try:
            return [
                RawLine(
                    tuple(row[:_LINE_FIELDS]),
                    (*row[_LINE_FIELDS:_AT], self._instant(row[_AT]), *row[_AT + 1 :]),
                )
                for row in rows
            ]
        except _UNREADABLE as error:
            raise Unreadable from error

    def unbalanced(self) -> tuple[tuple[str, int, str], ...]:
        """Return book, number and posting of a line of each posting that is not proved right."""
        return tuple((str(row[0]), int(row[1]), str(row[2])) for row in self._rows(_UNBALANCED))

    def open_holds(self) -> tuple[tuple[str, str, int], ...]:
        """Return id, state and cents of the holds whose credit is set aside."""
        return tuple((str(row[0]), str(row[1]), int(row[2])) for row in self._rows(_HOLDS))

    def last_line_of(self, subject: str) -> int:
        """Return the number of the newest line about a hold; 0 for none."""
        return int(self._rows(_LAST_LINE, subject=subject)[0][0])

    def without_lines(self) -> int:
        """Count the postings without a line, and the proofs without a posting."""
        return int(self._rows(_WITHOUT_LINES)[0][0])

    def _rows(self, statement: TextClause, **given: object) -> Sequence[Sequence[Any]]:
        try:
            return self._connection.execute(statement, given).all()
        except _UNREADABLE as error:
            raise Unreadable from error


def _as_it_is(value: Any) -> Any:
    return value
