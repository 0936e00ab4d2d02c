"""What a check says: how it stands, what is wrong, and how to mend it."""

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """How the machine stands in one thing."""

    GOOD = "good"
    DOUBTFUL = "doubtful"
    """It cannot be told from here, or it is worse than it could be and still safe."""
    WRONG = "wrong"
    """A visitor could pass the lock, stay, or see what another one left; or the product fails."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the report. `mend` is empty when nothing is to be done."""

    subject: str
    verdict: Verdict
    said: str
    mend: str = ""


def good(subject: str, said: str) -> Finding:
    """Return a finding that asks for nothing."""
    return Finding(subject, Verdict.GOOD, said)


def doubtful(subject: str, said: str, mend: str) -> Finding:
    """Return a finding that somebody should look at."""
    return Finding(subject, Verdict.DOUBTFUL, said, mend)


def wrong(subject: str, said: str, mend: str) -> Finding:
    """Return a finding that must be mended before the room opens."""
    return Finding(subject, Verdict.WRONG, said, mend)
