"""Facts and their form on a line."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.gate.clock import Instant
from kiosk.gate.fact import (
    AwaySet,
    Body,
    ClockStepped,
    EndReason,
    Fact,
    FactInvalid,
    GraceStarted,
    JournalDamaged,
    KeysFound,
    KeysLeft,
    PowerLost,
    Quarantined,
    Readopted,
    ResidueReason,
    SlotEnded,
    SlotExtended,
    SlotOpened,
    SlotShortened,
    Wiped,
    WipeStarted,
    dump_fact,
    load_fact,
)
from kiosk.gate.reading import SHORTEST_FACT
from kiosk.wire import event
from tests.gate.fake import slot_id

A = slot_id()
WALL = datetime(2026, 3, 10, 14, 0, tzinfo=UTC)
AT = Instant("boot-1", 12.5, WALL)
BODIES: list[Body] = [
    SlotOpened(A, 3600, 120),
    SlotExtended(A, 7200),
    SlotShortened(A, 2400),
    GraceStarted(A, 120, 3612.5, EndReason.STAFF),
    AwaySet(A, True),
    SlotEnded(A, EndReason.FINISHED, 600.125, 2999.875),
    WipeStarted(None),
    Wiped(A, 23, 5000, 0.11),
    Quarantined(None, ResidueReason.FILES, 2),
    Readopted(A, 30.0),
    PowerLost(A, 3600, 1200.0, 2400.0, WALL),
    ClockStepped(-86400.0),
    JournalDamaged(4, 1234),
    KeysFound(A, ready=1, earlier=1),
    KeysLeft(A, 1),
]


@pytest.mark.parametrize("body", BODIES, ids=lambda body: type(body).__name__)
def test_a_fact_is_read_as_it_was_written(body: Body) -> None:
    fact = Fact(7, AT, body)
    assert load_fact(json.loads(json.dumps(dump_fact(fact)))) == fact


def test_every_kind_of_fact_is_tried_here() -> None:
    assert {type(body) for body in BODIES} == set(Body.__args__)


@pytest.mark.parametrize("body", BODIES, ids=lambda body: type(body).__name__)
def test_no_fact_is_shorter_than_the_journal_reckons(body: Body) -> None:
    shortest = Fact(1, replace(AT, boot_id=""), body)
    assert len(json.dumps(dump_fact(shortest), separators=(",", ":"))) >= SHORTEST_FACT


def test_a_fact_with_a_field_of_a_later_version_is_still_read() -> None:
    raw = dump_fact(Fact(7, AT, SlotExtended(A, 7200)))
    assert load_fact({**raw, "colour": "petrol"}).body == SlotExtended(A, 7200)


def test_whole_seconds_are_read_as_durations() -> None:
    raw = dump_fact(Fact(7, AT, Readopted(A, 30.0)))
    assert load_fact({**raw, "downtime_seconds": 30}).body == Readopted(A, 30.0)


@pytest.mark.parametrize(
    "change",
    [
        {"fact": 0},
        {"fact": True},
        {"fact": "7"},
        {"kind": "slot_stolen"},
        {"kind": None},
        {"at": None},
        {"at": ["boot-1", 12.5]},
        {"at": ["boot-1", 12.5, "yesterday"]},
        {"at": ["boot-1", 12.5, "2026-03-10T14:00:00"]},
        {"slot_id": None},
        {"reason": "boredom"},
        {"reason": 3},
        {"used_seconds": "600"},
        {"remaining_seconds": True},
    ],
)
def test_what_is_no_fact_is_refused(change: dict[str, Any]) -> None:
    raw = dump_fact(Fact(7, AT, SlotEnded(A, EndReason.TIME, 3600.0, 0.0)))
    with pytest.raises(FactInvalid):
        load_fact({**raw, **change})


@given(
    st.dictionaries(
        st.sampled_from(["fact", "kind", "at", "slot_id", "on", "last_alive", "reason"]),
        st.none() | st.integers() | st.text() | st.sampled_from(["power_lost", "away_set"]),
    )
)
def test_any_object_is_a_fact_or_refused(raw: dict[str, Any]) -> None:
    with pytest.raises(FactInvalid):
        load_fact(raw)


def test_the_reasons_are_those_that_the_hub_is_told() -> None:
    assert {one.value for one in EndReason} == {one.value for one in event.EndReason}
