"""What a reader may see, and what has changed since."""

from collections.abc import Callable

from admin_console.hub.service.identity import Reader, StaffIdentity, StationIdentity
from admin_console.hub.service.port import Clock, Store
from kiosk.wire.change import ChangesAnswer
from kiosk.wire.desk import Estate
from kiosk.wire.station import StationSituation

PAGE = 200


class Feed:
    """Shows stations and staff their part of the house, whole or as changes."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store

    def situation(self, station: StationIdentity) -> StationSituation:
        """Return all that a station needs to act alone."""
        raise NotImplementedError

    def estate(self, staff: StaffIdentity) -> Estate:
        """Return all that a member of staff may see."""
        raise NotImplementedError

    def changes(self, reader: Reader, after: int, limit: int = PAGE) -> ChangesAnswer:
        """Return the reader's changes numbered after `after`, at most `limit` of them."""
        raise NotImplementedError

    def latest_for(self, reader: Reader) -> int:
        """Return the number of the last change that concerns a reader; from memory."""
        raise NotImplementedError

    def listen(self, listener: Callable[[], None]) -> Callable[[], None]:
        """Call a listener after each commit with changes, in that thread; returns the stop."""
        raise NotImplementedError
