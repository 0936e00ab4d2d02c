"""The part of the journal that lives in its thread: one piece of work after another, none dropped.

Work that the database refuses stays at the head of the line and is tried again: what the caller
asked is done in the order asked, or not yet.
"""

import logging
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QThread, QTimer, Signal, Slot

from kiosk.journal.opened import JournalFailed, Trouble
from kiosk.wire.event import Event, EventAnswer

if TYPE_CHECKING:
    from kiosk.journal.store import Store

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Load:
    """Open the database and read what it holds."""


@dataclass(frozen=True, slots=True)
class Append:
    """Write events and the kept value together; `next_seq` follows on from the events."""

    events: tuple[Event, ...]
    kept: bytes
    ticket: int
    next_seq: int


@dataclass(frozen=True, slots=True)
class Pending:
    """Read the oldest facts that wait."""

    limit: int


@dataclass(frozen=True, slots=True)
class Settle:
    """Take the hub's verdicts."""

    answers: tuple[EventAnswer, ...]


Work = Load | Append | Pending | Settle

OpenStore = Callable[[Path, int], "Store"]

HOPELESS = frozenset({Trouble.DAMAGED, Trouble.NEWER})
"""What trying again does not mend: another program must be installed, or another disk."""


class Worker(QObject):
    """Owns the store. All its slots run in the journal's thread.

    Signals: as those of `JournalThread`.
    """

    opened = Signal(object)
    appended = Signal(int)
    pending_read = Signal(object)
    settled = Signal(int)
    failed = Signal(str)
    set_aside = Signal(str)

    def __init__(
        self,
        path: Path,
        wall: Callable[[], datetime],
        retry_ms: int,
        open_store: OpenStore | None,
    ) -> None:
        """Remember where the database is; nothing is opened or imported yet."""
        super().__init__()
        self._path = path
        self._wall = wall
        self._retry_ms = retry_ms
        self._open_store = open_store
        self._store: Store | None = None
        self._line: deque[Work] = deque()
        self._trouble: Trouble | None = None
        self._retry: QTimer | None = None
        self._loaded = False
        self._kept: bytes | None = None
        self._next_seq = 1

    @Slot(object)
    def take(self, work: Work) -> None:
        """Do a piece of work, after all those that wait."""
        self._line.append(work)
        self._go_on()

    @Slot()
    def close(self) -> None:
        """Do what can still be done, give the database back and end the thread."""
        self._go_on()
        if self._retry is not None:
            self._retry.stop()
        if unwritten := sum(isinstance(work, Append) for work in self._line):
            _log.error("%d entries of the journal were never written", unwritten)
        if self._store is not None:
            self._store.close()
            self._store = None
        QThread.currentThread().quit()

    @Slot()
    def _go_on(self) -> None:
        while self._line and self._trouble not in HOPELESS:
            try:
                self._do_or_mend(self._line[0])
            except JournalFailed as failure:
                self._wait(failure)
                return
            self._line.popleft()
            self._trouble = None

    def _do_or_mend(self, work: Work) -> None:
        """Do a piece of work; when the database turns out broken, do it on another."""
        store = self._open()
        try:
            self._do(work, store)
        except JournalFailed as failure:
            if failure.trouble is not Trouble.DAMAGED:
                raise
            self._do(work, self._begin_again(failure))

    def _do(self, work: Work, store: "Store") -> None:
        match work:
            case Load():
                found = store.load()
                self._loaded, self._kept, self._next_seq = True, found.kept, found.next_seq
                self.opened.emit(found)
            case Append(events=events, kept=kept, ticket=ticket, next_seq=next_seq):
                store.append(events, kept, next_seq)
                self._kept, self._next_seq = kept, next_seq
                self.appended.emit(ticket)
            case Pending(limit=limit):
                self.pending_read.emit(store.pending(limit))
            case Settle(answers=answers):
                self.settled.emit(store.settle(answers))

    def _open(self) -> "Store":
        if self._store is None:
            # Half a second of importing, which the first picture must not wait for.
            from kiosk.journal import opening, store  # noqa: PLC0415

            opener = self._open_store or store.Store
            return self._take_up(opening.open_journal(self._path, self._wall(), self._tell, opener))
        return self._store

    def _begin_again(self, failure: JournalFailed) -> "Store":
        """Replace a database that broke while in use: the session goes on with what it knows."""
        from kiosk.journal import opening, store  # noqa: PLC0415 - as above

        _log.error("the journal broke and is set aside: %s", failure)
        if self._store is not None:
            self._store.close()
            self._store = None
        opener = self._open_store or store.Store
        return self._take_up(opening.begin_again(self._path, self._wall(), self._tell, opener))

    def _take_up(self, store: "Store") -> "Store":
        """Go on with a database just opened; a new one learns what the broken one held last."""
        if self._loaded and self._kept is not None:
            try:
                store.append((), self._kept, self._next_seq)
            except JournalFailed:
                store.close()
                raise
        self._store = store
        return store

    def _tell(self, aside: Path) -> None:
        self.set_aside.emit(str(aside))

    def _wait(self, failure: JournalFailed) -> None:
        if failure.trouble is not self._trouble:
            self._trouble = failure.trouble
            _log.error("the journal waits: %s", failure)
            self.failed.emit(failure.trouble.value)
        if failure.trouble in HOPELESS:
            return
        if self._retry is None:
            self._retry = QTimer(self)
            self._retry.setSingleShot(True)
            self._retry.timeout.connect(self._go_on)
        self._retry.start(self._retry_ms)
