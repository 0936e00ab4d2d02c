"""After a wipe that left something: one restart of the machine, which clears its memory.

The audit after the restart decides. If it finds something again the station stays in quarantine,
with its reason, until somebody of the staff tries once more or mends it.
"""

import logging
from collections.abc import Sequence

from kiosk.gate.answer import Refusal
from kiosk.gate.fact import Fact, Quarantined, Wiped
from kiosk.gate.power import Power
from kiosk.gate.protocol import PowerKind
from kiosk.gate.service import Gate

_log = logging.getLogger(__name__)


def asks_for_restart(facts: Sequence[Fact], boot_id: str) -> bool:
    """Tell whether something is left that no restart has been tried against.

    Args:
        facts: those of the journal.
        boot_id: the present boot.
    """
    boots: set[str] = set()
    for fact in facts:
        match fact.body:
            case Wiped():
                boots.clear()
            case Quarantined():
                boots.add(fact.at.boot_id)
    return boots == {boot_id}


class Aftermath:
    """A part of the loop: restarts the machine once after each wipe that left something."""

    def __init__(self, gate: Gate, power: Power, boot_id: str) -> None:
        self._gate = gate
        self._power = power
        self._boot_id = boot_id
        self._seen = 0
        self._asked = False

    def next_deadline(self) -> float | None:
        """Return None: what it looks at comes with the gate's own ticks."""
        return None

    def tick(self) -> None:
        """Look at what the gate has written since the last look."""
        facts = self._gate.kept_facts
        if self._asked or not facts or facts[-1].number == self._seen:
            return
        self._seen = facts[-1].number
        if not asks_for_restart(facts, self._boot_id):
            return
        self._asked = True
        _log.warning("a wipe left something: the machine is restarted once")
        if isinstance(self._power.ask(PowerKind.REBOOT), Refusal):
            _log.warning("nothing restarts this machine: the station stays in quarantine")
