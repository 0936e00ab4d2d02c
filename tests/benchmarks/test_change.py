"""How long it takes until a change at a station is read at the desk, with them all connected."""

import asyncio
import contextlib
import os
import secrets
import time
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import psutil
import uvloop

from admin_console.rehearsal.connection import follow
from admin_console.rehearsal.house import StaffDesk, sign_in
from admin_console.rehearsal.station import Enrolled
from kiosk.rules.identifier import make_id
from kiosk.wire.change import ChangesAnswer, ChangesPage, SeatChanged
from kiosk.wire.event import Event, EventBatch, OutOfOrderCleared, OutOfOrderSet
from kiosk.wire.station import Phase, StationReport
from tests.benchmarks.conftest import Town
from tests.benchmarks.load import connect, pace, request
from tests.benchmarks.table import Effort, Table, milliseconds, quantile, times
from tests.rehearsal.estate import STAFF

CHANGES = 200
CHANGES_A_SECOND = 20.0
BUDGET = 0.5
BEAT_SECONDS = 5
SETTLING_SECONDS = 6.0


class Reader:
    """A desk without a window: it listens, and reads what changed, as the real one does."""

    def __init__(self, desk: StaffDesk, cursor: int) -> None:
        self._desk = desk
        self._cursor = cursor
        self.seen: dict[tuple[str, str | None], float] = {}
        self._news = asyncio.Event()

    async def wait_for(self, keys: set[tuple[str, str | None]]) -> None:
        """Wait until all of these have been seen."""
        while keys - self.seen.keys():
            self._news.clear()
            await self._news.wait()

    async def read_on(self, town: Town, token: str) -> None:
        """Follow the stream until cancelled."""
        async for cursor in follow(town.hub.address, token):
            while cursor > self._cursor:
                answer: ChangesAnswer = await self._desk.connection.call(
                    "GET", f"/v1/changes?after={self._cursor}", None, ChangesAnswer
                )
                assert isinstance(answer, ChangesPage)
                now = time.perf_counter()
                for change in answer.changes:
                    if isinstance(change.body, SeatChanged):
                        seat = change.body.seat
                        self.seen.setdefault((seat.seat_id, seat.out_of_order), now)
                self._cursor = answer.cursor
                self._news.set()


async def listen(town: Town, station: Enrolled) -> None:
    """Hold a station's stream, and read nothing."""
    async for _ in follow(town.hub.address, station.token):
        pass


@contextlib.asynccontextmanager
async def connected(town: Town) -> AsyncIterator[None]:
    """All stations on the stream."""
    holding = [asyncio.create_task(listen(town, station)) for station in town.stations]
    try:
        yield
    finally:
        for task in holding:
            task.cancel()
        await asyncio.gather(*holding, return_exceptions=True)


def fact(seq: int, reason: str | None) -> EventBatch:
    body = OutOfOrderCleared() if reason is None else OutOfOrderSet(reason=reason)
    event = Event(
        event_id=make_id(datetime.now(UTC), secrets.token_bytes),
        seq=seq,
        at=datetime.now(UTC),
        clock_trusted=True,
        body=body,
    )
    return EventBatch(events=(event,))


async def tell_changes(town: Town) -> dict[tuple[str, str | None], float]:
    """Let stations fall out of order, each for its own reason; return when each began to tell."""
    told: dict[tuple[str, str | None], float] = {}
    lines = [await connect(town.hub.address) for _ in range(8)]
    free = asyncio.Queue[int]()
    for place in range(len(lines)):
        free.put_nowait(place)
    started = time.perf_counter()

    async def tell(number: int) -> None:
        station = town.stations[number % len(town.stations)]
        place = await free.get()
        reason = f"reason {number}"
        batch = fact(10_000 + number, reason)
        content = request(town.hub.address, "POST", "/v1/events", station.token, batch)
        told[station.seat_id, reason] = time.perf_counter()
        status, _ = await lines[place].ask(content)
        assert status == 200
        free.put_nowait(place)

    async with asyncio.TaskGroup() as tasks:
        for number in range(CHANGES):
            due = started + number / CHANGES_A_SECOND
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
            tasks.create_task(tell(number))
    for line in lines:
        line.close()
    return told


def test_a_change_seen_at_the_desk(town: Town, table: Table) -> None:
    report = StationReport(phase=Phase.FREE, version="bench")
    beats = [
        request(town.hub.address, "POST", "/v1/reports", station.token, report)
        for station in town.stations
    ]
    rate = len(beats) / BEAT_SECONDS

    async def measure() -> tuple[list[float], float, float]:
        desk = await sign_in(town.hub.address, *STAFF)
        async with connected(town):
            # All come into contact, which is written down, before anything is measured.
            await pace(town.hub.address, beats, rate, SETTLING_SECONDS)
            reader = Reader(desk, (await desk.estate()).cursor)
            reading = asyncio.create_task(reader.read_on(town, desk.token))
            lasting = CHANGES / CHANGES_A_SECOND
            hub, own = psutil.Process(town.hub.program.pid), psutil.Process(os.getpid())
            with Effort(hub) as busy, Effort(own) as ours:
                beating = asyncio.create_task(pace(town.hub.address, beats, rate, lasting + 1))
                told = await tell_changes(town)
                await beating
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(10):
                    await reader.wait_for(set(told))
            reading.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await reading
        desk.close()
        missing = told.keys() - reader.seen.keys()
        assert not missing, f"never seen: {missing}"
        delays = [reader.seen[key] - began for key, began in told.items()]
        return delays, busy.used / (lasting + 1), ours.used / (lasting + 1)

    delays, hub_cores, own_cores = uvloop.run(measure())

    table.add(
        f"state change → read at the desk, {len(town.stations)} stations connected",
        f"{milliseconds(delays)} (p99 {times(quantile(delays, 0.99), BUDGET)})",
        "p99 < 0.5 s (2,000 st.)",
        "Libki 0-10 s",
    )
    table.add(
        f"  meanwhile {rate:.0f} reports and {CHANGES_A_SECOND:.0f} changes a second",
        f"hub {hub_cores:.2f} cores, everybody else {own_cores:.2f}",
    )
    memory = psutil.Process(town.hub.program.pid).memory_info().rss / 2**20
    table.add("  memory of the hub", f"{memory:.0f} MB")
