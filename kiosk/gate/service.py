"""The gate at work: clock, machine, journal and backend tied together.

Life cycle: `start` takes back the slot of this boot, or ends and wipes whatever is left; then the
owner calls a verb when one comes, and `tick` at `next_deadline`. Every fact is on the disk before
anything is done or told about it; only the end of a slot does not wait for a disk that refuses,
and its fact is written as soon as the disk allows.
"""

import logging
from dataclasses import dataclass

from kiosk.gate.answer import Accepted, Answer, Refusal, Refused
from kiosk.gate.appearance import PLAIN, Appearance
from kiosk.gate.backend import Application, SessionBackend, SessionFailed
from kiosk.gate.clock import Clock, Instant, read_instant
from kiosk.gate.fact import Body, EndReason, Fact, Residue
from kiosk.gate.journal import Journal, JournalFailed
from kiosk.gate.machine import Caps, Machine, Outcome
from kiosk.gate.phase import Grace, Idle, Open, Slot, Wiping
from kiosk.rules.person import BrowserProfile

BEAT_SECONDS = 3.0
"""A sign of life stands in the journal at least this often: what a power cut can cost or give."""

WIPE_POLL_SECONDS = 0.1
WRITE_AGAIN_SECONDS = 1.0
COMPACT_BYTES = 64 * 1024
KEPT_FACTS = 256

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Hello:
    """What the gate runs, as one that connects needs to know it.

    A `journal_id` never seen before means that numbers have begun again. `remaining_seconds` is 0
    in the grace; `slot_id` is None when no slot runs.
    """

    journal_id: str
    boot_id: str
    last_fact: int
    slot_id: str | None
    total_seconds: int
    remaining_seconds: float
    confines: bool
    applications: tuple[Application, ...]


