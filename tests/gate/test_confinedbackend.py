"""The confining backend as the gate uses it: begin, fill, take up again, end, prove."""

import os
import shutil
import signal
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import ClassVar

import pytest

from kiosk.gate import confinedbackend
from kiosk.gate.answer import Refusal
from kiosk.gate.backend import Application, SessionBackend, SessionFailed
from kiosk.gate.browserpolicy import MINOR_TEXT
from kiosk.gate.confinedbackend import ConfinedBackend
from kiosk.gate.confinement import Companion
from kiosk.gate.display import DisplayKind, ServerPlan
from kiosk.gate.drop import Account
from kiosk.gate.fact import Proof, Residue, ResidueReason
from kiosk.gate.minorrules import RULES, lay_minor_rules
from kiosk.gate.terminal import Terminals
from kiosk.rules.person import BrowserProfile
from tests.helpers.confine import FACE, VISITOR, find_python, needs_root, start, wait_for
from tests.helpers.stage import NEXT_SLOT, SLOT, Stage, open_stage
from tests.helpers.xorg import CONFIGURATION

pytestmark = needs_root

WRITE = "import sys; open('/tmp/started', 'w').write(repr(sys.argv[1:]))"


@pytest.fixture
def stage() -> Iterator[Stage]:
    with open_stage() as made:
        made.backend = ConfinedBackend(
            replace(
                made.plan,
                applications=(
                    Application("tell", find_python(), ("-I", "-c", WRITE, "--to={private}"), True),
                    Application("missing", "/nowhere/program"),
                ),
            )
        )
        yield made


def test_it_is_what_the_gate_asks_for(stage: Stage) -> None:
    backend: SessionBackend = stage.backend
    assert backend.confines
    assert [one.app_id for one in backend.applications()] == ["tell", "missing"]


def test_a_session_begins_is_filled_and_leaves_nothing(stage: Stage) -> None:
    stage.backend.start(SLOT)
    assert stage.backend.launch(SLOT, "tell", "https://example.org/") is None
    started = stage.outside("/tmp/started")
    wait_for(started.exists)
    wait_for(lambda: started.read_text() != "")
    private = stage.plan.cell.private
    assert started.read_text() == repr([f"--to={private}", "https://example.org/"])
    assert stage.outside(private).stat().st_uid == VISITOR.uid
    found = stage.backend.audit(SLOT)
    assert isinstance(found, Residue)
    assert found.reason is ResidueReason.PROCESSES
    proof = stage.end()
    assert proof.files >= 1
    assert stage.backend.audit(SLOT) == proof
    assert not stage.plan.remnant.exists()
    assert not stage.plan.ground.find().folder.exists()


@pytest.fixture
def ruled(stage: Stage) -> Iterator[Path]:
    """A browser's folder of rules, which every session sees; of another browser there is none."""
    folder = stage.plan.cell.home.parent / "managed"
    folder.mkdir()
    files = (folder / RULES, folder.parent / "none" / RULES)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(confinedbackend, "lay_minor_rules", partial(lay_minor_rules, files=files))
        yield files[0]
    shutil.rmtree(folder)


def test_the_rules_for_minors_lie_over_the_browsers_of_a_minors_session_alone(
    stage: Stage, ruled: Path
) -> None:
    ruled.write_text("{}\n")
    stage.backend.start(SLOT)
    assert stage.backend.launch(SLOT, "tell", "") is None
    assert stage.outside(ruled).read_text() == "{}\n"
    for _ in range(2):
        assert stage.backend.launch(SLOT, "tell", "", profile=BrowserProfile.MINOR) is None
    laid = stage.outside(ruled)
    assert laid.read_text() == MINOR_TEXT
    assert (laid.stat().st_uid, laid.stat().st_mode & 0o777) == (0, 0o444)
    assert ruled.read_text() == "{}\n"
    stage.end()
    stage.slot = NEXT_SLOT
    stage.backend.start(NEXT_SLOT)
    assert stage.outside(ruled).read_text() == "{}\n"


def test_nothing_of_a_minor_starts_where_their_rules_cannot_be_laid(
    stage: Stage, ruled: Path, expect_log: Callable[..., None]
) -> None:
    expect_log("kiosk.gate.confinedbackend", "application tell did not start")
    stage.backend.start(SLOT)
    refused = stage.backend.launch(SLOT, "tell", "", profile=BrowserProfile.MINOR)
    assert refused is Refusal.SESSION_FAILED
    assert stage.backend.launch(SLOT, "tell", "") is None


