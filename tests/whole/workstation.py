"""A workstation on a cable to the hub: what it asks, tells and hears goes through, or does not."""

import random
from datetime import datetime, timedelta
from pathlib import Path

from kiosk.gate.journal import Journal
from kiosk.gate.service import Gate
from kiosk.session.command import (
    ChangesRead,
    ContactChanged,
    OpeningAnswered,
    OpeningUnanswered,
    OutboxCounted,
    RenewalAnswered,
    RenewalUnanswered,
    SituationRead,
    Wished,
)
from kiosk.session.kept import Sitting as KeptSitting
from kiosk.session.moment import Moment
from kiosk.session.session import Session
from kiosk.session.state import boundaries, remaining_seconds
from kiosk.wire.change import CursorTooOld
from kiosk.wire.event import EventBatch, Verdict
from kiosk.wire.face import Contact, Snapshot, Wish
from kiosk.wire.station import OpenSlot, RenewSlot, SlotGranted
from tests.helpers.clock import FakeClock
from tests.helpers.hubhouse import HubHouse, Sitting
from tests.session.bench import GateLine
from tests.session.station import Station

BATCH = 100


class OffsetClock:
    """The shell's clock: the machine's own, and what the hub's answers have taught."""

    def __init__(self, machine: FakeClock) -> None:
        self._machine = machine
        self._offset = timedelta(0)

    def wall(self) -> datetime:
        return self._machine.wall() + self._offset

    def boot_seconds(self) -> float:
        return self._machine.boot_seconds()

    def learn(self, hub_time: datetime) -> None:
        self._offset = hub_time - self._machine.wall()


