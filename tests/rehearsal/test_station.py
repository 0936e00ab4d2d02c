"""Simulated stations speak the real wire: a real hub believes them, and they obey its desk."""

import asyncio
import contextlib
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from admin_console.rehearsal.connection import Address, Connection, HubAway, HubRefused
from admin_console.rehearsal.house import (
    RehearsalFailed,
    StaffDesk,
    Tokens,
    enrol_seats,
    live,
    sign_in,
)
from admin_console.rehearsal.visitor import Card, Habit, SeatPlan
from kiosk.rules.identifier import make_id
from kiosk.rules.slot import Ground
from kiosk.wire.command import CommandView, EndSlot, ExtendSlot, IssueCommand, SetOutOfOrder
from kiosk.wire.desk import Estate
from kiosk.wire.place import SeatView
from kiosk.wire.problem import ProblemCode
from kiosk.wire.workshop import (
    RunWorkshop,
    SeriesAnswer,
    SeriesDraft,
    SetSeries,
    WorkshopAct,
    WorkshopAnswer,
    WorkshopRun,
)
from tests.helpers.process import Programs
from tests.rehearsal.estate import STAFF, RunningHub, card_of, start_hub, write_estate

ROOM = "site-1.salle"
WITHIN_SECONDS = 20.0


async def wait_for_hub(address: Address, seconds: float) -> None:
    """Wait until the hub is well.

    Raises:
        HubAway: it is not, after so many seconds.
    """
    deadline = asyncio.get_running_loop().time() + seconds
    door = Connection(address)
    try:
        while True:
            try:
                if (await door.ask("GET", "/healthz")).status == 200:
                    return
            except HubAway:
                if asyncio.get_running_loop().time() > deadline:
                    raise
            await asyncio.sleep(0.1)
    finally:
        door.close()


@pytest.fixture
def hub(programs: Programs, tmp_path: Path) -> RunningHub:
    return start_hub(programs, tmp_path / "hub", write_estate(tmp_path / "estate.toml", seats=4))


def plan(number: int, habit: Habit = Habit.CALLING, *, fast: float = 900.0) -> SeatPlan:
    """A plan in which somebody comes at once and, when all is quick, leaves after a few seconds."""
    cards = () if habit is Habit.SILENT else (Card(*card_of(number)),)
    return SeatPlan(f"{ROOM}.{number:02}", habit, cards, seed=number, fast=fast)


@contextlib.asynccontextmanager
async def alive(hub: RunningHub, plans: list[SeatPlan], folder: Path) -> AsyncIterator[StaffDesk]:
    """The stations of some plans, alive, and a desk that sees them."""
    desk = await sign_in(hub.address, *STAFF)

    async def code(room_id: str, uses: int) -> str:
        return await asyncio.to_thread(hub.code, room_id, uses)

    wanted = {one.seat_id for one in plans}
    seats = [seat for seat in await desk.seats() if seat.seat_id in wanted]
    enrolled = await enrol_seats(hub.address, seats, Tokens(folder / "stations.json"), code)
    living = asyncio.create_task(live(hub.address, enrolled, plans, print))
    try:
        yield desk
    finally:
        living.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await living
        desk.close()


async def until(desk: StaffDesk, seat_id: str, holds: Callable[[SeatView], object]) -> SeatView:
    """Ask the hub for the seat until something holds of it."""
    async with asyncio.timeout(WITHIN_SECONDS):
        while True:
            with contextlib.suppress(HubAway):
                seat = next(one for one in await desk.seats() if one.seat_id == seat_id)
                if holds(seat):
                    return seat
            await asyncio.sleep(0.1)


async def issue(desk: StaffDesk, ask: IssueCommand) -> CommandView:
    view: CommandView = await desk.connection.call("POST", "/v1/commands", ask, CommandView)
    return view


def fresh_id() -> str:
    return make_id(datetime.now(UTC), secrets.token_bytes)


def run(story: Awaitable[None]) -> None:
    async def told() -> None:
        await story

    asyncio.run(told())


def test_a_visitor_sits_and_the_hub_sees_it(hub: RunningHub, tmp_path: Path) -> None:
    async def story() -> None:
        async with alive(hub, [plan(1)], tmp_path) as desk:
            seat = await until(desk, f"{ROOM}.01", lambda seat: seat.slot)
            assert seat.in_contact
            assert seat.slot is not None
            assert seat.slot.total_seconds == 3600
            await until(desk, f"{ROOM}.01", lambda seat: seat.slot is None)

    run(story())


def test_the_desk_reaches_a_simulated_station(hub: RunningHub, tmp_path: Path) -> None:
    seat_id = f"{ROOM}.01"

    async def story() -> None:
        async with alive(hub, [plan(1, fast=1.0)], tmp_path) as desk:
            seat = await until(desk, seat_id, lambda seat: seat.slot)
            assert seat.slot is not None
            slot_id, more = seat.slot.slot_id, seat.slot.total_seconds + 900
            extend = IssueCommand(
                command_id=fresh_id(),
                seat_id=seat_id,
                slot_id=slot_id,
                body=ExtendSlot(total_seconds=more),
            )
            await issue(desk, extend)
            await until(desk, seat_id, lambda seat: seat.slot and seat.slot.total_seconds == more)
            assert (await issue(desk, extend)).state == "done"

            broken = SetOutOfOrder(reason="Souris absente")
            await issue(
                desk,
                IssueCommand(command_id=fresh_id(), seat_id=seat_id, slot_id=None, body=broken),
            )
            await until(desk, seat_id, lambda seat: seat.out_of_order == "Souris absente")

            await issue(
                desk,
                IssueCommand(
                    command_id=fresh_id(), seat_id=seat_id, slot_id=slot_id, body=EndSlot()
                ),
            )
            await until(desk, seat_id, lambda seat: seat.slot and seat.slot.in_grace)

    run(story())


