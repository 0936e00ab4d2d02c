"""The contract of slots opened without the hub: facts that stand, and what staff are told of."""

from datetime import timedelta

from msgspec.structs import replace

from admin_console.hub.service.provision import forget_known
from admin_console.hub.service.record import SlotState
from kiosk.rules.knowncard import card_lookup
from kiosk.rules.slot import Ground
from kiosk.wire.desk import Role
from kiosk.wire.event import (
    Decider,
    EventAnswer,
    EventBody,
    OpeningGivenUp,
    SlotOpenedAlone,
    SlotRenewed,
    Verdict,
)
from kiosk.wire.parked import ParkedFacts
from kiosk.wire.place import RuleView
from kiosk.wire.provision import PassUse
from kiosk.wire.station import OpenSlot, SlotGranted, SlotRefused
from kiosk.wire.ticket import TakeTicket, TicketTaken
from tests.contracts.hub_passes import make
from tests.contracts.hub_provisions import come
from tests.helpers.hubhouse import BIJ, JEANNE, MARCEL, MONIQUE, PAUL, TRAPEZE, HubHouse, Sitting


def alone(
    house: HubHouse,
    station: Sitting,
    card: str | None = JEANNE,
    use: PassUse | None = None,
    slot_id: str | None = None,
    ago: int = 600,
    total: int = 3600,
) -> SlotOpenedAlone:
    """Return the fact that a station opened a slot by itself, some seconds ago."""
    room_key = house.keys.room_key(station.identity.room_id)
    return SlotOpenedAlone(
        slot_id=slot_id or house.fresh_id(),
        total_seconds=total,
        ends_at=house.clock.now() + timedelta(seconds=total - ago),
        lookup="" if card is None or use is not None else card_lookup(room_key, card),
        guest_pass=use,
    )


def came(house: HubHouse, station: Sitting, card: str = JEANNE) -> None:
    """Let somebody become known to a room, an hour ago."""
    come(house, station, card)
    house.clock.advance(3600)


def tell(house: HubHouse, station: Sitting, *bodies: EventBody) -> list[EventAnswer]:
    return list(house.tell(station, *(house.fact(station, body) for body in bodies)))


def codes(answers: list[EventAnswer]) -> list[str | None]:
    return [answer.code for answer in answers]


def person(house: HubHouse, slot_id: str) -> str | None:
    with house.store.begin(write=False) as work:
        return work.slots.person(slot_id)


def state(house: HubHouse, slot_id: str) -> SlotState:
    with house.store.begin(write=False) as work:
        slot = work.slots.get(slot_id)
    assert slot is not None
    return slot.state


def parked(house: HubHouse, site: str = "trapeze") -> ParkedFacts:
    found = house.parked.facts(house.agent(), site)
    assert isinstance(found, ParkedFacts)
    return found