class Workstation(Station):
    """The station under test, on a cable that can be cut or lose what the hub answers.

    Attributes:
        whole: whether the cable carries anything.
        loses: while true the hub hears and is not heard.
        late: while true, facts are not told though the cable is whole.
        asleep: the programs are killed and not started again yet.
        delivered: how many facts the hub has acknowledged.
        refused: the codes of facts that the hub would not take.
        granted: slots that the hub granted and this station heard of, in order.
        finished: the slots that their visitor has ended.
    """

    def __init__(self, folder: Path, house: HubHouse, number: int) -> None:
        self.house = house
        self.place: Sitting = house.enrol(number=number)
        self.number = number
        self.whole, self.loses, self.late, self.asleep = True, False, False, False
        self.delivered = 0
        self.refused: list[str] = []
        self.granted: list[str] = []
        self.finished: set[str] = set()
        self.look_at = 0.0
        self._asks: list[OpenSlot | RenewSlot] = []
        self._situated = False
        self._starts = 0
        folder.mkdir()
        super().__init__(folder, FakeClock(house.clock.wall(), 1000.0 * number))
        self.touched = self.clock.boot_seconds()
        self.keep_touch()

    # -- life ------------------------------------------------------------------------------

    def start(self) -> None:
        """Start gate and brain; the shell's clock has still to learn from the hub."""
        self._starts += 1
        self._random = random.Random(1000 * self.number + self._starts)
        self.shell_clock = OffsetClock(self.clock)
        self.gate = Gate(
            self.clock, Journal.open(self._folder / "gate.journal", self._new_id), self.backend
        )
        self.gate.start()
        self.line = GateLine(self.gate)
        self.session = Session(
            clock=self.shell_clock,
            gate=self.line,
            journal=self,
            hub=self,
            activity=self,
            cards=self,
            entropy=self._random.randbytes,
            show=self._note_show,
            windowed=True,
            version="0.1.0",
        )
        self._asks.clear()
        self.session.begin(self.kept, len(self.written) + 1)
        self._situated = self.session.state.kept.situation is not None

    def fall_asleep(self) -> None:
        """Kill shell and gate."""
        self.kill()
        self.asleep = True

    def wake_up(self, *, power: bool = False) -> None:
        """Start both again, in the same boot or in another one."""
        if not self.asleep:
            self.kill()
        if power:
            self.clock.reboot(0)
        self.asleep = False
        self.start()
        self.work()
        self.keep_touch()

    def kill(self) -> None:
        """Kill both; a hub that waits for an answer hears nothing more."""
        super().kill()

    def close(self) -> None:
        """Let the files go."""
        if not self.asleep:
            super().close()

    # -- the cable ---------------------------------------------------------------------------

    @property
    def is_heard(self) -> bool:
        """Whether hub and station understand each other."""
        return self.whole and not self.loses and not self.asleep

    @property
    def live(self) -> bool:
        """Whether the station takes the hub for present."""
        return not self.asleep and self.session.state.contact is Contact.LIVE

    def ask_opening(self, ask: OpenSlot) -> None:
        self._asks.append(ask)

    def ask_renewal(self, ask: RenewSlot) -> None:
        self._asks.append(ask)

    def tell(self) -> None:
        """Nothing is told in the middle of a decision: `work` does it."""

    def work(self) -> None:
        """Let the gate settle, the hub answer and the courier carry, until nothing is left."""
        if self.asleep:
            return
        self.settle()
        while self._asks:
            self._carry_ask(self._asks.pop(0))
            self.settle()
        self._carry_facts()

    def _carry_ask(self, ask: OpenSlot | RenewSlot) -> None:
        identity = self.place.identity
        if isinstance(ask, OpenSlot):
            opened = self.house.openings.open(identity, ask) if self.whole else None
            if opened is None or self.loses:
                self.session.handle(OpeningUnanswered(ask))
                return
            if isinstance(opened, SlotGranted):
                self.granted.append(opened.slot_id)
            self.session.handle(OpeningAnswered(opened))
            return
        renewed = self.house.renewals.renew(identity, ask) if self.whole else None
        if renewed is None or self.loses:
            self.session.handle(RenewalUnanswered(ask))
        else:
            self.session.handle(RenewalAnswered(renewed))

    def _carry_facts(self) -> None:
        while self.whole and not self.late and self.delivered < len(self.written):
            batch = tuple(self.written[self.delivered : self.delivered + BATCH])
            answer = self.house.intake.receive(self.place.identity, EventBatch(events=batch))
            if self.loses:
                return
            self.refused += [
                str(one.code) for one in answer.answers if one.verdict is Verdict.REFUSED
            ]
            self.delivered += len(batch)
        waiting = len(self.written) - self.delivered
        if waiting != self.session.state.outbox:
            self.session.handle(OutboxCounted(waiting))

    def keep_touch(self) -> None:
        """Report, and read on, as the line does every few seconds."""
        if self.asleep:
            return
        if self.whole:
            self.house.presence.beat(self.place.identity, self.session.report())
            self.house.contacts.settle()
        if not self.is_heard:
            if self.live:
                self.session.handle(ContactChanged(Contact.LOST))
            self.work()
            return
        self.shell_clock.learn(self.house.clock.now())
        if not self.live:
            self.session.handle(ContactChanged(Contact.LIVE))
        self.work()
        self.read()

    def read(self) -> None:
        """Read what has changed, or everything where nothing is known yet."""
        if not self.is_heard:
            return
        situation = self.session.state.kept.situation
        if situation is None or not self._situated:
            self._begin_anew()
            return
        cursor = situation.cursor
        while True:
            page = self.house.feed.changes(self.place.identity, cursor)
            if isinstance(page, CursorTooOld):
                self._begin_anew()
                return
            self.session.handle(ChangesRead(page))
            cursor = page.cursor
            if not page.more:
                break
        self.work()

    def _begin_anew(self) -> None:
        self._situated = True
        self.session.handle(SituationRead(self.house.feed.situation(self.place.identity)))
        self.work()

    # -- what hands and time do ----------------------------------------------------------------

    def wish(self, wish: Wish) -> None:
        self.session.handle(Wished(wish))
        self.work()

    def due(self) -> float:
        """Return in how many seconds this station has something to do."""
        now = self.clock.boot_seconds()
        gate = self.gate.next_deadline()
        return max(min(self.look_at, now + 3600 if gate is None else gate) - now, 0.0)

    def look(self) -> None:
        """Do what is due now."""
        now = self.clock.boot_seconds()
        gate, is_due = self.gate.next_deadline(), self.look_at <= now
        if gate is not None and gate <= now:
            self.gate.tick()
        self.work()
        if is_due:
            self.session.tick()
            self.work()

    def _note_show(self, snapshot: Snapshot, look_again_in: float) -> None:
        self.snapshot = snapshot
        self.look_at = self.clock.boot_seconds() + max(look_again_in, 0.02)

    # -- what is looked at ---------------------------------------------------------------------

    @property
    def sitting(self) -> KeptSitting | None:
        """The open slot here, None if nobody sits."""
        found = None if self.asleep else self.session.state.kept.sitting
        return None if found is None or found.opened_boot is None else found

    def overrun(self) -> float:
        """Return by how many seconds slot and grace pass what this station knows."""
        sitting, state = self.sitting, self.session.state
        wall = self.shell_clock.wall()
        moment = Moment(wall, self.clock.boot_seconds())
        known = boundaries(state, moment)
        if sitting is None or sitting.grace_boot is not None or not isinstance(known, tuple):
            return 0.0
        over = moment.wall_in(remaining_seconds(sitting, moment) + sitting.grace_seconds)
        return max(((over - one.at).total_seconds() for one in known), default=0.0)
