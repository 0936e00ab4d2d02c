"""The record of the gate, and everything that can happen to its file."""

import os
import zlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.gate.clock import Instant
from kiosk.gate.damage import Damage
from kiosk.gate.fact import Body, EndReason, Fact, JournalDamaged, SlotEnded, SlotOpened, Wiped
from kiosk.gate.journal import Journal, JournalBusy, JournalFailed
from kiosk.gate.reading import (
    make_head,
    make_sign_of_life,
    make_step,
    read_journal,
)
from tests.gate.fake import Disk, Killed, slot_id
from tests.helpers.clock import START

A = slot_id()
AT = Instant("boot-1", 1000.0, START)
DAMAGED = JournalDamaged(kept_number=1, set_aside_bytes=9)


def facts(first: int, last: int) -> list[Fact]:
    return [Fact(number, AT, SlotOpened(A, 3600, 120)) for number in range(first, last + 1)]


def sample() -> tuple[bytes, list[int]]:
    """A journal of six facts on several lines, and how many facts stand before each offset."""
    lines = [
        (make_head("journal-1", 0), 0),
        (make_step(facts(1, 1)), 1),
        (make_sign_of_life(A, 3.0, replace(AT, boot_seconds=1003.0)), 1),
        (make_step(facts(2, 4)), 4),
        (make_sign_of_life(A, 6.0, replace(AT, boot_seconds=1006.0)), 4),
        (make_step(facts(5, 6)), 6),
    ]
    whole: list[int] = []
    count = 0
    for line, after in lines:
        whole += [count] * len(line)
        count = after
    return b"".join(line for line, _ in lines), [*whole, count]


SAMPLE, FACTS_BEFORE = sample()
HEAD_BYTES = len(make_head("journal-1", 0))


def raw_line(text: bytes) -> bytes:
    return b"%08x %b\n" % (zlib.crc32(text), text)


def open_journal(path: Path, disk: Disk | None = None) -> Journal:
    return Journal.open(path, lambda: "journal-1", disk or Disk())


def numbers(journal: Journal) -> list[int]:
    return [fact.number for fact in journal.facts]


# ------------------------------------------------------------------------------------ sound


def test_a_new_journal_is_empty_and_has_a_name(tmp_path: Path) -> None:
    journal = open_journal(tmp_path / "state" / "journal")
    assert (journal.journal_id, journal.number, journal.facts) == ("journal-1", 0, ())
    assert journal.last_alive is None
    assert journal.damage is None
    journal.close()
    assert (tmp_path / "state" / "journal").stat().st_mode & 0o777 == 0o600


def test_facts_and_signs_of_life_are_found_again(tmp_path: Path) -> None:
    journal = open_journal(tmp_path / "journal")
    journal.append(facts(1, 2))
    journal.append(facts(3, 3))
    alive = replace(AT, boot_seconds=1003.0)
    journal.note_alive(A, 3.0, alive)
    journal.close()
    again = Journal.open(tmp_path / "journal", lambda: "another name")
    assert again.facts == tuple(facts(1, 3))
    assert again.last_alive == alive
    assert again.journal_id == "journal-1"
    again.close()


def test_two_gates_never_share_a_journal(tmp_path: Path) -> None:
    journal = open_journal(tmp_path / "journal")
    with pytest.raises(JournalBusy):
        open_journal(tmp_path / "journal")
    journal.close()
    open_journal(tmp_path / "journal").close()


def test_a_place_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(JournalFailed):
        open_journal(tmp_path / "file" / "journal")
    (tmp_path / "journal").mkdir()
    with pytest.raises(JournalFailed):
        open_journal(tmp_path / "journal")


# ------------------------------------------------------------------------------------ torn


def test_a_journal_cut_at_any_byte_keeps_every_whole_line(tmp_path: Path) -> None:
    path = tmp_path / "journal"
    for offset in range(HEAD_BYTES, len(SAMPLE) + 1):
        path.write_bytes(SAMPLE[:offset])
        journal = open_journal(path)
        assert numbers(journal) == list(range(1, FACTS_BEFORE[offset] + 1))
        assert journal.damage is None
        assert journal.torn == (SAMPLE[offset - 1 : offset] != b"\n")
        journal.append(facts(journal.number + 1, journal.number + 1))
        expected = numbers(journal)
        journal.close()
        again = open_journal(path)
        assert numbers(again) == expected
        assert not again.torn
        again.close()


