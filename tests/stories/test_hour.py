"""A visitor gets their hour, whatever happens to the programs and the cable."""

import pytest

from kiosk.wire.command import EndSlot, ExtendSlot
from kiosk.wire.place import SeatView
from tests.helpers.cable import Cable
from tests.helpers.xvfb import Xvfb
from tests.stories.conftest import SEAT
from tests.stories.house import House, Kiosk, pause


def seated(seat: SeatView) -> bool:
    return seat.slot is not None


def free(seat: SeatView) -> bool:
    return seat.slot is None


def sit(house: House, kiosk: Kiosk, member: int = 0) -> SeatView:
    kiosk.sit_down(house.members[member])
    return house.until(kiosk.seat, "occupied", seated)


def test_a_printed_card_takes_the_seat_for_an_hour(house: House, kiosk: Kiosk) -> None:
    seat = sit(house, kiosk)
    assert seat.slot is not None
    assert seat.slot.total_seconds == 3600


def test_a_killed_kiosk_comes_back_with_its_time_minus_the_downtime(
    house: House, kiosk: Kiosk
) -> None:
    before = sit(house, kiosk).slot
    assert before is not None
    kiosk.kill()
    house.until(SEAT, "silent", lambda seat: not seat.in_contact, within=25)
    kiosk.start()
    kiosk.wait_for_face("session")
    after = house.until(SEAT, "back in contact", lambda seat: seat.in_contact).slot
    assert after is not None
    assert after.slot_id == before.slot_id
    # The end by the clock on the wall has not moved: what was left, minus the downtime.
    assert after.ends_at.timestamp() == pytest.approx(before.ends_at.timestamp(), abs=1)


def test_a_session_ends_without_the_hub_which_learns_of_it_afterwards(
    house: House, kiosk: Kiosk
) -> None:
    sit(house, kiosk)
    house.stop_hub()
    kiosk.end_session()
    kiosk.wait_for_face("goodbye")
    house.open()
    house.until(SEAT, "free again", free, within=30)


def test_a_running_slot_does_not_notice_that_the_hub_was_away(house: House, kiosk: Kiosk) -> None:
    before = sit(house, kiosk).slot
    house.stop_hub()
    pause(6.0)
    house.open()
    after = house.until(SEAT, "in contact", lambda seat: seat.in_contact, within=30).slot
    assert before is not None
    assert after is not None
    assert (after.slot_id, after.ends_at) == (before.slot_id, before.ends_at)


def test_the_desk_ends_the_slot_and_the_visitor_has_time_to_save(
    house: House, kiosk: Kiosk
) -> None:
    seat = sit(house, kiosk)
    assert seat.slot is not None
    house.command(seat, EndSlot(), seat.slot.slot_id)
    kiosk.wait_for_face("grace")
    house.until(SEAT, "in its grace", lambda now: bool(now.slot and now.slot.in_grace))


def test_a_command_that_comes_too_late_for_its_slot_touches_nobody_else(
    house: House, kiosk: Kiosk
) -> None:
    first = sit(house, kiosk)
    assert first.slot is not None
    kiosk.end_session()
    kiosk.wait_for_face("lock", within=40)
    house.until(SEAT, "free again", free)
    second = sit(house, kiosk, member=1)
    house.command(first, ExtendSlot(total_seconds=7200), first.slot.slot_id)
    pause(2.0)
    now = house.seat(SEAT).slot
    assert second.slot is not None
    assert now is not None
    assert (now.slot_id, now.total_seconds) == (second.slot.slot_id, 3600)


def test_one_card_sits_on_one_seat(house: House, kiosk: Kiosk) -> None:
    sit(house, kiosk)
    with Xvfb() as other_screen:
        other = Kiosk(house, other_screen, SEAT + 1)
        other.start(enrol=True)
        other.wait_for_face("lock")
        other.sign_in(house.members[0])
        pause(3.0)
        assert house.seat(other.seat).slot is None
        sit(house, other, member=1)
        other.kill()


def test_a_lost_answer_leaves_no_ghost(house: House, display: Xvfb) -> None:
    with Cable(house.port) as cable:
        kiosk = Kiosk(house, display, SEAT, cable.port)
        kiosk.start(enrol=True)
        kiosk.wait_for_face("lock")
        cable.lose_answers = True
        kiosk.sign_in(house.members[0])
        # The hub grants; the station never hears of it, and gives the slot up after 2 seconds.
        pause(3.0)
        cable.cut()
        cable.mend()
        house.until(SEAT, "free, and in contact", lambda seat: seat.in_contact and free(seat), 40)
        pause(8.0)
        sit(house, kiosk)
        kiosk.kill()
