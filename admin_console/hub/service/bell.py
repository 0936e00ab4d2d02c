"""Which change each reader may still want to read, kept in memory.

The bell is rung by each commit; it only says "come and look", so it may say so once too often.
"""

import threading
from collections.abc import Callable

from admin_console.hub.service.identity import Reader, StationIdentity
from admin_console.hub.service.record import Told


def station_topics(station: StationIdentity) -> tuple[str, ...]:
    """Return the topics that a station reads: its site, its room, its seat, its commands."""
    return (
        site_topic(station.site_id),
        room_topic(station.room_id),
        seat_topic(station.seat_id),
        station_topic(station.station_id),
    )


def site_topic(site_id: str) -> str:
    """Return the topic of a site's facts."""
    return f"site:{site_id}"


def room_topic(room_id: str) -> str:
    """Return the topic of a room's hours and rule."""
    return f"room:{room_id}"


def seat_topic(seat_id: str) -> str:
    """Return the topic of what stands at a seat."""
    return f"seat:{seat_id}"


def station_topic(station_id: str) -> str:
    """Return the topic of the commands for a station."""
    return f"station:{station_id}"


def desk_topic(site_id: str) -> str:
    """Return the topic of where the commands of a site stand, which the desk alone reads."""
    return f"desk:{site_id}"


class Bell:
    """The number of the last change of each topic and each site.

    A topic that has not rung yet is answered with the number given to `start_at`.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._floor = 0
        self._topics: dict[str, int] = {}
        self._sites: dict[str, int] = {}
        self._listeners: list[Callable[[], None]] = []

    def start_at(self, last: int) -> None:
        """Take in the number of the last change at the start."""
        with self._lock:
            self._floor = last

    def ring(self, told: tuple[Told, ...]) -> None:
        """Take in the changes of a commit, then call the listeners."""
        with self._lock:
            for change in told:
                self._topics[change.topic] = max(change.n, self._topics.get(change.topic, 0))
                if change.for_staff:
                    self._sites[change.site_id] = max(change.n, self._sites.get(change.site_id, 0))
            listeners = tuple(self._listeners)
        for listener in listeners:
            listener()

    def latest_for(self, reader: Reader) -> int:
        """Return the number of the last change that concerns a reader."""
        with self._lock:
            if isinstance(reader, StationIdentity):
                found = (self._topics.get(topic, 0) for topic in station_topics(reader))
            else:
                found = (self._sites.get(site_id, 0) for site_id in reader.site_ids)
            return max(found, default=0) or self._floor

    def listen(self, listener: Callable[[], None]) -> Callable[[], None]:
        """Call a listener after each ring, in the thread that committed; returns what ends that."""
        with self._lock:
            self._listeners.append(listener)

        def stop() -> None:
            with self._lock:
                self._listeners.remove(listener)

        return stop