def test_stations_outlive_the_hub_and_tell_it_later(
    hub: RunningHub, programs: Programs, tmp_path: Path
) -> None:
    async def story() -> None:
        async with alive(hub, [plan(1)], tmp_path) as desk:
            seat = await until(desk, f"{ROOM}.01", lambda seat: seat.slot)
            assert seat.slot is not None
            first = seat.slot.slot_id
            assert await asyncio.to_thread(hub.program.stop) == 0
            with pytest.raises(HubAway):
                await wait_for_hub(hub.address, 0.0)
            await asyncio.to_thread(start_hub, programs, hub.state, None, port=hub.address.port)
            await until(
                desk, f"{ROOM}.01", lambda seat: seat.slot is None or seat.slot.slot_id != first
            )

    run(story())


def test_a_restarted_rehearsal_keeps_its_stations_and_closes_what_it_left(
    hub: RunningHub, tmp_path: Path
) -> None:
    seat_id = f"{ROOM}.01"

    async def story() -> None:
        async with alive(hub, [plan(1, fast=1.0)], tmp_path) as desk:
            before = await until(desk, seat_id, lambda seat: seat.slot)
        assert before.slot is not None
        # The same station comes up again, and nobody comes to it.
        empty = SeatPlan(seat_id, Habit.PLAIN, (), seed=1)
        async with alive(hub, [empty], tmp_path) as desk:
            after = await until(desk, seat_id, lambda seat: seat.slot is None)
        assert after.station_id == before.station_id

    run(story())


def test_a_broken_seat_says_why(hub: RunningHub, tmp_path: Path) -> None:
    async def story() -> None:
        plans = [plan(1, Habit.OUT_OF_ORDER), plan(2, Habit.SILENT)]
        async with alive(hub, plans, tmp_path) as desk:
            seat = await until(desk, f"{ROOM}.01", lambda seat: seat.out_of_order)
            assert seat.slot is None
            await until(desk, f"{ROOM}.02", lambda seat: seat.in_contact)

    run(story())


def test_a_used_up_code_is_said(hub: RunningHub, tmp_path: Path) -> None:
    async def story() -> None:
        desk = await sign_in(hub.address, *STAFF)
        seats = await desk.seats()
        desk.close()

        async def short(room_id: str, uses: int) -> str:
            return await asyncio.to_thread(hub.code, room_id, uses - 1)

        with pytest.raises(RehearsalFailed, match="did not enrol"):
            await enrol_seats(hub.address, seats, Tokens(tmp_path / "stations.json"), short)

    run(story())


def test_a_wrong_request_is_told_apart_from_a_hub_that_is_away(hub: RunningHub) -> None:
    async def story() -> None:
        stranger = Connection(hub.address, "0" * 64)
        with pytest.raises(HubRefused) as refused:
            await stranger.call("GET", "/v1/estate", None, Estate)
        assert refused.value.problem.code is ProblemCode.NOT_SIGNED_IN
        stranger.close()
        with pytest.raises(RehearsalFailed, match="does not let"):
            await sign_in(hub.address, STAFF[0], "wrong")

    run(story())


def test_nothing_is_sent_in_the_clear_over_a_network() -> None:
    with pytest.raises(ValueError, match="on this machine only"):
        Address("192.0.2.7", 8620)


def test_a_spoilt_token_file_is_said_and_kept(tmp_path: Path) -> None:
    path = tmp_path / "stations.json"
    path.write_text("{", encoding="utf-8")

    with pytest.raises(RehearsalFailed, match=r"stations\.json"):
        Tokens(path).read()

    assert path.read_text(encoding="utf-8") == "{"


def test_a_trainer_opens_free_seats_for_a_workshop_and_ends_them(
    hub: RunningHub, tmp_path: Path
) -> None:
    now = datetime.now(ZoneInfo("Europe/Paris"))
    if (now + timedelta(minutes=15)).date() != now.date():
        pytest.skip("no workshop of today fits before midnight")

    async def story() -> None:
        free = replace(plan(1), cards=())
        async with alive(hub, [free], tmp_path) as desk:
            seat = await until(desk, f"{ROOM}.01", lambda seat: seat.in_contact)
            series_id = fresh_id()
            draft = SeriesDraft(
                ground=Ground.WORKSHOP,
                title="Premiers pas",
                dates=(now.date(),),
                start=0,
                end=24 * 60,
                seats=(seat.number,),
            )
            path = f"/v1/rooms/{ROOM}"
            keep = SetSeries(series_id=series_id, draft=draft, confirmed=True)
            await desk.connection.call("POST", f"{path}/series", keep, SeriesAnswer)

            async def all_seats(act: WorkshopAct) -> None:
                ask = RunWorkshop(series_id=series_id, act=act)
                answer: WorkshopAnswer = await desk.connection.call(
                    "POST", f"{path}/workshops", ask, WorkshopAnswer
                )
                assert isinstance(answer, WorkshopRun)
                assert [one.told for one in answer.seats] == [True]

            await all_seats(WorkshopAct.OPEN)
            opened = await until(desk, seat.seat_id, lambda seat: seat.slot)
            assert opened.slot is not None
            assert opened.slot.series_id == series_id
            await all_seats(WorkshopAct.END)
            await until(desk, seat.seat_id, lambda seat: seat.slot and seat.slot.in_grace)

    run(story())
