"""The shell's side of the session face: one socket, one face, and nothing believed of it.

The face stands on the visitor's display and holds the visitor's powers. A peer of another account,
of another slot, or one that says anything it may not say, is turned away; the next may come.
"""

import logging
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from kiosk.shell.face_peer import uid_of
from kiosk.shell.side import for_session
from kiosk.wire.codec import MessageInvalid, decode, encode
from kiosk.wire.face import Snapshot
from kiosk.wire.facelink import Appearance, FaceHello, FaceShown, FromFace, QuietTold
from kiosk.wire.frame import LONGEST, FrameReader, frame

MOST_WAITING = 4
"""Peers that have not said yet which slot they are for."""

HELLO_WAIT_MS = 2000
MOST_UNREAD = 256 * 1024
"""Bytes that a face may leave unread; beyond, only the newest snapshot waits for it."""

MOST_MESSAGES_A_SECOND = 60

_log = logging.getLogger(__name__)


class SocketRefused(RuntimeError):
    """The socket of the session face cannot be made; says where and why."""


class FacePeer(QObject):
    """One connection, from its first byte to its last.

    Signals:
        told: a message, whole and of a known form.
        gone(): it is closed, by whichever side.
    """

    told = Signal(object)
    gone = Signal()

    def __init__(self, socket: QLocalSocket, parent: QObject) -> None:
        super().__init__(parent)
        self._socket = socket
        self._reader = FrameReader()
        self._heard = 0
        self._newest: bytes | None = None
        self._closed = False
        self._second = QTimer(self)
        self._second.setInterval(1000)
        self._second.timeout.connect(self._forget_heard)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.timeout.connect(self.close)
        self._patience.start(HELLO_WAIT_MS)
        socket.setParent(self)
        socket.setReadBufferSize(2 * LONGEST)
        socket.readyRead.connect(self._on_ready)
        socket.bytesWritten.connect(self._on_written)
        socket.disconnected.connect(self.close)

    def send(self, data: bytes) -> None:
        """Send a message; when too much lies unread, it replaces the one that waits."""
        if self._socket.bytesToWrite() > MOST_UNREAD:
            self._newest = data
        else:
            self._socket.write(frame(data))

    def greet(self) -> None:
        """Let it stay: it has said what it is for."""
        self._patience.stop()

    def close(self) -> None:
        """End it; harmless to repeat."""
        if self._closed:
            return
        self._closed = True
        self._second.stop()
        self._patience.stop()
        self._socket.abort()
        self.gone.emit()
        self.deleteLater()

    def _on_ready(self) -> None:
        try:
            for data in self._reader.feed(bytes(self._socket.readAll().data())):
                self._count()
                self.told.emit(decode(data, FromFace))
                if self._closed:
                    return
        except MessageInvalid:
            _log.warning("a session face said what it may not say; it is turned away")
            self.close()

    def _count(self) -> None:
        self._heard += 1
        if not self._second.isActive():
            self._second.start()
        if self._heard > MOST_MESSAGES_A_SECOND:
            message = "more messages than a hand can give"
            raise MessageInvalid(message)

    def _forget_heard(self) -> None:
        if self._heard == 0:
            self._second.stop()
        self._heard = 0

    def _on_written(self) -> None:
        if self._newest is not None and self._socket.bytesToWrite() == 0:
            newest, self._newest = self._newest, None
            self._socket.write(frame(newest))


class FaceServer(QObject):
    """Listens for the session face and speaks with the one of the running slot.

    Life cycle: `listen`, then `show` at each change; `close` takes the socket away.

    Args:
        path: where the socket stands; its folder is the shell's own, and its group the face's.
        uid: the account of the session face; nobody else is heard.
        parent: who owns it.

    Signals:
        wished: a `SessionWish`.
        appearance_chosen: an `Appearance`, chosen on the session's display.
        quiet_told: a `QuietTold`.
        face_came(): a face of the running slot said hello.
        face_left(): it is gone.
    """

    wished = Signal(object)
    appearance_chosen = Signal(object)
    quiet_told = Signal(object)
    face_came = Signal()
    face_left = Signal()

    def __init__(self, path: Path, uid: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._path, self._uid = path, uid
        self._server = QLocalServer(self)
        self._server.setSocketOptions(
            QLocalServer.SocketOption.UserAccessOption | QLocalServer.SocketOption.GroupAccessOption
        )
        self._server.newConnection.connect(self._on_connection)
        self._waiting: list[FacePeer] = []
        self._face: FacePeer | None = None
        self._slot_id: str | None = None
        self._shown: Snapshot | None = None
        self._appearance = Appearance()

    def listen(self) -> None:
        """Make the socket; one left by a shell that died is taken away first.

        Raises:
            SocketRefused: it cannot be made.
        """
        QLocalServer.removeServer(str(self._path))
        if not self._server.listen(str(self._path)):
            message = f"no socket for the session face at {self._path}"
            raise SocketRefused(f"{message}: {self._server.errorString()}")

    def close(self) -> None:
        """Turn everybody away and take the socket away."""
        self._server.close()
        for peer in [*self._waiting, *([self._face] if self._face else [])]:
            peer.close()

    def show(self, snapshot: Snapshot) -> None:
        """Tell the face what to show; without a session there is no face."""
        shown = for_session(snapshot)
        session = snapshot.session
        if shown is None:
            self._slot_id = self._shown = None
            if self._face is not None:
                self._face.close()
            return
        if session is not None and session.slot_id != self._slot_id:
            self._slot_id = session.slot_id
            if self._face is not None:
                self._face.close()
        self._shown = shown
        if self._face is not None:
            self._face.send(encode(FaceShown(snapshot=shown)))

    def use_appearance(self, appearance: Appearance) -> None:
        """Tell the face what was chosen on the lock."""
        if appearance != self._appearance:
            self._appearance = appearance
            if self._face is not None:
                self._face.send(encode(appearance))

    def _on_connection(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            if not self._may_speak(socket):
                socket.abort()
                socket.deleteLater()
                continue
            peer = FacePeer(socket, self)
            self._waiting.append(peer)
            peer.told.connect(lambda message, peer=peer: self._on_told(peer, message))
            peer.gone.connect(lambda peer=peer: self._on_gone(peer))

    def _may_speak(self, socket: QLocalSocket) -> bool:
        try:
            uid = uid_of(socket.socketDescriptor())
        except OSError:
            return False
        if uid != self._uid:
            _log.warning("uid %d spoke to the session face's socket and is turned away", uid)
            return False
        return len(self._waiting) < MOST_WAITING

    def _on_told(self, peer: FacePeer, message: FromFace) -> None:
        if peer in self._waiting:
            self._greet(peer, message)
        elif isinstance(message, FaceHello):
            peer.close()
        elif isinstance(message, Appearance):
            self._appearance = message
            self.appearance_chosen.emit(message)
        elif isinstance(message, QuietTold):
            self.quiet_told.emit(message)
        else:
            self.wished.emit(message)

    def _greet(self, peer: FacePeer, message: FromFace) -> None:
        self._waiting.remove(peer)
        is_ours = isinstance(message, FaceHello) and message.slot_id == self._slot_id
        if not is_ours or self._shown is None:
            peer.close()
            return
        peer.greet()
        before, self._face = self._face, peer
        if before is not None:
            before.close()
        peer.send(encode(self._appearance))
        peer.send(encode(FaceShown(snapshot=self._shown)))
        self.face_came.emit()

    def _on_gone(self, peer: FacePeer) -> None:
        if peer in self._waiting:
            self._waiting.remove(peer)
        if peer is self._face:
            self._face = None
            self.face_left.emit()
