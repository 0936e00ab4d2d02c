"""A machine that gives out guest passes, uses and forges them, with stations that are cut off.

Each station is played as it behaves: with the hub it asks, and gives up where the answer was lost;
cut off it goes by the provisions that it fetched last and by the passes it took itself, and tells
what it did when it is back.
"""

from dataclasses import dataclass, field

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from admin_console.hub.store.engine import make_engine
from admin_console.hub.store.store import Store
from kiosk.rules.guestpass import PassAccepted, Use, check_pass
from kiosk.rules.hours import local_date
from kiosk.rules.slot import Ground
from kiosk.wire.event import Event, OpeningGivenUp, SlotOpenedAlone
from kiosk.wire.provision import PassUse, Provisions
from kiosk.wire.station import SlotGranted, SlotRefused
from tests.contracts.hub_alone import alone, parked
from tests.contracts.hub_passes import ask, make
from tests.helpers.clock import FakeClock
from tests.helpers.hubhouse import BIJ, TRAPEZE, HubHouse, Sitting

STATIONS = st.integers(0, 2)
SITES = ("trapeze", "trapeze", "bij")
ZONE = "Europe/Paris"


@dataclass
class Played:
    """A station as it knows itself."""

    sitting: Sitting
    site: str
    provisions: Provisions
    taken: set[Use] = field(default_factory=set)
    outbox: list[Event] = field(default_factory=list)
    online: bool = True
    slot_id: str | None = None


