"""What any store must hold of the public holidays that a room keeps."""

from datetime import date, timedelta

from msgspec.structs import replace

from admin_console.hub.service.holiday import AHEAD, NONE, keep_holidays
from admin_console.hub.service.holidayplan import HolidayPlan
from kiosk.wire.act import ActFacts, ActKind
from kiosk.wire.change import RoomChanged
from kiosk.wire.desk import Role
from kiosk.wire.hours import HoursSaved, SetHours
from kiosk.wire.place import ExceptionView
from tests.contracts.hub_acts import lines
from tests.contracts.hub_rules import room_of
from tests.helpers.hubhouse import BIJ, TRAPEZE, HubHouse

DAY = 86400
FEAST = date(2026, 7, 14)


def keep(house: HubHouse, country: str = "") -> int:
    return keep_holidays(house.store, house.clock, country)


def plan(house: HubHouse, country: str, room_id: str = BIJ, until: date | None = None) -> None:
    with house.store.begin(write=True) as work:
        work.rooms.hold(room_id)
        work.holidays.save(HolidayPlan(room_id, country, until))


def dates(house: HubHouse, room_id: str = BIJ) -> list[date]:
    return [one.day for one in room_of(house, room_id).hours.exceptions]


def write(house: HubHouse, *exceptions: ExceptionView) -> None:
    hours = room_of(house).hours
    staff = house.agent(frozenset({Role.ADMIN}))
    ask = SetHours(before=hours, week=hours.week, exceptions=exceptions)
    assert isinstance(house.hours.set_hours(staff, BIJ, ask), HoursSaved)


class HolidayContract:
    """What holds of holidays on every store."""

    def test_holidays_stand_eighteen_months_ahead_and_are_told_once(self, house: HubHouse) -> None:
        station = house.enrol(BIJ)
        plan(house, "FR")
        today = house.clock.now().date()

        assert keep(house) == 1
        assert keep(house) == 0

        found = room_of(house).hours.exceptions
        assert found[0] == ExceptionView(day=date(2026, 4, 6), label="Lundi de Pâques")
        assert date(2027, 8, 15) in dates(house)
        assert all(today <= day <= today + AHEAD for day in dates(house))
        assert dates(house, TRAPEZE) == []
        told = [one.body for one in house.read(station.identity)]
        assert told.count(RoomChanged(room=room_of(house))) == 1
        (line,) = [one for one in lines(house) if one.kind is ActKind.HOLIDAYS_ENTERED]
        assert (line.staff_id, line.site_id) == (None, "bij")
        assert line.facts == ActFacts(room_id=BIJ, count=len(found), what="FR")

    def test_the_days_go_on_with_the_calendar(self, house: HubHouse) -> None:
        plan(house, "FR")
        keep(house)
        before = dates(house)
        for _ in range(12):
            house.clock.advance(30 * DAY)
            house.janitor.tidy()

        assert dates(house)[: len(before)] == before
        assert date(2028, 7, 14) in dates(house)
        assert len(set(dates(house))) == len(dates(house))

    def test_a_holiday_that_staff_took_away_does_not_come_back(self, house: HubHouse) -> None:
        plan(house, "FR")
        keep(house)
        assert FEAST in dates(house)
        write(house, *[one for one in room_of(house).hours.exceptions if one.day != FEAST])

        for _ in range(10):
            house.clock.advance(10 * DAY)
            keep(house)
        write(house)
        house.clock.advance(DAY)
        keep(house)

        assert dates(house) == []

    def test_what_staff_wrote_for_a_date_goes_before_its_holiday(self, house: HubHouse) -> None:
        open_then = ExceptionView(day=FEAST, intervals=((600, 720),), label="Bal")
        write(house, open_then)
        plan(house, "FR")

        keep(house)

        assert open_then in room_of(house).hours.exceptions
        assert dates(house).count(FEAST) == 1

    def test_a_room_that_keeps_none_stays_open(self, house: HubHouse) -> None:
        plan(house, "")
        assert keep(house, "FR") == 1
        assert dates(house) == []
        assert dates(house, TRAPEZE) != []

    def test_the_settings_name_another_part_of_the_country_or_no_holidays_at_all(
        self, house: HubHouse
    ) -> None:
        plan(house, "FR")
        assert keep(house, NONE) == 0
        assert dates(house) == []
        keep(house, "FR-57")
        assert date(2026, 12, 26) in dates(house)

    def test_a_room_from_before_goes_on_where_its_dates_end(self, house: HubHouse) -> None:
        """Its first of May was entered and taken away again, its fourteenth of July stands."""
        write(house, ExceptionView(day=FEAST, label="Fête nationale"))

        keep(house, "FR")

        assert date(2026, 5, 1) not in dates(house)
        assert dates(house)[:2] == [FEAST, date(2026, 8, 15)]

    def test_an_upgrade_adds_nothing_unasked(self, house: HubHouse) -> None:
        before = room_of(house)
        assert keep(house) == 0
        assert room_of(house) == before

    def test_two_hubs_enter_a_day_once(self, house: HubHouse) -> None:
        plan(house, "FR", until=house.clock.now().date() + AHEAD - timedelta(days=60))
        assert keep(house) + keep(house) == 1
        assert len(set(dates(house))) == len(dates(house)) > 0
        assert replace(room_of(house), hours=room_of(house).hours) == room_of(house)
