"""Away, idle, forgotten: the seat asks, locks over its slot, opens for its card, is freed."""

from datetime import timedelta

import pytest

from kiosk.rules.presence import LockCause
from kiosk.rules.slot import Ground
from kiosk.wire import command, event
from kiosk.wire.change import WaitingChanged
from kiosk.wire.event import EndReason
from kiosk.wire.face import (
    AwayAsked,
    AwayFace,
    CardPassed,
    IdleFace,
    LaunchAsked,
    RefusalFace,
    Shown,
    SignInAsked,
    StillHere,
    TicketWished,
)
from tests.session.station import CARD, PIN, Station

MINE = SignInAsked(card=CARD, pin=PIN)
OTHER_CARD = SignInAsked(card="20481000099999", pin=PIN)
OTHER_CODE = SignInAsked(card=CARD, pin="4712")


def away_face(station: Station) -> AwayFace:
    assert station.shown.lock is not None
    assert station.shown.lock.away is not None
    return station.shown.lock.away


def refusal(station: Station) -> RefusalFace | None:
    assert station.shown.lock is not None
    return station.shown.lock.refusal


def step_away(station: Station, after: float = 600) -> str:
    """Sit down, work for a while, and step away; returns the slot."""
    slot_id = station.sit()
    station.pass_time(after)
    station.wish(AwayAsked())
    return slot_id


def causes(station: Station) -> list[LockCause]:
    told = station.told(event.SlotLocked)
    return [one.cause for one in told if isinstance(one, event.SlotLocked)]


def ends(station: Station) -> list[EndReason]:
    return [one.reason for one in station.told(event.SlotEnded) if isinstance(one, event.SlotEnded)]


def test_stepping_away_locks_the_seat_and_shows_nobodys_name(station: Station) -> None:
    slot_id = step_away(station)
    assert station.face() is Shown.AWAY
    assert station.shown.session is None
    assert away_face(station).until == station.clock.wall() + timedelta(minutes=10)
    locked = station.told(event.SlotLocked)
    assert locked == [event.SlotLocked(slot_id=slot_id, cause=LockCause.AWAY)]


def test_the_card_and_the_code_of_the_sitting_open_it_again_with_the_hub_or_without(
    station: Station,
) -> None:
    slot_id = step_away(station)
    station.disconnect()
    station.pass_time(300)
    station.wish(MINE)
    assert station.face() is Shown.SESSION
    assert station.told(event.SlotUnlocked) == [event.SlotUnlocked(slot_id=slot_id)]
    assert station.shown.session is not None
    assert station.shown.session.remaining_seconds == 3600 - 900
    assert len(station.asked_openings) == 1


@pytest.mark.parametrize("wish", [OTHER_CARD, OTHER_CODE], ids=["card", "code"])
def test_no_other_card_nor_code_opens_it(station: Station, wish: SignInAsked) -> None:
    step_away(station)
    station.wish(wish)
    assert station.face() is Shown.AWAY
    told = refusal(station)
    assert told is not None
    assert (told.ground, told.tries_left) == (Ground.WRONG_CARD_OR_CODE, 2)


def test_tries_are_limited_and_never_for_ever(station: Station) -> None:
    step_away(station)
    for _try in range(3):
        station.wish(OTHER_CODE)
    told = refusal(station)
    assert told is not None
    assert told.retry_at is not None
    station.wish(MINE)
    told = refusal(station)
    assert told is not None
    assert told.ground is Ground.TOO_MANY_TRIES
    station.pass_time(31)
    station.wish(MINE)
    assert station.face() is Shown.SESSION


def test_neither_card_nor_code_is_kept(station: Station) -> None:
    step_away(station)
    assert station.kept is not None
    assert CARD.encode() not in station.kept
    assert PIN.encode() not in station.kept.replace(b"4711-", b"")


def test_a_killed_shell_finds_the_seat_locked_and_its_card_opens_it(station: Station) -> None:
    step_away(station)
    station.restart(after=30)
    assert station.face() is Shown.AWAY
    station.wish(MINE)
    assert station.face() is Shown.SESSION


def test_any_card_locks_an_open_seat_and_a_second_one_changes_nothing(station: Station) -> None:
    station.sit()
    station.wish(CardPassed())
    station.wish(CardPassed())
    assert causes(station) == [LockCause.CARD]
    station.wish(MINE)
    assert station.face() is Shown.SESSION


def test_a_free_seat_has_nobody_to_be_away(station: Station) -> None:
    station.wish(AwayAsked())
    assert station.told(event.SlotLocked) == []


