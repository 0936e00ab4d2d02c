"""The contract of fair renewal: refused for those who wait only, by name, and never twice."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier

from msgspec.structs import replace

from admin_console.hub.store.store import Store
from kiosk.rules.allowance import AdaptedTime
from kiosk.rules.presence import LockCause
from kiosk.rules.slot import Ground
from kiosk.wire.event import (
    Decider,
    EventBody,
    SlotDeclined,
    SlotLocked,
    SlotRenewed,
    SlotResumed,
    SlotUnlocked,
)
from kiosk.wire.place import RuleView, SeriesView
from kiosk.wire.station import (
    RenewalAnswer,
    RenewalGranted,
    RenewalKind,
    RenewalRefused,
    RenewSlot,
    SlotGranted,
)
from kiosk.wire.ticket import ChangeTicket, TicketAct
from tests.contracts.hub_admission import know
from tests.contracts.hub_openings import granted, refused
from tests.contracts.hub_waiting import full_office, taken
from tests.helpers.clock import FakeClock
from tests.helpers.hubhouse import BIJ, JEANNE, MARCEL, MONIQUE, PAUL, RULE, HubHouse, Sitting


def renew(
    house: HubHouse,
    station: Sitting,
    kind: RenewalKind = RenewalKind.ASKED,
    total: int = 3600,
    offered: int | None = None,
) -> RenewalAnswer:
    assert station.slot_id is not None
    ask = RenewSlot(
        slot_id=station.slot_id, from_total_seconds=total, kind=kind, offered_seconds_ago=offered
    )
    return house.renewals.renew(station.identity, ask)


def allowed(answer: RenewalAnswer) -> int:
    assert isinstance(answer, RenewalGranted), answer
    return answer.total_seconds


def denied(answer: RenewalAnswer) -> RenewalRefused:
    assert isinstance(answer, RenewalRefused), answer
    return answer


def renewed(
    house: HubHouse, station: Sitting, total: int, kind: RenewalKind = RenewalKind.ASKED
) -> None:
    """Tell that a slot was renewed; it opened an hour before its first end."""
    assert station.slot_id is not None
    slot = house.seat(station).slot
    assert slot is not None
    body = SlotRenewed(
        slot_id=station.slot_id,
        total_seconds=total,
        ends_at=slot.opened_at + timedelta(seconds=total),
        decided_by=Decider.HUB,
        kind=kind,
    )
    house.tell(station, house.fact(station, body))


def last_minutes(house: HubHouse) -> tuple[Sitting, Sitting, str]:
    """Fill the office, let Monique take a ticket, and come to Jeanne's last ten minutes."""
    one, two = full_office(house)
    label = taken(house.take(two, MONIQUE)).label
    house.pass_time(2410, one, two, step=30)
    return one, two, label


