"""The gate's facts in the shell's words."""

import pytest

from kiosk.gate import fact as told
from kiosk.gate.clock import Instant
from kiosk.gatelink.translation import translate
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
    GateWiped,
)
from kiosk.wire.event import EndReason
from kiosk.wire.keyface import KeysFace
from tests.gate.fake import slot_id
from tests.helpers.clock import START

A = slot_id()
AT = Instant("boot-1", 1012.5, START)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (told.SlotOpened(A, 3600, 120), GateSlotOpened(7, A, 3600, 120, 1012.5)),
        (told.SlotExtended(A, 7200), GateSlotExtended(7, A, 7200)),
        (
            told.GraceStarted(A, 120, 1012.0, told.EndReason.TIME),
            GateGraceStarted(7, A, 120, 1012.0),
        ),
        (
            told.SlotEnded(A, told.EndReason.POWER_LOST, 1200.5, 2399.5),
            GateSlotEnded(7, A, EndReason.POWER_LOST, 1200, 2400),
        ),
        (told.Wiped(A, 23, 5000, 0.1), GateWiped(7, A, 23)),
        (told.Wiped(None, 0, 0, 0.1), GateWiped(7, None, 0)),
        (
            told.Quarantined(A, told.ResidueReason.FILES, 2),
            GateQuarantined(7, A, "residue_files"),
        ),
        (told.Readopted(A, 30.0), GateNoted(7)),
        (told.AwaySet(A, True), GateNoted(7)),
        (told.WipeStarted(None), GateNoted(7)),
        (told.ClockStepped(60.0), GateNoted(7)),
        (told.JournalDamaged(3, 90), GateNoted(7)),
        (
            told.KeysFound(A, 1, 2, 3, 4, 5, 6),
            GateKeysFound(
                7, A, KeysFace(ready=1, busy=2, leaving=3, out=4, unreadable=5, earlier=6)
            ),
        ),
        (told.KeysLeft(A, 2, 1), GateKeysLeft(7, A, 2, 1)),
        (told.PowerLost(A, 3600, 1200.0, 2400.0, START), GateNoted(7)),
    ],
    ids=lambda value: type(value).__name__,
)
def test_a_fact_keeps_its_number_and_its_meaning(body: told.Body, expected: GateFact) -> None:
    assert translate(told.Fact(7, AT, body)) == expected


@pytest.mark.parametrize("used", [0.0, 0.4, 0.5, 1.5, 1799.999, 3599.5, 3600.0])
def test_whole_seconds_still_add_up_to_the_total(used: float) -> None:
    ended = told.SlotEnded(A, told.EndReason.FINISHED, used, 3600.0 - used)
    found = translate(told.Fact(7, AT, ended))
    assert isinstance(found, GateSlotEnded)
    assert found.used_seconds + found.remaining_seconds == 3600
    assert abs(found.used_seconds - used) <= 0.5
