"""Time as the gate counts it: boot seconds for durations, wall time for stamps only.

Boot seconds go on through a suspend and know nothing of a changed wall clock, so nothing that
anybody does to the clock gives or takes a second of a slot.
"""

import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

BOOT_ID_FILE = Path("/proc/sys/kernel/random/boot_id")


class Clock(Protocol):
    """Where time comes in."""

    def boot_seconds(self) -> float:
        """Return the seconds since this boot, suspend included."""
        ...

    def wall(self) -> datetime:
        """Return the wall time, aware, in UTC."""
        ...

    def boot_id(self) -> str:
        """Return the name of this boot; boot seconds of two boots cannot be compared."""
        ...


class SystemClock:
    """The clock of this machine.

    Raises:
        OSError: the kernel does not name its boot.
    """

    def __init__(self) -> None:
        self._boot_id = BOOT_ID_FILE.read_text("ascii").strip()

    def boot_seconds(self) -> float:
        """Return the seconds since this boot, suspend included."""
        return time.clock_gettime(time.CLOCK_BOOTTIME)

    def wall(self) -> datetime:
        """Return the wall time, aware, in UTC."""
        return datetime.now(UTC)

    def boot_id(self) -> str:
        """Return the kernel's name of this boot."""
        return self._boot_id


@dataclass(frozen=True, slots=True)
class Instant:
    """One moment, by every clock that the gate reads."""

    boot_id: str
    boot_seconds: float
    wall: datetime


def read_instant(clock: Clock) -> Instant:
    """Return the present moment."""
    return Instant(clock.boot_id(), clock.boot_seconds(), clock.wall())


def seconds_between(earlier: Instant, later: Instant) -> float:
    """Return the boot seconds from one moment to a later one of the same boot, never below 0."""
    return max(later.boot_seconds - earlier.boot_seconds, 0.0)


def wall_step(earlier: Instant, later: Instant) -> float:
    """Return by how many seconds the wall clock was set forward (or back, if negative) between."""
    told = (later.wall - earlier.wall).total_seconds()
    return told - (later.boot_seconds - earlier.boot_seconds)
