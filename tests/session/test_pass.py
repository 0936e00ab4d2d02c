"""A guest pass opens a slot: by the hub while it is there, by the keys of the day without it."""

from datetime import timedelta

import pytest

from kiosk.rules.guestpass import Use, make_pass
from kiosk.rules.slot import Ground
from kiosk.session.command import OpeningAnswered, OpeningUnanswered, SituationRead
from kiosk.session.port import Answered
from kiosk.wire import event
from kiosk.wire.command import SetOutOfOrder
from kiosk.wire.face import (
    AwayAsked,
    EndAsked,
    GoodbyeSeen,
    PassTyped,
    RefusalFace,
    Shown,
    SignInAsked,
)
from kiosk.wire.provision import PassUse
from kiosk.wire.station import SlotGranted, SlotRefused
from tests.session.bench import situation
from tests.session.provided import key_of, pass_of, provide, provisions, today
from tests.session.station import CARD, PIN, Station


@pytest.fixture
def alone(station: Station) -> Station:
    """A station that has the keys of a week, and has lost the hub."""
    provide(station, provisions(station))
    station.disconnect()
    return station


def enter(station: Station, digits: str) -> None:
    station.wish(PassTyped(digits=digits))


def refusal_of(station: Station) -> RefusalFace:
    assert station.shown.lock is not None
    assert station.shown.lock.refusal is not None
    return station.shown.lock.refusal


def seconds_of(station: Station) -> int:
    assert station.shown.session is not None
    return station.shown.session.remaining_seconds


def passes_of(station: Station) -> tuple[PassUse, ...]:
    return station.session.state.kept.passes


def end(station: Station) -> None:
    station.wish(EndAsked())
    station.pass_time(1)
    station.wish(GoodbyeSeen())


def grant(station: Station, seconds: int = 1800) -> None:
    station.session.handle(
        OpeningAnswered(
            SlotGranted(
                slot_id=station.asked_passes[-1].slot_id,
                total_seconds=seconds,
                grace_seconds=120,
            )
        )
    )
    station.settle()


def wrong(digits: str, by: int = 1) -> str:
    return f"{(int(digits) + by) % 10**10:010d}"


def test_with_the_hub_the_hub_decides(station: Station) -> None:
    digits = pass_of(station)
    enter(station, digits)
    assert station.asked_passes[0].digits == digits
    assert station.asked_openings == []
    grant(station)
    assert seconds_of(station) == 1800
    assert len(station.told(event.SlotOpened)) == 1


def test_what_the_hub_says_of_a_pass_is_shown(station: Station) -> None:
    enter(station, pass_of(station))
    refused = SlotRefused(slot_id=station.asked_passes[0].slot_id, ground=Ground.PASS_USED)
    station.session.handle(OpeningAnswered(refused))
    assert refusal_of(station).ground is Ground.PASS_USED


@pytest.mark.parametrize(("code", "seconds"), [(0, 3600), (1, 900), (6, 7200)])
def test_a_pass_made_by_the_hub_opens_its_duration_without_it(
    alone: Station, code: int, seconds: int
) -> None:
    enter(alone, pass_of(alone, code=code))
    assert seconds_of(alone) == seconds
    told = alone.told(event.SlotOpenedAlone)
    assert isinstance(told[0], event.SlotOpenedAlone)
    assert told[0].guest_pass == PassUse(day=today(alone), duration_code=code, serial=7)
    assert told[0].lookup == ""


def test_a_pass_opens_one_slot_on_a_station_and_that_outlives_a_kill(alone: Station) -> None:
    digits = pass_of(alone)
    enter(alone, digits)
    end(alone)
    alone.restart()
    enter(alone, digits)
    assert refusal_of(alone).ground is Ground.PASS_USED
    assert alone.session.state.kept.tries == ()


def test_a_pass_that_the_hub_has_taken_is_used_here_too(alone: Station) -> None:
    use = PassUse(day=today(alone), duration_code=0, serial=7)
    provide(alone, provisions(alone, used=(use,)))
    enter(alone, pass_of(alone))
    assert refusal_of(alone).ground is Ground.PASS_USED


def test_a_pass_that_was_used_here_with_the_hub_is_used_without_it(station: Station) -> None:
    provide(station, provisions(station))
    digits = pass_of(station)
    enter(station, digits)
    grant(station)
    end(station)
    station.disconnect()
    enter(station, digits)
    assert refusal_of(station).ground is Ground.PASS_USED


def test_a_pass_of_another_day_is_wrong_unless_the_clock_cannot_be_trusted(
    alone: Station,
) -> None:
    enter(alone, pass_of(alone, ahead=1))
    assert refusal_of(alone).ground is Ground.WRONG_CARD_OR_CODE
    alone.clock.set_wall(alone.clock.wall() - timedelta(hours=1))
    enter(alone, pass_of(alone, ahead=1))
    assert seconds_of(alone) == 3600


