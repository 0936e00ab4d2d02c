"""What the shell's brain needs of the world. Each port has one contract and several makers."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from kiosk.rules.person import BrowserProfile
from kiosk.session.gatefact import GateFact
from kiosk.wire.credit import ReadSeatCredit
from kiosk.wire.event import EndReason, Event
from kiosk.wire.provision import OpenByPass
from kiosk.wire.station import OpenSlot, RenewSlot
from kiosk.wire.ticket import ChangeTicket, TakeTicket


class Clock(Protocol):
    """Two clocks: one to stamp with, one to count with."""

    def wall(self) -> datetime:
        """Return aware UTC, with the hub's offset."""

    def boot_seconds(self) -> float:
        """Return seconds since the machine started, suspend included."""


@dataclass(frozen=True, slots=True)
class GateHello:
    """What the gate runs, the number of its last fact, and the programs it may launch.

    `confines` says whether a visitor's program is kept from the lock.
    """

    slot_id: str | None
    last_fact: int
    applications: tuple[str, ...] = ()
    confines: bool = False


Answered = Callable[[bool], None]
"""Called once for each verb, at once or later; `False` means refused, or out of reach."""


class GatePort(Protocol):
    """The gate's verbs. Nothing waits for it; its facts come back through `Session.handle`.

    `hello` and `facts_after` are asked from `Session.begin` on, when the gate is there for the
    first time, and at `Session.gate_met`, when it has come back.
    """

    def hello(self) -> GateHello:
        """Return what the gate runs."""

    def facts_after(self, n: int) -> tuple[GateFact, ...]:
        """Return the facts numbered after `n`, oldest first."""

    def open(self, slot_id: str, seconds: int, grace: int, answered: Answered) -> None:
        """Open a slot; repeating is harmless."""

    def extend_to(self, slot_id: str, total_seconds: int, answered: Answered) -> None:
        """Bring the slot to a total; repeating is harmless."""

    def shorten_to(self, slot_id: str, total_seconds: int, answered: Answered) -> None:
        """Bring the slot to a smaller total; repeating is harmless."""

    def end(self, slot_id: str, reason: EndReason, answered: Answered) -> None:
        """End the slot; one already ended is no error."""

    def away(self, slot_id: str, on: bool, answered: Answered) -> None:
        """Note that the visitor stepped away or came back; repeating is harmless."""

    def launch(
        self,
        slot_id: str,
        app_id: str,
        url: str,
        answered: Answered,
        profile: BrowserProfile = BrowserProfile.ADULT,
    ) -> None:
        """Start an application of the gate's table in the slot; a repeat starts another."""


class Activity(Protocol):
    """Whether anybody is there: at the keyboard, or listening."""

    def quiet_seconds(self, *, programs_run: bool) -> float | None:
        """Return how long ago the last input or sound was; None where nothing tells.

        Args:
            programs_run: whether programs run beside the faces, with windows of their own.
        """


class JournalPort(Protocol):
    """The journal. `append` is one transaction, acknowledged by `Session.appended(ticket)`."""

    def append(self, events: tuple[Event, ...], kept: bytes, ticket: int) -> None:
        """Write the events and the kept value together."""


class CardChecker(Protocol):
    """Checks a code by a slow hash, one at a time, and answers through `Session.handle`."""

    def check(self, slot_id: str, secret: str, verifier: str) -> None:
        """Check a secret against an argon2id verifier, for the slot of this id."""


class HubPort(Protocol):
    """The hub. Answers come back through `Session.handle`, within 2 seconds."""

    def ask_opening(self, ask: OpenSlot) -> None:
        """Ask for a slot."""

    def ask_pass(self, ask: OpenByPass) -> None:
        """Ask for a slot by a guest pass."""

    def ask_renewal(self, ask: RenewSlot) -> None:
        """Ask to renew."""

    def ask_ticket(self, ask: TakeTicket) -> None:
        """Ask for a ticket of the waiting list."""

    def change_ticket(self, ask_id: str, ask: ChangeTicket) -> None:
        """Ask to change a ticket for its holder."""

    def ask_places(self, ask_id: str) -> None:
        """Ask where one can go."""

    def ask_credit(self, ask_id: str, ask: ReadSeatCredit) -> None:
        """Ask for the credit of whoever sits here."""

    def tell(self) -> None:
        """Send the facts that wait, and a report."""