class AloneContract:
    """What holds of slots opened alone, on every store."""

    def test_a_slot_opened_alone_is_shown_and_its_visitor_known(self, house: HubHouse) -> None:
        station = house.enrol()
        came(house, station)
        fact = alone(house, station)

        answers = tell(house, station, fact)

        assert [answer.verdict for answer in answers] == [Verdict.ACCEPTED]
        shown = house.seat(station).slot
        assert shown is not None
        assert (shown.slot_id, shown.total_seconds) == (fact.slot_id, 3600)
        assert shown.ends_at == fact.ends_at
        assert person(house, fact.slot_id) == house.references.reference(JEANNE)
        refused = house.ask(house.enrol(BIJ), JEANNE)
        assert isinstance(refused, SlotRefused)
        assert refused.ground is Ground.PERSON_SEATED

    def test_it_is_renewed_and_ends_like_any_other(self, house: HubHouse) -> None:
        station = house.enrol()
        came(house, station)
        fact = alone(house, station, ago=3300)
        renewed = SlotRenewed(
            slot_id=fact.slot_id,
            total_seconds=7200,
            ends_at=fact.ends_at + timedelta(seconds=3600),
            decided_by=Decider.STATION,
        )

        answers = tell(house, station, fact, renewed)
        shown = house.seat(station).slot
        answers += tell(house, station, house.ended(fact.slot_id, used=4000))

        assert codes(answers) == [None, None, None]
        assert shown is not None
        assert (shown.total_seconds, shown.renewals) == (7200, 1)
        assert house.seat(station).slot is None
        assert state(house, fact.slot_id) is SlotState.ENDED

    def test_the_journal_does_not_say_whose_it_is(self, house: HubHouse) -> None:
        station = house.enrol()
        came(house, station)
        fact = alone(house, station)
        made = make(house)
        guest = alone(
            house, station, use=PassUse(day=made.day, duration_code=0, serial=int(made.digits[1:4]))
        )

        tell(house, station, fact, house.ended(fact.slot_id), guest)

        with house.store.begin(write=False) as work:
            start = house.clock.now() - timedelta(days=1)
            end = house.clock.now() + timedelta(days=1)
            entries = work.events.of_seat(station.identity.seat_id, start, end, 50)
        kept = b"".join(entry.body for entry in entries)
        assert b"slot_opened_alone" in kept
        assert fact.lookup.encode() not in kept
        assert b"serial" not in kept

    def test_told_again_it_does_nothing(self, house: HubHouse) -> None:
        station = house.enrol()
        came(house, station)
        event = house.fact(station, alone(house, station))
        house.tell(station, event)
        before = house.feed.situation(station.identity)

        assert [one.verdict for one in house.tell(station, event)] == [Verdict.DUPLICATE]
        assert house.feed.situation(station.identity) == before
        again = house.fact(station, event.body)
        assert codes(list(house.tell(station, again))) == [None]
        assert house.feed.situation(station.identity).seat == before.seat

    def test_a_grant_whose_answer_was_lost_is_opened_as_it_was_granted(
        self, house: HubHouse
    ) -> None:
        station = house.enrol()
        granted = house.ask(station, MARCEL)
        assert isinstance(granted, SlotGranted)
        fact = alone(house, station, MARCEL, slot_id=granted.slot_id, ago=0)

        answers = tell(house, station, fact)

        # The hub knows who asked, though it has never made a verifier of that card.
        assert codes(answers) == [None]
        assert state(house, granted.slot_id) is SlotState.OPEN
        assert person(house, granted.slot_id) == house.references.reference(MARCEL)

    def test_a_late_ask_for_a_slot_that_runs_gets_no_second_one(self, house: HubHouse) -> None:
        station = house.enrol()
        came(house, station)
        fact = alone(house, station)
        tell(house, station, fact)

        late = house.ask(station, JEANNE, slot_id=fact.slot_id)

        assert isinstance(late, SlotRefused)
        assert late.ground is Ground.OVER
        assert state(house, fact.slot_id) is SlotState.OPEN

    def test_a_refusal_that_never_arrived_does_not_undo_the_slot(self, house: HubHouse) -> None:
        station = house.enrol()
        came(house, station)
        slot_id = house.fresh_id()
        house.sit(house.enrol(BIJ), JEANNE)
        assert isinstance(house.ask(station, JEANNE, slot_id=slot_id), SlotRefused)

        answers = tell(house, station, alone(house, station, slot_id=slot_id, ago=0))

        assert codes(answers) == ["person_seated"]
        assert state(house, slot_id) is SlotState.OPEN

    def test_an_opening_that_was_given_up_and_opened_after_all_is_open(
        self, house: HubHouse
    ) -> None:
        station = house.enrol()
        came(house, station)
        slot_id = house.fresh_id()
        tell(house, station, OpeningGivenUp(slot_id=slot_id))

        tell(house, station, alone(house, station, slot_id=slot_id))

        assert state(house, slot_id) is SlotState.OPEN

    def test_another_station_cannot_tell_a_slot_that_is_not_its_own(self, house: HubHouse) -> None:
        here, there = house.enrol(), house.enrol()
        slot_id = house.sit(here, MARCEL)

        answers = tell(house, there, alone(house, there, slot_id=slot_id))

        assert codes(answers) == ["wrong_station"]
        assert house.seat(there).slot is None

    def test_a_person_who_sat_twice_at_once_is_told_and_both_slots_stand(
        self, house: HubHouse
    ) -> None:
        here, there = house.enrol(), house.enrol(BIJ)
        came(house, here)
        elsewhere = house.sit(there, JEANNE)
        house.clock.advance(1800)
        fact = alone(house, here, ago=900)

        answers = tell(house, here, fact)

        assert [(one.verdict, one.code) for one in answers] == [(Verdict.REFUSED, "person_seated")]
        assert state(house, elsewhere) is SlotState.OPEN
        assert state(house, fact.slot_id) is SlotState.OPEN
        assert codes(tell(house, here, house.ended(fact.slot_id))) == [None]

    def test_one_after_the_other_is_no_conflict(self, house: HubHouse) -> None:
        here, there = house.enrol(), house.enrol(BIJ)
        came(house, here)
        fact = alone(house, here, ago=0)
        first = house.fact(here, fact)
        house.clock.advance(600)
        end = house.fact(here, house.ended(fact.slot_id, used=600))
        house.clock.advance(600)
        house.sit(there, JEANNE)

        # The station comes back: it sat first, and had left before.
        answers = list(house.tell(here, first, end))

        assert codes(answers) == [None, None]

    def test_a_card_that_was_forgotten_meanwhile_is_still_recognised(self, house: HubHouse) -> None:
        station = house.enrol()
        came(house, station)
        with house.store.begin(write=True) as work:
            forget_known(work, house.references.reference(JEANNE))
        fact = alone(house, station)

        assert codes(tell(house, station, fact)) == [None]
        assert person(house, fact.slot_id) == house.references.reference(JEANNE)

    def test_a_card_that_nobody_knows_is_told_and_its_slot_stands(self, house: HubHouse) -> None:
        station = house.enrol()
        fact = alone(house, station, PAUL)

        assert codes(tell(house, station, fact)) == ["person_unknown"]
        assert state(house, fact.slot_id) is SlotState.OPEN
        assert person(house, fact.slot_id) is None
        (told,) = parked(house).facts
        assert (told.code, told.what) == ("person_unknown", "slot_opened_alone")
        assert told.seat_id == station.identity.seat_id

    def test_more_than_the_day_allows_is_told(self, house: HubHouse) -> None:
        station = house.enrol()
        with house.store.begin(write=True) as work:
            room = work.rooms.hold(TRAPEZE)
            assert room is not None
            rule = RuleView(
                slot_seconds=3600,
                grace_seconds=120,
                closing_margin_seconds=600,
                shortest_slot_seconds=300,
                daily_seconds=4000,
            )
            work.rooms.save(replace(room, rule=rule))
        came(house, station)
        slot_id = house.sit(station, JEANNE)
        house.clock.advance(3000)
        house.leave(station, slot_id, used=3000)

        # It had 940 seconds left of its day.
        within = alone(house, station, ago=0, total=900)
        answers = tell(house, station, within, house.ended(within.slot_id, used=0))
        answers += tell(house, station, alone(house, station, ago=0, total=3600))

        assert codes(answers) == [None, None, "day_exceeded"]

    def test_somebody_on_the_seat_of_anothers_ticket_is_told_and_the_list_goes_on(
        self, house: HubHouse
    ) -> None:
        stations = [house.enrol(), house.enrol(), house.enrol()]
        came(house, stations[0], PAUL)
        for station, card in zip(stations, (JEANNE, MARCEL, MONIQUE), strict=True):
            house.sit(station, card)
        board = house.agent(frozenset({Role.OBSERVER}))
        taken = house.tickets.take_at_desk(board, TRAPEZE, TakeTicket(ask_id=house.fresh_id()))
        assert isinstance(taken, TicketTaken)
        assert stations[0].slot_id is not None
        house.leave(stations[0], stations[0].slot_id)
        (held,) = house.waiting(stations[0]).tickets
        assert held.seat == 1

        answers = tell(house, stations[0], alone(house, stations[0], PAUL, ago=5))

        assert codes(answers) == ["seat_held"]
        (waiting,) = house.waiting(stations[0]).tickets
        assert waiting.seat is None

    def test_a_known_card_asks_the_hub_for_nothing_it_did_not_ask_before(
        self, house: HubHouse
    ) -> None:
        """The same id may be asked for and opened alone: whichever is first, there is one slot."""
        station = house.enrol()
        came(house, station)
        wanted = OpenSlot(slot_id=house.fresh_id(), card=JEANNE, pin="1111")
        granted = house.openings.open(station.identity, wanted)
        assert isinstance(granted, SlotGranted)

        tell(house, station, alone(house, station, slot_id=wanted.slot_id, ago=0))

        assert house.openings.open(station.identity, wanted) == granted
        with house.store.begin(write=False) as work:
            assert len(work.slots.live_on(station.identity.seat_id)) == 1
