"""A visitor who attacks, in a session that is confined for real."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.gate.display import make_cookie
from tests.helpers.cups import PrintSystem
from tests.helpers.leak import LeakGuard
from tests.helpers.process import Programs
from tests.helpers.stage import SLOT, Stage, open_stage
from tests.helpers.xvfb import Xvfb
from tests.stories.breakout.locked import Locked


@pytest.fixture
def stage() -> Iterator[Stage]:
    """A workstation without a session."""
    with open_stage() as made:
        yield made


@pytest.fixture
def session(stage: Stage) -> Stage:
    """A workstation with a session."""
    stage.backend.start(SLOT)
    return stage


@pytest.fixture
def lock(programs: Programs, tmp_path: Path) -> Iterator[Locked]:
    """The lock on its own X server, with the cookie that only root reads."""
    folder = Path(f"/run/creneau-lock-{os.getpid()}")
    folder.mkdir(0o755)
    cookie = folder / "cookie"
    cookie.touch(0o600)
    cookie.write_bytes(make_cookie())
    try:
        with Xvfb(cookie=cookie) as screen:
            yield Locked.stand(screen, programs, tmp_path, cookie)
            programs.kill_all()
    finally:
        cookie.unlink()
        folder.rmdir()


@pytest.fixture
def print_system(leak_guard: LeakGuard) -> Iterator[PrintSystem]:
    """A print system that the visitor's programs reach."""
    made = PrintSystem()
    try:
        made.start()
        leak_guard.expect_process(made.pid)
        yield made
    finally:
        made.stop()
