"""After a power cut: what was left is given back, on the same seat, to the same card."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from kiosk.rules.slot import Ground
from kiosk.session.command import OpeningAnswered, SituationRead
from kiosk.session.gatefact import GateSlotEnded
from kiosk.session.interruption import remember_cut
from kiosk.session.moment import Moment
from kiosk.wire import event
from kiosk.wire.face import RenewalAsked, Shown, SignInAsked
from kiosk.wire.outage import ResumeFace
from kiosk.wire.station import SlotGranted
from tests.session.bench import situation
from tests.session.station import CARD, PIN, Station

MINE = SignInAsked(card=CARD, pin=PIN)
OTHERS = SignInAsked(card="20481000099999", pin=PIN)


def resume(station: Station) -> ResumeFace | None:
    assert station.shown.lock is not None
    return station.shown.lock.resume


def cut(station: Station, after: float = 600) -> str:
    """Sit down, and lose the power after so many seconds; returns the slot."""
    slot_id = station.sit()
    station.pass_time(after)
    station.cut_power()
    station.connect()
    return slot_id


def test_the_seat_is_kept_and_says_what_is_given_back(station: Station) -> None:
    cut(station)
    face = resume(station)
    assert face is not None
    assert face.left_seconds == pytest.approx(3000, abs=5)
    assert face.total_seconds == 3600
    assert face.until - station.clock.wall() == timedelta(minutes=10)


def test_the_lock_says_from_when_to_when_the_power_failed(station: Station) -> None:
    opened = station.clock.wall()
    cut(station, 600)
    face = resume(station)
    assert face is not None
    assert face.lost_at is not None
    assert face.back_at is not None
    assert (face.lost_at - opened).total_seconds() == pytest.approx(600, abs=10)
    assert (face.back_at - face.lost_at).total_seconds() == pytest.approx(40, abs=15)


def test_a_clock_that_is_not_trusted_tells_no_outage(station: Station) -> None:
    station.sit()
    station.pass_time(600)
    station.clock.set_wall(station.clock.wall() - timedelta(hours=3))
    station.cut_power()
    station.connect()
    face = resume(station)
    assert face is not None
    assert (face.lost_at, face.back_at) == (None, None)


def test_an_opening_that_nobody_stamped_tells_no_outage(station: Station) -> None:
    slot_id = station.sit()
    state = station.session.state
    assert state.kept.sitting is not None
    unstamped = replace(state.kept.sitting, opened_at=None)
    fact = GateSlotEnded(9, slot_id, event.EndReason.POWER_LOST, 600, 3000)
    moment = Moment(station.clock.wall(), station.clock.boot_seconds())
    found = remember_cut(state, unstamped, fact, moment).kept.cut
    assert found is not None
    assert (found.lost_at, found.back_at) == (None, None)


def test_the_same_card_goes_on_and_both_sides_know_with_what(station: Station) -> None:
    before = cut(station)
    station.wish(MINE)
    assert station.asked_openings[-1].resumes == before
    station.grant(3000)
    slot_id = station.asked_openings[-1].slot_id
    assert station.told(event.SlotResumed) == [event.SlotResumed(slot_id=slot_id, before=before)]
    assert station.session.state.kept.cut is None


def test_another_card_resumes_nothing(station: Station) -> None:
    cut(station)
    station.wish(OTHERS)
    assert station.asked_openings[-1].resumes is None
    station.refuse(Ground.HELD)
    assert resume(station) is not None


def test_whoever_sits_down_meanwhile_ends_it(station: Station) -> None:
    cut(station)
    station.wish(OTHERS)
    station.grant()
    assert station.told(event.SlotResumed) == []
    assert station.session.state.kept.cut is None


def test_the_seat_is_kept_for_ten_minutes_only(station: Station) -> None:
    cut(station)
    station.pass_time(599)
    assert resume(station) is not None
    station.pass_time(1)
    assert resume(station) is None
    station.wish(MINE)
    assert station.asked_openings[-1].resumes is None


def test_a_second_cut_begins_the_ten_minutes_anew(station: Station) -> None:
    cut(station)
    station.pass_time(300)
    station.cut_power()
    station.connect()
    station.pass_time(400)
    face = resume(station)
    assert face is not None
    assert face.left_seconds == pytest.approx(3000, abs=5)


def test_a_closing_that_has_come_nearer_shortens_what_is_given_back(station: Station) -> None:
    station.sit()
    station.pass_time(600)
    station.cut_power()
    # It is 15:10:40 in Paris; slot and grace end ten minutes before 15:40.
    station.connect(closes_at=15 * 60 + 40)
    face = resume(station)
    assert face is not None
    assert face.left_seconds == pytest.approx(1040, abs=5)


def test_a_room_that_has_closed_gives_nothing_back(station: Station) -> None:
    station.sit()
    station.pass_time(600)
    station.cut_power()
    station.connect(closes_at=15 * 60 + 5)
    assert station.face() is Shown.CLOSED
    station.wish(MINE)
    assert station.asked_openings[-1].resumes is None


def test_who_was_saving_gets_nothing_back(station: Station) -> None:
    cut(station, after=3660)
    assert station.session.state.kept.cut is None


def test_a_slot_whose_card_is_unknown_is_kept_for_nobody(station: Station) -> None:
    station.sit()
    station.session._state = station.session.state.seating(proof=None)
    station.pass_time(60)
    station.kept = None
    station.cut_power()
    station.connect()
    assert resume(station) is None


def test_a_seat_that_is_kept_before_the_room_is_known_waits_for_it(station: Station) -> None:
    cut(station)
    state = station.session.state
    station.session._state = state.keeping(situation=None)
    station.pass_time(60)
    station.connect()
    assert resume(station) is not None


def limited(station: Station) -> None:
    """A room in which a slot is renewed once."""
    told = situation(station.clock)
    rule = replace(told.room.rule, max_renewals=1)
    room = replace(told.room, rule=rule)
    station.session.handle(SituationRead(replace(told, room=room)))


def renewal_refused(station: Station) -> Ground | None:
    """Ask for more without the hub; returns why there is none."""
    station.disconnect()
    station.wish(RenewalAsked())
    assert station.shown.session is not None
    refusal = station.shown.session.renewal.refusal
    return None if refusal is None else refusal.ground


def test_a_renewal_that_was_taken_stays_taken_though_the_hub_has_not_heard_of_it(
    station: Station,
) -> None:
    limited(station)
    station.sit()
    station.pass_time(3100)
    station.disconnect()
    station.wish(RenewalAsked())
    station.pass_time(100)
    station.cut_power()
    station.connect()
    limited(station)
    station.wish(MINE)
    station.grant(4000)
    station.pass_time(3700)
    assert renewal_refused(station) is Ground.RENEWALS


def test_what_the_hub_knows_to_be_taken_is_taken_here_too(station: Station) -> None:
    limited(station)
    before = cut(station)
    limited(station)
    station.wish(MINE)
    ask = station.asked_openings[-1]
    assert ask.resumes == before
    granted = SlotGranted(
        slot_id=ask.slot_id, total_seconds=3000, grace_seconds=120, renewals=1, mercy=True
    )
    station.session.handle(OpeningAnswered(granted))
    station.settle()
    station.pass_time(2700)
    assert renewal_refused(station) is Ground.RENEWALS
    assert station.shown.session is not None
    assert station.shown.session.renewal.mercy_until is None
