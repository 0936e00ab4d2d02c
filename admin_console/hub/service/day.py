"""What happened at a seat today."""

from datetime import timedelta

from admin_console.hub.service.answer import NotFound
from admin_console.hub.service.identity import StaffIdentity
from admin_console.hub.service.port import Clock, Store
from admin_console.hub.service.record import Slot, SlotState
from kiosk.rules.hours import instant, local_date
from kiosk.wire.desk import DayLine, DaySlot, SeatDay

LINES = 50
"""The most events shown of one day."""

_UNTOLD = frozenset({"command_received"})


class Days:
    """Tells the day of a seat, never who sat there."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def seat_day(self, staff: StaffIdentity, seat_id: str) -> SeatDay | NotFound:
        """Return the slots and the last events of a seat on its room's local date.

        A slot that came over midnight is one of both days.
        """
        with self._store.begin(write=False) as work:
            seat = work.seats.get(seat_id)
            if seat is None or seat.site_id not in staff.site_ids:
                return NotFound()
            room = work.rooms.get(seat.room_id)
            if room is None:
                return NotFound()
            today = local_date(self._clock.now(), room.hours.zone)
            start = instant(today, 0, room.hours.zone)
            end = instant(today + timedelta(days=1), 0, room.hours.zone)
            slots = work.slots.of_seat(seat_id, start, end)
            entries = work.events.of_seat(seat_id, start, end, LINES)
        return SeatDay(
            seat_id=seat_id,
            slots=tuple(line for line in map(self._line, slots) if line is not None),
            lines=tuple(
                DayLine(at=entry.at, what=entry.kind)
                for entry in entries
                if entry.kind not in _UNTOLD
            ),
        )

    def _line(self, slot: Slot) -> DaySlot | None:
        if slot.opened_at is None:
            return None
        used = slot.used_seconds
        if slot.state is SlotState.OPEN:
            sat = int((self._clock.now() - slot.opened_at).total_seconds())
            used = min(max(sat, 0), slot.total_seconds)
        return DaySlot(opened_at=slot.opened_at, ended_at=slot.ended_at, used_seconds=used)
