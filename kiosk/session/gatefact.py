"""What the gate tells: numbered facts about the slot, in the shell's own words.

`kiosk.gatelink` makes them from whatever the gate speaks (calls in windowed mode, a socket later).
Every fact has a number `n`, growing without a gap; `boot` is in seconds since the machine started.
"""

from dataclasses import dataclass

from kiosk.wire.event import EndReason
from kiosk.wire.keyface import KeysFace


@dataclass(frozen=True, slots=True)
class GateSlotOpened:
    """The slot runs since `boot`."""

    n: int
    slot_id: str
    total_seconds: int
    grace_seconds: int
    boot: float


@dataclass(frozen=True, slots=True)
class GateSlotExtended:
    """The slot has a new total, counted from its opening."""

    n: int
    slot_id: str
    total_seconds: int


@dataclass(frozen=True, slots=True)
class GateSlotShortened:
    """The slot has a smaller total now, counted from its opening."""

    n: int
    slot_id: str
    total_seconds: int


@dataclass(frozen=True, slots=True)
class GateGraceStarted:
    """The slot is over since `boot`; its grace runs."""

    n: int
    slot_id: str
    grace_seconds: int
    boot: float


@dataclass(frozen=True, slots=True)
class GateSlotEnded:
    """The session is closed, and being wiped. A slot cut by a power cut ends so, too."""

    n: int
    slot_id: str
    reason: EndReason
    used_seconds: int
    remaining_seconds: int


@dataclass(frozen=True, slots=True)
class GateWiped:
    """Nothing that a visitor started is left; the audit has passed. None: nobody knows whose."""

    n: int
    slot_id: str | None
    processes_ended: int


@dataclass(frozen=True, slots=True)
class GateQuarantined:
    """Something is left of this slot, or of one that nobody knows: the station takes nobody."""

    n: int
    slot_id: str | None
    reason: str


@dataclass(frozen=True, slots=True)
class GateKeysFound:
    """How the USB keys stand that are plugged in during the slot."""

    n: int
    slot_id: str
    keys: KeysFace


@dataclass(frozen=True, slots=True)
class GateKeysLeft:
    """How many forgotten keys stand in the computer, and how many of them are being written."""

    n: int
    slot_id: str
    count: int
    writing: int


@dataclass(frozen=True, slots=True)
class GateNoted:
    """A fact that changes nothing for the shell (a re-adopted slot, a pause)."""

    n: int


GateFact = (
    GateSlotOpened
    | GateSlotExtended
    | GateSlotShortened
    | GateGraceStarted
    | GateSlotEnded
    | GateWiped
    | GateQuarantined
    | GateKeysFound
    | GateKeysLeft
    | GateNoted
)
