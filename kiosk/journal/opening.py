"""How a journal is opened so that a station always starts: a damaged file is set aside, never lost.

The numbers of a new journal begin at the seconds since 1970, far above any that one before it can
have given: the hub never meets one number twice from a station, whatever became of its disk.
"""

import logging
import os
from collections.abc import Callable
from datetime import datetime
from itertools import count
from pathlib import Path

from kiosk.journal.opened import JournalFailed, Trouble
from kiosk.journal.store import Store

_log = logging.getLogger(__name__)

_PARTS = ("-wal", "-shm", "-journal", "")
"""A log without its database would be read into the next one: the database goes last."""

OpenStore = Callable[[Path, int], Store]
"""Opens the database at a path; one that is begun numbers its first event so."""


def open_journal(
    path: Path, now: datetime, tell: Callable[[Path], None], open_store: OpenStore = Store
) -> Store:
    """Open the journal at `path`, or begin a new one in the place of a damaged one.

    Args:
        path: the file; its folder is made when missing.
        now: the stamp for the name of a damaged file, aware UTC.
        tell: called with the place where a damaged file stands now.
        open_store: opens the database itself.

    Raises:
        JournalFailed: the disk refuses, another program holds the file, or it is of a newer
            version.
    """
    _make_folder(path.parent)
    if os.path.lexists(path) and not (path.is_file() and os.access(path, os.R_OK | os.W_OK)):
        _log.error("the journal is no file that may be read and written: it is set aside")
        return begin_again(path, now, tell, open_store)
    try:
        return open_store(path, _first_seq(now))
    except JournalFailed as failure:
        if failure.trouble is not Trouble.DAMAGED:
            raise
        _log.error("the journal cannot be read and is set aside: %s", failure)
    return begin_again(path, now, tell, open_store)


def begin_again(
    path: Path, now: datetime, tell: Callable[[Path], None], open_store: OpenStore = Store
) -> Store:
    """Set the file at `path` aside, tell where it stands, and begin a new journal.

    Raises:
        JournalFailed: the disk refuses.
    """
    try:
        aside = _set_aside(path, now)
    except OSError as error:
        raise JournalFailed.by_system(error) from error
    tell(aside)
    return open_store(path, _first_seq(now))


def _first_seq(now: datetime) -> int:
    return max(1, int(now.timestamp()))


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise JournalFailed.by_system(error) from error


def _set_aside(path: Path, now: datetime) -> Path:
    stamp = now.isoformat(timespec="seconds").replace(":", "").replace("+0000", "Z")
    name = f"{path.name}.damaged-{stamp}"
    places = (path.with_name(name if n == 1 else f"{name}-{n}") for n in count(1))
    aside = next(place for place in places if not place.exists())
    for part in _PARTS:
        piece = path.with_name(path.name + part)
        if os.path.lexists(piece):
            piece.rename(aside.with_name(aside.name + part))
    folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
    return aside
