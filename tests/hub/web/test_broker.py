"""The broker wakes those concerned, once for much, and waits for nobody."""

import asyncio
import threading
from collections.abc import Callable, Coroutine
from typing import cast

import pytest
from litestar.types import HTTPDisconnectEvent, Message, Scope

from admin_console.hub.service.bell import room_topic, seat_topic, station_topic
from admin_console.hub.service.identity import Reader, StaffIdentity, StationIdentity
from admin_console.hub.service.record import Told
from admin_console.hub.web.broker import MOST_LISTENINGS, Broker, Listening
from admin_console.hub.web.stream import EventStream
from kiosk.wire.desk import Role

PC = StationIdentity("pc-1", "seat-1", "room", "north")
OTHER_PC = StationIdentity("pc-2", "seat-2", "room", "north")
FAR_PC = StationIdentity("pc-9", "seat-9", "far", "south")
AGENT = StaffIdentity("a", "agent", "Agent", frozenset({Role.AGENT}), ("north",))
BOTH = StaffIdentity("b", "admin", "Admin", frozenset({Role.ADMIN}), ("north", "south"))
READERS: dict[str, Reader] = {
    "pc": PC, "other pc": OTHER_PC, "far pc": FAR_PC, "agent": AGENT, "both": BOTH,
}  # fmt: skip
SCOPE = cast("Scope", {"type": "http"})


def seat(n: int) -> Told:
    return Told(n, seat_topic("seat-1"), "north", for_staff=True)


def play(story: Callable[[Broker], Coroutine[object, object, None]]) -> None:
    async def with_broker() -> None:
        broker = Broker()
        broker.open()
        await story(broker)

    asyncio.run(with_broker())


@pytest.mark.parametrize(
    ("told", "woken"),
    [
        (seat(1), {"pc", "agent", "both"}),
        (Told(1, room_topic("room"), "north", for_staff=True), {"pc", "other pc", "agent", "both"}),
        (Told(1, station_topic("pc-2"), "north", for_staff=False), {"other pc"}),
        (Told(1, seat_topic("seat-9"), "south", for_staff=True), {"far pc", "both"}),
        (Told(1, seat_topic("seat-none"), "west", for_staff=True), set()),
    ],
)
def test_those_concerned_are_woken(told: Told, woken: set[str]) -> None:
    async def story(broker: Broker) -> None:
        listening = {name: broker.join(reader) for name, reader in READERS.items()}

        broker.deliver([told])

        found = {name for name, one in listening.items() if await one.next(0.01) == 1}
        assert found == woken

    play(story)


def test_much_is_told_once_with_the_last_number() -> None:
    async def story(broker: Broker) -> None:
        reader = broker.join(AGENT)

        broker.deliver(seat(n) for n in range(1, 1001))
        broker.deliver([seat(7)])

        assert await reader.next(0.01) == 1000
        assert await reader.next(0.01) is None

    play(story)


def test_a_thread_that_committed_wakes_a_sleeper() -> None:
    async def story(broker: Broker) -> None:
        reader = broker.join(PC)
        thread = threading.Thread(target=broker.tell, args=((seat(3),),))
        waiting = asyncio.create_task(reader.next(5))
        await asyncio.sleep(0)

        thread.start()

        assert await waiting == 3
        thread.join()

    play(story)


def test_who_left_is_forgotten() -> None:
    async def story(broker: Broker) -> None:
        reader = broker.join(BOTH)
        broker.leave(reader)
        broker.leave(reader)
        broker.deliver([seat(1)])

        assert await reader.next(0.01) is None
        assert broker.readers == 0
        assert broker._listening == {}

    play(story)


def test_a_closed_broker_ends_everybody_even_newcomers() -> None:
    async def story(broker: Broker) -> None:
        reader = broker.join(PC)
        broker.close()

        assert await reader.next(5) is None
        assert reader.closed
        assert broker.join(AGENT).closed

    play(story)


def test_news_after_the_end_of_the_loop_harm_nobody() -> None:
    broker = Broker()
    broker.tell((seat(1),))

    async def open_and_end() -> None:
        broker.open()

    asyncio.run(open_and_end())
    broker.tell((seat(2),))


# ------------------------------------------------------------------------------- the stream


