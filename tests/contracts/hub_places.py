"""What any store must hold of *Where can I go?*: the rules that give a seat count it, too."""

from datetime import date, timedelta

from msgspec.structs import replace

from kiosk.rules.slot import Ground
from kiosk.wire.event import EndReason, OutOfOrderSet, SlotEnded
from kiosk.wire.guide import Places, RoomGuide
from kiosk.wire.place import AdmissionView, HoursView, RoomView, SeriesView
from tests.helpers.hubhouse import (
    BIJ,
    JEANNE,
    MARCEL,
    MONIQUE,
    ODILE,
    TRAPEZE,
    HubHouse,
    Sitting,
)

AFTERNOONS = HoursView(zone="Europe/Paris", week=(((14 * 60, 18 * 60),),) * 7)
MORNINGS = HoursView(zone="Europe/Paris", week=(((9 * 60, 12 * 60),),) * 7)


def change_room(house: HubHouse, room_id: str, **changes: object) -> None:
    with house.store.begin(write=True) as work:
        room = work.rooms.hold(room_id)
        assert isinstance(room, RoomView)
        work.rooms.save(replace(room, **changes))


def guide_of(house: HubHouse, station: Sitting, room_id: str) -> RoomGuide:
    rooms = [one for site in house.guide.places(station.identity).sites for one in site.rooms]
    return next(one for one in rooms if one.room_id == room_id)


def cut(slot_id: str) -> SlotEnded:
    return SlotEnded(
        slot_id=slot_id, reason=EndReason.POWER_LOST, used_seconds=600, remaining_seconds=3000
    )


class PlacesContract:
    """What holds of the places on every store."""

    def test_the_free_seats_of_the_whole_town_are_counted(self, house: HubHouse) -> None:
        first, second, _other = house.enrol(), house.enrol(), house.enrol(BIJ)
        house.sit(first)

        found = house.guide.places(second.identity)

        assert isinstance(found, Places)
        assert [site.name for site in found.sites] == ["Médiathèque du Trapèze", "BIJ"]
        here, there = (site.rooms[0] for site in found.sites)
        # A seat without a station, or out of contact, is no place to go to.
        assert (here.here, here.free_seats) == (True, 1)
        assert (there.here, there.free_seats) == (False, 1)

    def test_a_closed_room_says_when_it_opens(self, house: HubHouse) -> None:
        station = house.enrol()
        change_room(house, TRAPEZE, hours=AFTERNOONS)
        change_room(house, BIJ, hours=MORNINGS)

        # It is 15 h in Paris.
        open_now, closed = guide_of(house, station, TRAPEZE), guide_of(house, station, BIJ)

        assert open_now.open_until == house.clock.now() + timedelta(hours=3)
        assert open_now.opens_at is None
        assert closed.open_until is None
        assert closed.opens_at == house.clock.now() + timedelta(hours=18)
        assert closed.closes_at == house.clock.now() + timedelta(hours=21)
        assert closed.free_seats == 0

    def test_a_seat_that_could_not_last_is_not_free(self, house: HubHouse) -> None:
        station = house.enrol()
        soon = HoursView(zone="Europe/Paris", week=(((0, 15 * 60 + 12),),) * 7)
        change_room(house, TRAPEZE, hours=soon)

        assert guide_of(house, station, TRAPEZE).free_seats == 0

    def test_a_seat_out_of_order_or_booked_is_not_free(self, house: HubHouse) -> None:
        first, second, third = house.enrol(), house.enrol(), house.enrol()
        house.tell(first, house.fact(first, OutOfOrderSet(reason="écran")))
        workshop = SeriesView(
            series_id=house.fresh_id(),
            ground=Ground.WORKSHOP,
            title="Photos",
            dates=(date(2026, 3, 10),),
            start=14 * 60,
            end=17 * 60,
            seats=(2,),
            entered_at=house.clock.now(),
        )
        change_room(house, TRAPEZE, bookings=(workshop,))

        assert second.identity.seat_id.endswith("02")
        assert guide_of(house, third, TRAPEZE).free_seats == 1

    def test_while_somebody_waits_no_seat_is_free(self, house: HubHouse) -> None:
        first, second = house.enrol(BIJ), house.enrol(BIJ)
        one = house.sit(first, JEANNE)
        house.sit(second, MARCEL)
        house.take(first, MONIQUE)
        house.take(first, ODILE)

        full = guide_of(house, first, BIJ)
        house.leave(first, one)
        held = guide_of(house, first, BIJ)

        assert (full.free_seats, full.tickets_wait) == (0, True)
        # The seat is held for the first; the second still waits.
        assert (held.free_seats, held.tickets_wait) == (0, True)

    def test_a_seat_that_is_held_is_not_free(self, house: HubHouse) -> None:
        first, second = house.enrol(BIJ), house.enrol(BIJ)
        one, other = house.sit(first, JEANNE), house.sit(second, MARCEL)
        house.take(first, MONIQUE)
        house.leave(first, one)
        house.leave(second, other)

        found = guide_of(house, first, BIJ)

        assert (found.free_seats, found.tickets_wait) == (1, False)

    def test_a_seat_kept_after_a_power_cut_is_not_free(self, house: HubHouse) -> None:
        first = house.enrol(BIJ)
        house.enrol(BIJ)
        slot_id = house.sit(first, JEANNE)
        house.tell(first, house.fact(first, cut(slot_id)))

        kept = guide_of(house, first, BIJ).free_seats
        house.clock.advance(1200)

        assert (kept, guide_of(house, first, BIJ).free_seats) == (1, 2)

    def test_whom_a_room_admits_is_told(self, house: HubHouse) -> None:
        station = house.enrol()
        change_room(house, BIJ, admission=AdmissionView(minimum_age=55))

        assert guide_of(house, station, BIJ).admission.minimum_age == 55

    def test_nothing_is_written(self, house: HubHouse) -> None:
        station = house.enrol()
        house.sit(station)
        before = house.read(station.identity)

        house.guide.places(station.identity)

        assert house.read(station.identity) == before
