"""The model station: it asks the hub while there is a cable, and acts alone without one."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from kiosk.rules.booking import Booking
from kiosk.rules.boundary import LateChange, cut_short, known_boundaries
from kiosk.rules.clock import WallClock, wall_clock
from kiosk.rules.cover import SeatAnswer, standing_answers
from kiosk.rules.reason import Reason, reason_for
from kiosk.rules.renewal import Asker, AtWork, answer_alone, ask_renewal, renew_itself, take_mercy
from kiosk.rules.resume import Interrupted, Kept, resume
from kiosk.rules.room import RoomSnapshot
from kiosk.rules.slot import Boundary, Grant, Ground, Refusal, Running, grant
from tests.rules.house.hub import Hub
from tests.rules.house.record import HOURS, RULE, START, Changed, End, Ended, Fact, Opened, Slot


@dataclass(slots=True)
class Station:
    """`error` is how wrong its own clock is; the hub's offset mends it while there is contact."""

    seat: int
    hub: Hub
    contact: bool = True
    error: float = 0.0
    offset: float = 0.0
    last_stamp: datetime = START
    bookings: tuple[Booking, ...] = ()
    slot: Slot | None = None
    snapshot: RoomSnapshot | None = None
    snapshot_at: float = 0.0
    outbox: list[Fact] = field(default_factory=list)
    ends: list[End] = field(default_factory=list)
    trespasses: list[str] = field(default_factory=list)
    at_work: bool = True
    made: int = 0
    asleep: int = 0

    @property
    def now(self) -> float:
        return self.hub.now

    @property
    def clock(self) -> WallClock:
        own = START + timedelta(seconds=self.now + self.error)
        return wall_clock(own, self.offset, self.last_stamp)

    def hear(self, snapshot: RoomSnapshot) -> None:
        """Take in what the hub sends; with it the offset and the bookings."""
        self.snapshot, self.snapshot_at = snapshot, self.now
        self.offset, self.bookings = -self.error, self.hub.bookings

    def stamp(self) -> None:
        self.last_stamp = max(self.last_stamp, self.clock.at)

    def tell(self, fact: Fact) -> None:
        self.stamp()
        self.outbox.append(fact)
        if self.contact:
            self.flush()

    def flush(self) -> None:
        facts, self.outbox = self.outbox, []
        self.hub.take_facts(self.seat, facts)

    def boundaries(self) -> tuple[Boundary, ...] | Refusal:
        clock = self.clock
        return known_boundaries(
            RULE, HOURS, self.bookings, self.seat, clock.at, trusted=clock.trusted
        )

    # ------------------------------------------------------------------------------- opening

    def come(self, person: str, *, known: bool, lost: bool) -> Grant | Reason | None:
        """Somebody passes a card here; None when the seat is not for anybody now."""
        if self.asleep:
            return None
        if self.slot is not None:
            return self._come_back(person)
        self.made += 1
        slot_id = f"{self.seat}-{self.made}"
        if self.contact:
            answer = self.hub.open(self.seat, slot_id, person)
            if not lost:
                if isinstance(answer, Grant):
                    self._open(slot_id, person, answer.total_seconds, alone=False)
                return answer
            self.lose_contact()
        if not known:
            return reason_for(Refusal(Ground.NO_ANSWER))
        boundaries = self.boundaries()
        if isinstance(boundaries, Refusal):
            return reason_for(boundaries)
        found = grant(RULE, self.clock.at, boundaries)
        if isinstance(found, Refusal):
            return reason_for(found)
        self._open(slot_id, person, found.total_seconds, alone=True)
        return found

    def _open(self, slot_id: str, person: str, total: int, *, alone: bool) -> None:
        if self.slot is not None:
            self.trespasses.append(f"{slot_id} on {self.slot.slot_id}")
        self.slot = Slot(slot_id, self.seat, person, self.now, total, alone)
        self._check(total)
        self.tell(Opened(slot_id, person, self.now, total, alone))

    def _check(self, left: float) -> None:
        """Write down a slot whose end and grace pass what is known."""
        boundaries = self.boundaries()
        over = self.clock.at + timedelta(seconds=left + RULE.grace_seconds - 1)
        if not isinstance(boundaries, Refusal):
            for boundary in boundaries:
                if over > boundary.at:
                    self.trespasses.append(f"{self.slot} passes {boundary}")

    # ------------------------------------------------------------------------------- renewal

    def answer(self) -> SeatAnswer | None:
        """Return what the last snapshot says of this seat."""
        if self.snapshot is None:
            return None
        answers = standing_answers(self.snapshot)
        return next((one for one in answers if one.seat == self.seat), None)

    def refused_for(self) -> int | None:
        """Return the ticket for which this station would refuse a renewal now."""
        if self.slot is None:
            return None
        if self.contact:
            answer = self.hub.answer(self.seat)
            return answer.ticket if answer is not None and answer.told else None
        alone = answer_alone(self.answer(), self.slot.slot_id, self.now - self.snapshot_at)
        return None if alone is None else alone.ticket

    def asker(self, slot: Slot, offered_ago: float | None = None) -> Asker:
        running = Running(slot.total, self.now - slot.opened, slot.renewals)
        return Asker(running, 0, slot.mercy, offered_ago)

    def ask(self, *, lost: bool = False, offered_ago: float | None = None) -> Grant | Reason | None:
        """The visitor taps *Prolonger*."""
        slot = self.running()
        if slot is None or slot.cut_by is not None:
            return None
        if self.contact:
            found = self.hub.renew(self.seat, slot, offered_ago)
            if not lost:
                self._take(slot, found)
                return found
            self.lose_contact()
        boundaries = self.boundaries()
        if isinstance(boundaries, Refusal):
            return reason_for(boundaries)
        answer = answer_alone(self.answer(), slot.slot_id, self.now - self.snapshot_at)
        asker = self.asker(slot, offered_ago)
        found = ask_renewal(RULE, self.clock.at, asker, boundaries, answer)
        self._take(slot, found)
        return found

    def _take(self, slot: Slot, found: Grant | Reason) -> None:
        if isinstance(found, Grant):
            slot.total, slot.renewals = found.total_seconds, slot.renewals + 1
            slot.grace_since = slot.ground = None
            self._check(slot.deadline - self.now)
            self.changed(slot)

    def changed(self, slot: Slot) -> None:
        self.tell(
            Changed(
                slot.slot_id,
                slot.opened,
                slot.total,
                slot.renewals,
                slot.mercy,
                slot.declined,
                slot.kept_until,
            )
        )

    def take_mercy(self) -> Grant | Reason | None:
        """The visitor takes five minutes more."""
        slot, boundaries = self.running(), self.boundaries()
        if slot is None or slot.cut_by is not None:
            return None
        if self.refused_for() is None or isinstance(boundaries, Refusal):
            return None
        found = take_mercy(RULE, self.clock.at, self.asker(slot), boundaries, Ground.WAITING)
        if isinstance(found, Grant):
            slot.total, slot.mercy = found.total_seconds, True
            slot.grace_since = slot.ground = None
            self._check(slot.deadline - self.now)
            self.changed(slot)
        return found

    # ------------------------------------------------------------------------------- endings

    def cut(self, change: LateChange) -> None:
        """Staff shorten a running slot for what they entered late."""
        slot = self.running()
        if slot is None or slot.grace_since is not None:
            return
        found = cut_short(RULE, START + timedelta(seconds=slot.deadline), change)
        if found is not None:
            ends = (found.ends_at - START).total_seconds()
            slot.total, slot.cut_by = int(ends - slot.opened), found.boundary
            slot.declined = True
            self.changed(slot)

    def running(self) -> Slot | None:
        """Return the slot whose visitor could do something now."""
        if self.asleep or self.slot is None or self.slot.kept_until is not None:
            return None
        return self.slot

    def pass_time(self) -> None:
        """Do what time asks: renew itself, start the grace, end, give up what was kept.

        A program that was killed does nothing meanwhile, and all of it when it is back.
        """
        if self.asleep:
            self.asleep -= 1
        else:
            self._pass_time()
            self._pass_time()

    def _pass_time(self) -> None:
        slot = self.slot
        if slot is None:
            return
        if slot.kept_until is not None:
            if self.now >= slot.kept_until:
                self.end(Ground.OVER)
        elif slot.grace_since is None and self.now >= slot.deadline:
            ground = self._end_of_time(slot)
            if ground is not None:
                slot.grace_since, slot.ground = slot.deadline, ground
        elif slot.grace_since is not None and self.now >= slot.grace_since + RULE.grace_seconds:
            self.end(slot.ground)

    def _end_of_time(self, slot: Slot) -> Ground | None:
        if slot.cut_by is not None:
            return slot.cut_by.ground
        boundaries = self.hub.boundaries(self.seat) if self.contact else self.boundaries()
        if isinstance(boundaries, Refusal):
            return boundaries.ground
        answer = answer_alone(self.answer(), slot.slot_id, self.now - self.snapshot_at)
        if self.contact:
            self.hub.refresh()
            answer = self.hub.answer(self.seat)
        work = AtWork(0.0 if self.at_work else 9999.0, declined=slot.declined)
        found = renew_itself(RULE, self.clock.at, self.asker(slot), boundaries, answer, work)
        self._take(slot, found)
        return found.ground if isinstance(found, Reason) else None

    def end(self, ground: Ground | None, *, asked: bool = False) -> None:
        slot = self.slot
        if slot is None:
            return
        early = self.now < slot.deadline and slot.kept_until is None
        self.ends.append(End(slot.slot_id, ground, asked, early))
        self.slot = None
        self.tell(Ended(slot.slot_id, slot.used(self.now), ground, asked))

    # ------------------------------------------------------------------------------- trouble

    def lose_contact(self) -> None:
        if self.contact:
            self.contact = False
            self.hub.lost_at[self.seat] = self.now
            self.hub.refresh()

    def find_contact(self) -> None:
        if not self.contact and not self.asleep:
            self.contact = True
            del self.hub.lost_at[self.seat]
            self.flush()
            # What the hub granted and the station never opened is given up.
            believed = self.hub.slots.get(self.seat)
            if believed is not None and (
                self.slot is None or believed.slot_id != self.slot.slot_id
            ):
                del self.hub.slots[self.seat]
                self.hub.refresh()

    def crash(self, minutes: int) -> None:
        """The programs are killed and come back so many minutes later, in the same boot."""
        self.lose_contact()
        self.asleep = minutes

    def lose_power(self, minutes: float) -> None:
        """The power fails and comes back at once, by the model's clock: the seat is kept."""
        slot = self.running()
        if slot is None:
            return
        if slot.grace_since is not None:
            self.end(slot.ground)
            return
        slot.kept_until = self.now + minutes * 60
        slot.total, slot.opened = int(slot.deadline - self.now), self.now
        self.changed(slot)

    def _come_back(self, person: str) -> Grant | Reason | None:
        slot = self.slot
        if slot is None or slot.kept_until is None:
            return None
        if slot.person != person:
            return reason_for(Refusal(Ground.HELD))
        boundaries = self.hub.boundaries(self.seat) if self.contact else self.boundaries()
        if isinstance(boundaries, Refusal):
            return reason_for(boundaries)
        cut = Interrupted(slot.slot_id, slot.total, 0.0)
        found = resume(
            RULE,
            cut,
            slot.opened,
            self.now,
            self.clock.at,
            boundaries,
            int(slot.kept_until - slot.opened),
        )
        if isinstance(found, Kept):
            slot.total, slot.opened, slot.kept_until = found.left_seconds, self.now, None
            self._check(slot.total)
            self.changed(slot)
            return Grant(slot.total)
        return reason_for(found)
