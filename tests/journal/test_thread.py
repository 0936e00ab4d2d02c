"""The journal's thread: cheap to import, patient with the disk, gone when closed."""

import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QThread
from pytestqt.qtbot import QtBot

from kiosk.journal.opened import JournalFailed, Opened, Trouble
from kiosk.journal.store import Store
from kiosk.journal.thread import JournalThread
from kiosk.wire.event import Event
from tests.journal.sample import START, events

Make = Callable[..., JournalThread]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "journal.sqlite"


@pytest.fixture
def make(path: Path, qtbot: QtBot) -> Iterator[Make]:
    made: list[JournalThread] = []

    def make(**options: object) -> JournalThread:
        journal = JournalThread(path, retry_ms=20, wall=lambda: START, **options)  # type: ignore[arg-type]
        made.append(journal)
        return journal

    yield make
    for journal in made:
        journal.close()


def load(journal: JournalThread, qtbot: QtBot) -> Opened:
    with qtbot.waitSignal(journal.opened, timeout=10_000) as heard:
        journal.load()
    found: Opened = heard.args[0]
    return found


class Bad(Store):
    """A store that fails as told: the reasons are used up one after another, then it works."""

    troubles: list[Trouble]

    def append(self, events: object, state: bytes, next_seq: int) -> None:
        if self.troubles:
            raise JournalFailed(self.troubles.pop(0), "as told")
        super().append(events, state, next_seq)  # type: ignore[arg-type]


def bad(*troubles: Trouble) -> Callable[[Path, int], Store]:
    left = list(troubles)

    def open_store(path: Path, first_seq: int) -> Store:
        store = Bad(path, first_seq)
        store.troubles = left
        return store

    return open_store


def test_importing_the_journal_does_not_import_the_database() -> None:
    code = (
        "import sys, kiosk.journal.thread\n"
        "print([name for name in ('sqlalchemy', 'sqlite3') if name in sys.modules])"
    )

    told = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, text=True, timeout=60
    )

    assert told.stdout == "[]\n"


def test_answers_arrive_in_the_thread_that_asked(make: Make, qtbot: QtBot) -> None:
    journal = make()
    threads: list[threading.Thread] = []
    journal.opened.connect(lambda _found: threads.append(threading.current_thread()))
    journal.appended.connect(lambda _ticket: threads.append(threading.current_thread()))
    journal.pending_read.connect(lambda _found: threads.append(threading.current_thread()))

    number = load(journal, qtbot).next_seq
    journal.append(events(number, 1), b"", 1)
    journal.pending(1)
    qtbot.waitUntil(lambda: len(threads) == 3)

    assert set(threads) == {threading.main_thread()}


def test_the_database_is_opened_in_another_thread(make: Make, qtbot: QtBot) -> None:
    threads: list[QThread] = []

    def open_store(path: Path, first_seq: int) -> Store:
        threads.append(QThread.currentThread())
        return Store(path, first_seq)

    load(make(open_store=open_store), qtbot)

    assert threads[0] is not QThread.currentThread()


@pytest.mark.parametrize("trouble", [Trouble.FULL, Trouble.LOCKED, Trouble.READ_ONLY])
def test_what_the_disk_refuses_is_written_once_it_can_be_and_in_order(
    make: Make, qtbot: QtBot, expect_log: Callable[..., None], trouble: Trouble
) -> None:
    expect_log("kiosk.journal", "the journal waits", level=40)
    journal = make(open_store=bad(trouble, trouble))
    failed: list[str] = []
    appended: list[int] = []
    journal.failed.connect(failed.append)
    journal.appended.connect(appended.append)
    number = load(journal, qtbot).next_seq

    journal.append(events(number, 1), b"one", 1)
    journal.append(events(number + 1, 1), b"two", 2)
    with qtbot.waitSignal(journal.pending_read, timeout=10_000) as heard:
        journal.pending(10)

    assert failed == [trouble.value]
    assert appended == [1, 2]
    assert heard.args == [events(number, 2)]


def test_a_database_held_by_another_is_opened_when_it_is_given_back(
    make: Make, path: Path, qtbot: QtBot, expect_log: Callable[..., None]
) -> None:
    expect_log("kiosk.journal", "the journal waits: locked", level=40)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    journal = make()
    with qtbot.waitSignal(journal.failed, timeout=10_000) as heard:
        journal.load()
    assert heard.args == ["locked"]

    with qtbot.waitSignal(journal.opened, timeout=10_000):
        other.close()


def test_a_newer_database_is_refused_once_and_for_all(
    make: Make, path: Path, qtbot: QtBot, expect_log: Callable[..., None]
) -> None:
    expect_log("kiosk.journal", "version 99", level=40)
    Store(path).close()
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    journal = make()
    failed: list[str] = []
    journal.failed.connect(failed.append)

    journal.load()
    journal.load()
    qtbot.waitUntil(lambda: bool(failed))
    journal.close()
    qtbot.waitUntil(lambda: True)

    assert failed == ["newer"]


def test_a_damaged_database_is_set_aside_and_said(
    make: Make, path: Path, qtbot: QtBot, expect_log: Callable[..., None]
) -> None:
    expect_log("kiosk.journal", "is set aside", level=40)
    path.write_bytes(b"no database")
    journal = make()
    with qtbot.waitSignals([journal.set_aside, journal.opened], timeout=10_000, order="strict"):
        journal.load()

    assert path.with_name("journal.sqlite.damaged-2026-03-10T140000Z").exists()


def test_a_database_that_breaks_in_use_is_replaced_and_nothing_asked_is_lost(
    make: Make, path: Path, qtbot: QtBot, expect_log: Callable[..., None]
) -> None:
    expect_log("kiosk.journal", "broke and is set aside", level=40)
    journal = make(open_store=bad(Trouble.DAMAGED))
    number = load(journal, qtbot).next_seq

    with qtbot.waitSignals([journal.set_aside, journal.appended], timeout=10_000, order="strict"):
        journal.append(events(number, 2), b"kept", 1)
    journal.close()

    store = Store(path)
    assert store.load() == Opened(b"kept", number + 2, 2)
    store.close()


def test_a_database_that_breaks_while_facts_are_read_keeps_what_was_kept(
    make: Make, path: Path, qtbot: QtBot, expect_log: Callable[..., None]
) -> None:
    class Torn(Store):
        def pending(self, limit: int) -> tuple[Event, ...]:
            if not list(self_path.parent.glob("*.damaged-*")):
                raise JournalFailed(Trouble.DAMAGED, "as told")
            return super().pending(limit)

    self_path = path
    expect_log("kiosk.journal", "broke and is set aside", level=40)
    journal = make(open_store=Torn)
    number = load(journal, qtbot).next_seq
    journal.append(events(number, 2), b"kept", 1)

    with qtbot.waitSignal(journal.pending_read, timeout=10_000) as heard:
        journal.pending(10)
    journal.close()

    assert heard.args == [()]
    store = Store(path)
    assert store.load() == Opened(b"kept", number + 2, 0)
    store.close()


def test_closing_says_what_could_not_be_written(
    make: Make, qtbot: QtBot, expect_log: Callable[..., None]
) -> None:
    expect_log("kiosk.journal", "the journal waits", level=40)
    expect_log("kiosk.journal", "1 entries of the journal were never written", level=40)
    journal = make(open_store=bad(*[Trouble.FULL] * 10_000))
    number = load(journal, qtbot).next_seq

    journal.append(events(number, 1), b"", 1)
    journal.close()


def test_a_journal_never_loaded_closes(make: Make) -> None:
    make().close()
