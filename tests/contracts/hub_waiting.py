"""The contract of the waiting list: who is called, who may sit, and what everybody is told."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

from msgspec.structs import replace

from admin_console.hub.service.answer import Conflict, NotAllowed, NotFound
from admin_console.hub.service.janitor import PERSON_DAYS, Janitor
from admin_console.hub.service.waiting import LOOK_SECONDS, save_room
from admin_console.hub.store.store import Store
from kiosk.rules.slot import Ground
from kiosk.rules.ticket import TicketState
from kiosk.rules.waiting import ListFault
from kiosk.wire.change import RoomChanged, WaitingChanged
from kiosk.wire.desk import ExtensionForecast
from kiosk.wire.event import OutOfOrderSet
from kiosk.wire.station import SlotGranted, SlotRefused
from kiosk.wire.ticket import (
    ChangeAnswer,
    ChangeTicket,
    TicketAct,
    TicketAnswer,
    TicketChanged,
    TicketRefused,
    TicketTaken,
)
from kiosk.wire.waiting import TicketView
from tests.helpers.hubhouse import (
    BIJ,
    JEANNE,
    MARCEL,
    MONIQUE,
    PAUL,
    TRAPEZE,
    HubHouse,
    Sitting,
)


def taken(answer: TicketAnswer | Conflict | NotAllowed | NotFound) -> TicketView:
    assert isinstance(answer, TicketTaken), answer
    return answer.ticket


def declined(answer: TicketAnswer | ChangeAnswer) -> TicketRefused:
    assert isinstance(answer, TicketRefused), answer
    return answer


def changed(answer: object) -> TicketView:
    assert isinstance(answer, TicketChanged), answer
    return answer.ticket


def refused(answer: object) -> SlotRefused:
    assert isinstance(answer, SlotRefused), answer
    return answer


def full_office(house: HubHouse) -> tuple[Sitting, Sitting]:
    """Seat Jeanne and Marcel on the two seats of the youth office, Marcel ten minutes later."""
    one, two = house.enrol(BIJ), house.enrol(BIJ)
    house.sit(one, JEANNE)
    house.pass_time(600, one, step=600)
    house.beat(two)
    house.sit(two, MARCEL)
    return one, two


def own(house: HubHouse, station: Sitting, card: str, act: TicketAct, minutes: int = 0) -> object:
    until = house.clock.now() + timedelta(minutes=minutes) if minutes else None
    return house.tickets.change_own(station.identity, ChangeTicket(card=card, act=act, until=until))


class WaitingContract:
    """What holds of the waiting list on every store."""

    def test_a_ticket_in_a_free_room_is_called_at_once(self, house: HubHouse) -> None:
        station = house.enrol(BIJ, 1)

        ticket = taken(house.take(station, JEANNE))

        assert (ticket.number, ticket.label, ticket.state) == (1, "A-01", TicketState.CALLED)
        assert ticket.seat == 1
        assert ticket.hold_until == house.clock.now() + timedelta(seconds=600)
        assert house.waiting(station).seats[0].held_for == 1

    def test_a_held_seat_opens_for_its_ticket_only_and_then_nobody_waits(
        self, house: HubHouse
    ) -> None:
        station = house.enrol(BIJ, 1)
        house.take(station, JEANNE)

        other = refused(house.ask(station, MARCEL))
        granted = house.ask(station, JEANNE)
        assert isinstance(granted, SlotGranted)
        still_held = house.waiting(station).tickets[0].state
        house.tell(station, house.fact(station, house.opened(granted.slot_id)))

        assert (other.ground, other.ticket) == (Ground.HELD, "A-01")
        assert still_held is TicketState.CALLED
        assert house.waiting(station).tickets == ()
        assert house.waiting(station).seats == ()

    def test_a_full_room_says_when_a_seat_is_free(self, house: HubHouse) -> None:
        one, two = full_office(house)

        ticket = taken(house.take(two, MONIQUE))

        assert ticket.state is TicketState.WAITING
        assert ticket.expected_seat == 1
        assert ticket.expected_at == house.clock.now() + timedelta(seconds=3000)
        assert house.waiting(one).tickets == (ticket,)

    def test_the_stations_of_the_room_and_the_staff_of_the_site_are_told(
        self, house: HubHouse
    ) -> None:
        one, two = full_office(house)
        far = house.enrol(TRAPEZE)
        near, away = house.agent(sites=("bij",)), house.agent(sites=("trapeze",))

        house.take(one, MONIQUE)

        def told(reader: object) -> list[WaitingChanged]:
            assert reader is not None
            changes = house.read(reader)  # type: ignore[arg-type]
            return [one.body for one in changes if isinstance(one.body, WaitingChanged)]

        assert [change.waiting.tickets[0].label for change in told(one.identity)] == ["A-01"]
        assert told(one.identity) == told(two.identity) == told(near)
        assert told(far.identity) == told(away) == []
        estate = house.feed.estate(near).sites[0].rooms[0].waiting
        assert estate == told(near)[0].waiting

    def test_nothing_that_is_told_or_shown_names_a_person(self, house: HubHouse) -> None:
        one, _ = full_office(house)
        house.take(one, MONIQUE)
        secrets = [house.references.reference(card) for card in (JEANNE, MONIQUE)]
        everything = str(house.read(house.agent())) + str(house.feed.situation(one.identity))

        assert [secret for secret in (*secrets, JEANNE, MONIQUE) if secret in everything] == []

    def test_a_freed_seat_is_held_for_the_first_and_missed_in_turn(self, house: HubHouse) -> None:
        one, two = full_office(house)
        for card in (MONIQUE, PAUL):
            house.take(one, card)
        assert one.slot_id is not None
        house.leave(one, one.slot_id)

        states = []
        for _ in range(4):
            states.append([(t.number, t.state, t.seat) for t in house.waiting(two).tickets])
            house.pass_time(601, one, two, step=20)

        waits, called = TicketState.WAITING, TicketState.CALLED
        assert states == [
            [(1, called, 1), (2, waits, None)],
            [(1, waits, None), (2, called, 1)],
            [(1, called, 1), (2, waits, None)],
            [(2, called, 1)],
        ]
        assert house.waiting(two).tickets == ()

    def test_nobody_without_a_ticket_sits_while_somebody_waits(self, house: HubHouse) -> None:
        one, two = full_office(house)
        house.take(one, MONIQUE)
        assert one.slot_id is not None
        house.leave(one, one.slot_id)
        house.pass_time(30, two)  # the freed seat falls silent: nobody can be called to it

        lost = house.waiting(two).tickets[0]
        answer = refused(house.ask(one, PAUL))

        assert (lost.state, lost.seat) == (TicketState.WAITING, None)
        assert (answer.ground, answer.ticket) == (Ground.TICKET_NEEDED, "A-01")

    def test_a_held_seat_that_is_lost_gives_its_ticket_the_first_place_again(
        self, house: HubHouse
    ) -> None:
        one, two = full_office(house)
        for card in (MONIQUE, PAUL):
            house.take(one, card)
        assert one.slot_id is not None
        house.leave(one, one.slot_id)

        house.tell(one, house.fact(one, OutOfOrderSet(reason="écran")))

        first, second = house.waiting(two).tickets
        assert (first.number, first.state) == (1, TicketState.WAITING)
        assert second.number == 2

    def test_who_is_called_may_open_just_before_the_hold_is_over(self, house: HubHouse) -> None:
        station = house.enrol(BIJ, 1)
        house.take(station, JEANNE)
        house.pass_time(599, station, step=10)
        granted = house.ask(station, JEANNE)
        assert isinstance(granted, SlotGranted)

        house.pass_time(5, station, step=1)
        held = house.waiting(station).tickets[0]
        house.tell(station, house.fact(station, house.opened(granted.slot_id)))

        assert held.state is TicketState.CALLED
        assert house.waiting(station).tickets == ()

    def test_an_opening_given_up_lets_the_ticket_wait_on(self, house: HubHouse) -> None:
        station = house.enrol(BIJ, 1)
        house.take(station, JEANNE)
        assert isinstance(house.ask(station, JEANNE), SlotGranted)

        house.pass_time(40, station)

        assert house.waiting(station).tickets[0].state is TicketState.CALLED
        assert isinstance(house.ask(station, JEANNE), SlotGranted)

    def test_two_stations_that_open_at_once_obey_the_holds(self, house: HubHouse) -> None:
        one, two = house.enrol(BIJ, 1), house.enrol(BIJ, 2)
        house.take(one, MONIQUE)
        start = Barrier(3)

        def ask(pair: tuple[Sitting, str]) -> object:
            start.wait(10)
            return house.ask(*pair)

        with ThreadPoolExecutor(3) as pool:
            held, free, owner = pool.map(ask, ((one, JEANNE), (two, MARCEL), (one, MONIQUE)))

        assert refused(held).ground in {Ground.HELD, Ground.SEAT_TAKEN}
        assert isinstance(free, SlotGranted)
        assert isinstance(owner, SlotGranted)

    def test_the_holder_steps_away_comes_back_and_leaves(self, house: HubHouse) -> None:
        one, _ = full_office(house)
        house.take(one, MONIQUE)

        away = changed(own(house, one, MONIQUE, TicketAct.STEP_AWAY, 25))
        back = changed(own(house, one, MONIQUE, TicketAct.COME_BACK))
        again = own(house, one, MONIQUE, TicketAct.COME_BACK)
        gone = changed(own(house, one, MONIQUE, TicketAct.LEAVE))
        nothing = own(house, one, MONIQUE, TicketAct.LEAVE)

        assert away.state is TicketState.AWAY
        assert away.back_at == house.clock.now() + timedelta(minutes=25)
        assert back.state is TicketState.WAITING
        assert isinstance(again, TicketRefused)
        assert again.fault is ListFault.NOT_AWAY
        assert gone.state is TicketState.LEFT
        assert isinstance(nothing, TicketRefused)
        assert nothing.fault is ListFault.NO_TICKET

    def test_who_stepped_away_is_called_when_the_return_is_near(self, house: HubHouse) -> None:
        one, two = full_office(house)
        house.take(one, MONIQUE)
        own(house, one, MONIQUE, TicketAct.STEP_AWAY, 25)
        assert one.slot_id is not None
        house.leave(one, one.slot_id)

        early = house.waiting(two).tickets[0].state
        house.pass_time(15 * 60 + 1, one, two, step=60)

        assert early is TicketState.AWAY
        called = house.waiting(two).tickets[0]
        assert (called.state, called.seat) == (TicketState.CALLED, 1)

    def test_a_list_ends_with_its_day(self, house: HubHouse) -> None:
        one, _ = full_office(house)
        house.take(one, MONIQUE)

        house.pass_time(24 * 3600, one, step=3600)

        assert house.waiting(one).tickets == ()
        assert taken(house.take(one, MONIQUE)).number == 1

    def test_more_time_for_one_delays_who_waits_by_name_of_the_ticket(
        self, house: HubHouse
    ) -> None:
        one, _ = full_office(house)
        house.take(one, MONIQUE)
        assert one.slot_id is not None

        forecast = house.commands.forecast(house.agent(), one.slot_id, 900)

        assert isinstance(forecast, ExtensionForecast)
        assert [delay.ticket for delay in forecast.delays] == ["A-01"]
        # Nobody is sure to leave the other seat before: Marcel has had no more than Monique.
        assert forecast.delays[0].until == house.clock.now() + timedelta(seconds=3000 + 900)

    def test_a_hub_that_starts_again_goes_on_with_the_list(
        self, house: HubHouse, store: Store
    ) -> None:
        one, two = full_office(house)
        for card in (MONIQUE, PAUL):
            house.take(one, card)
        assert one.slot_id is not None
        house.leave(one, one.slot_id)
        before = house.waiting(two)

        new = HubHouse(store, house.clock, furnish=False)
        assert new.waiting(two) == before
        new.contacts.load()
        new.clock.advance(600)
        for station in (one, two):
            new.beat(station)
        Janitor(store, new.clock, new.commands, new.presence, new.contacts).sweep()

        assert [(t.number, t.state) for t in new.waiting(two).tickets] == [
            (1, TicketState.WAITING),
            (2, TicketState.CALLED),
        ]

    def test_minutes_that_run_are_no_news(self, house: HubHouse) -> None:
        one, two = full_office(house)
        house.take(one, MONIQUE)
        with house.store.begin(write=False) as work:
            before = work.changes.last()

        house.pass_time(900, one, two, step=LOOK_SECONDS)

        with house.store.begin(write=False) as work:
            assert work.changes.last() == before

    def test_a_room_where_nobody_waits_is_not_looked_at(self, house: HubHouse) -> None:
        one, two = full_office(house)
        house.take(one, MONIQUE)
        looked = house.janitor.sweep().lists
        house.clock.advance(LOOK_SECONDS)
        for station in (one, two):
            house.beat(station)
        due = house.janitor.sweep().lists
        own(house, one, MONIQUE, TicketAct.LEAVE)
        house.clock.advance(3600)

        assert (looked, due, house.janitor.sweep().lists) == (0, 1, 0)
        assert house.waiting(two).tickets == ()

    def test_whose_a_ticket_was_is_forgotten_after_a_year(self, house: HubHouse) -> None:
        one, _ = full_office(house)
        house.take(one, MONIQUE)
        today = house.clock.now().date()
        own(house, one, MONIQUE, TicketAct.LEAVE)

        house.clock.advance((PERSON_DAYS + 1) * 24 * 3600)
        house.janitor.tidy()

        with house.store.begin(write=False) as work:
            kept = work.tickets.of_day(BIJ, today).tickets
        assert [(ticket.number, ticket.person) for ticket in kept] == [(1, "")]

    def test_a_room_with_new_hours_is_told_and_its_list_follows(self, house: HubHouse) -> None:
        one, two = full_office(house)
        house.take(one, MONIQUE)
        now = house.clock.now()
        with house.store.begin(write=True) as work:
            room = work.rooms.hold(BIJ)
            assert room is not None
            shut = replace(room, hours=replace(room.hours, week=((),) * 7))
            save_room(work, shut, now)

        changes = [change.body for change in house.read(two.identity)]
        assert RoomChanged(room=shut) in changes
        assert house.waiting(two).tickets == ()
        assert house.feed.situation(two.identity).room == shut
        # Who sits goes on to the end of the slot.
        assert house.seat(one).slot is not None
