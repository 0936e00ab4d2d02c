"""Commands of the desk to one station: rows that live for 60 seconds, applied once."""

from enum import StrEnum

from kiosk.rules.slot import Ground
from kiosk.wire.codec import Id, Label, Message, Name, Seconds, Stamp, Text

LIFETIME_SECONDS = 60


class ShowMessage(Message, frozen=True, kw_only=True, tag="message"):
    """Show a sentence to the visitor until they have read it."""

    text: Text


class ExtendSlot(Message, frozen=True, kw_only=True, tag="extend"):
    """Bring the slot to this total, counted from its opening; absolute, so harmless to repeat."""

    total_seconds: Seconds


class ShortenSlot(Message, frozen=True, kw_only=True, tag="shorten"):
    """Bring the slot to this smaller total, for what begins `at` then; absolute, never sudden.

    The visitor keeps a quarter of an hour from the moment they are told, whatever stands here.
    """

    total_seconds: Seconds
    ground: Ground
    at: Stamp


class OpenWorkshop(Message, frozen=True, kw_only=True, tag="open_workshop"):
    """Open the seat without a card for a workshop or a reservation, which ends `until` then.

    The hub made `slot_id`. `total_seconds` counts from the opening; slot and grace end by `until`.
    """

    slot_id: Id
    series_id: Id
    ground: Ground
    title: Label
    total_seconds: Seconds
    grace_seconds: Seconds
    until: Stamp


class EndSlot(Message, frozen=True, kw_only=True, tag="end"):
    """End the slot: its grace begins, then the session closes."""


class SetOutOfOrder(Message, frozen=True, kw_only=True, tag="out_of_order"):
    """Take no visitor after the present one, for this reason."""

    reason: Text


class ClearOutOfOrder(Message, frozen=True, kw_only=True, tag="in_order"):
    """Take visitors again."""


class Identify(Message, frozen=True, kw_only=True, tag="identify"):
    """Show the seat's number very large for ten seconds, to find it in the room."""


class AnswerHelp(Message, frozen=True, kw_only=True, tag="help_coming"):
    """Tell the visitor who called that somebody is coming."""


CommandBody = (
    ShowMessage
    | ExtendSlot
    | ShortenSlot
    | OpenWorkshop
    | EndSlot
    | SetOutOfOrder
    | ClearOutOfOrder
    | Identify
    | AnswerHelp
)


class Command(Message, frozen=True, kw_only=True):
    """One wish of the desk. With a `slot_id` it is for that slot only, and never for the next."""

    command_id: Id
    station_id: Id
    slot_id: Id | None
    issued_at: Stamp
    expires_at: Stamp
    body: CommandBody


class CommandState(StrEnum):
    """Where a command stands, as the desk shows it."""

    SENT = "sent"
    RECEIVED = "received"
    DONE = "done"
    REFUSED = "refused"
    EXPIRED = "expired"


class IssueCommand(Message, frozen=True, kw_only=True):
    """Ask the hub to send a command to the station of a seat; the desk made `command_id`."""

    command_id: Id
    seat_id: Name
    slot_id: Id | None
    body: CommandBody


class CommandView(Message, frozen=True, kw_only=True):
    """A command and its state, without the words of a message."""

    command_id: Id
    seat_id: Name
    kind: Name
    state: CommandState
    issued_at: Stamp
    changed_at: Stamp
    code: Name | None = None
