"""How long a card and a code take, and how much of it is the slow hash that guards them."""

import asyncio
import secrets
import time
from datetime import UTC, datetime, timedelta

import uvloop

from admin_console.hub.members.hasher import Argon2Hasher
from admin_console.rehearsal.station import Enrolled
from kiosk.rules.identifier import make_id
from kiosk.wire.codec import decode
from kiosk.wire.event import EndReason, Event, EventBatch, EventBody, SlotEnded, SlotOpened
from kiosk.wire.station import OpenSlot, SlotAnswer, SlotGranted
from tests.benchmarks.conftest import Town
from tests.benchmarks.counting import Counted
from tests.benchmarks.load import Line, connect, request
from tests.benchmarks.table import Table, milliseconds, quantile
from tests.rehearsal.estate import card_of

SIGN_INS = 60
BUDGET = 0.3
PEER = 0.067


def fresh_id() -> str:
    return make_id(datetime.now(UTC), secrets.token_bytes)


def ask(number: int) -> OpenSlot:
    card, pin = card_of(number)
    return OpenSlot(slot_id=fresh_id(), card=card, pin=pin)


def fact(seq: int, body: EventBody) -> Event:
    return Event(event_id=fresh_id(), seq=seq, at=datetime.now(UTC), clock_trusted=True, body=body)


def opened(slot_id: str, seq: int) -> EventBatch:
    ends_at = datetime.now(UTC) + timedelta(hours=1)
    body = SlotOpened(slot_id=slot_id, total_seconds=3600, ends_at=ends_at)
    return EventBatch(events=(fact(seq, body),))


def over(slot_id: str, seq: int) -> EventBatch:
    body = SlotEnded(
        slot_id=slot_id, reason=EndReason.FINISHED, used_seconds=1, remaining_seconds=3599
    )
    return EventBatch(events=(fact(seq, body),))


def hashing() -> list[float]:
    """How long the hash of the house takes alone."""
    hasher = Argon2Hasher(cores=1)
    hashed = hasher.hash("5512")
    seconds = []
    for _ in range(SIGN_INS):
        started = time.perf_counter()
        assert hasher.verify("5512", hashed)
        seconds.append(time.perf_counter() - started)
    return seconds


async def sit(town: Town, line: Line, station: Enrolled, number: int) -> tuple[float, float]:
    """Sign in, confirm, and end; return the seconds of the sign-in and of the confirmation."""
    address, token = town.hub.address, station.token
    asked = ask(number)
    started = time.perf_counter()
    status, body = await line.ask(request(address, "POST", "/v1/slots", token, asked))
    answered = time.perf_counter()
    answer: SlotAnswer = decode(body, SlotAnswer)
    assert status == 200
    assert isinstance(answer, SlotGranted)
    batch = opened(asked.slot_id, 2 * number)
    await line.ask(request(address, "POST", "/v1/events", token, batch))
    confirmed = time.perf_counter()
    ended = over(asked.slot_id, 2 * number + 1)
    await line.ask(request(address, "POST", "/v1/events", token, ended))
    return answered - started, confirmed - answered


def test_a_sign_in(town: Town, table: Table) -> None:
    async def measure() -> list[tuple[float, float]]:
        line = await connect(town.hub.address)
        try:
            return [
                await sit(town, line, town.stations[number], number)
                for number in range(1, SIGN_INS + 1)
            ]
        finally:
            line.close()

    slow = hashing()
    sittings = uvloop.run(measure())
    signs = [sign for sign, _ in sittings]

    beyond = quantile(signs, 0.5) - quantile(slow, 0.5)
    table.add("sign-in: POST slots, one at a time", milliseconds(signs))
    table.add("  argon2id alone, same cost", milliseconds(slow))
    table.add(
        "  sign-in beyond the argon2 cost",
        f"p50 {beyond * 1000:.1f} ms ({beyond / BUDGET:.2f} of budget)",
        "home usable in < 0.3 s",
        f"Libki 67 ms ({beyond / PEER:.2f} of it)",
    )
    table.add(
        "a fact told and kept (POST events, SQLite, FULL)",
        milliseconds([confirmed for _, confirmed in sittings]),
    )


def test_a_full_room_at_nine(town: Town, table: Table) -> None:
    """Seventeen people sign in at the same moment."""
    at_once = 17
    free = town.stations[100 : 100 + at_once]

    async def measure() -> list[float]:
        lines = [await connect(town.hub.address) for _ in free]
        found = await asyncio.gather(
            *(
                sit(town, line, station, 61 + place)
                for place, (line, station) in enumerate(zip(lines, free, strict=True))
            )
        )
        for line in lines:
            line.close()
        return [sign for sign, _ in found]

    table.add(f"sign-in: {at_once} people in the same moment", milliseconds(uvloop.run(measure())))


def test_statements_of_a_sitting(counted: Counted, table: Table) -> None:
    asked = ask(1)
    signing = counted.during(lambda: counted.post("/v1/slots", asked, token=counted.token))
    batch = opened(asked.slot_id, 1)
    telling = counted.during(lambda: counted.post("/v1/events", batch, token=counted.token))

    table.add("SQL statements of a sign-in", f"{signing}", "", "Libki 19 a report")
    table.add("SQL statements of a fact told", f"{telling}")
