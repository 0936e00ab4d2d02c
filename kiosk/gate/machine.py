"""The rules of a slot on its station: a pure machine that answers verbs and tells facts.

Every method takes the moment it happens and returns an `Outcome`; nothing here reads a clock or
touches a file. A method first lets time pass up to its moment, so that a verb which comes after
the end finds the end. The machine after a restart is the same facts told again (`after`).
"""

import math
from dataclasses import dataclass, field, replace

from kiosk.gate.answer import Accepted, Answer, Refusal, Refused
from kiosk.gate.clock import Instant, seconds_between, wall_step
from kiosk.gate.damage import Damage
from kiosk.gate.fact import (
    AwaySet,
    Body,
    ClockStepped,
    EndReason,
    Fact,
    GraceStarted,
    JournalDamaged,
    PowerLost,
    Proof,
    Quarantined,
    Readopted,
    Residue,
    SlotEnded,
    SlotExtended,
    SlotOpened,
    SlotShortened,
    Wiped,
    WipeStarted,
)
from kiosk.gate.launch import is_web_address
from kiosk.gate.phase import Grace, Idle, Open, Phase, Quarantine, Slot, Wiping, phase_after
from kiosk.rules.identifier import is_id

CLOCK_STEP_SECONDS = 2.0
"""A wall clock that moves by less than this against the boot clock is only being kept right."""

REMEMBERED_ENDS = 64
"""Verbs for this many past slots still find that the slot has ended."""

GRACEFUL_REASONS = frozenset({EndReason.STAFF, EndReason.TIME})
ASKABLE_REASONS = GRACEFUL_REASONS | {EndReason.FINISHED, EndReason.AWAY, EndReason.IDLE}
"""Why others may end a slot, some with its grace; the remaining reasons are the gate's own."""


@dataclass(frozen=True, slots=True)
class Caps:
    """What root allows at most, whatever the shell asks; in seconds.

    `notice_seconds` are left to a visitor at least, whoever shortens their slot; `wipe_seconds` is
    how long a wipe may fail its audit before the station is closed.
    """

    max_total_seconds: int = 12 * 3600
    max_grace_seconds: int = 600
    notice_seconds: int = 900
    wipe_seconds: float = 10.0


