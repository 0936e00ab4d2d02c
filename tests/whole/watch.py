"""What must hold of the whole house after each step, and once the network is back."""

import tempfile
from collections import Counter
from datetime import date
from pathlib import Path

from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
)

from admin_console.hub.service.record import Slot, SlotState
from admin_console.hub.store.engine import make_engine
from admin_console.hub.store.store import Store
from kiosk.rules.cover import standing_answers
from kiosk.rules.ticket import Ticket, TicketState, counts_at
from kiosk.rules.waiting import WaitingList
from kiosk.wire.event import EndReason, SlotEnded, SlotTried
from kiosk.wire.face import (
    AwayAsked,
    CardPassed,
    EndAsked,
    MercyAsked,
    RenewalAsked,
    RenewalDeclined,
    Shown,
)
from kiosk.wire.place import HoursView, RuleView
from kiosk.wire.welcome import HouseRulesRead, TrialAsked
from tests.helpers.clock import FakeClock
from tests.helpers.hubhouse import TRAPEZE, HubHouse
from tests.whole.workstation import Workstation

SEATS = (1, 2, 3)
# It is 15 h in Paris when it begins; the room closes at 19 h.
HOURS = HoursView(zone="Europe/Paris", week=(((10 * 60, 19 * 60),),) * 7)
RULE = RuleView(
    slot_seconds=1800,
    grace_seconds=120,
    closing_margin_seconds=600,
    shortest_slot_seconds=300,
    max_renewals=3,
    daily_seconds=2 * 3600,
)
STEP = 60.0
"""The line reports at least this often, in seconds."""