def test_a_journal_without_its_head_counts_as_damaged(tmp_path: Path) -> None:
    """A head is put in place whole: only something else than a crash can take it away."""
    path = tmp_path / "journal"
    for offset in range(HEAD_BYTES):
        path.write_bytes(SAMPLE[:offset])
        journal = open_journal(path)
        assert journal.damage is not None
        assert journal.facts == ()
        journal.close()


def test_a_tail_of_zeros_is_a_torn_line(tmp_path: Path) -> None:
    path = tmp_path / "journal"
    path.write_bytes(SAMPLE + b"\0" * 300)
    journal = open_journal(path)
    assert journal.torn
    assert journal.number == 6
    journal.close()
    assert path.read_bytes() == SAMPLE


# ------------------------------------------------------------------------------------ damaged


def test_a_changed_byte_keeps_what_stands_before_it_and_sets_the_rest_aside(
    tmp_path: Path,
) -> None:
    for offset in range(len(SAMPLE)):
        path = tmp_path / str(offset) / "journal"
        path.parent.mkdir()
        hurt = bytearray(SAMPLE)
        hurt[offset] ^= 0x55
        path.write_bytes(hurt)
        journal = open_journal(path)
        assert journal.number == (0 if offset < HEAD_BYTES else FACTS_BEFORE[offset])
        damage = damage_of(journal)
        assert damage.floor >= 6
        aside = path.with_name("journal.damaged-1").read_bytes()
        assert bytes(hurt).endswith(aside)
        assert len(aside) == damage.set_aside_bytes
        journal.close()


def damage_of(journal: Journal) -> Damage:
    assert journal.damage is not None
    return journal.damage


def hurt_journal(path: Path) -> None:
    path.write_bytes(SAMPLE.replace(b'"fact":2', b'"fact":7', 1))


def test_the_damage_is_found_again_until_a_fact_follows_it(tmp_path: Path) -> None:
    path = tmp_path / "journal"
    hurt_journal(path)
    open_journal(path).close()
    journal = open_journal(path)
    floor = damage_of(journal).floor
    assert sorted(one.name for one in tmp_path.glob("*damaged*")) == [
        "journal.damaged-1",
        "journal.damaged-2",
    ]
    damaged = Fact(floor + 1, AT, DAMAGED)
    journal.append([damaged])
    assert journal.damage is None
    journal.close()
    again = open_journal(path)
    assert numbers(again) == [1, floor + 1]
    assert again.damage is None
    again.close()


def test_a_kill_while_the_damage_is_cleared_away_does_not_hide_it(tmp_path: Path) -> None:
    path = tmp_path / "journal"
    for die_after in range(0, 700, 13):
        hurt_journal(path)
        disk = Disk()
        journal = open_journal(path, disk)
        floor = damage_of(journal).floor
        disk.die_after = die_after
        try:
            journal.append([Fact(floor + 1, AT, DAMAGED)])
        except Killed:
            journal.close()
            journal = open_journal(path)
            assert damage_of(journal).floor == floor
        journal.close()
        for aside in tmp_path.glob("*damaged*"):
            aside.unlink()


@pytest.mark.parametrize(
    "hurt",
    [
        make_head("other", 0) + SAMPLE.partition(b"\n")[2] + make_head("again", 0),
        make_head("journal-1", 0) + make_step(facts(2, 2)),
        make_head("journal-1", 3) + make_step(facts(3, 3)),
        make_step(facts(1, 1)),
        make_head("journal-1", 0) + b"0" * 8 + b" {}\n",
        make_head("journal-1", 0) + b"\n",
        make_head("journal-1", -1),
        make_head("journal-1", 0) + raw_line(b'{"facts":[{"fact":1,"kind":"slot_stolen"}]}'),
        make_head("journal-1", 0) + raw_line(b'{"facts":[}') + make_step(facts(1, 1)),
        make_head("journal-1", 0) + raw_line(b'{"facts":7}'),
        make_head("journal-1", 0) + b"rubbish without a line feed",
    ],
)
def test_lines_that_do_not_follow_are_damage(hurt: bytes) -> None:
    assert read_journal(hurt).damaged


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=400), st.integers(0, len(SAMPLE)), st.booleans())
def test_rubbish_never_takes_what_stands_before_it_nor_gives_a_number_twice(
    tmp_path: Path, rubbish: bytes, offset: int, over: bool
) -> None:
    tail = SAMPLE[offset + len(rubbish) :] if over else b""
    hurt = SAMPLE[:offset] + rubbish + tail
    reading = read_journal(hurt)
    found = [fact.number for fact in reading.facts]
    before = FACTS_BEFORE[offset] if offset >= HEAD_BYTES else 0
    assert found[:before] == list(range(1, before + 1))
    if reading.damaged:
        assert reading.floor >= (6 if over else before)
    path = tmp_path / "journal"
    path.write_bytes(hurt)
    journal = open_journal(path)
    assert list(journal.facts) == list(reading.facts)
    journal.close()


