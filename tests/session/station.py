"""A whole workstation in memory: the real brain, the real gate, and a hub that does as told."""

import random
from datetime import timedelta
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from kiosk.gate.journal import Journal
from kiosk.gate.service import Gate
from kiosk.rules.identifier import make_id
from kiosk.rules.slot import Ground
from kiosk.rules.ticket import TicketState
from kiosk.session.command import (
    ChangesRead,
    ContactChanged,
    GateReported,
    OpeningAnswered,
    ProvisionsRead,
    RenewalAnswered,
    SituationRead,
    Wished,
)
from kiosk.session.session import Session
from kiosk.wire.change import Change, ChangeBody, ChangesPage, CommandIssued, WaitingChanged
from kiosk.wire.command import Command, CommandBody
from kiosk.wire.event import Event, EventBody
from kiosk.wire.face import Contact, Shown, SignInAsked, Snapshot, Wish
from kiosk.wire.provision import OpenByPass, Provisions
from kiosk.wire.station import (
    OpenSlot,
    RenewalGranted,
    RenewalRefused,
    RenewSlot,
    SlotGranted,
    SlotRefused,
)
from kiosk.wire.ticket import ChangeTicket, TakeTicket
from kiosk.wire.waiting import (
    OccupantView,
    StandingRefusalView,
    StandingView,
    TicketView,
    WaitingView,
)
from tests.helpers.clock import FakeClock
from tests.session.bench import CreditAsks, GateLine, MemoryBackend, situation

CARD, PIN = "20481000012345", "4711"
OTHER_SLOT = "01890000-0000-7000-8000-000000000b0b"
STATION_ID = "01890000-0000-7000-8000-000000000001"


