"""How a slot is opened."""

from admin_console.hub.service.identity import StationIdentity
from admin_console.hub.service.port import Clock, People, Store
from kiosk.wire.station import OpenSlot, SlotAnswer


class Openings:
    """Decides who may open a slot."""

    def __init__(self, store: Store, clock: Clock, people: People) -> None:
        self._store = store

    def open(self, station: StationIdentity, ask: OpenSlot) -> SlotAnswer:
        """Grant or refuse a slot; takes as long as a slow hash. The same ask, the same answer."""
        raise NotImplementedError
