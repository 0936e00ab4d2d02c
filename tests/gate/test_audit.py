"""The audit finds whatever a wipe has left, and says how much of it, never what."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.gate import audit
from kiosk.gate.audit import look_for_residue
from kiosk.gate.cgroup import PROGRAMS, Group, GroupLimits
from kiosk.gate.drop import Account, Place
from kiosk.gate.fact import Residue, ResidueReason
from kiosk.gate.sweep import remove_ipc
from tests.helpers.confine import FACE, VISITOR, ground, needs_root, start, wait_for

pytestmark = needs_root

ACCOUNTS = (VISITOR, FACE)


@pytest.fixture
def group() -> Iterator[Group]:
    made = ground().make(GroupLimits())
    yield made
    made.kill()
    assert made.wait_until_empty(5)
    made.remove()


def look(group: Group, tmp_path: Path, *spools: Path) -> Residue | None:
    return look_for_residue(ACCOUNTS, group, [tmp_path / "home"], spools)


def test_nothing_left_is_nothing_found(group: Group, tmp_path: Path) -> None:
    assert look(group, tmp_path, tmp_path / "nothing") is None


@pytest.mark.parametrize("who", [VISITOR, FACE, Account(0, 0)])
def test_a_process_is_found_by_its_account_or_its_group(
    group: Group, tmp_path: Path, who: Account
) -> None:
    door = group.part(PROGRAMS).door if who.uid == 0 else None
    left = start("import time; time.sleep(600)", who, Place(door))
    wait_for(lambda: look(group, tmp_path) is not None)
    assert look(group, tmp_path) == Residue(ResidueReason.PROCESSES, 1)
    left.kill()
    left.wait(5)
    assert look(group, tmp_path) is None


def test_files_are_found_in_folders_where_the_visitor_may_write(
    group: Group, tmp_path: Path
) -> None:
    spool = tmp_path / "spool"
    for name in ("open", "closed", "theirs/deep"):
        (spool / name).mkdir(parents=True)
        (spool / name / "file").touch()
        os.chown(spool / name / "file", VISITOR.uid, VISITOR.gid)
    (spool / "open").chmod(0o1777)
    (spool / "link").symlink_to(tmp_path)
    for owned in (spool / "theirs", spool / "theirs" / "deep"):
        os.chown(owned, VISITOR.uid, VISITOR.gid)
    # The one in the closed folder cannot have been put there by a visitor.
    assert look(group, tmp_path, spool) == Residue(ResidueReason.FILES, 4)


def test_a_great_many_files_are_not_counted_to_the_end(
    group: Group, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(audit, "MOST_FILES", 1)
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "file").touch()
        for path in (tmp_path / name, tmp_path / name / "file"):
            os.chown(path, VISITOR.uid, VISITOR.gid)
    assert look(group, tmp_path, tmp_path) == Residue(ResidueReason.FILES, 2)


def test_shared_memory_is_found(group: Group, tmp_path: Path) -> None:
    text = "import ctypes; raise SystemExit(ctypes.CDLL(None).shmget(0, 4096, 0o600) < 0)"
    assert start(text).wait(10) == 0
    assert look(group, tmp_path) == Residue(ResidueReason.FILES, 1)
    remove_ipc(VISITOR.uid)


def test_a_mount_that_came_out_of_a_session_is_found(group: Group, tmp_path: Path) -> None:
    mounts = tmp_path / "mountinfo"
    home = tmp_path / "home"
    mounts.write_text(
        f"36 35 0:40 / {home} rw - tmpfs tmpfs rw\n"
        f"37 35 0:41 / {home}/deep rw - tmpfs tmpfs rw\n"
        f"38 35 0:42 / {home}-of-another rw - tmpfs tmpfs rw\n"
    )
    assert audit._count_mounts([home], mounts) == 2