class Peer:
    """The far end of a stream: takes what is sent, or nothing any more."""

    def __init__(self) -> None:
        self.sent: list[bytes] = []
        self.ended = False
        self.stuck = False
        self._left = asyncio.Event()
        self._got = asyncio.Event()

    async def receive(self) -> HTTPDisconnectEvent:
        await self._left.wait()
        return {"type": "http.disconnect"}

    async def send(self, message: Message) -> None:
        if self.stuck:
            await asyncio.Event().wait()
        if message["type"] == "http.response.body":
            if message["body"]:
                self.sent.append(message["body"])
            self.ended = not message["more_body"]
        self._got.set()

    def leave(self) -> None:
        self._left.set()

    async def wait_for(self, text: bytes) -> None:
        async with asyncio.timeout(5):
            while text not in b"".join(self.sent):
                self._got.clear()
                await self._got.wait()


async def known() -> bool:
    return True


async def nobody() -> bool:
    return False


def stream(broker: Broker, **options: object) -> EventStream:
    chosen = {"comment_seconds": 5.0, "patience_seconds": 5.0, "still_known": known, **options}
    return EventStream(broker, PC, lambda: 41, **chosen)  # type: ignore[arg-type]


def test_a_reader_is_told_at_once_where_it_stands_and_then_each_change() -> None:
    async def story(broker: Broker) -> None:
        peer = Peer()
        going = asyncio.create_task(stream(broker)(SCOPE, peer.receive, peer.send))
        await peer.wait_for(b'event: change\ndata: {"cursor": 41}\n\n')
        broker.deliver([seat(42)])
        await peer.wait_for(b'event: change\ndata: {"cursor": 42}\n\n')
        broker.close()
        await going
        assert peer.ended
        assert broker.readers == 0

    play(story)


def test_silence_is_filled_with_comments() -> None:
    async def story(broker: Broker) -> None:
        peer = Peer()
        application = stream(broker, comment_seconds=0.01)
        going = asyncio.create_task(application(SCOPE, peer.receive, peer.send))
        await peer.wait_for(b": here\n\n: here\n\n")
        peer.leave()
        await going
        assert broker.readers == 0

    play(story)


def test_a_reader_nobody_knows_any_more_is_let_go_even_in_a_busy_house() -> None:
    async def story(broker: Broker) -> None:
        peer = Peer()
        application = stream(broker, comment_seconds=0.05, still_known=nobody)
        going = asyncio.create_task(application(SCOPE, peer.receive, peer.send))
        n = 0
        async with asyncio.timeout(5):
            while not going.done():
                n += 1
                broker.deliver([seat(n)])
                await asyncio.sleep(0.001)
        assert peer.ended
        assert broker.readers == 0

    play(story)


def test_a_reader_that_takes_nothing_is_dropped_and_delays_nobody() -> None:
    async def story(broker: Broker) -> None:
        slow, quick = Peer(), Peer()
        tasks = [
            asyncio.create_task(
                stream(broker, patience_seconds=0.05)(SCOPE, peer.receive, peer.send)
            )
            for peer in (slow, quick)
        ]
        await slow.wait_for(b"41")
        await quick.wait_for(b"41")
        slow.stuck = True
        broker.deliver([seat(42)])
        await quick.wait_for(b"42")
        async with asyncio.timeout(5):
            await tasks[0]
        assert not slow.ended
        assert broker.readers == 1
        broker.close()
        await tasks[1]

    play(story)


def test_a_listening_holds_one_number_however_long_nobody_takes_it() -> None:
    async def story(_: Broker) -> None:
        listening = Listening(PC)
        for n in range(1, 10_001):
            listening.wake(n)
        assert await listening.next(0) == 10_000

    play(story)


def test_a_reader_cannot_hold_every_file_of_the_hub() -> None:
    async def story(broker: Broker) -> None:
        agent = broker.join(AGENT)
        own = [broker.join(PC) for _ in range(MOST_LISTENINGS)]
        assert not any(one.closed for one in own)

        newest = broker.join(PC)

        assert [one.closed for one in own[:2]] == [True, False]
        assert not newest.closed
        assert not agent.closed
        broker.leave(own[0])
        broker.leave(own[9])
        last = broker.join(PC)
        assert not own[1].closed
        for one in (agent, *own, newest, last):
            broker.leave(one)
        assert broker.readers == 0

    play(story)
