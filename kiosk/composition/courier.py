"""Carries the station's facts to the hub: in its order, a batch at a time, until each is told."""

import logging

from PySide6.QtCore import QObject, Signal

from kiosk.hublink.client import Call, HubClient
from kiosk.journal.thread import JournalThread
from kiosk.wire.event import Event, EventBatch, EventsAnswer

BATCH = 100
TIMEOUT_MS = 10_000

_log = logging.getLogger(__name__)


class Courier(QObject):
    """One batch is under way at a time; after a failure it waits for `carry` or `retry`.

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
        self._call: Call | None = None
        self._sent: frozenset[str] = frozenset()
        self._under_way = self._asked_again = self._failed = self._stopped = False
        journal.pending_read.connect(self._send)
        journal.settled.connect(self._settled)

    def carry(self) -> None:
        """Send what waits, if nothing is under way; else look again when it has arrived."""
        if self._under_way:
            self._asked_again = True
            return
        self._under_way, self._failed, self._stopped = True, False, False
        self._journal.pending(BATCH)

    def retry(self) -> None:
        """Send again what the last failure left."""
        if self._failed:
            self.carry()

    def stop(self) -> None:
        """Let go of the journal and of the hub until the next `carry`."""
        self._stopped = True
        self._under_way = self._asked_again = self._failed = False
        if self._call is not None:
            self._call.abandon()
            self._call = None

    def _send(self, events: tuple[Event, ...]) -> None:
        if self._stopped:
            return
        if not events:
            self._rest(0)
            return
        self._sent = frozenset(event.event_id for event in events)
        self._call = self._client.call(
            "POST", "/v1/events", EventBatch(events=events), EventsAnswer, timeout_ms=TIMEOUT_MS
        )
        self._call.answered.connect(self._settle)
        self._call.failed.connect(self._fail)

    def _settle(self, answer: EventsAnswer) -> None:
        self._call = None
        if self._sent.isdisjoint(one.event_id for one in answer.answers):
            _log.warning("the hub gave no verdict on any fact; they are told again later")
            self._fail(answer)
            return
        self._journal.settle(answer.answers)

    def _settled(self, still_pending: int) -> None:
        if self._stopped:
            return
        self._rest(still_pending)
        if still_pending:
            self.carry()

    def _fail(self, _why: object) -> None:
        self._call = None
        self._under_way = self._asked_again = False
        self._failed = True

    def _rest(self, still_pending: int) -> None:
        self._under_way = False
        self.counted.emit(still_pending)
        if self._asked_again:
            self._asked_again = False
            self.carry()
