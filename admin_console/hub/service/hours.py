"""Giving a room other opening hours."""

from msgspec.structs import replace

from admin_console.hub.service.act import note
from admin_console.hub.service.answer import NotAllowed, NotFound
from admin_console.hub.service.identity import StaffIdentity
from admin_console.hub.service.port import Clock, Store
from admin_console.hub.service.waiting import save_room
from kiosk.rules.hours import OpeningHours
from kiosk.rules.timetable import hours_of
from kiosk.wire.act import ActFacts, ActKind
from kiosk.wire.desk import Role
from kiosk.wire.hours import FaultView, HoursAnswer, HoursFaulty, HoursMoved, HoursSaved, SetHours
from kiosk.wire.place import HoursView

EDITORS = frozenset({Role.IT, Role.ADMIN})
"""The roles that may change a room's hours."""


class Hours:
    """Keeps new hours, unless somebody else has kept other ones meanwhile."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def set_hours(
        self, staff: StaffIdentity, room_id: str, ask: SetHours
    ) -> HoursAnswer | NotAllowed | NotFound:
        """Give a room new hours and tell everybody; running slots keep what they were granted."""
        if not EDITORS & staff.roles:
            return NotAllowed()
        with self._store.begin(write=True) as work:
            room = work.rooms.hold(room_id)
            if room is None or room.site_id not in staff.site_ids:
                return NotFound()
            if room.hours != ask.before:
                return HoursMoved(room=room)
            found = hours_of(ask.as_draft(room.hours.zone))
            if not isinstance(found, OpeningHours):
                return HoursFaulty(faults=tuple(FaultView.of(fault) for fault in found))
            view = HoursView.of(found)
            if view != room.hours:
                room = replace(room, hours=view)
                save_room(work, room, self._clock.now())
                note(work, staff, ActKind.HOURS_SET, room.site_id, ActFacts(room_id=room_id))
            return HoursSaved(room=room)
