"""Keeping a session whole while it runs: its own programs back when the visitor ends them.

A session without its display has lost every program that drew on it: it ends as a fault, and what
was left of the slot stays the visitor's.
"""

import logging
from typing import Protocol

from kiosk.gate.clock import Clock
from kiosk.gate.service import Gate

LOOK_SECONDS = 0.5

_log = logging.getLogger(__name__)


class Mender(Protocol):
    """A backend whose sessions have programs of ours in them."""

    def mend(self, slot_id: str) -> bool:
        """Start again what has ended; return whether the session has its display still."""
        ...


class Keeper:
    """A part of the loop."""

    def __init__(self, clock: Clock, gate: Gate, mender: Mender) -> None:
        self._clock = clock
        self._gate = gate
        self._mender = mender
        self._due = 0.0

    def next_deadline(self) -> float | None:
        """Return when to look again; None while no slot runs."""
        return None if self._gate.running_slot is None else self._due

    def tick(self) -> None:
        """Look at the session that runs."""
        slot_id, now = self._gate.running_slot, self._clock.boot_seconds()
        if slot_id is None or now < self._due:
            return
        self._due = now + LOOK_SECONDS
        if not self._mender.mend(slot_id):
            _log.warning("a session has lost its display")
            self._gate.fail(slot_id)