class Watched(RuleBasedStateMachine):
    """A hub, three workstations, and everything that is looked at after each step.

    Attributes:
        card_of: the card that opened each slot.
    """

    address = ""

    def __init__(self) -> None:
        super().__init__()
        self.clock = FakeClock()
        self.store = Store(make_engine(self.address), self.clock.now)
        self.house = HubHouse(self.store, self.clock, HOURS, RULE)
        self._folder = tempfile.TemporaryDirectory()
        folder = Path(self._folder.name)
        self.stations = [Workstation(folder / str(seat), self.house, seat) for seat in SEATS]
        self.card_of: dict[str, str] = {}
        self.list_before = self.waiting()
        self.checked: set[tuple[int, str, int]] = set()

    # ----------------------------------------------------------------------------- invariants

    @invariant()
    def no_seat_has_two_people(self) -> None:
        for station in self.stations:
            live = [one for one in self.slots(station) if one.state is SlotState.OPEN]
            assert len(live) <= 1
            if not station.asleep:
                runs = station.gate.hello().slot_id
                sitting = station.sitting
                assert runs == (None if sitting is None else sitting.slot_id)

    @invariant()
    def the_hub_knows_who_sits_on_a_seat_in_contact(self) -> None:
        for station in self.stations:
            if not self.agrees(station):
                continue
            told = [one for one in self.slots(station) if one.state is SlotState.OPEN]
            sitting = station.sitting
            assert [one.slot_id for one in told] == ([] if sitting is None else [sitting.slot_id])
            if sitting is not None:
                assert told[0].total_seconds == sitting.total_seconds
                assert told[0].trial == sitting.trial

    @invariant()
    def nobody_ends_early_without_a_named_ground(self) -> None:
        for station in self.stations:
            tried = {one.slot_id for one in station.told(SlotTried) if isinstance(one, SlotTried)}
            for ended in station.told(SlotEnded):
                assert isinstance(ended, SlotEnded)
                assert ended.reason is not EndReason.FAULT
                # Of a trial the gate keeps the hour: what was not tried of it is left.
                if ended.reason is EndReason.TIME and ended.slot_id not in tried:
                    assert ended.remaining_seconds == 0
                if ended.reason is EndReason.FINISHED:
                    assert ended.slot_id in station.finished

    @invariant()
    def a_ticket_refuses_one_seat_at_most(self) -> None:
        with self.store.begin(write=False) as work:
            kept = work.waiting.get(TRAPEZE)
        refusals = () if kept is None else kept.view.refusals
        assert all(count == 1 for count in Counter(one.ticket for one in refusals).values())

    @invariant()
    def both_sides_give_the_same_answers(self) -> None:
        with self.store.begin(write=False) as work:
            kept = work.waiting.get(TRAPEZE)
        if kept is None or kept.look_at is None:
            return
        told = standing_answers(kept.view.as_snapshot(RULE.as_rule()))
        for station in self.stations:
            if self.agrees(station):
                situation = station.session.state.kept.situation
                assert situation is not None
                assert situation.waiting is not None
                rule_here = situation.room.rule.as_rule()
                assert standing_answers(situation.waiting.as_snapshot(rule_here)) == told

    @invariant()
    def no_fact_was_refused(self) -> None:
        """But that of somebody whose station was silent, and who sat down elsewhere meanwhile."""
        assert {code for one in self.stations for code in one.refused} <= {"person_seated"}

    def teardown(self) -> None:
        """Once the network is back everybody agrees, and no ghost keeps a seat."""
        try:
            for station in self.stations:
                if station.asleep:
                    station.wake_up()
                self.mend(station)
            self.pass_seconds(180)
            for station in self.stations:
                assert self.agrees(station)
                assert station.delivered == len(station.written)
            self.the_hub_knows_who_sits_on_a_seat_in_contact()
            self.no_seat_has_two_people()
            self.no_ghost_keeps_a_seat()
        finally:
            for station in self.stations:
                station.close()
            self.store.close()
            self._folder.cleanup()

    # -------------------------------------------------------------------------------- helpers

    def no_ghost_keeps_a_seat(self) -> None:
        """A seat at which nobody sits has no living slot at the hub, granted ones included."""
        for station in self.stations:
            if station.sitting is None and not station.session.state.opening:
                assert self.slots(station) == ()
            if station.face() is Shown.LOCK:
                assert station.shown.lock is not None
                assert not station.shown.lock.busy

    def wish(self, place: int, wish: AwayAsked | CardPassed | RenewalAsked | EndAsked
             | MercyAsked | RenewalDeclined | HouseRulesRead | TrialAsked) -> None:  # fmt: skip
        if not self.stations[place].asleep:
            self.stations[place].wish(wish)
            self.after()

    def pass_seconds(self, seconds: float) -> None:
        """Let time pass for everybody; what is due is done in its moment."""
        until = self.clock.boot_seconds() + seconds
        beat = self.clock.boot_seconds() + STEP
        while self.clock.boot_seconds() < until:
            awake = [one for one in self.stations if not one.asleep]
            now = self.clock.boot_seconds()
            step = min([until - now, beat - now, *(max(one.due(), 0.02) for one in awake)])
            self.clock.advance(step)
            for station in self.stations:
                station.clock.advance(step)
                if station.touched is not None and station.number != SEATS[-1]:
                    station.touched = station.clock.boot_seconds()
            for station in awake:
                if station.due() <= 0:
                    station.look()
            if self.clock.boot_seconds() >= beat or self.clock.boot_seconds() >= until:
                beat = self.clock.boot_seconds() + STEP
                self.after()

    def after(self) -> None:
        """Let everybody report and read, and the hub look, as they do every few seconds."""
        for station in self.stations:
            if not station.asleep and station.whole:
                self.house.presence.beat(station.place.identity, station.session.report())
        for station in self.stations:
            station.keep_touch()
        self.house.janitor.sweep()
        for station in self.stations:
            if not station.asleep:
                station.read()
        self.nobody_is_overtaken()
        self.no_slot_passes_what_is_known()

    def nobody_is_overtaken(self) -> None:
        before, now = self.list_before, self.waiting()
        self.list_before = now
        for ticket in now.live():
            earlier = before.ticket(ticket.number)
            if ticket.state is not TicketState.CALLED or earlier is None:
                continue
            if earlier.state is TicketState.CALLED:
                continue
            for other in now.live():
                if other.place < ticket.place and self.waits_all_along(before, other):
                    message = f"{ticket} was called before {other}"
                    raise AssertionError(message)

    def waits_all_along(self, before: WaitingList, ticket: Ticket) -> bool:
        """Tell whether a ticket did nothing but wait since the last look.

        One whose place has changed was called at the same time, for a seat that fell silent then.
        """
        earlier = before.ticket(ticket.number)
        if earlier is None or earlier.place != ticket.place:
            return False
        waits = all(
            one.state is TicketState.WAITING and not one.missed for one in (ticket, earlier)
        )
        return waits and not self.sits_anywhere(ticket.person)

    def no_slot_passes_what_is_known(self) -> None:
        for station in self.stations:
            sitting = station.sitting
            if sitting is None:
                continue
            key = (station.number, sitting.slot_id, sitting.total_seconds)
            if key not in self.checked and station.live:
                self.checked.add(key)
                assert station.overrun() <= 1.0 or self.was_decided_alone(station)

    def was_decided_alone(self, station: Workstation) -> bool:
        """Tell whether the total in force was not the hub's: then its own clock was the measure."""
        slots = self.slots(station)
        return not slots or slots[0].total_seconds != self.total_of(station)

    def total_of(self, station: Workstation) -> int:
        return 0 if station.sitting is None else station.sitting.total_seconds

    def was_welcome(self, waited: WaitingList, seat: int, card: str) -> None:
        """Whoever sat down had the seat held for them, or nobody who is there had to wait."""
        person = self.house.references.reference(card)
        held = waited.held(seat)
        if held is not None and held.person == person:
            return
        for ticket in waited.live():
            is_there = ticket.state is TicketState.WAITING and counts_at(ticket, self.clock.now())
            if is_there and ticket.person != person and not self.sits_anywhere(ticket.person):
                mine = waited.of_person(person)
                assert mine is not None
                assert mine.place < ticket.place or ticket.missed

    def waiting(self) -> WaitingList:
        with self.store.begin(write=False) as work:
            return work.tickets.of_day(TRAPEZE, date(2026, 3, 10))

    def slots(self, station: Workstation) -> tuple[Slot, ...]:
        with self.store.begin(write=False) as work:
            return work.slots.live_on(station.place.identity.seat_id)

    def sits(self, station: Workstation, card: str) -> bool:
        sitting = station.sitting
        return sitting is not None and self.card_of.get(sitting.slot_id) == card

    def sits_anywhere(self, person: str) -> bool:
        with self.store.begin(write=False) as work:
            return bool(work.sitters.of_persons([person]))

    def agrees(self, station: Workstation) -> bool:
        """Tell whether hub and station have told each other everything."""
        told = station.delivered == len(station.written)
        return station.is_heard and station.live and told and not station.late

    def mend(self, station: Workstation) -> None:
        station.whole, station.loses, station.late = True, False, False
        station.keep_touch()
