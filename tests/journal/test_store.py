"""The database of the journal: whole or not at all, and never of a version it does not know."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import inspect

from kiosk.journal.opened import JournalFailed, Opened, Trouble
from kiosk.journal.schema import STEPS, metadata
from kiosk.journal.store import UNREADABLE, Store
from kiosk.wire.event import Verdict
from tests.journal.sample import answer, event, events


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "journal.sqlite"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    store = Store(path)
    yield store
    store.close()


def pragma(store: Store, text: str) -> None:
    store._connection.exec_driver_sql(f"PRAGMA {text}")
    store._connection.rollback()


def rows(path: Path, question: str) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(path)
    try:
        return connection.execute(question).fetchall()
    finally:
        connection.close()


def test_every_transaction_is_on_the_disk_when_it_returns(store: Store) -> None:
    connection = store._connection
    assert connection.exec_driver_sql("PRAGMA journal_mode").scalar_one() == "wal"
    assert connection.exec_driver_sql("PRAGMA synchronous").scalar_one() == 2
    connection.rollback()


def test_a_full_disk_writes_nothing_of_an_entry(store: Store, path: Path) -> None:
    store.append(events(1, 1), b"first", 2)
    pragma(store, "max_page_count = 1")

    with pytest.raises(JournalFailed) as failed:
        store.append(events(2, 400), b"second", 402)

    assert failed.value.trouble is Trouble.FULL
    assert store.load() == Opened(b"first", 2, 1)
    pragma(store, "max_page_count = 100000")
    store.append(events(2, 400), b"second", 402)
    assert store.load() == Opened(b"second", 402, 401)


def test_a_database_that_may_not_be_written_says_so(store: Store) -> None:
    pragma(store, "query_only = ON")

    with pytest.raises(JournalFailed) as failed:
        store.append(events(1, 1), b"", 2)

    assert failed.value.trouble is Trouble.READ_ONLY


def test_an_entry_that_cannot_be_written_whole_leaves_nothing(store: Store) -> None:
    store.append(events(1, 1), b"first", 2)
    twice = event(2), event(2)

    with pytest.raises(Exception, match="UNIQUE"):
        store.append(twice, b"second", 3)

    assert store.load() == Opened(b"first", 2, 1)


def test_two_programs_do_not_write_one_journal(store: Store, path: Path) -> None:
    code = (
        "import pathlib, sys\n"
        "from kiosk.journal import store\n"
        "store.BUSY_SECONDS = 0\n"
        "try:\n"
        "    store.Store(pathlib.Path(sys.argv[1]))\n"
        "except store.JournalFailed as failure:\n"
        "    print(failure.trouble)\n"
    )

    told = subprocess.run(
        [sys.executable, "-c", code, str(path)],
        check=True,
        capture_output=True,
        text=True,
        timeout=60,
    )

    assert told.stdout == "locked\n"


def test_a_newer_database_is_refused_and_left_alone(path: Path) -> None:
    Store(path).close()
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 99")
    connection.close()

    with pytest.raises(JournalFailed, match="version 99") as failed:
        Store(path)

    assert failed.value.trouble is Trouble.NEWER
    assert rows(path, "PRAGMA user_version") == [(99,)]


def test_an_older_database_is_brought_up_to_date_with_what_it_holds(path: Path) -> None:
    store = Store(path)
    store.append(events(1, 2), b"kept", 3)
    store.close()
    later = (*STEPS, ("ALTER TABLE event ADD COLUMN colour VARCHAR",))

    store = Store(path, steps=later)
    found = store.load()
    store.close()

    assert found == Opened(b"kept", 3, 2)
    assert rows(path, "PRAGMA user_version") == [(len(STEPS) + 1,)]
    assert rows(path, "SELECT colour FROM event") == [(None,), (None,)]


def test_a_step_that_fails_leaves_the_database_as_it_was(path: Path) -> None:
    Store(path).close()
    broken = (*STEPS, ("CREATE TABLE new (a INTEGER)", "CREATE TABLE event (a INTEGER)"))

    with pytest.raises(JournalFailed):
        Store(path, steps=broken)

    assert rows(path, "PRAGMA user_version") == [(len(STEPS),)]
    assert rows(path, "SELECT name FROM sqlite_master WHERE name = 'new'") == []


def test_the_steps_lead_to_the_tables_that_the_program_uses(store: Store) -> None:
    made = inspect(store._connection)
    found = {
        table: {
            (column["name"], str(column["type"]), column["nullable"])
            for column in made.get_columns(table)
        }
        for table in made.get_table_names()
    }
    store._connection.rollback()

    used = {
        table.name: {
            (column.name, str(column.type.compile(made.dialect)), column.nullable)
            for column in table.columns
        }
        for table in metadata.sorted_tables
    }
    assert found == used


def test_a_first_number_counts_for_a_new_database_only(path: Path) -> None:
    first = Store(path, 500)
    assert first.load().next_seq == 500
    first.close()

    second = Store(path, 900)
    assert second.load().next_seq == 500
    second.close()


def test_a_fact_that_cannot_be_read_is_parked_and_the_next_are_told(
    store: Store, path: Path, expect_log: Callable[..., None]
) -> None:
    expect_log("kiosk.journal", "event 1 cannot be read", level=40)
    store.append(events(1, 2), b"", 3)
    with store._connection.begin():
        store._connection.exec_driver_sql("UPDATE event SET body = X'7B7D' WHERE seq = 1")

    assert store.pending(10) == events(2, 1)
    assert store.settle(()) == 1
    store.close()
    assert rows(path, "SELECT seq, parked FROM event ORDER BY seq") == [(1, UNREADABLE), (2, None)]


def test_a_refused_fact_is_kept_with_its_code(store: Store, path: Path) -> None:
    store.append(events(1, 2), b"", 3)
    store.settle((answer(1, Verdict.REFUSED, "unknown_slot"), answer(2, Verdict.ACCEPTED)))
    store.close()

    assert rows(path, "SELECT seq, parked FROM event") == [(1, "unknown_slot")]


def test_the_file_is_nobody_elses_to_read(path: Path) -> None:
    mask = os.umask(0)
    try:
        Store(path).close()
    finally:
        os.umask(mask)

    assert path.stat().st_mode & 0o077 == 0
