"""A real gate in a real process, killed as only the kernel can."""

import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.gate.clock import SystemClock
from kiosk.gate.fact import Readopted, SlotOpened
from kiosk.gate.journal import Journal, JournalBusy
from kiosk.gate.service import Gate
from tests.gate.fake import FakeBackend, slot_id

A = slot_id()
PROGRAM = """
import sys, time
from pathlib import Path
from kiosk.gate.clock import SystemClock
from kiosk.gate.journal import Journal
from kiosk.gate.service import Gate
from tests.gate.fake import FakeBackend
clock = SystemClock()
gate = Gate(clock, Journal.open(Path(sys.argv[1]), lambda: "journal-1"), FakeBackend())
gate.start()
gate.open(sys.argv[2], 3600, 120)
print(clock.boot_seconds() + gate.remaining(sys.argv[2]), flush=True)
while True:
    time.sleep(60)
"""


def test_a_slot_survives_a_killed_gate_to_within_a_tenth_of_a_second(tmp_path: Path) -> None:
    path = tmp_path / "journal"
    command = [sys.executable, "-c", PROGRAM, str(path), A]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout is not None
        deadline = float(program.stdout.readline())
        with pytest.raises(JournalBusy):
            Journal.open(path, lambda: "another")
        program.kill()
    clock = SystemClock()
    gate = Gate(clock, Journal.open(path, lambda: "another"), FakeBackend())
    gate.start()
    assert clock.boot_seconds() + gate.remaining(A) == pytest.approx(deadline, abs=0.1)
    assert [type(fact.body) for fact in gate.facts_after(0)] == [SlotOpened, Readopted]
    gate.close()
