"""Tickets as the console takes and changes them: one question at a time for each ticket."""

from urllib.parse import quote

from PySide6.QtCore import QObject, Signal, Slot

from kiosk.hublink.client import Failure, HubClient
from kiosk.wire.ticket import ChangeAnswer, ChangeRoomTicket, TicketAct


class TicketErrand(QObject):
    """One change and the question that carries it.

    Signals:
        ended: the errand and what came of it: a `ChangeAnswer`, or a `Failure`.
    """

    ended = Signal(object, object)

    def __init__(self, client: HubClient, room_id: str, number: int, act: TicketAct) -> None:
        super().__init__(client)
        self.ticket = (room_id, number)
        path = f"/v1/rooms/{quote(room_id, safe='')}/tickets/{number}"
        call = client.call("POST", path, ChangeRoomTicket(act=act), ChangeAnswer)
        call.answered.connect(self._end)
        call.failed.connect(self._end)

    @Slot(object)
    def _end(self, result: object) -> None:
        self.deleteLater()
        self.ended.emit(self, result)


class TicketDesk(QObject):
    """Changes tickets.

    Signals:
        answered: room id, ticket number, and a `TicketChanged`, `TicketRefused` or `Failure`.
        failed: why no answer came, for those who watch the session.
    """

    answered = Signal(str, int, object)
    failed = Signal(object)

    def __init__(self, client: HubClient, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._client = client
        self._under_way: set[tuple[str, int]] = set()

    def change(self, room_id: str, number: int, act: TicketAct) -> None:
        """Do something with a ticket; nothing while the last wish for it is under way."""
        if (room_id, number) in self._under_way:
            return
        self._under_way.add((room_id, number))
        TicketErrand(self._client, room_id, number, act).ended.connect(self._on_ended)

    def forget(self) -> None:
        """Forget everything: the person has left."""
        self._under_way.clear()

    @Slot(object, object)
    def _on_ended(self, errand: TicketErrand, result: object) -> None:
        if errand.ticket not in self._under_way:
            return
        self._under_way.discard(errand.ticket)
        self.answered.emit(*errand.ticket, result)
        if isinstance(result, Failure):
            self.failed.emit(result)
