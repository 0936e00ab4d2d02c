"""What whoever keeps a journal may rely on, whichever journal it is."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Generic, Protocol, TypeVar

import pytest
from pytestqt.qtbot import QtBot

from kiosk.journal.opened import Opened
from kiosk.journal.thread import JournalThread
from kiosk.wire.event import Event, EventAnswer, Verdict
from tests.helpers.journal import FakeDisk, FakeJournal
from tests.journal.sample import answer, events


class Kept(Protocol):
    """The calls of a journal."""

    def load(self) -> None: ...

    def append(self, events: tuple[Event, ...], kept: bytes, ticket: int) -> None: ...

    def pending(self, limit: int) -> None: ...

    def settle(self, answers: tuple[EventAnswer, ...]) -> None: ...

    def close(self) -> None: ...


J = TypeVar("J", bound=Kept)


class Heard(Generic[J]):
    """One journal and everything it answered, in order."""

    def __init__(self, journal: J, wait: Callable[[Callable[[], bool]], None]) -> None:
        self.journal = journal
        self.opened: list[Opened] = []
        self.appended: list[int] = []
        self.pending: list[tuple[Event, ...]] = []
        self.settled: list[int] = []
        self.failed: list[str] = []
        self.order: list[str] = []
        self.wait = wait

    def hear_opened(self, found: Opened) -> None:
        self.opened.append(found)
        self.order.append("opened")

    def hear_appended(self, ticket: int) -> None:
        self.appended.append(ticket)
        self.order.append(f"appended {ticket}")

    def hear_pending(self, found: tuple[Event, ...]) -> None:
        self.pending.append(found)
        self.order.append("pending")

    def hear_settled(self, left: int) -> None:
        self.settled.append(left)
        self.order.append("settled")

    def load(self) -> Opened:
        self.journal.load()
        self.wait(lambda: bool(self.opened))
        return self.opened[-1]

    def append(self, written: tuple[Event, ...], kept: bytes, ticket: int) -> None:
        self.journal.append(written, kept, ticket)
        self.wait(lambda: ticket in self.appended)

    def read_pending(self, limit: int = 100) -> tuple[Event, ...]:
        before = len(self.pending)
        self.journal.pending(limit)
        self.wait(lambda: len(self.pending) > before)
        return self.pending[-1]

    def settle(self, *answers: EventAnswer) -> int:
        before = len(self.settled)
        self.journal.settle(answers)
        self.wait(lambda: len(self.settled) > before)
        return self.settled[-1]


Start = Callable[[], Heard[Kept]]


class JournalContract(ABC):
    @pytest.fixture
    @abstractmethod
    def start(self) -> Iterator[Start] | Start:
        """Starts a journal on the same disk; the one before must be closed."""

    def test_an_empty_journal_keeps_nothing(self, start: Start) -> None:
        found = start().load()

        assert found.kept is None
        assert found.pending == 0
        assert found.next_seq >= 1

    def test_what_was_appended_is_found_at_the_next_start(self, start: Start) -> None:
        first = start()
        number = first.load().next_seq
        first.append(events(number, 3), b"kept", 1)
        first.journal.close()

        second = start()

        assert second.load() == Opened(b"kept", number + 3, 3)
        assert second.read_pending() == events(number, 3)

    def test_a_kept_value_without_events_replaces_the_last(self, start: Start) -> None:
        first = start()
        number = first.load().next_seq
        first.append(events(number, 1), b"one", 1)
        first.append((), b"two", 2)
        first.journal.close()

        assert start().load() == Opened(b"two", number + 1, 1)

    def test_entries_are_acknowledged_in_their_order(self, start: Start) -> None:
        heard = start()
        number = heard.load().next_seq

        for ticket in range(1, 51):
            heard.journal.append(events(number + ticket - 1, 1), b"%d" % ticket, ticket)
        heard.wait(lambda: len(heard.appended) == 50)

        assert heard.appended == list(range(1, 51))

    def test_answers_come_in_the_order_of_the_questions(self, start: Start) -> None:
        heard = start()
        number = heard.load().next_seq

        heard.journal.append(events(number, 1), b"one", 1)
        heard.journal.pending(10)
        heard.journal.settle((answer(number, Verdict.ACCEPTED),))
        heard.journal.append(events(number + 1, 1), b"two", 2)
        heard.journal.pending(10)
        heard.wait(lambda: len(heard.pending) == 2)

        assert heard.order == [
            "opened",
            "appended 1",
            "pending",
            "settled",
            "appended 2",
            "pending",
        ]
        assert heard.pending == [events(number, 1), events(number + 1, 1)]

    def test_the_oldest_facts_are_read_first(self, start: Start) -> None:
        heard = start()
        number = heard.load().next_seq
        heard.append(events(number, 5), b"", 1)

        assert heard.read_pending(2) == events(number, 2)
        assert heard.read_pending(2) == events(number, 2), "reading is not telling"

    @pytest.mark.parametrize("verdict", [Verdict.ACCEPTED, Verdict.DUPLICATE])
    def test_a_fact_that_the_hub_has_is_told_no_more(self, start: Start, verdict: Verdict) -> None:
        heard = start()
        number = heard.load().next_seq
        heard.append(events(number, 3), b"", 1)

        assert heard.settle(answer(number, verdict)) == 2
        assert heard.read_pending() == events(number + 1, 2)

    def test_a_refused_fact_does_not_stand_in_the_way_of_the_next(self, start: Start) -> None:
        heard = start()
        number = heard.load().next_seq
        heard.append(events(number, 2), b"", 1)

        assert heard.settle(answer(number, Verdict.REFUSED, "unknown_slot")) == 1
        assert heard.read_pending() == events(number + 1, 1)

    def test_a_verdict_on_an_unknown_fact_changes_nothing(self, start: Start) -> None:
        heard = start()
        number = heard.load().next_seq
        heard.append(events(number, 1), b"", 1)

        assert heard.settle(answer(number + 7, Verdict.ACCEPTED)) == 1

    def test_told_facts_do_not_give_their_numbers_back(self, start: Start) -> None:
        first = start()
        number = first.load().next_seq
        first.append(events(number, 2), b"", 1)
        first.settle(answer(number, Verdict.ACCEPTED), answer(number + 1, Verdict.ACCEPTED))
        first.journal.close()

        assert start().load().next_seq == number + 2

    def test_closing_finishes_what_was_asked(self, start: Start) -> None:
        first = start()
        number = first.load().next_seq
        for ticket in range(1, 31):
            first.journal.append(events(number + ticket - 1, 1), b"%d" % ticket, ticket)
        first.journal.close()

        assert start().load() == Opened(b"30", number + 30, 30)

    def test_events_out_of_number_are_not_taken(self, start: Start) -> None:
        heard = start()
        number = heard.load().next_seq

        with pytest.raises(ValueError, match="numbered on"):
            heard.journal.append(events(number + 1, 1), b"", 1)
        heard.append(events(number, 1), b"kept", 2)

        assert heard.appended == [2]

    def test_nothing_is_taken_before_it_is_open_or_after_it_is_closed(self, start: Start) -> None:
        heard = start()
        with pytest.raises(RuntimeError):
            heard.journal.append((), b"", 1)
        heard.load()
        heard.journal.close()
        heard.journal.close()

        with pytest.raises(RuntimeError):
            heard.journal.append((), b"", 2)
        with pytest.raises(RuntimeError):
            heard.journal.pending(1)


class TestJournalThread(JournalContract):
    @pytest.fixture
    def start(self, tmp_path: Path, qtbot: QtBot) -> Iterator[Start]:
        started: list[JournalThread] = []

        def start() -> Heard[Kept]:
            journal = JournalThread(tmp_path / "state" / "journal.sqlite")
            started.append(journal)
            heard: Heard[Kept] = Heard(journal, lambda done: qtbot.waitUntil(done, timeout=10_000))
            journal.opened.connect(heard.hear_opened)
            journal.appended.connect(heard.hear_appended)
            journal.pending_read.connect(heard.hear_pending)
            journal.settled.connect(heard.hear_settled)
            return heard

        yield start
        for journal in started:
            journal.close()


class FakeContract(JournalContract):
    @abstractmethod
    def make(self, disk: FakeDisk) -> FakeJournal:
        """Make the journal under test."""

    @pytest.fixture
    def start(self) -> Start:
        disk = FakeDisk()

        def start() -> Heard[Kept]:
            journal = self.make(disk)

            def wait(done: Callable[[], bool]) -> None:
                journal.run()
                assert done()

            heard: Heard[Kept] = Heard(journal, wait)
            journal.opened.connect(heard.hear_opened)
            journal.appended.connect(heard.hear_appended)
            journal.pending_read.connect(heard.hear_pending)
            journal.settled.connect(heard.hear_settled)
            return heard

        return start


class TestFakeJournal(FakeContract):
    def make(self, disk: FakeDisk) -> FakeJournal:
        return FakeJournal(disk)


class TestDeferredFakeJournal(FakeContract):
    def make(self, disk: FakeDisk) -> FakeJournal:
        return FakeJournal(disk, deferred=True)
