"""The limits of a room as somebody writes them: every fault of a draft at once.

The editor shows each fault beside its field, and the hub keeps nothing that has one. The bounds say
what makes sense in a public room: minutes for people to save and to walk, never a slot of a day.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

MINUTE, HOUR = 60, 3600


class RuleField(StrEnum):
    """One limit of a room; the durations in seconds. What opens a slot there has no wrong value."""

    SLOT = "slot_seconds"
    GRACE = "grace_seconds"
    CLOSING_MARGIN = "closing_margin_seconds"
    SHORTEST_SLOT = "shortest_slot_seconds"
    RENEWALS = "max_renewals"
    DAILY = "daily_seconds"
    MERCY = "mercy_seconds"
    HOLD = "hold_seconds"
    AWAY = "away_seconds"
    IDLE = "idle_seconds"
    RESUME = "resume_seconds"
    LETTER = "letter"
    CODED_TICKETS = "coded_tickets"
    SIGN_IN = "sign_in"


class RuleFaultKind(StrEnum):
    """What is wrong with a limit. The last three are known to the hub alone."""

    TOO_LITTLE = "too_little"
    TOO_MUCH = "too_much"
    ABOVE_SLOT = "above_slot"
    BELOW_SHORTEST = "below_shortest"
    NO_LETTER = "no_letter"
    LETTER_TAKEN = "letter_taken"
    LETTER_WAITED_FOR = "letter_waited_for"
    MONEY_MOVES = "money_moves"


BOUNDS: Mapping[RuleField, tuple[int, int]] = MappingProxyType(
    {
        RuleField.SLOT: (5 * MINUTE, 8 * HOUR),
        RuleField.GRACE: (30, 15 * MINUTE),
        RuleField.CLOSING_MARGIN: (0, HOUR),
        RuleField.SHORTEST_SLOT: (MINUTE, HOUR),
        RuleField.RENEWALS: (0, 24),
        RuleField.DAILY: (5 * MINUTE, 24 * HOUR),
        RuleField.MERCY: (MINUTE, 30 * MINUTE),
        RuleField.HOLD: (MINUTE, HOUR),
        RuleField.AWAY: (MINUTE, HOUR),
        RuleField.IDLE: (3 * MINUTE, 2 * HOUR),
        RuleField.RESUME: (0, HOUR),
        RuleField.CODED_TICKETS: (0, 20),
    }
)
"""The least and the most that each limit may be. A resume of nothing gives no time back."""

_LETTER = re.compile(r"[A-Z]")


@dataclass(frozen=True, slots=True)
class RuleFault:
    """One fault, and the limit it belongs to."""

    kind: RuleFaultKind
    field: RuleField


@dataclass(frozen=True, slots=True)
class Limits:
    """What staff may write of a room's rule, durations in seconds; None means without limit.

    `letter` begins the tickets of the room; so many `coded_tickets` live at once that a board gave
    without a card.
    """

    slot_seconds: int = HOUR
    grace_seconds: int = 2 * MINUTE
    closing_margin_seconds: int = 10 * MINUTE
    shortest_slot_seconds: int = 5 * MINUTE
    max_renewals: int | None = None
    daily_seconds: int | None = None
    mercy_seconds: int = 5 * MINUTE
    hold_seconds: int = 10 * MINUTE
    away_seconds: int = 10 * MINUTE
    idle_seconds: int = 15 * MINUTE
    resume_seconds: int = 10 * MINUTE
    letter: str = "A"
    coded_tickets: int = 3


def faults_of(limits: Limits) -> tuple[RuleFault, ...]:
    """Return everything that is wrong with the limits; nothing means that they can be kept."""
    return tuple(_faults(limits))


def _faults(limits: Limits) -> Iterator[RuleFault]:
    wrong = False
    for field, (least, most) in BOUNDS.items():
        value: int | None = getattr(limits, field)
        if value is None:
            continue
        if value < least:
            yield RuleFault(RuleFaultKind.TOO_LITTLE, field)
            wrong = True
        elif value > most:
            yield RuleFault(RuleFaultKind.TOO_MUCH, field)
            wrong = True
    if _LETTER.fullmatch(limits.letter) is None:
        yield RuleFault(RuleFaultKind.NO_LETTER, RuleField.LETTER)
    if wrong:
        # What is out of bounds is told as that alone: compared with others it says nothing.
        return
    if limits.shortest_slot_seconds > limits.slot_seconds:
        yield RuleFault(RuleFaultKind.ABOVE_SLOT, RuleField.SHORTEST_SLOT)
    if limits.daily_seconds is not None and limits.daily_seconds < limits.shortest_slot_seconds:
        yield RuleFault(RuleFaultKind.BELOW_SHORTEST, RuleField.DAILY)
