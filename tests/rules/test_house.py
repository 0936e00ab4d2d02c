"""The rules against each other: visitors, tickets, cut cables, lost answers, power cuts, clocks.

Several stations and a hub, all of them pure values. Whatever happens in whatever order, nobody sits
on somebody else's seat, nobody who waits is overtaken, and nobody is ended without a named ground.
"""

from collections import Counter
from dataclasses import replace
from datetime import timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

from kiosk.rules.booking import Series, bookings_of
from kiosk.rules.boundary import NOTICE_SECONDS, LateChange
from kiosk.rules.cover import standing_answers
from kiosk.rules.hours import current_opening, instant
from kiosk.rules.reason import Reason
from kiosk.rules.room import free_seats
from kiosk.rules.slot import Boundary, Grant, Ground
from kiosk.rules.ticket import Ticket, TicketState, counts_at
from kiosk.rules.waiting import WaitingList, come_back, leave, step_away, take
from tests.rules.house.hub import Hub
from tests.rules.house.record import DAY, HOURS, START, Slot
from tests.rules.house.station import Station

SEATS = (1, 2, 3)
PEOPLE = st.sampled_from("abcdefgh")
STATIONS = st.sampled_from(range(len(SEATS)))
OFTEN_FALSE = st.sampled_from([False, False, False, True])
RARELY = st.integers(0, 5).map(lambda drawn: drawn == 5)
CLOSES = instant(DAY, 16 * 60, HOURS.zone)


