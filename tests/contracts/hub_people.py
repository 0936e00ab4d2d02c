"""What any store must hold of contact with stations, and of the staff door."""

from admin_console.hub.service.answer import Conflict
from admin_console.hub.service.contact import ContactBook, Presence
from kiosk.rules.throttle import FREE_TRIES
from kiosk.wire.change import SeatChanged
from kiosk.wire.desk import (
    Role,
    SignInStaff,
    StaffRefused,
    StaffSignedIn,
)
from tests.helpers.hubhouse import BIJ, TRAPEZE, HubHouse


class ContactContract:
    """What holds of contact on every store."""

    def test_contact_is_written_when_it_begins_and_ends_only(self, house: HubHouse) -> None:
        station = house.enrol()
        start = house.feed.latest_for(station.identity)
        for _ in range(5):
            house.clock.advance(5)
            house.beat(station)
            house.janitor.sweep()
        quiet = house.feed.latest_for(station.identity)
        house.clock.advance(13)
        house.janitor.sweep()
        lost = house.seat(station)
        house.beat(station)

        assert quiet == start
        assert not lost.in_contact
        assert lost.contact_since == house.clock.now()
        assert house.seat(station).in_contact
        assert len(house.read(station.identity, start)) == 2

    def test_a_hub_that_starts_waits_for_the_stations_it_knew(self, house: HubHouse) -> None:
        here, there = house.enrol(), house.enrol()
        presence = Presence(house.clock)
        contacts = ContactBook(house.store, house.clock, presence)

        assert contacts.load() == 2
        assert contacts.settle() == 0
        house.clock.advance(13)
        house.presence = presence
        house.contacts = contacts
        house.beat(here)

        assert contacts.settle() == 1
        assert house.seat(here).in_contact
        assert not house.seat(there).in_contact

    def test_a_clock_that_is_not_to_be_trusted_is_told_once_until_it_is(
        self, house: HubHouse
    ) -> None:
        station = house.enrol()
        start = house.feed.latest_for(station.identity)

        for trusted in (True, False, False, True):
            house.clock.advance(5)
            house.beat(station, clock_trusted=trusted)

        told = [change.body for change in house.read(station.identity, start)]
        seats = [body.seat for body in told if isinstance(body, SeatChanged)]
        assert [(seat.in_contact, seat.clock_trusted) for seat in seats] == [
            (True, False),
            (True, True),
        ]
        assert seats[0].contact_since == seats[1].contact_since

    def test_a_doubted_clock_is_remembered_by_a_hub_that_starts_anew(self, house: HubHouse) -> None:
        station = house.enrol()
        house.beat(station, clock_trusted=False)
        house.presence = Presence(house.clock)
        house.contacts = ContactBook(house.store, house.clock, house.presence)

        assert house.contacts.load() == 1
        assert house.contacts.settle() == 0
        assert not house.seat(station).clock_trusted
        house.beat(station)
        assert house.seat(station).clock_trusted
        house.beat(station, clock_trusted=False)
        house.enrol(number=house.seat(station).number)
        assert house.seat(station).clock_trusted, "another computer has another clock"

    def test_a_slot_on_a_lost_station_is_taken_for_over_in_the_end(self, house: HubHouse) -> None:
        here, there = house.enrol(TRAPEZE), house.enrol(BIJ)
        slot_id = house.sit(here)
        house.clock.advance(3600 + 901)

        swept = house.janitor.sweep()
        house.beat(there)
        again = house.sit(there)
        house.tell(here, house.fact(here, house.ended(slot_id, used=3500)))

        assert swept.lost == 1
        assert again != slot_id
        with house.store.begin(write=False) as work:
            slot = work.slots.get(slot_id)
        assert slot is not None
        assert slot.used_seconds == 3500


class StaffContract:
    """What holds of the staff's door on every store."""

    def test_staff_sign_in_and_out(self, house: HubHouse) -> None:
        house.staff.add("Claire", "Claire D.", "secret", frozenset({Role.AGENT}), ("trapeze",))

        answer = house.staff.sign_in(SignInStaff(name=" claire ", password="secret"))
        assert isinstance(answer, StaffSignedIn)
        known = house.staff.identify(answer.token)
        house.staff.sign_out(answer.token)

        assert known is not None
        assert (known.name, known.site_ids) == ("claire", ("trapeze",))
        assert known.roles == {Role.AGENT}
        assert house.staff.identify(answer.token) is None

    def test_a_session_ends_after_twelve_hours(self, house: HubHouse) -> None:
        house.staff.add("claire", "Claire", "secret", frozenset({Role.ADMIN}))
        answer = house.staff.sign_in(SignInStaff(name="claire", password="secret"))
        assert isinstance(answer, StaffSignedIn)

        house.clock.advance(12 * 3600 - 1)
        assert house.staff.identify(answer.token) is not None
        house.clock.advance(1)
        assert house.staff.identify(answer.token) is None

    def test_a_wrong_name_and_a_wrong_password_look_alike(self, house: HubHouse) -> None:
        house.staff.add("claire", "Claire", "secret", frozenset({Role.AGENT}))
        work = house.hasher.verified

        wrong = house.staff.sign_in(SignInStaff(name="claire", password="no"))
        unknown = house.staff.sign_in(SignInStaff(name="nobody", password="no"))

        assert wrong == unknown == StaffRefused(code="wrong_name_or_password")
        assert house.hasher.verified == work + 2

    def test_a_name_waits_after_failures(self, house: HubHouse) -> None:
        house.staff.add("claire", "Claire", "secret", frozenset({Role.AGENT}))
        right = SignInStaff(name="claire", password="secret")
        for _ in range(FREE_TRIES):
            house.staff.sign_in(SignInStaff(name="claire", password="no"))

        assert house.staff.sign_in(right) == StaffRefused(code="too_many_tries", retry_seconds=30)
        house.clock.advance(30)
        assert isinstance(house.staff.sign_in(right), StaffSignedIn)

    def test_a_name_is_given_once(self, house: HubHouse) -> None:
        house.staff.add("claire", "Claire", "secret", frozenset({Role.AGENT}))

        answer = house.staff.add("Claire", "Other", "secret", frozenset({Role.ADMIN}))

        assert isinstance(answer, Conflict)
