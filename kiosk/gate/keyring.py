"""The USB keys of a session: which are being opened, which stand open, which may be pulled out."""

import logging
import os
import socket
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from kiosk.gate.disk import Disk
from kiosk.gate.drop import Account
from kiosk.gate.keymount import (
    BUSY,
    LET_GO,
    OUT,
    PULLED,
    READY,
    UNREADABLE,
    KeyJob,
    start_keeper,
)

MOST_KEYS = 4
MEDIA = Path("/media")

_log = logging.getLogger(__name__)


class KeyState(StrEnum):
    """How a key stands that a session has."""

    OPENING = "opening"
    READY = "ready"
    BUSY = "busy"
    LEAVING = "leaving"
    OUT = "out"
    UNREADABLE = "unreadable"


_HEARD = {
    READY: KeyState.READY,
    BUSY: KeyState.BUSY,
    OUT: KeyState.OUT,
    UNREADABLE: KeyState.UNREADABLE,
}
_OPEN = frozenset({KeyState.READY, KeyState.BUSY})


@dataclass(slots=True)
class _Held:
    """A key of the session, and what speaks with its keeper, None once that has ended."""

    folder: Path
    state: KeyState
    link: socket.socket | None

    def is_mounted(self) -> bool:
        """Tell whether it stands in the session."""
        return self.state in {*_OPEN, KeyState.LEAVING}


class Keyring:
    """Opens keys in a session, and lets them go. Nothing here waits for a key.

    Args:
        kinds: the file systems that root allows.
        visitor: whose they are.
        media: where they appear in a session; it belongs to root there.
    """

    def __init__(self, kinds: tuple[str, ...], visitor: Account, media: Path = MEDIA) -> None:
        self._kinds = kinds
        self._visitor = visitor
        self._media = media
        self._held: dict[str, _Held] = {}
        self._children: set[int] = set()

    @property
    def ports(self) -> frozenset[str]:
        """The keys that the session has."""
        return frozenset(self._held)

    @property
    def writing(self) -> int:
        """How many keys of any session are still held, and written."""
        return len(self._children)

    @property
    def folder(self) -> Path | None:
        """What shows the open keys: the folder of the only one, or where all of them are."""
        shown = [one.folder for one in self._held.values() if one.state in _OPEN]
        return None if not shown else shown[0] if len(shown) == 1 else self._media

    def count(self) -> Counter[KeyState]:
        """Return how many keys stand how."""
        return Counter(one.state for one in self._held.values())

    def open(self, disk: Disk, namespace: Path) -> None:
        """Begin to open a key in a session; how it went is heard later."""
        folder = self._free_folder()
        link = None
        if folder is not None:
            job = KeyJob(disk.sources, self._kinds, self._visitor, namespace, folder)
            try:
                number, link = start_keeper(job)
                self._children.add(number)
            except OSError as error:
                _log.warning("a key is not opened: errno %s", error.errno)
        state = KeyState.UNREADABLE if link is None else KeyState.OPENING
        self._held[disk.port] = _Held(folder or self._media, state, link)

    def let_go(self) -> bool:
        """Begin to let go of every open key; tell whether there is one."""
        found = [one for one in self._held.values() if one.state in _OPEN]
        for one in found:
            one.state = KeyState.LEAVING
            self._say(one, LET_GO)
        return bool(found)

    def forget(self, port: str) -> None:
        """Take note that a key was pulled out."""
        one = self._held.pop(port)
        self._say(one, PULLED)
        self._hang_up(one)

    def release(self) -> None:
        """The session is over: what was written still gets onto its keys."""
        for one in self._held.values():
            self._hang_up(one)
        self._held.clear()

    def listen(self) -> None:
        """Take in what the keepers of the keys have said, and bury those that have ended."""
        for one in self._held.values():
            self._hear(one)
        # One whose keeper was killed is mounted still: it is found again when it is opened anew.
        lost = [port for port, one in self._held.items() if one.link is None and one.is_mounted()]
        for port in lost:
            del self._held[port]
        self._children = {one for one in self._children if not _is_over(one)}

    def _free_folder(self) -> Path | None:
        taken = {one.folder for one in self._held.values() if one.link is not None}
        names = ("USB", *(f"USB-{number}" for number in range(2, MOST_KEYS + 1)))
        return next((self._media / name for name in names if self._media / name not in taken), None)

    def _hear(self, one: _Held) -> None:
        if one.link is None:
            return
        try:
            words = one.link.recv(64)
        except BlockingIOError:
            return
        except OSError:
            words = b""
        if words:
            one.state = _HEARD[words[-1:]]
        else:
            self._hang_up(one)
            if one.state is KeyState.OPENING:
                one.state = KeyState.UNREADABLE

    def _say(self, one: _Held, word: bytes) -> None:
        if one.link is not None:
            with suppress(OSError):  # its keeper has ended, which is heard next
                one.link.send(word)

    def _hang_up(self, one: _Held) -> None:
        if one.link is not None:
            one.link.close()
            one.link = None


def _is_over(number: int) -> bool:
    try:
        return os.waitpid(number, os.WNOHANG)[0] != 0
    except ChildProcessError:
        return True
