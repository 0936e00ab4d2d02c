"""The gate's record on disk: append-only lines, each on the disk before it is acted upon.

Life cycle: `Journal.open` reads it, cuts off a line that a crash tore, and copies what is damaged
into a file beside it (`….damaged-1`); the damaged part leaves the journal together with the first
facts written after it, in one atomic step, so that no crash can hide the damage. `compact` rewrites
it, also atomically, without old facts and signs of life.
"""

import fcntl
import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from itertools import count
from pathlib import Path

from kiosk.gate.clock import Instant
from kiosk.gate.damage import Damage
from kiosk.gate.fact import Fact
from kiosk.gate.reading import make_head, make_sign_of_life, make_step, read_journal


class JournalBusy(Exception):
    """Another program holds this journal."""


class JournalFailed(Exception):
    """The disk did not take a line; the journal stands as before."""


class LineFile:
    """An append-only file whose every append is whole and on the disk, or not there.

    Raises:
        OSError: it cannot be opened, or an append did not reach the disk.
    """

    def __init__(self, path: Path, *, fresh: bool = False) -> None:
        flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC
        self._fd = os.open(path, flags | (os.O_TRUNC if fresh else 0), 0o600)
        self._sound = os.fstat(self._fd).st_size
        self._dirty = False

    @property
    def size(self) -> int:
        """The length of what was written whole, in bytes."""
        return self._sound

    def append(self, data: bytes) -> None:
        """Write `data` behind the rest and wait until the disk has it."""
        if self._dirty:
            self.cut(self._sound)
        self._dirty = True
        try:
            self.write(data)
            os.fdatasync(self._fd)
        except OSError:
            with suppress(OSError):  # it stays marked as dirty, and is cut before the next append
                self.cut(self._sound)
            raise
        self._sound += len(data)
        self._dirty = False

    def write(self, data: bytes) -> None:
        """Hand all of `data` to the system."""
        while data:
            data = data[os.write(self._fd, data) :]

    def cut(self, size: int) -> None:
        """Cut the file back to its first `size` bytes."""
        os.ftruncate(self._fd, size)
        os.fsync(self._fd)
        self._sound, self._dirty = size, False

    def close(self) -> None:
        """Give the file back."""
        os.close(self._fd)


OpenFile = Callable[..., LineFile]
"""`LineFile`, or one that a test can make fail."""


class Journal:
    """The facts told so far, and the moment of the last sign of life.

    Made by `Journal.open`. `damage` and `torn` say what was wrong with the file.
    """

    def __init__(
        self, path: Path, lock: int, new_id: Callable[[], str], open_file: OpenFile
    ) -> None:
        self._path = path
        self._lock = lock
        self._open_file = open_file
        fresh = not path.exists()
        data = b"" if fresh else path.read_bytes()
        reading = read_journal(data)
        self.journal_id = reading.journal_id or new_id()
        self.last_alive = reading.last_alive
        self.torn = reading.torn
        self.damage: Damage | None = None
        self._facts = list(reading.facts)
        self._dropped = reading.dropped
        if fresh:
            self._file = self._put_in_place(make_head(self.journal_id, 0))
            _sync_folder(path.parent)
            return
        if reading.damaged:
            self._set_aside(data[reading.good_bytes :])
            self.damage = Damage(self.number, reading.floor, len(data) - reading.good_bytes)
        self._file = open_file(path)
        if reading.torn:
            self._file.cut(reading.good_bytes)

    @classmethod
    def open(
        cls, path: Path, new_id: Callable[[], str], open_file: OpenFile = LineFile
    ) -> "Journal":
        """Open the journal at `path`, or begin one there under the name that `new_id` gives.

        Raises:
            JournalBusy: another program holds it.
            JournalFailed: the disk refuses.
        """
        try:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            lock = os.open(f"{path}.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError as error:
            raise JournalFailed(str(error)) from error
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return cls(path, lock, new_id, open_file)
        except BaseException as error:
            os.close(lock)
            if isinstance(error, BlockingIOError):
                raise JournalBusy(str(path)) from error
            if isinstance(error, OSError):
                raise JournalFailed(str(error)) from error
            raise

    @property
    def facts(self) -> tuple[Fact, ...]:
        """The facts that it keeps, oldest first."""
        return tuple(self._facts)

    @property
    def dropped(self) -> int:
        """The number before the oldest fact that it can still tell."""
        return self._dropped

    @property
    def number(self) -> int:
        """The number of the newest fact on the disk."""
        return self._facts[-1].number if self._facts else self._dropped

    @property
    def size(self) -> int:
        """The length of the file, in bytes."""
        return self._file.size

    def append(self, facts: Sequence[Fact]) -> None:
        """Write the facts of one step: all of them are in the journal afterwards, or none.

        Raises:
            JournalFailed: the disk refuses; `number` tells whether they are in.
        """
        try:
            if self.damage is None:
                self._file.append(make_step(facts))
                self._facts += facts
            else:
                self._rewrite([*self._facts, *facts], self._dropped)
        except OSError as error:
            raise JournalFailed(str(error)) from error

    def note_alive(self, slot_id: str, used_seconds: float, at: Instant) -> None:
        """Write how far the slot has come.

        Raises:
            JournalFailed: the disk refuses.
        """
        try:
            self._file.append(make_sign_of_life(slot_id, used_seconds, at))
        except OSError as error:
            raise JournalFailed(str(error)) from error

    def compact(self, keep_after: int) -> None:
        """Forget the signs of life, and the facts up to the number `keep_after`.

        Only for an idle gate: what is kept must tell no half of a slot that still runs.

        Raises:
            JournalFailed: the disk refuses; the journal stands as before.
        """
        kept = [fact for fact in self._facts if fact.number > keep_after]
        dropped = self._dropped
        if len(kept) < len(self._facts):
            dropped = self._facts[-len(kept) - 1].number
        try:
            self._rewrite(kept, dropped)
        except OSError as error:
            raise JournalFailed(str(error)) from error

    def close(self) -> None:
        """Give the file and its lock back; what it says stays."""
        self._file.close()
        os.close(self._lock)

    def _rewrite(self, facts: Sequence[Fact], dropped: int) -> None:
        steps = b"".join(make_step([fact]) for fact in facts)
        file = self._put_in_place(make_head(self.journal_id, dropped) + steps)
        self._file.close()
        self._file = file
        self._facts, self._dropped, self.damage = list(facts), dropped, None
        _sync_folder(self._path.parent)

    def _put_in_place(self, data: bytes) -> LineFile:
        """Write a new file and put it in the journal's place in one step."""
        place = self._path.with_name(f"{self._path.name}.new")
        file = self._open_file(place, fresh=True)
        try:
            file.append(data)
            place.replace(self._path)
        except BaseException:
            file.close()
            raise
        return file

    def _set_aside(self, rest: bytes) -> None:
        names = (f"{self._path.name}.damaged-{number}" for number in count(1))
        place = next(place for name in names if not (place := self._path.with_name(name)).exists())
        file = self._open_file(place, fresh=True)
        try:
            file.append(rest)
        finally:
            file.close()
        _sync_folder(self._path.parent)


def _sync_folder(folder: Path) -> None:
    fd = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)
