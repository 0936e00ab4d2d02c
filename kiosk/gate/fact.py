"""What the gate tells: numbered facts, and their form on a line of the journal.

Numbers begin at 1 and grow for ever; a number is never given twice. Seconds are boot seconds or
durations. Facts hold counts and ids, never a name, an address or a window's title.
"""

from dataclasses import asdict, dataclass, fields
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any, get_type_hints

from kiosk.gate.clock import Instant


class EndReason(StrEnum):
    """Why a slot ended."""

    FINISHED = "finished"
    TIME = "time"
    STAFF = "staff"
    POWER_LOST = "power_lost"
    FAULT = "fault"
    AWAY = "away"
    IDLE = "idle"


class ResidueReason(StrEnum):
    """What a wipe left behind."""

    PROCESSES = "processes"
    FILES = "files"
    FAULT = "fault"


@dataclass(frozen=True, slots=True)
class Proof:
    """Nothing of the visitor is left: how much was ended and removed."""

    processes: int
    files: int


@dataclass(frozen=True, slots=True)
class Residue:
    """Something of the visitor is still there, and how much of it."""

    reason: ResidueReason
    count: int


@dataclass(frozen=True, slots=True)
class SlotOpened:
    """A slot runs from the fact's own moment."""

    slot_id: str
    total_seconds: int
    grace_seconds: int


@dataclass(frozen=True, slots=True)
class SlotExtended:
    """The slot has this total now, counted from its opening; a grace is over."""

    slot_id: str
    total_seconds: int


@dataclass(frozen=True, slots=True)
class SlotShortened:
    """The slot has this smaller total now, counted from its opening."""

    slot_id: str
    total_seconds: int


@dataclass(frozen=True, slots=True)
class GraceStarted:
    """The visitor has `grace_seconds` from the boot second `began` to save.

    `cause` is what the slot will end of: its time, or staff. It is told again when staff end a
    slot whose grace already runs.
    """

    slot_id: str
    grace_seconds: int
    began: float
    cause: EndReason


@dataclass(frozen=True, slots=True)
class AwaySet:
    """The visitor stepped away, or came back."""

    slot_id: str
    on: bool


@dataclass(frozen=True, slots=True)
class SlotEnded:
    """The session is closed for good; grace counts neither as used nor as remaining."""

    slot_id: str
    reason: EndReason
    used_seconds: float
    remaining_seconds: float


@dataclass(frozen=True, slots=True)
class WipeStarted:
    """A wipe began that no slot's end stands directly before: after a restart, or asked again."""

    slot_id: str | None


@dataclass(frozen=True, slots=True)
class Wiped:
    """The audit found nothing left, `seconds` after the wipe began."""

    slot_id: str | None
    processes: int
    files: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Quarantined:
    """The wipe left something: nobody may sit here."""

    slot_id: str | None
    reason: ResidueReason
    count: int


@dataclass(frozen=True, slots=True)
class Readopted:
    """The gate came back in the same boot; the slot counted on for `downtime_seconds`."""

    slot_id: str
    downtime_seconds: float


@dataclass(frozen=True, slots=True)
class PowerLost:
    """The boot of this slot is over; what was left of it, to within a heartbeat.

    `last_alive` is the wall time of the last line of that boot. `SlotEnded` follows.
    """

    slot_id: str
    total_seconds: int
    used_seconds: float
    remaining_seconds: float
    last_alive: datetime


@dataclass(frozen=True, slots=True)
class ClockStepped:
    """The wall clock was set by this much during a slot, which did not notice."""

    step_seconds: float


@dataclass(frozen=True, slots=True)
class JournalDamaged:
    """Lines after the fact `kept_number` could not be read and were set aside.

    Its own number leaves room for every fact that they may have held.
    """

    kept_number: int
    set_aside_bytes: int


@dataclass(frozen=True, slots=True)
class KeysFound:
    """How many USB keys are plugged in during a slot, by how they stand now.

    `ready` ones are open, `busy` ones too, for a program would not let go of them; on `leaving`
    ones the last is being written, `out` ones may be pulled out. `unreadable` ones hold nothing
    that is opened here, `earlier` ones were there before the slot began.
    """

    slot_id: str
    ready: int = 0
    busy: int = 0
    leaving: int = 0
    out: int = 0
    unreadable: int = 0
    earlier: int = 0


