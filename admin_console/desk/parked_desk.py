"""The facts that stations told and that contradict the rest: read for each site, and settled."""

from collections.abc import Iterable
from urllib.parse import quote

from PySide6.QtCore import QObject, Signal, Slot

from kiosk.hublink.client import Call, Failure, HubClient
from kiosk.wire.parked import MarkSeen, ParkedFacts


class ParkedErrand(QObject):
    """One question about the list of a site.

    Signals:
        ended: the errand and what came of it: `ParkedFacts`, or a `Failure`.
    """

    ended = Signal(object, object)

    def __init__(self, client: HubClient, site_id: str, seen: MarkSeen | None = None) -> None:
        super().__init__(client)
        self.site_id, self.seen = site_id, seen
        path = f"/v1/sites/{quote(site_id, safe='')}/parked"
        self._call: Call = client.call("GET" if seen is None else "POST", path, seen, ParkedFacts)
        self._call.answered.connect(self._end)
        self._call.failed.connect(self._end)

    def abandon(self) -> None:
        """Want no answer any more."""
        self._call.abandon()
        self.deleteLater()

    @Slot(object)
    def _end(self, result: object) -> None:
        self.deleteLater()
        self.ended.emit(self, result)


class ParkedDesk(QObject):
    """Reads and settles. A list that could not be read is read when `read_missed` is called.

    Signals:
        told: the `ParkedFacts` of a site.
        unsettled: the ids of the facts that are not settled, and the `Failure`.
        failed: why no answer came, for those who watch the session.
    """

    told = Signal(object)
    unsettled = Signal(object, object)
    failed = Signal(object)

    def __init__(self, client: HubClient, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._client = client
        self._reads: dict[str, ParkedErrand] = {}
        self._marks: dict[tuple[str, ...], ParkedErrand] = {}
        self._missed: set[str] = set()

    def read(self, site_ids: Iterable[str]) -> None:
        """Read the lists of sites; what a reading under way would tell may be old already."""
        for site_id in sorted(site_ids):
            earlier = self._reads.pop(site_id, None)
            if earlier is not None:
                earlier.abandon()
            self._missed.discard(site_id)
            self._reads[site_id] = self._send(site_id)

    def read_missed(self) -> None:
        """Read the lists that could not be read."""
        self.read(tuple(self._missed))

    def settle(self, site_id: str, event_ids: tuple[str, ...]) -> None:
        """Take facts off the list of a site; nothing while that is under way."""
        if event_ids not in self._marks:
            self._marks[event_ids] = self._send(site_id, MarkSeen(event_ids=event_ids))

    def forget(self) -> None:
        """Forget everything: the person has left."""
        for errand in (*self._reads.values(), *self._marks.values()):
            errand.abandon()
        self._reads.clear()
        self._marks.clear()
        self._missed.clear()

    def _send(self, site_id: str, seen: MarkSeen | None = None) -> ParkedErrand:
        errand = ParkedErrand(self._client, site_id, seen)
        errand.ended.connect(self._on_ended)
        return errand

    @Slot(object, object)
    def _on_ended(self, errand: ParkedErrand, result: object) -> None:
        if errand.seen is not None:
            self._marks.pop(errand.seen.event_ids, None)
        elif self._reads.get(errand.site_id) is errand:
            del self._reads[errand.site_id]
        if not isinstance(result, Failure):
            self.told.emit(result)
            return
        if errand.seen is not None:
            self.unsettled.emit(errand.seen.event_ids, result)
        else:
            self._missed.add(errand.site_id)
        self.failed.emit(result)
