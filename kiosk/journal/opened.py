"""What crosses between the journal's thread and the rest of the program: plain values only."""

import errno
from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Opened:
    """What the journal holds at its start.

    Attributes:
        kept: The value written with the last append, None when there was none.
        next_seq: The number that the next event must carry.
        pending: How many facts still wait to be told to the hub.
    """

    kept: bytes | None
    next_seq: int
    pending: int = 0


class Trouble(StrEnum):
    """Why the database does not take or give what is asked."""

    FULL = "full"
    LOCKED = "locked"
    READ_ONLY = "read_only"
    DAMAGED = "damaged"
    NEWER = "newer"
    DISK = "disk"


class JournalFailed(Exception):
    """The database did not do what was asked; nothing of it was written."""

    def __init__(self, trouble: Trouble, detail: str) -> None:
        """Say why, for programs and for the log."""
        super().__init__(f"{trouble}: {detail}")
        self.trouble = trouble

    @classmethod
    def by_system(cls, error: OSError) -> "JournalFailed":
        """Return the failure behind an error of the operating system."""
        return cls(_BY_SYSTEM.get(error.errno or 0, Trouble.DISK), str(error))


_BY_SYSTEM = {
    errno.ENOSPC: Trouble.FULL,
    errno.EDQUOT: Trouble.FULL,
    errno.EROFS: Trouble.READ_ONLY,
    errno.EACCES: Trouble.READ_ONLY,
    errno.EPERM: Trouble.READ_ONLY,
    errno.EEXIST: Trouble.READ_ONLY,
    errno.ENOTDIR: Trouble.READ_ONLY,
}
