"""The lines that a benchmark prints: what, measured, to reach, reference."""

import math
import os
import platform
from collections.abc import Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Self

import psutil

WIDTHS = (54, 42, 26)


class Table:
    """Prints one line for each figure, and a head before the first."""

    def __init__(self) -> None:
        self._begun = False

    def add(self, what: str, measured: str, reach: str = "", reference: str = "") -> None:
        """Print a line."""
        if not self._begun:
            self._begun = True
            load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
            print(f"\n\n{os.cpu_count()} cores, {platform.python_implementation()} ", end="")
            print(f"{platform.python_version()}, load before: {load} (1, 5, 15 minutes)", end="")
            print(f"\n\n{_line('what', 'measured', 'to reach', 'reference')}")
            print(_line(*("-" * width for width in WIDTHS), "-" * 24))
        print(_line(what, measured, reach, reference), flush=True)


def _line(*cells: str) -> str:
    padded = [f"{cell:<{width}}" for cell, width in zip(cells, WIDTHS, strict=False)]
    return " | ".join([*padded, *cells[len(WIDTHS) :]]).rstrip(" |")


def quantile(values: Sequence[float], part: float) -> float:
    """Return the value below which that part of the values lies (nearest rank)."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(part * len(ordered)) - 1)]


def milliseconds(seconds: Sequence[float]) -> str:
    """Return the middle and the worst hundredth of some durations, for reading."""
    return (
        f"p50 {quantile(seconds, 0.5) * 1000:.1f} ms, p99 {quantile(seconds, 0.99) * 1000:.1f} ms"
    )


def times(measured: float, budget: float) -> str:
    """Return a measured value as a part of its budget."""
    return f"{measured / budget:.2f} of budget"


@dataclass(slots=True)
class Effort:
    """The processor time that a process and its children used inside a `with` block, in seconds.

    Attributes:
        used: known when the block is left.
    """

    process: psutil.Process
    used: float = 0.0

    def __enter__(self) -> Self:
        self.used = -_seconds(self.process)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.used += _seconds(self.process)


def _seconds(process: psutil.Process) -> float:
    return sum(
        one.cpu_times().user + one.cpu_times().system
        for one in (process, *process.children(recursive=True))
    )
