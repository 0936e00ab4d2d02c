"""A session drawn inside the lock's display, where one wants a bar that cannot be covered."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from kiosk.gate.display import DisplayKind, ServerPlan
from tests.helpers.confine import STRANGER, needs_root
from tests.helpers.process import Program, Programs, wait_until
from tests.helpers.stage import SLOT, Stage, open_stage
from tests.helpers.xvfb import Xvfb
from tests.stories.breakout.attack import COVER, X11
from tests.stories.breakout.locked import STAND, Locked, difference

pytestmark = [
    needs_root,
    pytest.mark.skipif(shutil.which("Xephyr") is None, reason="there is no Xephyr here"),
]


@pytest.fixture
def session(lock: Locked) -> Iterator[Stage]:
    """A session that Xephyr draws; its server alone knows the cookie of the lock's display."""
    server = ServerPlan(
        DisplayKind.XEPHYR,
        STRANGER,
        "/usr/bin/Xephyr",
        parent=lambda: lock.screen.environment,
    )
    with open_stage(server=server) as stage:
        stage.backend.start(SLOT)
        yield stage


def test_the_visitor_draws_on_it_and_reaches_neither_the_parent_nor_its_cookie(
    session: Stage, lock: Locked
) -> None:
    assert difference(lock.untouched, lock.picture()) > 0.5
    told = session.run(
        f"""{X11}
told["own"] = bool(own)
told["cookie"] = refusal(open, {str(lock.cookie)!r})
told["copy"] = refusal(open, {str(session.plan.cell.run / "parent.cookie")!r})
told["parent"] = bool(connect({lock.screen.display!r}))
"""
    )
    denied = "PermissionError 13"
    assert told == {"own": True, "cookie": denied, "copy": denied, "parent": False}


def test_a_grab_inside_is_none_outside_and_the_end_gives_the_screen_back(
    session: Stage, lock: Locked
) -> None:
    session.hear(COVER)
    assert difference(lock.untouched, lock.picture()) > 0.5
    session.end()
    assert difference(lock.untouched, lock.picture()) < 0.02


class Told:
    """A lock that covers its display, told what to show."""

    def __init__(self, screen: Xvfb, programs: Programs, folder: Path) -> None:
        self.screen, self._folder = screen, folder
        self._pipe = folder / "pipe"
        os.mkfifo(self._pipe)
        environment = {**screen.environment, "TOLD_BY": str(self._pipe)}
        self.program: Program = programs.start(
            [*STAND, "covering"], name="lock", environment=environment
        )
        self.program.wait_for_line("^standing$", within=60)

    def show(self, face: str) -> None:
        """Let it show `taken` or `lock`."""
        before = len(self.program.lines)
        self._pipe.write_text(f"{face}\n")
        self.program.wait_for_line("^shown$", within=20, after=before)

    def picture(self) -> QImage:
        """Return what the screen shows now."""
        return QImage(str(self.screen.screenshot(self._folder / "now.png")))

    def at_rest(self) -> QImage:
        """Return what the screen shows once nothing moves: pages fade in."""
        before, now = QImage(), self.picture()
        while difference(before, now) > 0.001:
            before, now = now, self.picture()
        return now

    def wait_for(self, picture: QImage) -> None:
        """Wait until the screen shows this again, but for a clock that went on."""
        wait_until(
            lambda: difference(self.picture(), picture) < 0.02, within=20, what="that picture"
        )

    def reaches(self, stage: Stage) -> bool:
        """Hold a key down on the screen, and return whether the session has it."""
        self.screen._xdotool("keydown", "a")
        try:
            told = stage.run(PRESSED)
        finally:
            self.screen._xdotool("keyup", "a")
        return bool(told["pressed"])


PRESSED = f"""{X11}
keys = (ctypes.c_char * 32)()
X.XQueryKeymap.argtypes = [D, ctypes.c_void_p]
deadline = time.monotonic() + 1
while not any(bytes(keys.raw)) and time.monotonic() < deadline:
    X.XQueryKeymap(own, keys)
    time.sleep(0.01)
told["pressed"] = any(bytes(keys.raw))
"""


def test_the_lock_stands_back_behind_a_session_and_comes_forward_over_it(
    programs: Programs, tmp_path: Path
) -> None:
    with Xvfb() as screen:
        lock = Told(screen, programs, tmp_path)
        locked = lock.at_rest()
        lock.show("taken")
        server = ServerPlan(
            DisplayKind.XEPHYR, STRANGER, "/usr/bin/Xephyr", parent=lambda: screen.environment
        )
        with open_stage(server=server) as stage:
            stage.backend.start(SLOT)
            wait_until(lambda: difference(locked, lock.picture()) > 0.5, within=20)
            session = lock.at_rest()
            assert lock.reaches(stage)

            # Whoever steps away leaves the lock in front, and it alone has the keyboard.
            lock.show("lock")
            lock.wait_for(locked)
            assert not lock.reaches(stage)

            lock.show("taken")
            lock.wait_for(session)
            assert lock.reaches(stage)
        programs.kill_all()
