"""What any store must hold of who may sit, and of the time that a card gives."""

from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from kiosk.rules.allowance import AdaptedTime
from kiosk.rules.person import BrowserProfile
from kiosk.rules.slot import Ground
from kiosk.wire.people import ChangePerson, PersonChanged, PersonFacts
from kiosk.wire.place import AdmissionView, RuleView
from kiosk.wire.station import (
    OpenSlot,
    RenewalGranted,
    RenewalKind,
    RenewalRefused,
    RenewSlot,
    SlotGranted,
    SlotRefused,
)
from tests.helpers.hubhouse import ADULT, JEANNE, MARCEL, MINOR, STAFF, TRAPEZE, HubHouse

CLUB = AdmissionView(minimum_age=55)
DAY = date(2026, 3, 3)


def admit(house: HubHouse, admission: AdmissionView, rule: RuleView | None = None) -> None:
    """Let the library's room admit others, by another rule if one is given."""
    with house.store.begin(write=True) as work:
        room = work.rooms.get(TRAPEZE)
        assert room is not None
        work.rooms.save(replace(room, admission=admission, rule=rule or room.rule))


def know(
    house: HubHouse,
    card: str = JEANNE,
    *,
    category: str = ADULT.key,
    age: int | None = 30,
    authorised: date | None = None,
    until: date | None = None,
    resident: bool = False,
    time: AdaptedTime = AdaptedTime.ORDINARY,
) -> None:
    """Write down other facts of somebody."""
    facts = PersonFacts(
        first_name="Jeanne",
        category=category,
        least_age=age,
        authorised_on=authorised,
        valid_until=until,
        resident=resident,
        time=time,
    )
    answer = house.registry.change(house.agent(), ChangePerson(card=card, facts=facts))
    assert isinstance(answer, PersonChanged), answer


