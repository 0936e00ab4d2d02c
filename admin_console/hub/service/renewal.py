"""How a slot is renewed."""

from admin_console.hub.service.identity import StationIdentity
from admin_console.hub.service.port import Clock, Store
from kiosk.wire.station import RenewalAnswer, RenewSlot


class Renewals:
    """Decides whether a slot may be renewed."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store

    def renew(self, station: StationIdentity, ask: RenewSlot) -> RenewalAnswer:
        """Grant or refuse a renewal. The same ask, the same answer."""
        raise NotImplementedError