@dataclass(frozen=True, slots=True)
class KeysLeft:
    """So many keys that visitors have left behind are plugged in still; `slot_id` was the last.

    On so many of them `writing` goes on.
    """

    slot_id: str
    count: int = 0
    writing: int = 0


Body = (
    SlotOpened
    | SlotExtended
    | SlotShortened
    | GraceStarted
    | AwaySet
    | SlotEnded
    | WipeStarted
    | Wiped
    | Quarantined
    | Readopted
    | PowerLost
    | ClockStepped
    | JournalDamaged
    | KeysFound
    | KeysLeft
)


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that happened, its number and its moment."""

    number: int
    at: Instant
    body: Body


class FactInvalid(ValueError):
    """A line has the right sum, but says nothing that this version understands."""


_KINDS: MappingProxyType[str, type[Body]] = MappingProxyType(
    {
        "slot_opened": SlotOpened,
        "slot_extended": SlotExtended,
        "slot_shortened": SlotShortened,
        "grace_started": GraceStarted,
        "away_set": AwaySet,
        "slot_ended": SlotEnded,
        "wipe_started": WipeStarted,
        "wiped": Wiped,
        "quarantined": Quarantined,
        "readopted": Readopted,
        "power_lost": PowerLost,
        "clock_stepped": ClockStepped,
        "journal_damaged": JournalDamaged,
        "keys_found": KeysFound,
        "keys_left": KeysLeft,
    }
)
_NAMES: MappingProxyType[type[Body], str] = MappingProxyType({v: k for k, v in _KINDS.items()})


def dump_instant(at: Instant) -> list[Any]:
    """Return the JSON form of a moment."""
    return [at.boot_id, at.boot_seconds, at.wall.isoformat()]


def load_instant(raw: object) -> Instant:
    """Return the moment in a JSON value.

    Raises:
        FactInvalid: it is none.
    """
    match raw:
        case [str(boot_id), float() | int() as boot_seconds, str(wall)]:
            return Instant(boot_id, float(boot_seconds), _read_wall(wall))
        case _:
            raise FactInvalid("a line holds no moment")


def dump_fact(fact: Fact) -> dict[str, Any]:
    """Return the JSON form of a fact."""
    body = {
        name: value.isoformat() if isinstance(value, datetime) else value
        for name, value in asdict(fact.body).items()
    }
    kind = _NAMES[type(fact.body)]
    return {"fact": fact.number, "kind": kind, "at": dump_instant(fact.at), **body}


def load_fact(raw: dict[str, Any]) -> Fact:
    """Return the fact in a JSON object; fields that this version does not know are passed over.

    Raises:
        FactInvalid: it is none.
    """
    number, kind = raw.get("fact"), _KINDS.get(str(raw.get("kind")))
    if type(number) is not int or number < 1 or kind is None:
        raise FactInvalid("a line holds no numbered fact of a known kind")
    hints = get_type_hints(kind)
    values = {
        field.name: _read_value(field.name, hints[field.name], raw.get(field.name))
        for field in fields(kind)
    }
    return Fact(number, load_instant(raw.get("at")), kind(**values))


def _read_value(name: str, hint: Any, value: object) -> Any:
    try:
        if hint is datetime and isinstance(value, str):
            return _read_wall(value)
        if isinstance(hint, type) and issubclass(hint, StrEnum) and isinstance(value, str):
            return hint(value)
    except ValueError as error:
        raise FactInvalid(f"{name} has a value unknown to this version") from error
    if hint is float and type(value) is int:
        return float(value)
    if (isinstance(hint, type) and type(value) is not hint) or not isinstance(value, hint):
        raise FactInvalid(f"{name} is missing or of another type")
    return value


def _read_wall(text: str) -> datetime:
    try:
        wall = datetime.fromisoformat(text)
    except ValueError as error:
        raise FactInvalid("a stamp cannot be read") from error
    if wall.tzinfo is None:
        raise FactInvalid("a stamp names no zone")
    return wall
