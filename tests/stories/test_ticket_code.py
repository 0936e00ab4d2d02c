"""A board gave a code of three digits, and the seat that is held for it opens by it."""

from kiosk.wire.place import SeatView
from tests.helpers.process import wait_until
from tests.stories.conftest import SEAT
from tests.stories.house import GUARD_SECONDS, House, Kiosk, pause

REFUSED_WITHIN = 2.0


def in_use(seat: SeatView) -> bool:
    return seat.slot is not None


def test_a_ticket_without_a_card_opens_the_seat_that_is_held_for_it(
    house: House, kiosk: Kiosk
) -> None:
    taken = house.take_ticket()
    wait_until(lambda: house.held_seat() == SEAT, within=20, what="the seat is held")
    pause(REFUSED_WITHIN)

    kiosk.sign_in(house.members[0])
    pause(GUARD_SECONDS)
    kiosk.screen.tap(f"{(int(taken.code) + 1) % 1000:03d}")
    kiosk.screen.press("Return")
    pause(REFUSED_WITHIN)
    kiosk.screen.tap(taken.code)
    kiosk.screen.press("Return")

    kiosk.wait_for_face("session")
    house.until(SEAT, "in use", in_use)
    assert house.held_seat() is None
    assert taken.code not in house.changes()
