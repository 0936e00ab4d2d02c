"""The clocks of the gate."""

import time
from dataclasses import replace
from datetime import UTC, timedelta

from kiosk.gate.clock import BOOT_ID_FILE, SystemClock, read_instant, seconds_between, wall_step
from tests.helpers.clock import FakeClock


def test_the_clock_of_this_machine_counts_suspend_and_names_its_boot() -> None:
    clock = SystemClock()
    before = time.clock_gettime(time.CLOCK_BOOTTIME)
    now = read_instant(clock)
    assert before <= now.boot_seconds <= time.clock_gettime(time.CLOCK_BOOTTIME)
    assert now.wall.tzinfo is UTC
    assert now.boot_id == BOOT_ID_FILE.read_text("ascii").strip()


def test_a_step_of_the_wall_clock_is_told_from_time_passing() -> None:
    clock = FakeClock()
    earlier = read_instant(clock)
    clock.advance(100)
    clock.set_wall(clock.wall() - timedelta(hours=1))
    later = read_instant(clock)
    assert wall_step(earlier, later) == -3600
    assert seconds_between(earlier, later) == 100


def test_a_suspend_is_time_that_passed() -> None:
    clock = FakeClock()
    earlier = read_instant(clock)
    clock.suspend(1800)
    later = read_instant(clock)
    assert seconds_between(earlier, later) == 1800
    assert wall_step(earlier, later) == 0


def test_time_between_two_moments_is_never_negative() -> None:
    now = read_instant(FakeClock())
    assert seconds_between(now, replace(now, boot_seconds=now.boot_seconds - 5)) == 0


def test_a_reboot_begins_another_boot() -> None:
    clock = FakeClock()
    before = read_instant(clock)
    clock.reboot()
    after = read_instant(clock)
    assert after.boot_id != before.boot_id
    assert after.boot_seconds < before.boot_seconds
    assert after.wall > before.wall
