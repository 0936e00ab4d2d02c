"""The scope that systemd makes, here made by a program that does as systemd-run does."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.gate.cgroup import DISPLAY, PROGRAMS, GroupLimits, find_mount
from kiosk.gate.scope import ScopeGround
from tests.helpers.confine import needs_root

pytestmark = needs_root

SLICE = f"creneau-test-{os.getpid()}.slice"
UNIT = "creneau-session.scope"


@pytest.fixture
def run(tmp_path: Path) -> Iterator[Path]:
    """Make the group, stand in it, note what was asked, become what is to run."""
    folder = find_mount() / SLICE / UNIT
    program = tmp_path / "systemd-run"
    program.write_text(
        f"""#!/bin/sh
echo "$@" > {tmp_path}/asked
mkdir -p {folder} && echo 0 > {folder}/cgroup.procs
while [ "$1" != "--" ]; do shift; done
shift
exec "$@"
"""
    )
    program.chmod(0o755)
    yield program
    if folder.parent.is_dir():
        folder.parent.rmdir()


def test_a_scope_is_asked_for_with_its_limits_and_holds_the_parts(
    run: Path, tmp_path: Path
) -> None:
    ground = ScopeGround(find_mount(), (str(run),), SLICE)
    group = ground.make(GroupLimits(300, 1 << 30))
    asked = (tmp_path / "asked").read_text()
    for wanted in (
        "--scope",
        f"--slice={SLICE}",
        "TasksMax=300",
        f"MemoryMax={1 << 30}",
        "SwapMax=0",
    ):
        assert wanted in asked
    assert "Delegate=yes" in asked
    assert group.part(PROGRAMS).folder.is_dir()
    assert group.part(DISPLAY).folder.is_dir()
    assert ground.find().members() == group.members() != set()
    group.kill()
    assert group.wait_until_empty(5)
    group.remove()
    anchor = ground._anchor
    assert anchor is not None
    anchor.wait(5)


def test_a_scope_that_systemd_refuses_is_no_ground() -> None:
    ground = ScopeGround(find_mount(), ("/bin/false",), SLICE)
    with pytest.raises(OSError, match="no scope"):
        ground.make(GroupLimits())
    assert isinstance(ground._anchor, subprocess.Popen)
    assert ground.find().is_empty()
