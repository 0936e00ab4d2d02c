"""How a PC becomes the station of a seat."""

from admin_console.hub.service.answer import NotFound
from admin_console.hub.service.identity import StationIdentity
from admin_console.hub.service.port import Clock, Store
from kiosk.rules.identifier import Entropy
from kiosk.wire.station import EnrolmentRefused, EnrolStation, StationEnrolled

CODE_LIFETIME_SECONDS = 7200


class Enrolment:
    """Makes codes, enrols stations and recognises them by their token."""

    def __init__(self, store: Store, clock: Clock, entropy: Entropy, hub_key: str = "") -> None:
        self._store = store

    def make_code(
        self, room_id: str, uses: int, lifetime_seconds: int = CODE_LIFETIME_SECONDS
    ) -> str | NotFound:
        """Return a code that enrols `uses` stations in a room; it is told this once."""
        raise NotImplementedError

    def enrol(self, ask: EnrolStation) -> StationEnrolled | EnrolmentRefused:
        """Make a station the one of a seat."""
        raise NotImplementedError

    def identify(self, token: str) -> StationIdentity | None:
        """Return the station that holds this token; from memory after the first time."""
        raise NotImplementedError
