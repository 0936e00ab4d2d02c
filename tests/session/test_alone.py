"""A known card opens a slot while the hub is away, by the same rules and told once."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from kiosk.rules.allowance import AdaptedTime
from kiosk.rules.knowncard import card_lookup, card_secret
from kiosk.rules.slot import Ground
from kiosk.session.command import CardChecked, OpeningUnanswered, SituationRead
from kiosk.wire import event
from kiosk.wire.face import (
    Shown,
    SignInAsked,
)
from tests.session.bench import situation
from tests.session.provided import (
    LOOKUP,
    ROOM_KEY,
    SIGN_IN,
    finish_check,
    known_card,
    provide,
    provisions,
    refusal_of,
    session_of,
    sit_alone,
    verifier_of,
)
from tests.session.station import CARD, PIN, Station


def test_a_known_card_opens_its_hour_without_the_hub_and_that_is_told(alone: Station) -> None:
    alone.wish(SIGN_IN)
    assert alone.asked_openings == []
    lock = alone.shown.lock
    assert lock is not None
    assert lock.busy
    assert lock.alone
    finish_check(alone)
    assert alone.face() is Shown.SESSION
    assert session_of(alone).remaining_seconds == 3600
    assert session_of(alone).first_name == "Jeanne"
    told = alone.told(event.SlotOpenedAlone)
    assert len(told) == 1
    assert isinstance(told[0], event.SlotOpenedAlone)
    assert told[0].lookup == LOOKUP
    assert told[0].guest_pass is None
    assert alone.told(event.SlotOpened) == []


def test_a_hub_that_does_not_answer_leaves_the_decision_under_the_same_identifier(
    station: Station,
) -> None:
    provide(station, provisions(station, known_card(station)))
    station.wish(SIGN_IN)
    ask = station.asked_openings[0]
    station.session.handle(OpeningUnanswered(ask))
    finish_check(station)
    told = station.told(event.SlotOpenedAlone)
    assert isinstance(told[0], event.SlotOpenedAlone)
    assert told[0].slot_id == ask.slot_id
    assert station.told(event.OpeningGivenUp) == []


def test_an_answer_that_comes_during_the_check_is_the_one_that_counts(station: Station) -> None:
    provide(station, provisions(station, known_card(station)))
    station.wish(SIGN_IN)
    ask = station.asked_openings[0]
    station.session.handle(OpeningUnanswered(ask))
    station.grant(1800)
    finish_check(station)
    assert session_of(station).total_seconds == 1800
    assert station.told(event.SlotOpenedAlone) == []
    assert len(station.told(event.SlotOpened)) == 1


def test_what_the_hub_may_have_granted_is_given_up_when_the_code_does_not_fit(
    station: Station,
) -> None:
    provide(station, provisions(station, known_card(station)))
    station.wish(SignInAsked(card=CARD, pin="0000"))
    ask = station.asked_openings[0]
    station.session.handle(OpeningUnanswered(ask))
    finish_check(station)
    assert refusal_of(station).ground is Ground.WRONG_CARD_OR_CODE
    assert station.told(event.OpeningGivenUp) == [event.OpeningGivenUp(slot_id=ask.slot_id)]


def test_a_wrong_code_counts_its_tries_and_waits_longer_each_time_but_not_for_ever(
    alone: Station,
) -> None:
    left = []
    for _time in range(3):
        alone.wish(SignInAsked(card=CARD, pin="0000"))
        finish_check(alone)
        left.append(refusal_of(alone).tries_left)
    assert left == [2, 1, None]
    retry_at = refusal_of(alone).retry_at
    assert retry_at == alone.clock.wall() + timedelta(seconds=30)
    alone.wish(SIGN_IN)
    assert alone.checks == []
    assert refusal_of(alone).ground is Ground.TOO_MANY_TRIES
    alone.pass_time(31)
    alone.wish(SignInAsked(card=CARD, pin="0000"))
    finish_check(alone)
    assert refusal_of(alone).retry_at == alone.clock.wall() + timedelta(seconds=60)
    alone.pass_time(61)
    sit_alone(alone)
    assert alone.face() is Shown.SESSION
    assert alone.session.state.kept.tries == ()


def test_a_killed_shell_does_not_forget_the_tries(alone: Station) -> None:
    for _time in range(3):
        alone.wish(SignInAsked(card=CARD, pin="0000"))
        finish_check(alone)
    alone.restart()
    alone.wish(SIGN_IN)
    assert refusal_of(alone).ground is Ground.TOO_MANY_TRIES


def test_tries_of_long_ago_are_not_kept(alone: Station) -> None:
    alone.wish(SignInAsked(card=CARD, pin="0000"))
    finish_check(alone)
    alone.pass_time(3700)
    other = replace(known_card(alone), lookup="0" * 64)
    provide(alone, provisions(alone, known_card(alone), other))
    alone.wish(SignInAsked(card=CARD, pin="0000"))
    finish_check(alone)
    assert [one.tries.failures for one in alone.session.state.kept.tries] == [1, 1]
    assert refusal_of(alone).tries_left == 2


@pytest.mark.parametrize("days", [31, 400])
def test_a_card_that_was_not_accepted_for_a_month_is_not_known_any_more(
    alone: Station, days: int
) -> None:
    old = known_card(alone, accepted_at=alone.clock.wall() - timedelta(days=days))
    provide(alone, provisions(alone, old))
    alone.wish(SIGN_IN)
    assert refusal_of(alone).ground is Ground.NO_ANSWER
    assert alone.checks == []


def test_a_card_that_nobody_knows_here_counts_as_no_try(alone: Station) -> None:
    alone.wish(SignInAsked(card="29990000", pin=PIN))
    assert refusal_of(alone).ground is Ground.NO_ANSWER
    assert alone.session.state.kept.tries == ()
    assert alone.told(event.OpeningGivenUp) == []


def test_a_station_that_was_told_nothing_opens_for_nobody_and_says_so(station: Station) -> None:
    station.disconnect()
    lock = station.shown.lock
    assert lock is not None
    assert not lock.alone
    station.wish(SIGN_IN)
    assert refusal_of(station).ground is Ground.NO_ANSWER


def test_what_was_told_is_found_again_after_a_start_without_the_hub(alone: Station) -> None:
    alone.restart()
    sit_alone(alone)
    assert alone.face() is Shown.SESSION


def test_a_station_that_belongs_to_no_hub_any_more_opens_for_nobody(alone: Station) -> None:
    alone.wish(SIGN_IN)
    provide(alone, None)
    finish_check(alone)
    assert refusal_of(alone).ground is Ground.NO_ANSWER


def test_a_check_that_nobody_waits_for_opens_nothing(alone: Station) -> None:
    alone.wish(SIGN_IN)
    alone.session.handle(CardChecked("01890000-0000-7000-8000-00000000aaaa", fits=True))
    assert alone.face() is Shown.LOCK
    finish_check(alone)
    slot_id = session_of(alone).slot_id
    alone.session.handle(CardChecked(slot_id, fits=True))
    assert len(alone.told(event.SlotOpenedAlone)) == 1


def test_after_a_power_cut_the_same_card_gets_back_what_was_left_without_the_hub(
    alone: Station,
) -> None:
    provide(alone, provisions(alone, known_card(alone, time=AdaptedTime.DOUBLE)))
    before = sit_alone(alone)
    alone.pass_time(1200)
    alone.cut_power()
    lock = alone.shown.lock
    assert lock is not None
    assert lock.alone
    assert lock.resume is not None
    alone.wish(SIGN_IN)
    assert alone.checks == []
    face = session_of(alone)
    assert face.first_name == "Jeanne"
    assert 5990 <= face.remaining_seconds <= 6000
    assert alone.told(event.SlotResumed) == [event.SlotResumed(slot_id=face.slot_id, before=before)]
    assert len(alone.told(event.SlotOpenedAlone)) == 2
    sitting = alone.session.state.kept.sitting
    assert sitting is not None
    assert sitting.time is AdaptedTime.DOUBLE
    assert sitting.used_today_seconds >= 1200


def test_a_slot_of_the_hub_goes_on_alone_on_a_station_that_was_told_nothing(
    station: Station,
) -> None:
    before = station.sit()
    station.cut_power()
    station.disconnect()
    lock = station.shown.lock
    assert lock is not None
    assert lock.alone
    station.wish(SIGN_IN)
    assert session_of(station).first_name == ""
    resumed = station.told(event.SlotResumed)
    assert isinstance(resumed[0], event.SlotResumed)
    assert resumed[0].before == before


def test_what_is_given_back_is_shortened_by_a_closing(alone: Station) -> None:
    sit_alone(alone)
    alone.cut_power()
    alone.session.handle(SituationRead(situation(alone.clock, closes_at=15 * 60 + 37)))
    alone.wish(SIGN_IN)
    assert session_of(alone).limit is Ground.CLOSING
    assert session_of(alone).remaining_seconds < 1500


def test_a_seat_kept_after_a_power_cut_is_nobody_elses_and_its_code_is_not_guessed(
    alone: Station,
) -> None:
    other = "29214000"
    known = known_card(alone)
    sit_alone(alone)
    alone.cut_power()
    theirs = replace(
        known,
        lookup=card_lookup(ROOM_KEY, other),
        verifier=verifier_of(card_secret(ROOM_KEY, other, PIN)),
    )
    provide(alone, provisions(alone, theirs))
    alone.wish(SignInAsked(card=other, pin=PIN))
    finish_check(alone)
    assert refusal_of(alone).ground is Ground.HELD
    assert refusal_of(alone).at is not None
    alone.wish(SignInAsked(card=CARD, pin="0000"))
    assert refusal_of(alone).ground is Ground.WRONG_CARD_OR_CODE
    assert refusal_of(alone).tries_left == 2


def test_a_window_that_closes_while_the_hub_is_asked_gives_nothing_back(
    station: Station,
) -> None:
    provide(station, provisions(station, known_card(station)))
    station.sit()
    station.cut_power()
    station.connect()
    station.wish(SIGN_IN)
    ask = station.asked_openings[-1]
    assert ask.resumes is not None
    station.clock.advance(601)
    station.session.handle(OpeningUnanswered(ask))
    assert refusal_of(station).ground is Ground.OVER
