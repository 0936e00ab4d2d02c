"""One question to the hub: answered once, failed once, or abandoned."""

from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from kiosk.hublink.answer import read_answer
from kiosk.hublink.exchange import Exchange
from kiosk.hublink.failure import Failure, Reason
from kiosk.wire.codec import LARGEST_ANSWER


class Call(QObject):
    """A question under way. It goes away by itself once it has spoken.

    Signals:
        answered(object): the hub's answer, a message of the form asked for, or None for an empty
            one.
        failed(Failure): why there is no answer.
    """

    answered = Signal(object)
    failed = Signal(object)

    def __init__(self, exchange: Exchange, form: Any, timeout_ms: int, parent: QObject) -> None:
        """Listen to an exchange that has just begun.

        Args:
            exchange: belongs to the call from now on.
            form: the type of message expected; None for an empty answer.
            timeout_ms: from now to the whole answer, in milliseconds.
            parent: owner.
        """
        super().__init__(parent)
        self._exchange = exchange
        self._form = form
        self._body = bytearray()
        self._over = False
        exchange.setParent(self)
        exchange.received.connect(self._collect)
        exchange.ended.connect(self._end)
        self._deadline = QTimer(self)
        self._deadline.setSingleShot(True)
        self._deadline.timeout.connect(self._give_up)
        self._deadline.start(timeout_ms)

    def abandon(self) -> None:
        """Stop waiting; the call says nothing any more. Harmless to repeat while it lives."""
        if not self._over:
            self._leave()

    @Slot(object)
    def _collect(self, piece: bytes) -> None:
        self._body += piece
        if len(self._body) > LARGEST_ANSWER:
            self._fail(Failure(Reason.INVALID_ANSWER))

    @Slot(object)
    def _end(self, failure: Failure | None) -> None:
        if self._over:
            return
        if failure is not None:
            self._fail(failure)
            return
        found = read_answer(self._exchange.status, bytes(self._body), self._form)
        if isinstance(found, Failure):
            self._fail(found)
            return
        self._leave()
        self.answered.emit(found)

    @Slot()
    def _give_up(self) -> None:
        self._fail(Failure(Reason.TIMEOUT))

    def _fail(self, failure: Failure) -> None:
        if not self._over:
            self._leave()
            self.failed.emit(failure)

    def _leave(self) -> None:
        self._over = True
        self._deadline.stop()
        self._exchange.abandon()
        self.deleteLater()
