"""Facts that a station tells the hub, once, in its own order.

Samples of every body are frozen under tests/wire/samples: events decode for ever.
"""

from enum import StrEnum

from kiosk.rules.presence import LockCause
from kiosk.wire.codec import Count, Id, Label, Message, Name, Seconds, Stamp, Text
from kiosk.wire.provision import PassUse
from kiosk.wire.station import RenewalKind


class EndReason(StrEnum):
    """Why a slot ended."""

    FINISHED = "finished"
    TIME = "time"
    STAFF = "staff"
    POWER_LOST = "power_lost"
    FAULT = "fault"
    AWAY = "away"
    IDLE = "idle"


class Decider(StrEnum):
    """Who allowed a renewal: the hub, or the station alone while the hub was away."""

    HUB = "hub"
    STATION = "station"


class Outcome(StrEnum):
    """How a command ended at the station."""

    DONE = "done"
    REFUSED = "refused"
    EXPIRED = "expired"


class StationStarted(Message, frozen=True, kw_only=True, tag="station_started"):
    """The shell came up; `recovered` is true when it found a slot still running."""

    version: Name
    windowed: bool
    recovered: bool


class SlotOpened(Message, frozen=True, kw_only=True, tag="slot_opened"):
    """A slot runs. Durations in seconds, `ends_at` by the station's clock."""

    slot_id: Id
    total_seconds: Seconds
    ends_at: Stamp


class SlotOpenedAlone(Message, frozen=True, kw_only=True, tag="slot_opened_alone"):
    """A slot runs that the station decided on without the hub, under the id it had asked with.

    Whose it is: the `lookup` of a known card, or a guest pass. The hub keeps that with the person
    of the slot and takes it out of the journal.
    """

    slot_id: Id
    total_seconds: Seconds
    ends_at: Stamp
    lookup: Label = ""
    guest_pass: PassUse | None = None


class OpeningGivenUp(Message, frozen=True, kw_only=True, tag="opening_given_up"):
    """A slot that the hub may have granted never opened here."""

    slot_id: Id


class SlotRenewed(Message, frozen=True, kw_only=True, tag="slot_renewed"):
    """A slot was renewed to a new total, counted from its opening."""

    slot_id: Id
    total_seconds: Seconds
    ends_at: Stamp
    decided_by: Decider
    kind: RenewalKind = RenewalKind.ASKED


class SlotDeclined(Message, frozen=True, kw_only=True, tag="slot_declined"):
    """The visitor does not want the slot to go on, or wants it again (`declined` false)."""

    slot_id: Id
    declined: bool


class SlotLocked(Message, frozen=True, kw_only=True, tag="slot_locked"):
    """The seat is locked over a running slot: its visitor is away, a card passed, or idle."""

    slot_id: Id
    cause: LockCause


class SlotUnlocked(Message, frozen=True, kw_only=True, tag="slot_unlocked"):
    """The seat's visitor is back."""

    slot_id: Id


class SlotResumed(Message, frozen=True, kw_only=True, tag="slot_resumed"):
    """A visitor got back what a power cut had taken: `slot_id` goes on where `before` was cut."""

    slot_id: Id
    before: Id


class SlotExtended(Message, frozen=True, kw_only=True, tag="slot_extended"):
    """Staff gave more time by this command."""

    slot_id: Id
    total_seconds: Seconds
    ends_at: Stamp
    command_id: Id


class SlotShortened(Message, frozen=True, kw_only=True, tag="slot_shortened"):
    """The slot has a smaller total, for the sake of what staff entered late."""

    slot_id: Id
    total_seconds: Seconds
    ends_at: Stamp


class SlotTried(Message, frozen=True, kw_only=True, tag="slot_tried"):
    """The slot of somebody who never sat before is a trial now, with this smaller total.

    It counts neither in the minutes of the day nor as their slot.
    """

    slot_id: Id
    total_seconds: Seconds
    ends_at: Stamp


class GraceStarted(Message, frozen=True, kw_only=True, tag="grace_started"):
    """The slot is over; the visitor has this many seconds to save."""

    slot_id: Id
    grace_seconds: Seconds


class SlotEnded(Message, frozen=True, kw_only=True, tag="slot_ended"):
    """The session is closed. `remaining_seconds` is the time that was left, grace not counted."""

    slot_id: Id
    reason: EndReason
    used_seconds: Seconds
    remaining_seconds: Seconds


class SlotWiped(Message, frozen=True, kw_only=True, tag="slot_wiped"):
    """What the visitor started is gone; counts, never names."""

    slot_id: Id
    processes_ended: Count
    clean: bool


class CommandReceived(Message, frozen=True, kw_only=True, tag="command_received"):
    """A command of the desk reached the station."""

    command_id: Id


class CommandAnswered(Message, frozen=True, kw_only=True, tag="command_answered"):
    """A command was carried out, refused (with a code) or came too late."""

    command_id: Id
    outcome: Outcome
    code: Name | None = None


class HelpAsked(Message, frozen=True, kw_only=True, tag="help_asked"):
    """The visitor pressed *Appeler*."""


class KeyLeft(Message, frozen=True, kw_only=True, tag="key_left"):
    """So many USB keys that visitors left behind stand in the computer.

    `slot_id` is the last slot whose visitor left one.
    """

    slot_id: Id
    count: Count


class KeyTaken(Message, frozen=True, kw_only=True, tag="key_taken"):
    """No forgotten USB key stands in the computer any more; `slot_id` as in `KeyLeft`."""

    slot_id: Id


RESIDUE_PREFIX = "residue_"
"""Begins the reasons, and the codes of refused commands, that say what a wipe has left."""


class OutOfOrderSet(Message, frozen=True, kw_only=True, tag="out_of_order_set"):
    """The station takes no visitor, for this reason."""

    reason: Text


class OutOfOrderCleared(Message, frozen=True, kw_only=True, tag="out_of_order_cleared"):
    """The station takes visitors again."""


EventBody = (
    StationStarted
    | SlotOpened
    | SlotOpenedAlone
    | OpeningGivenUp
    | SlotRenewed
    | SlotExtended
    | SlotShortened
    | SlotTried
    | SlotDeclined
    | SlotLocked
    | SlotUnlocked
    | SlotResumed
    | GraceStarted
    | SlotEnded
    | SlotWiped
    | CommandReceived
    | CommandAnswered
    | HelpAsked
    | KeyLeft
    | KeyTaken
    | OutOfOrderSet
    | OutOfOrderCleared
)


class Event(Message, frozen=True, kw_only=True):
    """One fact: its own id, its place in the station's order, when, and what.

    `clock_trusted` is false when the station's wall clock stands before a stamp it gave earlier.
    """

    event_id: Id
    seq: Count
    at: Stamp
    clock_trusted: bool
    body: EventBody


class EventBatch(Message, frozen=True, kw_only=True):
    """Facts in the station's order, at most 100."""

    events: tuple[Event, ...]


class Verdict(StrEnum):
    """What the hub did with one fact. A refused one is parked for the desk and not sent again."""

    ACCEPTED = "accepted"
    DUPLICATE = "duplicate"
    REFUSED = "refused"


class EventAnswer(Message, frozen=True, kw_only=True):
    """The verdict on one event, with a code where it is refused."""

    event_id: Id
    verdict: Verdict
    code: Name | None = None


class EventsAnswer(Message, frozen=True, kw_only=True):
    """One answer for each event of the batch, in its order."""

    answers: tuple[EventAnswer, ...]
