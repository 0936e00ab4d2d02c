"""Where one can go today: the rooms of the town, how long they are open, and their free seats.

Nothing here tells of anybody: a room where somebody waits has no free seat, and says so.
"""

from typing import Annotated

import msgspec

from kiosk.wire.codec import Message, Name, Stamp
from kiosk.wire.place import AdmissionView

SeatCount = Annotated[int, msgspec.Meta(ge=0, le=999)]


class RoomGuide(Message, frozen=True, kw_only=True):
    """A room. `here` says that it is the one of the station that asks.

    A room that is open is so until `open_until`. One that is closed opens at `opens_at` and closes
    again at `closes_at`, where an opening is known. `free_seats` counts those on which somebody
    could sit down now; it is 0 while others wait (`tickets_wait`).
    """

    room_id: Name
    name: Name
    zone: Name
    here: bool = False
    open_until: Stamp | None = None
    opens_at: Stamp | None = None
    closes_at: Stamp | None = None
    free_seats: SeatCount = 0
    tickets_wait: bool = False
    admission: AdmissionView = AdmissionView()


class SiteGuide(Message, frozen=True, kw_only=True):
    """A site and its rooms, in the order of the town."""

    name: Name
    rooms: tuple[RoomGuide, ...] = ()


class Places(Message, frozen=True, kw_only=True):
    """The sites of the town that have rooms, as of the hub's clock at `at`."""

    at: Stamp
    sites: tuple[SiteGuide, ...] = ()
