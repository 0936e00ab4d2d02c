"""What may happen to the shell: a wish of a face, an answer, a fact, a command, time passing."""

from dataclasses import dataclass

from kiosk.session.gatefact import GateFact
from kiosk.wire.change import ChangesPage
from kiosk.wire.credit import SeatCreditAnswer
from kiosk.wire.face import Contact, Wish
from kiosk.wire.guide import Places
from kiosk.wire.provision import OpenByPass, Provisions
from kiosk.wire.station import OpenSlot, RenewalAnswer, RenewSlot, SlotAnswer, StationSituation
from kiosk.wire.ticket import ChangeAnswer, TicketAnswer


@dataclass(frozen=True, slots=True)
class Wished:
    """A face wishes something."""

    wish: Wish


@dataclass(frozen=True, slots=True)
class OpeningAnswered:
    """The hub said yes or no to a slot."""

    answer: SlotAnswer


@dataclass(frozen=True, slots=True)
class OpeningUnanswered:
    """The hub did not answer in time: the station decides."""

    ask: OpenSlot | OpenByPass


@dataclass(frozen=True, slots=True)
class CardChecked:
    """The station has checked the code of a known card, for the slot of this id."""

    slot_id: str
    fits: bool


@dataclass(frozen=True, slots=True)
class ProvisionsRead:
    """The hub told, or the station found again, what lets it act alone; None takes it away."""

    provisions: Provisions | None


@dataclass(frozen=True, slots=True)
class RenewalAnswered:
    """The hub said yes or no to a renewal."""

    answer: RenewalAnswer


@dataclass(frozen=True, slots=True)
class RenewalUnanswered:
    """The hub did not answer in time: the station decides."""

    ask: RenewSlot


@dataclass(frozen=True, slots=True)
class TicketAnswered:
    """The hub gave or changed a ticket, or said why not, to the ask of this id."""

    ask_id: str
    answer: TicketAnswer | ChangeAnswer


@dataclass(frozen=True, slots=True)
class TicketUnanswered:
    """The hub did not answer in time."""

    ask_id: str


@dataclass(frozen=True, slots=True)
class PlacesAnswered:
    """The hub told where one can go, to the ask of this id."""

    ask_id: str
    places: Places


@dataclass(frozen=True, slots=True)
class PlacesUnanswered:
    """The hub did not answer in time."""

    ask_id: str


@dataclass(frozen=True, slots=True)
class CreditAnswered:
    """The hub told the credit of whoever sits here, or why not, to the ask of this id."""

    ask_id: str
    answer: SeatCreditAnswer


@dataclass(frozen=True, slots=True)
class CreditUnanswered:
    """The hub did not answer in time."""

    ask_id: str


@dataclass(frozen=True, slots=True)
class GateReported:
    """The gate tells a fact."""

    fact: GateFact


@dataclass(frozen=True, slots=True)
class GateRefused:
    """The gate would not open or extend this slot."""

    slot_id: str
    opening: bool


@dataclass(frozen=True, slots=True)
class GateLost:
    """The gate does not answer any more."""


@dataclass(frozen=True, slots=True)
class GateMet:
    """The gate answers again, and its facts are taken in; `running_slot` is what it runs."""

    running_slot: str | None


@dataclass(frozen=True, slots=True)
class ShorteningRefused:
    """The gate has nothing to shorten: the slot is over, or has no more left than its notice."""

    slot_id: str


@dataclass(frozen=True, slots=True)
class WipeRefused:
    """The gate would not try a wipe again."""


@dataclass(frozen=True, slots=True)
class SituationRead:
    """The hub told everything anew."""

    situation: StationSituation


@dataclass(frozen=True, slots=True)
class ChangesRead:
    """The hub told what changed."""

    page: ChangesPage


@dataclass(frozen=True, slots=True)
class ContactChanged:
    """The hub was reached, or lost."""

    contact: Contact


@dataclass(frozen=True, slots=True)
class OutboxCounted:
    """So many facts still wait to be told to the hub."""

    pending: int


@dataclass(frozen=True, slots=True)
class JournalChanged:
    """The disk refuses what the shell writes, or takes it again."""

    writes: bool


@dataclass(frozen=True, slots=True)
class Launched:
    """The gate started an application of the slot, or would not."""

    slot_id: str
    started: bool


@dataclass(frozen=True, slots=True)
class Started:
    """The shell has come up; `running_slot` is what the gate runs, if anything."""

    version: str
    running_slot: str | None


@dataclass(frozen=True, slots=True)
class Ticked:
    """Time has passed."""


Command = (
    Wished
    | OpeningAnswered
    | OpeningUnanswered
    | CardChecked
    | ProvisionsRead
    | RenewalAnswered
    | RenewalUnanswered
    | TicketAnswered
    | TicketUnanswered
    | PlacesAnswered
    | PlacesUnanswered
    | CreditAnswered
    | CreditUnanswered
    | GateReported
    | GateRefused
    | GateLost
    | GateMet
    | ShorteningRefused
    | WipeRefused
    | SituationRead
    | ChangesRead
    | ContactChanged
    | OutboxCounted
    | JournalChanged
    | Launched
    | Started
    | Ticked
)
