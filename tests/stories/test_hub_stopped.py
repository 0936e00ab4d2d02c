"""The hub is stopped in the middle of whatever a visit asks of it, and comes back.

A station that asks and tells again, as stations do, gets one answer for each ask and has each fact
taken once, in its order; nobody is stuck, and a seat that was freed is held for who waits.
"""

import asyncio
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

import pytest

from admin_console.rehearsal.connection import Address, Connection, HubAway, HubRefused
from admin_console.rehearsal.house import StaffDesk, Tokens, enrol_seats, sign_in
from kiosk.rules.identifier import make_id
from kiosk.rules.slot import Ground
from kiosk.rules.ticket import TicketState
from kiosk.wire.codec import Message
from kiosk.wire.desk import SeatDay
from kiosk.wire.event import (
    Decider,
    EndReason,
    Event,
    EventBatch,
    EventBody,
    EventsAnswer,
    SlotEnded,
    SlotOpened,
    SlotRenewed,
    Verdict,
)
from kiosk.wire.problem import ProblemCode
from kiosk.wire.station import (
    OpenSlot,
    Phase,
    RenewalAnswer,
    RenewalGranted,
    RenewSlot,
    ReportAnswer,
    SlotAnswer,
    SlotGranted,
    SlotRefused,
    StationReport,
    StationSituation,
)
from kiosk.wire.ticket import TakeTicket, TicketAnswer, TicketTaken
from tests.helpers.cable import Cable
from tests.helpers.process import Programs
from tests.rehearsal.estate import STAFF, RunningHub, card_of, start_hub, write_estate

PATIENCE_SECONDS = 60.0
A_MOMENT = (0.0, 0.004, 0.02)
"""So many seconds after the ask the hub is stopped, one after the other."""

T = TypeVar("T")


def new_id() -> str:
    return make_id(datetime.now(UTC), secrets.token_bytes)


