"""What is asked about tickets: at a station or a board by their holder, at the desk by staff."""

from enum import StrEnum

from kiosk.rules.slot import Ground
from kiosk.rules.waiting import ListFault
from kiosk.wire.codec import Id, Label, Message, Seconds, Stamp
from kiosk.wire.place import Age
from kiosk.wire.provision import PassDigits
from kiosk.wire.station import CardNumber
from kiosk.wire.waiting import SeatNumber, TicketView


class TakeTicket(Message, frozen=True, kw_only=True):
    """Ask for a ticket of a room. The asker made `ask_id`; the same id gets the same answer.

    With a card or a guest pass the ticket is bound to its holder; a number that may be either is
    asked for as both. Without one it is bound to a code of three digits that the answer tells once;
    only a board may ask so. With the `slot_id` that runs at a station it is its visitor's, for
    another turn. With a `seat` staff have that free seat held for the ticket, the one
    that the holder has already or a new one.
    """

    ask_id: Id
    card: CardNumber | None = None
    seat: SeatNumber | None = None
    guest_pass: PassDigits | None = None
    slot_id: Id | None = None


class TicketTaken(Message, frozen=True, kw_only=True, tag="ticket_taken"):
    """The ticket. `code` is told for a ticket without a card, and only here."""

    ticket: TicketView
    code: Label = ""


class TicketRefused(Message, frozen=True, kw_only=True, tag="ticket_refused"):
    """No ticket, on this ground. `ticket` and `room_name` tell the one that the person has.

    It is a ticket of another room where it is `elsewhere`. `unknown_card` is true for a card or a
    pass that the hub does not know; after several of them none is read for `retry_seconds`. With a
    `ground` the room does not admit the person, or the pass is used: see `SlotRefused`.
    """

    fault: ListFault | None = None
    unknown_card: bool = False
    ticket: TicketView | None = None
    room_name: Label = ""
    at: Stamp | None = None
    retry_seconds: Seconds = 0
    ground: Ground | None = None
    minimum_age: Age | None = None
    elsewhere: bool = False


TicketAnswer = TicketTaken | TicketRefused


class TicketAct(StrEnum):
    """What may become of a ticket by a wish; `CALL_AGAIN` renews a hold, by staff only."""

    LEAVE = "leave"
    STEP_AWAY = "step_away"
    COME_BACK = "come_back"
    CALL_AGAIN = "call_again"


class ChangeTicket(Message, frozen=True, kw_only=True):
    """Do something with one's own ticket. `until` goes with stepping away.

    It needs a card or a guest pass, or a number that may be either as both.
    """

    card: CardNumber | None = None
    act: TicketAct
    until: Stamp | None = None
    guest_pass: PassDigits | None = None


class ChangeRoomTicket(Message, frozen=True, kw_only=True):
    """The same by staff, for the ticket that the path names."""

    act: TicketAct
    until: Stamp | None = None


class TicketChanged(Message, frozen=True, kw_only=True, tag="ticket_changed"):
    """It was done; the ticket as it stands now."""

    ticket: TicketView


ChangeAnswer = TicketChanged | TicketRefused
