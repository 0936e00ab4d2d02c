"""The lock's own X server, as a real one."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.gate.display import DisplayKind
from kiosk.gate.lockdisplay import LockPlan, OwnDisplay
from tests.helpers.confine import STRANGER, needs_root
from tests.helpers.stage import XVFB

pytestmark = needs_root


@pytest.fixture
def plan(tmp_path: Path) -> LockPlan:
    return LockPlan(DisplayKind.XVFB, XVFB, tmp_path, STRANGER)


@pytest.fixture
def display(plan: LockPlan) -> Iterator[OwnDisplay]:
    made = OwnDisplay(plan)
    yield made
    made.drop()


def can_draw(variables: dict[str, str]) -> bool:
    asked = subprocess.run(
        ["xdotool", "getdisplaygeometry"],
        env={"PATH": os.environ["PATH"], **variables},
        capture_output=True,
        check=False,
        timeout=20,
    )
    return asked.returncode == 0


def test_it_is_started_once_and_for_those_with_its_cookie(
    display: OwnDisplay, plan: LockPlan
) -> None:
    variables = dict(display.environment())
    assert display.environment() == variables
    assert can_draw(variables)
    assert not can_draw({**variables, "XAUTHORITY": "/dev/null"})
    found = plan.cookie.stat()
    assert (found.st_uid, found.st_mode & 0o777) == (STRANGER.uid, 0o400)


def test_the_next_gate_takes_it_up(display: OwnDisplay, plan: LockPlan) -> None:
    variables = display.environment()
    second = OwnDisplay(plan)
    assert second.environment() == variables
    second.drop()
    assert not can_draw(dict(variables))
    assert can_draw(dict(display.environment()))


def test_one_that_was_dropped_is_made_anew_with_another_cookie(
    display: OwnDisplay, plan: LockPlan
) -> None:
    display.environment()
    first = plan.cookie.read_bytes()
    display.drop()
    display.drop()
    assert can_draw(dict(display.environment()))
    assert plan.cookie.read_bytes() != first


def test_a_server_that_does_not_start_is_an_error_with_a_sentence(tmp_path: Path) -> None:
    for program in ("/nowhere/Xvfb", "/bin/true"):
        with pytest.raises(OSError, match="the lock's display"):
            OwnDisplay(LockPlan(DisplayKind.XVFB, program, tmp_path, STRANGER)).environment()


def test_xorg_stands_on_its_terminal_and_switches_nothing(tmp_path: Path) -> None:
    own = tmp_path / "xorg.conf"
    plan = LockPlan(DisplayKind.XORG, "/usr/bin/Xorg", tmp_path, STRANGER, 7, own)
    words = plan.arguments(5)
    assert "vt7" in words
    assert {"-novtswitch", "-keeptty", "-noreset", "-nolisten"} < set(words)
    assert words[-2:] == ["-config", str(own)]
