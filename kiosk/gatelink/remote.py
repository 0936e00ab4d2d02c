"""The gate as a root service of its own, over its socket."""

import itertools
import logging
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot
from PySide6.QtNetwork import QLocalSocket

from kiosk.gate.appearance import PLAIN, Appearance
from kiosk.gate.fact import EndReason as GateReason
from kiosk.gate.protocol import (
    Ask,
    AwayAsk,
    EndAsk,
    ExtendAsk,
    FollowAsk,
    FrameInvalid,
    Frames,
    Greeting,
    HelloAsk,
    LaunchAsk,
    Message,
    OpenAsk,
    Reply,
    ShortenAsk,
    Told,
    dump_ask,
    load_message,
)
from kiosk.gatelink.translation import took_hold, translate
from kiosk.rules.person import BrowserProfile
from kiosk.session.gatefact import GateFact, GateNoted, GateSlotEnded, GateSlotOpened
from kiosk.session.port import Answered, GateHello
from kiosk.wire.event import EndReason

PAUSES_MS = (20, 50, 100, 200, 500, 1000)
"""Between tries to connect; the last one for as long as it takes."""

LOST_MS = 3000
"""A gate that is away for less than this is started anew, and nobody needs to hear of it."""

PATIENCE_SECONDS = 10.0
"""What is asked of a gate that is away waits so long for it to come back."""

