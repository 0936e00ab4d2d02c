"""Limits of a room over the wire: kept, refused with every fault, never over somebody else's."""

import pytest
from msgspec.structs import replace as changed

from kiosk.rules.roomrule import RuleFaultKind, RuleField
from kiosk.wire.desk import Role
from kiosk.wire.place import RoomView
from kiosk.wire.problem import ProblemCode
from kiosk.wire.rule import RuleDraft, RuleFaultView, RuleFaulty, RuleMoved, RuleSaved, SetRule
from tests.hub.web.house import House, decode_as, problem

PATH = "/v1/rooms/north.room/rule"


@pytest.fixture
def room(house: House) -> RoomView:
    """A room whose name may stand in an address."""
    with house.store.begin(write=True) as work:
        found = work.rooms.get("north/room")
        assert found is not None
        # The other room of the site has the letter A.
        named = changed(found, room_id="north.room", letter="N")
        work.rooms.add(named)
    return named


def two_hours(room: RoomView) -> SetRule:
    before = RuleDraft.of(room)
    return SetRule(before=before, draft=changed(before, slot_seconds=7200))


def test_limits_are_kept_once_and_a_second_editor_is_shown_them(
    house: House, room: RoomView
) -> None:
    admin = house.staff[Role.ADMIN]

    saved = decode_as(house.ask("POST", PATH, two_hours(room), admin), RuleSaved)
    moved = decode_as(house.ask("POST", PATH, two_hours(room), admin), RuleMoved)

    assert saved.room.rule.slot_seconds == 7200
    assert moved.room == saved.room


def test_limits_without_sense_are_answered_and_write_nothing(house: House, room: RoomView) -> None:
    before = house.written()
    ask = two_hours(room)
    wrong = changed(ask, draft=changed(ask.draft, grace_seconds=0, letter="A"))

    answer = decode_as(house.ask("POST", PATH, wrong, house.staff[Role.ADMIN]), RuleFaulty)
    assert answer.faults == (RuleFaultView(kind=RuleFaultKind.TOO_LITTLE, field=RuleField.GRACE),)
    taken = changed(ask, draft=changed(ask.draft, letter="A"))
    answer = decode_as(house.ask("POST", PATH, taken, house.staff[Role.ADMIN]), RuleFaulty)
    assert answer.faults == (
        RuleFaultView(kind=RuleFaultKind.LETTER_TAKEN, field=RuleField.LETTER),
    )
    assert house.written() == before


@pytest.mark.parametrize("role", [Role.AGENT, Role.IT, Role.OBSERVER])
def test_who_may_not_change_limits_is_told_so(house: House, room: RoomView, role: Role) -> None:
    answer = house.ask("POST", PATH, two_hours(room), house.staff[role])
    assert (answer.status_code, problem(answer).code) == (403, ProblemCode.NOT_ALLOWED)
    assert house.ask("POST", PATH, two_hours(room), house.station).status_code == 403
