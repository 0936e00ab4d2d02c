"""The gate's socket: who may connect, and never waiting for any of them.

A peer is known by the uid that the kernel saw at its connect, whatever it calls itself. One that
sends half a frame, or nothing at all, is dropped after a moment; so is one that asks and does not
read. Facts are told to a follower as fast as it reads them.
"""

import logging
import os
import socket
import stat
import struct
from contextlib import suppress
from pathlib import Path

from kiosk.gate.answer import Refused
from kiosk.gate.clock import Clock
from kiosk.gate.loop import READ, WRITE, Loop
from kiosk.gate.power import Power
from kiosk.gate.protocol import (
    AskInvalid,
    FollowAsk,
    FrameInvalid,
    Frames,
    dump_answer,
    dump_told,
    load_ask,
)
from kiosk.gate.service import Gate
from kiosk.gate.verb import carry_out

MOST_PEERS = 8
BACKLOG = 256
ACCEPTED_A_TURN = 64
ACCEPT_AGAIN_SECONDS = 1.0
FRAME_SECONDS = 5.0
"""A frame that has begun is whole by then, and the first one of a connection as well."""

READ_BYTES = 4096
MOST_UNREAD_BYTES = 64 * 1024
"""A peer that lets more replies than this wait has stopped reading."""

FACTS_AT_ONCE = 32

_CREDENTIALS = struct.Struct("iII")

_log = logging.getLogger(__name__)


def open_listener(path: Path, group: int) -> socket.socket:
    """Return the socket at `path`, for root and this group alone.

    The caller holds the journal: whatever socket stands at `path` belongs to a gate that is gone.

    Raises:
        OSError: it cannot be made.
    """
    path.parent.mkdir(mode=0o750, parents=True, exist_ok=True)
    with suppress(FileNotFoundError):
        if stat.S_ISSOCK(path.lstat().st_mode):
            path.unlink()
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM | socket.SOCK_NONBLOCK)
    try:
        old = os.umask(0o177)
        try:
            listener.bind(str(path))
        finally:
            os.umask(old)
        os.chown(path, -1, group)
        path.chmod(0o660)
        listener.listen(BACKLOG)
    except OSError:
        listener.close()
        raise
    return listener


def peer_uid(peer: socket.socket) -> int:
    """Return the uid that had the other end when it connected, as this namespace names it."""
    raw = peer.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, _CREDENTIALS.size)
    _, uid, _ = _CREDENTIALS.unpack(raw)
    return int(uid)


