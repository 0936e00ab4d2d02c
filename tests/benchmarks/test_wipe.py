"""What the end of a session costs: from the order to the proof that nothing is left."""

import shutil
import time
from dataclasses import replace

import pytest

from kiosk.gate.application import find_applications
from kiosk.gate.cell import CellLimits
from kiosk.gate.confinedbackend import ConfinedBackend
from tests.benchmarks.table import Table, quantile, times
from tests.gate.fake import slot_id
from tests.helpers.confine import STUBBORN, needs_root, wait_for
from tests.helpers.stage import Stage, open_stage

RUNS = 30
BUDGET = 0.5
MEGABYTES = 300

pytestmark = [
    needs_root,
    pytest.mark.timeout(900),
    pytest.mark.skipif(shutil.which("chromium") is None, reason="there is no chromium here"),
]

FILL = f"""
block = bytes(1 << 20)
with open("/tmp/fill", "wb") as file:
    for _ in range({MEGABYTES}):
        file.write(block)
for number in range(5000):
    open(f"/var/tmp/{{number}}", "w").close()
"""


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


def fill(stage: Stage) -> None:
    """Open a browser, write 300 MB and 5,000 files, start orphans."""
    assert stage.backend.launch(stage.slot, "internet", "") is None
    stage.run(FILL, seconds=60)
    stage.begin(STUBBORN.format(count=5))
    programs = stage.plan.ground.find().part("programs")
    wait_for(lambda: len(programs.members()) >= 18, "the browser's processes", 60)
