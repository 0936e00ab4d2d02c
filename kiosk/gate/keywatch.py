"""Watching which USB keys come and go: whose they are, and which were left behind.

What is plugged in is looked at while a slot runs, and afterwards for as long as a forgotten key
stands there. Since when each key is there, and since when the slot runs, is noted below /run: a
gate that comes back in the same boot knows it still. Nothing of what a key is or holds is noted.
"""

import json
import logging
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Protocol

from kiosk.gate.clock import Clock
from kiosk.gate.disk import Disk
from kiosk.gate.fact import KeysFound, KeysLeft
from kiosk.gate.keyring import KeyState
from kiosk.gate.service import Gate
from kiosk.rules.usbkey import UsbKey, forgotten, opens

LOOK_SECONDS = 0.5

_log = logging.getLogger(__name__)


class Ring(Protocol):
    """The keys of a session."""

    @property
    def ports(self) -> frozenset[str]:
        """The keys that the session has."""
        ...

    @property
    def writing(self) -> int:
        """How many keys of any session are still held, and written."""
        ...

    def count(self) -> Counter[KeyState]:
        """Return how many keys stand how."""
        ...

    def open(self, disk: Disk, namespace: Path) -> None:
        """Begin to open a key in a session."""
        ...

    def forget(self, port: str) -> None:
        """Take note that a key was pulled out."""
        ...

    def release(self) -> None:
        """The session is over."""
        ...

    def listen(self) -> None:
        """Take in how the keys stand now."""
        ...


@dataclass(frozen=True, slots=True)
class Memory:
    """What the next gate of this boot must know.

    Attributes:
        slot_id: the slot that was seen running last, None after its end.
        opened: the boot second at which it was first seen.
        keys: since when each key that is plugged in is there.
        left: which of them were left behind, and by the visitor of which slot the last.
    """

    slot_id: str | None = None
    opened: float = 0.0
    keys: dict[str, float] = field(default_factory=dict)
    left: tuple[str, ...] = ()
    left_by: str = ""

    def known(self) -> tuple[UsbKey, ...]:
        """Return the keys that are plugged in."""
        return tuple(UsbKey(port, since) for port, since in self.keys.items())