async def insist(ask: Callable[[], Awaitable[T]]) -> T:
    """Ask again until the hub answers, as a station does."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while True:
            try:
                return await ask()
            except HubAway:
                await asyncio.sleep(0.02)
            except HubRefused as refused:
                # A hub that is about to stop takes no new request.
                if refused.problem.code is not ProblemCode.BUSY:
                    raise
                await asyncio.sleep(0.02)


@dataclass
class Seat:
    """A station that is played, with the order of its facts."""

    seat_id: str
    line: Connection
    seq: int = 0
    verdicts: list[Verdict] = field(default_factory=list)

    async def ask(self, path: str, body: Message | None, form: Any) -> Any:
        method = "GET" if body is None else "POST"
        return await insist(lambda: self.line.call(method, path, body, form))

    async def beat(self) -> None:
        await self.ask("/v1/reports", StationReport(phase=Phase.FREE), ReportAnswer)

    async def tell(self, body: EventBody) -> None:
        self.seq += 1
        now = datetime.now(UTC)
        event = Event(event_id=new_id(), seq=self.seq, at=now, clock_trusted=True, body=body)
        told: EventsAnswer = await self.ask("/v1/events", EventBatch(events=(event,)), EventsAnswer)
        self.verdicts += [one.verdict for one in told.answers]

    async def open(self, slot_id: str, member: int) -> SlotGranted | SlotRefused:
        card, pin = card_of(member)
        found: SlotGranted | SlotRefused = await self.ask(
            "/v1/slots", OpenSlot(slot_id=slot_id, card=card, pin=pin), SlotAnswer
        )
        return found


class Stopper:
    """Stops the hub while something is asked of it, and starts it again."""

    def __init__(self, hub: RunningHub, *, gently: bool) -> None:
        self._hub = hub
        self._gently = gently
        self._turn = 0

    async def during(self, asked: Awaitable[T]) -> T:
        task = asyncio.ensure_future(asked)
        await asyncio.sleep(A_MOMENT[self._turn % len(A_MOMENT)])
        self._turn += 1
        program = self._hub.program
        await asyncio.to_thread(program.stop if self._gently else program.kill)
        assert not program.running
        hub = self._hub
        self._hub = await asyncio.to_thread(
            start_hub, hub.programs, hub.state, None, hub.address.port
        )
        return await task


async def desk_of(hub: RunningHub) -> StaffDesk:
    return await insist(lambda: sign_in(hub.address, *STAFF))


async def play(hub: RunningHub, folder: Path, *, gently: bool) -> None:
    desk = await desk_of(hub)

    async def code(room_id: str, uses: int) -> str:
        return await asyncio.to_thread(hub.code, room_id, uses)

    enrolled = await enrol_seats(
        hub.address, await desk.seats(), Tokens(folder / "stations.json"), code
    )
    desk.close()
    seat, other = (Seat(one.seat_id, Connection(hub.address, one.token)) for one in enrolled)
    stopper = Stopper(hub, gently=gently)
    await seat.beat()
    await other.beat()

    # In the middle of a sign-in.
    slot_id, beside = new_id(), new_id()
    granted = await stopper.during(seat.open(slot_id, 1))
    assert isinstance(granted, SlotGranted)
    total = granted.total_seconds
    ends_at = datetime.now(UTC) + timedelta(seconds=total)
    await seat.tell(SlotOpened(slot_id=slot_id, total_seconds=total, ends_at=ends_at))
    again = await other.open(beside, 1)
    assert isinstance(again, SlotRefused)
    assert again.ground is Ground.PERSON_SEATED

    # In the middle of a renewal: the same ask gets the same total.
    ask = RenewSlot(slot_id=slot_id, from_total_seconds=total)
    path = f"/v1/slots/{slot_id}/renewals"
    renewed = await stopper.during(seat.ask(path, ask, RenewalAnswer))
    assert isinstance(renewed, RenewalGranted)
    assert await seat.ask(path, ask, RenewalAnswer) == renewed
    await seat.tell(
        SlotRenewed(
            slot_id=slot_id, decided_by=Decider.HUB, total_seconds=renewed.total_seconds,
            ends_at=ends_at + timedelta(seconds=renewed.total_seconds - total),
        )
    )  # fmt: skip

    # In the middle of a session's end, which calls the ticket of who waits.
    beside = new_id()
    assert isinstance(await other.open(beside, 2), SlotGranted)
    await other.tell(SlotOpened(slot_id=beside, total_seconds=total, ends_at=ends_at))
    await seat.beat()
    await other.beat()
    card, _pin = card_of(3)
    ask_id = new_id()
    taken = await seat.ask("/v1/tickets", TakeTicket(ask_id=ask_id, card=card), TicketAnswer)
    assert isinstance(taken, TicketTaken)
    ended = SlotEnded(
        slot_id=slot_id, reason=EndReason.FINISHED, used_seconds=60, remaining_seconds=540
    )
    await stopper.during(seat.tell(ended))
    await seat.beat()
    await other.beat()
    situation: StationSituation = await seat.ask("/v1/situation", None, StationSituation)
    assert situation.waiting is not None
    (ticket,) = situation.waiting.tickets
    assert (ticket.number, ticket.state) == (taken.ticket.number, TicketState.CALLED)
    assert situation.seat.slot is None

    # While a seat is held: its holder sits down, and only they.
    stranger = await seat.open(new_id(), 4)
    assert isinstance(stranger, SlotRefused)
    assert stranger.ground is Ground.HELD
    held = new_id()
    sits = await stopper.during(seat.open(held, 3))
    assert isinstance(sits, SlotGranted)
    await seat.tell(SlotOpened(slot_id=held, total_seconds=total, ends_at=ends_at))

    desk = await desk_of(hub)
    line = Connection(hub.address, desk.token)
    day: SeatDay = await insist(
        lambda: line.call("GET", f"/v1/seats/{seat.seat_id}/day", None, SeatDay)
    )
    line.close()
    desk.close()
    for one in (seat, other):
        one.line.close()
        assert set(one.verdicts) <= {Verdict.ACCEPTED, Verdict.DUPLICATE}
    told = [one.what for one in reversed(day.lines) if one.what.startswith("slot_")]
    assert told == ["slot_opened", "slot_renewed", "slot_ended", "slot_opened"]


@pytest.mark.parametrize("gently", [True, False], ids=["stopped", "killed"])
def test_a_hub_stopped_in_the_middle_of_a_visit_leaves_nobody_stuck(
    programs: Programs, tmp_path: Path, *, gently: bool
) -> None:
    estate = write_estate(tmp_path / "estate.toml", seats=2, members=4, minutes=10)
    hub = start_hub(programs, tmp_path / "hub", estate)

    asyncio.run(play(hub, tmp_path, gently=gently))


async def play_lost_answer(hub: RunningHub, folder: Path) -> None:
    desk = await desk_of(hub)

    async def code(room_id: str, uses: int) -> str:
        return await asyncio.to_thread(hub.code, room_id, uses)

    (one,) = await enrol_seats(hub.address, await desk.seats(), Tokens(folder / "tokens"), code)
    with Cable(hub.address.port) as cable:
        seat = Seat(one.seat_id, Connection(Address("127.0.0.1", cable.port), one.token))
        slot_id = new_id()
        granted = await seat.open(slot_id, 1)
        assert isinstance(granted, SlotGranted)
        total = granted.total_seconds
        ends_at = datetime.now(UTC) + timedelta(seconds=total)
        await seat.tell(SlotOpened(slot_id=slot_id, total_seconds=total, ends_at=ends_at))
        ask = RenewSlot(slot_id=slot_id, from_total_seconds=total)
        path = f"/v1/slots/{slot_id}/renewals"

        # The hub hears the question, and its answer never arrives.
        cable.lose_answers = True
        asking = asyncio.ensure_future(seat.ask(path, ask, RenewalAnswer))
        done, _ = await asyncio.wait({asking}, timeout=1.0)
        assert not done
        cable.cut()
        cable.mend()
        renewed = await asking
        again = await seat.ask(path, ask, RenewalAnswer)
        seat.line.close()
    desk.close()

    assert isinstance(renewed, RenewalGranted)
    assert renewed == again
    assert renewed.total_seconds <= 2 * total


def test_a_renewal_whose_answer_was_lost_is_the_same_at_the_next_ask(
    programs: Programs, tmp_path: Path
) -> None:
    estate = write_estate(tmp_path / "estate.toml", seats=1, members=1, minutes=10)
    hub = start_hub(programs, tmp_path / "hub", estate)

    asyncio.run(play_lost_answer(hub, tmp_path))
