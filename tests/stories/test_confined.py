"""A whole visit on a workstation that confines, and what is killed in the middle of it."""

import os
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from tests.helpers.process import wait_until
from tests.stories.confined_station import (
    FACE_UID,
    VISITOR_UID,
    ConfinedStation,
    Screen,
    reason_to_skip,
)
from tests.stories.house import House

pytestmark = pytest.mark.skipif(bool(reason_to_skip()), reason=reason_to_skip() or "it can")

SEAT = 7


@pytest.fixture
def station(house: House) -> Iterator[ConfinedStation]:
    made = ConfinedStation(house, SEAT)
    try:
        made.start(enrol=True)
        made.wait_for_face("lock", within=60)
        yield made
    finally:
        made.close()


def seated(station: ConfinedStation, house: House) -> None:
    """Sign in, and wait for the session's own face."""
    station.sign_in(house.members[0])
    station.wait_for_face("taken", within=30)
    wait_until(lambda: station.pid_of("face"), within=20, what="a session face")


def shown(screen: Screen, folder: Path) -> float:
    """Return how much of a display is drawn on: the part of its pixels that is not black."""
    try:
        picture = QImage(str(screen.screenshot(folder / "picture.png")))
    except subprocess.CalledProcessError:
        return 0.0  # the display has not come yet, or has gone
    places = [(x, y) for x in range(0, picture.width(), 16) for y in range(0, picture.height(), 16)]
    return sum(picture.pixel(*place) != 0xFF000000 for place in places) / len(places)


def wait_for_face(station: ConfinedStation, folder: Path) -> Screen:
    """Wait until the session's face covers its display, and takes keys."""
    screen = station.session_screen()
    wait_until(lambda: shown(screen, folder) > 0.99, within=40, what="a session face")
    station.settle()
    return screen


def begin(station: ConfinedStation, house: House, folder: Path) -> Screen:
    """Sign in, read the rules of the house, and come to the home."""
    seated(station, house)
    screen = wait_for_face(station, folder)
    before = screen.screenshot(folder / "rules.png").read_bytes()
    screen.press("Return")
    wait_until(
        lambda: screen.screenshot(folder / "home.png").read_bytes() != before,
        within=20,
        what="the home after the rules",
    )
    station.settle()
    return screen


def end(station: ConfinedStation, screen: Screen) -> None:
    """End the session from its home, and wait for the lock."""
    screen.press("shift+Tab", "shift+Tab", "shift+Tab", "Return")
    station.settle()
    screen.press("Tab")
    screen.press_last("Return")
    station.wait_for_face("goodbye", within=20)
    station.wait_for_face("lock", within=90)


def test_a_visit_stands_on_a_display_of_its_own_and_leaves_nothing(
    station: ConfinedStation, house: House, tmp_path: Path
) -> None:
    screen = begin(station, house, tmp_path)
    assert station.processes_of(VISITOR_UID)
    assert station.processes_of(FACE_UID)

    end(station, screen)
    assert station.processes_of(VISITOR_UID, FACE_UID) == []
    assert not (station.run / "session.json").exists()
    house.until(SEAT, "wiped and free", lambda seat: seat.slot is None)

    # The next visitor gets a display and a face anew.
    begin(station, house, tmp_path)


def test_whatever_is_killed_comes_back_and_takes_no_time_from_the_slot(
    station: ConfinedStation, house: House, tmp_path: Path
) -> None:
    begin(station, house, tmp_path)
    opened, began = station.remaining(), time.monotonic()

    # The visitor may end the face that stands on their own display.
    face = station.pid_of("face")
    assert face is not None
    os.kill(face, signal.SIGKILL)
    wait_until(lambda: station.pid_of("face") not in (None, face), within=20, what="a new face")
    wait_for_face(station, tmp_path)

    # The shell dies: another one stands on the lock's display, and the face finds it by itself.
    shell, face = station.shell_pid(), station.pid_of("face")
    os.kill(shell, signal.SIGKILL)
    wait_until(lambda: station.shell_pid() != shell, within=20, what="a new shell")
    station.wait_for_face("taken", within=60)
    assert station.pid_of("face") == face

    # The gate dies: the next one takes up what runs.
    station.kill_gate()
    station.restart_gate()
    assert station.pid_of("face") == face
    assert station.shell_pid() != shell

    passed = time.monotonic() - began
    assert station.remaining() == pytest.approx(opened - passed, abs=2)

    # The session's display dies, and all programs with it: the lock comes, and nothing is left.
    os.kill(station.server_pid(), signal.SIGKILL)
    station.wait_for_face("lock", within=90)
    assert station.processes_of(VISITOR_UID, FACE_UID) == []
    begin(station, house, tmp_path)


def test_after_a_power_cut_the_machine_is_locked_wiped_and_keeps_the_time_that_was_left(
    station: ConfinedStation, house: House, tmp_path: Path
) -> None:
    begin(station, house, tmp_path)
    left = station.remaining()
    station.cut_power()
    station.start()
    station.wait_for_face("lock", within=60)

    assert station.processes_of(VISITOR_UID, FACE_UID) == []
    station.sign_in(house.members[0])
    station.wait_for_face("taken", within=30)
    # Within five seconds, and what the test itself took before the cut and after the sign-in.
    assert left - 15 < station.remaining() < left + 5
