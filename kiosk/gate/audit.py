"""The audit after a wipe: what is still there of a visitor. It counts, and notes no name."""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from kiosk.gate.cgroup import MOUNTS, Group
from kiosk.gate.drop import Account
from kiosk.gate.fact import Residue, ResidueReason
from kiosk.gate.sweep import SPOOLS, find_ipc, find_processes, is_left_by

MOST_FILES = 10_000
_WRITABLE_BY_ALL = 0o002


def look_for_residue(
    accounts: Sequence[Account],
    group: Group,
    places: Sequence[Path],
    spools: Sequence[Path] = SPOOLS,
) -> Residue | None:
    """Return the first kind of thing that is left, or None.

    Args:
        accounts: those that live only while a session does.
        group: the session's control group.
        places: folders that exist only inside a session; a mount there is a leak.
        spools: folders of the machine where a visitor's file may lie.
    """
    processes = find_processes([one.uid for one in accounts]) | group.members()
    if processes:
        return Residue(ResidueReason.PROCESSES, len(processes))
    files = sum(1 for account in accounts for _ in _files_of(account, [*spools, *places]))
    shared = sum(
        1 for one in accounts for kind in ("shm", "msg", "sem") for _ in find_ipc(kind, one.uid)
    )
    if left := files + shared + _count_mounts(places):
        return Residue(ResidueReason.FILES, left)
    return None


def _files_of(account: Account, folders: Sequence[Path]) -> Iterator[Path]:
    """Find what an account owns in these folders.

    A folder that is neither theirs nor writable by all can hold nothing of theirs.
    """
    waiting = [one for one in folders if one.is_dir() and not one.is_symlink()]
    found = 0
    while waiting and found < MOST_FILES:
        folder = waiting.pop()
        try:
            entries = list(os.scandir(folder))
        except (FileNotFoundError, NotADirectoryError):
            continue
        for entry in entries:
            try:
                about = entry.stat(follow_symlinks=False)
            except FileNotFoundError:
                continue
            theirs = is_left_by(account, entry.name, about.st_uid)
            if theirs:
                found += 1
                yield Path(entry.path)
            if entry.is_dir(follow_symlinks=False) and (theirs or about.st_mode & _WRITABLE_BY_ALL):
                waiting.append(Path(entry.path))


def _count_mounts(places: Sequence[Path], mounts: Path = MOUNTS) -> int:
    inside = tuple(f"{one}/" for one in places)
    targets = [line.split(" ")[4] for line in mounts.read_text("utf-8").splitlines()]
    return sum(1 for one in targets if f"{one}/".startswith(inside))
