"""One slot after the other, for as long as a station may stand: nothing adds up."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.gate.fact import Proof
from tests.gate.fake import slot_id
from tests.helpers.confine import STUBBORN, needs_root, wait_for
from tests.helpers.stage import Stage

pytestmark = needs_root

SLOTS = 300


@pytest.mark.timeout(1200)
def test_three_hundred_slots_leave_the_machine_as_it_was(
    stage: Stage, count_of: Callable[[int], int]
) -> None:
    programs = stage.plan.ground.find().part("programs")
    stage.backend.start(stage.slot)
    stage.end()
    before = footprint()
    for number in range(count_of(SLOTS)):
        stage.slot = slot_id(number)
        stage.backend.start(stage.slot)
        stage.begin("open('/tmp/big', 'wb').write(bytes(1 << 20))\n" + STUBBORN.format(count=3))
        wait_for(lambda: len(programs.members()) >= 5, "the crowd")
        proof = stage.end()
        assert isinstance(proof, Proof)
        assert proof.processes >= 4
        for one in stage.started:
            one.wait(5)
        stage.started.clear()
    assert footprint() == before
    assert len(stage.backend._children) <= 1


def footprint() -> tuple[int, int, int]:
    """Return how many files this process holds open, what is mounted, and what lies in /run."""
    mounts = Path("/proc/self/mountinfo").read_text().count("\n")
    held = len(list(Path("/proc/self/fd").iterdir()))
    return held, mounts, len(list(Path("/run").glob(f"creneau-test-{os.getpid()}-*/*")))
