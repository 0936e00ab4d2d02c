"""One slot after the other, for as long as a station may stand: nothing adds up."""

import gc
import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import psutil
import pytest

from kiosk.gate.application import find_applications
from kiosk.gate.cell import SPOOL_FOLDERS, CellLimits
from kiosk.gate.confinedbackend import ConfinedBackend
from kiosk.gate.fact import Proof
from kiosk.gate.sweep import find_ipc, find_processes
from tests.gate.fake import slot_id
from tests.helpers.confine import FACE, STUBBORN, VISITOR, needs_root, wait_for
from tests.helpers.stage import Stage

pytestmark = needs_root

SLOTS = 300
WITHOUT_SOAK = 10
"""Of the few slots of a short run, every tenth has a browser; of a long one, every slot."""

MORE_MEMORY = 8 << 20
"""What the allocator may keep for itself, in bytes; 300 sessions that leave one page leave 1 MB."""


@pytest.mark.timeout(3600)
def test_three_hundred_slots_leave_the_machine_as_it_was(
    stage: Stage, count_of: Callable[[int], int]
) -> None:
    if shutil.which("chromium") is not None:
        let_browse(stage)
    programs = stage.plan.ground.find().part("programs")
    stride = 1 if count_of(WITHOUT_SOAK) == WITHOUT_SOAK else WITHOUT_SOAK
    has_browser = bool(stage.backend.applications())
    visit(stage, 0, browses=has_browser)
    before = Footprint.take(stage)

    for number in range(1, 1 + count_of(SLOTS)):
        visit(stage, number, browses=has_browser and number % stride == 0)

    after = Footprint.take(stage)
    assert after.counts == before.counts
    assert after.memory - before.memory < MORE_MEMORY
    assert programs.members() == set()
    assert len(stage.backend._children) <= 1


def let_browse(stage: Stage) -> None:
    """Offer the machine's browser, with as much room as it needs."""
    limits = CellLimits(home_bytes=1 << 30, spool_bytes=512 << 20, files=20_000)
    offered = tuple(
        one for one in find_applications("/usr/bin", as_root=False) if one.app_id == "internet"
    )
    cell = replace(stage.plan.cell, limits=limits)
    stage.plan = replace(stage.plan, applications=offered, cell=cell)
    stage.backend = ConfinedBackend(stage.plan)


def visit(stage: Stage, number: int, *, browses: bool) -> None:
    """Sit down, fill the place, leave programs behind that will not end, and be wiped."""
    programs = stage.plan.ground.find().part("programs")
    stage.slot = slot_id(number)
    stage.backend.start(stage.slot)
    crowd = 5
    if browses:
        assert stage.backend.launch(stage.slot, "internet", "") is None
        profile = stage.outside(stage.plan.cell.private / "browser" / "Local State")
        wait_for(profile.exists, "a profile", 90)
        crowd += 3
    stage.begin("open('/tmp/big', 'wb').write(bytes(1 << 20))\n" + STUBBORN.format(count=3))
    wait_for(lambda: len(programs.members()) >= crowd, "the crowd", 90)
    proof = stage.end()
    assert isinstance(proof, Proof)
    assert proof.processes >= crowd - 1
    for one in stage.started:
        one.wait(5)
    stage.started.clear()


class Footprint(NamedTuple):
    """What a machine holds that runs nothing for a visitor; what others do on it does not count.

    Attributes:
        counts: open files of the gate, mounts of sessions, entries in /run, processes and pieces of
            shared memory of visitor and face.
        memory: what the gate takes of the machine, in bytes.
    """

    counts: tuple[int, int, int, int, int]
    memory: int

    @classmethod
    def take(cls, stage: Stage) -> "Footprint":
        """Look at the machine now."""
        gc.collect()
        uids = (VISITOR.uid, FACE.uid)
        counts = (
            len(list(Path("/proc/self/fd").iterdir())),
            count_mounts(stage),
            len(list(Path("/run").glob(f"creneau-test-{os.getpid()}-*/*"))),
            len(find_processes(uids)),
            sum(1 for uid in uids for kind in ("shm", "msg", "sem") for _ in find_ipc(kind, uid)),
        )
        return cls(counts, psutil.Process().memory_info().rss)


def count_mounts(stage: Stage) -> int:
    """Count what lies where a session mounts something for itself."""
    cell = stage.plan.cell
    places = {*SPOOL_FOLDERS, "/proc", "/dev/mqueue", *map(str, (*cell.covered, *cell.places))}
    lines = Path("/proc/self/mountinfo").read_text().splitlines()
    return sum(1 for line in lines if line.split(" ")[4] in places)
