"""Workshops and reservations on their way to the hub: written, opened, ended; one wish at a time.

A save carries the whole of what is to be kept, and what stands already is not opened again: so any
wish may come twice.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from urllib.parse import quote

from PySide6.QtCore import QObject, Signal, Slot

from kiosk.hublink.client import Failure, HubClient
from kiosk.rules.identifier import Entropy, make_id
from kiosk.wire.codec import Message
from kiosk.wire.workshop import RunWorkshop, SeriesAnswer, SetSeries, WorkshopAnswer


class WorkshopErrand(QObject):
    """One wish and the question that carries it.

    Signals:
        ended: the errand and what came of it: the hub's answer, or a `Failure`.
    """

    ended = Signal(object, object)

    def __init__(
        self, client: HubClient, room_id: str, path: str, ask: SetSeries | RunWorkshop, form: Any
    ) -> None:
        super().__init__(client)
        self.room_id, self.ask = room_id, ask
        call = client.call("POST", f"/v1/rooms/{quote(room_id, safe='')}/{path}", ask, form)
        call.answered.connect(self._end)
        call.failed.connect(self._end)

    @Slot(object)
    def _end(self, result: object) -> None:
        self.deleteLater()
        self.ended.emit(self, result)


class WorkshopDesk(QObject):
    """Saves series, and opens and ends their seats.

    Signals:
        saved: room id, the `SetSeries`, and a `SeriesAnswer` or a `Failure`.
        ran: room id, the `RunWorkshop`, and a `WorkshopAnswer` or a `Failure`.
        failed: why no answer came, for those who watch the session.
    """

    saved = Signal(str, object, object)
    ran = Signal(str, object, object)
    failed = Signal(object)

    def __init__(
        self,
        client: HubClient,
        clock: Callable[[], datetime],
        entropy: Entropy,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._client, self._clock, self._entropy = client, clock, entropy
        self._under_way: dict[tuple[type[Message], str], WorkshopErrand] = {}

    def new_id(self) -> str:
        """Return the identifier of a new series."""
        return make_id(self._clock(), self._entropy)

    def save(self, room_id: str, ask: SetSeries) -> None:
        """Keep, change or take away a series."""
        self._send(room_id, "series", ask, SeriesAnswer)

    def run(self, room_id: str, ask: RunWorkshop) -> None:
        """Open or end the seats of a series."""
        self._send(room_id, "workshops", ask, WorkshopAnswer)

    def forget(self) -> None:
        """Forget everything: the person has left."""
        self._under_way.clear()

    def _send(self, room_id: str, path: str, ask: SetSeries | RunWorkshop, form: Any) -> None:
        key = (type(ask), room_id)
        if key not in self._under_way:
            errand = WorkshopErrand(self._client, room_id, path, ask, form)
            self._under_way[key] = errand
            errand.ended.connect(self._on_ended)

    @Slot(object, object)
    def _on_ended(self, errand: WorkshopErrand, result: object) -> None:
        # Whoever has signed in meanwhile is told nothing of what somebody else has asked.
        key = (type(errand.ask), errand.room_id)
        if self._under_way.get(key) is not errand:
            return
        del self._under_way[key]
        told = self.saved if isinstance(errand.ask, SetSeries) else self.ran
        told.emit(errand.room_id, errand.ask, result)
        if isinstance(result, Failure):
            self.failed.emit(result)
