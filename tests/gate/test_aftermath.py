"""One restart against what a wipe has left, and not a second one."""

from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.gate.aftermath import Aftermath
from kiosk.gate.answer import Refusal
from kiosk.gate.fact import EndReason, Quarantined
from kiosk.gate.protocol import PowerKind
from tests.gate.fake import Station, slot_id
from tests.helpers.clock import FakeClock

A, B = slot_id(1), slot_id(2)
ExpectLog = Callable[..., None]


class Power:
    """Restarts nothing, and says what it was asked."""

    def __init__(self, refusal: Refusal | None = None) -> None:
        self.asked: list[PowerKind] = []
        self._refusal = refusal

    def ask(self, kind: PowerKind) -> Refusal | None:
        self.asked.append(kind)
        return self._refusal


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def station(tmp_path: Path, clock: FakeClock) -> Station:
    return Station(tmp_path, clock)


def watch(station: Station, power: Power) -> Aftermath:
    return Aftermath(station.gate, power, station.clock.boot_id())


def soil(station: Station, clock: FakeClock, slot: str) -> None:
    """A slot whose wipe leaves something until the gate gives up."""
    station.gate.open(slot, 600, 0)
    station.gate.end(slot, EndReason.FINISHED)
    station.backend.stubborn = 2
    tick_until_quarantine(station, clock)


def tick_until_quarantine(station: Station, clock: FakeClock) -> None:
    for _ in range(1000):
        station.gate.tick()
        if isinstance(station.gate.kept_facts[-1].body, Quarantined):
            return
        clock.advance(0.1)
    raise AssertionError("the gate never gave up")


def test_a_clean_station_is_never_restarted(station: Station) -> None:
    power = Power()
    aftermath = watch(station, power)
    aftermath.tick()
    station.gate.open(A, 600, 0)
    station.gate.end(A, EndReason.FINISHED)
    station.gate.tick()
    aftermath.tick()
    assert power.asked == []
    assert aftermath.next_deadline() is None


def test_what_is_left_restarts_the_machine_once(
    station: Station, clock: FakeClock, expect_log: ExpectLog
) -> None:
    expect_log("kiosk.gate.aftermath", "restarted once")
    power = Power()
    aftermath = watch(station, power)
    soil(station, clock, A)
    aftermath.tick()
    aftermath.tick()
    assert power.asked == [PowerKind.REBOOT]


def test_what_outlives_the_restart_is_a_quarantine(
    station: Station, clock: FakeClock, expect_log: ExpectLog
) -> None:
    expect_log("kiosk.gate.aftermath", "restarted once")
    soil(station, clock, A)
    watch(station, Power()).tick()
    clock.reboot()
    station.restart()
    power = Power()
    aftermath = watch(station, power)
    tick_until_quarantine(station, clock)
    aftermath.tick()
    assert power.asked == []
    # Staff try again in the new boot: still no second restart.
    station.gate.end(A, EndReason.STAFF)
    tick_until_quarantine(station, clock)
    aftermath.tick()
    assert power.asked == []


def test_after_a_proof_the_next_residue_is_a_new_one(
    station: Station, clock: FakeClock, expect_log: ExpectLog
) -> None:
    expect_log("kiosk.gate.aftermath", "restarted once")
    soil(station, clock, A)
    station.backend.stubborn = 0
    clock.reboot()
    station.restart()
    for _ in range(3):
        clock.advance(0.2)
        station.gate.tick()
    power = Power()
    soil(station, clock, B)
    watch(station, power).tick()
    assert power.asked == [PowerKind.REBOOT]


def test_a_machine_that_nobody_may_restart_stays_in_quarantine(
    station: Station, clock: FakeClock, expect_log: ExpectLog
) -> None:
    expect_log("kiosk.gate.aftermath", "restarted once")
    expect_log("kiosk.gate.aftermath", "stays in quarantine")
    soil(station, clock, A)
    watch(station, Power(Refusal.UNSUPPORTED)).tick()
