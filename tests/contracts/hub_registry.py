"""What any store must hold of people who are written down at the desk."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from msgspec.structs import replace

from admin_console.hub.service.answer import Conflict, NotAllowed
from admin_console.hub.service.newcard import CARD_PREFIX, is_weak
from kiosk.rules.slot import Ground
from kiosk.wire.desk import Role
from kiosk.wire.people import (
    ChangePerson,
    MakePin,
    PersonChanged,
    PersonFacts,
    PersonFault,
    PersonFaulty,
    PersonRegistered,
    PersonUnknown,
    PinMade,
    RegisterPerson,
)
from kiosk.wire.station import SlotGranted, SlotRefused
from tests.helpers.hubhouse import JEANNE, HubHouse

NEW = "20481000009991"
FACTS = PersonFacts(first_name="Aminata", category="adult", least_age=18)


class RegistryContract:
    """What holds of registration, changes and codes on every store."""

    def test_a_person_who_is_registered_may_sit_at_once(self, house: HubHouse) -> None:
        station = house.enrol()

        made = house.registry.register(house.agent(), RegisterPerson(facts=FACTS, card=NEW))

        assert isinstance(made, PersonRegistered)
        assert made.made_card is None
        assert not is_weak(made.pin)
        granted = house.ask(station, NEW, made.pin)
        assert isinstance(granted, SlotGranted)
        assert (granted.first_name, granted.first_use) == ("Aminata", True)

    def test_a_person_without_a_card_gets_a_number_that_is_their_own(self, house: HubHouse) -> None:
        station, agent = house.enrol(), house.agent()

        made = [house.registry.register(agent, RegisterPerson(facts=FACTS)) for _ in range(5)]

        cards = [one.made_card for one in made if isinstance(one, PersonRegistered)]
        assert len(set(cards)) == 5
        for one in made:
            assert isinstance(one, PersonRegistered)
            assert one.made_card is not None
            assert one.made_card.startswith(CARD_PREFIX)
        last = made[-1]
        assert isinstance(last, PersonRegistered)
        assert isinstance(house.ask(station, last.made_card or "", last.pin), SlotGranted)

    def test_a_number_that_exists_is_never_made_again(self, house: HubHouse) -> None:
        agent = house.agent()
        dice = house.dice

        class Twice:
            """Draws the first card twice, whatever else is drawn."""

            def __init__(self) -> None:
                self._kept: dict[int, bytes] = {}
                self.again = 0

            def __call__(self, count: int) -> bytes:
                if count == 5 and self.again < 2:
                    self.again += 1
                    return self._kept.setdefault(count, dice(count))
                return dice(count)

        house.registry._entropy = Twice()
        first = house.registry.register(agent, RegisterPerson(facts=FACTS))
        second = house.registry.register(agent, RegisterPerson(facts=FACTS))

        assert isinstance(first, PersonRegistered)
        assert isinstance(second, PersonRegistered)
        assert first.made_card != second.made_card

    def test_the_same_ask_again_is_one_person_with_the_same_card_and_code(
        self, house: HubHouse
    ) -> None:
        station, agent = house.enrol(), house.agent()
        asks = [
            RegisterPerson(facts=FACTS, ask_id=house.fresh_id()),
            RegisterPerson(facts=FACTS, ask_id=house.fresh_id()),
            RegisterPerson(facts=FACTS, card=NEW, ask_id=house.fresh_id()),
        ]

        first = [house.registry.register(agent, ask) for ask in asks]
        again = [house.registry.register(agent, ask) for ask in asks]

        assert again == first
        made = [one for one in first if isinstance(one, PersonRegistered)]
        assert len({one.made_card for one in made}) == 3
        assert len({one.pin for one in made}) > 1
        for one in made:
            granted = house.ask(station, one.made_card or NEW, one.pin)
            assert isinstance(granted, SlotGranted)
            house.tell(station, house.fact(station, house.opened(granted.slot_id)))
            house.leave(station, granted.slot_id)

    def test_the_same_ask_twice_at_once_is_one_person(self, house: HubHouse) -> None:
        agent, ask = house.agent(), RegisterPerson(facts=FACTS, ask_id=house.fresh_id())
        start = threading.Barrier(4)

        def register(_number: int) -> object:
            start.wait(10)
            return house.registry.register(agent, ask)

        with ThreadPoolExecutor(4) as pool:
            answers = list(pool.map(register, range(4)))

        assert len(set(map(repr, answers))) == 1
        assert isinstance(answers[0], PersonRegistered)

    def test_an_identifier_stands_for_one_ask_and_is_forgotten_in_time(
        self, house: HubHouse
    ) -> None:
        agent, ask = house.agent(), RegisterPerson(facts=FACTS, ask_id=house.fresh_id())
        house.registry.register(agent, ask)

        other = house.registry.register(agent, replace(ask, card=NEW))
        stranger = house.registry.register(house.agent(), ask)
        house.clock.advance(3601)
        house.janitor.tidy()

        assert isinstance(other, Conflict)
        assert isinstance(stranger, Conflict)
        with house.store.begin(write=False) as work:
            assert work.members.get(house.references.reference(NEW)) is None
            assert work.members.registration(ask.ask_id or "") is None

    def test_an_ask_that_kept_nobody_may_come_again_mended(self, house: HubHouse) -> None:
        agent, ask_id = house.agent(), house.fresh_id()
        wrong = RegisterPerson(facts=replace(FACTS, first_name=""), ask_id=ask_id)

        refused = house.registry.register(agent, wrong)
        made = house.registry.register(agent, replace(wrong, facts=FACTS))

        assert isinstance(refused, PersonFaulty)
        assert isinstance(made, PersonRegistered)

    def test_a_card_that_is_taken_changes_nothing(self, house: HubHouse) -> None:
        station = house.enrol()
        work = house.hasher.hashed

        answer = house.registry.register(
            house.agent(), RegisterPerson(facts=FACTS, card=JEANNE, pin="7777")
        )

        assert answer == PersonFaulty(faults=(PersonFault.CARD_TAKEN,))
        assert house.hasher.hashed == work + 1  # of the agent's password
        granted = house.ask(station, JEANNE)
        assert isinstance(granted, SlotGranted)
        assert granted.first_name == "Jeanne"

    def test_a_card_registered_twice_at_once_is_one_person(self, house: HubHouse) -> None:
        agent = house.agent()
        start = threading.Barrier(4)

        def register(number: int) -> object:
            facts = replace(FACTS, first_name=f"N {number}")
            start.wait(10)
            return house.registry.register(agent, RegisterPerson(facts=facts, card=NEW))

        with ThreadPoolExecutor(4) as pool:
            answers = list(pool.map(register, range(4)))

        kept = [one for one in answers if isinstance(one, PersonRegistered)]
        assert len(kept) == 1
        refused = [one for one in answers if one not in kept]
        assert refused == [PersonFaulty(faults=(PersonFault.CARD_TAKEN,))] * 3
        with house.store.begin(write=False) as work:
            member = work.members.get(house.references.reference(NEW))
        assert member is not None
        assert member.first_name == kept[0].facts.first_name

    def test_every_fault_is_named_at_once_and_nothing_is_kept(self, house: HubHouse) -> None:
        day = (house.clock.now() + timedelta(days=3)).date()
        facts = PersonFacts(first_name="  ", category="pirate", authorised_on=day)

        new = house.registry.register(house.agent(), RegisterPerson(facts=facts, card=NEW))
        known = house.registry.change(house.agent(), ChangePerson(card=JEANNE, facts=facts))

        faults = (
            PersonFault.NO_SUCH_CATEGORY,
            PersonFault.NO_NAME,
            PersonFault.AUTHORISED_LATER,
        )
        assert new == known == PersonFaulty(faults=faults)
        assert not house.people.knows(NEW)
        person = house.people.find(JEANNE)
        assert person is not None
        assert person.first_name == "Jeanne"

    def test_facts_that_are_changed_count_from_then_on(self, house: HubHouse) -> None:
        facts = replace(FACTS, first_name=" Jeanne  Marie ", resident=True)

        answer = house.registry.change(house.agent(), ChangePerson(card=JEANNE, facts=facts))

        assert answer == PersonChanged(facts=replace(facts, first_name="Jeanne Marie"))
        person = house.people.check(JEANNE, "1111")
        assert person is not None
        assert (person.first_name, person.facts.resident) == ("Jeanne Marie", True)
        unknown = house.registry.change(house.agent(), ChangePerson(card=NEW, facts=FACTS))
        assert unknown == PersonUnknown()

    def test_a_new_code_takes_the_place_of_the_old_one(self, house: HubHouse) -> None:
        station = house.enrol()
        for _ in range(6):
            house.ask(station, JEANNE, pin="0000")

        answer = house.registry.make_pin(house.agent(), MakePin(card=JEANNE))

        assert isinstance(answer, PinMade)
        assert not is_weak(answer.pin)
        other = house.enrol()
        old = house.ask(other, JEANNE, "1111")
        assert isinstance(old, SlotRefused)
        assert old.ground is Ground.WRONG_CARD_OR_CODE
        assert isinstance(house.ask(other, JEANNE, answer.pin), SlotGranted)
        unknown = house.registry.make_pin(house.agent(), MakePin(card=NEW))
        assert unknown == PersonUnknown()

    @pytest.mark.parametrize("role", [Role.OBSERVER, Role.CASHIER, Role.REGISSEUR])
    def test_who_may_not_act_writes_nobody_down(self, house: HubHouse, role: Role) -> None:
        staff = house.agent(frozenset({role}))

        answers = [
            house.registry.register(staff, RegisterPerson(facts=FACTS, card=NEW)),
            house.registry.change(staff, ChangePerson(card=JEANNE, facts=FACTS)),
            house.registry.make_pin(staff, MakePin(card=JEANNE)),
        ]

        assert answers == [NotAllowed()] * 3
        assert not house.people.knows(NEW)
        assert house.people.check(JEANNE, "1111") is not None

    def test_a_card_without_a_code_is_as_wrong_as_any(self, house: HubHouse) -> None:
        reference = house.references.reference(JEANNE)
        with house.store.begin(write=True) as work:
            member = work.members.get(reference)
            assert member is not None
            work.members.set_pins([(reference, None)])
        work_done = house.hasher.verified

        person = house.people.check(JEANNE, "1111")
        nobody = house.people.check(NEW, "1111")

        assert person is None
        assert nobody is None
        assert house.hasher.verified == work_done + 2
