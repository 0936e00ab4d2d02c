"""The gate at work: verbs, time, restarts, a disk that refuses."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from kiosk.gate.answer import Accepted, Refusal, Refused
from kiosk.gate.fact import (
    AwaySet,
    Body,
    EndReason,
    GraceStarted,
    JournalDamaged,
    PowerLost,
    Quarantined,
    Readopted,
    SlotEnded,
    SlotExtended,
    SlotOpened,
    Wiped,
    WipeStarted,
)
from kiosk.gate.machine import Caps
from kiosk.gate.service import BEAT_SECONDS, COMPACT_BYTES, Gate
from tests.gate.fake import Killed, Station, slot_id
from tests.helpers.clock import FakeClock

A, B = slot_id(1), slot_id(2)
ExpectLog = Callable[..., None]


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def station(tmp_path: Path, clock: FakeClock) -> Station:
    return Station(tmp_path, clock)


def told(gate: Gate, after: int = 0) -> list[type[Body]]:
    return [type(fact.body) for fact in gate.facts_after(after)]


def run(station: Station, clock: FakeClock, seconds: float) -> None:
    """Let time pass with an owner who ticks exactly when a tick is due."""
    end = clock.boot_seconds() + seconds
    while (due := station.gate.next_deadline()) is not None and due <= end:
        clock.advance(max(due - clock.boot_seconds(), 0.0))
        station.gate.tick()
    clock.advance(end - clock.boot_seconds())


# ------------------------------------------------------------------------------------ a visit


def test_a_shortened_slot_counts_to_its_new_end_also_after_a_stop(
    station: Station, clock: FakeClock
) -> None:
    station.gate.open(A, 3600, 120)
    clock.advance(600)
    assert station.gate.shorten_to(A, 1600) == Accepted(2, 1600)
    assert station.gate.remaining(A) == 1000.0
    station.kill()
    clock.advance(10)
    station.start()
    assert station.gate.remaining(A) == 990.0


def test_a_disk_that_refuses_shortens_nothing(station: Station, expect_log: ExpectLog) -> None:
    expect_log("kiosk.gate.service", "the journal refuses")
    station.gate.open(A, 3600, 120)
    station.disk.full = True
    assert station.gate.shorten_to(A, 1600) == Refused(Refusal.JOURNAL_FAILED)
    assert station.gate.remaining(A) == 3600.0


def test_a_whole_visit_is_told_in_order(station: Station, clock: FakeClock) -> None:
    gate = station.gate
    assert gate.open(A, 3600, 120) == Accepted(1, 3600)
    assert gate.launch(A, "internet", "https://example.org") == Accepted(1, 3600)
    run(station, clock, 3600)
    assert gate.remaining(A) == 0.0
    assert gate.grace_remaining(A) == 120.0
    assert gate.extend_to(A, 5400) == Accepted(3, 5400)
    run(station, clock, 1800 + 120)
    assert told(gate) == [SlotOpened, GraceStarted, SlotExtended, GraceStarted, SlotEnded, Wiped]
    assert gate.facts_after(5)[0].body == Wiped(A, 1, 0, 0.0)
    assert gate.next_deadline() is None


def test_the_countdown_is_exact_and_knows_no_wall_clock(station: Station, clock: FakeClock) -> None:
    station.gate.open(A, 3600, 120)
    clock.advance(600)
    clock.set_wall(clock.wall() - timedelta(days=400))
    assert station.gate.remaining(A) == 3000.0
    clock.suspend(1800)
    assert station.gate.remaining(A) == 1200.0
    assert station.gate.remaining(B) == 0.0
    assert station.gate.grace_remaining(A) == 0.0


def test_a_timer_that_fires_late_moves_no_deadline(station: Station, clock: FakeClock) -> None:
    station.gate.open(A, 3600, 120)
    clock.advance(3640)
    station.gate.tick()
    assert station.gate.grace_remaining(A) == 80.0


def test_a_verb_finds_the_end_that_no_tick_has_noticed(station: Station, clock: FakeClock) -> None:
    station.gate.open(A, 3600, 120)
    clock.advance(3720)
    assert station.gate.extend_to(A, 7200) == Refused(Refusal.SLOT_ENDED)


def test_a_slot_ended_by_the_visitor_is_wiped_at_the_next_tick(station: Station) -> None:
    gate = station.gate
    gate.open(A, 3600, 120)
    gate.end(A, EndReason.FINISHED)
    assert gate.open(B, 3600, 120) == Refused(Refusal.WIPING)
    gate.tick()
    assert told(gate) == [SlotOpened, SlotEnded, Wiped]
    assert gate.open(B, 3600, 120) == Accepted(4, 3600)
    assert list(station.backend.sessions) == [B]


def test_a_repeated_opening_does_not_begin_the_session_anew(station: Station) -> None:
    station.gate.open(A, 3600, 120)
    station.gate.launch(A, "internet", "")
    assert station.gate.open(A, 3600, 120) == Accepted(1, 3600)
    assert station.backend.sessions == {A: [""]}


def test_a_launch_is_refused_by_the_machine_or_by_the_table(station: Station) -> None:
    gate = station.gate
    assert gate.launch(A, "internet", "") == Refused(Refusal.NO_SLOT)
    gate.open(A, 3600, 120)
    assert gate.launch(A, "terminal", "") == Refused(Refusal.APPLICATION_UNKNOWN)
    assert gate.away(A, True) == Accepted(2, 3600)
    assert station.backend.covered
    assert gate.launch(A, "internet", "") == Refused(Refusal.AWAY)
    assert told(gate) == [SlotOpened, AwaySet]


def test_hello_says_what_runs(station: Station, clock: FakeClock) -> None:
    hello = station.gate.hello()
    assert (hello.journal_id, hello.boot_id, hello.last_fact) == ("journal-1", "boot-1", 0)
    assert (hello.slot_id, hello.total_seconds, hello.confines) == (None, 0, False)
    assert [one.app_id for one in hello.applications] == ["internet"]
    station.gate.open(A, 3600, 120)
    clock.advance(60)
    hello = station.gate.hello()
    assert (hello.slot_id, hello.total_seconds, hello.remaining_seconds) == (A, 3600, 3540.0)


def test_facts_are_told_after_a_number(station: Station) -> None:
    station.gate.open(A, 3600, 120)
    station.gate.end(A, EndReason.FINISHED)
    assert [fact.number for fact in station.gate.facts_after(1)] == [2]
    assert station.gate.facts_after(2) == ()


# ------------------------------------------------------------------------------------ restarts


def test_a_killed_gate_takes_its_slot_back_less_the_downtime(
    station: Station, clock: FakeClock
) -> None:
    station.gate.open(A, 3600, 120)
    run(station, clock, 600)
    station.kill()
    clock.advance(45)
    station.start()
    assert station.gate.remaining(A) == 2955.0
    fact = station.gate.facts_after(1)[0]
    assert isinstance(fact.body, Readopted)
    assert 45 <= fact.body.downtime_seconds <= 45 + BEAT_SECONDS
    assert A in station.backend.sessions


def test_a_slot_whose_grace_passed_while_the_gate_was_down_ends_and_is_wiped(
    station: Station, clock: FakeClock
) -> None:
    station.gate.open(A, 3600, 120)
    station.kill()
    clock.advance(4000)
    station.start()
    assert told(station.gate) == [SlotOpened, Readopted, GraceStarted, SlotEnded, Wiped]
    assert station.backend.sessions == {}


@pytest.mark.parametrize("cut_after", [0.0, 2.9, 600.0, 1234.5, 3599.0])
def test_after_a_power_cut_the_time_left_is_right_to_within_five_seconds(
    station: Station, clock: FakeClock, cut_after: float
) -> None:
    station.gate.open(A, 3600, 120)
    run(station, clock, cut_after)
    left = station.gate.remaining(A)
    station.kill()
    clock.reboot()
    station.start()
    assert told(station.gate, 1) == [PowerLost, SlotEnded, Wiped]
    lost = station.gate.facts_after(1)[0].body
    assert isinstance(lost, PowerLost)
    assert 0 <= lost.remaining_seconds - left <= 5
    assert station.gate.hello().slot_id is None


def test_a_wipe_that_was_killed_is_done_at_the_next_start(station: Station) -> None:
    station.gate.open(A, 3600, 120)
    station.gate.end(A, EndReason.FINISHED)
    station.restart()
    assert told(station.gate) == [SlotOpened, SlotEnded, WipeStarted, Wiped]


def test_residue_found_at_the_start_closes_the_station(tmp_path: Path, clock: FakeClock) -> None:
    station = Station(tmp_path, clock)
    station.kill()
    station.backend.stubborn = 2
    station.start()
    run(station, clock, 11)
    assert told(station.gate) == [WipeStarted, Quarantined]
    assert station.gate.open(A, 60, 0) == Refused(Refusal.QUARANTINED)


def test_residue_is_fought_then_quarantined_and_staff_can_try_again(
    station: Station, clock: FakeClock
) -> None:
    station.gate.open(A, 3600, 120)
    station.backend.stubborn = 3
    station.gate.end(A, EndReason.FINISHED)
    run(station, clock, 11)
    assert station.backend.ends > 50
    assert told(station.gate) == [SlotOpened, SlotEnded, Quarantined]
    station.restart()
    assert told(station.gate, 3) == []
    station.backend.stubborn = 0
    station.gate.end(A, EndReason.STAFF)
    station.gate.tick()
    assert told(station.gate, 3) == [WipeStarted, Wiped]


def test_a_damaged_journal_ends_what_it_still_knows_and_wipes(
    station: Station, clock: FakeClock
) -> None:
    station.gate.open(A, 3600, 120)
    station.gate.extend_to(A, 5400)
    station.kill()
    data = station.path.read_bytes()
    station.path.write_bytes(data.replace(b'"total_seconds":5400', b'"total_seconds":9999'))
    clock.advance(60)
    station.start()
    facts = station.gate.facts_after(1)
    assert [type(fact.body) for fact in facts] == [JournalDamaged, SlotEnded, Wiped]
    assert facts[0].number > 2
    assert facts[1].body == SlotEnded(A, EndReason.FAULT, 60.0, 3540.0)
    station.restart()
    assert station.gate.facts_after(1) == facts


def test_a_journal_killed_at_its_first_line_begins_again(tmp_path: Path) -> None:
    station = Station(tmp_path, FakeClock())
    station.kill()
    station.path.unlink()
    station.disk.die_after = 5
    with pytest.raises(Killed):
        station.start()
    station.start()
    assert station.gate.open(A, 60, 0) == Accepted(1, 60)


def test_closing_leaves_the_slot_to_the_next_start(station: Station, clock: FakeClock) -> None:
    station.gate.open(A, 3600, 120)
    station.gate.close()
    clock.advance(10)
    station.start()
    assert station.gate.remaining(A) == 3590.0


# ------------------------------------------------------------------------------------ faults


def test_a_session_that_cannot_be_given_is_refused_and_its_slot_ends(
    station: Station, expect_log: ExpectLog
) -> None:
    expect_log("kiosk.gate.service", "no session can be given")
    station.backend.broken = True
    assert station.gate.open(A, 3600, 120) == Refused(Refusal.SESSION_FAILED)
    station.gate.tick()
    assert told(station.gate) == [SlotOpened, SlotEnded, Wiped]


def test_a_full_disk_gives_nothing_and_ends_everything(
    station: Station, clock: FakeClock, expect_log: ExpectLog
) -> None:
    expect_log("kiosk.gate.service", "the journal refuses")
    gate = station.gate
    gate.open(A, 3600, 120)
    station.disk.full = True
    assert gate.extend_to(A, 5400) == Refused(Refusal.JOURNAL_FAILED)
    assert gate.away(A, True) == Refused(Refusal.JOURNAL_FAILED)
    assert gate.remaining(A) == 3600.0
    run(station, clock, 30)
    assert gate.end(A, EndReason.FINISHED) == Accepted(2)
    run(station, clock, 5)
    assert station.backend.sessions == {}
    assert told(gate) == [SlotOpened]
    assert gate.open(B, 60, 0) == Refused(Refusal.JOURNAL_FAILED)
    station.disk.full = False
    run(station, clock, 2)
    assert told(gate) == [SlotOpened, SlotEnded, Wiped]
    assert gate.next_deadline() is None
    station.restart()
    assert gate.facts_after(0) == station.gate.facts_after(0)


def test_the_next_opening_takes_the_facts_that_wait_with_it(
    station: Station, expect_log: ExpectLog
) -> None:
    expect_log("kiosk.gate.service", "the journal refuses")
    gate = station.gate
    gate.open(A, 3600, 120)
    station.disk.full = True
    gate.end(A, EndReason.FINISHED)
    gate.tick()
    station.disk.full = False
    assert gate.open(B, 60, 0) == Accepted(4, 60)
    assert told(gate) == [SlotOpened, SlotEnded, Wiped, SlotOpened]


# ------------------------------------------------------------------------------------ size


def fill(station: Station, clock: FakeClock) -> None:
    station.gate.open(A, 3600, 120)
    run(station, clock, 3600)
    assert station.journal.size > COMPACT_BYTES


def test_the_journal_is_made_compact_after_a_long_slot(station: Station, clock: FakeClock) -> None:
    fill(station, clock)
    run(station, clock, 200)
    assert station.journal.size < COMPACT_BYTES / 8
    assert told(station.gate) == [SlotOpened, GraceStarted, SlotEnded, Wiped]


def test_a_journal_that_grew_before_a_kill_is_made_compact_at_the_next_start(
    station: Station, clock: FakeClock
) -> None:
    fill(station, clock)
    station.kill()
    clock.reboot()
    station.start()
    assert station.journal.size < COMPACT_BYTES / 8


def test_a_disk_that_refuses_a_shorter_journal_keeps_the_long_one(
    station: Station, clock: FakeClock, expect_log: ExpectLog
) -> None:
    expect_log("kiosk.gate.service", "the journal cannot be made shorter")
    fill(station, clock)
    station.disk.no_new_files = True
    run(station, clock, 200)
    assert station.journal.size > COMPACT_BYTES
    assert told(station.gate) == [SlotOpened, GraceStarted, SlotEnded, Wiped]


def test_facts_that_nobody_has_followed_are_never_forgotten(tmp_path: Path) -> None:
    clock = FakeClock()
    station = Station(tmp_path, clock, Caps(wipe_seconds=1.0))
    for number in range(1, 301):
        station.gate.open(slot_id(number), 60, 0)
        station.gate.end(slot_id(number), EndReason.FINISHED)
        station.gate.tick()
    assert [fact.number for fact in station.gate.facts_after(0)] == list(range(1, 901))
    station.gate.facts_after(895)
    station.gate.open(slot_id(301), 60, 0)
    station.gate.end(slot_id(301), EndReason.FINISHED)
    station.gate.tick()
    kept = [fact.number for fact in station.gate.facts_after(0)]
    assert kept == list(range(kept[0], 904))
    assert len(kept) == 256
    station.restart()
    assert station.gate.open(slot_id(301), 60, 0) == Refused(Refusal.SLOT_ENDED)
    assert station.gate.open(slot_id(302), 60, 0) == Accepted(904, 60)
