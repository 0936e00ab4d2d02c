"""Killed shells, cut power, wrong clocks: what is left of the hour, and what is told."""

import tempfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from kiosk.wire import command, event
from kiosk.wire.event import EndReason
from kiosk.wire.face import AwayAsked, CardPassed, EndAsked, RenewalAsked, Shown, SignInAsked
from tests.session.station import CARD, PIN, Station


def test_a_killed_shell_finds_the_time_minus_the_downtime(station: Station) -> None:
    station.sit()
    station.pass_time(600)
    station.restart(after=90)
    station.connect()
    assert station.face() is Shown.SESSION
    assert station.shown.session is not None
    assert station.shown.session.remaining_seconds == 3600 - 690
    assert station.shown.session.first_name == "Jeanne"
    started = station.told(event.StationStarted)[-1]
    assert isinstance(started, event.StationStarted)
    assert started.recovered


def test_a_slot_that_ran_out_during_the_downtime_is_over(station: Station) -> None:
    station.sit()
    station.restart(after=4000)
    ended = station.told(event.SlotEnded)
    assert isinstance(ended[0], event.SlotEnded)
    assert ended[0].reason is EndReason.TIME


def test_a_power_cut_ends_the_slot_and_tells_what_was_left(station: Station) -> None:
    station.sit()
    station.pass_time(600)
    station.cut_power()
    station.connect()
    ended = station.told(event.SlotEnded)
    assert isinstance(ended[0], event.SlotEnded)
    assert ended[0].reason is EndReason.POWER_LOST
    assert ended[0].remaining_seconds == pytest.approx(3000, abs=5)
    assert station.face() is Shown.LOCK


def test_a_grant_that_the_gate_never_heard_of_is_given_up(station: Station) -> None:
    station.wish(SignInAsked(card=CARD, pin=PIN))
    station.slow_disk = True
    station.grant()
    station.restart_before_effects()
    station.connect()
    slot_id = station.asked_openings[0].slot_id
    assert station.told(event.OpeningGivenUp) == [event.OpeningGivenUp(slot_id=slot_id)]
    assert station.face() is Shown.LOCK


def test_a_renewal_decided_before_the_kill_is_carried_out_after_it(station: Station) -> None:
    slot_id = station.sit()
    station.pass_time(3300)
    station.slow_disk = True
    station.command(command.ExtendSlot(total_seconds=4500), slot_id)
    station.restart_before_effects()
    station.connect()
    assert station.shown.session is not None
    assert station.shown.session.total_seconds == 4500


def test_a_clock_set_in_the_middle_changes_nothing_of_the_hour(station: Station) -> None:
    station.sit()
    station.pass_time(600)
    station.clock.set_wall(station.clock.wall() - timedelta(days=400))
    station.session.tick()
    assert station.shown.session is not None
    assert station.shown.session.remaining_seconds == 3000


def test_with_a_clock_before_the_last_stamp_there_is_no_closing_and_the_hub_is_told(
    station: Station,
) -> None:
    station.connect(closes_at=15 * 60 + 37)
    station.command(command.Identify(), None)
    assert station.session.report().clock_trusted
    station.clock.set_wall(station.clock.wall() - timedelta(days=1))
    station.session.tick()
    assert station.shown.lock is not None
    assert station.shown.lock.limit is None
    station.command(command.Identify(), None)
    assert not station.written[-1].clock_trusted
    assert not station.session.report().clock_trusted


def test_events_are_numbered_without_a_gap_across_restarts(station: Station) -> None:
    station.sit()
    station.restart(after=1)
    station.wish(EndAsked())
    station.pass_time(30)
    station.restart(after=1)
    assert [item.seq for item in station.written] == list(range(1, len(station.written) + 1))


def test_a_kept_state_that_cannot_be_read_leaves_the_gate_right(
    station: Station, expect_log: Callable[..., None]
) -> None:
    expect_log("kiosk.session.session", "cannot be read")
    slot_id = station.sit()
    station.kept = b"rubbish"
    station.restart(after=1)
    station.connect()
    assert station.shown.session is not None
    assert station.shown.session.slot_id == slot_id


