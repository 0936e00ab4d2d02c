"""The threads of the hub and its rounds."""

import asyncio
import io
import logging
import threading
import time
from collections.abc import Callable

import pytest

from admin_console.hub.setting import LogForm
from admin_console.hub.web.log import configure
from admin_console.hub.web.pool import Pool
from admin_console.hub.web.problem import Refused
from admin_console.hub.web.round import Rounds
from kiosk.wire.problem import ProblemCode


def test_work_comes_back_and_so_do_its_errors() -> None:
    async def story() -> None:
        pool = Pool("test", 1, 1)
        assert await pool.run(divmod, 7, 2) == (3, 1)
        with pytest.raises(ZeroDivisionError):
            await pool.run(divmod, 7, 0)
        pool.close()

    asyncio.run(story())


def test_more_than_may_wait_is_refused_and_begins_nothing() -> None:
    async def story() -> None:
        pool = Pool("test", 1, 1)
        go = threading.Event()
        begun: list[int] = []

        def work(number: int) -> None:
            begun.append(number)
            go.wait(5)

        tasks = [asyncio.create_task(pool.run(work, number)) for number in (1, 2, 3)]
        with pytest.raises(Refused) as caught:
            await tasks[2]
        assert caught.value.code is ProblemCode.BUSY
        go.set()
        await asyncio.gather(*tasks[:2])
        await asyncio.sleep(0)
        await pool.run(work, 4)
        assert begun == [1, 2, 4]
        pool.close()

    asyncio.run(story())


def test_what_nobody_waits_for_is_done_and_told_when_it_fails(
    expect_log: Callable[..., None],
) -> None:
    expect_log("creneau.hub", "left_work_failed", logging.ERROR)
    stream = io.StringIO()
    undo = configure(LogForm.JSON, stream)

    async def story() -> None:
        pool = Pool("test", 1, 2)
        go, ended = threading.Event(), asyncio.Event()
        loop = asyncio.get_running_loop()

        def work(number: int) -> None:
            go.wait(5)
            if 7 // number == 1:
                loop.call_soon_threadsafe(ended.set)

        first = asyncio.create_task(pool.run(work, 1))
        await asyncio.sleep(0)
        assert pool.leave(work, 0)
        assert pool.leave(work, 7)
        assert not pool.leave(work, 7)
        go.set()
        await first
        await asyncio.wait_for(ended.wait(), 5)
        pool.close()

    try:
        asyncio.run(story())
    finally:
        undo()
    assert "ZeroDivisionError" in stream.getvalue()


def test_a_slow_hash_keeps_nobody_else_waiting() -> None:
    async def story() -> None:
        slow, quick = Pool("slow", 1, 5), Pool("quick", 1, 5)
        go = threading.Event()
        hashing = asyncio.create_task(slow.run(go.wait, 5))
        assert await quick.run(lambda: "here") == "here"
        assert not hashing.done()
        go.set()
        assert await hashing
        slow.close()
        quick.close()

    asyncio.run(story())


def test_who_stops_waiting_does_not_stop_the_work() -> None:
    async def story() -> None:
        pool = Pool("test", 1, 1)
        go, done = threading.Event(), threading.Event()

        def work() -> None:
            go.wait(5)
            done.set()

        task = asyncio.create_task(pool.run(work))
        await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        go.set()
        await asyncio.to_thread(done.wait, 5)
        assert done.is_set()
        pool.close()

    asyncio.run(story())


class House:
    """Counts what the rounds do, and fails when told to."""

    def __init__(self) -> None:
        self.done: list[str] = []
        self.broken = False

    def work(self, name: str) -> Callable[[], None]:
        def do() -> None:
            self.done.append(name)
            if self.broken and name == "sweep":
                message = "the database is away"
                raise OSError(message)

        return do


async def until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 5
    while not condition():
        assert time.monotonic() < deadline
        await asyncio.sleep(0.005)


def go_round(story: Callable[[House, Rounds], object], seconds: float) -> House:
    async def play() -> House:
        house, pool = House(), Pool("test", 1, 5)
        rounds = Rounds(
            pool, house.work("settle"), house.work("sweep"), house.work("tidy"),
            house.work("tell"), seconds,
        )  # fmt: skip
        going = asyncio.create_task(rounds.run())
        await story(house, rounds)  # type: ignore[misc]
        going.cancel()
        with pytest.raises(asyncio.CancelledError):
            await going
        pool.close()
        return house

    return asyncio.run(play())


def test_the_janitor_sweeps_again_and_again_and_tidies_now_and_then() -> None:
    async def story(house: House, _: Rounds) -> None:
        await until(lambda: house.done.count("sweep") >= 3)

    assert go_round(story, 0.01).done.count("tidy") == 1


def test_a_station_that_comes_is_settled_at_once() -> None:
    async def story(house: House, rounds: Rounds) -> None:
        await until(lambda: "tidy" in house.done)
        rounds.nudge()
        await until(lambda: "settle" in house.done)

    assert go_round(story, 3600).done.count("sweep") == 1


def test_a_round_that_fails_is_told_and_tried_again(expect_log: Callable[..., None]) -> None:
    async def story(house: House, _: Rounds) -> None:
        house.broken = True
        await until(lambda: house.done.count("sweep") >= 3)
        house.broken = False
        await until(lambda: "tidy" in house.done)

    expect_log("creneau.hub", "round_failed", level=40)
    undo = configure(LogForm.JSON, io.StringIO())
    go_round(story, 0.01)
    undo()
