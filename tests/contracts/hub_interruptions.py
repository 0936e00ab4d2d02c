"""The contract of power cuts: the visitor gets back what was left, and nobody else the seat."""

from datetime import timedelta

from kiosk.rules.slot import Ground
from kiosk.rules.ticket import TicketState
from kiosk.wire.event import EndReason, SlotEnded, SlotResumed
from kiosk.wire.station import OpenSlot, SlotAnswer
from tests.contracts.hub_openings import granted, refused
from tests.contracts.hub_waiting import full_office
from tests.helpers.hubhouse import BIJ, JEANNE, MARCEL, MONIQUE, PINS, HubHouse, Sitting


def cut_power(house: HubHouse, station: Sitting, used: int) -> str:
    """Let the power fail and the station come back; it tells what was left."""
    assert station.slot_id is not None
    slot_id, station.slot_id = station.slot_id, None
    end = SlotEnded(
        slot_id=slot_id,
        reason=EndReason.POWER_LOST,
        used_seconds=used,
        remaining_seconds=3600 - used,
    )
    house.tell(station, house.fact(station, end))
    return slot_id


def come_back(house: HubHouse, station: Sitting, resumes: str, card: str = JEANNE) -> SlotAnswer:
    ask = OpenSlot(slot_id=house.fresh_id(), card=card, pin=PINS[card], resumes=resumes)
    return house.openings.open(station.identity, ask)


class InterruptionContract:
    """What holds after a power cut on every store."""

    def test_what_was_left_is_given_back_even_while_somebody_waits(self, house: HubHouse) -> None:
        one, two = full_office(house)
        house.take(two, MONIQUE)
        before = cut_power(house, one, used=1200)
        waiting = house.waiting(two).tickets[0].state

        house.clock.advance(60)
        answer = granted(come_back(house, one, before))
        house.tell(
            one,
            house.fact(one, house.opened(answer.slot_id, answer.total_seconds)),
            house.fact(one, SlotResumed(slot_id=answer.slot_id, before=before)),
        )

        assert waiting is TicketState.WAITING
        assert answer.total_seconds == 2400
        with house.store.begin(write=False) as work:
            slot = work.slots.get(answer.slot_id)
        assert slot is not None
        assert slot.resumes == before
        assert house.waiting(two).tickets[0].state is TicketState.WAITING

    def test_the_seat_is_kept_for_its_visitor_and_then_for_nobody(self, house: HubHouse) -> None:
        one, two = full_office(house)
        house.take(two, MONIQUE)
        before = cut_power(house, one, used=1200)
        until = house.clock.now() + timedelta(seconds=600)

        early = refused(house.ask(one, MONIQUE))
        house.pass_time(601, one, two, step=20)
        late = refused(come_back(house, one, before))
        called = house.waiting(two).tickets[0]

        assert (early.ground, early.ticket, early.at) == (Ground.HELD, "", until)
        assert late.ground is Ground.OVER
        assert (called.state, called.seat) == (TicketState.CALLED, 1)
        granted(house.ask(one, MONIQUE))

    def test_nobody_resumes_the_slot_of_another(self, house: HubHouse) -> None:
        one, two = house.enrol(BIJ), house.enrol(BIJ)
        house.sit(one, JEANNE)
        before = cut_power(house, one, used=1200)

        assert refused(come_back(house, one, before, MARCEL)).ground is Ground.OVER
        assert refused(come_back(house, two, before)).ground is Ground.OVER
        assert refused(come_back(house, one, house.fresh_id())).ground is Ground.OVER

    def test_a_slot_that_simply_ended_is_not_resumed(self, house: HubHouse) -> None:
        one = house.enrol(BIJ)
        slot_id = house.sit(one, JEANNE)
        house.leave(one, slot_id)

        assert refused(come_back(house, one, slot_id)).ground is Ground.OVER
