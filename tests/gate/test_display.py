"""The X server of a session: how it is started, and how it ends even when it hangs."""

import os
import signal
import struct
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.gate import display
from kiosk.gate.cell import Cell, make_cell
from kiosk.gate.cgroup import DISPLAY, PROGRAMS, Group
from kiosk.gate.child import Child
from kiosk.gate.display import DisplayKind, ServerPlan, make_cookie, start_server, stop_server
from kiosk.gate.drop import Account, SpawnFailed
from tests.helpers.confine import FACE, needs_root
from tests.helpers.stage import Stage, open_stage

KIOSK = Account(900, 900)


def test_xorg_is_started_on_its_terminal_and_leaves_no_log() -> None:
    plan = ServerPlan(DisplayKind.XORG, Account(0, 0), "/usr/bin/Xorg", 8, Path("/etc/x.conf"))
    words = plan.arguments(Path("/run/cookie"), 5)
    assert words[:2] == ["/usr/bin/Xorg", ":9"]
    assert words[words.index("-auth") :][:2] == ["-auth", "/run/cookie"]
    for wanted in ("vt8", "-novtswitch", "-logfile", "-config", "-nolisten"):
        assert wanted in words
    assert "-config" not in replace(plan, configuration=None).arguments(Path("/c"), 5)


def test_xephyr_covers_the_display_that_it_draws_on() -> None:
    words = ServerPlan(DisplayKind.XEPHYR, KIOSK, "/usr/bin/Xephyr").arguments(Path("/c"), 5)
    assert "-fullscreen" in words
    assert "vt8" not in words


def test_every_cookie_is_another_and_counts_for_any_display() -> None:
    first, second = make_cookie(), make_cookie()
    assert first != second
    assert struct.unpack(">HHHH", first[:8]) == (0xFFFF, 0, 0, 18)
    assert first[8:26] == b"MIT-MAGIC-COOKIE-1"
    assert len(first) == 8 + 18 + 2 + 16


@pytest.fixture
def stage() -> Iterator[Stage]:
    with open_stage() as made:
        yield made


@pytest.fixture
def group(stage: Stage) -> Iterator[Group]:
    made = stage.plan.ground.make(stage.plan.group_limits)
    yield made
    made.kill()
    assert made.wait_until_empty(5)


@pytest.fixture
def cell(stage: Stage, group: Group) -> Iterator[Cell]:
    made, holder = make_cell(stage.plan.cell, group.part(PROGRAMS).door)
    yield made
    group.kill()
    holder.wait(5)


def serve(stage: Stage, cell: Cell, group: Group, plan: ServerPlan) -> Child:
    cookie = stage.plan.cookie_of(FACE)
    cell.write(cookie, make_cookie(), FACE)
    return start_server(plan, cell, group.part(DISPLAY).door, cookie)


@needs_root
def test_a_server_is_found_inside_its_cell_and_nowhere_else(
    stage: Stage, cell: Cell, group: Group
) -> None:
    server = serve(stage, cell, group, stage.plan.server)
    assert server.pid in group.part(DISPLAY).members()
    assert cell.seen_from_outside(Path("/tmp/.X11-unix/X9")).is_socket()
    assert "@/tmp/.X11-unix/X9" not in Path("/proc/net/unix").read_text()
    stop_server(server)
    assert server.returncode == 0


@needs_root
def test_a_server_that_hangs_is_killed(stage: Stage, cell: Cell, group: Group) -> None:
    server = serve(stage, cell, group, stage.plan.server)
    os.kill(server.pid, signal.SIGSTOP)
    stop_server(server, 0.05)
    assert server.returncode == -signal.SIGKILL


@needs_root
def test_a_server_that_ends_at_once_is_no_display(stage: Stage, cell: Cell, group: Group) -> None:
    with pytest.raises(SpawnFailed, match="not ready"):
        serve(stage, cell, group, replace(stage.plan.server, program="/bin/false"))


@needs_root
def test_a_server_that_never_tells_is_no_display(
    stage: Stage, cell: Cell, group: Group, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(display, "START_SECONDS", 0.05)
    # It keeps the pipe open, as a server that hangs at its start would.
    with pytest.raises(SpawnFailed, match="not ready"):
        serve(stage, cell, group, replace(stage.plan.server, program="/usr/bin/yes"))


@needs_root
def test_a_server_that_is_not_there_is_said(stage: Stage, cell: Cell, group: Group) -> None:
    with pytest.raises(SpawnFailed, match="exec"):
        serve(stage, cell, group, replace(stage.plan.server, program="/nowhere/Xvfb"))
