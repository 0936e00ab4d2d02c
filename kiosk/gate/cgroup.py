"""Control groups: a visitor's programs stand in one, and one word to the kernel ends them all.

Only the second version is used, wherever it is mounted. A program cannot leave its group, whatever
it forks; what somebody else starts for a visitor stands outside and is found by its account.
"""

import os
import select
import signal
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

MOUNTS = Path("/proc/self/mountinfo")
PROGRAMS = "programs"
DISPLAY = "display"
_SWAP = "memory.swap.max"


class CgroupMissing(OSError):
    """This machine has no control groups of the second version."""


@dataclass(frozen=True, slots=True)
class GroupLimits:
    """How much a whole session may take, where the kernel's controllers are at hand.

    A session with a limit of memory is never written to swap: what a visitor did stays off the
    disk.
    """

    tasks: int = 2048
    memory_bytes: int | None = None


class Ground(Protocol):
    """Where the group of a session comes from."""

    def make(self, limits: GroupLimits) -> "Group":
        """Return an empty group with parts for programs and display.

        Raises:
            OSError: the machine refuses.
        """
        ...

    def find(self) -> "Group":
        """Return the group that a session has, or would have."""
        ...


class Group:
    """One control group and what is below it.

    Args:
        folder: where the kernel shows it.
        kill_file: the word that ends it; kernels before 5.14 have none.
    """

    def __init__(self, folder: Path, kill_file: str = "cgroup.kill") -> None:
        self.folder = folder
        self._kill_file = kill_file

    @property
    def door(self) -> Path:
        """The file that takes in who writes to it."""
        return self.folder / "cgroup.procs"

    def part(self, name: str) -> "Group":
        """Return a group below this one."""
        return Group(self.folder / name, self._kill_file)

    def members(self) -> set[int]:
        """Return the processes in it and below it; the dead do not count."""
        found: set[int] = set()
        for folder in self._folders():
            # One that is removed meanwhile has no members.
            with suppress(OSError):
                found |= set(map(int, (folder / "cgroup.procs").read_text("ascii").split()))
        return found

    def is_empty(self) -> bool:
        """Tell whether no process lives in it."""
        try:
            return "populated 0" in (self.folder / "cgroup.events").read_text("ascii")
        except FileNotFoundError:
            return True

    def kill(self) -> None:
        """Kill every process in it and below it, also one that forks for ever.

        Raises:
            OSError: the kernel refuses.
        """
        try:
            with (self.folder / self._kill_file).open("r+") as file:
                file.write("1")
        except FileNotFoundError:
            self._kill_one_by_one()

    def wait_until_empty(self, seconds: float) -> bool:
        """Wait until no process lives in it, and tell whether that came true in time."""
        deadline = time.monotonic() + seconds
        try:
            events = os.open(self.folder / "cgroup.events", os.O_RDONLY)
        except FileNotFoundError:
            return True
        try:
            poll = select.poll()
            poll.register(events, select.POLLPRI)
            # Reading it arms the notice of the next change.
            while "populated 1" in os.pread(events, 200, 0).decode("ascii"):
                left = deadline - time.monotonic()
                if left <= 0:
                    return False
                poll.poll(left * 1000)
            return True
        except OSError:
            return self.is_empty()
        finally:
            os.close(events)

    def remove(self) -> None:
        """Remove it and what is below it; a group with a living process stays.

        Raises:
            OSError: it is still populated.
        """
        for folder in sorted(self._folders(), reverse=True):
            with suppress(FileNotFoundError):
                folder.rmdir()

    def _folders(self) -> list[Path]:
        if not self.folder.is_dir():
            return []
        return [self.folder, *(one for one in self.folder.rglob("*") if one.is_dir())]

    def _kill_one_by_one(self) -> None:
        """Stop all forking first: a frozen group is counted once and killed once."""
        freeze = self.folder / "cgroup.freeze"
        if not freeze.is_file():
            return
        freeze.write_text("1", "ascii")
        for pid in self.members():
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        freeze.write_text("0", "ascii")


class PlainGround:
    """Groups made by hand, where nothing else rules them: a container, a machine without systemd.

    Args:
        name: of the session's group, below the mount.
        mount: of the second version's hierarchy.
        kill_file: see `Group`.
    """

    def __init__(self, name: str, mount: Path, kill_file: str = "cgroup.kill") -> None:
        self._mount = mount
        self._group = Group(mount / name, kill_file)

    def find(self) -> Group:
        """Return the group that a session has, or would have."""
        return self._group

    def make(self, limits: GroupLimits) -> Group:
        """Return an empty group with parts for programs and display."""
        group = self._group
        for folder in (group.folder, *(group.folder / one for one in (PROGRAMS, DISPLAY))):
            folder.mkdir(mode=0o755, exist_ok=True)
        self._limit("pids", {"pids.max": str(limits.tasks)})
        if limits.memory_bytes is not None:
            self._limit("memory", {"memory.max": str(limits.memory_bytes), _SWAP: "0"})
        return group

    def _limit(self, controller: str, values: Mapping[str, str]) -> None:
        if controller not in (self._mount / "cgroup.controllers").read_text("ascii").split():
            return
        (self._mount / "cgroup.subtree_control").write_text(f"+{controller}", "ascii")
        for name, value in values.items():
            file = self._group.folder / name
            # A kernel that was started without it counts no swap.
            if name != _SWAP or file.exists():
                file.write_text(value, "ascii")


def find_mount(mounts: Path = MOUNTS) -> Path:
    """Return where the second version is mounted; on a hybrid machine that is not the usual place.

    Raises:
        CgroupMissing: nowhere.
    """
    for line in mounts.read_text("utf-8").splitlines():
        fields, _, kind = line.partition(" - ")
        if kind.split(" ", 1)[0] == "cgroup2":
            return Path(fields.split(" ")[4].encode().decode("unicode_escape"))
    raise CgroupMissing("no control groups of the second version are mounted")
