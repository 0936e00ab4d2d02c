"""Facts that stations told and that contradict what the hub knows, for staff to look at.

A parked fact stands and is never undone. Nothing here says whose it is.
"""

from kiosk.wire.codec import Id, Message, Name, Stamp


class ParkedFact(Message, frozen=True, kw_only=True):
    """A fact as told, and why it was parked (`code`, see docs/wire.md)."""

    event_id: Id
    room_id: Name
    seat_id: Name
    at: Stamp
    received_at: Stamp
    what: Name
    code: Name


class ParkedFacts(Message, frozen=True, kw_only=True):
    """The parked facts of a site that nobody has looked at, the newest first."""

    site_id: Name
    facts: tuple[ParkedFact, ...] = ()
    more: bool = False


class MarkSeen(Message, frozen=True, kw_only=True):
    """Take facts off the list: somebody has looked at them. The journal keeps them."""

    event_ids: tuple[Id, ...]
