"""The contract of passes and power cuts without the hub, and of the list of parked facts."""

from admin_console.hub.service.answer import NotAllowed, NotFound
from admin_console.hub.service.identity import Reader
from admin_console.hub.service.record import SlotState
from kiosk.rules.slot import Ground
from kiosk.wire.change import ParkedChanged, ProvisionsChanged
from kiosk.wire.desk import Role
from kiosk.wire.event import (
    EndReason,
    HelpAsked,
    OpeningGivenUp,
    SlotEnded,
    SlotOpened,
    SlotResumed,
)
from kiosk.wire.parked import MarkSeen, ParkedFacts
from kiosk.wire.provision import PassUse
from kiosk.wire.station import SlotRefused
from tests.contracts.hub_alone import alone, codes, parked, person, state, tell
from tests.contracts.hub_passes import ask, make
from tests.helpers.hubhouse import BIJ, JEANNE, MARCEL, PAUL, HubHouse


class ParkedContract:
    """What holds of passes used alone, of slots that go on alone and of parked facts."""

    def test_a_pass_used_alone_is_used_everywhere(self, house: HubHouse) -> None:
        here, beside = house.enrol(), house.enrol()
        made = make(house)
        use = PassUse(day=made.day, duration_code=0, serial=int(made.digits[1:4]))
        fact = alone(house, here, use=use)

        answers = tell(house, here, fact)

        assert codes(answers) == [None]
        assert use in house.provisioning.provide(beside.identity).used
        assert person(house, fact.slot_id) == house.keys.guest("trapeze", use.as_rule())
        refused = ask(house, beside, made.digits)
        assert isinstance(refused, SlotRefused)
        assert refused.ground is Ground.PASS_USED
        changes = house.read(beside.identity)
        assert [one for one in changes if isinstance(one.body, ProvisionsChanged)]

    def test_a_pass_used_twice_is_told_and_both_slots_stand(self, house: HubHouse) -> None:
        here, beside = house.enrol(), house.enrol()
        made = make(house)
        use = PassUse(day=made.day, duration_code=0, serial=int(made.digits[1:4]))
        first, second = alone(house, here, use=use), alone(house, beside, use=use)

        answers = tell(house, here, first) + tell(house, beside, second)

        assert codes(answers) == [None, "pass_used"]
        assert state(house, first.slot_id) is SlotState.OPEN
        assert state(house, second.slot_id) is SlotState.OPEN

    def test_a_pass_that_nobody_gave_out_is_told(self, house: HubHouse) -> None:
        station = house.enrol()
        use = PassUse(day=house.clock.now().date(), duration_code=9, serial=7)

        assert codes(tell(house, station, alone(house, station, use=use))) == ["pass_unknown"]

    def test_a_slot_that_goes_on_without_the_hub_is_taken(self, house: HubHouse) -> None:
        station = house.enrol()
        made = make(house)
        use = PassUse(day=made.day, duration_code=0, serial=int(made.digits[1:4]))
        first = alone(house, station, use=use)
        tell(house, station, first)
        cut = SlotEnded(
            slot_id=first.slot_id,
            reason=EndReason.POWER_LOST,
            used_seconds=600,
            remaining_seconds=3000,
        )
        second = alone(house, station, use=use, ago=60, total=3000)
        resumed = SlotResumed(slot_id=second.slot_id, before=first.slot_id)

        answers = tell(house, station, cut, second, resumed)

        assert codes(answers) == [None, None, None]
        assert person(house, second.slot_id) == person(house, first.slot_id)
        shown = house.seat(station).slot
        assert shown is not None
        assert shown.slot_id == second.slot_id

    def test_what_goes_on_is_taken_however_little_of_it_is_told(self, house: HubHouse) -> None:
        for told_alone in (True, False):
            for with_opening in (True, False):
                station = house.enrol(BIJ)
                first = house.sit(station, JEANNE)
                cut = SlotEnded(
                    slot_id=first,
                    reason=EndReason.POWER_LOST,
                    used_seconds=600,
                    remaining_seconds=3000,
                )
                bare = alone(house, station, None, ago=0, total=3000)
                opened = SlotOpened(slot_id=bare.slot_id, total_seconds=3000, ends_at=bare.ends_at)
                opening = (bare if told_alone else opened,) if with_opening else ()
                resumed = SlotResumed(slot_id=bare.slot_id, before=first)

                answers = tell(house, station, cut, *opening, resumed)

                assert set(codes(answers)) == {None}
                assert person(house, bare.slot_id) == house.references.reference(JEANNE)
                shown = house.seat(station).slot
                assert shown is not None
                assert (shown.slot_id, shown.total_seconds) == (bare.slot_id, 3000)
                tell(house, station, house.ended(bare.slot_id))
                with house.store.begin(write=True) as work:
                    work.stations.retire(station.identity.station_id, house.clock.now())

    def test_what_goes_on_with_a_slot_that_nobody_knows_is_not_taken(self, house: HubHouse) -> None:
        here, there = house.enrol(), house.enrol()
        other = house.sit(there, MARCEL)

        answers = tell(
            house,
            here,
            SlotResumed(slot_id=house.fresh_id(), before=house.fresh_id()),
            SlotResumed(slot_id=house.fresh_id(), before=other),
        )

        assert codes(answers) == ["unknown_slot", "unknown_slot"]

    def test_parked_facts_are_told_to_staff_of_the_site_until_they_have_looked(
        self, house: HubHouse
    ) -> None:
        here, there = house.enrol(), house.enrol(BIJ)
        tell(house, here, alone(house, here, PAUL))
        house.clock.advance(60)
        tell(house, here, OpeningGivenUp(slot_id=house.fresh_id()), house.ended(house.fresh_id()))
        tell(house, there, house.ended(house.fresh_id()))
        agent, elsewhere = house.agent(), house.agent(sites=("bij",))
        listed = parked(house)

        assert [one.code for one in listed.facts] == ["unknown_slot", "person_unknown"]
        assert not listed.more
        assert isinstance(house.parked.facts(elsewhere, "trapeze"), NotFound)
        observer = house.agent(frozenset({Role.OBSERVER}))
        assert isinstance(house.parked.facts(observer, "trapeze"), NotAllowed)
        seen = MarkSeen(event_ids=(listed.facts[0].event_id,))
        assert isinstance(house.parked.mark_seen(observer, "trapeze", seen), NotAllowed)
        assert isinstance(house.parked.mark_seen(elsewhere, "trapeze", seen), NotFound)
        assert house.parked.mark_seen(elsewhere, "bij", seen) == parked(house, "bij")
        left = house.parked.mark_seen(agent, "trapeze", seen)
        assert isinstance(left, ParkedFacts)
        assert left.facts == listed.facts[1:]
        assert house.parked.mark_seen(agent, "trapeze", seen) == left
        assert len(parked(house, "bij").facts) == 1

    def test_desks_are_told_that_a_list_is_another_one_and_stations_are_not(
        self, house: HubHouse
    ) -> None:
        station, agent = house.enrol(), house.agent()
        start = house.feed.estate(agent).cursor

        tell(house, station, house.ended(house.fresh_id()))
        seen = MarkSeen(event_ids=(parked(house).facts[0].event_id,))
        for _ in range(2):
            house.parked.mark_seen(agent, "trapeze", seen)
        house.tell(station, house.fact(station, HelpAsked()))

        def told(reader: Reader) -> list[str]:
            bodies = [change.body for change in house.read(reader, start)]
            return [body.site_id for body in bodies if isinstance(body, ParkedChanged)]

        assert told(agent) == ["trapeze", "trapeze"]
        assert told(house.agent(sites=("bij",))) == []
        assert told(station.identity) == []
