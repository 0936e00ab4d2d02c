"""The session face's side of its socket: connects, says its slot, and comes back."""

import logging

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtNetwork import QLocalSocket

from kiosk.wire.codec import MessageInvalid, decode, encode
from kiosk.wire.facelink import Appearance, FaceHello, FaceShown, QuietTold, SessionWish, ToFace
from kiosk.wire.frame import LONGEST, FrameReader, frame

FIRST_WAIT_MS, LONGEST_WAIT_MS = 100, 2000

_log = logging.getLogger(__name__)


class FaceLink(QObject):
    """Speaks with the shell for one slot.

    Life cycle: `start`; `close`. What is sent while the shell is away is dropped: a hand that gets
    no answer presses again, and nothing pressed long ago comes true later.

    Signals:
        shown: a `Snapshot`.
        appearance_told: an `Appearance`.
    """

    shown = Signal(object)
    appearance_told = Signal(object)

    def __init__(self, path: str, slot_id: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._path, self._hello = path, FaceHello(slot_id=slot_id)
        self._reader = FrameReader()
        self._wait = FIRST_WAIT_MS
        self._closed = False
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.timeout.connect(self._connect)
        self._socket = QLocalSocket(self)
        self._socket.setReadBufferSize(2 * LONGEST)
        self._socket.connected.connect(self._on_connected)
        self._socket.readyRead.connect(self._on_ready)
        self._socket.disconnected.connect(self._try_again)
        self._socket.errorOccurred.connect(self._try_again)

    def start(self) -> None:
        """Connect, and stay connected."""
        self._connect()

    def close(self) -> None:
        """Let the shell go."""
        self._closed = True
        self._again.stop()
        self._socket.abort()

    def send(self, message: SessionWish | Appearance | QuietTold) -> None:
        """Send a wish, a choice or the activity, if the shell is there."""
        if self._socket.state() is QLocalSocket.LocalSocketState.ConnectedState:
            self._socket.write(frame(encode(message)))

    def _connect(self) -> None:
        self._reader = FrameReader()
        self._socket.connectToServer(self._path)

    def _on_connected(self) -> None:
        self._socket.write(frame(encode(self._hello)))

    def _on_ready(self) -> None:
        try:
            for data in self._reader.feed(bytes(self._socket.readAll().data())):
                self._take(decode(data, ToFace))
        except MessageInvalid as error:
            _log.warning("the shell said what cannot be read: %s", error)
            self._socket.abort()

    def _take(self, message: ToFace) -> None:
        self._wait = FIRST_WAIT_MS
        if isinstance(message, FaceShown):
            self.shown.emit(message.snapshot)
        else:
            self.appearance_told.emit(message)

    def _try_again(self) -> None:
        if not self._closed and not self._again.isActive():
            self._again.start(self._wait)
            self._wait = min(self._wait * 2, LONGEST_WAIT_MS)
