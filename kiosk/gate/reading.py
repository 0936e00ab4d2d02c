"""The text of the journal: its lines, and what can still be read of one that was hurt.

A line is eight hexadecimal digits of CRC-32, a space, one JSON object, a line feed. The first is
the head (`journal`, `dropped`); then come the facts of one step (`facts`, all or none of them)
and, while a slot runs, signs of life (`alive`).
"""

import json
import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from kiosk.gate.clock import Instant
from kiosk.gate.fact import (
    Fact,
    FactInvalid,
    JournalDamaged,
    dump_fact,
    dump_instant,
    load_fact,
    load_instant,
)

SHORTEST_FACT = 64
"""No fact takes fewer bytes: so many bytes of rubbish held at most so many facts."""

_TORN_LINE = re.compile(rb"[0-9a-f]{0,8}(?: (?:\{[ -~]*)?)?\0*")
"""The beginning of a line, behind which a file system may show zeros that nobody wrote."""

_LINE = re.compile(rb"([0-9a-f]{8}) (\{.*\})")


def make_head(journal_id: str, dropped: int) -> bytes:
    """Return the first line of a journal whose facts begin after number `dropped`."""
    return _make_line({"journal": journal_id, "dropped": dropped})


def make_step(facts: Sequence[Fact]) -> bytes:
    """Return the line of the facts of one step."""
    return _make_line({"facts": [dump_fact(fact) for fact in facts]})


def make_sign_of_life(slot_id: str, used_seconds: float, at: Instant) -> bytes:
    """Return the line that says how far a slot had come at this moment."""
    value = {"alive": slot_id, "used": round(used_seconds, 3), "at": dump_instant(at)}
    return _make_line(value)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a journal says.

    Attributes:
        journal_id: its name, None when its head cannot be read.
        dropped: the number before its first fact.
        facts: its facts up to the first line that cannot be read.
        last_alive: the moment of the last readable line, None where no line has one.
        good_bytes: the length of the readable part.
        torn: a last line was cut by a crash; nothing in it was ever told.
        damaged: lines that may have been told cannot be read.
        floor: no fact of the unreadable part can have had a larger number.
    """

    journal_id: str | None
    dropped: int
    facts: tuple[Fact, ...]
    last_alive: Instant | None
    good_bytes: int
    torn: bool
    damaged: bool
    floor: int


def read_journal(data: bytes) -> Reading:
    """Return what a journal says, up to its first line that cannot be read."""
    reader = _Reader()
    good_bytes = 0
    while (end := data.find(b"\n", good_bytes)) >= 0 and reader.take(data[good_bytes:end]):
        good_bytes = end + 1
    rest = data[good_bytes:]
    damaged = reader.journal_id is None or not _is_torn(rest)
    highest = max([reader.number, *_numbers_in(rest)])
    return Reading(
        journal_id=reader.journal_id,
        dropped=reader.dropped,
        facts=tuple(reader.facts),
        last_alive=reader.last_alive,
        good_bytes=good_bytes,
        torn=bool(rest) and not damaged,
        damaged=damaged,
        floor=highest + len(rest) // SHORTEST_FACT,
    )


class _Reader:
    """Takes one line after the other, and refuses the first that does not follow."""

    def __init__(self) -> None:
        self.journal_id: str | None = None
        self.dropped = 0
        self.number = 0
        self.facts: list[Fact] = []
        self.last_alive: Instant | None = None

    def take(self, line: bytes) -> bool:
        value = _parse_line(line)
        try:
            match value:
                case {"journal": str(journal_id), "dropped": int(dropped)}:
                    return self._take_head(journal_id, dropped)
                case {"facts": [*raw]} if self.journal_id is not None:
                    return self._take_step([load_fact(one) for one in raw])
                case {"alive": str(), "at": at} if self.journal_id is not None:
                    self.last_alive = load_instant(at)
                    return True
                case _:
                    return False
        except FactInvalid:
            return False

    def _take_head(self, journal_id: str, dropped: int) -> bool:
        if self.journal_id is not None or dropped < 0:
            return False
        self.journal_id, self.dropped, self.number = journal_id, dropped, dropped
        return True

    def _take_step(self, facts: list[Fact]) -> bool:
        number = self.number
        for fact in facts:
            follows = fact.number == number + 1
            if not follows and not (isinstance(fact.body, JournalDamaged) and fact.number > number):
                return False
            number = fact.number
        if facts:
            self.last_alive = facts[-1].at
        self.facts += facts
        self.number = number
        return True


def _make_line(value: dict[str, Any]) -> bytes:
    text = json.dumps(value, separators=(",", ":"), allow_nan=False).encode("ascii")
    return b"%08x %b\n" % (zlib.crc32(text), text)


def _parse_line(line: bytes) -> dict[str, Any] | None:
    found = _LINE.fullmatch(line)
    if found is None or int(found[1], 16) != zlib.crc32(found[2]):
        return None
    try:
        value = json.loads(found[2])
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def _is_torn(rest: bytes) -> bool:
    """Tell whether a crash can have left this behind the last whole line.

    A whole line with something else than its line feed has been told, and was hurt afterwards.
    """
    return _TORN_LINE.fullmatch(rest) is not None and _parse_line(rest[:-1]) is None


def _numbers_in(rest: bytes) -> list[int]:
    """Return the numbers of the facts in those lines of an unreadable part that are still whole."""
    numbers = []
    for line in rest.split(b"\n"):
        match _parse_line(line):
            case {"facts": [*raw]}:
                numbers += [one["fact"] for one in raw if _has_number(one)]
    return numbers


def _has_number(raw: object) -> bool:
    return isinstance(raw, dict) and type(raw.get("fact")) is int
