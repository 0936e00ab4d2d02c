"""The journal's database: SQLAlchemy on one SQLite file, held by one connection for its life.

Only the journal's thread imports this module. The file is held exclusively, so that two shells
never write one journal; every transaction is on the disk when it returns (WAL, synchronous=FULL).
"""

import logging
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, delete, func, insert, select, update
from sqlalchemy import event as hook
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import ConnectionPoolEntry, NullPool

from kiosk.journal.opened import JournalFailed, Opened, Trouble
from kiosk.journal.schema import STEPS, event, kept
from kiosk.wire.codec import MessageInvalid, decode, encode
from kiosk.wire.event import Event, EventAnswer, Verdict

_log = logging.getLogger(__name__)

BUSY_SECONDS = 2
"""How long a call waits for a file that another program holds."""

UNREADABLE = "unreadable"
"""The code under which a fact is parked that this program cannot read itself."""

_TROUBLES = {
    sqlite3.SQLITE_FULL: Trouble.FULL,
    sqlite3.SQLITE_BUSY: Trouble.LOCKED,
    sqlite3.SQLITE_LOCKED: Trouble.LOCKED,
    sqlite3.SQLITE_READONLY: Trouble.READ_ONLY,
    sqlite3.SQLITE_PERM: Trouble.READ_ONLY,
    sqlite3.SQLITE_CORRUPT: Trouble.DAMAGED,
    sqlite3.SQLITE_NOTADB: Trouble.DAMAGED,
    # No such table or column: not the database that this program wrote.
    sqlite3.SQLITE_ERROR: Trouble.DAMAGED,
}
_PRIMARY_CODE = 0xFF


class Store:
    """One journal, open.

    Every method raises `JournalFailed` when the database refuses, with nothing written.
    """

    def __init__(
        self, path: Path, first_seq: int = 1, steps: Sequence[Sequence[str]] = STEPS
    ) -> None:
        """Open the database at `path`, begin it if there is none, and bring it up to date.

        Args:
            path: the file; its folder exists.
            first_seq: the number of the first event, if the database is begun.
            steps: what leads from nothing to the tables of this program.

        Raises:
            JournalFailed: it is damaged, newer than this program, held by another, or the disk
                refuses.
        """
        _make_private(path)
        self._engine = _engine(path)
        with _failing_plainly():
            self._connection: Connection = self._engine.connect()
        try:
            self._check()
            self._migrate(first_seq, steps)
            self.load()
        except JournalFailed:
            self.close()
            raise

    def load(self) -> Opened:
        """Return what was kept and where the numbers stand."""
        with self._transaction() as connection:
            row = connection.execute(select(kept.c.state, kept.c.next_seq)).one_or_none()
            highest = connection.execute(select(func.max(event.c.seq))).scalar_one() or 0
            if row is None or not isinstance(row.next_seq, int) or row.next_seq <= highest:
                raise JournalFailed(Trouble.DAMAGED, "the number of the next event is lost")
            if not isinstance(row.state, bytes | None):
                raise JournalFailed(Trouble.DAMAGED, "the kept value is of another kind")
            return Opened(row.state, row.next_seq, _count_pending(connection))

    def append(self, events: Sequence[Event], state: bytes, next_seq: int) -> None:
        """Write the events, the kept value and the number of the next event in one transaction."""
        rows = [
            {
                "seq": one.seq,
                "event_id": one.event_id,
                "at": one.at.isoformat(),
                "body": encode(one),
            }
            for one in events
        ]
        with self._transaction() as connection:
            if rows:
                connection.execute(insert(event), rows)
            connection.execute(update(kept).values(state=state, next_seq=next_seq))

    def pending(self, limit: int) -> tuple[Event, ...]:
        """Return the oldest facts that the hub has not answered for, at most `limit`.

        One that this program cannot read is parked, so that it does not stand in the others' way.
        """
        found: list[Event] = []
        with self._transaction() as connection:
            oldest = (
                select(event.c.seq, event.c.body).where(event.c.parked.is_(None)).order_by("seq")
            )
            for seq, body in connection.execute(oldest.limit(limit)).all():
                try:
                    found.append(decode(body, Event))
                except MessageInvalid as error:
                    _log.error("event %d cannot be read and is parked: %s", seq, error)
                    connection.execute(
                        update(event).where(event.c.seq == seq).values(parked=UNREADABLE)
                    )
        return tuple(found)

    def settle(self, answers: Sequence[EventAnswer]) -> int:
        """Forget the facts that the hub has, park those it refused; return how many still wait."""
        told = [one.event_id for one in answers if one.verdict is not Verdict.REFUSED]
        refused = [one for one in answers if one.verdict is Verdict.REFUSED]
        with self._transaction() as connection:
            if told:
                connection.execute(delete(event).where(event.c.event_id.in_(told)))
            for answer in refused:
                connection.execute(
                    update(event)
                    .where(event.c.event_id == answer.event_id)
                    .values(parked=answer.code or Verdict.REFUSED.value)
                )
            return _count_pending(connection)

    def close(self) -> None:
        """Give the file back."""
        self._connection.close()
        self._engine.dispose()

    def _check(self) -> None:
        with self._transaction() as connection:
            verdict = connection.exec_driver_sql("PRAGMA integrity_check(1)").scalar_one()
        if verdict != "ok":
            raise JournalFailed(Trouble.DAMAGED, str(verdict))

    def _migrate(self, first_seq: int, steps: Sequence[Sequence[str]]) -> None:
        with self._transaction() as connection:
            version: int = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
            if version > len(steps):
                detail = f"the database has version {version}, this program knows {len(steps)}"
                raise JournalFailed(Trouble.NEWER, detail)
            for step in steps[version:]:
                for statement in step:
                    connection.exec_driver_sql(statement)
            if version == 0:
                connection.execute(update(kept).values(next_seq=first_seq))
            connection.exec_driver_sql(f"PRAGMA user_version = {len(steps)}")

    @contextmanager
    def _transaction(self) -> Iterator[Connection]:
        with _failing_plainly(), self._connection.begin():
            yield self._connection