def test_the_end_counts_what_it_ended_and_removed(stage: Stage) -> None:
    stage.backend = ConfinedBackend(replace(stage.plan, companions=(), bus=""))
    stage.backend.start(SLOT)
    stage.hear(
        "for n in range(5): os.fork() or time.sleep(600)\n"
        "[open(f'/var/tmp/{n}', 'w') for n in range(10)]; tell(); time.sleep(600)"
    )
    assert stage.end() == Proof(6, 11)


def test_ending_again_is_harmless_and_a_new_slot_counts_anew(stage: Stage) -> None:
    stage.backend.start(SLOT)
    stage.backend.end(SLOT)
    stage.backend.end(None)
    assert isinstance(stage.backend.audit(None), Proof)
    stage.backend.start(NEXT_SLOT)
    stage.slot = NEXT_SLOT
    assert stage.end().processes <= 2


def test_starting_again_keeps_the_session(stage: Stage) -> None:
    stage.backend.start(SLOT)
    stage.run("open('/tmp/mine', 'w')")
    holder = stage.cell().holder
    stage.backend.start(SLOT)
    assert stage.cell().holder == holder
    assert stage.outside("/tmp/mine").exists()


def test_the_next_gate_takes_the_session_up_and_ends_it(
    stage: Stage, expect_log: Callable[..., None]
) -> None:
    # The gate that was killed lives on in this test, as the parent of the dead.
    expect_log("kiosk.gate.confinedbackend", "does not go away")
    stage.backend.start(SLOT)
    stage.hear("open('/tmp/mine', 'w'); tell(); time.sleep(600)")
    children = stage.backend._children
    stage.backend.close()
    stage.backend = ConfinedBackend(stage.plan)
    stage.backend.start(SLOT)
    assert stage.outside("/tmp/mine").exists()
    assert stage.run("told['mine'] = os.path.exists('/tmp/mine')") == {"mine": True}
    assert stage.end().files >= 1
    for one in children:
        one.wait(5)


def test_a_gate_that_knows_no_slot_ends_what_a_killed_one_left(
    stage: Stage, expect_log: Callable[..., None]
) -> None:
    # The gate that was killed lives on in this test, as the parent of the dead.
    expect_log("kiosk.gate.confinedbackend", "does not go away")
    stage.backend.start(SLOT)
    stage.hear("tell(); time.sleep(600)")
    children = stage.backend._children
    stage.backend.close()
    stage.backend = ConfinedBackend(stage.plan)
    assert isinstance(stage.backend.audit(None), Residue)
    stage.backend.end(None)
    assert isinstance(stage.backend.audit(None), Proof)
    for one in children:
        one.wait(5)


def test_another_slot_never_gets_an_earlier_session(stage: Stage) -> None:
    stage.backend.start(SLOT)
    stage.run("open('/tmp/mine', 'w')")
    stage.backend.start(NEXT_SLOT)
    assert not stage.outside("/tmp/mine").exists()
    assert stage.backend.launch(SLOT, "tell", "") is Refusal.NO_SLOT


def test_a_session_without_its_display_is_made_anew(stage: Stage) -> None:
    stage.backend.start(SLOT)
    session = stage.backend._session
    assert session is not None
    os.kill(session.server.pid, signal.SIGKILL)
    wait_for(lambda: not session.server.is_alive())
    assert not stage.backend.mend(SLOT)
    stage.backend.start(SLOT)
    assert stage.backend.mend(SLOT)
    assert stage.run("told['x'] = os.path.exists('/tmp/.X11-unix/X9')") == {"x": True}


def test_our_own_programs_are_started_again_when_the_visitor_ends_them(stage: Stage) -> None:
    sleep = "import time; time.sleep(600)"
    sleeping = Companion("face", (find_python(), "-c", sleep, "--slot={slot}"), FACE)
    stage.backend = ConfinedBackend(replace(stage.plan, companions=(sleeping,), bus=""))
    stage.backend.start(SLOT)
    session = stage.backend._session
    assert session is not None
    first = session.companions["face"]
    assert Path(f"/proc/{first.pid}/cmdline").read_text().endswith(f"--slot={SLOT}\0")
    assert stage.backend.mend(SLOT)
    os.kill(first.pid, signal.SIGKILL)
    wait_for(lambda: not first.is_alive())
    assert stage.backend.mend(SLOT)
    assert stage.backend._session is not None
    assert stage.backend._session.companions["face"].is_alive()
    assert not stage.backend.mend(NEXT_SLOT)


def test_launches_that_cannot_be_are_refused(stage: Stage, expect_log: Callable[..., None]) -> None:
    expect_log("kiosk.gate.confinedbackend", "application missing did not start")
    assert stage.backend.launch(SLOT, "tell", "") is Refusal.NO_SLOT
    stage.backend.start(SLOT)
    assert stage.backend.launch(SLOT, "terminal", "") is Refusal.APPLICATION_UNKNOWN
    assert stage.backend.launch(SLOT, "missing", "https://example.org") is Refusal.URL_INVALID
    assert stage.backend.launch(SLOT, "missing", "") is Refusal.SESSION_FAILED


