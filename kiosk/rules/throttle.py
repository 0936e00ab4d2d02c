"""Limits on tries of a secret: a growing delay per subject, never a lock for ever."""

from dataclasses import dataclass
from datetime import datetime, timedelta

FREE_TRIES = 3
FIRST_DELAY_SECONDS = 30
LONGEST_DELAY_SECONDS = 900
FORGET_AFTER_SECONDS = 3600
"""A subject left alone for this long starts afresh."""


@dataclass(frozen=True, slots=True)
class Tries:
    """The failures in a row of one subject (a station, a card) and the instant of the last."""

    failures: int = 0
    last_at: datetime | None = None


def after_failure(tries: Tries, now: datetime) -> Tries:
    """Return the tries of a subject that has just failed once more."""
    return Tries(_standing(tries, now) + 1, now)


def wait_seconds(tries: Tries, now: datetime) -> int:
    """Return how many seconds the subject must still wait; 0 means that it may try now."""
    failures = _standing(tries, now)
    if failures < FREE_TRIES or tries.last_at is None:
        return 0
    delay = min(FIRST_DELAY_SECONDS << min(failures - FREE_TRIES, 16), LONGEST_DELAY_SECONDS)
    until = tries.last_at + timedelta(seconds=delay)
    return max(0, -int((now - until).total_seconds() // 1))


def tries_left(tries: Tries, now: datetime) -> int:
    """Return the tries left before the next delay; after the first delay each try may bring one."""
    return max(1, FREE_TRIES - _standing(tries, now))


def _standing(tries: Tries, now: datetime) -> int:
    if tries.last_at is None or now - tries.last_at > timedelta(seconds=FORGET_AFTER_SECONDS):
        return 0
    return tries.failures
