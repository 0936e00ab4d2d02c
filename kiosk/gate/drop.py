"""Starting a program as somebody who may do less: the only way out of the gate's own rights.

The child does all of it between fork and exec, in the order that leaves no way back: its group
while it is root, the session's namespaces, its limits, its account, and the promise to gain no
rights. The gate has one thread, so nothing that another one holds can be missing there.
"""

import os
import resource
import subprocess
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from kiosk.gate import kernel

_LONGEST_COMPLAINT = 500
_TO_DIE_FIRST = "500"
_AS_ANY_OTHER = "0"


class SpawnFailed(Exception):
    """A program could not be started; the message says at which step, and holds no address."""


@dataclass(frozen=True, slots=True)
class Account:
    """An account of this machine.

    Attributes:
        uid: its number.
        gid: the number of its group.
        name: its name, empty where the number has none.
        groups: further groups that its programs need, such as those of sound and graphics.
    """

    uid: int
    gid: int
    name: str = ""
    groups: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class ProcessLimits:
    """What the kernel counts for an account or for each process, with or without controllers."""

    tasks: int = 1024
    open_files: int = 8192


@dataclass(frozen=True, slots=True)
class Place:
    """Where a program runs: the door of its group, and the namespaces of its session."""

    door: Path | None = None
    namespaces: tuple[Path, ...] = ()
    folder: str = "/"


@dataclass(frozen=True, slots=True)
class Program:
    """What is started, as whom and where. Nothing of the gate's own variables comes along."""

    arguments: Sequence[str]
    account: Account
    environment: Mapping[str, str] = field(default_factory=dict)
    place: Place = field(default_factory=Place)
    limits: ProcessLimits | None = None
    descriptors: tuple[int, ...] = ()


def spawn(program: Program, prepare: Callable[[], None] | None = None) -> subprocess.Popen[bytes]:
    """Start a program; when this returns, it runs under its account.

    Args:
        program: what to start.
        prepare: what the child does as root once it stands in its group.

    Raises:
        SpawnFailed: at any step; then nothing runs.
    """
    hearing, telling = os.pipe()
    try:
        return subprocess.Popen(
            list(program.arguments),
            env=dict(program.environment),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            pass_fds=program.descriptors,
            preexec_fn=lambda: _become(program, prepare, telling),  # noqa: PLW1509 - one thread
        )
    except subprocess.SubprocessError as error:
        os.set_blocking(hearing, False)
        told = os.read(hearing, _LONGEST_COMPLAINT).decode("utf-8", "replace")
        raise SpawnFailed(told) from error
    except OSError as error:
        raise SpawnFailed(f"exec: {os.strerror(error.errno or 0)}") from error
    finally:
        os.close(hearing)
        os.close(telling)


def _become(program: Program, prepare: Callable[[], None] | None, telling: int) -> None:
    try:
        _settle(program.place)
        if prepare is not None:
            prepare()
        _shrink(program)
    except (OSError, ValueError) as error:
        os.write(telling, str(error).encode()[:_LONGEST_COMPLAINT])
        raise


def _settle(place: Place) -> None:
    if place.door is not None:
        place.door.write_text("0", "ascii")
    # All are opened before one is entered: the next may not be seen from there.
    for descriptor in [os.open(one, os.O_RDONLY) for one in place.namespaces]:
        kernel.enter_namespace(descriptor)
        os.close(descriptor)


def _shrink(program: Program) -> None:
    account = program.account
    os.umask(0o077)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if program.limits is not None:
        tasks = program.limits.tasks
        files = min(program.limits.open_files, resource.getrlimit(resource.RLIMIT_NOFILE)[1])
        resource.setrlimit(resource.RLIMIT_NPROC, (tasks, tasks))
        resource.setrlimit(resource.RLIMIT_NOFILE, (files, files))
    # Short of memory, the kernel ends a visitor's program before any of ours; and what the gate is
    # spared for its clock, no program gets that it starts.
    score = _AS_ANY_OTHER if program.limits is None else _TO_DIE_FIRST
    Path("/proc/self/oom_score_adj").write_text(score, "ascii")
    kernel.forbid_privileges()
    os.setgroups(account.groups)
    os.setresgid(account.gid, account.gid, account.gid)
    os.setresuid(account.uid, account.uid, account.uid)
    with suppress(OSError):  # a container may forbid keyrings: then there is none to inherit
        kernel.join_new_keyring()
    os.chdir(program.place.folder)
