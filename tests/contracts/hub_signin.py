"""The contract of what opens a slot: the card and its code, or the card alone."""

from msgspec.structs import replace

from admin_console.hub.service.record import Member
from kiosk.rules.knowncard import card_lookup
from kiosk.rules.signin import SignIn
from kiosk.rules.slot import Ground
from kiosk.wire.station import OpenSlot, SlotAnswer, SlotGranted, SlotRefused
from tests.helpers.hubhouse import ADULT, JEANNE, MARCEL, PINS, TRAPEZE, HubHouse, Sitting

NEW = "20481000000078"


def want(house: HubHouse, sign_in: SignIn) -> None:
    """Let the room want this from now on."""
    with house.store.begin(write=True) as work:
        room = work.rooms.get(TRAPEZE)
        assert room is not None
        work.rooms.save(replace(room, sign_in=sign_in))


def scan(house: HubHouse, station: Sitting, card: str = JEANNE, pin: str | None = None) -> OpenSlot:
    return OpenSlot(slot_id=house.fresh_id(), card=card, pin=pin)


def come(house: HubHouse, station: Sitting, pin: str | None = None) -> SlotAnswer:
    """Sit down, let the hub do what it does after the answer, and leave."""
    ask = scan(house, station, pin=pin)
    answer = house.openings.open(station.identity, ask)
    if isinstance(answer, SlotGranted):
        house.tell(station, house.fact(station, house.opened(ask.slot_id)))
        house.provisioning.remember(station.identity, ask)
        house.leave(station, ask.slot_id)
    return answer


class SignInContract:
    """What holds of cards with and without their codes on every store."""

    def test_a_card_without_its_code_is_refused_like_a_wrong_one(self, house: HubHouse) -> None:
        station, other = house.enrol(), house.enrol()
        answer = house.openings.open(station.identity, scan(house, station))
        wrong = house.ask(other, MARCEL, "9999")
        assert isinstance(answer, SlotRefused)
        assert isinstance(wrong, SlotRefused)
        assert answer.ground is wrong.ground is Ground.WRONG_CARD_OR_CODE
        assert answer.tries_left == wrong.tries_left

    def test_where_the_card_alone_opens_no_code_is_looked_at(self, house: HubHouse) -> None:
        want(house, SignIn.CARD)
        station = house.enrol()
        before = house.hasher.verified
        for pin in (None, PINS[JEANNE], "9999"):
            answer = house.openings.open(station.identity, scan(house, station, pin=pin))
            assert isinstance(answer, SlotGranted)
        assert house.hasher.verified == before

    def test_a_forgotten_code_never_ends_the_day_where_the_card_alone_opens(
        self, house: HubHouse
    ) -> None:
        want(house, SignIn.CARD)
        with house.store.begin(write=True) as work:
            reference = house.references.reference(NEW)
            work.members.add([Member(reference, "Rose", None, ADULT.key, least_age=60)])
        station = house.enrol()
        answer = house.openings.open(station.identity, scan(house, station, NEW))
        assert isinstance(answer, SlotGranted)
        assert answer.first_name == "Rose"

    def test_cards_are_not_found_out_by_trying_numbers(self, house: HubHouse) -> None:
        want(house, SignIn.CARD)
        station = house.enrol()
        grounds = []
        for number in range(7):
            ask = scan(house, station, f"9999000000{number:04}")
            answer = house.openings.open(station.identity, ask)
            assert isinstance(answer, SlotRefused)
            grounds.append(answer.ground)
        assert grounds[0] is Ground.WRONG_CARD_OR_CODE
        assert grounds[-1] is Ground.TOO_MANY_TRIES

    def test_a_station_knows_such_a_card_by_itself_and_the_hub_hashes_nothing(
        self, house: HubHouse
    ) -> None:
        want(house, SignIn.CARD)
        station = house.enrol()
        hashed = house.hasher.hashed
        for _time in range(2):
            assert isinstance(come(house, station), SlotGranted)
        assert house.hasher.hashed == hashed
        told = house.provisioning.provide(station.identity)
        (known,) = told.cards
        assert (known.lookup, known.verifier) == (card_lookup(told.room_key, JEANNE), "")

    def test_a_room_that_wants_codes_again_trusts_no_card_whose_code_it_never_saw(
        self, house: HubHouse
    ) -> None:
        want(house, SignIn.CARD)
        station = house.enrol()
        come(house, station)
        want(house, SignIn.CARD_AND_PIN)
        assert house.provisioning.provide(station.identity).cards == ()
        come(house, station, PINS[JEANNE])
        (known,) = house.provisioning.provide(station.identity).cards
        assert known.verifier

    def test_a_card_that_was_known_with_its_code_stays_known_where_it_is_no_longer_wanted(
        self, house: HubHouse
    ) -> None:
        station = house.enrol()
        come(house, station, PINS[JEANNE])
        want(house, SignIn.CARD)
        assert len(house.provisioning.provide(station.identity).cards) == 1
        come(house, station)
        (known,) = house.provisioning.provide(station.identity).cards
        assert known.verifier == ""

    def test_nobody_is_made_known_whose_card_is_gone_meanwhile(self, house: HubHouse) -> None:
        want(house, SignIn.CARD)
        station = house.enrol()
        house.provisioning.remember(station.identity, scan(house, station, NEW))
        assert house.provisioning.provide(station.identity).cards == ()

    def test_a_code_that_was_not_given_makes_no_card_known(self, house: HubHouse) -> None:
        station = house.enrol()
        house.provisioning.remember(station.identity, scan(house, station))
        assert house.provisioning.provide(station.identity).cards == ()