@dataclass(frozen=True, slots=True)
class Machine:
    """The gate's memory: its phase, the last number given, the slots that have ended.

    `ended` pairs a slot with the number of the fact of its end, oldest first; `seen` is the last
    moment at which the machine looked at the clocks.
    """

    caps: Caps = field(default_factory=Caps)
    phase: Phase = field(default_factory=Idle)
    number: int = 0
    ended: tuple[tuple[str, int], ...] = ()
    seen: Instant | None = None

    @property
    def slot(self) -> Slot | None:
        """The slot that runs, its grace included."""
        return self.phase.slot if isinstance(self.phase, Open | Grace) else None

    @property
    def deadline(self) -> float | None:
        """The boot second at which time alone will change something."""
        match self.phase:
            case Open(slot):
                return slot.deadline
            case Grace():
                return self.phase.deadline
            case _:
                return None

    def end_of(self, slot_id: str) -> int | None:
        """Return the number of the fact that ended this slot, if it has ended."""
        return dict(self.ended).get(slot_id)

    def after(self, fact: Fact) -> "Machine":
        """Return the machine that has told this fact."""
        ended = self.ended
        if isinstance(fact.body, SlotEnded):
            ended = (*ended, (fact.body.slot_id, fact.number))[-REMEMBERED_ENDS:]
        phase = phase_after(self.phase, fact)
        return replace(self, phase=phase, number=fact.number, ended=ended)

    def open(self, slot_id: str, seconds: int, grace: int, now: Instant) -> "Outcome":
        """Open a slot of `seconds`, with `grace` seconds to save after it.

        Asked again for the running slot, it answers with the total in force.
        """
        turn = _Turn(self, now)
        total = min(seconds, self.caps.max_total_seconds)
        kept_grace = min(grace, self.caps.max_grace_seconds)
        clamped = total < seconds or kept_grace < grace
        if not is_id(slot_id):
            return turn.refuse(Refusal.SLOT_ID_INVALID)
        if seconds <= 0:
            return turn.refuse(Refusal.SECONDS_INVALID)
        if grace < 0:
            return turn.refuse(Refusal.GRACE_INVALID)
        running = turn.machine.slot
        if running is not None and running.slot_id == slot_id:
            return turn.accept(running, clamped=clamped)
        code = turn.hindrance(slot_id)
        if code is not Refusal.NO_SLOT:
            return turn.refuse(code)
        opened = turn.tell(SlotOpened(slot_id, total, kept_grace))
        return turn.outcome(Accepted(opened, total, clamped))

    def extend_to(self, slot_id: str, total_seconds: int, now: Instant) -> "Outcome":
        """Bring the slot to this total, counted from its opening; a smaller one changes nothing.

        During the grace a larger total gives the session back.
        """
        turn = _Turn(self, now)
        slot = turn.to_change(slot_id, total_seconds)
        if isinstance(slot, Refusal):
            return turn.refuse(slot)
        total = min(total_seconds, self.caps.max_total_seconds)
        clamped = total < total_seconds
        if total <= slot.total_seconds:
            return turn.accept(slot, clamped=clamped)
        extended = turn.tell(SlotExtended(slot_id, total))
        turn.let_time_pass()
        return turn.outcome(Accepted(extended, total, clamped))

    def shorten_to(self, slot_id: str, total_seconds: int, now: Instant) -> "Outcome":
        """Bring the slot to this smaller total; a larger one, or one in a grace, changes nothing.

        The notice is left whatever is asked, so that asking again later takes no more.
        """
        turn = _Turn(self, now)
        slot = turn.to_change(slot_id, total_seconds)
        if isinstance(slot, Refusal):
            return turn.refuse(slot)
        least = math.ceil(slot.used(now.boot_seconds)) + self.caps.notice_seconds
        total = max(total_seconds, least)
        clamped = total > total_seconds
        if total >= slot.total_seconds or isinstance(turn.machine.phase, Grace):
            return turn.accept(slot, clamped=clamped)
        shortened = turn.tell(SlotShortened(slot_id, total))
        return turn.outcome(Accepted(shortened, total, clamped))

    def end(self, slot_id: str, reason: EndReason, now: Instant) -> "Outcome":
        """End the slot: for staff, or before its time, its grace begins; else it closes at once.

        A slot that has ended stays ended. Staff ending the slot of a quarantine try its wipe again.
        """
        turn = _Turn(self, now)
        if reason not in ASKABLE_REASONS:
            return turn.refuse(Refusal.REASON_INVALID)
        by_staff = reason is EndReason.STAFF
        match turn.machine.phase:
            case Quarantine(left_id) if by_staff and left_id in {None, slot_id}:
                return turn.outcome(Accepted(turn.tell(WipeStarted(left_id))))
            case Wiping(None) if by_staff:
                return turn.outcome()
        if (known_end := turn.machine.end_of(slot_id)) is not None:
            return turn.outcome(Accepted(known_end))
        slot = turn.running(slot_id)
        if isinstance(slot, Refusal):
            return turn.refuse(slot)
        if reason not in GRACEFUL_REASONS:
            return turn.outcome(Accepted(turn.close(slot, reason)))
        return turn.end_with_grace(slot, reason)

    def away(self, slot_id: str, on: bool, now: Instant) -> "Outcome":
        """Note that the visitor stepped away or came back; the slot counts on."""
        turn = _Turn(self, now)
        slot = turn.running(slot_id)
        if isinstance(slot, Refusal):
            return turn.refuse(slot)
        if slot.away == on:
            return turn.accept(slot)
        return turn.outcome(Accepted(turn.tell(AwaySet(slot_id, on)), slot.total_seconds))

    def launch(self, slot_id: str, url: str, now: Instant) -> "Outcome":
        """Say whether the visitor of this slot may start a program now; `url` may be empty."""
        turn = _Turn(self, now)
        slot = turn.running(slot_id)
        if isinstance(slot, Refusal):
            return turn.refuse(slot)
        if slot.away:
            return turn.refuse(Refusal.AWAY)
        if url and not is_web_address(url):
            return turn.refuse(Refusal.URL_INVALID)
        return turn.accept(slot)

    def tick(self, now: Instant, *noted: Body) -> "Outcome":
        """Let time pass, and tell what has happened without a change of phase."""
        turn = _Turn(self, now)
        for body in noted:
            turn.tell(body)
        return turn.outcome()

    def take_audit(self, finding: Proof | Residue, now: Instant) -> "Outcome":
        """Take what the audit of a wipe found; outside a wipe it says nothing new."""
        turn = _Turn(self, now)
        phase = turn.machine.phase
        if isinstance(phase, Wiping):
            seconds = max(now.boot_seconds - phase.since, 0.0)
            if isinstance(finding, Proof):
                turn.tell(Wiped(phase.slot_id, finding.processes, finding.files, round(seconds, 3)))
            elif seconds >= self.caps.wipe_seconds:
                turn.tell(Quarantined(phase.slot_id, finding.reason, finding.count))
        return turn.outcome()

    def fail(self, slot_id: str, now: Instant) -> "Outcome":
        """End a slot whose session cannot be given."""
        turn = _Turn(self, now)
        slot = turn.running(slot_id)
        if isinstance(slot, Slot):
            turn.close(slot, EndReason.FAULT)
        return turn.outcome(Refused(Refusal.SESSION_FAILED))

    def wake(
        self,
        now: Instant,
        last_alive: Instant | None = None,
        damage: Damage | None = None,
        *,
        swept: bool = True,
    ) -> "Outcome":
        """Come up after a stop: take a slot of this boot back, end and wipe anything else.

        Args:
            now: the present moment.
            last_alive: the moment of the journal's last line, None where it has none.
            damage: what could not be read of the journal.
            swept: a first sweep found nothing of an earlier visitor.
        """
        turn = _Turn(replace(self, seen=None), now, pass_time=False)
        if damage is not None:
            turn.skip_to(damage.floor)
            turn.tell(JournalDamaged(damage.kept_number, damage.set_aside_bytes))
        match self.phase:
            case (Open() | Grace()) as running if last_alive is not None:
                turn.take_back(running, last_alive, sound=damage is None)
            case Wiping(slot_id):
                turn.tell(WipeStarted(slot_id))
            case Quarantine(slot_id, _, boot_id) if boot_id != now.boot_id or damage is not None:
                turn.tell(WipeStarted(slot_id))
            case Idle() if damage is not None or not swept:
                turn.tell(WipeStarted(None))
        return turn.outcome()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one call made: the machine after it, the facts it told, the answer to a verb.

    A call that is no verb is answered with the number of the newest fact.
    """

    machine: Machine
    facts: tuple[Fact, ...]
    answer: Answer


class _Turn:
    """One call at one moment: the machine as it moves, and the facts told on the way."""

    def __init__(self, machine: Machine, now: Instant, *, pass_time: bool = True) -> None:
        self._now = now
        self._facts: list[Fact] = []
        self.machine = replace(machine, seen=now)
        if pass_time:
            if machine.seen is not None:
                self._note_step(machine.seen)
            self.let_time_pass()

    def tell(self, body: Body) -> int:
        fact = Fact(self.machine.number + 1, self._now, body)
        self.machine = self.machine.after(fact)
        self._facts.append(fact)
        return fact.number

    def skip_to(self, number: int) -> None:
        self.machine = replace(self.machine, number=max(self.machine.number, number))

    def outcome(self, answer: Answer | None = None) -> Outcome:
        answer = answer or Accepted(self.machine.number)
        return Outcome(self.machine, tuple(self._facts), answer)

    def refuse(self, code: Refusal) -> Outcome:
        return self.outcome(Refused(code))

    def accept(self, slot: Slot, *, clamped: bool = False) -> Outcome:
        return self.outcome(Accepted(slot.fact, slot.total_seconds, clamped))

    def running(self, slot_id: str) -> Slot | Refusal:
        slot = self.machine.slot
        if slot is not None and slot.slot_id == slot_id:
            return slot
        return self.hindrance(slot_id)

    def to_change(self, slot_id: str, total_seconds: int) -> Slot | Refusal:
        slot = self.running(slot_id)
        if isinstance(slot, Slot) and total_seconds <= 0:
            return Refusal.SECONDS_INVALID
        return slot

    def hindrance(self, slot_id: str) -> Refusal:
        """Why a slot that does not run is not there; NO_SLOT when nothing stands in its way."""
        if self.machine.end_of(slot_id) is not None:
            return Refusal.SLOT_ENDED
        match self.machine.phase:
            case Open() | Grace():
                return Refusal.OTHER_SLOT
            case Wiping():
                return Refusal.WIPING
            case Quarantine():
                return Refusal.QUARANTINED
            case _:
                return Refusal.NO_SLOT

    def let_time_pass(self) -> None:
        phase = self.machine.phase
        if isinstance(phase, Open) and self._now.boot_seconds >= phase.slot.deadline:
            self._begin_grace(phase.slot, phase.slot.deadline, EndReason.TIME)
        phase = self.machine.phase
        if isinstance(phase, Grace) and self._now.boot_seconds >= phase.deadline:
            self.close(phase.slot, phase.cause)

    def end_with_grace(self, slot: Slot, cause: EndReason) -> Outcome:
        phase = self.machine.phase
        if isinstance(phase, Grace) and cause in {phase.cause, EndReason.TIME}:
            return self.accept(slot)
        began = phase.began if isinstance(phase, Grace) else self._now.boot_seconds
        number = self._begin_grace(slot, began, cause)
        self.let_time_pass()
        end = self.machine.end_of(slot.slot_id)
        if end is not None:
            # Without a grace it is over at once, and a repeat must find the same answer.
            return self.outcome(Accepted(end))
        return self.outcome(Accepted(number, slot.total_seconds))

    def close(self, slot: Slot, reason: EndReason) -> int:
        """End the slot now; what staff began stays theirs, grace is not counted as used."""
        phase, until = self.machine.phase, self._now.boot_seconds
        if isinstance(phase, Grace):
            until = phase.began
            reason = EndReason.STAFF if phase.cause is EndReason.STAFF else reason
        return self._tell_end(slot, reason, slot.used(until))

    def take_back(self, phase: Open | Grace, last_alive: Instant, *, sound: bool) -> None:
        """Decide on the slot that ran when the gate stopped."""
        slot = phase.slot
        if slot.opened.boot_id != self._now.boot_id:
            self._end_with_its_boot(phase, last_alive)
        elif not sound:
            self.close(slot, EndReason.FAULT)
        else:
            self.tell(Readopted(slot.slot_id, round(seconds_between(last_alive, self._now), 3)))
            self._note_step(last_alive)
            self.let_time_pass()

    def _end_with_its_boot(self, phase: Open | Grace, last_alive: Instant) -> None:
        slot = phase.slot
        if isinstance(phase, Grace):
            self._tell_end(slot, phase.cause, slot.used(phase.began))
            return
        used = slot.used(last_alive.boot_seconds)
        left = slot.total_seconds - used
        total = slot.total_seconds
        self.tell(PowerLost(slot.slot_id, total, round(used, 3), round(left, 3), last_alive.wall))
        self._tell_end(slot, EndReason.POWER_LOST, used)

    def _begin_grace(self, slot: Slot, began: float, cause: EndReason) -> int:
        return self.tell(GraceStarted(slot.slot_id, slot.grace_seconds, began, cause))

    def _tell_end(self, slot: Slot, reason: EndReason, used: float) -> int:
        left = slot.total_seconds - used
        return self.tell(SlotEnded(slot.slot_id, reason, round(used, 3), round(left, 3)))

    def _note_step(self, earlier: Instant) -> None:
        if self.machine.slot is None or earlier.boot_id != self._now.boot_id:
            return
        step = wall_step(earlier, self._now)
        if abs(step) >= CLOCK_STEP_SECONDS:
            self.tell(ClockStepped(round(step, 3)))
