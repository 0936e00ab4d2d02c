"""A workstation dies or loses its cable, and its visitor walks to another one."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from admin_console.hub.service.allowance import GONE_SECONDS
from admin_console.hub.service.record import SlotState
from kiosk.gate import service
from kiosk.session import cardproof
from kiosk.wire.event import SlotEnded
from kiosk.wire.face import EndAsked
from tests.helpers.hubhouse import JEANNE, MARCEL
from tests.helpers.hubstore import SqliteShelf
from tests.whole.test_whole_house import Town

DEAD, OTHER = 0, 1


@pytest.fixture
def town(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Town]:
    """Three workstations and their hub."""
    monkeypatch.setattr(cardproof, "COST", 2)
    monkeypatch.setattr(service, "BEAT_SECONDS", 600.0)
    shelf = SqliteShelf(tmp_path)

    class Here(Town):
        address = shelf.fresh()

    town = Here()
    yield town
    town.teardown()


def sit(town: Town, place: int, card: str = JEANNE) -> bool:
    """Let somebody sign in; tell whether they sit now."""
    town.sign_in(place, card)
    return town.sits(town.stations[place], card)


def test_a_dead_machine_keeps_its_visitor_for_three_minutes_and_tells_no_conflict(
    town: Town,
) -> None:
    assert sit(town, DEAD)
    town.pass_seconds(600)
    town.stations[DEAD].fall_asleep()
    town.pass_seconds(60)
    assert not sit(town, OTHER)
    town.pass_seconds(GONE_SECONDS)
    assert sit(town, OTHER)
    town.pass_seconds(300)
    town.stations[DEAD].wake_up(power=True)
    town.after()
    assert town.stations[DEAD].sitting is None
    assert town.stations[DEAD].refused == []
    assert town.sits(town.stations[OTHER], JEANNE)
    assert sit(town, DEAD, MARCEL)


def test_a_seat_that_was_only_cut_off_goes_on_and_both_slots_stand(town: Town) -> None:
    cut_off, other = town.stations[DEAD], town.stations[OTHER]
    assert sit(town, DEAD)
    town.pass_seconds(60)
    cut_off.whole = False
    town.pass_seconds(GONE_SECONDS + 60)
    assert sit(town, OTHER)
    town.pass_seconds(300)
    town.mend(cut_off)
    town.after()
    assert town.sits(cut_off, JEANNE)
    assert town.sits(other, JEANNE)
    states = [town.slots(one)[0].state for one in (cut_off, other)]
    assert states == [SlotState.OPEN, SlotState.OPEN]
    sitting = cut_off.sitting
    assert sitting is not None
    cut_off.finished.add(sitting.slot_id)
    town.wish(DEAD, EndAsked())
    town.pass_seconds(30)
    assert cut_off.refused == ["person_seated"]
    assert len(cut_off.told(SlotEnded)) == 1
    assert town.sits(other, JEANNE)
