"""What a decision asks the world to do, once its events are journalled."""

from dataclasses import dataclass

from kiosk.rules.person import BrowserProfile
from kiosk.wire.credit import ReadSeatCredit
from kiosk.wire.event import EndReason
from kiosk.wire.provision import OpenByPass
from kiosk.wire.station import OpenSlot, RenewSlot
from kiosk.wire.ticket import ChangeTicket, TakeTicket


@dataclass(frozen=True, slots=True)
class AskOpening:
    """Ask the hub for a slot; answered by a command within 2 seconds."""

    ask: OpenSlot


@dataclass(frozen=True, slots=True)
class AskPass:
    """Ask the hub for a slot by a guest pass; answered by a command within 2 seconds."""

    ask: OpenByPass


@dataclass(frozen=True, slots=True)
class CheckCard:
    """Check here, slowly, whether card and code fit what is known; answered by a command."""

    slot_id: str
    secret: str
    verifier: str


@dataclass(frozen=True, slots=True)
class AskRenewal:
    """Ask the hub to renew; answered by a command within 2 seconds."""

    ask: RenewSlot


@dataclass(frozen=True, slots=True)
class AskTicket:
    """Ask the hub for a ticket; answered by a command within 2 seconds."""

    ask: TakeTicket


@dataclass(frozen=True, slots=True)
class ChangeOwnTicket:
    """Let the hub change a ticket for its holder; answered by a command within 2 seconds."""

    ask_id: str
    ask: ChangeTicket


@dataclass(frozen=True, slots=True)
class AskPlaces:
    """Ask the hub where one can go; answered by a command within 2 seconds."""

    ask_id: str


@dataclass(frozen=True, slots=True)
class AskCredit:
    """Ask the hub for the credit of whoever sits here."""

    ask_id: str
    ask: ReadSeatCredit


@dataclass(frozen=True, slots=True)
class OpenGate:
    """Let the gate open the slot. Durations in seconds."""

    slot_id: str
    seconds: int
    grace: int


@dataclass(frozen=True, slots=True)
class ExtendGate:
    """Bring the slot to this total; absolute, so harmless to repeat."""

    slot_id: str
    total_seconds: int


@dataclass(frozen=True, slots=True)
class ShortenGate:
    """Bring the slot to this smaller total; absolute, so harmless to repeat."""

    slot_id: str
    total_seconds: int


@dataclass(frozen=True, slots=True)
class EndGate:
    """End the slot: with a grace for staff, at once on every other ground."""

    slot_id: str
    reason: EndReason


@dataclass(frozen=True, slots=True)
class WipeAgain:
    """Let the gate try again to remove what a slot has left; answered by a fact, or refused."""

    slot_id: str


@dataclass(frozen=True, slots=True)
class AwayGate:
    """Let the gate keep programs from being started while the seat is locked."""

    slot_id: str
    on: bool


@dataclass(frozen=True, slots=True)
class Launch:
    """Start an application of the gate's table, with an address or an empty one, for a profile."""

    slot_id: str
    application: str
    url: str
    profile: BrowserProfile = BrowserProfile.ADULT


@dataclass(frozen=True, slots=True)
class RemoveKeys:
    """Let the gate write out and let go of the USB keys of the slot."""

    slot_id: str


@dataclass(frozen=True, slots=True)
class TellHub:
    """There are events to send and a report to give: do it now rather than at the next beat."""


Effect = (
    AskOpening
    | AskPass
    | CheckCard
    | AskRenewal
    | AskTicket
    | ChangeOwnTicket
    | AskPlaces
    | AskCredit
    | OpenGate
    | ExtendGate
    | ShortenGate
    | EndGate
    | WipeAgain
    | AwayGate
    | Launch
    | RemoveKeys
    | TellHub
)
