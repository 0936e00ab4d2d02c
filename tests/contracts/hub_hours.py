"""What any store must hold of the opening hours that staff write."""

from datetime import date

import pytest

from admin_console.hub.service.answer import NotAllowed, NotFound
from kiosk.rules.timetable import FaultKind
from kiosk.wire.change import RoomChanged
from kiosk.wire.desk import Role
from kiosk.wire.hours import FaultView, HoursFaulty, HoursMoved, HoursSaved, SetHours
from kiosk.wire.place import ExceptionView, HoursView, RoomView
from tests.helpers.hubhouse import BIJ, TRAPEZE, HubHouse

IT = frozenset({Role.IT})
EVENINGS = (((14 * 60, 20 * 60),),) * 7


def room_of(house: HubHouse, room_id: str = BIJ) -> RoomView:
    with house.store.begin(write=False) as work:
        room = work.rooms.get(room_id)
    assert room is not None
    return room


def draft(
    before: HoursView,
    week: tuple[tuple[tuple[int, int], ...], ...] = EVENINGS,
    *exceptions: ExceptionView,
) -> SetHours:
    return SetHours(before=before, week=week, exceptions=exceptions)


class HoursContract:
    """What holds of new hours on every store."""

    def test_new_hours_are_kept_in_order_and_told_to_the_room(self, house: HubHouse) -> None:
        station = house.enrol(BIJ)
        before = room_of(house).hours
        week = (((900, 1140), (600, 720)), *EVENINGS[1:])
        later = ExceptionView(day=date(2026, 12, 24), intervals=((600, 900),), label="Réveillon")
        sooner = ExceptionView(day=date(2026, 11, 11))

        saved = house.hours.set_hours(house.agent(IT), BIJ, draft(before, week, later, sooner))

        assert isinstance(saved, HoursSaved)
        assert saved.room.hours.week[0] == ((600, 720), (900, 1140))
        assert saved.room.hours.exceptions == (sooner, later)
        assert saved.room.hours.zone == before.zone
        assert room_of(house) == saved.room
        told = [one.body for one in house.read(station.identity)]
        assert told.count(RoomChanged(room=saved.room)) == 1

    def test_of_two_editors_the_second_is_shown_what_the_first_kept(self, house: HubHouse) -> None:
        before = room_of(house).hours
        first = house.hours.set_hours(house.agent(IT), BIJ, draft(before))
        second = house.hours.set_hours(house.agent(IT), BIJ, draft(before, ((),) * 7))

        assert isinstance(first, HoursSaved)
        assert second == HoursMoved(room=first.room)
        assert room_of(house) == first.room

    def test_the_same_hours_again_are_no_news(self, house: HubHouse) -> None:
        station = house.enrol(BIJ)
        before = room_of(house).hours
        kept = house.hours.set_hours(house.agent(IT), BIJ, draft(before))
        assert isinstance(kept, HoursSaved)
        told = len(house.read(station.identity))

        again = house.hours.set_hours(house.agent(IT), BIJ, draft(kept.room.hours))

        assert again == kept
        assert len(house.read(station.identity)) == told

    @pytest.mark.parametrize(
        ("week", "fault"),
        [
            (
                (((600, 540),), *EVENINGS[1:]),
                FaultView(kind=FaultKind.ENDS_BEFORE_START, weekday=0, index=0),
            ),
            (
                (*EVENINGS[:2], ((600, 720), (700, 800)), *EVENINGS[3:]),
                FaultView(kind=FaultKind.OVERLAP, weekday=2, index=1),
            ),
            (
                (((600, 1500),), *EVENINGS[1:]),
                FaultView(kind=FaultKind.OUTSIDE_DAY, weekday=0, index=0),
            ),
            (EVENINGS[1:], FaultView(kind=FaultKind.WEEK_INCOMPLETE)),
        ],
    )
    def test_hours_that_cannot_be_are_answered_with_their_faults_and_change_nothing(
        self, house: HubHouse, week: tuple[tuple[tuple[int, int], ...], ...], fault: FaultView
    ) -> None:
        station = house.enrol(BIJ)
        before = room_of(house)
        told = len(house.read(station.identity))

        answer = house.hours.set_hours(house.agent(IT), BIJ, draft(before.hours, week))

        assert answer == HoursFaulty(faults=(fault,))
        assert room_of(house) == before
        assert len(house.read(station.identity)) == told

    def test_a_date_stands_once(self, house: HubHouse) -> None:
        day = ExceptionView(day=date(2026, 12, 25))
        before = room_of(house).hours
        answer = house.hours.set_hours(house.agent(IT), BIJ, draft(before, EVENINGS, day, day))
        fault = FaultView(kind=FaultKind.DATE_TWICE, day=day.day)
        assert answer == HoursFaulty(faults=(fault,))

    @pytest.mark.parametrize("role", [role for role in Role if role not in {Role.IT, Role.ADMIN}])
    def test_only_it_and_administrators_change_hours(self, house: HubHouse, role: Role) -> None:
        before = room_of(house)
        staff = house.agent(frozenset({role}))
        assert house.hours.set_hours(staff, BIJ, draft(before.hours)) == NotAllowed()
        assert room_of(house) == before

    def test_a_room_beyond_the_sites_of_the_account_is_not_found(self, house: HubHouse) -> None:
        before = room_of(house, TRAPEZE).hours
        staff = house.agent(IT, sites=("bij",))
        assert house.hours.set_hours(staff, TRAPEZE, draft(before)) == NotFound()
        assert house.hours.set_hours(staff, "nowhere", draft(before)) == NotFound()
