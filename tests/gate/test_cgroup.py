"""Control groups: found wherever they are mounted, and ended with one word."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.gate.cgroup import (
    PROGRAMS,
    CgroupMissing,
    Group,
    GroupLimits,
    PlainGround,
    find_mount,
)
from kiosk.gate.drop import Place
from tests.helpers.confine import COMET, STUBBORN, ground, needs_root, start, wait_for

HYBRID = """\
26 21 0:24 / /sys/fs/cgroup rw,nosuid - tmpfs tmpfs rw,mode=755
27 26 0:25 / /sys/fs/cgroup/pids rw,nosuid shared:9 - cgroup cgroup rw,pids
28 26 0:26 / /sys/fs/cgroup/uni\\040fied rw,nosuid shared:10 - cgroup2 cgroup2 rw
"""


def test_the_second_version_is_found_on_a_hybrid_machine(tmp_path: Path) -> None:
    mounts = tmp_path / "mountinfo"
    mounts.write_text(HYBRID, "utf-8")
    assert find_mount(mounts) == Path("/sys/fs/cgroup/uni fied")


def test_a_machine_without_the_second_version_is_said_to_have_none(tmp_path: Path) -> None:
    mounts = tmp_path / "mountinfo"
    mounts.write_text("\n".join(HYBRID.splitlines()[:2]), "utf-8")
    with pytest.raises(CgroupMissing):
        find_mount(mounts)


@pytest.mark.parametrize(
    ("controllers", "expected"),
    [
        ("cpu pids memory", {"pids.max": "300", "memory.max": str(1 << 30)}),
        ("cpu pids", {"pids.max": "300"}),
        ("cpu", {}),
    ],
)
def test_limits_are_written_where_the_controllers_are(
    tmp_path: Path, controllers: str, expected: dict[str, str]
) -> None:
    (tmp_path / "cgroup.controllers").write_text(controllers + "\n")
    (tmp_path / "cgroup.subtree_control").touch()
    group = PlainGround("session", tmp_path).make(GroupLimits(300, 1 << 30))
    written = {one.name: one.read_text() for one in group.folder.iterdir() if one.is_file()}
    assert written == expected


def test_a_session_with_a_limit_of_memory_is_never_written_to_swap(tmp_path: Path) -> None:
    (tmp_path / "cgroup.controllers").write_text("memory\n")
    (tmp_path / "cgroup.subtree_control").touch()
    swap = tmp_path / "session" / "memory.swap.max"
    swap.parent.mkdir()
    swap.write_text("max")
    PlainGround("session", tmp_path).make(GroupLimits(300))
    assert swap.read_text() == "max"
    PlainGround("session", tmp_path).make(GroupLimits(300, 1 << 30))
    assert swap.read_text() == "0"


def test_a_group_that_is_not_there_is_empty_and_needs_nothing(tmp_path: Path) -> None:
    group = Group(tmp_path / "nothing")
    group.kill()
    assert group.is_empty()
    assert group.wait_until_empty(0)
    assert group.members() == set()
    group.remove()


@pytest.fixture(params=["cgroup.kill", "cgroup.kill-of-a-later-kernel"])
def group(request: pytest.FixtureRequest) -> Iterator[Group]:
    made = ground(request.param).make(GroupLimits())
    yield made
    made.kill()
    assert made.wait_until_empty(5)
    made.remove()


@needs_root
def test_nothing_in_a_group_outlives_its_kill(group: Group) -> None:
    door = group.part(PROGRAMS).door
    started = [start(STUBBORN.format(count=30), place=Place(door))]
    started += [start(COMET, place=Place(door)) for _ in range(2)]
    wait_for(lambda: len(group.members()) >= 31)
    assert not group.wait_until_empty(0)
    group.kill()
    assert group.wait_until_empty(5)
    assert group.is_empty()
    assert group.members() == set()
    for one in started:
        one.wait(5)


@needs_root
def test_a_group_with_a_living_process_stays(group: Group) -> None:
    sleeper = start("import time; time.sleep(600)", place=Place(group.part(PROGRAMS).door))
    wait_for(lambda: sleeper.pid in group.members())
    with pytest.raises(OSError, match="busy"):
        group.remove()
    assert (group.part(PROGRAMS).folder).is_dir()
    group.kill()
    assert sleeper.wait(5) == -9


@needs_root
def test_a_visitor_cannot_leave_the_group(group: Group, tmp_path: Path) -> None:
    outside = group.folder / "cgroup.procs"
    text = f"""
try:
    open({str(outside)!r}, "w").write("0")
except PermissionError:
    raise SystemExit(7)
"""
    assert start(text, place=Place(group.part(PROGRAMS).door)).wait(10) == 7
    assert outside.stat().st_uid == 0
