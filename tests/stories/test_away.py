"""A visitor leaves the keyboard for a moment, and nobody else gets the seat, hub or no hub."""

from kiosk.rules.presence import LockCause
from kiosk.wire.place import SeatView
from tests.stories.conftest import SEAT
from tests.stories.house import House, Kiosk


def locked(seat: SeatView) -> bool:
    return seat.slot is not None and seat.slot.locked is LockCause.CARD


def unlocked(seat: SeatView) -> bool:
    return seat.slot is not None and seat.slot.locked is None


def test_a_card_locks_the_seat_and_only_its_own_card_opens_it_also_without_the_hub(
    house: House, kiosk: Kiosk
) -> None:
    owner, other = house.members[:2]
    kiosk.sign_in(owner)
    kiosk.wait_for_face("session")
    before = house.until(SEAT, "in use", unlocked).slot
    kiosk.screen.type_text(other.card)
    kiosk.screen.press("Return")
    kiosk.wait_for_face("away")
    house.until(SEAT, "locked", locked)

    kiosk.sign_in(other)
    house.stop_hub()
    kiosk.kill()
    kiosk.start()
    kiosk.wait_for_face("away")
    kiosk.sign_in(owner)
    kiosk.wait_for_face("session")

    house.open()
    after = house.until(SEAT, "open again", unlocked, within=30).slot
    assert before is not None
    assert after is not None
    assert after.slot_id == before.slot_id