class Server:
    """Serves the gate's verbs to peers of the allowed uids."""

    def __init__(
        self,
        listener: socket.socket,
        loop: Loop,
        gate: Gate,
        clock: Clock,
        power: Power,
        uids: frozenset[int],
    ) -> None:
        self._listener = listener
        self._loop = loop
        self._gate = gate
        self._clock = clock
        self._power = power
        self._uids = uids
        self._peers: list[_Peer] = []
        self._refused = 0
        self._listens = True
        self._listen_at: float | None = None
        loop.watch(listener, READ, self._accept)

    def next_deadline(self) -> float | None:
        """Return when the next frame is late, or the door opens again."""
        due = [peer.due for peer in self._peers]
        return min((one for one in (*due, self._listen_at) if one is not None), default=None)

    def tick(self) -> None:
        """Drop who is late, and tell the followers what is new."""
        now = self._clock.boot_seconds()
        if self._listen_at is not None and now >= self._listen_at:
            self._open_door()
        for peer in list(self._peers):
            if peer.due is not None and now >= peer.due:
                self._drop(peer, "too slow")
            else:
                self._tell(peer)

    def close(self) -> None:
        """Let everybody go."""
        for peer in list(self._peers):
            self._drop(peer, "the gate closes")
        self._shut_door()
        self._listener.close()

    def _accept(self, _events: int) -> None:
        """Take who waits, while there are places; the kernel keeps the others until one is free."""
        for _ in range(ACCEPTED_A_TURN):
            if len(self._peers) >= MOST_PEERS:
                self._shut_door()
                return
            try:
                one, _ = self._listener.accept()
            except BlockingIOError:
                return
            except OSError as error:
                # It stands before the door still: asking again at once would only make heat.
                _log.warning("a connection was not accepted: errno %s", error.errno)
                self._shut_door()
                self._listen_at = self._clock.boot_seconds() + ACCEPT_AGAIN_SECONDS
                return
            self._take(one)

    def _take(self, one: socket.socket) -> None:
        uid = peer_uid(one)
        if uid not in self._uids:
            one.close()
            self._refused += 1
            # The log does not grow with the patience of an attacker.
            if self._refused & (self._refused - 1) == 0:
                _log.warning("connections refused so far: %d, now uid %d", self._refused, uid)
            return
        one.setblocking(False)
        peer = _Peer(one, self._clock.boot_seconds() + FRAME_SECONDS)
        self._peers.append(peer)
        self._loop.watch(one, READ, lambda events: self._on_ready(peer, events))

    def _on_ready(self, peer: "_Peer", events: int) -> None:
        try:
            if events & READ:
                self._read(peer)
            self._send(peer)
        except (FrameInvalid, OSError) as error:
            self._drop(peer, str(error))

    def _read(self, peer: "_Peer") -> None:
        try:
            data = peer.socket.recv(READ_BYTES)
        except BlockingIOError:
            return
        if not data:
            raise ConnectionResetError("it has gone")
        frames = peer.frames.feed(data)
        for frame in frames:
            self._answer(peer, frame)
        if not peer.frames.partial:
            peer.due = None
        elif frames or peer.due is None:
            peer.due = self._clock.boot_seconds() + FRAME_SECONDS

    def _answer(self, peer: "_Peer", frame: bytes) -> None:
        try:
            number, ask = load_ask(frame)
        except AskInvalid as error:
            peer.waiting += dump_answer(error.number, Refused(error.code))
            return
        reply = carry_out(self._gate, self._power, number, ask)
        # Whoever hears the answer has heard what it rests on.
        self._add_facts(peer)
        peer.waiting += reply
        if isinstance(ask, FollowAsk):
            peer.followed = ask.after_n

    def _tell(self, peer: "_Peer") -> None:
        while peer in self._peers and not peer.waiting and self._add_facts(peer):
            self._on_ready(peer, 0)

    def _add_facts(self, peer: "_Peer") -> bool:
        """Add some of the facts that a follower was not told yet; tell whether there were any."""
        if peer.followed is None:
            return False
        facts = self._gate.facts_after(peer.followed)[:FACTS_AT_ONCE]
        for fact in facts:
            peer.waiting += dump_told(fact)
            peer.followed = fact.number
        return bool(facts)

    def _send(self, peer: "_Peer") -> None:
        if peer.waiting:
            with suppress(BlockingIOError):
                del peer.waiting[: peer.socket.send(peer.waiting)]
        if len(peer.waiting) > MOST_UNREAD_BYTES:
            raise FrameInvalid("it does not read")
        writing = bool(peer.waiting)
        if writing is not peer.writing:
            peer.writing = writing
            events = READ | WRITE if writing else READ
            self._loop.watch(peer.socket, events, lambda came: self._on_ready(peer, came))

    def _drop(self, peer: "_Peer", why: str) -> None:
        _log.info("a connection ends: %s", why)
        self._peers.remove(peer)
        self._loop.forget(peer.socket)
        peer.socket.close()
        self._open_door()

    def _open_door(self) -> None:
        self._listen_at = None
        if not self._listens:
            self._listens = True
            self._loop.watch(self._listener, READ, self._accept)

    def _shut_door(self) -> None:
        if self._listens:
            self._listens = False
            self._loop.forget(self._listener)


class _Peer:
    """One connection.

    Attributes:
        due: boot second at which it is late, None while it owes nothing.
        followed: number of the newest fact that it was told, None while it does not follow.
        waiting: what it has not read yet.
        writing: whether the loop waits for it to read.
    """

    def __init__(self, peer: socket.socket, due: float) -> None:
        self.socket = peer
        self.frames = Frames()
        self.due: float | None = due
        self.followed: int | None = None
        self.waiting = bytearray()
        self.writing = False
