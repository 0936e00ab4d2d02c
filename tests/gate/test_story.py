"""Everything that can happen to a gate, in any order.

The machine under test is the real gate on a real journal; clocks, disk and programs are fakes. Its
owner ticks when a tick is due. After each step the rules that no order of events may break hold.
"""

import shutil
import tempfile
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from kiosk.gate.answer import Accepted, Answer
from kiosk.gate.fact import (
    EndReason,
    Fact,
    GraceStarted,
    PowerLost,
    Quarantined,
    SlotEnded,
    SlotExtended,
    SlotOpened,
    SlotShortened,
    Wiped,
)
from kiosk.gate.machine import Caps
from tests.gate.fake import Killed, Station, slot_id
from tests.helpers.clock import FakeClock

CAPS = Caps(max_total_seconds=600, max_grace_seconds=60, notice_seconds=60, wipe_seconds=2.0)
SECONDS = st.sampled_from([1, 10, 60, 300, 599, 600, 900])
WAITS = st.floats(0.0, 700.0)


class GateStory(RuleBasedStateMachine):
    """A station, its visitors, its staff and its accidents."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="creneau-story-"))
        self.clock = FakeClock()
        self.slots = 0
        self.facts: list[Fact] = []
        self.remaining = 0.0
        self.may_grow = False
        self.running: str | None = None

    @initialize()
    def begin(self) -> None:
        self.station = Station(self.folder, self.clock, CAPS)

    def teardown(self) -> None:
        if hasattr(self, "station"):
            self.station.kill()
        shutil.rmtree(self.folder)

    # ---------------------------------------------------------------- what people do

    @rule(seconds=SECONDS, grace=st.sampled_from([0, 5, 60, 90]))
    def open_next(self, seconds: int, grace: int) -> None:
        self.slots += 1
        slot = slot_id(self.slots)
        answer = self.station.gate.open(slot, seconds, grace)
        self.repeat(answer, lambda: self.station.gate.open(slot, seconds, grace))
        self.may_grow = isinstance(answer, Accepted)

    @precondition(lambda self: self.slots > 0)
    @rule(back=st.integers(0, 2), total=SECONDS)
    def extend(self, back: int, total: int) -> None:
        slot = slot_id(max(self.slots - back, 1))
        before = self.station.gate.hello()
        answer = self.station.gate.extend_to(slot, total)
        if isinstance(answer, Accepted) and before.slot_id == slot:
            assert answer.total_seconds == max(min(total, 600), before.total_seconds)
        self.repeat(answer, lambda: self.station.gate.extend_to(slot, total))
        self.may_grow = isinstance(answer, Accepted)

    @precondition(lambda self: self.slots > 0)
    @rule(back=st.integers(0, 2), total=SECONDS)
    def shorten(self, back: int, total: int) -> None:
        slot = slot_id(max(self.slots - back, 1))
        before = self.station.gate.hello()
        answer = self.station.gate.shorten_to(slot, total)
        after = self.station.gate.hello()
        if isinstance(answer, Accepted) and before.slot_id == slot:
            assert after.total_seconds <= before.total_seconds
            least = min(before.remaining_seconds, CAPS.notice_seconds)
            assert after.remaining_seconds >= least - 1e-6
        self.repeat(answer, lambda: self.station.gate.shorten_to(slot, total))

    @precondition(lambda self: self.slots > 0)
    @rule(back=st.integers(0, 2), reason=st.sampled_from([EndReason.FINISHED, EndReason.STAFF]))
    def end(self, back: int, reason: EndReason) -> None:
        slot = slot_id(max(self.slots - back, 1))
        closed = isinstance(self.last_body(), Quarantined)
        answer = self.station.gate.end(slot, reason)
        if not closed:
            self.repeat(answer, lambda: self.station.gate.end(slot, reason))

    @precondition(lambda self: self.slots > 0)
    @rule(on=st.booleans())
    def step_away(self, on: bool) -> None:
        slot = slot_id(self.slots)
        answer = self.station.gate.away(slot, on)
        self.repeat(answer, lambda: self.station.gate.away(slot, on))

    @rule()
    def launch(self) -> None:
        self.station.gate.launch(slot_id(self.slots or 1), "internet", "")

    # ---------------------------------------------------------------- what time does

    @rule(seconds=WAITS)
    def wait(self, seconds: float) -> None:
        end = self.clock.boot_seconds() + seconds
        while (due := self.station.gate.next_deadline()) is not None and due <= end:
            self.clock.advance(max(due - self.clock.boot_seconds(), 0.0))
            self.station.gate.tick()
        self.clock.advance(max(end - self.clock.boot_seconds(), 0.0))

    @rule(seconds=WAITS)
    def suspend(self, seconds: float) -> None:
        self.clock.suspend(seconds)
        self.station.gate.tick()

    @rule(seconds=st.integers(-(10**7), 10**7))
    def set_the_wall_clock(self, seconds: int) -> None:
        before = self.station.gate.hello().remaining_seconds
        self.clock.set_wall(self.clock.wall() + timedelta(seconds=seconds))
        assert self.station.gate.hello().remaining_seconds == before

    # ---------------------------------------------------------------- accidents

    @rule(downtime=st.floats(0.0, 100.0))
    def kill(self, downtime: float) -> None:
        before = self.station.gate.hello()
        self.station.kill()
        self.come_back(before.slot_id, before.remaining_seconds, downtime)

    @rule(
        bytes_written=st.integers(0, 400),
        downtime=st.floats(0.0, 100.0),
        wait=st.floats(0.0, 30.0),
        total=SECONDS,
    )
    def kill_in_a_write(self, bytes_written: int, downtime: float, wait: float, total: int) -> None:
        self.station.disk.die_after = bytes_written
        try:
            self.wait(wait)
            self.open_next(total, 5)
            self.extend(0, total)
            self.end(0, EndReason.FINISHED)
            self.wait(1)
        except Killed:
            pass
        self.station.disk.die_after = None
        self.station.kill()
        self.clock.advance(downtime)
        self.station.start()
        self.may_grow = True

    @rule(off=st.floats(1.0, 10_000.0))
    def cut_the_power(self, off: float) -> None:
        known = len(self.station.gate.facts_after(0))
        before = self.station.gate.hello()
        self.station.kill()
        self.clock.reboot(off)
        self.station.backend.sessions.clear()
        self.station.start()
        assert self.station.gate.hello().slot_id is None
        lost = [
            fact.body
            for fact in self.station.gate.facts_after(0)[known:]
            if isinstance(fact.body, PowerLost)
        ]
        if before.remaining_seconds > 0:
            assert [one.slot_id for one in lost] == [before.slot_id]
            assert 0 <= lost[0].remaining_seconds - before.remaining_seconds + 0.001 <= 5
        else:
            assert all(one.remaining_seconds <= 5 for one in lost)

    @rule(tail=st.binary(min_size=1, max_size=60).map(lambda data: data.replace(b"\n", b"")))
    def tear_the_last_line(self, tail: bytes) -> None:
        before = self.station.gate.hello()
        self.station.kill()
        with self.station.path.open("ab") as file:
            file.write(b'0123abcd {"facts":[{"fact":' + tail.hex().encode())
        self.come_back(before.slot_id, before.remaining_seconds, 0.5)

    @rule(stubborn=st.integers(0, 2))
    def make_programs_stubborn(self, stubborn: int) -> None:
        self.station.backend.stubborn = stubborn

    # ---------------------------------------------------------------- what must hold

    def repeat(self, answer: Answer, again: object) -> None:
        assert callable(again)
        facts = self.station.gate.facts_after(0)
        assert again() == answer
        assert self.station.gate.facts_after(0) == facts

    def come_back(self, slot: str | None, remaining: float, downtime: float) -> None:
        self.clock.advance(downtime)
        self.station.start()
        expected = max(remaining - downtime, 0.0)
        if slot is not None:
            assert abs(self.station.gate.remaining(slot) - expected) < 0.1

    def last_body(self) -> object:
        return self.facts[-1].body if self.facts else None

    @invariant()
    def facts_are_numbered_without_a_gap_and_never_change(self) -> None:
        if not hasattr(self, "station"):
            return
        kept = self.station.gate.facts_after(0)
        assert [fact.number for fact in kept] == list(
            range(kept[0].number if kept else 1, self.station.gate.hello().last_fact + 1)
        )
        told = {fact.number: fact for fact in kept}
        assert all(told.get(fact.number, fact) == fact for fact in self.facts)
        assert not self.facts or self.station.gate.hello().last_fact >= self.facts[-1].number
        new = [fact for fact in kept if not self.facts or fact.number > self.facts[-1].number]
        for fact in new:
            self.check_order(fact)
        self.facts += new

    def check_order(self, fact: Fact) -> None:
        """Two slots never run at once, and nobody sits before the last one is wiped."""
        match fact.body:
            case SlotOpened(slot, total, grace):
                assert self.running is None
                assert total <= 600
                assert grace <= 60
                self.running = slot
            case SlotExtended(slot, total):
                assert self.running == slot
                assert total <= 600
            case SlotShortened(slot, total):
                assert self.running == slot
                assert 0 < total <= 600
            case GraceStarted(slot):
                assert self.running == slot
            case SlotEnded(slot, _, used, remaining):
                assert self.running == slot
                assert used >= 0
                assert remaining >= 0
                assert used + remaining <= 600.001
            case Wiped():
                self.running = None

    @invariant()
    def the_time_left_only_grows_when_somebody_gives_it(self) -> None:
        if not hasattr(self, "station"):
            return
        remaining = self.station.gate.hello().remaining_seconds
        assert remaining <= 600 + 1e-6  # boot seconds are floats
        if not self.may_grow:
            assert remaining <= self.remaining + 1e-6
        self.remaining, self.may_grow = remaining, False

    @invariant()
    def a_slot_and_its_grace_always_end(self) -> None:
        if not hasattr(self, "station"):
            return
        gate = self.station.gate
        slot = gate.hello().slot_id
        if slot is not None:
            due = gate.next_deadline()
            assert due is not None
            left = gate.remaining(slot) + gate.grace_remaining(slot)
            assert due <= self.clock.boot_seconds() + max(left, 0.0) + 0.001
            assert left <= 600 + 1e-6  # boot seconds are floats


TestGateStory = pytest.mark.soak(pytest.mark.timeout(3600)(GateStory.TestCase))
TestGateStory.settings = settings()  # those of the run: few by default, many with --soak


def test_a_slot_left_alone_ends_with_its_grace(tmp_path: Path) -> None:
    clock = FakeClock()
    station = Station(tmp_path, clock, CAPS)
    station.gate.open(slot_id(), 600, 60)
    while (due := station.gate.next_deadline()) is not None:
        clock.advance(max(due - clock.boot_seconds(), 0.0))
        station.gate.tick()
    assert clock.boot_seconds() == pytest.approx(1000.0 + 660)
    station.kill()
