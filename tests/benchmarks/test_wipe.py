"""What the end of a session costs: from the order to the proof that nothing is left."""

import os
import shutil
import signal
import time
from dataclasses import replace
from functools import partial

import psutil
import pytest

from kiosk.gate.application import find_applications
from kiosk.gate.cell import CellLimits
from kiosk.gate.cgroup import Group
from kiosk.gate.confinedbackend import ConfinedBackend
from tests.benchmarks.table import Table, quantile, times
from tests.gate.fake import slot_id
from tests.helpers.confine import COMET, STUBBORN, VISITOR, needs_root, wait_for
from tests.helpers.stage import Stage, open_stage
from tests.stories.breakout.attack import COVER

RUNS = 30
HOSTILE_RUNS = 10
BUDGET = 0.5
MEGABYTES = 300

pytestmark = [needs_root, pytest.mark.timeout(900)]
with_browser = pytest.mark.skipif(shutil.which("chromium") is None, reason="no chromium here")

BOMB = f"""
for _ in range(30):
    if os.fork() == 0:
        exec({COMET!r})
while True:
    try:
        os.fork()
    except OSError:
        time.sleep(0.01)
"""
FILL = f"""
block = bytes(1 << 20)
with open("/tmp/fill", "wb") as file:
    for _ in range({MEGABYTES}):
        file.write(block)
for number in range(5000):
    open(f"/var/tmp/{{number}}", "w").close()
"""


@with_browser
def test_kill_and_wipe_with_a_browser_and_300_megabytes_open(table: Table) -> None:
    limits = CellLimits(home_bytes=1 << 30, spool_bytes=512 << 20, files=20_000)
    with open_stage() as stage:
        plan = replace(
            stage.plan,
            cell=replace(stage.plan.cell, limits=limits),
            applications=find_applications("/usr/bin", as_root=False),
        )
        stage.plan, stage.backend = plan, ConfinedBackend(plan)
        begun, ended, processes = [], [], 0
        for number in range(RUNS):
            stage.slot = slot_id(number)
            start = time.perf_counter()
            stage.backend.start(stage.slot)
            begun.append(time.perf_counter() - start)
            fill(stage)
            start = time.perf_counter()
            proof = stage.end()
            ended.append(time.perf_counter() - start)
            processes = max(processes, proof.processes)
    worst = max(ended)
    table.add(
        f"kill, wipe and audit: browser, {MEGABYTES} MB, 5,000 files, {processes} processes",
        f"p50 {quantile(ended, 0.5) * 1000:.0f} ms, worst of {RUNS} {worst * 1000:.0f} ms",
        f"500 ms ({times(worst, BUDGET)})",
        "0.11 s measured",
    )
    table.add(
        "a session begun: cell, X server, window manager, bus",
        f"p50 {quantile(begun, 0.5) * 1000:.0f} ms, worst of {RUNS} {max(begun) * 1000:.0f} ms",
    )


def test_the_end_of_a_hostile_session(table: Table) -> None:
    with open_stage() as stage:
        ended = []
        for number in range(HOSTILE_RUNS):
            stage.slot = slot_id(number)
            stage.backend.start(stage.slot)
            stage.hear(COVER)
            stage.begin(BOMB)
            programs = stage.plan.ground.find().part("programs")
            wait_for(partial(_is_crowded, programs), "the bomb", 60)
            server = stage.backend._session
            assert server is not None
            os.kill(server.server.pid, signal.SIGSTOP)
            start = time.perf_counter()
            stage.end()
            ended.append(time.perf_counter() - start)
            for one in stage.started:
                one.wait(5)
            stage.started.clear()
            wait_for(lambda: not _zombies(), "the reaping of orphans", 60)
    worst = max(ended)
    table.add(
        "end of a hostile session: grab, comets, fork bomb, hung X server",
        f"p50 {quantile(ended, 0.5) * 1000:.0f} ms, worst of {HOSTILE_RUNS} {worst * 1000:.0f} ms",
        f"500 ms ({times(worst, BUDGET)})",
        "Libki: up to 70 s",
    )


def _is_crowded(programs: Group) -> bool:
    return len(programs.members()) >= 500


def _zombies() -> bool:
    """Tell whether the visitor's dead still count against the tasks of their account."""
    return any(
        one.info["uids"] is not None and one.info["uids"].real == VISITOR.uid
        for one in psutil.process_iter(["uids"])
    )


def fill(stage: Stage) -> None:
    """Open a browser, write 300 MB and 5,000 files, start orphans."""
    assert stage.backend.launch(stage.slot, "internet", "") is None
    stage.run(FILL, seconds=60)
    stage.begin(STUBBORN.format(count=5))
    programs = stage.plan.ground.find().part("programs")
    wait_for(lambda: len(programs.members()) >= 18, "the browser's processes", 60)
