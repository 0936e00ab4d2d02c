"""The postings and the lines of the books."""

from collections.abc import Sequence

from sqlalchemy import Connection, bindparam, func, insert, select, text, update

from admin_console.hub.service.money.account import GUARDED_KINDS, Account
from admin_console.hub.service.money.chain import BEGINNING
from admin_console.hub.service.money.record import BookHead, Line, Movement, Posting
from admin_console.hub.store.money.schema import (
    ledger_balanced,
    ledger_book,
    ledger_line,
    ledger_posting,
)
from admin_console.hub.store.row import every, first, values

_posting, _line, _book = ledger_posting.c, ledger_line.c, ledger_book.c

_BY_KEY = select(ledger_posting).where(_posting.key == bindparam("key"))
_BY_ID = select(ledger_posting).where(_posting.posting_id == bindparam("posting_id"))
_BEGIN_BOOK = text(
    "INSERT INTO ledger_book (book_id, last_number, last_hash, seal)"
    " VALUES (:book_id, 0, :last_hash, :seal) ON CONFLICT (book_id) DO NOTHING"
)
_HOLD_BOOK = select(ledger_book).where(_book.book_id == bindparam("book_id")).with_for_update()
_END_BOOK = (
    update(ledger_book)
    .where(_book.book_id == bindparam("book"))
    .values(
        last_number=bindparam("number"), last_hash=bindparam("hash"), seal=bindparam("new_seal")
    )
)
_BALANCE = (
    select(_line.balance_cents)
    .where(_line.kind == bindparam("kind"), _line.subject == bindparam("subject"))
    .order_by(_line.number.desc())
    .limit(1)
)
_LINES = (
    select(ledger_line)
    .where(_line.posting_id == bindparam("posting_id"))
    .order_by(_line.book_id, _line.number)
)


class LedgerRows:
    """The postings and lines; there is no way here to change one."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def by_key(self, key: str) -> Posting | None:
        """Return the posting that was made under a key."""
        return first(self._connection, _BY_KEY, Posting, key=key)

    def get(self, posting_id: str) -> Posting | None:
        """Return a posting."""
        return first(self._connection, _BY_ID, Posting, posting_id=posting_id)

    def lines_of(self, posting_id: str) -> tuple[Line, ...]:
        """Return the lines of a posting, by book and number."""
        return every(self._connection, _LINES, Line, posting_id=posting_id)

    def reversal_of(self, posting_id: str) -> str | None:
        """Return the posting that reversed this one."""
        found: str | None = self._connection.scalar(
            select(_posting.posting_id).where(_posting.reverses == posting_id)
        )
        return found

    def hold_book(self, book_id: str) -> BookHead:
        """Return where a book ends, begun if need be, and keep everybody else from it."""
        found = first(self._connection, _HOLD_BOOK, BookHead, book_id=book_id)
        if found is None:
            # Two may begin a book at once: the second waits for the first, and finds its row.
            self._connection.execute(
                _BEGIN_BOOK, {"book_id": book_id, "last_hash": BEGINNING, "seal": b""}
            )
            found = first(self._connection, _HOLD_BOOK, BookHead, book_id=book_id)
        assert found is not None  # noqa: S101 - it has just been put there
        return found

    def balance(self, account: Account) -> int:
        """Return the balance of an account; 0 for one without lines."""
        given = {"kind": account.kind.value, "subject": account.subject}
        found: int | None = self._connection.scalar(_BALANCE, given)
        return 0 if found is None else found

    def append(self, posting: Posting, lines: Sequence[Line], heads: Sequence[BookHead]) -> None:
        """Add a posting with all of its lines, and move the ends of their books."""
        self._connection.execute(insert(ledger_posting), values(posting))
        self._connection.execute(insert(ledger_line), [values(line) for line in lines])
        self._connection.execute(insert(ledger_balanced), {"posting_id": posting.posting_id})
        ends = [
            {
                "book": head.book_id,
                "number": head.last_number,
                "hash": head.last_hash,
                "new_seal": head.seal,
            }
            for head in heads
        ]
        self._connection.execute(_END_BOOK, ends)

    def owed(self) -> dict[str, int]:
        """Return the balances of all cards and of all holds in each state, summed by kind."""
        wanted = (
            select(_line.kind, -func.sum(_line.amount_cents))
            .where(_line.kind.in_(sorted(kind.value for kind in GUARDED_KINDS)))
            .group_by(_line.kind)
        )
        return {kind: int(cents) for kind, cents in self._connection.execute(wanted)}

    def movements(self, account: Account, before: int | None, limit: int) -> tuple[Movement, ...]:
        """Return the newest lines of an account, those before a number if given, newest first."""
        wanted = (
            select(
                _line.number,
                _line.posting_id,
                _posting.at,
                _posting.kind.label("posting_kind"),
                _line.amount_cents,
                _line.balance_cents,
                _posting.site_id,
                _posting.hold_id,
                _posting.reason,
            )
            .join(ledger_posting, _posting.posting_id == _line.posting_id)
            .where(_line.kind == account.kind.value, _line.subject == account.subject)
            .order_by(_line.number.desc())
            .limit(limit)
        )
        if before is not None:
            wanted = wanted.where(_line.number < before)
        return every(self._connection, wanted, Movement)
