"""The contract of seats that fell silent: no ghost keeps its visitor from sitting elsewhere."""

from datetime import timedelta

from admin_console.hub.service.allowance import GONE_SECONDS
from admin_console.hub.service.record import Slot, SlotState
from kiosk.rules.slot import Ground
from kiosk.wire.desk import CardSeated, FindCard
from kiosk.wire.event import Decider, EndReason, EventBody, SlotEnded, SlotRenewed
from kiosk.wire.people import MeetPerson, PersonMet
from kiosk.wire.station import OpenSlot, RenewalGranted, RenewSlot
from tests.contracts.hub_openings import granted, refused
from tests.helpers.hubhouse import BIJ, JEANNE, MARCEL, PINS, TRAPEZE, HubHouse, Sitting


def slot_of(house: HubHouse, slot_id: str) -> Slot:
    with house.store.begin(write=False) as work:
        found = work.slots.get(slot_id)
    assert found is not None
    return found


def fall_silent(house: HubHouse, *others: Sitting, seconds: float = GONE_SECONDS + 20) -> None:
    """Let time pass in which only the others report."""
    house.pass_time(seconds, *others)


def told(house: HubHouse, station: Sitting, body: EventBody) -> str | None:
    (answer,) = house.tell(station, house.fact(station, body))
    return answer.code


def ended(slot_id: str, used: int, reason: EndReason = EndReason.POWER_LOST) -> SlotEnded:
    return SlotEnded(
        slot_id=slot_id, reason=reason, used_seconds=used, remaining_seconds=3600 - used
    )


class GhostContract:
    """What holds on every store of somebody whose station is silent."""

    def test_whoever_sat_at_a_silent_station_may_sit_elsewhere_after_three_minutes(
        self, house: HubHouse
    ) -> None:
        dead, other = house.enrol(TRAPEZE, 3), house.enrol(BIJ)
        slot_id = house.sit(dead, JEANNE)
        fall_silent(house, other, seconds=120)
        early = refused(house.ask(other, JEANNE))

        fall_silent(house, other, seconds=100)
        granted(house.ask(other, JEANNE))

        assert (early.ground, early.seat_number) == (Ground.PERSON_SEATED, 3)
        left = slot_of(house, slot_id)
        assert (left.state, left.left_at) == (SlotState.OPEN, house.clock.now())

    def test_a_station_in_contact_keeps_its_visitor(self, house: HubHouse) -> None:
        here, other = house.enrol(), house.enrol(BIJ)
        house.sit(here, JEANNE)
        house.pass_time(600, here, other)

        assert refused(house.ask(other, JEANNE)).ground is Ground.PERSON_SEATED

    def test_nobody_sits_at_three_seats(self, house: HubHouse) -> None:
        dead, second, third = house.enrol(), house.enrol(BIJ), house.enrol()
        house.sit(dead, JEANNE)
        fall_silent(house, second, third)
        house.sit(second, JEANNE)

        house.pass_time(60, dead, second, third)

        answer = refused(house.ask(third, JEANNE))
        assert (answer.ground, answer.room_name) == (Ground.PERSON_SEATED, "BIJ")
        found = house.cards.find(house.agent(), FindCard(card=JEANNE))
        assert found == CardSeated(seat_id=second.identity.seat_id, site_id="bij")

    def test_a_power_cut_that_is_told_late_is_no_conflict_and_keeps_no_seat(
        self, house: HubHouse
    ) -> None:
        dead, other = house.enrol(), house.enrol(BIJ)
        slot_id = house.sit(dead, JEANNE)
        fall_silent(house, other)
        house.sit(other, JEANNE)
        house.pass_time(300, dead, other)

        code = told(house, dead, ended(slot_id, 5))

        assert code is None
        granted(house.ask(dead, MARCEL))
        ask = OpenSlot(slot_id=house.fresh_id(), card=JEANNE, pin=PINS[JEANNE], resumes=slot_id)
        assert refused(house.openings.open(dead.identity, ask)).ground is Ground.SEAT_TAKEN

    def test_both_slots_stand_and_the_desk_is_told_when_the_first_was_used_on(
        self, house: HubHouse
    ) -> None:
        cut_off, other = house.enrol(), house.enrol(BIJ)
        first = house.sit(cut_off, JEANNE)
        fall_silent(house, other)
        second = house.sit(other, JEANNE)
        house.pass_time(600, cut_off, other)

        renewed = SlotRenewed(
            slot_id=first,
            total_seconds=7200,
            ends_at=house.clock.wall() + timedelta(hours=2),
            decided_by=Decider.STATION,
        )
        assert told(house, cut_off, renewed) is None
        running = [slot_of(house, one).state for one in (first, second)]
        code = told(house, cut_off, ended(first, 800, EndReason.FINISHED))

        assert running == [SlotState.OPEN, SlotState.OPEN]
        assert code == "person_seated"
        assert slot_of(house, first).used_seconds == 800
        assert slot_of(house, second).state is SlotState.OPEN

    def test_nobody_is_thrown_out_of_a_seat_that_comes_back(self, house: HubHouse) -> None:
        cut_off, other = house.enrol(), house.enrol(BIJ)
        first = house.sit(cut_off, JEANNE)
        fall_silent(house, other)
        house.sit(other, JEANNE)
        house.pass_time(3100, cut_off, other, step=50)

        ask = RenewSlot(slot_id=first, from_total_seconds=3600)

        assert isinstance(house.renewals.renew(cut_off.identity, ask), RenewalGranted)

    def test_what_a_silent_seat_runs_on_is_not_counted_twice(self, house: HubHouse) -> None:
        dead, other = house.enrol(), house.enrol()
        house.sit(dead, JEANNE)
        fall_silent(house, other)
        house.sit(other, JEANNE)
        house.pass_time(600, other)

        met = house.meetings.meet(house.agent(), MeetPerson(card=JEANNE, room_id=TRAPEZE))

        assert isinstance(met, PersonMet)
        assert met.used_today_seconds == GONE_SECONDS + 20 + 600

    def test_a_ticket_of_whoever_left_a_silent_seat_waits_like_any_other(
        self, house: HubHouse
    ) -> None:
        dead, other = house.enrol(BIJ), house.enrol(BIJ)
        house.sit(dead, JEANNE)
        house.sit(other, MARCEL)
        house.take(other, JEANNE)
        before = house.waiting(other).tickets[0].sits_until

        fall_silent(house, other)
        after = house.waiting(other).tickets[0].sits_until

        assert before is not None
        assert after is None
