"""Failed tries of secrets and cards, counted under the locks of those who try."""

from collections.abc import Collection
from datetime import datetime

from admin_console.hub.service.port import Work
from kiosk.rules.throttle import CARD_TRIES, Tries, TriesRule, after_failure, wait_seconds


def wait_of(
    work: Work, subjects: Collection[str], now: datetime, rule: TriesRule = CARD_TRIES
) -> int:
    """Return how many seconds the slowest of some subjects must still wait."""
    return max(wait_seconds(tries, now, rule) for tries in work.tries.get(subjects).values())


def count_failure(work: Work, subjects: Collection[str], now: datetime) -> tuple[Tries, ...]:
    """Count one more failure of each subject; returns their tries."""
    failed = {
        subject: after_failure(tries, now) for subject, tries in work.tries.get(subjects).items()
    }
    for subject, tries in failed.items():
        work.tries.save(subject, tries)
    return tuple(failed.values())


def start_afresh(work: Work, subjects: Collection[str]) -> None:
    """Forget the failures of subjects that succeeded."""
    if any(tries != Tries() for tries in work.tries.get(subjects).values()):
        work.tries.clear(subjects)
