"""The contract of provisions: what a station has of a room's cards, and how they are forgotten."""

import hashlib
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from msgspec.structs import replace

from admin_console.hub.service.provision import forget_known
from admin_console.hub.service.record import Member
from kiosk.rules.hours import local_date
from kiosk.rules.knowncard import KNOWN_DAYS, card_lookup, card_secret
from kiosk.rules.person import BrowserProfile
from kiosk.wire.change import ProvisionsChanged
from kiosk.wire.codec import encode
from kiosk.wire.place import AdmissionView
from kiosk.wire.provision import KnownCardView, Provisions
from kiosk.wire.station import OpenSlot, SlotGranted
from tests.helpers.hubhouse import BIJ, JEANNE, MARCEL, PINS, TRAPEZE, HubHouse, Sitting


def come(house: HubHouse, station: Sitting, card: str = JEANNE, pin: str | None = None) -> None:
    """Sit down, let the hub do what it does after the answer, and leave."""
    ask = OpenSlot(slot_id=house.fresh_id(), card=card, pin=PINS[card] if pin is None else pin)
    answer = house.openings.open(station.identity, ask)
    assert isinstance(answer, SlotGranted), answer
    house.tell(station, house.fact(station, house.opened(ask.slot_id)))
    house.provisioning.remember(station.identity, ask)
    house.leave(station, ask.slot_id)


def provisions(house: HubHouse, station: Sitting) -> Provisions:
    return house.provisioning.provide(station.identity)


def only(found: Provisions) -> KnownCardView:
    (card,) = found.cards
    return card


def news(house: HubHouse, station: Sitting) -> int:
    """Count how often the station was told that there is something new to fetch."""
    changes = house.read(station.identity)
    return sum(isinstance(change.body, ProvisionsChanged) for change in changes)


def change_member(house: HubHouse, card: str, **facts: object) -> None:
    """Let staff write something down of somebody, as the register does."""
    reference = house.references.reference(card)
    with house.store.begin(write=True) as work:
        member = work.members.get(reference)
        assert member is not None
        fields = {name: getattr(member, name) for name in member.__slots__}
        work.members.save([Member(**{**fields, **facts})])
        forget_known(work, reference)


