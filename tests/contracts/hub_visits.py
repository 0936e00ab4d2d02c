"""A machine that plays visits on several stations whose answers get lost, and checks the hub.

Each station is played as it behaves: it makes the identifiers, keeps its facts until they are
answered, repeats what it has had no answer to, and ends its slot alone. A station may be cut off;
what happened meanwhile stays, even two seats for one person.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from admin_console.hub.service.identity import StaffIdentity
from admin_console.hub.store.engine import make_engine
from admin_console.hub.store.store import Store
from kiosk.wire.change import SeatChanged
from kiosk.wire.desk import Role
from kiosk.wire.event import Decider, Event, EventBody, OpeningGivenUp, SlotRenewed, Verdict
from kiosk.wire.place import SeatView
from kiosk.wire.station import (
    RenewalAnswer,
    RenewalGranted,
    RenewalRefused,
    RenewSlot,
    SlotAnswer,
    SlotGranted,
)
from tests.helpers.clock import FakeClock
from tests.helpers.hubhouse import BIJ, JEANNE, MARCEL, MONIQUE, TRAPEZE, HubHouse, Sitting

GRACE = 120
CARDS = (JEANNE, MARCEL, MONIQUE)
STATIONS = st.integers(0, 2)


@dataclass
class Played:
    """A station as it knows itself."""

    sitting: Sitting
    outbox: list[Event] = field(default_factory=list)
    online: bool = True
    slot_id: str | None = None
    card: str = ""
    opened_at: datetime | None = None
    total: int = 0
    told: bool = True


class Visits(RuleBasedStateMachine):
    """Visits on three stations and two cards."""

    def __init__(self, address: str) -> None:
        super().__init__()
        self.clock = FakeClock()
        self.store = Store(make_engine(address), self.clock.now)
        self.house = HubHouse(self.store, self.clock)
        self.stations = [Played(self.house.enrol(room)) for room in (TRAPEZE, TRAPEZE, BIJ)]
        self.answers: dict[str, tuple[int, str, SlotAnswer]] = {}
        self.renewals: dict[tuple[str, int], tuple[int, RenewalAnswer]] = {}
        self.cut_off: set[str] = set()
        self.admin: StaffIdentity = self.house.agent(frozenset({Role.ADMIN}))
        estate = self.house.feed.estate(self.admin)
        self.cursor = estate.cursor
        self.seen: dict[str, SeatView] = {
            seat.seat_id: seat
            for site in estate.sites
            for room in site.rooms
            for seat in room.seats
        }

    def teardown(self) -> None:
        """Give the connections back."""
        self.store.close()

    # ------------------------------------------------------------------------------ what happens

    @rule(
        number=STATIONS, card=st.sampled_from(CARDS), lost=st.booleans(), repeats=st.integers(0, 2)
    )
    def ask_to_sit(self, number: int, card: str, lost: bool, repeats: int) -> None:
        station = self.stations[number]
        if not station.online or station.slot_id is not None:
            return
        slot_id = self.house.fresh_id()
        answer = self.house.ask(station.sitting, card, slot_id=slot_id)
        for _ in range(repeats):
            assert self.house.ask(station.sitting, card, slot_id=slot_id) == answer
        self.answers[slot_id] = (number, card, answer)
        if lost:
            self._note(station, OpeningGivenUp(slot_id=slot_id))
        elif isinstance(answer, SlotGranted):
            station.slot_id, station.card = slot_id, card
            station.opened_at, station.total = self.clock.now(), answer.total_seconds
            station.told = False
            self._note(station, self.house.opened(slot_id, answer.total_seconds))

    @rule(number=STATIONS, lost=st.booleans())
    def renew(self, number: int, lost: bool) -> None:
        station = self.stations[number]
        if not station.online or station.slot_id is None:
            return
        if self._left(station) > 600:
            self.pass_time(int(self._left(station)) - 500)
        ask = RenewSlot(slot_id=station.slot_id, from_total_seconds=station.total)
        answer = self.house.renewals.renew(station.sitting.identity, ask)
        self.renewals[station.slot_id, station.total] = (number, answer)
        if isinstance(answer, RenewalGranted) and not lost:
            station.total = answer.total_seconds
            ends_at = self.clock.now() + timedelta(seconds=self._left(station))
            self._note(
                station,
                SlotRenewed(
                    slot_id=station.slot_id,
                    total_seconds=station.total,
                    ends_at=ends_at,
                    decided_by=Decider.HUB,
                ),
            )

    @precondition(lambda self: self.answers)
    @rule(data=st.data())
    def repeat_an_ask(self, data: st.DataObject) -> None:
        slot_id = data.draw(st.sampled_from(sorted(self.answers)))
        number, card, answer = self.answers[slot_id]
        assert self.house.ask(self.stations[number].sitting, card, slot_id=slot_id) == answer

    @precondition(lambda self: self.renewals)
    @rule(data=st.data())
    def repeat_a_renewal(self, data: st.DataObject) -> None:
        slot_id, total = data.draw(st.sampled_from(sorted(self.renewals)))
        number, answer = self.renewals[slot_id, total]
        ask = RenewSlot(slot_id=slot_id, from_total_seconds=total)
        again = self.house.renewals.renew(self.stations[number].sitting.identity, ask)
        # A grant stands for ever, a refusal as long as its ground.
        assert again == answer or isinstance(answer, RenewalRefused)

    @rule(number=STATIONS)
    def finish(self, number: int) -> None:
        station = self.stations[number]
        if station.slot_id is not None:
            self._end(station)

    @rule(number=STATIONS, lost=st.booleans())
    def tell(self, number: int, lost: bool) -> None:
        station = self.stations[number]
        if station.online:
            self._deliver(station, lost=lost)

    @rule(number=STATIONS, data=st.data())
    def tell_something_again(self, number: int, data: st.DataObject) -> None:
        station = self.stations[number]
        old = [one for one in station.sitting.told if one not in station.outbox]
        if station.online and old:
            fact = data.draw(st.sampled_from(old))
            verdicts = [a.verdict for a in self.house.tell(station.sitting, fact)]
            assert verdicts == [Verdict.DUPLICATE]

    @rule(number=STATIONS)
    def cut(self, number: int) -> None:
        station = self.stations[number]
        station.online = False
        if station.slot_id is not None and not station.told:
            self.cut_off.add(station.slot_id)

    @rule(number=STATIONS)
    def mend(self, number: int) -> None:
        self.stations[number].online = True

    @rule(seconds=st.sampled_from((4, 20, 700, 1500, 3000)))
    def pass_time(self, seconds: int) -> None:
        """Stations in contact report and tell every few seconds, before much time passes."""
        for station in self.stations:
            if station.online:
                self._deliver(station, lost=False)
        self.clock.advance(seconds)
        for station in self.stations:
            if station.slot_id is not None and self._left(station) <= -GRACE:
                self._end(station)
            if station.online:
                self.house.beat(station.sitting, station.slot_id, len(station.outbox))
                self._deliver(station, lost=False)
        self.house.janitor.sweep()

    # ---------------------------------------------------------------------------------- what holds

    @invariant()
    def nobody_sits_twice_in_contact(self) -> None:
        with self.store.begin(write=False) as work:
            for card in CARDS:
                seated = [
                    one
                    for one in work.slots.live_of(self.house.references.reference(card))
                    if one.lost_at is None
                    and one.slot.left_at is None
                    and one.slot.slot_id not in self.cut_off
                    and one.slot.state == "open"
                ]
                assert len(seated) <= 1, seated

    @invariant()
    def a_seat_shows_what_its_station_has_told(self) -> None:
        for station in self.stations:
            if station.online and not station.outbox:
                slot = self.house.seat(station.sitting).slot
                assert (None if slot is None else slot.slot_id) == station.slot_id
                if slot is not None:
                    assert slot.total_seconds == station.total
                    assert slot.opened_at == station.opened_at

    @invariant()
    def the_changes_lead_to_what_stands(self) -> None:
        last = self.cursor
        for change in self.house.read(self.admin, self.cursor):
            assert change.n > last
            last = change.n
            if isinstance(change.body, SeatChanged):
                self.seen[change.body.seat.seat_id] = change.body.seat
        self.cursor = last
        estate = self.house.feed.estate(self.admin)
        assert self.seen == {
            seat.seat_id: seat
            for site in estate.sites
            for room in site.rooms
            for seat in room.seats
        }

    # ------------------------------------------------------------------------------------- helpers

    def _left(self, station: Played) -> float:
        assert station.opened_at is not None
        return station.total - (self.clock.now() - station.opened_at).total_seconds()

    def _note(self, station: Played, body: EventBody) -> None:
        station.outbox.append(self.house.fact(station.sitting, body))

    def _end(self, station: Played) -> None:
        assert station.slot_id is not None
        used = max(0, station.total - max(0, int(self._left(station))))
        self._note(station, self.house.ended(station.slot_id, used=used))
        self.cut_off.discard(station.slot_id)
        station.slot_id = None

    def _deliver(self, station: Played, *, lost: bool) -> None:
        if not station.outbox:
            return
        answers = self.house.tell(station.sitting, *station.outbox)
        assert {answer.verdict for answer in answers} <= {Verdict.ACCEPTED, Verdict.DUPLICATE}
        station.told = True
        if not lost:
            station.outbox.clear()
