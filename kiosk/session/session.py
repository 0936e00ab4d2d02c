"""The shell's use case: command in, events journalled, effects run, snapshot shown.

`Session` is the only holder of the state. It takes one command at a time, in order of arrival, and
knows nothing of threads or networks: the journal acknowledges with `appended`, everything else
comes back as another command. Effects of a decision run only when its events are on disk; what a
later command decides waits behind them. A disk that refuses stops nobody's hour: until it takes
again, effects run at once, and nobody new sits down.
"""

import logging
from collections import deque
from collections.abc import Callable
from datetime import datetime

from kiosk.rules.identifier import Entropy, make_id
from kiosk.rules.usbkey import REMOVE_KEY
from kiosk.session.command import (
    Command,
    GateLost,
    GateMet,
    GateRefused,
    GateReported,
    JournalChanged,
    Launched,
    ShorteningRefused,
    Started,
    Ticked,
    WipeRefused,
)
from kiosk.session.decide import decide
from kiosk.session.effect import (
    AskCredit,
    AskOpening,
    AskPass,
    AskPlaces,
    AskRenewal,
    AskTicket,
    AwayGate,
    ChangeOwnTicket,
    CheckCard,
    Effect,
    EndGate,
    ExtendGate,
    Launch,
    OpenGate,
    RemoveKeys,
    ShortenGate,
    TellHub,
    WipeAgain,
)
from kiosk.session.kept import Kept
from kiosk.session.moment import Moment
from kiosk.session.port import (
    Activity,
    Answered,
    CardChecker,
    Clock,
    GateHello,
    GatePort,
    HubPort,
    JournalPort,
)
from kiosk.session.project import look_again_in, project, report
from kiosk.session.state import Decision, State, clock_trusted
from kiosk.wire.codec import MessageInvalid, decode, encode
from kiosk.wire.event import EndReason, Event, EventBody
from kiosk.wire.face import Snapshot
from kiosk.wire.place import RoomView
from kiosk.wire.station import StationReport

_log = logging.getLogger(__name__)

Ask = AskOpening | AskPass | AskRenewal | AskTicket | ChangeOwnTicket | AskPlaces | AskCredit
"""What the hub is asked."""

Show = Callable[[Snapshot, float], None]
"""Shows a snapshot, and says in how many seconds to call `tick` at the latest."""


