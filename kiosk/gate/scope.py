"""The group of a session under systemd, which owns the tree of groups there: a transient scope.

A scope stands outside the gate's own service, so that a session outlives a gate that is restarted.
"""

import subprocess
import time
from collections.abc import Sequence
from pathlib import Path

from kiosk.gate.cgroup import DISPLAY, PROGRAMS, Group, GroupLimits

UNIT = "creneau-session.scope"
SLICE = "creneau.slice"
RUN = ("/usr/bin/systemd-run",)
START_SECONDS = 5.0
_LOOK_AGAIN_SECONDS = 0.005


class ScopeGround:
    """Groups made by systemd.

    Args:
        mount: of the second version's hierarchy.
        run: the program that makes a scope and becomes what runs in it.
        slice_name: the slice that holds it.
        unit: the scope's name.
    """

    def __init__(
        self, mount: Path, run: Sequence[str] = RUN, slice_name: str = SLICE, unit: str = UNIT
    ) -> None:
        self._run = tuple(run)
        self._slice = slice_name
        self._unit = unit
        self._group = Group(mount / slice_name / unit)
        self._anchor: subprocess.Popen[bytes] | None = None

    def find(self) -> Group:
        """Return the group that a session has, or would have."""
        return self._group

    def make(self, limits: GroupLimits) -> Group:
        """Return a scope of its own, kept open by a process that waits.

        Raises:
            OSError: systemd made none in time.
        """
        memory = "infinity" if limits.memory_bytes is None else str(limits.memory_bytes)
        swap = () if limits.memory_bytes is None else ("-p", "MemorySwapMax=0")
        if self._anchor is not None:
            self._anchor.poll()
        self._anchor = subprocess.Popen(
            [
                *self._run,
                *("--scope", "--quiet", "--collect", f"--unit={self._unit}"),
                f"--slice={self._slice}",
                *("-p", "Delegate=yes", "-p", f"TasksMax={limits.tasks}"),
                *("-p", f"MemoryMax={memory}", *swap, "--", "/bin/sleep", "infinity"),
            ],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        deadline = time.monotonic() + START_SECONDS
        while self._anchor.pid not in self._group.members():
            if self._anchor.poll() is not None or time.monotonic() >= deadline:
                raise OSError("systemd made no scope")
            time.sleep(_LOOK_AGAIN_SECONDS)
        for part in (PROGRAMS, DISPLAY):
            self._group.part(part).folder.mkdir(mode=0o755, exist_ok=True)
        return self._group
