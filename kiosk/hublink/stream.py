"""The hub's stream of events, which only says: there is something to read.

Life cycle: `start` connects, and again after each loss with a growing, scattered pause; `stop`
ends it. After every `connected` the owner reads the changes since its cursor, for what happened
meanwhile is not said again.
"""

import logging
import random
from collections.abc import Callable

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal, Slot

from kiosk.hublink.answer import read_answer
from kiosk.hublink.backoff import backoff_seconds
from kiosk.hublink.client import HubClient
from kiosk.hublink.exchange import Exchange
from kiosk.hublink.failure import Failure, Reason
from kiosk.hublink.sse import ServerEvent, SseParser, StreamInvalid
from kiosk.wire.codec import LARGEST_ANSWER, Count, Message, MessageInvalid, decode

_log = logging.getLogger(__name__)

PATH = "/v1/stream"
HEAD_MS = 10_000
"""How long the hub may take to begin the stream."""
IDLE_MS = 40_000
"""The hub sends a comment every 15 s; silence for this long means that it is gone."""
SETTLED_MS = 10_000
"""A stream that stood this long was a good one: the next pause is short again."""

CHANGE = "change"
"""The name of the events that nudge; others may come one day and are none of ours."""

_OK = 200


class Nudge(Message, frozen=True, kw_only=True):
    """The data of a change event: there is something to read up to this cursor."""

    cursor: Count


def _nudge(event: ServerEvent) -> Nudge:
    return decode(event.data.encode(), Nudge)


class ChangeStream(QObject):
    """Listens for nudges.

    Signals:
        connected(): the stream stands; read what was missed.
        nudged(int): there are changes up to this cursor.
        lost(): the stream that stood does so no more.
        attempt_failed(Failure): the stream could not be had, or broke.
    """

    connected = Signal()
    # A cursor may be larger than the integer of Qt's signals.
    nudged = Signal(object)
    lost = Signal()
    attempt_failed = Signal(object)

    def __init__(
        self,
        client: HubClient,
        parent: QObject | None = None,
        *,
        head_ms: int = HEAD_MS,
        idle_ms: int = IDLE_MS,
        pause_seconds: Callable[[int, float], float] = backoff_seconds,
        draw: Callable[[], float] = random.random,
    ) -> None:
        """Take the client; nothing is asked before `start`."""
        super().__init__(parent)
        self._client = client
        self._head_ms = head_ms
        self._idle_ms = idle_ms
        self._pause_seconds = pause_seconds
        self._draw = draw
        self._running = False
        self._connected = False
        self._failures = 0
        self._exchange: Exchange | None = None
        self._parser = SseParser()
        self._body = bytearray()
        self._standing = QElapsedTimer()
        self._watchdog = QTimer(self)
        self._watchdog.setSingleShot(True)
        self._watchdog.timeout.connect(self._time_out)
        self._reconnect = QTimer(self)
        self._reconnect.setSingleShot(True)
        self._reconnect.timeout.connect(self._connect)

    @property
    def is_connected(self) -> bool:
        """Whether the stream stands."""
        return self._connected

    def start(self) -> None:
        """Connect, and stay connected; harmless to repeat."""
        if not self._running:
            self._running = True
            self._failures = 0
            self._connect()

    def stop(self) -> None:
        """Let go; nothing is said any more until the next `start`."""
        self._running = False
        self._reconnect.stop()
        self._let_go()

    @Slot()
    def _connect(self) -> None:
        self._parser = SseParser()
        self._body.clear()
        exchange = self._client.open_stream(PATH)
        exchange.setParent(self)
        exchange.headed.connect(self._on_head)
        exchange.received.connect(self._on_piece)
        exchange.ended.connect(self._on_end)
        self._exchange = exchange
        self._watchdog.start(self._head_ms)

    @Slot(int)
    def _on_head(self, status: int) -> None:
        if self._exchange is None or status != _OK:
            return
        kind = self._exchange.header("Content-Type").partition(";")[0].strip().lower()
        if kind != "text/event-stream":
            self._break(Failure(Reason.INVALID_ANSWER))
            return
        self._connected = True
        self._standing.start()
        self._watchdog.start(self._idle_ms)
        self.connected.emit()

    @Slot(object)
    def _on_piece(self, piece: bytes) -> None:
        if not self._connected:
            self._body += piece
            if len(self._body) > LARGEST_ANSWER:
                self._break(Failure(Reason.INVALID_ANSWER))
            return
        self._watchdog.start(self._idle_ms)
        try:
            events = self._parser.feed(piece)
            nudges = [_nudge(event) for event in events if event.name == CHANGE]
        except (StreamInvalid, MessageInvalid) as error:
            _log.warning("the stream is dropped: %s", error)
            self._break(Failure(Reason.INVALID_ANSWER))
            return
        if nudges:
            self.nudged.emit(max(nudge.cursor for nudge in nudges))

    @Slot(object)
    def _on_end(self, failure: Failure | None) -> None:
        if failure is None and not self._connected and self._exchange is not None:
            found = read_answer(self._exchange.status, bytes(self._body), None)
            failure = found if isinstance(found, Failure) else Failure(Reason.INVALID_ANSWER)
        self._break(failure or Failure(Reason.UNREACHABLE))

    @Slot()
    def _time_out(self) -> None:
        self._break(Failure(Reason.TIMEOUT))

    def _break(self, failure: Failure) -> None:
        settled = self._connected and self._standing.elapsed() >= SETTLED_MS
        was_connected = self._connected
        self._let_go()
        self._failures = 1 if settled else self._failures + 1
        pause = self._pause_seconds(self._failures, self._draw())
        self._reconnect.start(round(pause * 1000))
        if was_connected:
            self.lost.emit()
        self.attempt_failed.emit(failure)

    def _let_go(self) -> None:
        self._watchdog.stop()
        self._connected = False
        if self._exchange is not None:
            self._exchange.abandon()
            self._exchange = None
