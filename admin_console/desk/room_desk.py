"""New settings of rooms on their way from the console to the hub: one save at a time for each."""

from typing import Any
from urllib.parse import quote

from PySide6.QtCore import QObject, Signal, Slot

from kiosk.hublink.client import Failure, HubClient
from kiosk.wire.codec import Message


class RoomErrand(QObject):
    """One save and the question that carries it.

    Signals:
        ended: the errand and what came of it: an answer of the hub, or a `Failure`.
    """

    ended = Signal(object, object)

    def __init__(self, client: HubClient, room_id: str, what: str, ask: Message, form: Any) -> None:
        super().__init__(client)
        self.room_id = room_id
        path = f"/v1/rooms/{quote(room_id, safe='')}/{what}"
        call = client.call("POST", path, ask, form)
        call.answered.connect(self._end)
        call.failed.connect(self._end)

    @Slot(object)
    def _end(self, result: object) -> None:
        self.deleteLater()
        self.ended.emit(self, result)


class RoomDesk(QObject):
    """Saves one kind of setting.

    Args:
        client: asks the hub.
        what: the last part of the address: `hours`, `rule`.
        form: what the hub answers.
        parent: owner.

    Signals:
        answered: room id, and an answer of the hub or a `Failure`.
        failed: why no answer came, for those who watch the session.
    """

    answered = Signal(str, object)
    failed = Signal(object)

    def __init__(
        self, client: HubClient, what: str, form: Any, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._client, self._what, self._form = client, what, form
        self._under_way: dict[str, RoomErrand] = {}

    def save(self, room_id: str, ask: Message) -> None:
        """Give a room another setting; nothing while the last save for it is under way."""
        if room_id in self._under_way:
            return
        errand = RoomErrand(self._client, room_id, self._what, ask, self._form)
        self._under_way[room_id] = errand
        errand.ended.connect(self._on_ended)

    def forget(self) -> None:
        """Forget everything: the person has left."""
        self._under_way.clear()

    @Slot(object, object)
    def _on_ended(self, errand: RoomErrand, result: object) -> None:
        # Whoever has signed in meanwhile is told nothing of what somebody else has asked.
        if self._under_way.get(errand.room_id) is not errand:
            return
        del self._under_way[errand.room_id]
        self.answered.emit(errand.room_id, result)
        if isinstance(result, Failure):
            self.failed.emit(result)
