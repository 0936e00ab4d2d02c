"""Limits on tries of a secret: a growing delay per subject, never a lock for ever."""

from dataclasses import dataclass
from datetime import datetime, timedelta

FREE_TRIES = 3
FIRST_DELAY_SECONDS = 30
LONGEST_DELAY_SECONDS = 900
FORGET_AFTER_SECONDS = 3600
"""A subject left alone for this long starts afresh."""


@dataclass(frozen=True, slots=True)
class TriesRule:
    """From which failure on a subject waits, and how long: doubled each time, up to the longest."""

    free_tries: int = FREE_TRIES
    first_delay_seconds: int = FIRST_DELAY_SECONDS
    longest_delay_seconds: int = LONGEST_DELAY_SECONDS


CARD_TRIES = TriesRule()
"""The rule for a card's code and for a station."""


@dataclass(frozen=True, slots=True)
class Tries:
    """The failures in a row of one subject (a station, a card) and the instant of the last."""

    failures: int = 0
    last_at: datetime | None = None


def after_failure(tries: Tries, now: datetime) -> Tries:
    """Return the tries of a subject that has just failed once more."""
    return Tries(_standing(tries, now) + 1, now)


def wait_seconds(tries: Tries, now: datetime, rule: TriesRule = CARD_TRIES) -> int:
    """Return how many seconds the subject must still wait; 0 means that it may try now."""
    failures = _standing(tries, now)
    if failures < rule.free_tries or tries.last_at is None:
        return 0
    doubled = rule.first_delay_seconds << min(failures - rule.free_tries, 16)
    delay = min(doubled, rule.longest_delay_seconds)
    until = tries.last_at + timedelta(seconds=delay)
    # A clock set back since the last failure makes nobody wait longer than the delay.
    return min(max(0, -int((now - until).total_seconds() // 1)), delay)


def tries_left(tries: Tries, now: datetime, rule: TriesRule = CARD_TRIES) -> int:
    """Return the tries left before the next delay; after the first delay each try may bring one."""
    return max(1, rule.free_tries - _standing(tries, now))


def _standing(tries: Tries, now: datetime) -> int:
    if tries.last_at is None or now - tries.last_at > timedelta(seconds=FORGET_AFTER_SECONDS):
        return 0
    return tries.failures
