"""How the facts of a station come in."""

from admin_console.hub.service.identity import StationIdentity
from admin_console.hub.service.port import Clock, Store
from kiosk.wire.event import EventBatch, EventsAnswer


class Intake:
    """Takes facts in: each once, in the order of the station, and never undoes one."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store

    def receive(self, station: StationIdentity, batch: EventBatch) -> EventsAnswer:
        """Keep a batch of facts and what follows from them; one verdict for each."""
        raise NotImplementedError
