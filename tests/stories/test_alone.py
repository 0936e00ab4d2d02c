"""The hub is gone, and the seat still opens for the card that was here before."""

from kiosk.wire.place import SeatView
from tests.helpers.process import wait_until
from tests.stories.conftest import SEAT
from tests.stories.house import House, Kiosk, Member, pause

REFUSED_WITHIN = 4.0


def in_use(seat: SeatView) -> bool:
    return seat.slot is not None


def free(seat: SeatView) -> bool:
    return seat.slot is None


def test_a_card_that_was_here_opens_alone_and_the_hub_learns_of_it_once(
    house: House, kiosk: Kiosk
) -> None:
    owner = house.members[0]
    kiosk.sit_down(owner)
    house.until(SEAT, "in use", in_use)
    kiosk.end_session()
    kiosk.wait_for_face("lock", within=40)
    house.until(SEAT, "free", free)
    cards = kiosk.state / "known" / "known_cards"
    wait_until(
        lambda: cards.exists() and '"lookup"' in cards.read_text(), within=20, what="a known card"
    )
    house.stop_hub()

    wrong = f"{(int(owner.pin) + 1) % 10_000:04d}"
    kiosk.sign_in(Member(owner.card, wrong))
    pause(REFUSED_WITHIN)
    # After a mismatch the card stays, and the code is due.
    kiosk.screen.tap(owner.pin)
    kiosk.screen.press("Return")
    kiosk.wait_for_face("session")

    house.open()
    seat = house.until(SEAT, "in use again", in_use, within=30)
    assert seat.slot is not None
    assert house.changes().count('"slot_opened_alone"') == 0
    kiosk.end_session()
    house.until(SEAT, "free again", free, within=30)