def test_a_session_that_cannot_be_made_leaves_nothing(stage: Stage) -> None:
    server = replace(stage.plan.server, program="/bin/false")
    stage.backend = ConfinedBackend(replace(stage.plan, server=server))
    with pytest.raises(SessionFailed, match="X server"):
        stage.backend.start(SLOT)
    assert isinstance(stage.backend.audit(SLOT), Proof)


def test_no_session_begins_on_what_another_left(stage: Stage) -> None:
    left = Path(f"/var/tmp/creneau-left-{os.getpid()}")
    left.mkdir()
    os.chown(left, VISITOR.uid, VISITOR.gid)
    try:
        with pytest.raises(SessionFailed, match="earlier visitor"):
            stage.backend.start(SLOT)
        assert stage.backend.audit(SLOT) == Residue(ResidueReason.FILES, 1)
    finally:
        left.rmdir()
    stage.backend.start(SLOT)


def test_an_audit_that_cannot_look_is_no_proof(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, expect_log: Callable[..., None]
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "denied")

    monkeypatch.setattr("kiosk.gate.confinedbackend.look_for_residue", refuse)
    expect_log("kiosk.gate.confinedbackend", "the audit cannot look: errno 13")
    assert stage.backend.audit(SLOT) == Residue(ResidueReason.FAULT, 1)


def test_a_step_of_the_end_that_fails_stops_no_other(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, expect_log: Callable[..., None]
) -> None:
    def refuse(*_: object) -> set[int]:
        raise BlockingIOError(11, "no process can be made")

    stage.backend.start(SLOT)
    monkeypatch.setattr("kiosk.gate.confinedbackend.kill_accounts", refuse)
    expect_log("kiosk.gate.confinedbackend", "the accounts are not swept: errno 11")
    stage.end()


class Screen(Terminals):
    """A screen that remembers what was put in front."""

    shown: ClassVar[list[int]] = []

    def front(self) -> int | None:
        return self.shown[-1] if self.shown else None

    def ask(self, terminal: int) -> None:
        self.shown.append(terminal)

    def show(self, terminal: int) -> bool:
        self.ask(terminal)
        return True


class StuckScreen(Screen):
    """A screen that stays with the session."""

    def front(self) -> int | None:
        return 8


def test_a_screen_that_does_not_show_the_lock_is_no_proof(stage: Stage) -> None:
    stage.backend = ConfinedBackend(replace(stage.plan, terminals=StuckScreen(7)))
    stage.backend.start(SLOT)
    stage.backend.end(SLOT)
    assert stage.backend.audit(SLOT) == Residue(ResidueReason.FAULT, 1)


def test_the_lock_comes_to_the_front_before_and_after_the_end(stage: Stage) -> None:
    Screen.shown.clear()
    stage.backend = ConfinedBackend(replace(stage.plan, terminals=Screen(7)))
    stage.backend.start(SLOT)
    assert Screen.shown == []  # a virtual screen has no terminal
    stage.end()
    assert Screen.shown == [7, 7]


@pytest.mark.skipif(shutil.which("Xorg") is None, reason="there is no Xorg on this machine")
def test_who_steps_away_finds_the_lock_in_front_and_the_session_behind_it(stage: Stage) -> None:
    Screen.shown.clear()
    configuration = stage.plan.cell.home.parent / "xorg.conf"
    configuration.write_text(CONFIGURATION)
    server = ServerPlan(DisplayKind.XORG, Account(0, 0), "/usr/bin/Xorg", 8, configuration)
    stage.backend = ConfinedBackend(replace(stage.plan, terminals=Screen(7), server=server))
    stage.backend.start(SLOT)
    assert Screen.shown == [8]
    stage.backend.cover(NEXT_SLOT, True)
    stage.backend.cover(SLOT, True)
    stage.backend.mend(SLOT)
    assert Screen.shown == [8, 7]
    stage.backend.cover(SLOT, False)
    assert Screen.shown == [8, 7, 8]
    # A lock's server that is started anew comes to the front by itself.
    Screen.shown.append(7)
    stage.backend.mend(SLOT)
    assert Screen.shown == [8, 7, 8, 7, 8]
    stage.end()
    configuration.unlink()


def test_a_process_of_the_visitor_outside_the_group_is_swept(stage: Stage) -> None:
    stage.backend.start(SLOT)
    stray = start("import time; time.sleep(600)")
    stage.end()
    assert stray.wait(5) == -signal.SIGKILL