class House(RuleBasedStateMachine):
    """Three seats, eight people and everything that can go wrong between them."""

    def __init__(self) -> None:
        super().__init__()
        self.hub = Hub(SEATS)
        self.stations = [Station(seat, self.hub) for seat in SEATS]
        self.told: dict[str, tuple[int, float]] = {}
        self.hear()

    def hear(self) -> None:
        snapshot = self.hub.refresh()
        for station in self.stations:
            if station.contact:
                station.hear(snapshot)

    @initialize(gaps=st.tuples(*(st.integers(0, 12) for _ in SEATS)), queue=st.integers(0, 2))
    def fill_the_room(self, gaps: tuple[int, ...], queue: int) -> None:
        for index, gap in enumerate(gaps):
            self.come(index, "abc"[index], known=True, lost=False)
            self.let_time_pass(gap)
        for person in "de"[:queue]:
            self.take_ticket(person)

    # ------------------------------------------------------------------------------ visitors

    @rule(index=STATIONS)
    def the_called_comes(self, index: int) -> None:
        ticket = self.hub.waiting.held(SEATS[index])
        if ticket is not None:
            self.come(index, ticket.person, known=True, lost=False)

    @rule(index=STATIONS, person=PEOPLE, known=st.booleans(), lost=OFTEN_FALSE)
    def come(self, index: int, person: str, known: bool, lost: bool) -> None:
        station = self.stations[index]
        elsewhere = [
            other
            for other in self.stations
            if other is not station and other.contact and self.sits(other, person)
        ]
        heard, resumed = station.contact and not lost, station.slot is not None
        found = station.come(person, known=known, lost=lost)
        if isinstance(found, Grant) and heard and not resumed:
            assert not elsewhere
        self.hear()

    @rule(index=STATIONS, other=STATIONS)
    def sit_twice(self, index: int, other: int) -> None:
        """Somebody who sits already tries a seat whose cable is cut."""
        station, slot = self.stations[index], self.stations[other].slot
        if station.slot is None and slot is not None:
            station.lose_contact()
            self.come(index, slot.person, known=True, lost=False)

    @rule(index=STATIONS, lost=OFTEN_FALSE, offered=st.sampled_from([None, None, 10.0, 70.0]))
    def ask_to_renew(self, index: int, lost: bool, offered: float | None) -> None:
        station = self.stations[index]
        found = station.ask(lost=lost, offered_ago=offered)
        if isinstance(found, Reason) and found.ground is Ground.WAITING:
            assert found.ticket is not None
            assert found.waiting_since is not None
            if station.contact:
                assert self.waits(found.ticket)
        self.hear()

    @rule(index=STATIONS)
    def take_mercy(self, index: int) -> None:
        slot = self.stations[index].slot
        taken = slot is not None and slot.mercy
        found = self.stations[index].take_mercy()
        assert not (taken and isinstance(found, Grant))
        self.hear()

    @rule(index=STATIONS, really=RARELY)
    def decline(self, index: int, really: bool) -> None:
        station = self.stations[index]
        slot = station.running()
        if really and slot is not None:
            slot.declined = True
            station.changed(slot)
        self.hear()

    @rule(index=STATIONS, really=RARELY)
    def finish(self, index: int, really: bool) -> None:
        station = self.stations[index]
        if really and station.running() is not None:
            station.end(None, asked=True)
        self.hear()

    @rule(index=STATIONS, work=st.booleans())
    def fall_silent_or_work(self, index: int, work: bool) -> None:
        self.stations[index].at_work = work

    # ------------------------------------------------------------------------------- tickets

    @rule(person=PEOPLE)
    def take_ticket(self, person: str) -> None:
        is_open = current_opening(HOURS, self.hub.wall) is not None
        self.step(take(self.hub.waiting, person, self.hub.wall, open_now=is_open))

    @rule(person=PEOPLE)
    def give_ticket_back(self, person: str) -> None:
        self.step(leave(self.hub.waiting, person, self.hub.wall))

    @rule(person=PEOPLE, minutes=st.integers(1, 40))
    def step_away(self, person: str, minutes: int) -> None:
        until = self.hub.wall + timedelta(minutes=minutes)
        self.step(step_away(self.hub.waiting, person, until, self.hub.wall, CLOSES))

    @rule(person=PEOPLE)
    def come_back(self, person: str) -> None:
        self.step(come_back(self.hub.waiting, person))

    def step(self, found: object) -> None:
        if isinstance(found, WaitingList):
            self.hub.waiting = found
        self.hear()

    # ----------------------------------------------------------------------- time and trouble

    @rule(minutes=st.integers(1, 25))
    def let_time_pass(self, minutes: int) -> None:
        for _ in range(minutes):
            self.hub.now += 60
            for station in self.stations:
                station.pass_time()
                station.stamp()
            self.hear()

    @rule(minutes=st.integers(-2, 12), then=STATIONS)
    def let_time_pass_to_the_last_minutes(self, minutes: int, then: int) -> None:
        """Wait until the first slot has so many minutes left, then somebody asks."""
        ends = [one.slot.deadline for one in self.stations if one.slot is not None]
        if ends:
            left = int(min(ends) - self.hub.now) // 60 - minutes
            self.let_time_pass(min(max(left, 0), 60))
        self.ask_to_renew(then, lost=False, offered=None)

    @rule(index=STATIONS)
    def cut_the_cable(self, index: int) -> None:
        self.stations[index].lose_contact()
        self.hear()

    @rule(index=STATIONS)
    def mend_the_cable(self, index: int) -> None:
        self.stations[index].find_contact()
        self.hear()

    @rule(index=STATIONS, minutes=st.integers(1, 30))
    def kill_the_programs(self, index: int, minutes: int) -> None:
        self.stations[index].crash(minutes)
        self.hear()

    @rule(index=STATIONS, minutes=st.integers(-600, 600))
    def set_the_clock(self, index: int, minutes: int) -> None:
        self.stations[index].error = minutes * 60.0
        self.hear()

    @rule(index=STATIONS, window=st.integers(1, 10), comes_back=st.booleans())
    def lose_power(self, index: int, window: int, comes_back: bool) -> None:
        station = self.stations[index]
        station.lose_power(window)
        self.hear()
        if comes_back and station.slot is not None:
            self.come(index, station.slot.person, known=True, lost=False)

    @precondition(lambda self: len(self.hub.bookings) < 2)
    @rule(
        starts_in=st.integers(0, 90),
        long=st.integers(10, 90),
        seats=st.frozensets(st.sampled_from(SEATS), min_size=1),
        confirmed=st.booleans(),
    )
    def enter_a_workshop(
        self, starts_in: int, long: int, seats: frozenset[int], confirmed: bool
    ) -> None:
        start = 10 * 60 + int(self.hub.now // 60) + starts_in
        if start + long >= 24 * 60:
            return
        series = Series("s", Ground.WORKSHOP, (DAY,), start, start + long, seats, self.hub.wall)
        (booking,) = bookings_of(series, HOURS.zone)
        self.hub.bookings = (*self.hub.bookings, booking)
        change = LateChange(Boundary(Ground.WORKSHOP, booking.start), self.hub.wall, confirmed)
        for station in self.stations:
            if station.contact and series.takes(station.seat):
                before = None if station.slot is None else station.slot.deadline
                station.cut(change)
                if station.slot is not None and station.slot.deadline != before:
                    assert station.slot.deadline >= self.hub.now + NOTICE_SECONDS - 1
        self.hear()

    # ---------------------------------------------------------------------------- invariants

    @invariant()
    def no_slot_goes_past_what_was_known_and_no_seat_holds_two(self) -> None:
        assert [station.trespasses for station in self.stations] == [[]] * len(SEATS)

    @invariant()
    def the_hub_knows_who_sits_on_a_seat_in_contact(self) -> None:
        for station in self.stations:
            if station.contact:
                assert known_of(self.hub.slots.get(station.seat)) == known_of(station.slot)
                assert station.outbox == []

    @invariant()
    def nobody_who_waits_is_overtaken(self) -> None:
        assert self.hub.overtaken == []

    @invariant()
    def while_tickets_wait_no_seat_is_free(self) -> None:
        free = free_seats(self.hub.snapshot())
        if self.hub.waits():
            assert all(self.hub.waiting.held(seat) is not None for seat in free)
        held = [ticket.seat for ticket in self.hub.waiting.live() if ticket.seat is not None]
        assert len(held) == len(set(held))
        assert set(held) <= set(free)

    @invariant()
    def a_person_has_one_live_ticket(self) -> None:
        people = [ticket.person for ticket in self.hub.waiting.live()]
        assert len(people) == len(set(people))

    @invariant()
    def a_ticket_causes_one_standing_refusal_at_most(self) -> None:
        live = {ticket.number for ticket in self.hub.waiting.live()}
        causes = Counter(station.refused_for() for station in self.stations)
        assert all(causes[number] <= 1 for number in live)

    @invariant()
    def a_refusal_that_was_told_sticks_until_its_ticket_no_longer_waits(self) -> None:
        told = {}
        for station in self.stations:
            slot = station.slot
            if slot is None or not station.contact:
                continue
            before = self.told.get(slot.slot_id)
            now = station.refused_for()
            if before is not None and before[1] == slot.deadline and self.waits(before[0]):
                assert now == before[0]
            if now is not None:
                told[slot.slot_id] = (now, slot.deadline)
        self.told = told

    @invariant()
    def nobody_ends_early_or_without_a_named_ground(self) -> None:
        for station in self.stations:
            for end in station.ends:
                assert end.asked or end.ground is not None
                assert end.asked or not end.early

    @invariant()
    def both_sides_give_the_same_answer_from_the_same_snapshot(self) -> None:
        answers = standing_answers(self.hub.snapshot())
        for station in self.stations:
            if station.contact:
                assert station.snapshot is not None
                shuffled = replace(station.snapshot, seats=station.snapshot.seats[::-1])
                assert standing_answers(shuffled) == answers

    def teardown(self) -> None:
        """Once the network is back, everybody agrees, and whoever sits twice is told of."""
        self.let_time_pass(max(station.asleep for station in self.stations))
        for station in self.stations:
            station.find_contact()
        self.hear()
        self.the_hub_knows_who_sits_on_a_seat_in_contact()
        self.while_tickets_wait_no_seat_is_free()
        seated = [station.slot for station in self.stations if station.slot is not None]
        for person, count in Counter(slot.person for slot in seated).items():
            ids = {slot.slot_id for slot in seated if slot.person == person}
            assert count == 1 or ids & set(self.hub.conflicts)
        super().teardown()

    # ------------------------------------------------------------------------------- helpers

    def sits(self, station: Station, person: str) -> bool:
        return station.slot is not None and station.slot.person == person

    def waits(self, number: int) -> bool:
        ticket = self.hub.waiting.ticket(number)
        return (
            isinstance(ticket, Ticket)
            and ticket.live
            and ticket.state is not TicketState.CALLED
            and counts_at(ticket, self.hub.wall)
            and ticket.person not in self.hub.seated()
        )


def known_of(slot: Slot | None) -> tuple[str, str, float, int] | None:
    return None if slot is None else (slot.slot_id, slot.person, slot.opened, slot.total)


# A quarter of the examples: each is a whole afternoon.
House.TestCase.settings = settings(max_examples=max(settings().max_examples // 4, 1))
TestHouse = House.TestCase


def test_the_model_opens_on_the_day_of_its_hours() -> None:
    assert current_opening(HOURS, START) is not None
