"""The contract of guests who wait: tickets by a pass, and by nothing but a code."""

from admin_console.hub.service.answer import AskInvalid, Conflict
from kiosk.rules.slot import Ground
from kiosk.rules.waiting import ListFault
from kiosk.wire.desk import Role
from kiosk.wire.station import SlotGranted
from kiosk.wire.ticket import (
    ChangeTicket,
    TakeTicket,
    TicketAct,
    TicketAnswer,
    TicketChanged,
    TicketRefused,
    TicketTaken,
)
from tests.contracts.hub_passes import ask, ground, make, sit
from tests.helpers.hubhouse import JEANNE, MARCEL, MONIQUE, TRAPEZE, HubHouse


class PassTicketContract:
    """What holds of guests on a waiting list, on every store."""

    def test_a_guest_waits_like_everybody_and_sits_by_the_code_of_a_ticket(
        self, house: HubHouse
    ) -> None:
        stations = [house.enrol(), house.enrol(), house.enrol()]
        for station, card in zip(stations, (JEANNE, MARCEL, MONIQUE), strict=True):
            house.sit(station, card)
        made = make(house)
        board = house.agent(frozenset({Role.OBSERVER}))
        taken = house.tickets.take_at_desk(board, TRAPEZE, TakeTicket(ask_id=house.fresh_id()))
        assert isinstance(taken, TicketTaken)
        assert taken.code
        assert stations[0].slot_id is not None
        house.leave(stations[0], stations[0].slot_id)

        assert ground(ask(house, stations[0], made.digits)) is Ground.HELD
        answer = ask(house, stations[0], made.digits, ticket_code=taken.code)

        assert isinstance(answer, SlotGranted)

    def test_a_ticket_by_a_pass_is_held_for_that_pass_and_changed_by_it(
        self, house: HubHouse
    ) -> None:
        stations = [house.enrol(), house.enrol(), house.enrol()]
        for station, card in zip(stations, (JEANNE, MARCEL, MONIQUE), strict=True):
            house.sit(station, card)
        first, second = make(house), make(house)

        def take(digits: str) -> TicketAnswer | AskInvalid | Conflict:
            wanted = TakeTicket(ask_id=house.fresh_id(), card=digits, guest_pass=digits)
            return house.tickets.take_at_station(stations[0].identity, wanted)

        def change(digits: str, act: TicketAct) -> object:
            wanted = ChangeTicket(card=digits, guest_pass=digits, act=act)
            return house.tickets.change_own(stations[0].identity, wanted)

        mine, other = take(first.digits), take(second.digits)
        assert isinstance(mine, TicketTaken)
        assert isinstance(other, TicketTaken)
        assert not mine.code
        assert getattr(take(first.digits), "fault", None) is ListFault.HAS_TICKET
        assert isinstance(change(second.digits, TicketAct.LEAVE), TicketChanged)
        assert stations[0].slot_id is not None
        house.leave(stations[0], stations[0].slot_id)

        assert ground(ask(house, stations[0], second.digits)) is Ground.HELD
        sit(house, stations[0], first.digits)
        assert house.waiting(stations[0]).tickets == ()
        used = take(first.digits)
        assert isinstance(used, TicketRefused)
        assert used.ground is Ground.PASS_USED

    def test_digits_that_are_neither_card_nor_pass_are_unknown_and_slow_the_reader(
        self, house: HubHouse
    ) -> None:
        station = house.enrol()
        made = make(house)
        wrong = f"{(int(made.digits) + 1) % 10**10:010d}"

        def take(digits: str) -> TicketRefused:
            wanted = TakeTicket(ask_id=house.fresh_id(), card=digits, guest_pass=digits)
            answer = house.tickets.take_at_station(station.identity, wanted)
            assert isinstance(answer, TicketRefused), answer
            return answer

        assert all(take(wrong).unknown_card for _ in range(3))
        assert take(made.digits).retry_seconds > 0
