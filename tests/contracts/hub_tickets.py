"""The contract of tickets: who gets one, who may change it, and the same answer twice."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

from admin_console.hub.service.answer import AskInvalid, Conflict, NotAllowed, NotFound
from admin_console.hub.service.identity import StaffIdentity
from admin_console.hub.store.store import Store
from kiosk.rules.slot import Ground
from kiosk.rules.throttle import FIRST_DELAY_SECONDS, FREE_TRIES
from kiosk.rules.ticket import TicketState
from kiosk.rules.waiting import ListFault
from kiosk.wire.desk import Role
from kiosk.wire.event import OutOfOrderSet
from kiosk.wire.place import HoursView
from kiosk.wire.station import OpenSlot, SlotGranted
from kiosk.wire.ticket import (
    ChangeRoomTicket,
    ChangeTicket,
    TakeTicket,
    TicketAct,
    TicketAnswer,
    TicketRefused,
    TicketTaken,
)
from tests.contracts.hub_waiting import changed, declined, full_office, own, refused, taken
from tests.helpers.clock import FakeClock
from tests.helpers.hubhouse import (
    BIJ,
    JEANNE,
    MARCEL,
    MONIQUE,
    ODILE,
    PAUL,
    TRAPEZE,
    HubHouse,
    Sitting,
)

UNKNOWN = "99990000"


def told_no(answer: object) -> TicketRefused:
    assert isinstance(answer, TicketRefused), answer
    return answer


class TicketContract:
    """What holds of tickets on every store."""

    def test_a_person_has_one_live_ticket_in_the_whole_town(self, house: HubHouse) -> None:
        one, _ = full_office(house)
        far = house.enrol(TRAPEZE)
        first = taken(house.take(one, MONIQUE))

        here = declined(house.take(one, MONIQUE))
        there = declined(house.take(far, MONIQUE))

        assert here.fault is there.fault is ListFault.HAS_TICKET
        assert (here.ticket, here.room_name) == (first, "BIJ")
        assert there.ticket is not None
        assert (there.ticket.label, there.room_name) == ("A-01", "BIJ")
        assert (here.elsewhere, there.elsewhere) == (False, True)
        assert house.waiting(far).tickets == ()

    def test_one_person_at_two_rooms_at_once_gets_one_ticket(self, house: HubHouse) -> None:
        stations = (house.enrol(BIJ), house.enrol(TRAPEZE))
        start = Barrier(2)

        def take(station: Sitting) -> TicketAnswer:
            start.wait(10)
            return house.take(station, MONIQUE)

        with ThreadPoolExecutor(2) as pool:
            answers = list(pool.map(take, stations))

        assert sum(isinstance(answer, TicketTaken) for answer in answers) == 1

    def test_many_who_take_tickets_at_once_get_each_their_own(self, house: HubHouse) -> None:
        one, two = full_office(house)
        start = Barrier(3)

        def take(card: str) -> TicketAnswer:
            start.wait(10)
            return house.take(one, card)

        with ThreadPoolExecutor(3) as pool:
            numbers = [taken(answer).number for answer in pool.map(take, (MONIQUE, PAUL, ODILE))]

        assert sorted(numbers) == [1, 2, 3]
        assert [ticket.number for ticket in house.waiting(two).tickets] == [1, 2, 3]

    def test_staff_change_a_ticket_by_its_number(self, house: HubHouse) -> None:
        one, _ = full_office(house)
        house.take(one, MONIQUE)
        agent = house.agent()

        def change(act: TicketAct, number: int = 1) -> object:
            ask = ChangeRoomTicket(act=act)
            return house.tickets.change_at_desk(agent, BIJ, number, ask)

        not_called = change(TicketAct.CALL_AGAIN)
        assert one.slot_id is not None
        house.leave(one, one.slot_id)
        house.clock.advance(300)
        again = changed(change(TicketAct.CALL_AGAIN))
        off = changed(change(TicketAct.LEAVE))

        assert isinstance(not_called, TicketRefused)
        assert not_called.fault is ListFault.SEAT_NOT_FREE
        assert again.hold_until == house.clock.now() + timedelta(seconds=600)
        assert off.state is TicketState.LEFT
        assert change(TicketAct.LEAVE, 2) == NotFound()
        assert isinstance(change(TicketAct.STEP_AWAY), AskInvalid)
        observer = house.agent(frozenset({Role.OBSERVER}))
        leave = ChangeRoomTicket(act=TicketAct.LEAVE)
        assert house.tickets.change_at_desk(observer, BIJ, 1, leave) == NotAllowed()
        elsewhere = house.agent(sites=("trapeze",))
        assert house.tickets.change_at_desk(elsewhere, BIJ, 1, leave) == NotFound()

    def test_a_board_gives_a_code_with_which_a_card_sits_down(self, house: HubHouse) -> None:
        station = house.enrol(BIJ, 1)
        board = house.agent(frozenset({Role.OBSERVER}))
        ask = TakeTicket(ask_id=house.fresh_id())
        answer = house.tickets.take_at_desk(board, BIJ, ask)
        assert isinstance(answer, TicketTaken)
        assert len(answer.code) == 3

        def sit(code: str | None) -> object:
            return house.openings.open(
                station.identity,
                OpenSlot(slot_id=house.fresh_id(), card=JEANNE, pin="1111", ticket_code=code),
            )

        wrong = f"{(int(answer.code) + 1) % 1000:03d}"
        assert [one.coded for one in house.waiting(station).tickets] == [True]
        without, guessed, right = sit(None), sit(wrong), sit(answer.code)

        assert refused(without).ground is Ground.HELD
        assert refused(guessed).ground is Ground.WRONG_TICKET_CODE
        assert refused(guessed).tries_left == FREE_TRIES - 1
        assert isinstance(right, SlotGranted)
        assert [one.coded for one in house.waiting(station).tickets] == [False]
        # The code was claimed: now the card alone is enough.
        assert isinstance(sit(None), SlotGranted)
        assert house.tickets.take_at_desk(board, BIJ, ask) == answer

    def test_a_board_gives_so_many_codes_and_staff_give_more(self, house: HubHouse) -> None:
        full_office(house)
        board, agent = house.agent(frozenset({Role.OBSERVER})), house.agent()

        def press(staff: StaffIdentity) -> TicketAnswer:
            answer = house.tickets.take_at_desk(staff, BIJ, TakeTicket(ask_id=house.fresh_id()))
            assert isinstance(answer, TicketTaken | TicketRefused)
            return answer

        first = taken(press(board))
        taken(press(board))
        taken(press(board))
        assert declined(press(board)).fault is ListFault.CODES_OUT
        # A card is somebody's; and staff see who asks them.
        ask = TakeTicket(ask_id=house.fresh_id(), card=MONIQUE)
        taken(house.tickets.take_at_desk(board, BIJ, ask))
        taken(press(agent))
        leave = ChangeRoomTicket(act=TicketAct.LEAVE)
        changed(house.tickets.change_at_desk(agent, BIJ, first.number, leave))
        assert declined(press(board)).fault is ListFault.CODES_OUT
        changed(house.tickets.change_at_desk(agent, BIJ, 2, leave))
        taken(press(board))

    def test_whoever_passes_a_card_at_a_board_changes_their_own_ticket(
        self, house: HubHouse
    ) -> None:
        one, _ = full_office(house)
        house.take(one, MONIQUE)
        board = house.agent(frozenset({Role.OBSERVER}))

        def change(card: str, act: TicketAct, minutes: int = 0) -> object:
            until = house.clock.now() + timedelta(minutes=minutes) if minutes else None
            ask = ChangeTicket(card=card, act=act, until=until)
            return house.tickets.change_at_board(board, BIJ, ask)

        away = changed(change(MONIQUE, TicketAct.STEP_AWAY, 30))
        back = changed(change(MONIQUE, TicketAct.COME_BACK))
        none = told_no(change(PAUL, TicketAct.LEAVE))
        strange = told_no(change(UNKNOWN, TicketAct.LEAVE))
        left = changed(change(MONIQUE, TicketAct.LEAVE))

        assert (away.state, back.state) == (TicketState.AWAY, TicketState.WAITING)
        assert (none.fault, strange.unknown_card) == (ListFault.NO_TICKET, True)
        assert left.state is TicketState.LEFT
        ask = ChangeTicket(card=MONIQUE, act=TicketAct.LEAVE)
        assert house.tickets.change_at_board(house.agent(), BIJ, ask) == NotAllowed()
        far = house.agent(frozenset({Role.OBSERVER}), sites=("trapeze",))
        assert house.tickets.change_at_board(far, BIJ, ask) == NotFound()
        for bad in (
            ChangeTicket(act=TicketAct.LEAVE),
            ChangeTicket(card=MONIQUE, act=TicketAct.CALL_AGAIN),
            ChangeTicket(card=MONIQUE, act=TicketAct.STEP_AWAY),
        ):
            assert isinstance(house.tickets.change_at_board(board, BIJ, bad), AskInvalid)
            assert isinstance(house.tickets.change_own(one.identity, bad), AskInvalid)

    def test_who_sits_takes_another_turn_by_the_slot_that_runs(self, house: HubHouse) -> None:
        one, two = full_office(house)

        def turn(station: Sitting, slot_id: str | None) -> object:
            ask = TakeTicket(ask_id=house.fresh_id(), slot_id=slot_id)
            return house.tickets.take_at_station(station.identity, ask)

        mine = turn(one, one.slot_id)
        assert isinstance(mine, TicketTaken)
        assert mine.ticket.sits_until is not None
        assert told_no(turn(one, one.slot_id)).fault is ListFault.HAS_TICKET
        assert told_no(house.take(two, JEANNE)).fault is ListFault.HAS_TICKET
        assert isinstance(turn(two, one.slot_id), Conflict)
        assert isinstance(turn(one, house.fresh_id()), Conflict)
        ask = TakeTicket(ask_id=house.fresh_id(), slot_id=one.slot_id)
        assert isinstance(house.tickets.take_at_desk(house.agent(), BIJ, ask), Conflict)
        assert one.slot_id is not None
        over = one.slot_id
        house.leave(one, over)
        assert isinstance(turn(one, over), Conflict)

    def test_guessing_codes_is_slowed_down(self, house: HubHouse) -> None:
        station = house.enrol(BIJ, 1)
        agent = house.agent()
        answer = house.tickets.take_at_desk(agent, BIJ, TakeTicket(ask_id=house.fresh_id()))
        assert isinstance(answer, TicketTaken)
        wrong = f"{(int(answer.code) + 1) % 1000:03d}"

        grounds = []
        for code in (wrong, wrong, wrong, answer.code):
            ask = OpenSlot(slot_id=house.fresh_id(), card=JEANNE, pin="1111", ticket_code=code)
            grounds.append(refused(house.openings.open(station.identity, ask)).ground)

        assert grounds == [Ground.WRONG_TICKET_CODE] * 3 + [Ground.TOO_MANY_TRIES]

    def test_the_same_ask_gets_the_same_ticket(self, house: HubHouse) -> None:
        one, two = full_office(house)
        ask_id = house.fresh_id()

        first = house.take(one, MONIQUE, ask_id)
        house.take(one, PAUL)
        again = house.take(one, MONIQUE, ask_id)
        foreign = TakeTicket(ask_id=ask_id, card=MONIQUE)
        other_card = TakeTicket(ask_id=ask_id, card=ODILE)

        assert first == again
        assert isinstance(house.tickets.take_at_station(two.identity, foreign), Conflict)
        assert isinstance(house.tickets.take_at_station(one.identity, other_card), Conflict)
        assert len(house.waiting(one).tickets) == 2

    def test_unknown_cards_are_slowed_down_and_take_nothing(self, house: HubHouse) -> None:
        station = house.enrol(BIJ)

        answers = [declined(house.take(station, UNKNOWN + str(n))) for n in range(3)]
        waiting = declined(house.take(station, JEANNE))
        house.clock.advance(FIRST_DELAY_SECONDS)

        assert all(answer.unknown_card for answer in answers)
        assert answers[-1].retry_seconds == waiting.retry_seconds == FIRST_DELAY_SECONDS
        assert not waiting.unknown_card
        assert taken(house.take(station, JEANNE)).number == 1

    def test_a_station_asks_with_a_card_and_from_its_own_seat(self, house: HubHouse) -> None:
        old = house.enrol(BIJ, 1)
        house.enrol(BIJ, 1)
        ask_id = house.fresh_id()

        lost = house.tickets.take_at_station(old.identity, TakeTicket(ask_id=ask_id, card=JEANNE))
        no_card = house.tickets.take_at_station(old.identity, TakeTicket(ask_id=ask_id))
        call = own(house, old, JEANNE, TicketAct.CALL_AGAIN)
        for_ever = own(house, old, JEANNE, TicketAct.STEP_AWAY)
        lost_change = own(house, old, JEANNE, TicketAct.LEAVE)

        assert isinstance(lost, Conflict)
        assert isinstance(lost_change, Conflict)
        assert isinstance(no_card, AskInvalid)
        assert isinstance(call, AskInvalid)
        assert isinstance(for_ever, AskInvalid)

    def test_a_closed_room_gives_no_ticket_and_says_when_it_opens(
        self, store: Store, clock: FakeClock
    ) -> None:
        # 14:00 UTC is 15:00 in Paris; the room closes at 16:00.
        house = HubHouse(store, clock, HoursView(zone="Europe/Paris", week=(((540, 960),),) * 7))
        station = house.enrol(BIJ)
        for seat in (station, house.enrol(BIJ)):
            house.tell(seat, house.fact(seat, OutOfOrderSet(reason="écran")))
        taken(house.take(station, JEANNE))
        too_long = own(house, station, JEANNE, TicketAct.STEP_AWAY, 61)

        house.pass_time(3601, station, step=600)
        closed = declined(house.take(station, JEANNE))

        assert isinstance(too_long, TicketRefused)
        assert too_long.fault is ListFault.AFTER_CLOSING
        assert too_long.at == datetime(2026, 3, 10, 15, tzinfo=UTC)
        assert house.waiting(station).tickets == ()
        assert closed.fault is ListFault.CLOSED
        assert closed.at == datetime(2026, 3, 11, 8, tzinfo=UTC)
        with store.begin(write=False) as work:
            ended = work.tickets.of_day(BIJ, datetime(2026, 3, 10, tzinfo=UTC).date())
        assert [ticket.state for ticket in ended.tickets] == [TicketState.EXPIRED]

    def test_the_desk_gives_a_free_seat_and_overtakes_nobody(self, house: HubHouse) -> None:
        one, two = house.enrol(BIJ, 1), house.enrol(BIJ, 2)
        agent = house.agent()

        def give(card: str, seat: int) -> TicketAnswer:
            ask = TakeTicket(ask_id=house.fresh_id(), card=card, seat=seat)
            answer = house.tickets.take_at_desk(agent, BIJ, ask)
            assert isinstance(answer, TicketTaken | TicketRefused), answer
            return answer

        held = taken(give(JEANNE, 2))
        other = declined(give(MARCEL, 2))
        moved = taken(give(JEANNE, 1))
        house.sit(one, JEANNE)
        house.sit(two, MARCEL)
        house.take(one, MONIQUE)
        occupied = declined(give(PAUL, 1))
        away = own(house, one, MONIQUE, TicketAct.STEP_AWAY, 5)
        assert one.slot_id is not None
        house.leave(one, one.slot_id)
        late = declined(give(PAUL, 1))

        assert (held.state, held.seat) == (TicketState.CALLED, 2)
        assert other.fault is ListFault.HELD_FOR_OTHER
        assert (moved.number, moved.seat) == (held.number, 1)
        assert occupied.fault is ListFault.SEAT_NOT_FREE
        assert changed(away).state is TicketState.AWAY
        assert late.fault is ListFault.HELD_FOR_OTHER
        assert [ticket.number for ticket in house.waiting(two).tickets] == [2]
        ask = TakeTicket(ask_id=house.fresh_id(), card=PAUL, seat=1)
        observer = house.agent(frozenset({Role.OBSERVER}))
        assert house.tickets.take_at_desk(observer, BIJ, ask) == NotAllowed()
        assert isinstance(house.tickets.take_at_station(one.identity, ask), AskInvalid)
