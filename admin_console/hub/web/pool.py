"""Threads for the use cases, which are plain functions that wait for a database or a slow hash.

There are several, so that a hundred people who sign in at nine o'clock keep nobody else waiting,
and those whom the hub does not know keep neither.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import ParamSpec, TypeVar

import structlog

from admin_console.hub.web.problem import Refused
from admin_console.hub.web.trace import describe
from kiosk.wire.problem import ProblemCode

P = ParamSpec("P")
R = TypeVar("R")


class Pool:
    """A few threads and a queue that does not grow for ever.

    Args:
        name: begins the names of its threads.
        threads: how many work at once.
        waiting: how many more may wait.
    """

    def __init__(self, name: str, threads: int, waiting: int) -> None:
        self._executor = ThreadPoolExecutor(threads, thread_name_prefix=name)
        self._room = threads + waiting

    async def run(self, work: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Return what `work` returns, from another thread.

        A peer that leaves does not stop the work: what was begun is finished.

        Raises:
            Refused: too many wait already; nothing was begun.
        """
        if self._room == 0:
            raise Refused(ProblemCode.BUSY, "too many requests wait: try again")
        self._room -= 1
        future = self._executor.submit(work, *args, **kwargs)
        loop = asyncio.get_running_loop()
        future.add_done_callback(lambda _: self._give_back(loop))
        return await asyncio.shield(asyncio.wrap_future(future))

    def leave(self, work: Callable[P, object], *args: P.args, **kwargs: P.kwargs) -> bool:
        """Do something that nobody waits for, from another thread.

        What fails is told to the log. False, and nothing is begun, when too many wait already.
        """
        if self._room == 0:
            return False
        self._room -= 1
        future = self._executor.submit(work, *args, **kwargs)
        loop = asyncio.get_running_loop()

        def end(done: Future[object]) -> None:
            self._give_back(loop)
            error = None if done.cancelled() else done.exception()
            if error is not None:
                structlog.get_logger("creneau.hub").error("left_work_failed", **describe(error))

        future.add_done_callback(end)
        return True

    def _give_back(self, loop: asyncio.AbstractEventLoop) -> None:
        if not loop.is_closed():
            loop.call_soon_threadsafe(self._count_one)

    def _count_one(self) -> None:
        self._room += 1

    def close(self) -> None:
        """Let the work under way end, and the threads with it."""
        self._executor.shutdown(wait=True, cancel_futures=True)