class Station(CreditAsks):
    """The workstation under test; `kill` and `restart` are what a power user would do to it.

    Attributes:
        written: every event that reached the disk, in order.
        asked_openings, asked_renewals, asked_passes: what the hub was asked.
        checks: the codes to be checked here: slot, secret and verifier.
        provisions: what the station finds again of it at a start.
        touched: boot time of the last input, None where nothing tells.
        slow_disk: while true, appends wait for `sync`.
    """

    def __init__(self, folder: Path, clock: FakeClock | None = None) -> None:
        self.clock = clock or FakeClock()
        self.backend = MemoryBackend()
        self.written: list[Event] = []
        self.kept: bytes | None = None
        self.asked_openings: list[OpenSlot] = []
        self.asked_renewals: list[RenewSlot] = []
        self.asked_tickets: list[TakeTicket] = []
        self.asked_changes: list[tuple[str, ChangeTicket]] = []
        self.asked_places: list[str] = []
        self.asked_passes: list[OpenByPass] = []
        self.checks: list[tuple[str, str, str]] = []
        self.provisions: Provisions | None = None
        self.touched: float | None = None
        self.sees_no_programs = False
        self.slow_disk = False
        self._held: list[tuple[tuple[Event, ...], bytes, int]] = []
        self._folder = folder
        self._random = random.Random(7)
        self._cursor = 5
        self.snapshot: Snapshot | None = None
        self.start()

    # -- life ------------------------------------------------------------------------------

    def start(self) -> None:
        """Start gate and brain on what stands on the disk."""
        self.line = GateLine(self._start_gate())
        self.session = Session(
            clock=self.clock,
            gate=self.line,
            journal=self,
            hub=self,
            activity=self,
            cards=self,
            entropy=self._random.randbytes,
            show=self._show,
            windowed=True,
            version="0.1.0",
        )
        self.session.handle(ProvisionsRead(self.provisions))
        self.session.begin(self.kept, len(self.written) + 1)

    def _start_gate(self) -> Gate:
        journal = Journal.open(self._folder / "gate.journal", self._new_id)
        self.gate = gate = Gate(self.clock, journal, self.backend)
        gate.start()
        return gate

    def replace_gate(self) -> None:
        """Kill the gate, and start it on an empty disk."""
        self.gate.close()
        (self._folder / "gate.journal").unlink()
        self.line.gate = self._start_gate()

    def kill(self) -> None:
        """Kill shell and gate; what the disk has not, is lost."""
        self._held.clear()
        self.gate.close()

    def restart(self, after: float = 0.0) -> None:
        """Kill both and start them again, so many seconds later, in the same boot."""
        self.kill()
        self.clock.advance(after)
        self.start()
        self.settle()

    def restart_before_effects(self) -> None:
        """Kill the shell when its last decision is on the disk and nothing of it is done yet."""
        for events, kept, _ in self._held:
            self.written.extend(events)
            self.kept = kept
        self.slow_disk = False
        self.restart()

    def cut_power(self, after: float = 40.0) -> None:
        """Cut the power and come up again."""
        self.kill()
        self.clock.reboot(after)
        self.start()
        self.settle()

    def close(self) -> None:
        """Let the files go."""
        self.gate.close()

    # -- the journal's and the hub's ports ---------------------------------------------------

    def append(self, events: tuple[Event, ...], kept: bytes, ticket: int) -> None:
        self._held.append((events, kept, ticket))
        if not self.slow_disk:
            self.sync()

    def sync(self) -> None:
        """Let the disk finish what it holds."""
        while self._held:
            events, kept, ticket = self._held.pop(0)
            self.written.extend(events)
            self.kept = kept
            self.session.appended(ticket)

    def ask_opening(self, ask: OpenSlot) -> None:
        self.asked_openings.append(ask)

    def ask_pass(self, ask: OpenByPass) -> None:
        self.asked_passes.append(ask)

    def check(self, slot_id: str, secret: str, verifier: str) -> None:
        self.checks.append((slot_id, secret, verifier))

    def ask_renewal(self, ask: RenewSlot) -> None:
        self.asked_renewals.append(ask)

    def ask_ticket(self, ask: TakeTicket) -> None:
        self.asked_tickets.append(ask)

    def change_ticket(self, ask_id: str, ask: ChangeTicket) -> None:
        self.asked_changes.append((ask_id, ask))

    def ask_places(self, ask_id: str) -> None:
        self.asked_places.append(ask_id)

    def quiet_seconds(self, *, programs_run: bool) -> float | None:
        if self.touched is None or (programs_run and self.sees_no_programs):
            return None
        return self.clock.boot_seconds() - self.touched

    def touch(self) -> None:
        """Somebody uses the keyboard."""
        self.touched = self.clock.boot_seconds()

    def tell(self) -> None:
        pass

    # -- what the test does ------------------------------------------------------------------

    def connect(self, closes_at: int = 1440) -> None:
        """The hub is there, and has told everything."""
        self.session.handle(ContactChanged(Contact.LIVE))
        self.session.handle(SituationRead(situation(self.clock, closes_at=closes_at)))

    def disconnect(self) -> None:
        self.session.handle(ContactChanged(Contact.LOST))

    def wish(self, wish: Wish) -> None:
        self.session.handle(Wished(wish))
        self.settle()

    def grant(self, seconds: int = 3600, first_name: str = "Jeanne", **told: Any) -> None:
        """Answer yes to the last opening that was asked."""
        whole: dict[str, Any] = {"grace_seconds": 120, "first_name": first_name} | told
        slot_id = self.asked_openings[-1].slot_id
        granted = SlotGranted(slot_id=slot_id, total_seconds=seconds, **whole)
        self.session.handle(OpeningAnswered(granted))
        self.settle()

    def refuse(self, ground: Ground) -> None:
        """Answer no to the last opening that was asked."""
        refused = SlotRefused(slot_id=self.asked_openings[-1].slot_id, ground=ground, tries_left=2)
        self.session.handle(OpeningAnswered(refused))

    def sit(self, seconds: int = 3600) -> str:
        """Sign in and be granted a slot; returns its id."""
        self.wish(SignInAsked(card=CARD, pin=PIN))
        self.grant(seconds)
        return self.asked_openings[-1].slot_id

    def grant_renewal(self, total: int) -> None:
        ask = self.asked_renewals[-1]
        self.session.handle(
            RenewalAnswered(
                RenewalGranted(
                    slot_id=ask.slot_id,
                    from_total_seconds=ask.from_total_seconds,
                    total_seconds=total,
                )
            )
        )
        self.settle()

    def refuse_renewal(self, ground: Ground, **told: Any) -> None:
        ask = self.asked_renewals[-1]
        self.session.handle(
            RenewalAnswered(
                RenewalRefused(
                    slot_id=ask.slot_id,
                    from_total_seconds=ask.from_total_seconds,
                    ground=ground,
                    **told,
                )
            )
        )
        self.settle()

    def hear(self, *bodies: ChangeBody) -> None:
        """The hub tells what has changed."""
        changes = []
        for body in bodies:
            self._cursor += 1
            changes.append(Change(n=self._cursor, at=self.clock.wall(), body=body))
        self.session.handle(ChangesRead(ChangesPage(changes=tuple(changes), cursor=self._cursor)))
        self.settle()

    def queue(self, *tickets: TicketView, told: bool = True) -> None:
        """The hub tells who waits; the first that waits refuses this seat if that was told."""
        waiting = [one for one in tickets if one.state is TicketState.WAITING]
        self.hear(
            WaitingChanged(waiting=self.room(tickets, waiting[0] if waiting and told else None))
        )

    def room(
        self, tickets: tuple[TicketView, ...] = (), refused_for: TicketView | None = None
    ) -> WaitingView:
        """The room of two seats as the hub sees it: this one, and one that does not end soon."""
        sitting = self.session.state.kept.sitting
        assert sitting is not None
        face = self.shown.session
        assert face is not None
        mine = OccupantView(
            slot_id=sitting.slot_id,
            ends_at=face.ends_at,
            used_today_seconds=max(sitting.total_seconds - face.remaining_seconds, 0),
            bar=Ground.DECLINED if sitting.declined else None,
            mercy=sitting.mercy_taken,
        )
        other = OccupantView(
            slot_id=OTHER_SLOT,
            ends_at=self.clock.wall() + timedelta(hours=3),
            used_today_seconds=60,
        )
        refusals = tuple(
            StandingRefusalView(ticket=one.number, seat=7, slot_id=sitting.slot_id)
            for one in (() if refused_for is None else (refused_for,))
        )
        return WaitingView(
            room_id="trapeze/salle",
            at=self.clock.wall(),
            letter="A",
            tickets=tickets,
            seats=(StandingView(number=7, occupant=mine), StandingView(number=8, occupant=other)),
            refusals=refusals,
        )

    def away_room(self) -> WaitingView:
        """The room while this seat is locked: somebody waits who has had as much today as all."""
        sitting = self.session.state.kept.sitting
        assert sitting is not None
        later = self.clock.wall() + timedelta(hours=1)
        occupants = tuple(
            OccupantView(slot_id=slot_id, ends_at=later, used_today_seconds=60)
            for slot_id in (sitting.slot_id, OTHER_SLOT)
        )
        return WaitingView(
            room_id="trapeze/salle",
            at=self.clock.wall(),
            letter="A",
            tickets=(replace(self.ticket(), used_today_seconds=7200),),
            seats=tuple(
                StandingView(number=7 + place, occupant=one) for place, one in enumerate(occupants)
            ),
        )

    def ticket(self, number: int = 19, minutes_ago: int = 27) -> TicketView:
        """A ticket of somebody who has not had a minute today."""
        return TicketView(
            number=number,
            label=f"A-{number}",
            state=TicketState.WAITING,
            taken_at=self.clock.wall() - timedelta(minutes=minutes_ago),
        )

    def command(
        self, body: CommandBody, slot_id: str | None, *, lifetime: float = 60, n: int = 0
    ) -> str:
        """The desk sends a command; returns its id."""
        self._cursor += 1
        command_id = f"01890000-0000-7000-8000-{n or self._cursor:012x}"
        command = Command(
            command_id=command_id,
            station_id=STATION_ID,
            slot_id=slot_id,
            issued_at=self.clock.wall(),
            expires_at=self.clock.wall() + timedelta(seconds=lifetime),
            body=body,
        )
        change = Change(n=self._cursor, at=self.clock.wall(), body=CommandIssued(command=command))
        self.session.handle(ChangesRead(ChangesPage(changes=(change,), cursor=self._cursor)))
        self.settle()
        return command_id

    def pass_time(self, seconds: float) -> None:
        """Let time pass; the gate does what is due on its way."""
        end = self.clock.boot_seconds() + seconds
        while (due := self.gate.next_deadline()) is not None and due <= end:
            self.clock.advance(max(due - self.clock.boot_seconds(), 0.0))
            self.gate.tick()
            self.settle()
        self.clock.advance(max(end - self.clock.boot_seconds(), 0.0))
        self.session.tick()
        self.settle()

    def settle(self) -> None:
        """Let the gate do what is due now, and tell what it knows."""
        while True:
            due = self.gate.next_deadline()
            if due is not None and due <= self.clock.boot_seconds():
                self.gate.tick()
            taken = self.session.state.kept.gate_fact
            facts = self.line.facts_after(taken)
            for fact in facts:
                self.session.handle(GateReported(fact))
            if not facts:
                return

    def told(self, kind: type[EventBody]) -> list[EventBody]:
        return [event.body for event in self.written if isinstance(event.body, kind)]

    @property
    def shown(self) -> Snapshot:
        """The last snapshot; there must be one."""
        assert self.snapshot is not None
        return self.snapshot

    def face(self) -> Shown:
        """Which face is due."""
        return self.shown.shown

    def _new_id(self) -> str:
        return make_id(self.clock.wall(), self._random.randbytes)

    def _show(self, snapshot: Snapshot, look_again_in: float) -> None:
        assert 0 <= look_again_in <= 60
        self.snapshot = snapshot