class Guests(RuleBasedStateMachine):
    """Guests at three stations of two sites."""

    def __init__(self, address: str) -> None:
        super().__init__()
        self.clock = FakeClock()
        self.store = Store(make_engine(address), self.clock.now)
        self.house = HubHouse(self.store, self.clock)
        self.agent = self.house.agent()
        self.stations: list[Played] = []
        for room, site in zip((TRAPEZE, TRAPEZE, BIJ), SITES, strict=True):
            sitting = self.house.enrol(room)
            fetched = self.house.provisioning.provide(sitting.identity)
            self.stations.append(Played(sitting, site, fetched))
        self.made: dict[str, tuple[str, Use]] = {}
        self.opened: dict[tuple[str, Use], list[str]] = {}

    def teardown(self) -> None:
        """Give the connections back."""
        self.store.close()

    # ------------------------------------------------------------------------------ what happens

    @rule(site=st.sampled_from(("trapeze", "bij")), code=st.integers(0, 9))
    def make_a_pass(self, site: str, code: int) -> None:
        made = make(self.house, code, site, self.agent)
        use = Use(made.day, code, int(made.digits[1:4]))
        assert (site, use) not in self.made.values()
        self.made[made.digits] = (site, use)

    @rule(number=STATIONS, data=st.data(), lost=st.booleans())
    def use_a_pass(self, number: int, data: st.DataObject, lost: bool) -> None:
        station = self.stations[number]
        if not self.made or station.slot_id is not None:
            return
        digits = data.draw(st.sampled_from(sorted(self.made)))
        if station.online:
            self._ask_the_hub(station, digits, lost=lost)
        else:
            self._decide_alone(station, digits)

    @rule(number=STATIONS, digits=st.from_regex(r"\A[0-9]{10}\Z"))
    def forge_a_pass(self, number: int, digits: str) -> None:
        station = self.stations[number]
        if not station.online or digits in self.made:
            return
        answer = ask(self.house, station.sitting, digits)
        assert isinstance(answer, SlotRefused)
        assert answer.ground in {Ground.WRONG_CARD_OR_CODE, Ground.TOO_MANY_TRIES}

    @rule(number=STATIONS)
    def leave(self, number: int) -> None:
        station = self.stations[number]
        if station.slot_id is None:
            return
        self._note(station, self.house.fact(station.sitting, self.house.ended(station.slot_id)))
        station.slot_id = None

    @rule(number=STATIONS)
    def fetch(self, number: int) -> None:
        station = self.stations[number]
        if station.online:
            station.provisions = self.house.provisioning.provide(station.sitting.identity)

    @rule(number=STATIONS)
    def cut(self, number: int) -> None:
        self.stations[number].online = False

    @rule(number=STATIONS)
    def mend(self, number: int) -> None:
        station = self.stations[number]
        station.online = True
        if station.outbox:
            self.house.tell(station.sitting, *station.outbox)
            self.house.tell(station.sitting, *station.outbox)
            station.outbox.clear()

    @rule(seconds=st.sampled_from((5, 40, 700)))
    def pass_time(self, seconds: int) -> None:
        self.clock.advance(seconds)
        for station in self.stations:
            if station.online:
                self.house.beat(station.sitting, station.slot_id, len(station.outbox))
        self.house.janitor.sweep()

    # ---------------------------------------------------------------------------------- what holds

    @invariant()
    def what_was_used_twice_is_told_to_staff_and_nothing_else_is(self) -> None:
        if any(station.outbox for station in self.stations):
            return
        twice = sum(len(slots) - 1 for slots in self.opened.values())
        found = [
            fact.code for site in ("trapeze", "bij") for fact in parked(self.house, site).facts
        ]
        assert found.count("pass_used") + found.count("person_seated") == twice
        assert set(found) <= {"pass_used", "person_seated"}

    @invariant()
    def what_was_used_is_used_for_everybody_who_fetches(self) -> None:
        if any(station.outbox for station in self.stations):
            return
        for station in self.stations:
            found = self.house.provisioning.provide(station.sitting.identity)
            used = {use for site, use in self.opened if site == station.site}
            assert used <= {one.as_rule() for one in found.used}

    # ------------------------------------------------------------------------------------- helpers

    def _ask_the_hub(self, station: Played, digits: str, *, lost: bool) -> None:
        site, use = self.made[digits]
        answer = ask(self.house, station.sitting, digits)
        if isinstance(answer, SlotRefused):
            known = self.opened.get((site, use))
            allowed = {Ground.TOO_MANY_TRIES, Ground.PERSON_SEATED}
            allowed |= {Ground.PASS_USED} if known else set()
            allowed |= {Ground.WRONG_CARD_OR_CODE} if site != station.site else set()
            assert answer.ground in allowed
            return
        assert isinstance(answer, SlotGranted)
        assert site == station.site
        told = {s.slot_id for one in self.stations for s in _alone_of(one.outbox)}
        assert set(self.opened.get((site, use), [])) <= told
        if lost:
            given_up = OpeningGivenUp(slot_id=answer.slot_id)
            self._note(station, self.house.fact(station.sitting, given_up))
            return
        station.slot_id = answer.slot_id
        self.opened.setdefault((site, use), []).append(answer.slot_id)
        opened = self.house.opened(answer.slot_id, answer.total_seconds)
        self.house.tell(station.sitting, self.house.fact(station.sitting, opened))

    def _decide_alone(self, station: Played, digits: str) -> None:
        keys = {one.day: one.key for one in station.provisions.day_keys}
        today = local_date(self.clock.now(), ZONE)
        used = station.taken | {one.as_rule() for one in station.provisions.used}
        found = check_pass(digits, keys, (today,), used)
        if not isinstance(found, PassAccepted):
            return
        assert self.made[digits] == (station.site, found.use)
        station.taken.add(found.use)
        body = alone(self.house, station.sitting, use=PassUse.of(found.use), ago=0)
        station.slot_id = body.slot_id
        self.opened.setdefault((station.site, found.use), []).append(body.slot_id)
        self._note(station, self.house.fact(station.sitting, body))

    def _note(self, station: Played, event: Event) -> None:
        station.outbox.append(event)
        if station.online:
            self.house.tell(station.sitting, *station.outbox)
            station.outbox.clear()


def _alone_of(outbox: list[Event]) -> list[SlotOpenedAlone]:
    return [event.body for event in outbox if isinstance(event.body, SlotOpenedAlone)]
