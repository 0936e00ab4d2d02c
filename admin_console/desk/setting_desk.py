"""New settings of rooms and places on their way to the hub: one save at a time for each."""

from typing import Any
from urllib.parse import quote

from PySide6.QtCore import QObject, Signal, Slot

from kiosk.hublink.client import Failure, HubClient
from kiosk.wire.codec import Message


class SettingErrand(QObject):
    """One save and the question that carries it.

    Signals:
        ended: the errand and what came of it: an answer of the hub, or a `Failure`.
    """

    ended = Signal(object, object)

    def __init__(
        self, client: HubClient, place_id: str, path: str, ask: Message, form: Any
    ) -> None:
        super().__init__(client)
        self.place_id = place_id
        call = client.call("POST", path, ask, form)
        call.answered.connect(self._end)
        call.failed.connect(self._end)

    @Slot(object)
    def _end(self, result: object) -> None:
        self.deleteLater()
        self.ended.emit(self, result)


class SettingDesk(QObject):
    """Saves one kind of setting.

    Args:
        client: asks the hub.
        where: what has the setting: `rooms`, `sites`.
        what: the last part of the address: `hours`, `rule`, `house-rules`.
        form: what the hub answers.
        parent: owner.

    Signals:
        answered: room or site id, and an answer of the hub or a `Failure`.
        failed: why no answer came, for those who watch the session.
    """

    answered = Signal(str, object)
    failed = Signal(object)

    def __init__(
        self,
        client: HubClient,
        where: str,
        what: str,
        form: Any,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._client, self._form = client, form
        self._where, self._what = where, what
        self._under_way: dict[str, SettingErrand] = {}

    def save(self, place_id: str, ask: Message) -> None:
        """Give a place another setting; nothing while the last save for it is under way."""
        if place_id in self._under_way:
            return
        path = f"/v1/{self._where}/{quote(place_id, safe='')}/{self._what}"
        errand = SettingErrand(self._client, place_id, path, ask, self._form)
        self._under_way[place_id] = errand
        errand.ended.connect(self._on_ended)

    def forget(self) -> None:
        """Forget everything: the person has left."""
        self._under_way.clear()

    @Slot(object, object)
    def _on_ended(self, errand: SettingErrand, result: object) -> None:
        # Whoever has signed in meanwhile is told nothing of what somebody else has asked.
        if self._under_way.get(errand.place_id) is not errand:
            return
        del self._under_way[errand.place_id]
        self.answered.emit(errand.place_id, result)
        if isinstance(result, Failure):
            self.failed.emit(result)
