"""The machine of the visits with a waiting list: tickets, calls, refusals, and what is told."""

from datetime import date, timedelta

from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule

from kiosk.rules.hours import local_date
from kiosk.rules.slot import Ground
from kiosk.rules.ticket import Ticket, TicketState, ticket_label
from kiosk.wire.change import WaitingChanged
from kiosk.wire.station import RenewalRefused, RenewSlot, SlotAnswer, SlotGranted
from kiosk.wire.ticket import (
    ChangeTicket,
    TakeTicket,
    TicketAct,
    TicketAnswer,
    TicketRefused,
    TicketTaken,
)
from kiosk.wire.waiting import WaitingView
from tests.contracts.hub_visits import CARDS, STATIONS, Played, Visits
from tests.helpers.hubhouse import BIJ, PAUL, TRAPEZE

HOLDERS = st.sampled_from((*CARDS, PAUL))
ACTS = st.sampled_from((TicketAct.LEAVE, TicketAct.COME_BACK))
ROOMS = (TRAPEZE, BIJ)


class Lists(Visits):
    """Visits on three stations, with four people who may take tickets in two rooms."""

    def __init__(self, address: str) -> None:
        super().__init__(address)
        self.asked: dict[str, tuple[int, str, TicketAnswer]] = {}
        self.told: dict[str, WaitingView] = {}
        self.waiting_cursor = self.cursor

    # ------------------------------------------------------------------------------ what happens

    @rule(number=STATIONS, card=HOLDERS, repeats=st.integers(0, 1))
    def take_a_ticket(self, number: int, card: str, repeats: int) -> None:
        station = self.stations[number]
        if not station.online:
            return
        ask_id = self.house.fresh_id()
        before = self._live(card)
        answer = self.house.take(station.sitting, card, ask_id)
        for _ in range(repeats):
            assert self.house.take(station.sitting, card, ask_id) == answer
        assert isinstance(answer, TicketTaken) is (before == 0)
        self.asked[ask_id] = (number, card, answer)

    @rule(data=st.data())
    def repeat_a_ticket(self, data: st.DataObject) -> None:
        if self.asked:
            ask_id = data.draw(st.sampled_from(sorted(self.asked)))
            number, card, answer = self.asked[ask_id]
            ask = TakeTicket(ask_id=ask_id, card=card)
            identity = self.stations[number].sitting.identity
            again = self.house.tickets.take_at_station(identity, ask)
            # A ticket is given once; a refusal stands as long as its ground.
            assert again == answer or isinstance(answer, TicketRefused)
            if isinstance(again, TicketTaken | TicketRefused):
                self.asked[ask_id] = (number, card, again)

    @rule(
        number=STATIONS, card=HOLDERS, act=st.sampled_from((TicketAct.LEAVE, TicketAct.COME_BACK))
    )
    def change_a_ticket(self, number: int, card: str, act: TicketAct) -> None:
        self._change(self.stations[number], ChangeTicket(card=card, act=act))

    @rule(number=STATIONS, card=HOLDERS, minutes=st.sampled_from((5, 20, 45)))
    def step_away(self, number: int, card: str, minutes: int) -> None:
        until = self.clock.now() + timedelta(minutes=minutes)
        ask = ChangeTicket(card=card, act=TicketAct.STEP_AWAY, until=until)
        self._change(self.stations[number], ask)

    @rule(number=STATIONS, card=st.sampled_from(CARDS))
    def ask_past_the_list(self, number: int, card: str) -> None:
        """Ask for a seat with the list in view: who may not sit is told the ticket to blame."""
        station = self.stations[number]
        if not station.online or station.slot_id is not None or station.outbox:
            return
        answer = self._sit(station, card)
        view = self.house.waiting(station.sitting)
        seat = self.house.seat(station.sitting).number
        held = next((one.held_for for one in view.seats if one.number == seat), None)
        if isinstance(answer, SlotGranted):
            mine = self._ticket(station, card)
            assert held is None or (mine is not None and mine.number == held)
        elif answer.ground is Ground.HELD:
            assert held is not None
            assert answer.ticket == ticket_label("A", held)
        elif answer.ground is Ground.TICKET_NEEDED:
            assert answer.ticket in {ticket.label for ticket in view.tickets}

    @rule(number=STATIONS)
    def ask_to_renew_past_the_list(self, number: int) -> None:
        station = self.stations[number]
        if not station.online or station.slot_id is None or station.outbox:
            return
        ask = RenewSlot(slot_id=station.slot_id, from_total_seconds=station.total)
        answer = self.house.renewals.renew(station.sitting.identity, ask)
        if isinstance(answer, RenewalRefused) and answer.ground is Ground.WAITING:
            view = self.house.waiting(station.sitting)
            label = {one.slot_id: ticket_label("A", one.ticket) for one in view.refusals}
            assert label[station.slot_id] == answer.ticket
            assert answer.waiting_since in {ticket.taken_at for ticket in view.tickets}
        else:
            self.renewals[station.slot_id, station.total] = (number, answer)

    # ---------------------------------------------------------------------------------- what holds

    @invariant()
    def nobody_has_two_tickets(self) -> None:
        for card in (*CARDS, PAUL):
            assert self._live(card) <= 1

    @invariant()
    def a_ticket_refuses_one_seat_and_a_seat_is_held_for_one_ticket(self) -> None:
        for station in self.stations:
            view = self.house.waiting(station.sitting)
            tickets = [one.ticket for one in view.refusals]
            assert len(tickets) == len(set(tickets))
            assert set(tickets) <= {ticket.number for ticket in view.tickets}
            called = {t.number: t.seat for t in view.tickets if t.state is TicketState.CALLED}
            held = {s.held_for: s.number for s in view.seats if s.held_for is not None}
            assert called == held
            for one in view.refusals:
                seat = next(s for s in view.seats if s.number == one.seat)
                assert seat.occupant is not None
                assert seat.occupant.slot_id == one.slot_id

    @invariant()
    def the_changes_lead_to_the_list_that_stands(self) -> None:
        for change in self.house.read(self.admin, self.waiting_cursor):
            self.waiting_cursor = change.n
            if isinstance(change.body, WaitingChanged):
                self.told[change.body.waiting.room_id] = change.body.waiting
        for station in self.stations:
            view = self.house.waiting(station.sitting)
            told = self.told.get(view.room_id)
            if told is None:
                assert view.tickets == ()
            elif view.tickets:
                assert view == told
            else:
                assert (told.tickets, told.seats, told.refusals) == ((), (), ())

    # ------------------------------------------------------------------------------------- helpers

    def _change(self, station: Played, ask: ChangeTicket) -> None:
        assert ask.card is not None
        if station.online:
            answer = self.house.tickets.change_own(station.sitting.identity, ask)
            mine = self._ticket(station, ask.card)
            if ask.act is TicketAct.LEAVE:
                assert mine is None
            elif mine is None:
                assert isinstance(answer, TicketRefused)

    def _sit(self, station: Played, card: str) -> SlotAnswer:
        slot_id = self.house.fresh_id()
        answer = self.house.ask(station.sitting, card, slot_id=slot_id)
        self.answers[slot_id] = (self.stations.index(station), card, answer)
        if isinstance(answer, SlotGranted):
            station.slot_id, station.card = slot_id, card
            station.opened_at, station.total = self.clock.now(), answer.total_seconds
            station.told = False
            self._note(station, self.house.opened(slot_id, answer.total_seconds))
        return answer

    def _ticket(self, station: Played, card: str) -> Ticket | None:
        with self.store.begin(write=False) as work:
            listed = work.tickets.of_day(station.sitting.identity.room_id, self._today())
        return listed.of_person(self.house.references.reference(card))

    def _live(self, card: str) -> int:
        person = self.house.references.reference(card)
        with self.store.begin(write=False) as work:
            lists = [work.tickets.of_day(room, self._today()) for room in ROOMS]
        return sum(one.of_person(person) is not None for one in lists)

    def _today(self) -> date:
        return local_date(self.clock.now(), "Europe/Paris")
