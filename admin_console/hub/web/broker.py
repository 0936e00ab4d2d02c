"""Wakes the readers of the stream: "there is something for you to read, up to this number".

Life cycle: the store tells each commit in the thread that made it; the broker carries the news to
the event loop and there touches only the readers concerned. A reader holds one number, however much
happened while it slept, so a slow one costs nothing and delays nobody. All methods but `tell`
belong to the loop.
"""

import asyncio
from collections import defaultdict
from collections.abc import Iterable

from admin_console.hub.service.bell import station_topics
from admin_console.hub.service.identity import Reader, StationIdentity
from admin_console.hub.service.record import Told

MOST_LISTENINGS = 100
"""Of one reader. A program needs one, and each costs an open file: the oldest has to go."""


class Listening:
    """One reader that is connected."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self.topics = topics_of(reader)
        self._cursor: int | None = None
        self._woken = asyncio.Event()
        self._closed = False

    def wake(self, cursor: int) -> None:
        """Take in the number of a change; a number not yet fetched is replaced."""
        if self._cursor is None or cursor > self._cursor:
            self._cursor = cursor
        self._woken.set()

    def close(self) -> None:
        """End the listening."""
        self._closed = True
        self._woken.set()

    @property
    def closed(self) -> bool:
        """Tell whether the broker has ended this."""
        return self._closed

    async def next(self, seconds: float) -> int | None:
        """Return the number of the newest change, or None when nothing came for `seconds`."""
        try:
            async with asyncio.timeout(seconds):
                await self._woken.wait()
        except TimeoutError:
            return None
        if not self._closed:
            self._woken.clear()
        cursor, self._cursor = self._cursor, None
        return cursor


class Broker:
    """Knows who listens to what; `open` gives it the loop in which the readers live."""

    def __init__(self) -> None:
        self._loop: asyncio.AbstractEventLoop | None = None
        self._listening: dict[str, set[Listening]] = defaultdict(set)
        self._all: set[Listening] = set()
        # A dictionary keeps the order in which they came.
        self._of_reader: defaultdict[Reader, dict[Listening, None]] = defaultdict(dict)
        self._closed = False

    @property
    def readers(self) -> int:
        """How many listen."""
        return len(self._all)

    def open(self) -> None:
        """Begin, in the running loop."""
        self._loop = asyncio.get_running_loop()

    def tell(self, told: tuple[Told, ...]) -> None:
        """Take in the changes of a commit, from any thread; before `open` nobody listens."""
        loop = self._loop
        if loop is None:
            return
        try:
            loop.call_soon_threadsafe(self.deliver, told)
        except RuntimeError:
            # The loop is closed: the hub stops, and its readers ask anew wherever they go next.
            if not loop.is_closed():
                raise

    def deliver(self, told: Iterable[Told]) -> None:
        """Wake the readers concerned by some changes."""
        for change in told:
            self._wake(change.topic, change.n)
            if change.for_staff:
                self._wake(_staff_topic(change.site_id), change.n)

    def join(self, reader: Reader) -> Listening:
        """Return a new listening for a reader; `leave` ends it."""
        listening = Listening(reader)
        if self._closed:
            listening.close()
            return listening
        self._all.add(listening)
        own = self._of_reader[reader]
        own[listening] = None
        if len(own) > MOST_LISTENINGS:
            oldest = next(iter(own))
            del own[oldest]
            oldest.close()
        for topic in listening.topics:
            self._listening[topic].add(listening)
        return listening

    def leave(self, listening: Listening) -> None:
        """Forget a listening; twice does no harm."""
        self._all.discard(listening)
        own = self._of_reader.get(listening.reader, {})
        own.pop(listening, None)
        if not own:
            self._of_reader.pop(listening.reader, None)
        for topic in listening.topics:
            readers = self._listening.get(topic)
            if readers is not None:
                readers.discard(listening)
                if not readers:
                    del self._listening[topic]

    def close(self) -> None:
        """End all listenings, those to come as well."""
        self._closed = True
        for listening in self._all:
            listening.close()

    def _wake(self, topic: str, cursor: int) -> None:
        for listening in self._listening.get(topic, ()):
            listening.wake(cursor)


def topics_of(reader: Reader) -> tuple[str, ...]:
    """Return what a reader listens to: a station its own topics, staff whole sites."""
    if isinstance(reader, StationIdentity):
        return station_topics(reader)
    return tuple(_staff_topic(site_id) for site_id in reader.site_ids)


def _staff_topic(site_id: str) -> str:
    return f"staff:{site_id}"
