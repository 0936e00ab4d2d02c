"""Carries the station's facts to the hub: in its order, a batch at a time, until each is told."""

from PySide6.QtCore import QObject, Signal

from kiosk.hublink.client import Call, HubClient
from kiosk.journal.thread import JournalThread
from kiosk.wire.event import Event, EventBatch, EventsAnswer

BATCH = 100
TIMEOUT_MS = 10_000


class Courier(QObject):
    """One batch is under way at a time; a failure waits for the next call of `carry`.

    Repeating is harmless: the hub knows every event by its id.

    Signals:
        counted(int): so many facts still wait.
    """

    counted = Signal(int)

    def __init__(self, client: HubClient, journal: JournalThread, parent: QObject) -> None:
        """Take the two ends of the way."""
        super().__init__(parent)
        self._client = client
        self._journal = journal
        self._under_way = False
        self._asked_again = False
        journal.pending_read.connect(self._send)
        journal.settled.connect(self._settled)

    def carry(self) -> None:
        """Send what waits, if nothing is under way; else look again when it has arrived."""
        if self._under_way:
            self._asked_again = True
            return
        self._under_way = True
        self._journal.pending(BATCH)

    def _send(self, events: tuple[Event, ...]) -> None:
        if not events:
            self._rest(0)
            return
        call: Call = self._client.call(
            "POST", "/v1/events", EventBatch(events=events), EventsAnswer, timeout_ms=TIMEOUT_MS
        )
        call.answered.connect(self._settle)
        call.failed.connect(self._fail)

    def _settle(self, answer: EventsAnswer) -> None:
        self._journal.settle(answer.answers)

    def _settled(self, still_pending: int) -> None:
        self._rest(still_pending)
        if still_pending:
            self.carry()

    def _fail(self, _failure: object) -> None:
        self._under_way = self._asked_again = False

    def _rest(self, still_pending: int) -> None:
        self._under_way = False
        self.counted.emit(still_pending)
        if self._asked_again:
            self._asked_again = False
            self.carry()
