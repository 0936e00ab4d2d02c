"""When a visitor is told that time runs out: at 10 and 5 minutes, then at 2."""

from enum import StrEnum


class Stage(StrEnum):
    """How near the end of a slot is, from the visitor's point of view."""

    NONE = "none"
    TEN = "ten"
    FIVE = "five"
    TWO = "two"


STAGES = ((120, Stage.TWO), (300, Stage.FIVE), (600, Stage.TEN))
"""Seconds left from which each stage holds, shortest first."""


def stage_at(remaining_seconds: float) -> Stage:
    """Return the stage for that many seconds left."""
    for seconds, stage in STAGES:
        if remaining_seconds <= seconds:
            return stage
    return Stage.NONE


def next_stage_in(remaining_seconds: float) -> float | None:
    """Return the seconds until the next stage begins, or None in the last one."""
    later = [remaining_seconds - seconds for seconds, _ in STAGES if remaining_seconds > seconds]
    return min(later, default=None)