class KeyWatch:
    """A part of the loop.

    Args:
        clock: the gate's clock.
        gate: who knows which slot runs, and tells facts.
        view_of: returns the view of the machine that a slot's session has, None without one.
        ring: the keys of the session.
        find: returns the keys that are plugged in.
        memory: the file of what the next gate must know.
    """

    def __init__(
        self,
        clock: Clock,
        gate: Gate,
        view_of: Callable[[str], Path | None],
        ring: Ring,
        find: Callable[[], tuple[Disk, ...]],
        memory: Path,
    ) -> None:
        self._clock = clock
        self._gate = gate
        self._view_of = view_of
        self._ring = ring
        self._find = find
        self._path = memory
        self._memory: Memory | None = None
        self._told: dict[type[KeysFound | KeysLeft], KeysFound | KeysLeft] = {}
        self._due = 0.0

    def next_deadline(self) -> float | None:
        """Return when to look again; None while nothing is to be seen."""
        memory = self._memory
        watches = memory is None or memory.slot_id is not None or bool(memory.left)
        return self._due if watches else None

    def tick(self) -> None:
        """Notice the begin and the end of a slot, and look at what is plugged in."""
        self._ring.listen()
        now, slot_id = self._clock.boot_seconds(), self._gate.running_slot
        if self._memory is None:
            self._memory = self._wake()
        before = self._memory
        moved = slot_id != before.slot_id
        if not moved and (self.next_deadline() is None or now < self._due):
            return
        self._due = now + LOOK_SECONDS
        disks = {disk.port: disk for disk in self._find()}
        if moved:
            before = self._turn_to(before, slot_id, now, disks)
        memory = replace(
            before,
            keys={port: before.keys.get(port, now) for port in disks},
            left=tuple(port for port in before.left if port in disks),
        )
        self._tend(memory, disks)
        if memory.left_by:
            count = len(memory.left)
            self._tell(KeysLeft(memory.left_by, count, min(self._ring.writing, count)))
        self._keep(memory)

    def _turn_to(
        self, before: Memory, slot_id: str | None, now: float, disks: dict[str, Disk]
    ) -> Memory:
        """Go over from one slot to none, or from none to one that begins now."""
        if before.slot_id is not None:
            self._ring.release()
            there = [key for key in before.known() if key.port in disks]
            left = {key.port for key in forgotten(there, before.opened)}
            if left:
                ports = tuple(sorted({*before.left, *left}))
                before = replace(before, left=ports, left_by=before.slot_id)
        return replace(before, slot_id=slot_id, opened=now)

    def _tend(self, memory: Memory, disks: dict[str, Disk]) -> None:
        """Open the visitor's keys, forget those that were pulled out, and tell how all stand."""
        if memory.slot_id is None:
            return
        for port in self._ring.ports - disks.keys():
            self._ring.forget(port)
        theirs = [key for key in memory.known() if opens(key, memory.opened)]
        view = self._view_of(memory.slot_id)
        for key in theirs:
            if key.port not in self._ring.ports and view is not None:
                self._ring.open(disks[key.port], view)
        count = self._ring.count()
        self._tell(
            KeysFound(
                memory.slot_id,
                ready=count[KeyState.READY],
                busy=count[KeyState.BUSY],
                leaving=count[KeyState.LEAVING],
                out=count[KeyState.OUT],
                unreadable=count[KeyState.UNREADABLE],
                earlier=len(memory.keys) - len(theirs),
            )
        )

    def _tell(self, body: KeysFound | KeysLeft) -> None:
        """Tell what is another than was told last of the slot; without a word, no key is there."""
        before = self._told.get(type(body))
        if before is None or before.slot_id != body.slot_id:
            before = type(body)(body.slot_id)
        self._told[type(body)] = body
        if body != before:
            self._gate.note(body)

    def _wake(self) -> Memory:
        """Find again what an earlier gate knew; of an earlier boot the facts alone are left."""
        for fact in self._gate.kept_facts:
            if isinstance(fact.body, KeysFound | KeysLeft):
                self._told[type(fact.body)] = fact.body
        memory = _read(self._path, self._clock.boot_id())
        if memory is not None:
            return memory
        match self._told.get(KeysLeft):
            case KeysLeft(slot_id, count) if count:
                ports = tuple(disk.port for disk in self._find())[:count]
                self._tell(KeysLeft(slot_id, len(ports)))
                return Memory(left=ports, left_by=slot_id)
        return Memory()

    def _keep(self, memory: Memory) -> None:
        if memory == self._memory:
            return
        self._memory = memory
        value = {
            "boot": self._clock.boot_id(),
            "slot": memory.slot_id,
            "opened": memory.opened,
            "keys": memory.keys,
            "left": memory.left,
            "left_by": memory.left_by,
        }
        try:
            fresh = self._path.with_suffix(".new")
            fresh.write_text(json.dumps(value), "ascii")
            fresh.replace(self._path)
        except OSError as error:
            _log.warning("the keys are not noted: errno %s", error.errno)


def _read(path: Path, boot_id: str) -> Memory | None:
    """Return what stands there of this boot, or None where nothing does or nobody can read it."""
    try:
        match json.loads(path.read_text("ascii")):
            case {
                "boot": str(boot),
                "slot": str() | None as slot_id,
                "opened": float(opened),
                "keys": dict(keys),
                "left": list(left),
                "left_by": str(left_by),
            } if boot == boot_id:
                since = {str(port): float(seconds) for port, seconds in keys.items()}
                return Memory(slot_id, opened, since, tuple(map(str, left)), left_by)
            case _:
                return None
    except FileNotFoundError:
        return None
    except (OSError, ValueError, TypeError) as error:
        _log.warning("the note of the keys cannot be read: %s", type(error).__name__)
        return None
