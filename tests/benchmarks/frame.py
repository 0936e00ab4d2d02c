"""Pictures drawn at the pace of a screen, on one core, and how long each took."""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from tests.benchmarks.table import quantile

RATE = 60
DROPPED_SECONDS = 0.05


@dataclass(frozen=True, slots=True)
class Frames:
    """What was measured.

    Attributes:
        seconds: how long each picture took to draw.
        busy: the part of the core that was used, 0 to 1.
    """

    seconds: tuple[float, ...]
    busy: float

    def __str__(self) -> str:
        """Return the figures for the table."""
        late = sum(1 for one in self.seconds if one > 1 / RATE)
        dropped = sum(1 for one in self.seconds if one > DROPPED_SECONDS)
        middle, worst = quantile(self.seconds, 0.5) * 1000, max(self.seconds) * 1000
        told = f"p50 {middle:.1f} ms, worst {worst:.1f}, {late} late, {dropped} over 50 ms"
        return f"{told}, {self.busy:.0%} of a core"


def draw_frames(draw: Callable[[int], None], count: int) -> Frames:
    """Call `draw` with 0, 1, 2…, sixty times a second; it draws the picture before it returns."""
    seconds = []
    used, began = time.process_time(), time.perf_counter()
    for number in range(count):
        due = began + number / RATE
        while (left := due - time.perf_counter()) > 0:
            time.sleep(left)
        start = time.perf_counter()
        draw(number)
        seconds.append(time.perf_counter() - start)
    passed = time.perf_counter() - began
    return Frames(tuple(seconds), (time.process_time() - used) / passed)


@contextmanager
def one_core() -> Iterator[None]:
    """Keep this process on the first of its cores."""
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(before)})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)