class Session:
    """One workstation's brain, from `begin` on."""

    def __init__(
        self,
        *,
        clock: Clock,
        gate: GatePort,
        journal: JournalPort,
        hub: HubPort,
        activity: Activity,
        cards: CardChecker,
        entropy: Entropy,
        show: Show,
        windowed: bool,
        version: str,
    ) -> None:
        """Take the ports; nothing happens before `begin`."""
        self._clock = clock
        self._gate = gate
        self._journal = journal
        self._hub = hub
        self._activity = activity
        self._cards = cards
        self._entropy = entropy
        self._show = show
        self._version = version
        self._state = State(windowed=windowed)
        self._next_seq = 1
        self._ticket = 0
        self._commands: deque[Command] = deque()
        self._awaiting: deque[tuple[int, Decision]] = deque()
        self._begun = False
        self._taking = False

    @property
    def state(self) -> State:
        """The state as of the last command taken; it may be ahead of the journal by one write."""
        return self._state

    def begin(self, kept: bytes | None, next_seq: int) -> None:
        """Take up what was kept, then what the gate did meanwhile.

        A kept value that cannot be read counts as lost: the gate is right about what runs.
        """
        self._next_seq = next_seq
        self._state = self._state.but(kept=_read(kept))
        hello, told = self._meet_gate()
        self._begun = True
        self._commands.extendleft(reversed(told))
        self._commands.insert(len(told), Started(self._version, hello.slot_id))
        self._take()

    def handle(self, command: Command) -> None:
        """Take a command, now or as soon as the one in hand is done."""
        self._commands.append(command)
        self._take()

    def tick(self) -> None:
        """Time has passed: forget what is over, and show the new figures."""
        self.handle(Ticked())

    def appended(self, ticket: int) -> None:
        """Run the effects of every decision that is now on disk."""
        self._carry_out(ticket)
        self.journal_recovered()
        self._look()

    def journal_failed(self) -> None:
        """The disk refuses; what was written still gets there, in order, once it takes again.

        What is lost by a kill until then is told anew by the gate, or harmless to repeat.
        """
        self.handle(JournalChanged(writes=False))
        self._carry_out(self._ticket)
        self._look()

    def journal_recovered(self) -> None:
        """The disk takes again; harmless to repeat."""
        if not self._state.journal_writes:
            self.handle(JournalChanged(writes=True))

    def gate_lost(self) -> None:
        """The gate does not answer: what runs goes on, and nobody new sits down."""
        self.handle(GateLost())

    def gate_met(self) -> None:
        """The gate is there again: take in what it did meanwhile; harmless to repeat."""
        hello, told = self._meet_gate()
        self._commands.extend(told)
        self.handle(GateMet(hello.slot_id))

    def report(self) -> StationReport:
        """Return the sign of life for the hub."""
        return report(self._state, self._moment(), self._version)

    def _meet_gate(self) -> tuple[GateHello, list[Command]]:
        hello = self._gate.hello()
        if hello.last_fact < self._state.kept.gate_fact:
            # The gate's own record was lost and its numbers begin again.
            # What it has told of a residue is over too: it sweeps the place before it begins.
            self._state = self._state.keeping(gate_fact=0, residue=None)
        self._state = self._state.but(applications=hello.applications)
        facts = self._gate.facts_after(self._state.kept.gate_fact)
        return hello, [GateReported(fact) for fact in facts]

    def room(self) -> RoomView | None:
        """Return the room as the hub told it last, None before it did."""
        situation = self._state.kept.situation
        return None if situation is None else situation.room

    def _carry_out(self, ticket: int) -> None:
        while self._awaiting and self._awaiting[0][0] <= ticket:
            _, decision = self._awaiting.popleft()
            for effect in decision.effects:
                self._run(effect)

    def _take(self) -> None:
        if self._taking or not self._begun:
            return
        self._taking = True
        try:
            while self._commands:
                self._take_one(self._commands.popleft())
        finally:
            self._taking = False
        self._look()

    def _take_one(self, command: Command) -> None:
        moment = self._moment()
        before = self._state
        decision = decide(before, command, moment)
        if decision.events:
            decision = _stamped(decision, moment)
        self._state = decision.state
        if decision.events or decision.state.kept != before.kept:
            self._ticket += 1
            self._awaiting.append((self._ticket, decision))
            events = self._events(decision.events, before, moment)
            self._journal.append(events, encode(decision.state.kept), self._ticket)
        elif self._awaiting:
            self._awaiting.append((self._awaiting[-1][0], decision))
        else:
            for effect in decision.effects:
                self._run(effect)
        if not self._state.journal_writes:
            self._carry_out(self._ticket)

    def _events(
        self, bodies: tuple[EventBody, ...], before: State, moment: Moment
    ) -> tuple[Event, ...]:
        trusted = clock_trusted(before.kept, moment.wall)
        first, self._next_seq = self._next_seq, self._next_seq + len(bodies)
        return tuple(
            Event(
                event_id=make_id(moment.wall, self._entropy),
                seq=first + place,
                at=moment.wall,
                clock_trusted=trusted,
                body=body,
            )
            for place, body in enumerate(bodies)
        )

    def _run(self, effect: Effect) -> None:
        match effect:
            case (
                AskOpening()
                | AskPass()
                | AskRenewal()
                | AskTicket()
                | ChangeOwnTicket()
                | AskPlaces()
                | AskCredit()
            ):
                self._ask(effect)
            case CheckCard(slot_id=slot_id, secret=secret, verifier=verifier):
                self._cards.check(slot_id, secret, verifier)
            case OpenGate() | ExtendGate() | ShortenGate() | WipeAgain():
                self._try(effect)
            case EndGate(slot_id=slot_id, reason=reason):
                self._gate.end(slot_id, reason, _let_be)
            case AwayGate(slot_id=slot_id, on=on):
                self._gate.away(slot_id, on, _let_be)
            case Launch(slot_id=slot_id, application=application, url=url, profile=profile):
                self._gate.launch(
                    slot_id,
                    application,
                    url,
                    lambda started: self.handle(Launched(slot_id, started=started)),
                    profile,
                )
            case RemoveKeys(slot_id=slot_id):
                # How it went is told by a fact, and a program is none of it.
                self._gate.launch(slot_id, REMOVE_KEY, "", _let_be)
            case TellHub():  # pragma: no branch
                self._hub.tell()

    def _unless(self, refused: Command) -> Answered:
        """Return what takes this command unless the gate agrees; a fact tells when it does."""

        def answered(agreed: bool) -> None:
            if not agreed:
                self.handle(refused)

        return answered

    def _ask(self, effect: Ask) -> None:
        match effect:
            case AskOpening(ask=ask):
                self._hub.ask_opening(ask)
            case AskPass(ask=entered):
                self._hub.ask_pass(entered)
            case AskRenewal(ask=renewal):
                self._hub.ask_renewal(renewal)
            case AskTicket(ask=wanted):
                self._hub.ask_ticket(wanted)
            case ChangeOwnTicket(ask_id=change_id, ask=change):
                self._hub.change_ticket(change_id, change)
            case AskPlaces(ask_id=ask_id):
                self._hub.ask_places(ask_id)
            case AskCredit(ask_id=credit_id, ask=credit):  # pragma: no branch
                self._hub.ask_credit(credit_id, credit)

    def _try(self, effect: OpenGate | ExtendGate | ShortenGate | WipeAgain) -> None:
        """Ask the gate for what it tells by a fact, and hear it where it refuses."""
        match effect:
            case OpenGate(slot_id=slot_id, seconds=seconds, grace=grace):
                refused = self._unless(GateRefused(slot_id, opening=True))
                self._gate.open(slot_id, seconds, grace, refused)
            case ExtendGate(slot_id=slot_id, total_seconds=total):
                refused = self._unless(GateRefused(slot_id, opening=False))
                self._gate.extend_to(slot_id, total, refused)
            case ShortenGate(slot_id=slot_id, total_seconds=total):
                refused = self._unless(ShorteningRefused(slot_id))
                self._gate.shorten_to(slot_id, total, refused)
            case _:
                self._gate.end(effect.slot_id, EndReason.STAFF, self._unless(WipeRefused()))

    def _look(self) -> None:
        if self._begun and not self._taking and not self._awaiting:
            moment = self._moment()
            self._show(project(self._state, moment), look_again_in(self._state, moment))

    def _moment(self) -> Moment:
        wall: datetime = self._clock.wall()
        quiet = self._activity.quiet_seconds(programs_run=self._state.launched > 0)
        return Moment(wall, self._clock.boot_seconds(), make_id(wall, self._entropy), quiet)


def _stamped(decision: Decision, moment: Moment) -> Decision:
    """Remember the latest stamp given, which a later clock must not stand before."""
    last = decision.state.kept.last_stamp
    stamp = moment.wall if last is None else max(last, moment.wall)
    return Decision(decision.state.keeping(last_stamp=stamp), decision.events, decision.effects)


def _let_be(_agreed: bool) -> None:
    """Whether it was done is told by a fact; who asked may ask again."""


def _read(kept: bytes | None) -> Kept:
    if kept is None:
        return Kept()
    try:
        found: Kept = decode(kept, Kept)
    except MessageInvalid as error:
        _log.warning("the kept state cannot be read and is begun afresh: %s", error)
        return Kept()
    return found
