"""Where a station stands: the phases of a slot, and how a fact leads from one to the next."""

from dataclasses import dataclass, replace

from kiosk.gate.clock import Instant
from kiosk.gate.fact import (
    AwaySet,
    EndReason,
    Fact,
    GraceStarted,
    Quarantined,
    ResidueReason,
    SlotEnded,
    SlotExtended,
    SlotOpened,
    SlotShortened,
    Wiped,
    WipeStarted,
)


@dataclass(frozen=True, slots=True)
class Slot:
    """The slot that runs. `fact` is the number of the newest fact that shaped it."""

    slot_id: str
    total_seconds: int
    grace_seconds: int
    opened: Instant
    fact: int
    away: bool = False

    @property
    def deadline(self) -> float:
        """The boot second at which its time is over."""
        return self.opened.boot_seconds + self.total_seconds

    def used(self, boot_seconds: float) -> float:
        """Return the seconds used up to this boot second of the same boot."""
        return min(max(boot_seconds - self.opened.boot_seconds, 0.0), float(self.total_seconds))


@dataclass(frozen=True, slots=True)
class Idle:
    """Nobody sits here; nothing of the last visitor is left."""


@dataclass(frozen=True, slots=True)
class Open:
    """A slot runs."""

    slot: Slot


@dataclass(frozen=True, slots=True)
class Grace:
    """The slot is over; since the boot second `began` the visitor saves their work."""

    slot: Slot
    began: float
    cause: EndReason

    @property
    def deadline(self) -> float:
        """The boot second at which the session closes."""
        return self.began + self.slot.grace_seconds


@dataclass(frozen=True, slots=True)
class Wiping:
    """What the visitor started is being ended and removed, since the boot second `since`."""

    slot_id: str | None
    since: float


@dataclass(frozen=True, slots=True)
class Quarantine:
    """A wipe left something: the station is in quarantine."""

    slot_id: str | None
    reason: ResidueReason
    boot_id: str


Phase = Idle | Open | Grace | Wiping | Quarantine


def phase_after(phase: Phase, fact: Fact) -> Phase:
    """Return the phase that a fact leads to; one that does not concern it changes nothing."""
    slot = phase.slot if isinstance(phase, Open | Grace) else None
    match fact.body:
        case SlotOpened(slot_id, total, grace):
            return Open(Slot(slot_id, total, grace, fact.at, fact.number))
        case SlotExtended(_, total) if slot is not None:
            return Open(replace(slot, total_seconds=total, fact=fact.number))
        case SlotShortened(_, total) if isinstance(phase, Open):
            return Open(replace(phase.slot, total_seconds=total, fact=fact.number))
        case GraceStarted(_, _, began, cause) if slot is not None:
            return Grace(replace(slot, fact=fact.number), began, cause)
        case AwaySet(_, on) if isinstance(phase, Open | Grace):
            return replace(phase, slot=replace(phase.slot, away=on, fact=fact.number))
        case SlotEnded(slot_id) | WipeStarted(slot_id):
            return Wiping(slot_id, fact.at.boot_seconds)
        case Wiped():
            return Idle()
        case Quarantined(slot_id, reason):
            return Quarantine(slot_id, reason, fact.at.boot_id)
        case _:
            return phase
