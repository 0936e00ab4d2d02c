"""Opening hours over the wire: kept, refused with every fault, and never over somebody else's."""

import pytest
from msgspec.structs import replace as changed

from kiosk.rules.timetable import FaultKind
from kiosk.wire.desk import Role
from kiosk.wire.hours import FaultView, HoursFaulty, HoursMoved, HoursSaved, SetHours
from kiosk.wire.place import RoomView
from kiosk.wire.problem import ProblemCode
from tests.hub.web.house import House, decode_as, problem

PATH = "/v1/rooms/north.room/hours"
MORNINGS = (((600, 720),),) * 7


@pytest.fixture
def room(house: House) -> RoomView:
    """A room whose name may stand in an address."""
    with house.store.begin(write=True) as work:
        found = work.rooms.get("north/room")
        assert found is not None
        named = changed(found, room_id="north.room")
        work.rooms.add(named)
    return named


def test_hours_are_kept_once_and_a_second_editor_is_shown_them(
    house: House, room: RoomView
) -> None:
    admin = house.staff[Role.ADMIN]
    ask = SetHours(before=room.hours, week=MORNINGS)

    saved = decode_as(house.ask("POST", PATH, ask, admin), HoursSaved)
    moved = decode_as(house.ask("POST", PATH, ask, admin), HoursMoved)

    assert saved.room.hours.week == MORNINGS
    assert moved.room == saved.room


def test_a_draft_with_faults_is_answered_and_writes_nothing(house: House, room: RoomView) -> None:
    week = (((720, 600), (2000, 3000)), *MORNINGS[1:])
    before = house.written()

    ask = SetHours(before=room.hours, week=week)
    answer = decode_as(house.ask("POST", PATH, ask, house.staff[Role.ADMIN]), HoursFaulty)

    assert answer.faults == (
        FaultView(kind=FaultKind.ENDS_BEFORE_START, weekday=0, index=0),
        FaultView(kind=FaultKind.OUTSIDE_DAY, weekday=0, index=1),
    )
    assert house.written() == before


@pytest.mark.parametrize("role", [Role.AGENT, Role.OBSERVER])
def test_who_may_not_change_hours_is_told_so(house: House, room: RoomView, role: Role) -> None:
    ask = SetHours(before=room.hours, week=MORNINGS)
    answer = house.ask("POST", PATH, ask, house.staff[role])
    assert (answer.status_code, problem(answer).code) == (403, ProblemCode.NOT_ALLOWED)
    assert house.ask("POST", PATH, ask, house.station).status_code == 403
