"""One hub process for one database file."""

import fcntl
import os
from pathlib import Path
from types import TracebackType
from typing import Self


class StoreInUse(RuntimeError):
    """Another hub process serves this database file."""


class StoreLock:
    """Held while a hub serves a database file; the system lets go of it when the process dies.

    Args:
        database: the file of the database; the lock stands beside it.
    """

    def __init__(self, database: Path) -> None:
        self._path = database.with_name(database.name + ".lock")
        self._descriptor: int | None = None

    def __enter__(self) -> Self:
        """Take the lock.

        Raises:
            StoreInUse: another process has it.
        """
        descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
            raise StoreInUse(f"another hub serves {self._path.with_suffix('')}") from None
        self._descriptor = descriptor
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Let go of the lock; the empty file stays, so that nobody locks a removed one."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None
