"""What the end of a group leaves: programs started elsewhere, spooled files, shared memory.

The visitor's account is swept, never a name of a program. Files are removed one by one, by name, in
folders that the visitor does not own: root never walks through a tree that a visitor made.
"""

import logging
import os
import re
import signal
import stat
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from kiosk.gate import kernel
from kiosk.gate.child import fork
from kiosk.gate.drop import Account

SPOOLS = tuple(
    map(
        Path,
        (
            "/dev/mqueue",
            "/dev/shm",
            "/run/lock",
            "/tmp",
            "/var/crash",
            "/var/lib/systemd/linger",
            "/var/mail",
            "/var/spool/at",
            "/var/spool/cron/atjobs",
            "/var/spool/cron/crontabs",
            "/var/tmp",
        ),
    )
)
"""Where a program outside the session can have left a visitor's file."""

PRINT_SECONDS = 2.0
STRIKE_SECONDS = 0.2
_LOOK_AGAIN_SECONDS = 0.002
_PROCESSES = "/proc"
_STATE = re.compile(rb"^State:\t(.)", re.MULTILINE)
_UIDS = re.compile(rb"^Uid:\t(.*)$", re.MULTILINE)
_DEAD = (b"Z", b"X")
CANCEL = "/usr/bin/cancel"
_IPC = Path("/proc/sysvipc")

_log = logging.getLogger(__name__)


def find_processes(uids: Sequence[int]) -> set[int]:
    """Return the living processes with one of these accounts as real, effective or saved one."""
    wanted = {str(one).encode() for one in uids}
    with os.scandir(_PROCESSES) as entries:
        names = [one.name for one in entries if one.name.isdigit()]
    return {int(one) for one in names if _wears(one, wanted)}


def _wears(pid: str, wanted: set[bytes]) -> bool:
    try:
        status = Path(_PROCESSES, pid, "status").read_bytes()
    except (FileNotFoundError, ProcessLookupError):
        return False
    state = _STATE.search(status)
    numbers = _UIDS.search(status)
    if state is None or numbers is None:
        # It ended between two lines.
        return False
    return state[1] not in _DEAD and not wanted.isdisjoint(numbers[1].split())


def kill_accounts(accounts: Sequence[Account], seconds: float) -> set[int]:
    """Kill every process of some accounts, whatever they fork meanwhile; return what was seen.

    Raises:
        OSError: no child can be made to do it.
    """
    deadline = time.monotonic() + seconds
    wanted = {str(one.uid).encode() for one in accounts}
    seen: set[int] = set()
    # The first blow takes also what no list shows: the children of an account in a namespace of
    # its own, which wear another number.
    for account in accounts:
        strike(account)
    while left := find_processes([one.uid for one in accounts]):
        seen |= left
        if time.monotonic() >= deadline:
            break
        for account in accounts:
            strike(account)
        for pid in left:
            _kill_one(pid, wanted)
        time.sleep(_LOOK_AGAIN_SECONDS)
    return seen


def _kill_one(pid: int, wanted: set[bytes]) -> None:
    """Kill a process as root, whom nobody stops; its number may be another's by now."""
    try:
        held = os.pidfd_open(pid)
    except OSError:
        return
    try:
        if _wears(str(pid), wanted):
            signal.pidfd_send_signal(held, signal.SIGKILL)
    except ProcessLookupError:
        pass
    finally:
        os.close(held)


def strike(account: Account) -> None:
    """Let a child become the account and kill all that it may kill; it alone is spared.

    Raises:
        OSError: no child can be made.
    """
    child = fork(lambda: _strike_as(account))
    try:
        child.wait(STRIKE_SECONDS)
    except TimeoutError:
        # One of those that it was to kill has stopped it.
        child.kill()
        with suppress(TimeoutError):
            child.wait(STRIKE_SECONDS)


def _strike_as(account: Account) -> None:  # pragma: no cover - in a child
    os.setgroups([])
    os.setresgid(account.gid, account.gid, account.gid)
    os.setresuid(account.uid, account.uid, account.uid)
    # At once: until then the others may stop it.
    with suppress(ProcessLookupError):
        os.kill(-1, signal.SIGKILL)
    with suppress(OSError):  # a container may forbid keyrings: then there are none
        kernel.clear_keyrings()


def remove_spooled(account: Account, spools: Sequence[Path] = SPOOLS) -> int:
    """Remove the visitor's files that stand directly in these folders; return how many."""
    removed = 0
    for folder in spools:
        try:
            removed += _remove_in(folder, account)
        except OSError as error:
            _log.warning("a spool folder is not swept: errno %s", error.errno)
    return removed


def _remove_in(folder: Path, account: Account) -> int:
    try:
        inside = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    except (FileNotFoundError, NotADirectoryError):
        return 0
    removed = 0
    try:
        if os.fstat(inside).st_uid == account.uid:
            return 0
        for name in os.listdir(inside):  # noqa: PTH208 - by descriptor, which no link can swap
            with suppress(FileNotFoundError):
                found = os.stat(name, dir_fd=inside, follow_symlinks=False)
                if stat.S_ISDIR(found.st_mode) or not is_left_by(account, name, found.st_uid):
                    continue
                os.unlink(name, dir_fd=inside)
                removed += 1
    finally:
        os.close(inside)
    return removed


def is_left_by(account: Account, name: str, owner: int) -> bool:
    """Tell whether a file is a visitor's, by its owner or by the name that a spool gives it."""
    return owner == account.uid or bool(account.name and name == account.name)


def find_ipc(kind: str, uid: int) -> Iterator[int]:
    """Return the numbers of an account's System V objects: of kind `shm`, `msg` or `sem`."""
    try:
        head, *rows = (_IPC / kind).read_text("ascii").splitlines()
    except FileNotFoundError:
        return
    columns = head.split()
    owner, maker = columns.index("uid"), columns.index("cuid")
    for row in rows:
        fields = row.split()
        if str(uid) in {fields[owner], fields[maker]}:
            yield int(fields[1])


_REMOVERS: tuple[tuple[str, Callable[[int], None]], ...] = (
    ("shm", kernel.remove_shared_memory),
    ("msg", kernel.remove_message_queue),
    ("sem", kernel.remove_semaphores),
)


def remove_ipc(uid: int) -> int:
    """Remove an account's System V objects of the machine itself; return how many."""
    removed = 0
    for kind, remove in _REMOVERS:
        for number in find_ipc(kind, uid):
            try:
                remove(number)
                removed += 1
            except OSError as error:
                _log.warning("shared memory is not removed: errno %s", error.errno)
    return removed


def cancel_print_jobs(account: Account, program: str = CANCEL) -> None:
    """Take the visitor's documents out of the print queues, and out of their history."""
    if not account.name or not Path(program).is_file():
        return
    try:
        subprocess.run(
            [program, "-a", "-x", "-u", account.name],
            env={},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=PRINT_SECONDS,
            check=True,
        )
    except (OSError, subprocess.SubprocessError) as error:
        _log.warning("print jobs are not cancelled: %s", type(error).__name__)
