"""What the model house remembers: slots, facts, and why each slot ended."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from kiosk.rules.hours import Interval, OpeningHours
from kiosk.rules.slot import Boundary, Ground, SlotRule

START = datetime(2026, 10, 14, 8, 0, tzinfo=UTC)
"""Ten o'clock in Paris, when the room opens."""

DAY = date(2026, 10, 14)
HOURS = OpeningHours("Europe/Paris", ((Interval(10 * 60, 16 * 60),),) * 7)
RULE = SlotRule(slot_seconds=1800, max_renewals=4, daily_seconds=3 * 3600)


@dataclass(slots=True)
class Slot:
    """A slot as one side knows it. Boot seconds and the hub's seconds are the same in the model.

    `known` is what its grant or last renewal had to respect, with the decider's own wall time at
    the end of slot and grace.
    """

    slot_id: str
    seat: int
    person: str
    opened: float
    total: int
    alone: bool = False
    renewals: int = 0
    mercy: bool = False
    declined: bool = False
    grace_since: float | None = None
    ground: Ground | None = None
    cut_by: Boundary | None = None
    kept_until: float | None = None

    @property
    def deadline(self) -> float:
        return self.opened + self.total

    def used(self, now: float) -> int:
        return int(min(max(now - self.opened, 0), self.total))


@dataclass(frozen=True, slots=True)
class Opened:
    slot_id: str
    person: str
    opened: float
    total: int
    alone: bool


@dataclass(frozen=True, slots=True)
class Changed:
    slot_id: str
    opened: float
    total: int
    renewals: int
    mercy: bool
    declined: bool
    kept_until: float | None


@dataclass(frozen=True, slots=True)
class Ended:
    slot_id: str
    used: int
    ground: Ground | None
    asked: bool


Fact = Opened | Changed | Ended


@dataclass(frozen=True, slots=True)
class End:
    """One end of a slot: `asked` by the visitor, else on `ground`; `early` before its time."""

    slot_id: str
    ground: Ground | None
    asked: bool
    early: bool