KEPT_FACTS = 4096

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A verb without an answer, until when, in monotonic seconds, and whether it may be repeated.

    All may but a launch, which would start a second program.
    """

    ask: Ask
    answered: Answered
    until: float
    repeats: bool


class RemoteGate(QObject):
    """The gate's verbs, answered from the event loop, and its facts.

    Life cycle: `start` tries to connect until it succeeds. Every connection begins with a hello
    and the facts since the last one; then the gate is *met*, and the owner reads `hello` and
    `facts_after`; later facts arrive by the signal, one by one and in order. What was asked and not
    answered when the connection broke is asked again, for it is harmless to repeat.

    Args:
        path: the gate's socket.
        parent: who owns it.
        appearance: tells how the visitor wants programs to look now.

    Signals:
        fact_arrived: a `GateFact`. None before `facts_after` was asked in this connection.
        met: the gate is there, for the first time or again.
        lost: it has been away for too long to say nothing.
    """

    fact_arrived = Signal(object)
    met = Signal()
    lost = Signal()

    def __init__(
        self,
        path: Path,
        parent: QObject | None = None,
        *,
        appearance: Callable[[], Appearance] = lambda: PLAIN,
    ) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._path = path
        self._numbers = itertools.count(1)
        self._waiting: dict[int, _Waiting] = {}
        self._frames = Frames()
        self._facts: deque[GateFact] = deque(maxlen=KEPT_FACTS)
        self._journal_id = ""
        self._told = 0
        self._hello = GateHello(None, 0)
        self._goal: int | None = None
        self._met = self._read = self._closed = self._said_lost = False
        self._tries = 0
        self._socket = QLocalSocket(self)
        self._socket.connected.connect(self._on_connected)
        self._socket.readyRead.connect(self._on_ready)
        self._socket.disconnected.connect(self._on_gone)
        self._socket.errorOccurred.connect(self._on_gone)
        self._retry = self._timer(self._connect)
        self._absence = self._timer(self._on_absent)
        self._patience = self._timer(self._on_patience_over)

    def start(self) -> None:
        """Begin to connect."""
        self._absence.start(LOST_MS)
        self._connect()

    def close(self) -> None:
        """Let the connection go; the slot is the gate's, and nobody is answered any more."""
        self._closed = True
        for timer in (self._retry, self._absence, self._patience):
            timer.stop()
        self._waiting.clear()
        self._socket.abort()

    def hello(self) -> GateHello:
        """Return what the gate runs, as far as it has told."""
        return self._hello

    def facts_after(self, n: int) -> tuple[GateFact, ...]:
        """Return the facts numbered after `n`, oldest first, and go on telling after them."""
        self._read = True
        return tuple(fact for fact in self._facts if fact.n > n)

    def open(self, slot_id: str, seconds: int, grace: int, answered: Answered) -> None:
        """Open a slot."""
        self._ask(OpenAsk(slot_id, seconds, grace), answered)

    def extend_to(self, slot_id: str, total_seconds: int, answered: Answered) -> None:
        """Bring the slot to a total; a cap that leaves it as it was refuses."""
        self._ask(ExtendAsk(slot_id, total_seconds), answered)

    def shorten_to(self, slot_id: str, total_seconds: int, answered: Answered) -> None:
        """Bring the slot to a smaller total; a notice that needs all of it refuses."""
        self._ask(ShortenAsk(slot_id, total_seconds), answered)

    def end(self, slot_id: str, reason: EndReason, answered: Answered) -> None:
        """End the slot, for staff with its grace first."""
        self._ask(EndAsk(slot_id, GateReason(reason.value)), answered)

    def away(self, slot_id: str, on: bool, answered: Answered) -> None:
        """Note that the visitor stepped away or came back."""
        self._ask(AwayAsk(slot_id, on), answered)

    def launch(
        self,
        slot_id: str,
        app_id: str,
        url: str,
        answered: Answered,
        profile: BrowserProfile = BrowserProfile.ADULT,
    ) -> None:
        """Start an application of the gate's table; never asked twice."""
        if self._met:
            wanted = self._appearance()
            ask = LaunchAsk(slot_id, app_id, url, wanted.text_size, wanted.contrast, profile)
            self._ask(ask, answered, repeats=False)
        else:
            answered(False)

    # -- asking ------------------------------------------------------------------------------

    def _ask(self, ask: Ask, answered: Answered, *, repeats: bool = True) -> None:
        number = next(self._numbers)
        until = time.monotonic() + PATIENCE_SECONDS
        self._waiting[number] = _Waiting(ask, answered, until, repeats)
        if self._met:
            self._send(number, ask)
        if not self._patience.isActive():
            self._patience.start(round(PATIENCE_SECONDS * 1000))

    def _send(self, number: int, ask: Ask) -> None:
        self._socket.write(dump_ask(number, ask))
        self._socket.flush()

    @Slot()
    def _on_patience_over(self) -> None:
        now = time.monotonic()
        late = [number for number, one in self._waiting.items() if now >= one.until]
        if late and self._met:
            _log.warning("the gate is connected and does not answer")
            self._socket.abort()
        self._give_up(late)
        if self._waiting:
            first = min(one.until for one in self._waiting.values())
            self._patience.start(max(round((first - now) * 1000), 1))

    def _give_up(self, numbers: list[int]) -> None:
        for one in [self._waiting.pop(number) for number in numbers]:
            one.answered(False)

    # -- connecting --------------------------------------------------------------------------

    @Slot()
    def _connect(self) -> None:
        self._socket.connectToServer(str(self._path))

    @Slot()
    def _on_connected(self) -> None:
        self._frames = Frames()
        self._goal = None
        self._send(next(self._numbers), HelloAsk())

    @Slot()
    def _on_gone(self) -> None:
        was_met, self._met, self._read = self._met, False, False
        if self._closed or self._retry.isActive():
            return
        if was_met:
            _log.info("the gate is away")
            self._absence.start(LOST_MS)
        self._retry.start(PAUSES_MS[min(self._tries, len(PAUSES_MS) - 1)])
        self._tries += 1
        self._give_up([number for number, one in self._waiting.items() if not one.repeats])

    @Slot()
    def _on_absent(self) -> None:
        if not self._said_lost:
            self._said_lost = True
            _log.warning("the gate does not answer: no visitor is taken until it does")
            self.lost.emit()
        if not self._closed:
            # One that takes the connection and says nothing, or keeps it waiting before the door.
            self._absence.start(LOST_MS)
            self._socket.abort()
            self._on_gone()

    # -- hearing -----------------------------------------------------------------------------

    @Slot()
    def _on_ready(self) -> None:
        data = self._socket.readAll().data()
        try:
            for frame in self._frames.feed(bytes(data)):
                self._hear(load_message(frame))
        except FrameInvalid as error:
            _log.warning("the gate says what cannot be understood: %s", error)
            self._socket.abort()

    def _hear(self, message: Message) -> None:
        match message:
            case Greeting():
                self._on_greeting(message)
            case Told(number, fact):
                self._on_told(GateNoted(number) if fact is None else translate(fact))
            case Reply(number, answer, moved):  # pragma: no branch
                waiting = self._waiting.pop(number, None)
                if waiting is not None:
                    counts = isinstance(waiting.ask, ExtendAsk | ShortenAsk)
                    verb = type(waiting.ask).__name__
                    waiting.answered(took_hold(verb, answer, moved=moved or not counts))

    def _on_greeting(self, greeting: Greeting) -> None:
        if greeting.journal_id != self._journal_id or greeting.last_fact < self._told:
            # Another record: its numbers begin again.
            self._journal_id, self._told = greeting.journal_id, 0
            self._facts.clear()
        self._hello = GateHello(
            greeting.slot_id, greeting.last_fact, greeting.applications, greeting.confines
        )
        self._goal = greeting.last_fact
        self._send(next(self._numbers), FollowAsk(self._told))
        self._meet()

    def _on_told(self, fact: GateFact) -> None:
        if fact.n <= self._told:
            return
        self._told = fact.n
        self._facts.append(fact)
        if fact.n > self._hello.last_fact:
            match fact:
                case GateSlotOpened(slot_id=slot_id):
                    self._hello = replace(self._hello, slot_id=slot_id)
                case GateSlotEnded():
                    self._hello = replace(self._hello, slot_id=None)
            self._hello = replace(self._hello, last_fact=fact.n)
        if self._met and self._read:
            self.fact_arrived.emit(fact)
        self._meet()

    def _meet(self) -> None:
        """The gate is met once every fact that it had at its hello is here."""
        if self._met or self._goal is None or self._told < self._goal:
            return
        _log.info("the gate is there")
        self._met, self._said_lost, self._tries = True, False, 0
        self._absence.stop()
        for number, one in list(self._waiting.items()):
            self._send(number, one.ask)
        self.met.emit()

    def _timer(self, act: object) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setTimerType(Qt.TimerType.CoarseTimer)
        timer.timeout.connect(act)
        return timer
