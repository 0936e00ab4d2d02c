"""The journal as the shell sees it: asked in the UI thread, done in a thread of its own.

Life cycle: `load` once, then `append`, `pending` and `settle` in any order; each is answered by a
signal, in the order asked. `close` finishes what was asked and waits for the thread. Importing this
module is cheap: SQLAlchemy is imported inside the thread, after the first picture.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import QObject, QThread, Signal, Slot

from kiosk.journal.opened import Opened
from kiosk.journal.worker import Append, Load, OpenStore, Pending, Settle, Work, Worker
from kiosk.wire.event import Event, EventAnswer

RETRY_MS = 2_000
"""How long after a refusal of the disk the journal tries again, in milliseconds."""


def _now() -> datetime:
    return datetime.now(UTC)


class JournalThread(QObject):
    """The journal port of the session.

    Work that the disk refuses is kept and tried again; until then nothing later is done, so that
    an acknowledged entry never stands behind a lost one.

    Signals:
        opened(Opened): what the database holds; answers `load`.
        appended(int): the entry with this ticket is on the disk; answers `append`.
        pending_read(tuple[Event, ...]): the oldest facts that wait; answers `pending`.
        settled(int): so many facts still wait; answers `settle`.
        failed(str): a `Trouble`, once for each that begins; the next answer says that it is over.
        set_aside(str): the database was damaged; it stands under this path, and a new one is begun.
    """

    opened = Signal(object)
    appended = Signal(int)
    pending_read = Signal(object)
    settled = Signal(int)
    failed = Signal(str)
    set_aside = Signal(str)

    _asked = Signal(object)
    _closing = Signal()

    def __init__(
        self,
        path: Path,
        parent: QObject | None = None,
        *,
        wall: Callable[[], datetime] = _now,
        retry_ms: int = RETRY_MS,
        open_store: OpenStore | None = None,
    ) -> None:
        """Start the thread; the database at `path` is touched by `load` first.

        Args:
            path: the database file; its folder is made when missing.
            parent: owner in Qt's sense; `close` must be called before it goes.
            wall: gives the stamp for the name of a damaged file, aware UTC.
            retry_ms: the pause before refused work is tried again, in milliseconds.
            open_store: opens the database, called in the thread; the house's own when None.
        """
        super().__init__(parent)
        self._next_seq: int | None = None
        self._closed = False
        self._thread = QThread(self)
        self._thread.setObjectName("journal")
        self._worker = Worker(path, wall, retry_ms, open_store)
        self._worker.moveToThread(self._thread)
        self._asked.connect(self._worker.take)
        self._closing.connect(self._worker.close)
        self._worker.opened.connect(self._on_opened)
        self._worker.appended.connect(self.appended)
        self._worker.pending_read.connect(self.pending_read)
        self._worker.settled.connect(self.settled)
        self._worker.failed.connect(self.failed)
        self._worker.set_aside.connect(self.set_aside)
        self._thread.start()

    def load(self) -> None:
        """Open the database; answered by `opened`."""
        self._ask(Load())

    def append(self, events: tuple[Event, ...], kept: bytes, ticket: int) -> None:
        """Write the events and the kept value in one transaction; answered by `appended`.

        Raises:
            ValueError: the numbers of the events do not follow on from those before.
            RuntimeError: the journal is not open yet, or closed.
        """
        if self._next_seq is None:
            message = "the journal is not open yet"
            raise RuntimeError(message)
        expected = range(self._next_seq, self._next_seq + len(events))
        if [event.seq for event in events] != list(expected):
            message = f"the events must be numbered on from {self._next_seq}"
            raise ValueError(message)
        self._ask(Append(events, kept, ticket, expected.stop))
        self._next_seq = expected.stop

    def pending(self, limit: int) -> None:
        """Read the oldest facts that wait, at most `limit`; answered by `pending_read`."""
        self._ask(Pending(limit))

    def settle(self, answers: tuple[EventAnswer, ...]) -> None:
        """Forget what the hub has and park what it refused; answered by `settled`."""
        self._ask(Settle(answers))

    def close(self) -> None:
        """Finish what was asked, give the database back and end the thread; harmless to repeat.

        Answers to the last work may still arrive afterwards.
        """
        if self._closed:
            return
        self._closed = True
        self._closing.emit()
        self._thread.wait()

    def _ask(self, work: Work) -> None:
        if self._closed:
            message = "the journal is closed"
            raise RuntimeError(message)
        self._asked.emit(work)

    @Slot(object)
    def _on_opened(self, found: Opened) -> None:
        self._next_seq = found.next_seq
        self.opened.emit(found)
