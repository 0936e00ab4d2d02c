"""What the hub does without being asked, about once a second: the janitor's sweep.

One round at a time, in a thread of the pool. A round that fails is told in the log and tried again,
more and more rarely while it keeps failing.
"""

import asyncio
from collections.abc import Callable

import structlog

from admin_console.hub.web.pool import Pool
from admin_console.hub.web.trace import describe

SWEEP_SECONDS = 1.0
TIDY_SECONDS = 3600.0
TELL_SECONDS = 60.0
LONGEST_PAUSE_SECONDS = 30.0


class Rounds:
    """Goes round until cancelled.

    Args:
        pool: where the work is done.
        settle: writes the contacts that began or ended.
        sweep: puts in order what cannot wait.
        tidy: forgets what is old.
        tell: called every minute with nothing to wait for, to drop and to tell what was counted.
    """

    def __init__(
        self,
        pool: Pool,
        settle: Callable[[], object],
        sweep: Callable[[], object],
        tidy: Callable[[], object],
        tell: Callable[[], None],
        sweep_seconds: float = SWEEP_SECONDS,
    ) -> None:
        self._pool = pool
        self._settle = settle
        self._sweep = sweep
        self._tidy = tidy
        self._tell = tell
        self._sweep_seconds = sweep_seconds
        self._nudged = asyncio.Event()

    def nudge(self) -> None:
        """Say that contact with a station has begun: it is written at once."""
        self._nudged.set()

    async def run(self) -> None:
        """Go round."""
        loop = asyncio.get_running_loop()
        pause = self._sweep_seconds
        sweep_at = tidy_at = loop.time()
        tell_at = loop.time() + TELL_SECONDS
        while True:
            nudged = await self._wait_until(sweep_at)
            now = loop.time()
            try:
                if nudged:
                    await self._pool.run(self._settle)
                if now >= sweep_at:
                    await self._pool.run(self._sweep)
                    sweep_at = now + self._sweep_seconds
                if now >= tidy_at:
                    await self._pool.run(self._tidy)
                    tidy_at = now + TIDY_SECONDS
                pause = self._sweep_seconds
            except Exception as error:  # noqa: BLE001 - the next round must come, whatever failed
                structlog.get_logger("creneau.hub").error("round_failed", **describe(error))
                pause = min(pause * 2, LONGEST_PAUSE_SECONDS)
                sweep_at = now + pause
            if now >= tell_at:
                self._tell()
                tell_at = now + TELL_SECONDS

    async def _wait_until(self, moment: float) -> bool:
        try:
            async with asyncio.timeout_at(moment):
                await self._nudged.wait()
        except TimeoutError:
            return False
        self._nudged.clear()
        return True
