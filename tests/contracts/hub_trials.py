"""The contract of trials: offered once, to whoever never sat, and counted nowhere."""

from datetime import timedelta

from kiosk.rules.slot import Ground
from kiosk.wire.event import EndReason, SlotEnded, SlotTried
from kiosk.wire.people import PersonMet
from kiosk.wire.station import OpenSlot, RenewalRefused, RenewSlot, SlotGranted
from tests.contracts.hub_meetings import meet
from tests.helpers.hubhouse import BIJ, JEANNE, MARCEL, MONIQUE, PAUL, PINS, HubHouse, Sitting


def granted(house: HubHouse, station: Sitting, card: str = JEANNE) -> SlotGranted:
    answer = house.ask(station, card)
    assert isinstance(answer, SlotGranted), answer
    return answer


def tried(house: HubHouse, slot_id: str, total: int = 600) -> SlotTried:
    ends_at = house.clock.now() + timedelta(seconds=total)
    return SlotTried(slot_id=slot_id, total_seconds=total, ends_at=ends_at)


def attempt(house: HubHouse, station: Sitting, card: str = JEANNE) -> str:
    """Open a slot and make it a trial; return it."""
    slot_id = house.sit(station, card)
    house.tell(station, house.fact(station, tried(house, slot_id)))
    return slot_id


class TrialContract:
    """What holds of trials on every store."""

    def test_whoever_never_sat_may_try_and_whoever_tried_may_not_again(
        self, house: HubHouse
    ) -> None:
        station = house.enrol(BIJ)
        first = granted(house, station)
        assert (first.first_use, first.trial_seconds) == (True, 600)
        slot_id = attempt(house, station)
        house.clock.advance(400)
        house.leave(station, slot_id, used=400)
        again = granted(house, station)
        assert (again.first_use, again.trial_seconds) == (True, 0)

    def test_whoever_sat_is_no_longer_new(self, house: HubHouse) -> None:
        station = house.enrol(BIJ)
        house.leave(station, house.sit(station))
        answer = granted(house, station)
        assert (answer.first_use, answer.trial_seconds) == (False, 0)

    def test_a_trial_counts_neither_in_the_day_nor_as_a_slot(self, house: HubHouse) -> None:
        station, beside = house.enrol(BIJ), house.enrol(BIJ)
        slot_id = attempt(house, station)
        house.clock.advance(300)
        house.leave(station, slot_id, used=300)
        answer = granted(house, station)
        assert answer.used_today_seconds == 0
        met = meet(house, JEANNE, BIJ)
        assert isinstance(met, PersonMet)
        assert (met.slots_today, met.used_today_seconds, met.first_use) == (0, 0, True)
        house.leave(beside, house.sit(beside, MARCEL), used=300)
        assert granted(house, beside, MARCEL).used_today_seconds == 300

    def test_a_trial_is_not_renewed_and_its_seat_is_sure_to_end(self, house: HubHouse) -> None:
        one, two = house.enrol(BIJ), house.enrol(BIJ)
        slot_id = attempt(house, one)
        house.sit(two, MARCEL)
        house.take(two, MONIQUE)
        ask = RenewSlot(slot_id=slot_id, from_total_seconds=600)
        answer = house.renewals.renew(one.identity, ask)
        assert isinstance(answer, RenewalRefused)
        assert (answer.ground, answer.mercy) == (Ground.TRIAL, False)
        told = house.waiting(two)
        assert [one.occupant.bar for one in told.seats if one.occupant] == [Ground.TRIAL, None]
        assert told.refusals == ()

    def test_nobody_is_offered_a_trial_while_another_waits_in_vain(self, house: HubHouse) -> None:
        one, two = house.enrol(BIJ), house.enrol(BIJ)
        first = house.sit(one, JEANNE)
        house.sit(two, MARCEL)
        house.take(one, MONIQUE)
        house.take(one, PAUL)
        house.leave(one, first)
        answer = granted(house, one, MONIQUE)
        assert (answer.first_use, answer.trial_seconds) == (True, 0)

    def test_of_a_trial_that_a_power_cut_ends_nothing_is_kept(self, house: HubHouse) -> None:
        station = house.enrol(BIJ)
        slot_id = attempt(house, station)
        ended = SlotEnded(
            slot_id=slot_id, reason=EndReason.POWER_LOST, used_seconds=60, remaining_seconds=3540
        )
        house.tell(station, house.fact(station, ended))
        assert granted(house, station, MARCEL).total_seconds == 3600

    def test_a_trial_that_is_told_late_or_twice_is_told_once(self, house: HubHouse) -> None:
        station = house.enrol(BIJ)
        ask = OpenSlot(slot_id=house.fresh_id(), card=JEANNE, pin=PINS[JEANNE])
        house.openings.open(station.identity, ask)
        opened = house.fact(station, house.opened(ask.slot_id))
        made = house.fact(station, tried(house, ask.slot_id))
        ended = house.fact(station, house.ended(ask.slot_id, 500))
        house.tell(station, opened, made, ended, made)
        answer = granted(house, station)
        assert (answer.first_use, answer.trial_seconds, answer.used_today_seconds) == (True, 0, 0)

    def test_nobodys_slot_may_be_a_trial_too(self, house: HubHouse) -> None:
        station = house.enrol(BIJ)
        slot_id = house.sit(station)
        house.clock.advance(400 * 24 * 3600)
        house.janitor.tidy()
        answers = house.tell(station, house.fact(station, tried(house, slot_id)))
        assert [one.code for one in answers] == [None]
