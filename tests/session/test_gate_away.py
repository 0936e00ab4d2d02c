"""The gate is a program of its own: it may be away, and come back with or without its record."""

from typing import TypeVar

import pytest

from kiosk.wire import event
from kiosk.wire.event import EndReason
from kiosk.wire.face import EndAsked, Shown
from kiosk.wire.station import Phase
from tests.session.station import Station

Kind = TypeVar("Kind")


def told(station: Station, kind: type[Kind]) -> list[Kind]:
    return [one.body for one in station.written if isinstance(one.body, kind)]


@pytest.fixture
def station(station: Station) -> Station:
    station.connect()
    return station


def test_while_the_gate_is_away_nobody_new_sits_down(station: Station) -> None:
    station.session.gate_lost()
    assert station.face() is Shown.OUT_OF_ORDER
    assert station.session.report().phase is Phase.OUT_OF_ORDER
    station.session.gate_met()
    assert station.face() is Shown.LOCK
    assert station.told(event.OutOfOrderSet) == []


def test_who_sits_goes_on_while_the_gate_is_away_and_when_it_is_back(station: Station) -> None:
    slot_id = station.sit()
    before = len(station.written)
    station.session.gate_lost()
    assert station.face() is Shown.SESSION
    station.session.gate_met()
    station.session.gate_met()
    assert station.face() is Shown.SESSION
    assert station.session.report().slot_id == slot_id
    assert len(station.written) == before


def test_what_happened_meanwhile_is_taken_in_when_the_gate_is_back(station: Station) -> None:
    slot_id = station.sit()
    station.session.gate_lost()
    station.gate.extend_to(slot_id, 5400)
    station.session.gate_met()
    station.settle()
    assert [one.total_seconds for one in told(station, event.SlotRenewed)] == [5400]
    assert station.session.report().total_seconds == 5400


def test_a_slot_that_ended_meanwhile_is_told_once(station: Station) -> None:
    station.sit()
    station.session.gate_lost()
    station.clock.advance(4000)
    station.gate.tick()
    station.session.gate_met()
    station.settle()
    assert [one.reason for one in told(station, event.SlotEnded)] == [EndReason.TIME]


def test_a_gate_that_has_lost_its_record_ends_the_slot_that_it_does_not_know(
    station: Station,
) -> None:
    slot_id = station.sit()
    station.session.gate_lost()
    station.replace_gate()
    station.session.gate_met()
    ended = told(station, event.SlotEnded)
    assert [(one.slot_id, one.reason) for one in ended] == [(slot_id, EndReason.FAULT)]
    assert station.face() is Shown.LOCK
    # The numbers of the new record begin again, and are heard.
    second = station.sit()
    station.wish(EndAsked())
    assert [one.slot_id for one in told(station, event.SlotEnded)] == [slot_id, second]


def test_an_opening_under_way_is_left_to_its_answer(
    station: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting: list[tuple[str, int, int]] = []
    with monkeypatch.context() as away:
        away.setattr(
            station.line,
            "open",
            lambda slot, seconds, grace, _: waiting.append((slot, seconds, grace)),
        )
        slot_id = station.sit()
    station.session.gate_met()
    station.gate.open(*waiting[0])
    station.settle()
    assert station.session.report().slot_id == slot_id
    assert [one.slot_id for one in told(station, event.SlotOpened)] == [slot_id]
