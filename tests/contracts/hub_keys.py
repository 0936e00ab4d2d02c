"""The contract of forgotten USB keys: told at the seat from the first to the last."""

from kiosk.wire.event import KeyLeft, KeyTaken
from tests.helpers.hubhouse import MARCEL, HubHouse


class KeyContract:
    """What holds of forgotten keys on every store."""

    def test_a_forgotten_key_stands_at_its_seat_until_it_is_taken(self, house: HubHouse) -> None:
        station = house.enrol()
        slot_id = house.sit(station)
        house.tell(station, house.fact(station, house.ended(slot_id)))
        house.tell(station, house.fact(station, KeyLeft(slot_id=slot_id, count=1)))
        left_at = house.clock.now()
        house.clock.advance(600)
        house.tell(station, house.fact(station, KeyLeft(slot_id=slot_id, count=2)))
        left = house.seat(station).key_left_at
        house.tell(station, house.fact(station, KeyTaken(slot_id=slot_id)))

        assert left == left_at
        assert house.seat(station).key_left_at is None

    def test_a_forgotten_key_outlives_the_next_slot(self, house: HubHouse) -> None:
        station = house.enrol()
        slot_id = house.sit(station)
        house.tell(station, house.fact(station, house.ended(slot_id)))
        house.tell(station, house.fact(station, KeyLeft(slot_id=slot_id, count=1)))
        following = house.sit(station, MARCEL)
        house.tell(station, house.fact(station, house.ended(following)))

        assert house.seat(station).key_left_at is not None