class ProvisionContract:
    """What holds of provisions on every store."""

    def test_a_card_that_sat_in_a_room_is_known_there_and_nowhere_else(
        self, house: HubHouse
    ) -> None:
        here, beside, there = house.enrol(), house.enrol(), house.enrol(BIJ)

        come(house, here)

        known = only(provisions(house, beside))
        assert known == only(provisions(house, here))
        assert provisions(house, there).cards == ()
        assert (known.first_name, known.profile) == ("Jeanne", BrowserProfile.ADULT)
        assert known.accepted_at == house.clock.now()

    def test_a_station_can_check_card_and_code_by_what_it_has(self, house: HubHouse) -> None:
        station = house.enrol()
        come(house, station)

        found = provisions(house, station)
        known = only(found)

        assert known.lookup == card_lookup(found.room_key, JEANNE)
        right = card_secret(found.room_key, JEANNE, PINS[JEANNE])
        assert house.hasher.verify(right, known.verifier)
        for wrong in (
            card_secret(found.room_key, JEANNE, "9999"),
            card_secret(found.room_key, MARCEL, PINS[JEANNE]),
            card_secret(b"k" * 32, JEANNE, PINS[JEANNE]),
        ):
            assert not house.hasher.verify(wrong, known.verifier)

    def test_keys_are_of_the_room_and_of_eight_days_of_the_site(self, house: HubHouse) -> None:
        here, beside, there = house.enrol(), house.enrol(), house.enrol(BIJ)
        first, second, other = (provisions(house, one) for one in (here, beside, there))

        today = local_date(house.clock.now(), "Europe/Paris")
        assert [one.day for one in first.day_keys] == [
            today + timedelta(days=ahead) for ahead in range(8)
        ]
        assert first.room_key == second.room_key != other.room_key
        assert first.day_keys == second.day_keys
        keys = [one.key for one in (*first.day_keys, *other.day_keys)]
        assert len({*keys, first.room_key, other.room_key}) == len(keys) + 2

    def test_the_days_are_those_of_the_room(self, house: HubHouse) -> None:
        house.clock.set_wall(datetime(2026, 3, 10, 23, 30, tzinfo=UTC))

        found = provisions(house, house.enrol())

        assert found.day_keys[0].day.isoformat() == "2026-03-11"

    def test_a_verifier_is_made_once_and_the_card_stays_young(self, house: HubHouse) -> None:
        station = house.enrol()
        come(house, station)
        before = only(provisions(house, station))
        house.clock.advance(3600)
        checked = house.hasher.verified

        come(house, station)

        after = only(provisions(house, station))
        assert after.verifier == before.verifier
        assert after.accepted_at == house.clock.now()
        assert house.hasher.verified == checked + 1
        assert after.used_today_seconds == 120

    def test_stations_are_told_of_a_new_card_and_once_a_day_of_one_that_comes_again(
        self, house: HubHouse
    ) -> None:
        station, there, agent = house.enrol(), house.enrol(BIJ), house.agent()

        counts = []
        for pause in (0, 3600, 24 * 3600):
            house.clock.advance(pause)
            come(house, station)
            counts.append(news(house, station))

        assert counts == [1, 1, 2]
        assert news(house, there) == 0
        assert not [one for one in house.read(agent) if isinstance(one.body, ProvisionsChanged)]

    def test_a_forgotten_card_is_told_and_gone_until_it_sits_again(self, house: HubHouse) -> None:
        station = house.enrol()
        come(house, station)
        told = news(house, station)

        with house.store.begin(write=True) as work:
            forget_known(work, house.references.reference(JEANNE))

        assert provisions(house, station).cards == ()
        assert news(house, station) == told + 1
        come(house, station)
        assert only(provisions(house, station)).first_name == "Jeanne"

    def test_forgetting_a_stranger_tells_nobody(self, house: HubHouse) -> None:
        station = house.enrol()

        with house.store.begin(write=True) as work:
            forget_known(work, house.references.reference(MARCEL), "0" * 64)

        assert news(house, station) == 0

    def test_a_code_that_was_changed_before_the_verifier_was_made_makes_none(
        self, house: HubHouse
    ) -> None:
        station = house.enrol()
        reference = house.references.reference(JEANNE)
        ask = OpenSlot(slot_id=house.fresh_id(), card=JEANNE, pin=PINS[JEANNE])
        house.openings.open(station.identity, ask)
        with house.store.begin(write=True) as work:
            sealed = house.references.seal(JEANNE, "8642")
            work.members.set_pins([(reference, house.hasher.hash(sealed))])
            forget_known(work, reference)

        house.provisioning.remember(station.identity, ask)

        assert provisions(house, station).cards == ()

    def test_a_wrong_code_beside_a_repeated_ask_makes_no_verifier(self, house: HubHouse) -> None:
        station = house.enrol()
        ask = OpenSlot(slot_id=house.fresh_id(), card=JEANNE, pin=PINS[JEANNE])
        granted = house.openings.open(station.identity, ask)
        wrong = replace(ask, pin="9999")
        assert house.openings.open(station.identity, wrong) == granted

        house.provisioning.remember(station.identity, wrong)

        assert provisions(house, station).cards == ()

    def test_another_code_makes_another_verifier(self, house: HubHouse) -> None:
        station = house.enrol()
        come(house, station)
        reference = house.references.reference(JEANNE)
        with house.store.begin(write=True) as work:
            sealed = house.references.seal(JEANNE, "8642")
            work.members.set_pins([(reference, house.hasher.hash(sealed))])

        come(house, station, pin="8642")

        found = provisions(house, station)
        secret = card_secret(found.room_key, JEANNE, "8642")
        assert house.hasher.verify(secret, only(found).verifier)

    def test_a_code_changed_at_the_same_moment_leaves_no_verifier_of_the_old_one(
        self, house: HubHouse
    ) -> None:
        station = house.enrol()
        reference = house.references.reference(JEANNE)
        pins = ["1111", *(f"{number}" for number in range(8600, 8610))]

        def change(pin: str) -> None:
            hashed = house.hasher.hash(house.references.seal(JEANNE, pin))
            with house.store.begin(write=True) as work:
                work.members.set_pins([(reference, hashed)])
                forget_known(work, reference)

        for before, after in pairwise(pins):
            ask = OpenSlot(slot_id=house.fresh_id(), card=JEANNE, pin=before)
            with ThreadPoolExecutor(2) as pool:
                done = [
                    pool.submit(house.provisioning.remember, station.identity, ask),
                    pool.submit(change, after),
                ]
                for one in done:
                    one.result()
            found = provisions(house, station)
            secret = card_secret(found.room_key, JEANNE, after)
            assert all(house.hasher.verify(secret, one.verifier) for one in found.cards)

    def test_after_thirty_days_a_card_is_known_no_more(self, house: HubHouse) -> None:
        station = house.enrol()
        come(house, station)

        house.clock.advance(KNOWN_DAYS * 24 * 3600)
        last = provisions(house, station).cards
        house.clock.advance(1)

        assert len(last) == 1
        assert provisions(house, station).cards == ()

    def test_who_may_not_sit_there_today_is_not_among_the_cards(self, house: HubHouse) -> None:
        station = house.enrol()
        come(house, station)
        yesterday = local_date(house.clock.now(), "Europe/Paris") - timedelta(days=1)

        with house.store.begin(write=True) as work:
            room = work.rooms.hold(TRAPEZE)
            assert room is not None
            work.rooms.save(replace(room, admission=AdmissionView(minimum_age=31)))
        too_young = provisions(house, station).cards
        change_member(house, JEANNE, valid_until=yesterday)

        assert too_young == ()
        assert provisions(house, station).cards == ()

    def test_a_card_that_the_hub_does_not_keep_itself_is_not_known(self, house: HubHouse) -> None:
        station = house.enrol()
        ask = OpenSlot(slot_id=house.fresh_id(), card="20489999999999", pin="1234")

        house.provisioning.remember(station.identity, ask)

        assert provisions(house, station).cards == ()

    def test_no_change_tells_a_secret(self, house: HubHouse) -> None:
        station = house.enrol()
        come(house, station)
        found = provisions(house, station)
        known = only(found)

        told = b"".join(encode(change) for change in house.read(station.identity))

        for secret in (known.lookup, known.verifier, found.room_key.hex(), JEANNE):
            assert secret.encode() not in told
        assert hashlib.sha256(found.room_key).hexdigest().encode() not in told

    def test_the_janitor_forgets_cards_that_nobody_uses(self, house: HubHouse) -> None:
        station = house.enrol()
        come(house, station)
        lookup = only(provisions(house, station)).lookup
        house.clock.advance(2 * KNOWN_DAYS * 24 * 3600 + 1)

        house.janitor.tidy()

        with house.store.begin(write=False) as work:
            assert work.known.by_lookup(TRAPEZE, lookup) is None
