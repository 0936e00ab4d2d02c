"""A hub that is killed while people take tickets: each has one in the end, and none is lost."""

import asyncio
import secrets
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from admin_console.rehearsal.connection import Connection, HubAway
from admin_console.rehearsal.house import Tokens, enrol_seats, sign_in
from kiosk.rules.identifier import make_id
from kiosk.wire.station import StationSituation
from kiosk.wire.ticket import TakeTicket, TicketAnswer, TicketTaken
from tests.helpers.process import Programs
from tests.rehearsal.estate import STAFF, RunningHub, card_of, start_hub, write_estate

PEOPLE = 12
KILLS = 3
PATIENCE_SECONDS = 60.0

T = TypeVar("T")


async def insist(ask: Callable[[], Awaitable[T]]) -> T:
    """Ask again until the hub answers, as a station does."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while True:
            try:
                return await ask()
            except HubAway:
                await asyncio.sleep(0.02)


async def take(connection: Connection, card: str) -> TicketTaken:
    ask = TakeTicket(ask_id=make_id(datetime.now(UTC), secrets.token_bytes), card=card)

    async def once() -> TicketAnswer:
        answer: TicketAnswer = await connection.call("POST", "/v1/tickets", ask, TicketAnswer)
        return answer

    answer = await insist(once)
    assert isinstance(answer, TicketTaken), answer
    return answer


async def play(hub: RunningHub, folder: Path) -> None:
    desk = await sign_in(hub.address, *STAFF)

    async def code(room_id: str, uses: int) -> str:
        return await asyncio.to_thread(hub.code, room_id, uses)

    seats = await desk.seats()
    stations = await enrol_seats(hub.address, seats, Tokens(folder / "stations.json"), code)
    desk.close()
    lines = [Connection(hub.address, station.token) for station in stations]
    taking = [
        asyncio.create_task(take(lines[number % len(lines)], card_of(number + 1)[0]))
        for number in range(PEOPLE)
    ]
    running = hub
    for kill in range(1, KILLS + 1):
        enough = kill * PEOPLE // (KILLS + 1)
        while sum(task.done() for task in taking) < enough:
            await asyncio.wait(taking, timeout=0.01, return_when=asyncio.FIRST_COMPLETED)
        running.program.kill()
        running = await asyncio.to_thread(
            start_hub, hub.programs, hub.state, None, hub.address.port
        )
    answers = await asyncio.gather(*taking)

    async def look() -> StationSituation:
        found: StationSituation = await lines[0].call(
            "GET", "/v1/situation", None, StationSituation
        )
        return found

    waiting = (await insist(look)).waiting
    for line in lines:
        line.close()

    assert waiting is not None
    numbers = list(range(1, PEOPLE + 1))
    assert sorted(answer.ticket.number for answer in answers) == numbers
    assert [ticket.number for ticket in waiting.tickets] == numbers


def test_a_hub_killed_while_tickets_are_taken_loses_and_doubles_none(
    programs: Programs, tmp_path: Path
) -> None:
    estate = write_estate(tmp_path / "estate.toml", seats=2, members=PEOPLE)
    hub = start_hub(programs, tmp_path / "hub", estate)

    asyncio.run(play(hub, tmp_path))