class Gate:
    """The one owner of the slot's time and of the visitor's programs."""

    def __init__(
        self, clock: Clock, journal: Journal, backend: SessionBackend, caps: Caps | None = None
    ) -> None:
        self._clock = clock
        self._journal = journal
        self._backend = backend
        machine = Machine(caps or Caps(), number=journal.dropped)
        for fact in journal.facts:
            machine = machine.after(fact)
        self._machine = machine
        self._unwritten: list[Fact] = []
        self._followed = 0
        self._beat_at = self._wipe_at = self._write_at = 0.0

    def start(self) -> None:
        """Take the slot of this boot back, or end and wipe whatever is left."""
        swept = not isinstance(self._machine.phase, Idle) or self._sweep()
        now = read_instant(self._clock)
        journal = self._journal
        self._adopt(self._machine.wake(now, journal.last_alive, journal.damage, swept=swept), now)
        match self._machine.phase:
            case Open(slot) | Grace(slot):
                self._begin_session(slot.slot_id)
            case Wiping() as wiping:
                self._wipe(wiping)
        self._compact()

    def open(self, slot_id: str, seconds: int, grace: int) -> Answer:
        """Open a slot; it is in the journal before the session begins."""
        now = self._settle()
        outcome = self._machine.open(slot_id, seconds, grace, now)
        answer = self._give(outcome, now)
        if outcome.facts and isinstance(answer, Accepted):
            return self._begin_session(slot_id) or answer
        return answer

    def extend_to(self, slot_id: str, total_seconds: int) -> Answer:
        """Bring the slot to a total, counted from its opening."""
        now = self._settle()
        return self._give(self._machine.extend_to(slot_id, total_seconds, now), now)

    def shorten_to(self, slot_id: str, total_seconds: int) -> Answer:
        """Bring the slot to a smaller total, never to less than what is used and the notice."""
        now = self._settle()
        return self._give(self._machine.shorten_to(slot_id, total_seconds, now), now)

    def end(self, slot_id: str, reason: EndReason) -> Answer:
        """End the slot, for staff with its grace first; the wipe is due at the next tick."""
        now = self._settle()
        return self._adopt(self._machine.end(slot_id, reason, now), now)

    def away(self, slot_id: str, on: bool) -> Answer:
        """Note that the visitor stepped away or came back, and show the lock meanwhile."""
        now = self._settle()
        answer = self._give(self._machine.away(slot_id, on, now), now)
        if isinstance(answer, Accepted):
            self._backend.cover(slot_id, on)
        return answer

    def fail(self, slot_id: str) -> Answer:
        """End a slot whose session is lost or cannot be given; the rest stays the visitor's."""
        now = read_instant(self._clock)
        return self._adopt(self._machine.fail(slot_id, now), now)

    def launch(
        self,
        slot_id: str,
        app_id: str,
        url: str,
        appearance: Appearance = PLAIN,
        profile: BrowserProfile = BrowserProfile.ADULT,
    ) -> Answer:
        """Start an application in the slot, with a web address or an empty one."""
        now = self._settle()
        answer = self._adopt(self._machine.launch(slot_id, url, now), now)
        if isinstance(answer, Refused):
            return answer
        code = self._backend.launch(slot_id, app_id, url, appearance, profile)
        return answer if code is None else Refused(code)

    def note(self, body: Body) -> None:
        """Tell what has happened in or after a session and changes nothing of the slot."""
        now = read_instant(self._clock)
        self._adopt(self._machine.tick(now, body), now)

    def hello(self) -> Hello:
        """Return what the gate runs."""
        slot = self._machine.slot
        return Hello(
            journal_id=self._journal.journal_id,
            boot_id=self._clock.boot_id(),
            last_fact=self._journal.number,
            slot_id=None if slot is None else slot.slot_id,
            total_seconds=0 if slot is None else slot.total_seconds,
            remaining_seconds=0.0 if slot is None else self.remaining(slot.slot_id),
            confines=self._backend.confines,
            applications=self._backend.applications(),
        )

    def facts_after(self, number: int) -> tuple[Fact, ...]:
        """Return the facts on the disk numbered after `number`; up to it they may be forgotten."""
        self._followed = max(self._followed, min(number, self._journal.number))
        return tuple(fact for fact in self._journal.facts if fact.number > number)

    @property
    def running_slot(self) -> str | None:
        """The slot that runs, also in its grace."""
        slot = self._machine.slot
        return None if slot is None else slot.slot_id

    @property
    def kept_facts(self) -> tuple[Fact, ...]:
        """The facts on the disk; reading them here lets none be forgotten."""
        return self._journal.facts

    def remaining(self, slot_id: str) -> float:
        """Return the seconds left of this slot; 0 in its grace, and when it does not run."""
        match self._machine.phase:
            case Open(slot) if slot.slot_id == slot_id:
                return max(slot.deadline - self._clock.boot_seconds(), 0.0)
            case _:
                return 0.0

    def grace_remaining(self, slot_id: str) -> float:
        """Return the seconds left of this slot's grace; 0 when it does not run."""
        match self._machine.phase:
            case Grace(slot) as grace if slot.slot_id == slot_id:
                return max(grace.deadline - self._clock.boot_seconds(), 0.0)
            case _:
                return 0.0

    def next_deadline(self) -> float | None:
        """Return the boot second at which `tick` is due; None while nothing is to come."""
        due = [self._write_at] if self._unwritten else []
        if isinstance(self._machine.phase, Wiping):
            due.append(self._wipe_at)
        elif self._machine.deadline is not None:
            due += [self._machine.deadline, self._beat_at]
        return min(due, default=None)

    def tick(self) -> None:
        """Do what is due: grace, end, one try of the wipe, a sign of life, a fact to write."""
        before = self._machine.phase
        now = self._settle()
        if self._unwritten and now.boot_seconds >= self._write_at:
            self._write(now)
        slot = self._machine.slot
        if isinstance(before, Wiping) and now.boot_seconds >= self._wipe_at:
            self._wipe(before)
        elif slot is not None and now.boot_seconds >= self._beat_at:
            self._beat(slot, now)

    def close(self) -> None:
        """Let go of everything; a running slot counts on and is taken back by the next `start`."""
        self._backend.close()
        self._journal.close()

    def _settle(self) -> Instant:
        now = read_instant(self._clock)
        self._adopt(self._machine.tick(now), now)
        return now

    def _give(self, outcome: Outcome, now: Instant) -> Answer:
        """Take what gives a visitor something, but only if the disk takes it."""
        if outcome.facts and not self._write(now, outcome.facts):
            return Refused(Refusal.JOURNAL_FAILED)
        return self._adopt(outcome, now)

    def _adopt(self, outcome: Outcome, now: Instant) -> Answer:
        before, self._machine = self._machine, outcome.machine
        self._unwritten += outcome.facts
        if outcome.facts:
            self._write(now)
        if isinstance(self._machine.phase, Wiping) and not isinstance(before.phase, Wiping):
            self._wipe_at = now.boot_seconds
        return outcome.answer

    def _write(self, now: Instant, more: tuple[Fact, ...] = ()) -> bool:
        """Write the facts that wait, and `more`; tell whether the disk took them."""
        waiting = [*self._unwritten, *more]
        waiting = [one for one in waiting if one.number > self._journal.number]
        if waiting:
            try:
                self._journal.append(waiting)
            except JournalFailed as failure:
                _log.warning("the journal refuses facts: %s", failure)
                self._write_at = now.boot_seconds + WRITE_AGAIN_SECONDS
                if self._journal.number < waiting[-1].number:
                    return False
            self._beat_at = now.boot_seconds + BEAT_SECONDS
        self._unwritten.clear()
        return True

    def _beat(self, slot: Slot, now: Instant) -> None:
        self._beat_at = now.boot_seconds + BEAT_SECONDS
        try:
            self._journal.note_alive(slot.slot_id, slot.used(now.boot_seconds), now)
        except JournalFailed as failure:
            _log.warning("the journal refuses a sign of life: %s", failure)

    def _begin_session(self, slot_id: str) -> Refused | None:
        try:
            self._backend.start(slot_id)
        except SessionFailed as failure:
            _log.warning("no session can be given: %s", failure)
            self.fail(slot_id)
            return Refused(Refusal.SESSION_FAILED)
        slot = self._machine.slot
        if slot is not None and slot.away:
            self._backend.cover(slot_id, True)
        return None

    def _sweep(self) -> bool:
        self._backend.end(None)
        return not isinstance(self._backend.audit(None), Residue)

    def _wipe(self, phase: Wiping) -> None:
        self._backend.end(phase.slot_id)
        finding = self._backend.audit(phase.slot_id)
        now = read_instant(self._clock)
        self._adopt(self._machine.take_audit(finding, now), now)
        self._wipe_at = now.boot_seconds + WIPE_POLL_SECONDS
        self._compact()

    def _compact(self) -> None:
        idle = isinstance(self._machine.phase, Idle) and not self._unwritten
        if not idle or self._journal.size <= COMPACT_BYTES:
            return
        try:
            self._journal.compact(min(self._followed, self._journal.number - KEPT_FACTS))
        except JournalFailed as failure:
            _log.warning("the journal cannot be made shorter: %s", failure)
