"""What happened at a seat today."""

from admin_console.hub.service.answer import NotFound
from admin_console.hub.service.identity import StaffIdentity
from admin_console.hub.service.port import Clock, Store
from kiosk.wire.desk import SeatDay


class Days:
    """Tells the day of a seat, never who sat there."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store

    def seat_day(self, staff: StaffIdentity, seat_id: str) -> SeatDay | NotFound:
        """Return the slots and the last events of a seat on its room's local date."""
        raise NotImplementedError
