"""How much the signs of life cost: rate and delay at the hub, SQL statements, rows."""

import asyncio
import os
import sqlite3

import psutil
import uvloop

from kiosk.wire.station import Phase, StationReport
from tests.benchmarks.conftest import Town
from tests.benchmarks.counting import Counted
from tests.benchmarks.load import Measured, pace, request, saturate
from tests.benchmarks.table import Effort, Table, milliseconds, quantile, times

SECONDS = 6.0
CONNECTIONS = 16
BUDGET_RATE = 1500
BUDGET_P50 = 0.003
PEER_RATE = 99
BEAT_SECONDS = 5


def rows(town: Town) -> int:
    with sqlite3.connect(f"file:{town.hub.state}/hub.sqlite?mode=ro", uri=True) as database:
        names = database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        return sum(
            database.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]  # noqa: S608
            for (name,) in names
        )


def beats(town: Town) -> list[bytes]:
    report = StationReport(phase=Phase.FREE, version="bench")
    return [
        request(town.hub.address, "POST", "/v1/reports", station.token, report)
        for station in town.stations
    ]


def test_reports_at_the_hub(town: Town, table: Table) -> None:
    requests = beats(town)

    async def measure() -> tuple[Measured, Measured]:
        # The first round brings every station into contact, which is written down.
        await saturate(town.hub.address, requests, CONNECTIONS, 2.0)
        await asyncio.sleep(2.0)
        hub = psutil.Process(town.hub.program.pid)
        before = rows(town)
        with Effort(hub) as hub_effort, Effort(psutil.Process(os.getpid())) as own:
            fast = await saturate(town.hub.address, requests, CONNECTIONS, SECONDS)
        table.add(
            "station reports at the hub, as many as come",
            f"{fast.rate:.0f}/s ({fast.rate / BUDGET_RATE:.1f} of budget)",
            "≥ 1,500/s on 2 cores",
            f"Libki 99/s ({fast.rate / PEER_RATE:.0f} times)",
        )
        busy = hub_effort.used / fast.lasted
        table.add(
            "  the hub's processor in that time",
            f"{busy:.2f} cores; {hub_effort.used / len(fast.seconds) * 1e6:.0f} µs a report",
        )
        table.add(
            f"  of {os.cpu_count()} cores, shared with the load generator",
            f"{own.used / fast.lasted:.2f} cores",
        )
        table.add(f"  delay with {CONNECTIONS} connections", milliseconds(fast.seconds))
        table.add(
            "  rows after those reports",
            f"{rows(town) - before} more for {len(fast.seconds)} reports",
            "no row per beat",
            "Libki one each",
        )
        rate = len(requests) / BEAT_SECONDS
        calm = await pace(town.hub.address, requests, rate, SECONDS)
        return fast, calm

    fast, calm = uvloop.run(measure())

    table.add(
        f"station reports of {len(requests)} stations, one each {BEAT_SECONDS} s",
        f"{milliseconds(calm.seconds)} ({times(quantile(calm.seconds, 0.5), BUDGET_P50)})",
        "p50 < 3 ms",
        "Libki 22-26 ms",
    )
    assert fast.bad == calm.bad == 0


def test_statements_of_a_report(counted: Counted, table: Table) -> None:
    report = StationReport(phase=Phase.FREE, version="bench")
    counted.post("/v1/reports", report, token=counted.token)
    counted.settle()

    statements = counted.during(
        lambda: [counted.post("/v1/reports", report, token=counted.token) for _ in range(100)]
    )

    table.add(
        "SQL statements of a report",
        f"{statements / 100:g}",
        "≤ 3",
        "Libki 19",
    )