def _make_private(path: Path) -> None:
    """Make the file before SQLite does, which would let everybody read it."""
    if not path.exists():
        try:
            path.touch(mode=0o600)
        except OSError as error:
            raise JournalFailed.by_system(error) from error


def _count_pending(connection: Connection) -> int:
    waiting = select(func.count()).select_from(event).where(event.c.parked.is_(None))
    return connection.execute(waiting).scalar_one()


def _engine(path: Path) -> Engine:
    engine = create_engine(
        URL.create("sqlite", database=str(path)),
        poolclass=NullPool,
        connect_args={"timeout": BUSY_SECONDS, "isolation_level": None},
    )

    @hook.listens_for(engine, "connect")
    def set_up(connection: sqlite3.Connection, _entry: ConnectionPoolEntry) -> None:
        # Held exclusively before the log is entered: then SQLite needs no shared memory beside it.
        try:
            for pragma in (
                "locking_mode = EXCLUSIVE",
                "journal_mode = WAL",
                "synchronous = FULL",
                "trusted_schema = OFF",
            ):
                connection.execute(f"PRAGMA {pragma}").close()
        except sqlite3.Error:
            connection.close()
            raise

    @hook.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


@contextmanager
def _failing_plainly() -> Iterator[None]:
    """Turn what the driver raises into `JournalFailed`."""
    try:
        yield
    except DBAPIError as error:
        if isinstance(error.orig, sqlite3.Error):
            raise _failure(error.orig) from error
        raise
    except sqlite3.Error as error:
        raise _failure(error) from error
    except UnicodeDecodeError as error:
        # What SQLite says of a damaged schema may be no text itself.
        raise JournalFailed(Trouble.DAMAGED, str(error)) from error


def _failure(error: sqlite3.Error) -> JournalFailed:
    # The driver gives no code when it is the one that cannot read what SQLite gave.
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & _PRIMARY_CODE
    return JournalFailed(_TROUBLES.get(code, Trouble.DISK), str(error))