class StationLife(RuleBasedStateMachine):
    """Anything in any order: the figures on screen stay the gate's."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.station = Station(Path(self.folder.name))
        self.station.connect()

    def teardown(self) -> None:
        self.station.close()
        self.folder.cleanup()

    @rule()
    def sign_in(self) -> None:
        asked = len(self.station.asked_openings)
        self.station.wish(SignInAsked(card=CARD, pin=PIN))
        if len(self.station.asked_openings) > asked:
            self.station.grant()

    @rule(seconds=st.integers(1, 2000))
    def wait(self, seconds: int) -> None:
        self.station.pass_time(seconds)

    @rule()
    def renew(self) -> None:
        asked = len(self.station.asked_renewals)
        self.station.wish(RenewalAsked())
        if len(self.station.asked_renewals) > asked:
            self.station.grant_renewal(self.station.asked_renewals[-1].from_total_seconds + 3600)

    @rule()
    def end(self) -> None:
        self.station.wish(EndAsked())

    @rule(seconds=st.integers(0, 3000))
    def kill(self, seconds: int) -> None:
        self.station.restart(seconds)
        self.station.connect()

    @rule()
    def power_cut(self) -> None:
        self.station.cut_power()
        self.station.connect()

    @rule(minutes=st.integers(-3000, 3000))
    def set_clock(self, minutes: int) -> None:
        self.station.clock.set_wall(self.station.clock.wall() + timedelta(minutes=minutes))

    @rule()
    def lose_and_find_the_hub(self) -> None:
        self.station.disconnect()
        self.station.wish(RenewalAsked())
        self.station.connect()

    @rule(cause=st.sampled_from([AwayAsked(), CardPassed()]))
    def lock_the_seat(self, cause: AwayAsked | CardPassed) -> None:
        self.station.wish(cause)

    @rule(pin=st.sampled_from([PIN, "4712"]))
    def try_the_lock(self, pin: str) -> None:
        sitting = self.station.session.state.kept.sitting
        if sitting is not None and sitting.locked is not None:
            self.station.wish(SignInAsked(card=CARD, pin=pin))
            after = self.station.session.state.kept.sitting
            assert pin == PIN or after is None or after.locked is not None

    @rule()
    def use_the_keyboard(self) -> None:
        self.station.touch()

    @invariant()
    def a_locked_seat_shows_nothing_of_its_session(self) -> None:
        shown = self.station.shown
        assert (shown.shown is Shown.AWAY) == (
            shown.lock is not None and shown.lock.away is not None
        )
        assert shown.shown is not Shown.AWAY or shown.session is None

    @invariant()
    def every_lock_is_told_and_opened_again_or_ends_with_its_slot(self) -> None:
        locked = len(self.station.told(event.SlotLocked))
        opened = len(self.station.told(event.SlotUnlocked))
        assert 0 <= locked - opened <= len(self.station.told(event.SlotOpened))

    @invariant()
    def the_screen_shows_what_the_gate_runs(self) -> None:
        hello = self.station.gate.hello()
        sitting = self.station.session.state.kept.sitting
        assert (None if sitting is None else sitting.slot_id) == hello.slot_id
        self.station.session.tick()
        session = self.station.shown.session
        is_locked = sitting is not None and sitting.locked is not None
        if hello.slot_id is not None and not is_locked:
            assert session is not None
            assert abs(session.remaining_seconds - hello.remaining_seconds) <= 1
            assert session.total_seconds == hello.total_seconds

    @invariant()
    def every_slot_that_opened_ends_once(self) -> None:
        opened = [body.slot_id for body in self.station.told(event.SlotOpened)]  # type: ignore[union-attr]
        ended = [body.slot_id for body in self.station.told(event.SlotEnded)]  # type: ignore[union-attr]
        assert len(set(ended)) == len(ended)
        running = self.station.gate.hello().slot_id
        assert set(opened) - set(ended) <= {running}

    @invariant()
    def events_are_numbered_without_a_gap(self) -> None:
        numbers = [item.seq for item in self.station.written]
        assert numbers == list(range(1, len(numbers) + 1))


def part_of_the_run() -> settings:
    """Return sixty lives, or as many times more as this run is longer than others."""
    profile = settings.default
    assert profile is not None
    return settings(max_examples=profile.max_examples * 60 // 100, stateful_step_count=30)


StationLife.TestCase.settings = part_of_the_run()
TestStationLife = pytest.mark.soak(StationLife.TestCase)