class AdmissionContract:
    """What holds of admission and adapted time on every store."""

    def test_a_club_takes_nobody_under_its_age(self, house: HubHouse) -> None:
        station = house.enrol()
        admit(house, CLUB)
        know(house, JEANNE, age=54)
        know(house, MARCEL, age=55)

        young = house.ask(station, JEANNE)
        old = house.ask(station, MARCEL)

        assert isinstance(young, SlotRefused)
        assert (young.ground, young.minimum_age) == (Ground.TOO_YOUNG, 55)
        assert isinstance(old, SlotGranted)

    @pytest.mark.parametrize(
        ("admission", "ground"),
        [
            (AdmissionView(residents_only=True), Ground.NOT_RESIDENT),
            (AdmissionView(categories=("minor",)), Ground.NOT_ADMITTED),
        ],
    )
    def test_a_room_says_why_it_does_not_admit(
        self, house: HubHouse, admission: AdmissionView, ground: Ground
    ) -> None:
        station = house.enrol()
        admit(house, admission)

        refused = house.ask(station)

        assert isinstance(refused, SlotRefused)
        assert refused.ground is ground
        assert house.take(station, JEANNE).ground is ground  # type: ignore[union-attr]

    def test_a_minor_needs_an_authorisation_and_gets_their_own_profile(
        self, house: HubHouse
    ) -> None:
        station = house.enrol()
        know(house, category=MINOR.key, age=15)
        refused = house.ask(station)
        know(house, category=MINOR.key, age=15, authorised=house.clock.now().date())
        granted = house.ask(station)

        assert isinstance(refused, SlotRefused)
        assert refused.ground is Ground.NO_AUTHORISATION
        assert isinstance(granted, SlotGranted)
        assert granted.profile is BrowserProfile.MINOR

    def test_staff_sit_anywhere(self, house: HubHouse) -> None:
        station = house.enrol()
        admit(house, AdmissionView(minimum_age=55, residents_only=True, categories=("minor",)))
        know(house, category=STAFF.key, age=None)

        assert isinstance(house.ask(station), SlotGranted)

    def test_a_card_is_good_until_the_end_of_its_last_day_in_the_room(
        self, house: HubHouse
    ) -> None:
        station = house.enrol()
        # The room is in Paris: there the day ends an hour or two before that of the hub's clock.
        evening = house.clock.now().replace(hour=22, minute=30)
        know(house, until=evening.date())
        last_day = house.ask(station)
        assert isinstance(last_day, SlotGranted)
        house.sit(station)
        assert station.slot_id is not None
        house.leave(station, station.slot_id)
        house.clock.advance((evening + timedelta(hours=1) - house.clock.now()).total_seconds())
        after = house.ask(station)

        assert isinstance(after, SlotRefused)
        assert after.ground is Ground.CARD_EXPIRED

    def test_who_sits_is_not_judged_again(self, house: HubHouse) -> None:
        station = house.enrol()
        slot_id = house.sit(station)
        admit(house, CLUB)
        house.clock.advance(3100)

        answer = house.renewals.renew(
            station.identity, RenewSlot(slot_id=slot_id, from_total_seconds=3600)
        )

        assert isinstance(answer, RenewalGranted)

    def test_a_wrong_code_hides_who_would_not_be_admitted(self, house: HubHouse) -> None:
        station = house.enrol()
        admit(house, CLUB)

        answer = house.ask(station, JEANNE, pin="9999")

        assert isinstance(answer, SlotRefused)
        assert answer.ground is Ground.WRONG_CARD_OR_CODE

    def test_a_ticket_is_refused_on_the_same_ground_and_can_be_had_again_later(
        self, house: HubHouse
    ) -> None:
        station = house.enrol()
        admit(house, CLUB)
        ask_id = house.fresh_id()

        refused = house.take(station, JEANNE, ask_id)
        know(house, age=60)
        taken = house.take(station, JEANNE, ask_id)

        assert (refused.ground, refused.minimum_age) == (Ground.TOO_YOUNG, 55)  # type: ignore[union-attr]
        assert taken.ticket is not None

    def test_a_card_with_more_time_gets_it_in_all_that_presses(self, house: HubHouse) -> None:
        station = house.enrol()
        rule = RuleView(
            slot_seconds=3600,
            grace_seconds=120,
            closing_margin_seconds=600,
            shortest_slot_seconds=300,
            daily_seconds=3600,
            mercy_seconds=300,
        )
        admit(house, AdmissionView(), rule)
        know(house, time=AdaptedTime.DOUBLE)

        granted = house.ask(station)
        assert isinstance(granted, SlotGranted)
        fact = house.fact(station, house.opened(granted.slot_id, granted.total_seconds))
        house.tell(station, fact)
        house.clock.advance(7100)
        ask = RenewSlot(slot_id=granted.slot_id, from_total_seconds=7200)
        refused = house.renewals.renew(station.identity, ask)
        mercy = house.renewals.renew(station.identity, replace(ask, kind=RenewalKind.MERCY))

        assert (granted.total_seconds, granted.grace_seconds) == (7200, 240)
        assert granted.time is AdaptedTime.DOUBLE
        assert isinstance(refused, RenewalRefused)
        assert (refused.ground, refused.mercy) == (Ground.DAILY_MINUTES, True)
        assert isinstance(mercy, RenewalGranted)
        assert mercy.total_seconds == 7200 + 600

    def test_the_list_counts_on_a_seat_by_the_rule_of_who_sits_there(self, house: HubHouse) -> None:
        """A day of one hour is over after an hour, but not for a card with double time."""
        stations = [house.enrol(TRAPEZE, number) for number in (1, 2, 3)]
        rule = RuleView(
            slot_seconds=1800,
            grace_seconds=120,
            closing_margin_seconds=600,
            shortest_slot_seconds=300,
            daily_seconds=1800,
        )
        admit(house, AdmissionView(), rule)
        know(house, JEANNE, time=AdaptedTime.DOUBLE)
        house.sit(stations[0], JEANNE)
        house.sit(stations[1], MARCEL)
        house.sit(stations[2], "20481000000037")
        house.take(stations[0], "20481000000045")

        bars = {
            seat.number: None if seat.occupant is None else seat.occupant.bar
            for seat in house.waiting(stations[0]).seats
        }

        assert bars == {1: Ground.DAILY_MINUTES, 2: Ground.DAILY_MINUTES, 3: Ground.DAILY_MINUTES}
        know(house, JEANNE, time=AdaptedTime.ORDINARY)
        with house.store.begin(write=False) as work:
            slot = work.slots.get(stations[0].slot_id or "")
        assert slot is not None
        # What was granted stands, whatever the card gets from now on.
        assert (slot.total_seconds, slot.time) == (3600, AdaptedTime.DOUBLE)

    def test_the_first_use_is_told_until_a_slot_has_opened(self, house: HubHouse) -> None:
        station = house.enrol()
        granted = house.ask(station)
        assert isinstance(granted, SlotGranted)
        house.clock.advance(31)
        again = house.openings.open(
            station.identity, OpenSlot(slot_id=house.fresh_id(), card=JEANNE, pin="1111")
        )
        assert isinstance(again, SlotGranted)
        house.tell(station, house.fact(station, house.opened(again.slot_id)))
        opened_at = house.clock.now()
        house.leave(station, again.slot_id)
        later = house.ask(station)

        assert (granted.first_use, again.first_use) == (True, True)
        assert isinstance(later, SlotGranted)
        assert not later.first_use
        with house.store.begin(write=False) as work:
            member = work.members.get(house.references.reference(JEANNE))
        assert member is not None
        assert member.first_used_at == opened_at
