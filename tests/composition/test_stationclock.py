"""The clock of the shell: its own, with the offset that the hub teaches."""

from datetime import UTC, datetime, timedelta

import pytest

from kiosk.composition.stationclock import StationClock


def offset(clock: StationClock) -> float:
    return (clock.wall() - datetime.now(UTC)).total_seconds()


def test_a_clock_that_was_told_nothing_is_the_machine_s() -> None:
    assert offset(StationClock()) == pytest.approx(0, abs=1)


def test_the_hub_s_time_becomes_the_station_s() -> None:
    clock = StationClock()
    clock.learn(datetime.now(UTC) - timedelta(days=400), clock.boot_seconds())
    assert offset(clock) == pytest.approx(-400 * 86_400, abs=1)


def test_half_of_a_long_journey_is_added() -> None:
    clock = StationClock()
    clock.learn(datetime.now(UTC), clock.boot_seconds() - 8)
    assert offset(clock) == pytest.approx(4, abs=1)


def test_durations_do_not_follow_the_hub() -> None:
    clock = StationClock()
    before = clock.boot_seconds()
    clock.learn(datetime.now(UTC) + timedelta(days=400), before)
    assert 0 <= clock.boot_seconds() - before < 60
