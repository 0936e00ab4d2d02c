"""From the gate's facts and answers to the shell's words for them."""

import logging

from kiosk.gate import fact as told
from kiosk.gate.answer import Answer, Refused
from kiosk.session.gatefact import (
    GateFact,
    GateGraceStarted,
    GateKeysFound,
    GateKeysLeft,
    GateNoted,
    GateQuarantined,
    GateSlotEnded,
    GateSlotExtended,
    GateSlotOpened,
    GateSlotShortened,
    GateWiped,
)
from kiosk.wire.event import RESIDUE_PREFIX, EndReason
from kiosk.wire.keyface import KeysFace

_log = logging.getLogger(__name__)


def translate(fact: told.Fact) -> GateFact:
    """Return the shell's form of a fact; one that changes nothing for it is only noted."""
    n = fact.number
    match fact.body:
        case told.SlotOpened(slot_id, total, grace):
            return GateSlotOpened(n, slot_id, total, grace, fact.at.boot_seconds)
        case told.SlotExtended(slot_id, total):
            return GateSlotExtended(n, slot_id, total)
        case told.SlotShortened(slot_id, total):
            return GateSlotShortened(n, slot_id, total)
        case told.GraceStarted(slot_id, grace, began):
            return GateGraceStarted(n, slot_id, grace, began)
        case told.SlotEnded(slot_id, reason, used, remaining):
            # Whole seconds that still add up to the total.
            total, whole = round(used + remaining), round(remaining)
            return GateSlotEnded(n, slot_id, EndReason(reason.value), total - whole, whole)
        case told.Wiped(slot_id, processes):
            return GateWiped(n, slot_id, processes)
        case told.Quarantined(slot_id, reason):
            return GateQuarantined(n, slot_id, f"{RESIDUE_PREFIX}{reason.value}")
        case told.KeysFound(slot_id, ready, busy, leaving, out, unreadable, earlier):
            keys = KeysFace(
                ready=ready,
                busy=busy,
                leaving=leaving,
                out=out,
                unreadable=unreadable,
                earlier=earlier,
            )
            return GateKeysFound(n, slot_id, keys)
        case told.KeysLeft(slot_id, count, writing):
            return GateKeysLeft(n, slot_id, count, writing)
        case _:
            return GateNoted(n)


def took_hold(verb: str, answer: Answer, *, moved: bool) -> bool:
    """Tell whether what was asked stands now, or at least another total than before."""
    if isinstance(answer, Refused):
        _log.info("the gate refuses %s: %s", verb, answer.code)
        return False
    return moved or not answer.clamped
