"""A session drawn inside the lock's display, where one wants a bar that cannot be covered."""

import shutil
from collections.abc import Iterator

import pytest

from kiosk.gate.display import DisplayKind, ServerPlan
from tests.helpers.confine import STRANGER, needs_root
from tests.helpers.stage import SLOT, Stage, open_stage
from tests.stories.breakout.attack import COVER, X11
from tests.stories.breakout.locked import Locked, difference

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
