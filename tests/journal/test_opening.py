"""A station always starts: what is damaged is set aside, and said."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.journal.opened import JournalFailed, Opened, Trouble
from kiosk.journal.opening import open_journal
from kiosk.journal.store import Store
from tests.journal.sample import START, events

FIRST = int(START.timestamp())


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "state" / "journal.sqlite"


@pytest.fixture
def damaged(expect_log: Callable[..., None]) -> None:
    expect_log("kiosk.journal", "is set aside", level=40)


def fill(path: Path) -> None:
    path.parent.mkdir(exist_ok=True)
    store = Store(path)
    store.append(events(1, 199), b"kept" * 100, 200)
    store.close()


def reopen(path: Path) -> tuple[Opened, list[Path]]:
    told: list[Path] = []
    store = open_journal(path, START, told.append)
    try:
        found = store.load()
        store.append(events(found.next_seq, 1), b"works", found.next_seq + 1)
        return found, told
    finally:
        store.close()


def test_a_new_journal_is_numbered_above_any_before_it(path: Path) -> None:
    assert reopen(path) == (Opened(None, FIRST, 0), [])
    assert path.parent.stat().st_mode & 0o077 == 0


def test_a_sound_journal_is_taken_up(path: Path) -> None:
    fill(path)

    assert reopen(path) == (Opened(b"kept" * 100, 200, 199), [])


@pytest.mark.usefixtures("damaged")
@pytest.mark.parametrize("content", [b"no database", b"SQLite format 3\0" + b"\xff" * 5000])
def test_a_file_that_is_no_database_is_set_aside(path: Path, content: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(content)

    found, told = reopen(path)

    assert found == Opened(None, FIRST, 0)
    assert told == [path.with_name("journal.sqlite.damaged-2026-03-10T140000Z")]
    assert told[0].read_bytes() == content


@pytest.mark.usefixtures("damaged")
def test_a_torn_database_is_set_aside(path: Path) -> None:
    fill(path)
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])

    found, told = reopen(path)

    assert found == Opened(None, FIRST, 0)
    assert len(told) == 1


@pytest.mark.usefixtures("damaged")
def test_a_database_of_somebody_else_is_set_aside(path: Path) -> None:
    path.parent.mkdir()
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE event (something INTEGER)")
    connection.close()

    found, told = reopen(path)

    assert found == Opened(None, FIRST, 0)
    assert len(told) == 1


@pytest.mark.usefixtures("damaged")
def test_a_database_without_its_kept_row_is_set_aside(path: Path) -> None:
    fill(path)
    connection = sqlite3.connect(path)
    connection.execute("DELETE FROM kept")
    connection.commit()
    connection.close()

    assert reopen(path)[0] == Opened(None, FIRST, 0)


@pytest.mark.usefixtures("damaged")
def test_a_folder_in_the_place_of_the_file_is_set_aside(path: Path) -> None:
    path.mkdir(parents=True)

    found, told = reopen(path)

    assert found == Opened(None, FIRST, 0)
    assert told[0].is_dir()


@pytest.mark.usefixtures("damaged")
def test_the_log_goes_with_its_database_and_not_into_the_next(path: Path) -> None:
    path.mkdir(parents=True)
    path.with_name("journal.sqlite-wal").write_bytes(b"a log")

    _, told = reopen(path)

    assert told[0].with_name(told[0].name + "-wal").read_bytes() == b"a log"


@pytest.mark.usefixtures("damaged")
def test_two_damaged_files_of_one_second_are_both_kept(path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b"first")
    _, first = reopen(path)
    path.write_bytes(b"second")
    _, second = reopen(path)

    assert first[0].read_bytes() == b"first"
    assert second[0].read_bytes() == b"second"


def test_an_empty_file_is_a_new_journal(path: Path) -> None:
    path.parent.mkdir()
    path.touch()

    assert reopen(path) == (Opened(None, FIRST, 0), [])


def test_a_newer_journal_is_not_set_aside(path: Path) -> None:
    fill(path)
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 99")
    connection.close()

    with pytest.raises(JournalFailed) as failed:
        open_journal(path, START, lambda _place: None)

    assert failed.value.trouble is Trouble.NEWER
    assert [entry.name for entry in path.parent.iterdir()] == ["journal.sqlite"]


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "state").write_bytes(b"a file")

    with pytest.raises(JournalFailed) as failed:
        open_journal(tmp_path / "state" / "journal.sqlite", START, lambda _place: None)

    assert failed.value.trouble is Trouble.READ_ONLY


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sound") / "journal.sqlite"
    fill(path)
    return path


@pytest.mark.usefixtures("damaged")
@given(place=st.integers(0, 200_000), noise=st.binary(min_size=1, max_size=300))
def test_no_damage_keeps_a_station_from_starting(
    tmp_path_factory: pytest.TempPathFactory, sound: Path, place: int, noise: bytes
) -> None:
    path = tmp_path_factory.mktemp("damage") / "journal.sqlite"
    content = bytearray(sound.read_bytes())
    start = place % len(content)
    content[start : start + len(noise)] = noise
    path.write_bytes(content)

    found, told = reopen(path)

    # Damage within a value goes unseen by SQLite; then the journal is taken up as it is.
    assert told or found.next_seq > 1
    assert reopen(path)[0].kept == b"works"
