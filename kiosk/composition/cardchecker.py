"""Checks the codes of known cards while the hub is away: a slow hash, off the UI thread.

One check at a time; the thread begins with the first and imports the hasher there.
"""

import logging

from PySide6.QtCore import QObject, QThread, Signal, Slot

from kiosk.session.command import CardChecked

_log = logging.getLogger(__name__)


class _Hasher(QObject):
    """The part that lives in the thread."""

    checked = Signal(object)

    @Slot(str, str, str)
    def check(self, slot_id: str, secret: str, verifier: str) -> None:
        """Take the time of one hash."""
        from argon2 import PasswordHasher  # noqa: PLC0415 - not needed while the hub is there
        from argon2.exceptions import (  # noqa: PLC0415 - as above
            InvalidHashError,
            VerificationError,
        )

        fits = False
        try:
            fits = bool(PasswordHasher().verify(verifier, secret))
        except InvalidHashError:
            _log.error("what is kept of a known card is no hash: its code cannot be checked")
        except VerificationError:
            _log.info("a code did not fit its card")
        self.checked.emit(CardChecked(slot_id, fits=fits))

    @Slot()
    def close(self) -> None:
        """End the thread."""
        QThread.currentThread().quit()


class ThreadCardChecker(QObject):
    """The card checker of the session.

    Signals:
        checked(CardChecked): the answer to a check.
    """

    checked = Signal(object)

    _asked = Signal(str, str, str)
    _closing = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        """Take the owner in Qt's sense; `close` must be called before it goes."""
        super().__init__(parent)
        self._thread: QThread | None = None
        self._hasher = _Hasher()

    def check(self, slot_id: str, secret: str, verifier: str) -> None:
        """Check a secret against an argon2id verifier; answered by `checked`."""
        if self._thread is None:
            self._thread = QThread(self)
            self._thread.setObjectName("card checker")
            self._hasher.moveToThread(self._thread)
            self._asked.connect(self._hasher.check)
            self._closing.connect(self._hasher.close)
            self._hasher.checked.connect(self._answer)
            self._thread.start()
        self._asked.emit(slot_id, secret, verifier)

    def close(self) -> None:
        """Finish the check under way and end the thread; harmless to repeat."""
        if self._thread is not None and self._thread.isRunning():
            self._closing.emit()
            self._thread.wait()

    @Slot(object)
    def _answer(self, answer: CardChecked) -> None:
        self.checked.emit(answer)
