"""What tests of confinement stand on: root, control groups, and accounts that nobody else has.

The accounts are numbers without a name; a run of the tests has its own, so that the sweep of one
run never meets the processes of another.
"""

import fcntl
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import pytest

from kiosk.gate.cgroup import CgroupMissing, PlainGround, find_mount
from kiosk.gate.child import Child
from kiosk.gate.drop import Account, Place, ProcessLimits, Program, spawn

_EACH_RUN = 8
_FIRST_UID, _UIDS = 1_000_000, 1 << 25
if int(Path("/proc/self/uid_map").read_text().split()[2]) < _FIRST_UID + _UIDS:
    # A container with few accounts of its own.
    _FIRST_UID, _UIDS = 20_000, 40_000

_names = count(1)


def _missing() -> str:
    if os.geteuid() != 0:
        return "only root can confine a session: run the tests as root to see it"
    try:
        mount = find_mount()
    except CgroupMissing:
        return "this machine has no control groups of the second version"
    if not os.access(mount, os.W_OK):
        return "control groups cannot be written here"
    cell = ["unshare", "--mount", "--ipc", "mount", "-t", "tmpfs", "none", "/mnt"]
    refused = subprocess.run(cell, capture_output=True, check=False).returncode
    return "this container lets nobody make namespaces" if refused else ""


MISSING = _missing()
needs_root = pytest.mark.skipif(bool(MISSING), reason=MISSING or "-")


def account(which: int) -> Account:
    """Return an account of this test run; `which` is 0 for the visitor, 1 for the face."""
    number = _FIRST_UID + os.getpid() * _EACH_RUN % _UIDS + which
    return Account(number, number)


VISITOR, FACE, STRANGER = account(0), account(1), account(2)


def ground(kill_file: str = "cgroup.kill") -> PlainGround:
    """Return a ground whose group nobody else has."""
    return PlainGround(f"creneau-test-{os.getpid()}-{next(_names)}", find_mount(), kill_file)


@contextmanager
def alone_on_the_machine() -> Iterator[None]:
    """Keep other test runs away from what a machine has once: terminals, the gate's own group."""
    with Path("/run/creneau-tests.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def find_python() -> str:
    """Return an interpreter that any account may run; a developer's own may lie in their home."""
    for name in (shutil.which("python3", path="/usr/bin:/usr/local/bin"), sys.executable):
        if name is not None and _all_may_reach(Path(name).resolve()):
            return name
    pytest.skip("no interpreter here can be run by another account")


def _all_may_reach(path: Path) -> bool:
    return all(one.stat().st_mode & 0o001 for one in (path, *path.parents))


def start(
    text: str,
    who: Account = VISITOR,
    place: Place | None = None,
    *,
    arguments: tuple[str, ...] = (),
    environment: Mapping[str, str] | None = None,
    limits: ProcessLimits | None = None,
) -> Child:
    """Start Python code as an account."""
    return spawn(
        Program(
            (find_python(), "-I", "-c", text, *arguments),
            who,
            {"PATH": "/usr/bin:/bin", **(environment or {})},
            place or Place(),
            limits,
        )
    )


def wait_for(condition: Callable[[], bool], what: str = "it", seconds: float = 20.0) -> None:
    """Wait until a condition holds."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, f"{what} did not happen within {seconds:.0f} seconds"
        time.sleep(0.005)


STUBBORN = """
import os, signal, time
for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
    signal.signal(number, signal.SIG_IGN)
for _ in range({count}):
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            time.sleep(600)
        os._exit(0)
time.sleep(600)
"""
"""Ignores what asks, forks twice, leaves its session."""

COMET = """
import os
while True:
    if os.fork():
        os._exit(0)
"""
"""Forks and dies for ever: whoever lists the processes never meets the one that lives."""
