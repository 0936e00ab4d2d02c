"""A running session is looked after; one that has lost its display ends."""

from collections.abc import Callable
from pathlib import Path

from kiosk.gate.fact import EndReason, SlotEnded
from kiosk.gate.keeper import LOOK_SECONDS, Keeper
from tests.gate.fake import Station, slot_id
from tests.helpers.clock import FakeClock

A = slot_id(1)


class Session:
    """A session that can lose its display."""

    def __init__(self) -> None:
        self.looked_at: list[str] = []
        self.has_display = True

    def mend(self, slot_id: str) -> bool:
        self.looked_at.append(slot_id)
        return self.has_display


def test_a_session_is_looked_at_twice_a_second_while_it_runs(tmp_path: Path) -> None:
    clock = FakeClock()
    station, session = Station(tmp_path, clock), Session()
    keeper = Keeper(clock, station.gate, session)
    keeper.tick()
    assert (session.looked_at, keeper.next_deadline()) == ([], None)
    station.gate.open(A, 600, 60)
    keeper.tick()
    keeper.tick()
    assert session.looked_at == [A]
    assert keeper.next_deadline() == clock.boot_seconds() + LOOK_SECONDS
    clock.advance(LOOK_SECONDS)
    keeper.tick()
    clock.advance(600)
    station.gate.tick()
    keeper.tick()  # in the grace
    assert session.looked_at == [A] * 3


def test_a_session_that_has_lost_its_display_ends_as_a_fault(
    tmp_path: Path, expect_log: Callable[..., None]
) -> None:
    expect_log("kiosk.gate.keeper", "lost its display")
    clock = FakeClock()
    station, session = Station(tmp_path, clock), Session()
    keeper = Keeper(clock, station.gate, session)
    station.gate.open(A, 600, 60)
    session.has_display = False
    clock.advance(100)
    keeper.tick()
    ended = [one.body for one in station.gate.kept_facts if isinstance(one.body, SlotEnded)]
    assert [(one.reason, one.remaining_seconds) for one in ended] == [(EndReason.FAULT, 500.0)]
    assert keeper.next_deadline() is None
