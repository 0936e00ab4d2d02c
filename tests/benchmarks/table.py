"""The lines that a benchmark prints: what, measured, to reach, reference."""

import math
import os
import platform
from collections.abc import Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Self

import psutil

WIDTHS = (60, 54, 24)


class Table:
    """Collects one line for each figure; `print_out` prints them under a head."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._load = os.getloadavg()

    def add(self, what: str, measured: str, reach: str = "", reference: str = "") -> None:
        """Add a line."""
        self._lines.append(_line(what, measured, reach, reference))

    def print_out(self) -> None:
        """Print everything, with what the machine was busy with beforehand."""
        if not self._lines:
            return
        load = ", ".join(f"{one:.1f}" for one in self._load)
        python = f"{platform.python_implementation()} {platform.python_version()}"
        print(f"\n\n{os.cpu_count()} cores, {python}, load before: {load} (1, 5, 15 minutes)\n")
        print(_line("what", "measured", "to reach", "reference"))
        print(_line(*("-" * width for width in WIDTHS), "-" * 24))
        print("\n".join(self._lines), flush=True)


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