def test_five_wrong_passes_lock_the_entry_for_a_minute_and_then_for_two(alone: Station) -> None:
    digits = pass_of(alone)
    left = []
    for by in range(1, 6):
        enter(alone, wrong(digits, by))
        left.append(refusal_of(alone).tries_left)
    assert left == [4, 3, 2, 1, None]
    assert refusal_of(alone).retry_at == alone.clock.wall() + timedelta(seconds=60)
    enter(alone, digits)
    assert refusal_of(alone).ground is Ground.TOO_MANY_TRIES
    alone.pass_time(61)
    enter(alone, wrong(digits))
    assert refusal_of(alone).retry_at == alone.clock.wall() + timedelta(seconds=120)
    alone.pass_time(121)
    enter(alone, digits)
    assert alone.face() is Shown.SESSION


def test_a_hub_that_does_not_answer_leaves_it_to_the_keys_under_the_same_identifier(
    station: Station,
) -> None:
    provide(station, provisions(station))
    enter(station, pass_of(station))
    ask = station.asked_passes[0]
    station.session.handle(OpeningUnanswered(ask))
    station.settle()
    told = station.told(event.SlotOpenedAlone)
    assert isinstance(told[0], event.SlotOpenedAlone)
    assert told[0].slot_id == ask.slot_id


def test_without_keys_no_pass_can_be_checked(station: Station) -> None:
    station.disconnect()
    enter(station, pass_of(station))
    assert refusal_of(station).ground is Ground.NO_ANSWER
    provide(station, provisions(station, day_keys=()))
    enter(station, pass_of(station))
    assert refusal_of(station).ground is Ground.NO_ANSWER


def test_a_station_that_never_heard_of_its_room_opens_for_no_pass(station: Station) -> None:
    station.session._state = station.session.state.keeping(situation=None)
    enter(station, pass_of(station))
    assert station.session.state.refusal == RefusalFace(ground=Ground.NO_ANSWER)
    station.wish(SignInAsked(card=CARD, pin=PIN))
    assert station.session.state.refusal == RefusalFace(ground=Ground.NO_ANSWER)


def test_a_pass_is_held_back_by_a_closing_like_a_card(alone: Station) -> None:
    alone.session.handle(SituationRead(situation(alone.clock, closes_at=15 * 60 + 14)))
    enter(alone, pass_of(alone))
    assert refusal_of(alone).ground is Ground.CLOSING
    assert passes_of(alone) == ()


def test_a_seat_that_is_out_of_order_takes_no_pass(alone: Station) -> None:
    alone.command(SetOutOfOrder(reason="screen"), None)
    enter(alone, pass_of(alone))
    assert alone.told(event.SlotOpenedAlone) == []


def test_a_second_pass_is_not_looked_at_while_somebody_sits_here(alone: Station) -> None:
    enter(alone, pass_of(alone))
    enter(alone, pass_of(alone, serial=8))
    assert len(alone.told(event.SlotOpenedAlone)) == 1
    assert len(passes_of(alone)) == 1


def test_a_guest_steps_away_and_comes_back_by_the_same_pass(alone: Station) -> None:
    digits = pass_of(alone)
    enter(alone, digits)
    alone.wish(AwayAsked())
    assert alone.face() is Shown.AWAY
    enter(alone, pass_of(alone, serial=8))
    assert alone.face() is Shown.AWAY
    enter(alone, digits)
    assert alone.face() is Shown.SESSION


def test_a_guest_gets_back_what_a_power_cut_took_by_the_same_pass(alone: Station) -> None:
    digits = pass_of(alone, code=6)
    enter(alone, digits)
    alone.pass_time(600)
    alone.cut_power()
    enter(alone, digits)
    assert 6590 <= seconds_of(alone) <= 6600
    assert len(alone.told(event.SlotResumed)) == 1
    assert len(passes_of(alone)) == 1


def test_with_the_hub_a_pass_goes_on_after_a_power_cut_too(station: Station) -> None:
    digits = pass_of(station)
    enter(station, digits)
    grant(station)
    before = station.asked_passes[0].slot_id
    station.cut_power()
    station.connect()
    enter(station, digits)
    assert station.asked_passes[-1].resumes == before


def test_a_gate_that_would_not_open_leaves_the_pass_its_use(alone: Station) -> None:
    digits = make_pass(key_of(today(alone)), Use(today(alone), 0, 7))

    class Unwilling:
        def __getattr__(self, name: str) -> object:
            return getattr(alone.line, name)

        def open(self, slot_id: str, seconds: int, grace: int, answered: Answered) -> None:
            answered(False)

    alone.session._gate = Unwilling()  # type: ignore[assignment]
    enter(alone, digits)
    assert refusal_of(alone).ground is Ground.FAULT
    assert passes_of(alone) == ()


def test_the_uses_of_days_that_are_over_are_not_kept(alone: Station) -> None:
    enter(alone, pass_of(alone))
    end(alone)
    assert len(passes_of(alone)) == 1
    alone.pass_time(2 * 24 * 3600)
    provide(alone, provisions(alone))
    assert passes_of(alone) == ()
