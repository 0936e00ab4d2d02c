"""The contract of power cuts: the visitor gets back what was left, and nobody else the seat."""

from datetime import timedelta

from msgspec.structs import replace

from admin_console.hub.store.store import Store
from kiosk.rules.slot import Ground
from kiosk.rules.ticket import TicketState
from kiosk.wire.event import Decider, EndReason, SlotEnded, SlotRenewed, SlotResumed
from kiosk.wire.station import OpenSlot, RenewalKind, RenewalRefused, RenewSlot, SlotAnswer
from tests.contracts.hub_openings import granted, refused
from tests.contracts.hub_waiting import full_office
from tests.helpers.clock import FakeClock
from tests.helpers.hubhouse import BIJ, JEANNE, MARCEL, MONIQUE, PINS, RULE, HubHouse, Sitting


def cut_power(house: HubHouse, station: Sitting, used: int, total: int = 3600) -> str:
    """Let the power fail and the station come back; it tells what was left."""
    assert station.slot_id is not None
    slot_id, station.slot_id = station.slot_id, None
    end = SlotEnded(
        slot_id=slot_id,
        reason=EndReason.POWER_LOST,
        used_seconds=used,
        remaining_seconds=total - used,
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

    def test_what_was_taken_of_the_slot_stays_taken_and_the_station_hears_it(
        self, store: Store, clock: FakeClock
    ) -> None:
        house = HubHouse(store, clock, rule=replace(RULE, max_renewals=1))
        one = house.enrol(BIJ)
        slot_id = house.sit(one, JEANNE)
        house.pass_time(3100, one, step=100)
        for total, kind in ((7200, RenewalKind.ASKED), (7500, RenewalKind.MERCY)):
            renewed = SlotRenewed(
                slot_id=slot_id,
                total_seconds=total,
                ends_at=clock.wall() + timedelta(seconds=total - 3100),
                decided_by=Decider.HUB,
                kind=kind,
            )
            house.tell(one, house.fact(one, renewed))
        before = cut_power(house, one, used=3300, total=7500)

        answer = granted(come_back(house, one, before))

        assert (answer.total_seconds, answer.renewals, answer.mercy) == (4200, 1, True)
        opened = house.opened(answer.slot_id, answer.total_seconds)
        house.tell(
            one,
            house.fact(one, opened),
            house.fact(one, SlotResumed(slot_id=answer.slot_id, before=before)),
        )
        house.pass_time(3900, one, step=100)
        ask = RenewSlot(slot_id=answer.slot_id, from_total_seconds=4200)
        refusal = house.renewals.renew(one.identity, ask)
        assert isinstance(refusal, RenewalRefused)
        assert (refusal.ground, refusal.mercy) == (Ground.RENEWALS, False)

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
