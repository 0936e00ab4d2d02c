"""What any store must hold of a card that is passed at the desk."""

import pytest

from admin_console.hub.service.answer import NotAllowed
from kiosk.wire.codec import encode
from kiosk.wire.desk import CardElsewhere, CardIdle, CardSeated, CardUnknown, FindCard, Role
from tests.helpers.hubhouse import BIJ, JEANNE, MARCEL, NAMES, TRAPEZE, HubHouse

NOBODYS = "20481000009999"


class CardContract:
    """What holds of the search for a card on every store."""

    def test_a_card_is_found_on_its_seat(self, house: HubHouse) -> None:
        here, there = house.enrol(TRAPEZE), house.enrol(BIJ)
        house.sit(here, JEANNE)
        house.sit(there, MARCEL)

        found = house.cards.find(house.agent(), FindCard(card=MARCEL))

        assert found == CardSeated(seat_id=there.identity.seat_id, site_id="bij")

    def test_a_card_without_a_session_is_known_and_another_is_not(self, house: HubHouse) -> None:
        station = house.enrol()
        slot_id = house.sit(station, JEANNE)
        house.tell(station, house.fact(station, house.ended(slot_id)))
        agent = house.agent()

        assert house.cards.find(agent, FindCard(card=JEANNE)) == CardIdle()
        assert house.cards.find(agent, FindCard(card=NOBODYS)) == CardUnknown()

    def test_a_grant_that_never_became_a_session_is_none(self, house: HubHouse) -> None:
        station = house.enrol()
        house.ask(station, JEANNE)
        at_once = house.cards.find(house.agent(), FindCard(card=JEANNE))
        house.clock.advance(31)

        assert at_once == CardSeated(seat_id=station.identity.seat_id, site_id="trapeze")
        assert house.cards.find(house.agent(), FindCard(card=JEANNE)) == CardIdle()

    def test_a_seat_beyond_the_sites_of_the_account_is_not_named(self, house: HubHouse) -> None:
        house.sit(house.enrol(BIJ), JEANNE)

        found = house.cards.find(house.agent(sites=("trapeze",)), FindCard(card=JEANNE))

        assert found == CardElsewhere()

    @pytest.mark.parametrize("role", [Role.OBSERVER, Role.CASHIER, Role.REGISSEUR])
    def test_who_may_not_act_at_a_seat_learns_nothing_of_a_card(
        self, house: HubHouse, role: Role
    ) -> None:
        house.sit(house.enrol(), JEANNE)

        assert house.cards.find(house.agent(frozenset({role})), FindCard(card=JEANNE)) == (
            NotAllowed()
        )

    def test_the_answer_names_no_person_and_leaves_no_trace(self, house: HubHouse) -> None:
        house.sit(house.enrol(), JEANNE)
        agent = house.agent()
        before = house.feed.latest_for(agent)

        found = house.cards.find(agent, FindCard(card=JEANNE))

        assert isinstance(found, CardSeated)
        told = encode(found).decode()
        assert JEANNE not in told
        assert NAMES[JEANNE] not in told
        assert house.references.reference(JEANNE) not in told
        assert house.feed.latest_for(agent) == before