# ------------------------------------------------------------------------------------ disk


def test_a_disk_that_refuses_leaves_the_journal_as_it_was(tmp_path: Path) -> None:
    path, disk = tmp_path / "journal", Disk()
    journal = open_journal(path, disk)
    journal.append(facts(1, 1))
    before = path.read_bytes()
    disk.full = True
    calls: list[Callable[[], None]] = [
        lambda: journal.append(facts(2, 2)),
        lambda: journal.note_alive(A, 3.0, AT),
        lambda: journal.compact(0),
    ]
    for call in calls:
        with pytest.raises(JournalFailed):
            call()
        assert path.read_bytes() == before
        assert journal.number == 1
    disk.full = False
    journal.append(facts(2, 2))
    journal.close()
    again = open_journal(path)
    assert numbers(again) == [1, 2]
    again.close()


def test_half_a_line_that_could_not_be_taken_back_is_cut_before_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, disk = tmp_path / "journal", Disk()
    journal = open_journal(path, disk)

    def refuse(fd: int, size: int) -> None:
        raise OSError(5, "Input/output error")

    with monkeypatch.context() as patch:
        patch.setattr(os, "ftruncate", refuse)
        disk.full = True
        with pytest.raises(JournalFailed):
            journal.append(facts(1, 1))
        disk.full = False
    journal.append(facts(1, 1))
    journal.close()
    again = open_journal(path)
    assert numbers(again) == [1]
    assert not again.torn
    again.close()


def test_facts_in_a_new_file_count_as_written_even_when_the_folder_is_not_on_the_disk_yet(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "journal"
    hurt_journal(path)
    journal = open_journal(path)
    number = damage_of(journal).floor + 1

    def refuse(fd: int) -> None:
        raise OSError(5, "Input/output error")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", refuse)
        with pytest.raises(JournalFailed):
            journal.append([Fact(number, AT, DAMAGED)])
    assert journal.number == number
    journal.close()
    again = open_journal(path)
    assert again.number == number
    again.close()


# ------------------------------------------------------------------------------------ compact


def test_a_compact_journal_keeps_its_numbers_and_its_name(tmp_path: Path) -> None:
    path = tmp_path / "journal"
    journal = open_journal(path)
    bodies: list[Body] = [
        SlotOpened(A, 60, 0),
        SlotEnded(A, EndReason.FINISHED, 1.0, 59.0),
        Wiped(A, 0, 0, 0.1),
    ]
    journal.append([Fact(number, AT, body) for number, body in enumerate(bodies, start=1)])
    for beat in range(100):
        journal.note_alive(A, beat, AT)
    size = journal.size
    journal.compact(keep_after=2)
    assert journal.size < size / 10
    assert journal.dropped == 2
    journal.append(facts(4, 4))
    journal.close()
    again = open_journal(path)
    assert numbers(again) == [3, 4]
    assert (again.dropped, again.journal_id) == (2, "journal-1")
    again.compact(keep_after=99)
    assert (again.dropped, again.number, again.facts) == (4, 4, ())
    again.close()
    assert open_and_close(path) == 4


def open_and_close(path: Path) -> int:
    journal = open_journal(path)
    journal.close()
    return journal.number


def test_a_kill_while_it_is_made_compact_loses_nothing(tmp_path: Path) -> None:
    path = tmp_path / "journal"
    for die_after in range(0, 300, 11):
        path.unlink(missing_ok=True)
        disk = Disk()
        journal = open_journal(path, disk)
        journal.append(facts(1, 3))
        disk.die_after = die_after
        try:
            journal.compact(keep_after=2)
        except Killed:
            journal.close()
            assert open_and_close(path) == 3
        else:
            journal.close()


def test_a_line_without_facts_is_passed_over() -> None:
    reading = read_journal(SAMPLE + make_step([]))
    assert len(reading.facts) == 6
    assert not reading.damaged