class FairnessContract:
    """What holds of renewals while somebody waits, on every store."""

    def test_the_seat_that_ends_first_is_refused_by_the_name_of_the_ticket(
        self, house: HubHouse
    ) -> None:
        one, two, label = last_minutes(house)
        since = house.waiting(one).tickets[0].taken_at
        told = house.waiting(one).refusals

        first = denied(renew(house, one))
        house.pass_time(580, one, two, step=20)
        second = allowed(renew(house, two))

        assert (first.ground, first.ticket, first.waiting_since) == (Ground.WAITING, label, since)
        assert first.mercy
        assert [(one.ticket, one.seat) for one in told] == [(1, 1)]
        assert second == 7200

    def test_two_seats_that_ask_at_once_are_not_both_refused_for_one_ticket(
        self, house: HubHouse
    ) -> None:
        one, two, _ = last_minutes(house)
        house.pass_time(580, one, two, step=20)
        start = Barrier(2)

        def ask(station: Sitting) -> RenewalAnswer:
            start.wait(10)
            return renew(house, station)

        with ThreadPoolExecutor(2) as pool:
            answers = list(pool.map(ask, (one, two)))

        assert [type(answer) for answer in answers] == [RenewalRefused, RenewalGranted]

    def test_a_refusal_falls_with_its_ticket(self, house: HubHouse) -> None:
        one, two, _ = last_minutes(house)
        denied(renew(house, one))

        leave = ChangeTicket(card=MONIQUE, act=TicketAct.LEAVE)
        house.tickets.change_own(two.identity, leave)

        assert allowed(renew(house, one)) == 7200

    def test_an_answer_sticks_when_another_ticket_comes(self, house: HubHouse) -> None:
        one, two = full_office(house)
        house.pass_time(2410, one, two, step=30)
        before = allowed(renew(house, one))

        house.take(two, MONIQUE)

        assert allowed(renew(house, one)) == before == 7200
        # What was granted counts before the station has told it: the other seat ends first now.
        ends = [seat.occupant.ends_at for seat in house.waiting(one).seats if seat.occupant]
        assert ends[0] > ends[1]

    def test_an_offer_just_shown_holds_for_a_minute(self, house: HubHouse) -> None:
        one, _, _ = last_minutes(house)

        late = denied(renew(house, one, offered=61))
        soon = allowed(renew(house, one, offered=20))

        assert late.ground is Ground.WAITING
        assert soon == 7200

    def test_the_minutes_of_mercy_are_given_once(self, house: HubHouse) -> None:
        one, two, _ = last_minutes(house)
        denied(renew(house, one))

        total = allowed(renew(house, one, RenewalKind.MERCY))
        again = allowed(renew(house, one, RenewalKind.MERCY))
        renewed(house, one, total, RenewalKind.MERCY)
        house.pass_time(300, one, two, step=30)
        second = denied(renew(house, one, RenewalKind.MERCY, total))
        asked = denied(renew(house, one, total=total))

        assert total == again == 3900
        assert second.ground is Ground.WAITING
        assert (asked.ground, asked.mercy) == (Ground.WAITING, False)
        assert [(one.ticket, one.seat) for one in house.waiting(two).refusals] == [(1, 1)]
        slot = house.seat(one).slot
        assert slot is not None
        assert (slot.total_seconds, slot.renewals) == (3900, 0)

    def test_a_slot_renews_itself_only_if_nobody_waits_and_it_was_not_declined(
        self, house: HubHouse
    ) -> None:
        one, two, _ = last_minutes(house)
        assert one.slot_id is not None
        waited = denied(renew(house, one, RenewalKind.BY_ITSELF))
        leave = ChangeTicket(card=MONIQUE, act=TicketAct.LEAVE)
        house.tickets.change_own(two.identity, leave)

        house.tell(one, house.fact(one, SlotDeclined(slot_id=one.slot_id, declined=True)))
        no_thanks = denied(renew(house, one, RenewalKind.BY_ITSELF))
        house.tell(one, house.fact(one, SlotDeclined(slot_id=one.slot_id, declined=False)))
        after_all = allowed(renew(house, one, RenewalKind.BY_ITSELF))

        assert waited.ground is Ground.WAITING
        assert no_thanks.ground is Ground.DECLINED
        assert after_all == 7200

    def test_who_declined_covers_the_ticket_and_nobody_is_refused(self, house: HubHouse) -> None:
        one, two, _ = last_minutes(house)
        assert two.slot_id is not None

        house.tell(two, house.fact(two, SlotDeclined(slot_id=two.slot_id, declined=True)))
        # The refusal that was told stands; one that was not would have gone to nobody.
        told = denied(renew(house, one))
        leave = ChangeTicket(card=MONIQUE, act=TicketAct.LEAVE)
        house.tickets.change_own(two.identity, leave)
        house.take(two, PAUL)

        assert told.ground is Ground.WAITING
        assert allowed(renew(house, one)) == 7200

    def test_the_mercy_of_adapted_time_lifts_no_refusal(self, house: HubHouse) -> None:
        one, two = house.enrol(BIJ), house.enrol(BIJ)
        know(house, time=AdaptedTime.DOUBLE)
        house.sit(one, JEANNE)
        house.pass_time(3600, one, step=60)
        house.sit(two, MARCEL)
        house.take(two, MONIQUE)
        house.pass_time(3010, one, two, step=30)
        total = allowed(renew(house, one, RenewalKind.MERCY, total=7200))
        renewed(house, one, total, RenewalKind.MERCY)
        house.pass_time(5, one, two)

        seats = house.waiting(two).seats

        assert total == 7800
        assert [one.occupant.mercy_seconds for one in seats if one.occupant] == [600, 0]
        assert [one.occupant.grace_seconds for one in seats if one.occupant] == [240, 120]
        assert [(one.ticket, one.seat) for one in house.waiting(two).refusals] == [(1, 1)]

    def test_the_mercy_counts_as_no_renewal(self, store: Store, clock: FakeClock) -> None:
        house = HubHouse(store, clock, rule=replace(RULE, max_renewals=1))
        one, two, _ = last_minutes(house)
        total = allowed(renew(house, one, RenewalKind.MERCY))
        renewed(house, one, total, RenewalKind.MERCY)
        leave = ChangeTicket(card=MONIQUE, act=TicketAct.LEAVE)
        house.tickets.change_own(two.identity, leave)

        house.pass_time(300, one, two, step=30)
        second = allowed(renew(house, one, total=total))
        renewed(house, one, second)
        house.pass_time(3600, one, two, step=300)
        third = denied(renew(house, one, total=second))

        assert second == 3900 + 3600
        assert third.ground is Ground.RENEWALS

    def test_the_minutes_of_a_day_are_counted_in_the_room(
        self, store: Store, clock: FakeClock
    ) -> None:
        rule: RuleView = replace(RULE, daily_seconds=5400)
        house = HubHouse(store, clock, rule=rule)
        one = house.enrol(BIJ)
        slot_id = house.sit(one, JEANNE)
        house.pass_time(3600, one, step=300)

        answer = renew(house, one)

        assert allowed(answer) == 5400
        house.leave(one, slot_id, used=3600)
        assert granted(house.ask(one, JEANNE)).total_seconds == 1800

    def test_what_is_booked_shortens_a_slot_and_keeps_others_out(
        self, store: Store, clock: FakeClock
    ) -> None:
        # 14:00 UTC is 15:00 in Paris.
        course = SeriesView(
            series_id="018f0000-0000-7000-8000-000000000001",
            ground=Ground.WORKSHOP,
            title="Premiers pas",
            dates=(date(2026, 3, 10),),
            start=15 * 60 + 40,
            end=17 * 60,
            seats=(1,),
            entered_at=clock.now(),
        )
        house = HubHouse(store, clock, bookings=(course,))
        booked, free = house.enrol(BIJ, 1), house.enrol(BIJ, 2)

        short = granted(house.ask(booked, JEANNE))
        long = granted(house.ask(free, MARCEL))
        house.clock.advance(2400)
        during = refused(house.ask(booked, MONIQUE))

        start = clock.now()
        assert short.total_seconds == 2400 - 120
        assert (short.limit, short.limit_at) == (Ground.WORKSHOP, start)
        assert (long.total_seconds, long.limit) == (3600, None)
        assert (during.ground, during.at) == (Ground.WORKSHOP, start + timedelta(minutes=80))

    def test_a_locked_seat_is_shown_locked_until_its_visitor_is_back(self, house: HubHouse) -> None:
        one = house.enrol(BIJ)
        slot_id = house.sit(one)
        since = house.clock.now()

        house.tell(one, house.fact(one, SlotLocked(slot_id=slot_id, cause=LockCause.CARD)))
        locked = house.seat(one).slot
        house.tell(one, house.fact(one, SlotUnlocked(slot_id=slot_id)))
        back = house.seat(one).slot

        assert locked is not None
        assert (locked.locked, locked.locked_since) == (LockCause.CARD, since)
        assert back is not None
        assert (back.locked, back.locked_since) == (None, None)

    def test_wishes_of_a_visitor_may_come_in_any_order(self, house: HubHouse) -> None:
        one = house.enrol(BIJ)
        slot_id = house.sit(one)
        bodies: tuple[EventBody, ...] = (
            SlotDeclined(slot_id=slot_id, declined=True),
            SlotLocked(slot_id=slot_id, cause=LockCause.AWAY),
            SlotDeclined(slot_id=slot_id, declined=False),
            SlotUnlocked(slot_id=slot_id),
            SlotResumed(slot_id=slot_id, before=house.fresh_id()),
        )
        facts = [house.fact(one, body) for body in bodies]

        for fact in reversed(facts):
            house.tell(one, fact)

        with house.store.begin(write=False) as work:
            slot = work.slots.get(slot_id)
        assert slot is not None
        assert (slot.declined, slot.locked) == (False, None)
        assert slot.resumes == bodies[-1].before  # type: ignore[union-attr]

    def test_a_ticket_of_somebody_who_sits_down_alone_is_over(self, house: HubHouse) -> None:
        one, two = full_office(house)
        house.take(two, MONIQUE)
        assert one.slot_id is not None
        house.leave(one, one.slot_id)
        answer = house.ask(one, MONIQUE)
        assert isinstance(answer, SlotGranted)

        # The station was cut off meanwhile; the hub learns of the visit when it is over.
        house.tell(
            one,
            house.fact(one, house.opened(answer.slot_id)),
            house.fact(one, house.ended(answer.slot_id)),
        )

        assert house.waiting(two).tickets == ()
