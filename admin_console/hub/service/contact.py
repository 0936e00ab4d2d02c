"""Which stations are in contact."""

from admin_console.hub.service.identity import StationIdentity
from admin_console.hub.service.port import Clock, Store
from kiosk.wire.station import StationReport

SILENT_SECONDS = 12


class Presence:
    """The signs of life of the stations, in memory only. Safe to use from several threads."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    def beat(self, station: StationIdentity, report: StationReport) -> bool:
        """Take a sign of life; True when contact begins, and `ContactBook.settle` has work."""
        raise NotImplementedError

    def report_of(self, station_id: str) -> StationReport | None:
        """Return the last report of a station in contact."""
        raise NotImplementedError

    def silent(self) -> tuple[str, ...]:
        """Return the ids of the known stations that have been silent for too long."""
        raise NotImplementedError


class ContactBook:
    """Writes to the store when contact with a station begins or ends, and only then."""

    def __init__(self, store: Store, clock: Clock, presence: Presence) -> None:
        self._store = store

    def load(self) -> int:
        """At start: give the stations last known in contact time to report; returns how many."""
        raise NotImplementedError

    def settle(self) -> int:
        """Write the contacts that began or ended since; returns how many seats changed."""
        raise NotImplementedError
