"""What the holder of a ticket wishes for at a lock, and a visitor who wants another turn."""

from kiosk.wire.codec import Message, Stamp
from kiosk.wire.station import CardNumber
from kiosk.wire.ticket import TicketAct


class TicketChangeWished(Message, frozen=True, kw_only=True, tag="ticket_change_wished"):
    """Do something with one's own ticket; whose card it is was passed just before."""

    card: CardNumber
    act: TicketAct
    until: Stamp | None = None


class TurnWished(Message, frozen=True, kw_only=True, tag="turn_wished"):
    """*Prendre mon tour*: a ticket for whoever sits here, for when the session is over."""
