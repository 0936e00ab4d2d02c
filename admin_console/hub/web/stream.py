"""One reader's event stream, as the server sends it.

Each reader is one task that sleeps: it wakes for a change, for the comment line that shows both
ends that the other is there, and when the reader leaves. A reader that does not take what is sent
is let go; nobody waits for it.
"""

import asyncio
from collections.abc import Awaitable, Callable

import structlog
from litestar.types import HTTPResponseBodyEvent, Message, Receive, Scope, Send

from admin_console.hub.service.identity import Reader
from admin_console.hub.web.broker import Broker, Listening

COMMENT_SECONDS = 15.0
PATIENCE_SECONDS = 20.0
"""A reader that takes nothing for this long is dropped."""

_HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"x-accel-buffering", b"no"),
    # A stream has no end of its own: when the hub ends it, the file it held is free at once.
    (b"connection", b"close"),
]


class EventStream:
    """Answers one request of the stream, as an ASGI application.

    Args:
        broker: wakes the reader.
        reader: who reads.
        latest: returns the number of the last change for this reader, which is told at once.
        still_known: tells whether the reader may go on reading; asked at each comment line.
    """

    def __init__(
        self,
        broker: Broker,
        reader: Reader,
        latest: Callable[[], int],
        still_known: Callable[[], Awaitable[bool]],
        comment_seconds: float = COMMENT_SECONDS,
        patience_seconds: float = PATIENCE_SECONDS,
    ) -> None:
        self._broker = broker
        self._reader = reader
        self._latest = latest
        self._still_known = still_known
        self._comment_seconds = comment_seconds
        self._patience_seconds = patience_seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send until the reader leaves, is no longer known, or the hub stops."""
        listening = self._broker.join(self._reader)
        watch = asyncio.create_task(_watch(receive, listening))
        try:
            await self._speak(send, listening)
        except TimeoutError:
            # The server closes the connection without an end of the body: the reader sees a cut.
            structlog.get_logger("creneau.hub").info("slow_reader_dropped")
        finally:
            self._broker.leave(listening)
            watch.cancel()

    async def _speak(self, send: Send, listening: Listening) -> None:
        await self._send(
            send, {"type": "http.response.start", "status": 200, "headers": [*_HEADERS]}
        )
        await self._send(send, _body(_change(self._latest())))
        loop = asyncio.get_running_loop()
        check_at = loop.time() + self._comment_seconds
        while True:
            cursor = await listening.next(self._comment_seconds)
            if listening.closed:
                break
            # A busy house leaves no silence: whoever reads is checked all the same.
            if loop.time() >= check_at:
                if not await self._still_known():
                    break
                check_at = loop.time() + self._comment_seconds
            await self._send(send, _body(b": here\n\n" if cursor is None else _change(cursor)))
        await self._send(send, {"type": "http.response.body", "body": b"", "more_body": False})

    async def _send(self, send: Send, message: Message) -> None:
        async with asyncio.timeout(self._patience_seconds):
            await send(message)


async def _watch(receive: Receive, listening: Listening) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
    listening.close()


def _change(cursor: int) -> bytes:
    return b'event: change\ndata: {"cursor": %d}\n\n' % cursor


def _body(data: bytes) -> HTTPResponseBodyEvent:
    return {"type": "http.response.body", "body": data, "more_body": True}
