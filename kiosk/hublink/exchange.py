"""One HTTP request and what comes back, from a peer that has shown the right key.

Life cycle: the exchange belongs to whoever asked and tells its end exactly once, or never after
`abandon`. With a pinned key the peer is the one that holds that key, whoever signed for it; without
one the system's authorities decide.
"""

import hashlib

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtNetwork import QNetworkReply, QNetworkRequest, QSslCertificate, QSslError

from kiosk.hublink.failure import Failure, Reason

_Error = QNetworkReply.NetworkError
_FIRST_CONTENT_ERROR = 200
"""Qt numbers the errors that an HTTP status means from here on; those below are of the way."""


def key_fingerprint(certificate: QSslCertificate) -> str:
    """Return the SHA-256 of a certificate's public key (its SubjectPublicKeyInfo), hexadecimal."""
    return hashlib.sha256(certificate.publicKey().toDer().data()).hexdigest()


class Exchange(QObject):
    """One request under way.

    Signals:
        headed(int): the status, before anything of the body.
        received(bytes): a piece of the body.
        ended(Failure | None): the body is complete, or why it is not. Said once.
    """

    headed = Signal(int)
    received = Signal(object)
    ended = Signal(object)

    def __init__(self, reply: QNetworkReply, pinned_key: str, parent: QObject) -> None:
        """Take over a reply that has just been asked for.

        Args:
            reply: belongs to the exchange from now on.
            pinned_key: the fingerprint of the only key to accept; empty for the system's choice.
            parent: owner.
        """
        super().__init__(parent)
        self._reply = reply
        self._pinned_key = pinned_key.lower()
        self._status = 0
        self._over = False
        reply.setParent(self)
        self._pinned = reply.request().url().scheme() == "https" and self._pinned_key != ""
        if self._pinned:
            reply.sslErrors.connect(self._weigh_errors)
            reply.encrypted.connect(self._check_peer)
        reply.metaDataChanged.connect(self._read_head)
        reply.readyRead.connect(self._read)
        reply.finished.connect(self._finish)

    @property
    def status(self) -> int:
        """The HTTP status, 0 before it is known."""
        return self._status

    def header(self, name: str) -> str:
        """Return a header of the answer, empty when there is none."""
        return bytes(self._reply.rawHeader(name).data()).decode("latin-1")

    def abandon(self) -> None:
        """Break off; nothing is said any more. Harmless to repeat."""
        if not self._over:
            self._over = True
            self._reply.abort()
        self.deleteLater()

    @Slot("QList<QSslError>")
    def _weigh_errors(self, _errors: list[QSslError]) -> None:
        """Let the pinned key in, whatever its certificate looks like."""
        if self._peer_holds_the_key():
            self._reply.ignoreSslErrors()

    @Slot()
    def _check_peer(self) -> bool:
        """Turn another key away, whoever signed for it; tell whether the peer may stay."""
        if self._over or self._peer_holds_the_key():
            return not self._over
        self._end(Failure(Reason.NOT_TRUSTED))
        return False

    def _peer_holds_the_key(self) -> bool:
        certificate = self._reply.sslConfiguration().peerCertificate()
        return not certificate.isNull() and key_fingerprint(certificate) == self._pinned_key

    @Slot()
    def _read_head(self) -> None:
        status = self._reply.attribute(QNetworkRequest.Attribute.HttpStatusCodeAttribute)
        if self._over or self._status or not isinstance(status, int):
            return
        # A connection that another request opened is not announced as encrypted again.
        if self._pinned and not self._check_peer():
            return
        self._status = status
        self.headed.emit(status)

    @Slot()
    def _read(self) -> None:
        self._read_head()
        if not self._over and (piece := bytes(self._reply.readAll().data())):
            self.received.emit(piece)

    @Slot()
    def _finish(self) -> None:
        if self._over:
            return
        self._read()
        if not self._over:
            self._end(self._failure())

    def _failure(self) -> Failure | None:
        error = self._reply.error()
        if error is _Error.SslHandshakeFailedError:
            return Failure(Reason.NOT_TRUSTED)
        if error is _Error.TimeoutError:
            return Failure(Reason.TIMEOUT)
        if error in {_Error.ProtocolFailure, _Error.ProtocolUnknownError}:
            return Failure(Reason.INVALID_ANSWER)
        if self._status == 0 or 0 < error.value < _FIRST_CONTENT_ERROR:
            return Failure(Reason.UNREACHABLE)
        return None

    def _end(self, failure: Failure | None) -> None:
        self._over = True
        if self._reply.isRunning():
            self._reply.abort()
        self.deleteLater()
        self.ended.emit(failure)
