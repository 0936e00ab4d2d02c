"""Starting a program as somebody who may do less: the only way out of the gate's own rights.

The child does all of it between fork and exec, in the order that leaves no way back: its group
while it is root, the session's namespaces, its limits, its account, and the promise to gain no
rights. The gate has one thread, so nothing that another one holds can be missing there.

From the moment that the child wears its account, whoever shares that account may stop it. The gate
waits for it until then, and after that no longer than a program takes that nobody holds up.
"""

import os
import resource
import select
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from kiosk.gate import kernel
from kiosk.gate.child import Child, fork

BEGIN_SECONDS = 0.2
"""So long a program may take to begin once it wears its account; it may be stopped, not slow."""

_END_SECONDS = 1.0
_LONGEST_COMPLAINT = 500
_ON_ITS_OWN = b"\0"
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
    """What is started, as whom and where. Nothing of the gate's own variables comes along.

    Attributes:
        arguments: its path, and what it is told.
        account: as whom; a gate that is not root can start a program as itself alone.
        environment: all the variables that it gets.
        place: where.
        limits: what the kernel counts for it, None for one of our own.
        descriptors: what it is given of the gate's open files.
        speaks: whether what it says goes where the gate's own words go, or nowhere.
    """

    arguments: Sequence[str]
    account: Account
    environment: Mapping[str, str] = field(default_factory=dict)
    place: Place = field(default_factory=Place)
    limits: ProcessLimits | None = None
    descriptors: tuple[int, ...] = ()
    speaks: bool = False


def spawn(program: Program, prepare: Callable[[], None] | None = None) -> Child:
    """Start a program; when this returns, it wears its account.

    Args:
        program: what to start.
        prepare: what the child does as root once it stands in its group.

    Raises:
        SpawnFailed: at any step; then nothing runs.
    """
    hearing, telling = os.pipe()
    try:
        try:
            child = fork(
                lambda: _become(program, prepare, telling), (telling, *program.descriptors)
            )
        except OSError as error:
            raise SpawnFailed(f"fork: {error.strerror}") from error
        finally:
            os.close(telling)
        complaint = _hear_complaint(hearing)
    finally:
        os.close(hearing)
    if complaint:
        with suppress(TimeoutError):  # one that does not end by this is found by its account
            child.kill()
            child.wait(_END_SECONDS)
        raise SpawnFailed(complaint)
    return child


def _hear_complaint(hearing: int) -> str:
    """Return what went wrong in a child, empty where nothing did, or where somebody holds it up."""
    told = os.read(hearing, len(_ON_ITS_OWN))
    if not told:
        return "it ended before it wore its account"
    if told == _ON_ITS_OWN:
        told = b""
        if not select.select([hearing], [], [], BEGIN_SECONDS)[0]:
            return ""
    return (told + os.read(hearing, _LONGEST_COMPLAINT)).decode("utf-8", "replace")


def _become(  # pragma: no cover - in a child
    program: Program, prepare: Callable[[], None] | None, telling: int
) -> None:
    try:
        os.setsid()
        _redirect(program)
        _settle(program.place)
        if prepare is not None:
            prepare()
        _shrink(program, telling)
        _turn_into(program)
    except (OSError, ValueError) as error:
        os.write(telling, str(error).encode("utf-8", "replace")[:_LONGEST_COMPLAINT])


def _turn_into(program: Program) -> None:  # pragma: no cover - in a child
    words = list(program.arguments)
    try:
        os.execvpe(words[0], words, dict(program.environment))  # noqa: S606 - the very purpose
    except OSError as error:
        raise OSError(f"exec: {error.strerror}") from error


def _redirect(program: Program) -> None:  # pragma: no cover - in a child
    nowhere = os.open(os.devnull, os.O_RDWR)
    for one in (0,) if program.speaks else (0, 1, 2):
        os.dup2(nowhere, one)
    os.close(nowhere)
    for one in program.descriptors:
        os.set_inheritable(one, True)


def _settle(place: Place) -> None:  # pragma: no cover - in a child
    if place.door is not None:
        place.door.write_text("0", "ascii")
    # All are opened before one is entered: the next may not be seen from there.
    for descriptor in [os.open(one, os.O_RDONLY) for one in place.namespaces]:
        kernel.enter_namespace(descriptor)
        os.close(descriptor)


def _shrink(program: Program, telling: int) -> None:  # pragma: no cover - in a child
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
    kernel.forbid_privileges()
    if os.geteuid() == 0:
        Path("/proc/self/oom_score_adj").write_text(score, "ascii")
        os.setgroups(account.groups)
    os.setresgid(account.gid, account.gid, account.gid)
    os.write(telling, _ON_ITS_OWN)
    os.setresuid(account.uid, account.uid, account.uid)
    with suppress(OSError):  # a container may forbid keyrings: then there is none to inherit
        kernel.join_new_keyring()
    os.chdir(program.place.folder)