def test_no_program_is_started_while_the_seat_is_locked(station: Station) -> None:
    step_away(station)
    station.wish(LaunchAsked(application="internet"))
    assert station.backend.launched == []
    station.wish(MINE)
    station.wish(LaunchAsked(application="internet"))
    assert station.backend.launched == ["internet"]


def test_after_the_pause_and_as_long_again_the_seat_is_freed(station: Station) -> None:
    step_away(station, after=60)
    station.pass_time(1199)
    assert station.face() is Shown.AWAY
    station.pass_time(1)
    station.pass_time(30)
    assert ends(station) == [EndReason.AWAY]


def test_a_ticket_that_no_seat_covers_gets_it_when_the_pause_is_over(station: Station) -> None:
    step_away(station, after=60)
    view = station.away_room()
    station.hear(WaitingChanged(waiting=view))
    station.pass_time(599)
    assert station.face() is Shown.AWAY
    station.pass_time(1)
    assert ends(station) == [EndReason.AWAY]


def test_a_list_that_is_out_of_date_frees_nobody(station: Station) -> None:
    station.sit()
    station.pass_time(60)
    station.wish(AwayAsked())
    station.hear(WaitingChanged(waiting=station.away_room()))
    station.disconnect()
    kept = station.session.state.kept.heard_boot
    assert kept is not None
    station.session._state = station.session.state.keeping(heard_boot=kept - 900)
    station.pass_time(700)
    assert station.face() is Shown.AWAY


def test_the_end_of_the_slot_ends_the_absence(station: Station) -> None:
    step_away(station, after=3500)
    assert away_face(station).until == station.clock.wall() + timedelta(seconds=100)
    assert away_face(station).closes_at == station.clock.wall() + timedelta(seconds=220)
    station.pass_time(101)
    assert station.face() is Shown.AWAY
    station.pass_time(150)
    assert ends(station) == [EndReason.TIME]


def test_who_comes_back_in_the_grace_may_still_save(station: Station) -> None:
    step_away(station, after=3500)
    station.pass_time(150)
    station.wish(MINE)
    assert station.face() is Shown.GRACE


def test_a_seat_that_staff_end_is_not_locked_any_more(station: Station) -> None:
    slot_id = station.sit()
    station.command(command.EndSlot(), slot_id)
    station.wish(AwayAsked())
    assert station.told(event.SlotLocked) == []


# ------------------------------------------------------------------------------------------ idle


def asks(station: Station) -> IdleFace | None:
    assert station.shown.session is not None
    return station.shown.session.idle


def idle(station: Station, seconds: float = 900) -> None:
    station.sit()
    station.touch()
    station.pass_time(seconds)


def test_after_a_long_quiet_the_seat_asks(station: Station) -> None:
    idle(station, 899)
    assert asks(station) is None
    station.pass_time(1)
    asked = asks(station)
    assert asked is not None
    assert asked.until == station.clock.wall() + timedelta(minutes=3)


def test_an_answer_is_enough_for_as_long_again(station: Station) -> None:
    idle(station)
    station.pass_time(100)
    station.wish(StillHere())
    station.pass_time(899)
    assert asks(station) is None
    station.pass_time(1)
    assert asks(station) is not None


def test_any_touch_answers(station: Station) -> None:
    idle(station)
    station.pass_time(60)
    station.touch()
    station.session.tick()
    assert asks(station) is None


def test_without_an_answer_the_seat_locks_and_is_freed_after_a_pauses_length(
    station: Station,
) -> None:
    idle(station)
    station.pass_time(180)
    assert station.face() is Shown.AWAY
    assert causes(station) == [LockCause.IDLE]
    assert away_face(station).until is None
    assert away_face(station).closes_at == station.clock.wall() + timedelta(minutes=10)
    station.pass_time(600)
    assert ends(station) == [EndReason.IDLE]


def test_where_nothing_tells_whether_somebody_types_nobody_is_asked(station: Station) -> None:
    station.sees_no_programs = True
    station.sit()
    station.touch()
    station.wish(LaunchAsked(application="internet"))
    station.pass_time(2000)
    assert asks(station) is None


def test_an_end_takes_the_question_away(station: Station) -> None:
    idle(station)
    station.wish(StillHere())
    station.pass_time(2690)
    station.touch()
    station.pass_time(60)
    assert station.face() is Shown.GRACE
    assert asks(station) is None


def test_a_newcomers_ticket_is_forgotten_when_the_seat_locks(station: Station) -> None:
    station.sit()
    station.wish(TicketWished(card=CARD))
    station.wish(CardPassed())
    assert station.shown.ticket is None
