"""How the desk reaches a station."""

from admin_console.hub.service.answer import AskInvalid, Conflict, NotAllowed, NotFound
from admin_console.hub.service.identity import StaffIdentity
from admin_console.hub.service.port import Clock, Store
from kiosk.wire.command import CommandView, IssueCommand
from kiosk.wire.desk import ForecastAnswer


class Commands:
    """Issues commands as rows, and says what they would do."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store

    def issue(
        self, staff: StaffIdentity, ask: IssueCommand
    ) -> CommandView | NotAllowed | NotFound | AskInvalid | Conflict:
        """Send a command to the station of a seat. The same ask is answered with where it stands.

        `Conflict`: the identifier stands for another command, or the seat has no station.
        `AskInvalid`: a command about a slot names none.
        """
        raise NotImplementedError

    def forecast(
        self, staff: StaffIdentity, slot_id: str, seconds: int
    ) -> ForecastAnswer | NotAllowed | NotFound:
        """Say what `seconds` more for a slot would do."""
        raise NotImplementedError

    def expire_due(self) -> int:
        """Expire the commands that nobody took in time; returns how many."""
        raise NotImplementedError
