"""A small process of root for each USB key: it mounts the key in the session, and lets it go again.

A key may hang, or take a minute to write what it was given: the gate, which counts the time, waits
for none of it. The slow half of a mount is made outside the session, so that a key that hangs holds
nothing of it. Afterwards this process holds the key as well: the session ends at once, and what its
visitor wrote still gets onto the key, however long that takes.

The gate's words are one byte each, and so are the answers. When the gate is gone, or says nothing
more, the last is written and the process ends.
"""

import errno
import os
import signal
import socket
import stat
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from kiosk.gate import kernel
from kiosk.gate.disk import Source
from kiosk.gate.drop import Account

LET_GO = b"l"
PULLED = b"p"
READY = b"r"
BUSY = b"b"
OUT = b"o"
UNREADABLE = b"u"

KINDS: MappingProxyType[str, bool] = MappingProxyType(
    {"vfat": True, "exfat": True, "ntfs3": True, "ext4": False}
)
"""The file systems that may be opened, and whether all files of one belong to its visitor."""

COMMON_KINDS = ("vfat", "exfat", "ntfs3")
"""Those of the keys that people have. Where files have owners, what may be written is theirs."""

_FLAGS = kernel.NO_SETUID | kernel.NO_DEVICES | kernel.NO_PROGRAMS
_PROTECTED = (errno.EROFS, errno.EACCES)
_SOME = TypeVar("_SOME")


@dataclass(frozen=True, slots=True)
class KeyJob:
    """Which key is mounted, as what, and where.

    Attributes:
        sources: what may hold its file system, in this order; the first that does is mounted.
        kinds: the file systems that root allows, in the order in which they are tried.
        visitor: whose files are those of a file system that knows no owners.
        namespace: the session's view of the machine.
        folder: where the key appears in it; its parent belongs to root.
    """

    sources: tuple[Source, ...]
    kinds: tuple[str, ...]
    visitor: Account
    namespace: Path
    folder: Path


def start_keeper(job: KeyJob) -> tuple[int, socket.socket]:
    """Start the process of a key; return its number and what speaks with it, without waiting.

    Raises:
        OSError: there can be no further process.
    """
    ours, theirs = socket.socketpair()
    try:
        number = os.fork()
        if number == 0:
            _live(job, theirs)
    except OSError:
        ours.close()
        raise
    finally:
        theirs.close()
    ours.setblocking(False)
    return number, ours


def _live(job: KeyJob, link: socket.socket) -> None:  # pragma: no cover - in a process of its own
    """Be that process, to its end: nothing of the gate's may come back here."""
    code = 1
    try:
        _leave_the_gate(link)
        KeyKeeper(job, link).run()
        code = 0
    finally:
        os._exit(code)


def _leave_the_gate(link: socket.socket) -> None:  # pragma: no cover - in a process of its own
    """Hold nothing of the gate: its journal and its socket are free when it ends."""
    signal.set_wakeup_fd(-1)
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGCHLD):
        signal.signal(number, signal.SIG_DFL)
    os.closerange(3, link.fileno())
    os.closerange(link.fileno() + 1, os.sysconf("SC_OPEN_MAX"))
    Path("/proc/self/oom_score_adj").write_text("0", "ascii")


class KeyKeeper:
    """Mounts one key, and serves the gate's words about it."""

    def __init__(self, job: KeyJob, link: socket.socket) -> None:
        self._job = job
        self._link = link
        self._home = os.open("/proc/self/ns/mnt", os.O_RDONLY)
        self._session: int | None = None

    def run(self) -> None:
        """Mount the key, and hold it until it is let go of."""
        try:
            held = self._mount()
        except OSError:
            self._say(UNREADABLE)
            return
        self._say(READY)
        while (word := self._hear()) == LET_GO:
            with suppress(OSError):  # pulled out in that moment: there is nobody to write to
                kernel.sync_files(held)
            os.close(held)
            try:
                self._inside(self._take_away)
            except OSError as error:
                if error.errno != errno.EBUSY:
                    return
                held = self._inside(self._open)
                self._say(BUSY)
                continue
            self._say(OUT)
            return
        with suppress(OSError):
            if word == PULLED:
                self._inside(lambda: self._take_away(kernel.AT_ONCE))
            else:
                kernel.sync_files(held)

    def _mount(self) -> int:
        """Return the open folder of the key, mounted now or by the keeper of an earlier gate."""
        taken_up = self._inside(self._find)
        if taken_up is not None:
            return taken_up
        mount = self._make()
        held = os.open(f"/proc/self/fd/{mount}", os.O_RDONLY | os.O_DIRECTORY)
        self._inside(lambda: self._attach(mount))
        os.close(mount)
        return held

    def _make(self) -> int:
        for source in self._job.sources:
            about = source.path.stat()
            if not stat.S_ISBLK(about.st_mode) or about.st_rdev != source.number:
                continue
            for kind in self._job.kinds:
                for read_only in (False, True):
                    try:
                        return kernel.make_mount(
                            kind, str(source.path), self._options(kind), _FLAGS, read_only=read_only
                        )
                    except OSError as error:
                        if error.errno not in _PROTECTED:
                            break
        raise OSError(errno.EMEDIUMTYPE, "nothing that is opened here")

    def _options(self, kind: str) -> dict[str, str]:
        if not KINDS[kind]:
            return {}
        visitor = self._job.visitor
        owned = {"uid": str(visitor.uid), "gid": str(visitor.gid), "fmask": "177", "dmask": "077"}
        return owned | ({"utf8": ""} if kind == "vfat" else {})

    def _find(self) -> int | None:
        folder = self._job.folder
        if not folder.is_mount():
            return None
        if self._is_ours():
            return self._open()
        kernel.unmount(str(folder), kernel.AT_ONCE)
        return None

    def _is_ours(self) -> bool:
        numbers = {one.number for one in self._job.sources}
        return self._job.folder.stat().st_dev in numbers

    def _open(self) -> int:
        return os.open(self._job.folder, os.O_RDONLY | os.O_DIRECTORY)

    def _attach(self, mount: int) -> None:
        self._job.folder.mkdir(exist_ok=True)
        kernel.attach_mount(mount, str(self._job.folder))

    def _take_away(self, flags: int = 0) -> None:
        if self._is_ours():
            kernel.unmount(str(self._job.folder), flags)
            self._job.folder.rmdir()

    def _inside(self, act: Callable[[], _SOME]) -> _SOME:
        """Do something in the session's view, and come back; it is held no longer than that.

        Raises:
            OSError: that session is over, or the kernel refuses.
        """
        door = os.open(self._job.namespace, os.O_RDONLY)
        try:
            number = os.fstat(door).st_ino
            if self._session not in {None, number}:
                raise OSError(errno.ESTALE, "another session")
            self._session = number
            kernel.enter_namespace(door)
        finally:
            os.close(door)
        try:
            return act()
        finally:
            kernel.enter_namespace(self._home)

    def _hear(self) -> bytes:
        try:
            return self._link.recv(1)
        except OSError:
            return b""

    def _say(self, word: bytes) -> None:
        with suppress(OSError):  # the gate is gone; the next one finds the mount
            self._link.send(word)
