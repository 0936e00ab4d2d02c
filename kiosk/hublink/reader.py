"""Reads the changes of the hub from a cursor on, page by page, one reading at a time."""

from PySide6.QtCore import QObject, Signal, Slot

from kiosk.hublink.client import Call, HubClient
from kiosk.hublink.failure import Failure, Reason
from kiosk.wire.change import ChangesAnswer, ChangesPage, CursorTooOld


class ChangeReader(QObject):
    """Brings the owner up to date. The owner keeps the cursor of the last page it was given.

    Signals:
        page_read(ChangesPage): the next changes, in their order.
        restart_needed(): the hub does not keep, or does not know, what comes after the cursor:
            everything must be read anew.
        failed(Failure): the hub was not there; read again when it is.
    """

    page_read = Signal(object)
    restart_needed = Signal()
    failed = Signal(object)

    def __init__(self, client: HubClient, parent: QObject | None = None) -> None:
        """Take the client; nothing is asked before `read`."""
        super().__init__(parent)
        self._client = client
        self._call: Call | None = None
        self._after = 0
        self._asked_again = False

    def read(self, after: int) -> None:
        """Read all changes after a cursor.

        While a reading is under way this only makes it look once more at its end: it is further on
        than any cursor that its owner can know.
        """
        if self._call is not None:
            self._asked_again = True
        else:
            self._ask(after)

    def stop(self) -> None:
        """Break off; nothing is said any more until the next `read`."""
        self._asked_again = False
        if self._call is not None:
            self._call.abandon()
            self._call = None

    def _ask(self, after: int) -> None:
        self._after = after
        self._asked_again = False
        self._call = self._client.call("GET", f"/v1/changes?after={after}", None, ChangesAnswer)
        self._call.answered.connect(self._take)
        self._call.failed.connect(self._fail)

    @Slot(object)
    def _take(self, answer: ChangesPage | CursorTooOld) -> None:
        if isinstance(answer, CursorTooOld) or answer.cursor < self._after:
            # A cursor that goes back belongs to a hub restored from an older copy.
            self.stop()
            self.restart_needed.emit()
        elif answer.more and answer.cursor == self._after:
            self._fail(Failure(Reason.INVALID_ANSWER))
        else:
            if answer.more or self._asked_again:
                self._ask(answer.cursor)
            else:
                self._call = None
            self.page_read.emit(answer)

    @Slot(object)
    def _fail(self, failure: Failure) -> None:
        self.stop()
        self.failed.emit(failure)
