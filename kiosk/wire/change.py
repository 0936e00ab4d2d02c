"""What changed at the hub, in one order without gaps in what a reader may see.

`GET changes?after=cursor` is the truth; the stream only says that there is something to read.
"""

from kiosk.wire.codec import Count, Id, Message, Name, Stamp
from kiosk.wire.command import Command, CommandView
from kiosk.wire.place import RoomView, SeatView, SiteView
from kiosk.wire.waiting import WaitingView


class SiteChanged(Message, frozen=True, kw_only=True, tag="site_changed"):
    """A site's facts changed."""

    site: SiteView


class RoomChanged(Message, frozen=True, kw_only=True, tag="room_changed"):
    """A room's hours or rule changed."""

    room: RoomView


class SeatChanged(Message, frozen=True, kw_only=True, tag="seat_changed"):
    """What stands at a seat changed."""

    seat: SeatView


class WaitingChanged(Message, frozen=True, kw_only=True, tag="waiting_changed"):
    """A room's waiting list, or what the rules need of its seats, changed."""

    waiting: WaitingView


class ProvisionsChanged(Message, frozen=True, kw_only=True, tag="provisions_changed"):
    """What lets the stations of a room act alone changed: fetch it anew."""

    room_id: Name


class ParkedChanged(Message, frozen=True, kw_only=True, tag="parked_changed"):
    """The parked facts of a site that nobody has looked at are others: fetch them anew."""

    site_id: Name


class CreditChanged(Message, frozen=True, kw_only=True, tag="credit_changed"):
    """Something moved on a print card: ask anew where it is shown.

    `slot_id` is the slot of the member whom it belongs to; without it the card is nobody's.
    """

    card_id: Id
    slot_id: Id | None = None


class CommandIssued(Message, frozen=True, kw_only=True, tag="command_issued"):
    """A command for the station that reads this."""

    command: Command


class CommandChanged(Message, frozen=True, kw_only=True, tag="command_changed"):
    """A command that the desk sent moved on."""

    command: CommandView


ChangeBody = (
    SiteChanged
    | RoomChanged
    | SeatChanged
    | WaitingChanged
    | ProvisionsChanged
    | ParkedChanged
    | CreditChanged
    | CommandIssued
    | CommandChanged
)


class Change(Message, frozen=True, kw_only=True):
    """One change, with its number."""

    n: Count
    at: Stamp
    body: ChangeBody


class ChangesPage(Message, frozen=True, kw_only=True, tag="changes"):
    """Changes after the cursor asked for. When `more` is true, ask again at once."""

    changes: tuple[Change, ...]
    cursor: Count
    more: bool = False


class CursorTooOld(Message, frozen=True, kw_only=True, tag="cursor_too_old"):
    """The changes since that cursor are no longer kept: fetch the situation or the estate anew."""


ChangesAnswer = ChangesPage | CursorTooOld
