"""A command between the press of a button and the hub's answer."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from kiosk.wire.command import (
    AnswerHelp,
    ClearOutOfOrder,
    CommandBody,
    EndSlot,
    ExtendSlot,
    Identify,
    SetOutOfOrder,
    ShowMessage,
)


class OutgoingState(StrEnum):
    """Where a command stands that the hub has not answered for."""

    SENDING = "sending"
    NOT_SENT = "not_sent"
    NOT_ALLOWED = "not_allowed"
    IMPOSSIBLE = "impossible"


@dataclass(frozen=True, slots=True)
class Outgoing:
    """What was asked for a seat, when, and how that goes."""

    command_id: str
    seat_id: str
    kind: str
    at: datetime
    state: OutgoingState = OutgoingState.SENDING


KINDS: dict[type[CommandBody], str] = {
    ShowMessage: "message",
    ExtendSlot: "extend",
    EndSlot: "end",
    SetOutOfOrder: "out_of_order",
    ClearOutOfOrder: "in_order",
    Identify: "identify",
    AnswerHelp: "help_coming",
}
"""The names by which the hub tells a command's kind back."""

FOR_THE_SLOT = (ShowMessage, ExtendSlot, EndSlot)
"""Commands for one slot only, never for the next."""
