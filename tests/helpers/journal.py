"""A journal without a disk, for tests of whoever needs one: same signals, no Qt, no thread.

Life cycle: a `FakeDisk` outlives any number of `FakeJournal`s, as a real disk outlives programs.
A journal made with `deferred=True` does nothing until `step` or `run`; `lose_power` drops what is
not on the disk yet, and the next journal on the same disk finds what was.
"""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from kiosk.journal.opened import Opened, Trouble
from kiosk.wire.event import Event, EventAnswer, Verdict

T = TypeVar("T")


class Notice(Generic[T]):
    """As much of a signal as tests need: receivers are called at once, in their order."""

    def __init__(self) -> None:
        self._receivers: list[Callable[[T], object]] = []

    def connect(self, receiver: Callable[[T], object]) -> None:
        self._receivers.append(receiver)

    def emit(self, value: T) -> None:
        for receiver in tuple(self._receivers):
            receiver(value)


@dataclass
class FakeDisk:
    """What survives a power cut.

    Attributes:
        trouble: While set, the disk refuses everything for this reason.
    """

    kept: bytes | None = None
    next_seq: int = 1
    waiting: list[Event] = field(default_factory=list)
    parked: dict[str, str] = field(default_factory=dict)
    trouble: Trouble | None = None


class FakeJournal:
    """The journal port on a `FakeDisk`. Work that the disk refuses waits, as with the real one."""

    def __init__(self, disk: FakeDisk | None = None, *, deferred: bool = False) -> None:
        self.disk = disk if disk is not None else FakeDisk()
        self.opened: Notice[Opened] = Notice()
        self.appended: Notice[int] = Notice()
        self.pending_read: Notice[tuple[Event, ...]] = Notice()
        self.settled: Notice[int] = Notice()
        self.failed: Notice[str] = Notice()
        self.set_aside: Notice[str] = Notice()
        self._deferred = deferred
        self._line: deque[Callable[[], Callable[[], None]]] = deque()
        self._next_seq: int | None = None
        self._trouble: Trouble | None = None
        self._closed = False
        self._running = False

    @property
    def waiting_work(self) -> int:
        """How many pieces of work have not been done yet."""
        return len(self._line)

    def load(self) -> None:
        self._ask(self._load)

    def append(self, events: tuple[Event, ...], kept: bytes, ticket: int) -> None:
        if self._next_seq is None:
            message = "the journal is not open yet"
            raise RuntimeError(message)
        expected = range(self._next_seq, self._next_seq + len(events))
        if [event.seq for event in events] != list(expected):
            message = f"the events must be numbered on from {self._next_seq}"
            raise ValueError(message)
        self._next_seq = expected.stop
        self._ask(lambda: self._append(events, kept, ticket, expected.stop))

    def pending(self, limit: int) -> None:
        def read() -> Callable[[], None]:
            found = tuple(self.disk.waiting[:limit])
            return lambda: self.pending_read.emit(found)

        self._ask(read)

    def settle(self, answers: tuple[EventAnswer, ...]) -> None:
        self._ask(lambda: self._settle(answers))

    def close(self) -> None:
        """Do all that can be done; harmless to repeat."""
        if not self._closed:
            self._closed = True
            self.run()

    def step(self) -> bool:
        """Do the next piece of work and answer; False when there is none or the disk refuses."""
        if not self._line or self._refused():
            return False
        answer = self._line.popleft()()
        answer()
        return True

    def run(self) -> None:
        """Do all that can be done. Work asked for by an answer comes after what waits already."""
        if self._running:
            return
        self._running = True
        try:
            while self.step():
                pass
        finally:
            self._running = False

    def lose_power(self) -> FakeDisk:
        """Drop what is not done; return the disk, for the journal of the next start."""
        self._line.clear()
        self._closed = True
        return self.disk

    def lose_power_before_the_answer(self) -> FakeDisk:
        """Do the next piece of work, but cut the power before anybody hears of it."""
        self._line.popleft()()
        return self.lose_power()

    def _ask(self, work: Callable[[], Callable[[], None]]) -> None:
        if self._closed:
            message = "the journal is closed"
            raise RuntimeError(message)
        self._line.append(work)
        if not self._deferred:
            self.run()

    def _refused(self) -> bool:
        trouble = self.disk.trouble
        if trouble is not None and trouble is not self._trouble:
            self.failed.emit(trouble.value)
        self._trouble = trouble
        return trouble is not None

    def _load(self) -> Callable[[], None]:
        self._next_seq = self.disk.next_seq
        found = Opened(self.disk.kept, self.disk.next_seq, len(self.disk.waiting))
        return lambda: self.opened.emit(found)

    def _append(
        self, events: tuple[Event, ...], kept: bytes, ticket: int, next_seq: int
    ) -> Callable[[], None]:
        self.disk.waiting.extend(events)
        self.disk.kept = kept
        self.disk.next_seq = next_seq
        return lambda: self.appended.emit(ticket)

    def _settle(self, answers: tuple[EventAnswer, ...]) -> Callable[[], None]:
        for answer in answers:
            if answer.verdict is Verdict.REFUSED:
                self.disk.parked[answer.event_id] = answer.code or Verdict.REFUSED.value
        settled = {answer.event_id for answer in answers}
        self.disk.waiting = [one for one in self.disk.waiting if one.event_id not in settled]
        count = len(self.disk.waiting)
        return lambda: self.settled.emit(count)
