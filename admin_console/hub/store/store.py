"""The store of the hub: units of work on SQLite or on PostgreSQL.

Life cycle: `open_store` brings the tables up to date and returns a store, `close` gives the
connections back. A unit of work is one transaction on one connection in one thread.
"""

import hashlib
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import datetime

from sqlalchemy import Connection, Engine, select, text

from admin_console.hub.service.money.port import Money
from admin_console.hub.service.port import Listener, Work
from admin_console.hub.store.act import ActRows
from admin_console.hub.store.command import CommandRows
from admin_console.hub.store.engine import WRITES, make_engine
from admin_console.hub.store.event import ChangeRows, EventRows
from admin_console.hub.store.holiday import HolidayRows
from admin_console.hub.store.member import CategoryRows, MemberRows
from admin_console.hub.store.money.audit import LedgerAudit, TillAudit
from admin_console.hub.store.money.hold import HoldRows, PriceRows
from admin_console.hub.store.money.ledger import LedgerRows
from admin_console.hub.store.money.printcard import PrintCardRows
from admin_console.hub.store.money.till import ReceiptRows, TillRows
from admin_console.hub.store.parked import ParkedRows
from admin_console.hub.store.people import StaffRows, TryRows
from admin_console.hub.store.place import CodeRows, RoomRows, SeatRows, SiteRows, StationRows
from admin_console.hub.store.provision import KnownCardRows, PassRows, PastRows
from admin_console.hub.store.sitter import SitterRows
from admin_console.hub.store.slot import SlotRows
from admin_console.hub.store.ticket import TicketRows, WaitingRows
from admin_console.hub.store.upgrade import upgrade

_HOLD = text("SELECT pg_advisory_xact_lock(:family, :subject)")
_SUBJECTS = 0x4372
"""The family of our advisory locks on PostgreSQL."""


class Store:
    """Where everything is kept. Safe to use from several threads.

    Args:
        engine: connections to a database whose tables are up to date.
        now: gives the instant that stands on a change.
    """

    def __init__(self, engine: Engine, now: Callable[[], datetime]) -> None:
        self._engine = engine
        self._now = now
        self._postgresql = engine.dialect.name == "postgresql"
        self._reads: Engine = engine
        if self._postgresql:
            self._reads = engine.execution_options(
                isolation_level="REPEATABLE READ", postgresql_readonly=True
            )
        self._writes = engine.execution_options(**{WRITES: True})
        # Writers of one process queue here rather than in SQLite, which makes them sleep and try.
        self._turn: AbstractContextManager[object] = (
            nullcontext() if self._postgresql else threading.Lock()
        )
        self._listeners: tuple[Listener, ...] = ()
        self._guard = threading.Lock()

    @contextmanager
    def begin(self, *, write: bool) -> Iterator[Work]:
        """Open a unit of work; leaving the block commits, an exception rolls back."""
        if not write:
            with self._reads.begin() as connection:
                changes = ChangeRows(connection, writable=False)
                yield self._work(connection, changes, ActRows(connection, writable=False))
            return
        with self._turn, self._writes.begin() as connection:
            changes = ChangeRows(connection, writable=True)
            acts = ActRows(connection, writable=True)
            yield self._work(connection, changes, acts)
            now = self._now()
            acts.flush(now)
            told = changes.flush(now)
        if told:
            for listener in self._listeners:
                listener(told)

    @contextmanager
    def audit(self) -> Iterator[LedgerAudit]:
        """Open a reading of the ledger at one moment."""
        with self._reads.begin() as connection:
            yield LedgerAudit(connection)

    @contextmanager
    def till_audit(self) -> Iterator[TillAudit]:
        """Open a reading of the tills at one moment."""
        with self._reads.begin() as connection:
            yield TillAudit(connection)

    def watch(self, listener: Listener) -> Callable[[], None]:
        """Tell a listener of every commit with changes; returns what ends that."""
        with self._guard:
            self._listeners = (*self._listeners, listener)

        def stop() -> None:
            with self._guard:
                self._listeners = tuple(one for one in self._listeners if one != listener)

        return stop

    def ping(self) -> None:
        """Ask the database for an answer.

        Raises:
            sqlalchemy.exc.SQLAlchemyError: there is none.
        """
        with self._reads.connect() as connection:
            connection.execute(select(1))

    def close(self) -> None:
        """Give the connections back."""
        self._engine.dispose()

    def _work(self, connection: Connection, changes: ChangeRows, acts: ActRows) -> Work:
        def hold(subject: str) -> None:
            if self._postgresql:
                digest = hashlib.sha256(subject.encode()).digest()
                number = int.from_bytes(digest[:4], signed=True)
                connection.execute(_HOLD, {"family": _SUBJECTS, "subject": number})

        return Work(
            sites=SiteRows(connection),
            rooms=RoomRows(connection),
            seats=SeatRows(connection),
            stations=StationRows(connection),
            codes=CodeRows(connection),
            members=MemberRows(connection),
            categories=CategoryRows(connection),
            slots=SlotRows(connection),
            sitters=SitterRows(connection),
            tickets=TicketRows(connection),
            waiting=WaitingRows(connection),
            known=KnownCardRows(connection),
            passes=PassRows(connection),
            past=PastRows(connection),
            events=EventRows(connection),
            parked=ParkedRows(connection),
            acts=acts,
            holidays=HolidayRows(connection),
            changes=changes,
            commands=CommandRows(connection),
            staff=StaffRows(connection),
            tries=TryRows(connection),
            money=Money(
                ledger=LedgerRows(connection),
                cards=PrintCardRows(connection),
                holds=HoldRows(connection),
                prices=PriceRows(connection),
                tills=TillRows(connection),
                receipts=ReceiptRows(connection),
            ),
            hold=hold,
        )


def open_store(address: str, now: Callable[[], datetime]) -> Store:
    """Bring the tables at a database address up to date and return the store.

    Raises:
        DatabaseUnknown: the address names neither SQLite in a file nor PostgreSQL.
        sqlalchemy.exc.SQLAlchemyError: the database does not answer.
    """
    engine = make_engine(address)
    upgrade(engine)
    return Store(engine, now)
