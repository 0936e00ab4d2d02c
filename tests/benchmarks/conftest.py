"""One hub with five hundred stations for all benchmarks of a run, and the table they print."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from admin_console.rehearsal.house import Tokens, enrol_seats, sign_in
from admin_console.rehearsal.station import Enrolled
from tests.benchmarks.counting import Counted, counting_hub
from tests.benchmarks.table import Table
from tests.helpers.process import Programs
from tests.rehearsal.estate import STAFF, RunningHub, start_hub, write_estate

SITES, SEATS = 10, 50


@dataclass(frozen=True, slots=True)
class Town:
    """The hub and who is enrolled there."""

    hub: RunningHub
    stations: tuple[Enrolled, ...]


@pytest.fixture(scope="session")
def table() -> Iterator[Table]:
    """Where the figures go; they are printed together when all are there."""
    made = Table()
    yield made
    made.print_out()


@pytest.fixture
def programs() -> Iterator[Programs]:
    """Starts real programs, as everywhere, but keeps what they say out of the figures."""
    started = Programs()
    yield started
    started.kill_all()


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """A real hub process with 500 enrolled stations."""
    folder = tmp_path_factory.mktemp("town")
    programs = Programs()
    try:
        estate = write_estate(folder / "estate.toml", sites=SITES, seats=SEATS, members=100)
        hub = start_hub(programs, folder / "hub", estate)
        yield Town(hub, asyncio.run(enrol_everybody(hub, folder)))
    finally:
        programs.kill_all()


async def enrol_everybody(hub: RunningHub, folder: Path) -> tuple[Enrolled, ...]:
    """Enrol a station on every seat."""
    desk = await sign_in(hub.address, *STAFF)

    async def code(room_id: str, uses: int) -> str:
        return await asyncio.to_thread(hub.code, room_id, uses)

    try:
        seats = await desk.seats()
        return await enrol_seats(hub.address, seats, Tokens(folder / "stations.json"), code)
    finally:
        desk.close()


@pytest.fixture
def counted(tmp_path: Path) -> Iterator[Counted]:
    """A hub in this process that counts its SQL statements."""
    estate = write_estate(tmp_path / "estate.toml", seats=2, members=2)
    with counting_hub(tmp_path, estate) as hub:
        yield hub
