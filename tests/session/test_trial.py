"""*Essayer sans risque*: ten minutes that count nowhere, then the lock, with its grace."""

import pytest
from msgspec.structs import replace

from kiosk.rules.slot import Ground
from kiosk.session.command import OpeningAnswered
from kiosk.wire.change import WaitingChanged
from kiosk.wire.command import EndSlot, ExtendSlot, ShortenSlot
from kiosk.wire.event import (
    CommandAnswered,
    EndReason,
    GraceStarted,
    Outcome,
    SlotEnded,
    SlotRenewed,
    SlotTried,
)
from kiosk.wire.face import (
    AwayAsked,
    EndAsked,
    MercyAsked,
    RenewalAsked,
    RenewalStage,
    SessionFace,
    Shown,
)
from kiosk.wire.station import SlotGranted
from kiosk.wire.welcome import HouseRulesRead, TrialAsked
from tests.session.provided import SIGN_IN, known_card, provide, provisions
from tests.session.station import Station

TRY = TrialAsked()


def begin(station: Station, *, trial: int = 600, total: int = 3600) -> str:
    """Sit down for the first time; return the slot."""
    station.wish(SIGN_IN)
    slot_id = station.asked_openings[-1].slot_id
    granted = SlotGranted(
        slot_id=slot_id,
        total_seconds=total,
        grace_seconds=120,
        first_use=True,
        trial_seconds=trial,
    )
    station.session.handle(OpeningAnswered(granted))
    station.settle()
    return slot_id


def offered(station: Station) -> int | None:
    welcome = face_of(station).welcome
    return None if welcome is None else welcome.trial_seconds


def face_of(station: Station) -> SessionFace:
    assert station.shown.session is not None
    return station.shown.session


def test_ten_minutes_are_offered_with_the_rules_and_begin_when_they_are_asked_for(
    station: Station,
) -> None:
    slot_id = begin(station)
    assert offered(station) == 600
    station.pass_time(90)
    station.wish(TRY)
    face = face_of(station)
    assert (face.welcome, face.first_use) == (None, False)
    assert (face.total_seconds, face.remaining_seconds) == (690, 600)
    ends_at = station.clock.wall()
    (told,) = station.told(SlotTried)
    assert isinstance(told, SlotTried)
    assert (told.slot_id, told.total_seconds) == (slot_id, 690)
    assert (told.ends_at - ends_at).total_seconds() == pytest.approx(600, abs=1)


def test_a_trial_ends_with_a_grace_and_then_the_lock_comes_back(station: Station) -> None:
    slot_id = begin(station)
    station.wish(TRY)
    station.pass_time(601)
    assert station.face() is Shown.GRACE
    assert station.told(GraceStarted) == [GraceStarted(slot_id=slot_id, grace_seconds=120)]
    station.pass_time(10)
    assert len(station.told(GraceStarted)) == 1
    station.pass_time(111)
    (ended,) = station.told(SlotEnded)
    assert isinstance(ended, SlotEnded)
    assert (ended.reason, ended.used_seconds) == (EndReason.TIME, 601)
    station.pass_time(60)
    assert station.face() is Shown.LOCK


def test_whoever_has_read_the_rules_or_is_not_new_is_offered_nothing(station: Station) -> None:
    begin(station)
    station.wish(HouseRulesRead())
    station.wish(TRY)
    assert face_of(station).total_seconds == 3600
    station.wish(EndAsked())
    station.wish(TRY)
    station.pass_time(60)
    begin(station, trial=0)
    assert offered(station) == 0
    station.wish(TRY)
    assert face_of(station).total_seconds == 3600
    assert station.told(SlotTried) == []


def test_a_trial_is_never_longer_than_what_was_granted(station: Station) -> None:
    begin(station, total=420)
    assert offered(station) == 420
    station.pass_time(0.5)
    station.wish(TRY)
    assert face_of(station).total_seconds == 420


def test_nobody_tries_while_a_ticket_waits_that_nothing_covers(station: Station) -> None:
    begin(station)
    station.hear(WaitingChanged(waiting=station.away_room()))
    assert offered(station) == 0
    station.wish(TRY)
    assert station.told(SlotTried) == []
    station.hear(WaitingChanged(waiting=replace(station.away_room(), tickets=())))
    assert offered(station) == 600


def test_nobody_tries_while_staff_change_the_slot_or_in_its_grace(station: Station) -> None:
    slot_id = begin(station)
    station.slow_disk = True
    station.command(ExtendSlot(total_seconds=4000), slot_id)
    station.wish(TRY)
    station.slow_disk = False
    station.sync()
    station.settle()
    assert offered(station) == 600
    station.command(EndSlot(), slot_id)
    assert station.face() is Shown.GRACE
    station.wish(TRY)
    assert station.told(SlotTried) == []


def test_a_trial_is_neither_renewed_nor_extended_nor_shortened(station: Station) -> None:
    slot_id = begin(station)
    station.wish(TRY)
    renewal = face_of(station).renewal
    assert renewal.stage is RenewalStage.REFUSED
    assert renewal.refusal is not None
    assert renewal.refusal.ground is Ground.TRIAL
    station.wish(RenewalAsked())
    station.wish(MercyAsked())
    assert station.asked_renewals == []
    station.command(ExtendSlot(total_seconds=5400), slot_id)
    at = station.clock.wall()
    station.command(ShortenSlot(total_seconds=60, ground=Ground.WORKSHOP, at=at), slot_id)
    answers = [one for one in station.told(CommandAnswered) if isinstance(one, CommandAnswered)]
    assert [(one.outcome, one.code) for one in answers] == [
        (Outcome.REFUSED, Ground.TRIAL),
        (Outcome.DONE, None),
    ]
    station.touch()
    station.pass_time(599)
    station.touch()
    station.pass_time(2)
    assert station.told(SlotRenewed) == []
    assert station.face() is Shown.GRACE


def test_a_killed_shell_still_ends_the_trial_in_time(station: Station) -> None:
    begin(station)
    station.wish(TRY)
    station.restart(300)
    assert face_of(station).remaining_seconds == pytest.approx(300, abs=1)
    station.restart(400)
    station.pass_time(1)
    assert station.face() is Shown.GRACE


def test_a_trial_that_is_paused_ends_too(station: Station) -> None:
    begin(station)
    station.wish(TRY)
    station.wish(AwayAsked())
    assert station.face() is Shown.AWAY
    station.pass_time(601)
    station.pass_time(121)
    assert len(station.told(SlotEnded)) == 1
    station.pass_time(60)
    assert station.face() is Shown.LOCK


def test_of_a_trial_that_a_power_cut_ends_nothing_is_kept(station: Station) -> None:
    begin(station)
    station.wish(TRY)
    station.pass_time(100)
    station.cut_power()
    assert station.session.state.kept.cut is None
    assert station.shown.lock is not None
    assert station.shown.lock.resume is None


def test_a_trial_counts_in_no_day_also_without_the_hub(station: Station) -> None:
    provide(station, provisions(station, known_card(station)))
    begin(station)
    station.wish(TRY)
    station.pass_time(60)
    station.wish(EndAsked())
    assert station.session.state.kept.card_uses == ()
