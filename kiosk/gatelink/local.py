"""The gate inside the shell's own process, for windowed mode."""

import math
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from kiosk.gate.answer import Accepted, Answer
from kiosk.gate.appearance import PLAIN, Appearance
from kiosk.gate.clock import Clock
from kiosk.gate.fact import EndReason as GateReason
from kiosk.gate.service import Gate
from kiosk.gatelink.translation import took_hold, translate
from kiosk.rules.person import BrowserProfile
from kiosk.session.gatefact import GateFact
from kiosk.session.port import Answered, GateHello
from kiosk.wire.event import EndReason

LONGEST_WAIT_SECONDS = 1.0
"""Timers stand still in a suspend: a short wait finds soon afterwards what the boot clock says."""


class LocalGate(QObject):
    """The gate's verbs, answered at once, and its facts, told from the event loop.

    Life cycle: `start`; the owner reads `facts_after` what it has stored; later facts arrive by
    the signal, one by one and in order, never during a verb; `close` leaves a running slot in the
    journal, where the next start finds it. One single-shot timer serves everything and stands
    still while the gate is idle.

    Args:
        gate: what answers.
        clock: its clock.
        parent: who owns it.
        appearance: tells how the visitor wants programs to look now.

    Signals:
        fact_arrived: a `GateFact`. One that `facts_after` has returned is not told again.
        met: the gate is there; it never goes away.
        lost: it is not.
    """

    fact_arrived = Signal(object)
    met = Signal()
    lost = Signal()

    def __init__(
        self,
        gate: Gate,
        clock: Clock,
        parent: QObject | None = None,
        *,
        appearance: Callable[[], Appearance] = lambda: PLAIN,
    ) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._gate = gate
        self._clock = clock
        self._told = 0
        self._closed = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._on_due)

    def start(self) -> None:
        """Take back a slot of this boot, or end and wipe whatever is left."""
        self._gate.start()
        self._told = self._gate.hello().last_fact
        self._schedule()
        self.met.emit()

    def close(self) -> None:
        """Stop the timer and let the gate go."""
        self._closed = True
        self._timer.stop()
        self._gate.close()

    def hello(self) -> GateHello:
        """Return what the gate runs, its last fact, and what it may launch."""
        hello = self._gate.hello()
        applications = tuple(one.app_id for one in hello.applications)
        return GateHello(hello.slot_id, hello.last_fact, applications, hello.confines)

    def facts_after(self, n: int) -> tuple[GateFact, ...]:
        """Return the facts numbered after `n`, oldest first, and go on telling after them."""
        facts = tuple(translate(fact) for fact in self._gate.facts_after(n))
        if facts:
            self._told = max(self._told, facts[-1].n)
        return facts

    def open(self, slot_id: str, seconds: int, grace: int, answered: Answered) -> None:
        """Open a slot."""
        self._answer("open", self._gate.open(slot_id, seconds, grace), answered)

    def extend_to(self, slot_id: str, total_seconds: int, answered: Answered) -> None:
        """Bring the slot to a total; a cap that leaves it as it was refuses."""
        before = self._gate.hello().total_seconds
        answer = self._gate.extend_to(slot_id, total_seconds)
        self._answer("extend_to", answer, answered, before)

    def shorten_to(self, slot_id: str, total_seconds: int, answered: Answered) -> None:
        """Bring the slot to a smaller total; a notice that needs all of it refuses."""
        before = self._gate.hello().total_seconds
        answer = self._gate.shorten_to(slot_id, total_seconds)
        self._answer("shorten_to", answer, answered, before)

    def end(self, slot_id: str, reason: EndReason, answered: Answered) -> None:
        """End the slot, for staff with its grace first."""
        self._answer("end", self._gate.end(slot_id, GateReason(reason.value)), answered)

    def away(self, slot_id: str, on: bool, answered: Answered) -> None:
        """Note that the visitor stepped away or came back."""
        self._answer("away", self._gate.away(slot_id, on), answered)

    def launch(
        self,
        slot_id: str,
        app_id: str,
        url: str,
        answered: Answered,
        profile: BrowserProfile = BrowserProfile.ADULT,
    ) -> None:
        """Start an application of the gate's table."""
        answer = self._gate.launch(slot_id, app_id, url, self._appearance(), profile)
        self._answer("launch", answer, answered)

    def _answer(
        self, verb: str, answer: Answer, answered: Answered, before: int | None = None
    ) -> None:
        self._schedule()
        moved = isinstance(answer, Accepted) and answer.total_seconds != before
        answered(took_hold(verb, answer, moved=moved))

    @Slot()
    def _on_due(self) -> None:
        # What has happened is told before more is done: a wipe may take a moment.
        if not self._tell():
            self._gate.tick()
        self._schedule()

    def _tell(self) -> bool:
        facts = self._gate.facts_after(self._told)
        for fact in facts:
            if fact.number > self._told:
                self._told = fact.number
                self.fact_arrived.emit(translate(fact))
        return bool(facts)

    def _schedule(self) -> None:
        if self._closed:
            return
        deadline = self._gate.next_deadline()
        if self._gate.hello().last_fact > self._told:
            self._timer.start(0)
        elif deadline is not None:
            wait = min(deadline - self._clock.boot_seconds(), LONGEST_WAIT_SECONDS)
            self._timer.start(max(math.ceil(wait * 1000), 0))
        else:
            self._timer.stop()
