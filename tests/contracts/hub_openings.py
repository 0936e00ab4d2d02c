"""The contract of opening and renewing: who may sit, how long, and the same answer twice."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

from admin_console.hub.service.record import SlotState
from admin_console.hub.store.store import Store
from kiosk.rules.slot import Ground
from kiosk.rules.throttle import FIRST_DELAY_SECONDS, FREE_TRIES
from kiosk.wire.event import Decider, OpeningGivenUp, OutOfOrderSet, SlotRenewed
from kiosk.wire.place import HoursView
from kiosk.wire.station import (
    RenewalGranted,
    RenewalRefused,
    RenewSlot,
    SlotAnswer,
    SlotGranted,
    SlotRefused,
)
from tests.helpers.clock import FakeClock
from tests.helpers.hubhouse import BIJ, JEANNE, MARCEL, TRAPEZE, HubHouse, Sitting


def refused(answer: SlotAnswer) -> SlotRefused:
    assert isinstance(answer, SlotRefused), answer
    return answer


def granted(answer: SlotAnswer) -> SlotGranted:
    assert isinstance(answer, SlotGranted), answer
    return answer


class OpeningContract:
    """What holds of openings on every store."""

    def test_a_known_card_gets_the_slot_of_the_room(self, house: HubHouse) -> None:
        answer = granted(house.ask(house.enrol()))

        assert (answer.total_seconds, answer.grace_seconds) == (3600, 120)
        assert answer.first_name == "Jeanne"

    def test_the_same_ask_gets_the_same_answer_and_one_slot(self, house: HubHouse) -> None:
        station = house.enrol()
        slot_id = house.fresh_id()

        answers = [house.ask(station, slot_id=slot_id) for _ in range(3)]

        assert answers[0] == answers[1] == answers[2]
        with house.store.begin(write=False) as work:
            assert len(work.slots.live_on(station.identity.seat_id)) == 1

    def test_a_refusal_is_repeated_too_and_counts_as_one_try(self, house: HubHouse) -> None:
        station = house.enrol()
        slot_id = house.fresh_id()

        first = refused(house.ask(station, pin="9999", slot_id=slot_id))
        again = house.ask(station, pin="9999", slot_id=slot_id)

        assert first == again
        assert first.ground is Ground.WRONG_CARD_OR_CODE
        assert first.tries_left == FREE_TRIES - 1

    def test_another_card_does_not_get_the_answer_of_the_first(self, house: HubHouse) -> None:
        station = house.enrol()
        slot_id = house.fresh_id()
        house.ask(station, JEANNE, slot_id=slot_id)

        assert refused(house.ask(station, MARCEL, slot_id=slot_id)).ground is Ground.FAULT

    def test_another_station_does_not_get_the_answer_of_the_first(self, house: HubHouse) -> None:
        here, there = house.enrol(), house.enrol()
        slot_id = house.fresh_id()
        house.ask(here, slot_id=slot_id)

        assert refused(house.ask(there, slot_id=slot_id)).ground is Ground.FAULT

    def test_an_unknown_card_costs_the_same_work_as_a_wrong_code(self, house: HubHouse) -> None:
        here, there = house.enrol(), house.enrol()

        wrong = refused(house.ask(here, JEANNE, pin="9999"))
        work_for_wrong = house.hasher.verified
        unknown = refused(house.ask(there, "99990000", pin="9999"))

        assert house.hasher.verified - work_for_wrong == work_for_wrong == 1
        assert (wrong.ground, wrong.tries_left, wrong.retry_seconds) == (
            unknown.ground,
            unknown.tries_left,
            unknown.retry_seconds,
        )

    def test_after_three_failures_the_card_waits_everywhere(self, house: HubHouse) -> None:
        stations = [house.enrol(), house.enrol(), house.enrol(), house.enrol(BIJ)]
        for station in stations[:3]:
            house.ask(station, JEANNE, pin="9999")

        work = house.hasher.verified
        answer = refused(house.ask(stations[3], JEANNE))

        assert answer.ground is Ground.TOO_MANY_TRIES
        assert answer.retry_seconds == FIRST_DELAY_SECONDS
        assert house.hasher.verified == work

    def test_after_three_failures_the_station_waits_for_every_card(self, house: HubHouse) -> None:
        station = house.enrol()
        for card in ("11110000", "22220000", "33330000"):
            house.ask(station, card)

        assert refused(house.ask(station, JEANNE)).ground is Ground.TOO_MANY_TRIES
        house.clock.advance(FIRST_DELAY_SECONDS)
        granted(house.ask(station, JEANNE))

    def test_guesses_sent_at_once_learn_no_more_than_guesses_in_turn(self, house: HubHouse) -> None:
        station = house.enrol()
        pins = [f"{number:04}" for number in range(1105, 1120)]  # 1111 is right

        with ThreadPoolExecutor(8) as pool:
            answers = list(pool.map(lambda pin: house.ask(station, JEANNE, pin=pin), pins))

        grounds = [answer.ground for answer in answers if isinstance(answer, SlotRefused)]
        # A right guess among the first three lets the count begin again, once.
        assert grounds.count(Ground.WRONG_CARD_OR_CODE) <= 2 * FREE_TRIES
        assert grounds.count(Ground.TOO_MANY_TRIES) >= len(pins) - 2 * FREE_TRIES - 1

    def test_one_card_at_two_stations_at_once_gets_one_seat(self, house: HubHouse) -> None:
        here, there = house.enrol(TRAPEZE), house.enrol(BIJ)
        start = threading.Barrier(2)

        def ask(station: Sitting) -> SlotAnswer:
            start.wait(10)
            return house.ask(station, JEANNE)

        for _ in range(5):
            with ThreadPoolExecutor(2) as pool:
                answers = list(pool.map(ask, (here, there)))

            grants = [answer for answer in answers if isinstance(answer, SlotGranted)]
            refusals = [answer for answer in answers if isinstance(answer, SlotRefused)]
            assert len(grants) == 1
            assert [answer.ground for answer in refusals] == [Ground.PERSON_SEATED]
            for station in (here, there):
                house.tell(
                    station,
                    house.fact(station, OpeningGivenUp(slot_id=grants[0].slot_id)),
                )

    def test_two_cards_on_one_seat_at_once_get_one_slot(self, house: HubHouse) -> None:
        station = house.enrol()
        start = threading.Barrier(2)

        def ask(card: str) -> SlotAnswer:
            start.wait(10)
            return house.ask(station, card)

        with ThreadPoolExecutor(2) as pool:
            answers = list(pool.map(ask, (JEANNE, MARCEL)))

        assert sum(isinstance(answer, SlotGranted) for answer in answers) == 1
        assert [a.ground for a in answers if isinstance(a, SlotRefused)] == [Ground.SEAT_TAKEN]

    def test_a_person_seated_elsewhere_is_told_where(self, house: HubHouse) -> None:
        house.sit(house.enrol(TRAPEZE, 3))

        answer = refused(house.ask(house.enrol(BIJ)))

        assert answer.ground is Ground.PERSON_SEATED
        assert (answer.seat_number, answer.room_name) == (3, "Médiathèque du Trapèze")

    def test_a_grant_that_nobody_confirms_keeps_nobody_out_after_a_while(
        self, house: HubHouse
    ) -> None:
        here, there = house.enrol(), house.enrol(BIJ)
        house.ask(here, JEANNE)
        assert refused(house.ask(there, JEANNE)).ground is Ground.PERSON_SEATED

        house.clock.advance(30)

        granted(house.ask(there, JEANNE))
        granted(house.ask(here, MARCEL))

    def test_the_same_person_may_ask_again_at_once_where_the_answer_was_lost(
        self, house: HubHouse
    ) -> None:
        station = house.enrol()
        lost = granted(house.ask(station, JEANNE))

        assert granted(house.ask(station, JEANNE)).slot_id != lost.slot_id
        with house.store.begin(write=False) as work:
            assert len(work.slots.live_on(station.identity.seat_id)) == 1

    def test_a_grant_that_opens_late_is_open_all_the_same(self, house: HubHouse) -> None:
        station = house.enrol()
        slot_id = granted(house.ask(station)).slot_id
        house.clock.advance(40)
        assert house.janitor.sweep().given_up == 1

        house.tell(station, house.fact(station, house.opened(slot_id)))

        found = house.seat(station).slot
        assert found is not None
        assert found.slot_id == slot_id

    def test_an_opening_given_up_before_the_ask_arrives_is_refused(self, house: HubHouse) -> None:
        station = house.enrol()
        slot_id = house.fresh_id()
        house.tell(station, house.fact(station, OpeningGivenUp(slot_id=slot_id)))

        assert refused(house.ask(station, slot_id=slot_id)).ground is Ground.NO_ANSWER

    def test_a_broken_seat_takes_nobody(self, house: HubHouse) -> None:
        station = house.enrol()
        house.tell(station, house.fact(station, OutOfOrderSet(reason="clavier")))

        assert refused(house.ask(station)).ground is Ground.OUT_OF_ORDER

    def test_a_clock_that_goes_back_does_not_keep_a_grant_alive(self, house: HubHouse) -> None:
        here, there = house.enrol(), house.enrol(BIJ)
        house.ask(here, JEANNE)

        house.clock.set_wall(house.clock.now() - timedelta(hours=3))

        granted(house.ask(there, JEANNE))

    def test_the_closing_shortens_the_slot_and_then_refuses_it(
        self, store: Store, clock: FakeClock
    ) -> None:
        # 14:00 UTC is 15:00 in Paris; the room closes at 16:00.
        house = HubHouse(store, clock, HoursView(zone="Europe/Paris", week=(((540, 960),),) * 7))
        station = house.enrol()

        short = granted(house.ask(station))
        house.clock.advance(45 * 60)
        late = refused(house.ask(station))
        house.clock.advance(60 * 60)
        closed = refused(house.ask(station))

        closing = datetime(2026, 3, 10, 15, 0, tzinfo=UTC)
        assert short.total_seconds == 3600 - 600 - 120
        assert (short.limit, short.limit_at) == (Ground.CLOSING, closing)
        assert (late.ground, late.at) == (Ground.CLOSING, closing)
        assert (closed.ground, closed.at) == (Ground.CLOSED, datetime(2026, 3, 11, 8, tzinfo=UTC))


class RenewalContract:
    """What holds of renewals on every store."""

    def test_a_slot_is_renewed_near_its_end_and_the_answer_sticks(self, house: HubHouse) -> None:
        station = house.enrol()
        slot_id = house.sit(station)
        ask = RenewSlot(slot_id=slot_id, from_total_seconds=3600)

        early = house.renewals.renew(station.identity, ask)
        house.clock.advance(3100)
        first = house.renewals.renew(station.identity, ask)
        house.clock.advance(300)
        again = house.renewals.renew(station.identity, ask)

        assert isinstance(early, RenewalRefused)
        assert early.ground is Ground.TOO_EARLY
        assert (
            first
            == again
            == RenewalGranted(slot_id=slot_id, from_total_seconds=3600, total_seconds=7200)
        )

    def test_a_renewal_shows_once_the_station_has_told_it(self, house: HubHouse) -> None:
        station = house.enrol()
        slot_id = house.sit(station)
        house.clock.advance(3100)
        house.renewals.renew(station.identity, RenewSlot(slot_id=slot_id, from_total_seconds=3600))

        before = house.seat(station).slot
        renewed = SlotRenewed(
            slot_id=slot_id,
            total_seconds=7200,
            ends_at=house.clock.now() + timedelta(seconds=4100),
            decided_by=Decider.HUB,
        )
        house.tell(station, house.fact(station, renewed))
        after = house.seat(station).slot

        assert before is not None
        assert after is not None
        assert (before.total_seconds, before.renewals) == (3600, 0)
        assert (after.total_seconds, after.renewals) == (7200, 1)

    def test_a_little_difference_of_clocks_refuses_nobody(self, house: HubHouse) -> None:
        station = house.enrol()
        slot_id = house.sit(station)
        house.clock.advance(3600 - 600 - 20)

        answer = house.renewals.renew(
            station.identity, RenewSlot(slot_id=slot_id, from_total_seconds=3600)
        )

        assert isinstance(answer, RenewalGranted)

    def test_an_ended_slot_is_not_renewed(self, house: HubHouse) -> None:
        station = house.enrol()
        slot_id = house.sit(station)
        house.tell(station, house.fact(station, house.ended(slot_id)))

        answer = house.renewals.renew(
            station.identity, RenewSlot(slot_id=slot_id, from_total_seconds=3600)
        )

        assert isinstance(answer, RenewalRefused)
        assert answer.ground is Ground.OVER

    def test_another_station_cannot_renew_a_slot(self, house: HubHouse) -> None:
        here, there = house.enrol(), house.enrol()
        slot_id = house.sit(here)

        answer = house.renewals.renew(
            there.identity, RenewSlot(slot_id=slot_id, from_total_seconds=3600)
        )

        assert isinstance(answer, RenewalRefused)
        assert answer.ground is Ground.FAULT

    def test_a_slot_stays_live_until_a_fact_ends_it(self, house: HubHouse) -> None:
        station = house.enrol()
        slot_id = house.sit(station)
        house.clock.advance(4 * 3600)
        house.beat(station, slot_id)

        house.janitor.sweep()

        with house.store.begin(write=False) as work:
            slot = work.slots.get(slot_id)
        assert slot is not None
        assert slot.state is SlotState.OPEN
