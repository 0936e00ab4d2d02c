"""A load generator that leaves the processor to the hub: raw bytes over kept-alive connections."""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import cast

from admin_console.rehearsal.connection import Address, head
from kiosk.wire.codec import Message, encode


def request(address: Address, method: str, path: str, token: str, body: Message | None) -> bytes:
    """Return the bytes of one request."""
    content = b"" if body is None else encode(body)
    return head(address, method, path, token, len(content)) + content


class Line(asyncio.Protocol):
    """One connection; one request at a time."""

    def __init__(self) -> None:
        self._received = bytearray()
        self._needed: int | None = None
        self._status = 0
        self._answered: asyncio.Future[tuple[int, bytes]] | None = None
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the transport."""
        # The loop in use is not asyncio's own, and neither are its transports.
        self._transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        """Collect an answer."""
        self._received += data
        if self._needed is None:
            end = self._received.find(b"\r\n\r\n")
            if end < 0:
                return
            fields = bytes(self._received[:end]).lower()
            place = fields.index(b"content-length:") + 15
            length = int(fields[place : place + 20].split(b"\r\n")[0])
            self._status = int(fields[9:12])
            self._needed = end + 4 + length
        if len(self._received) >= self._needed:
            start = self._received.find(b"\r\n\r\n") + 4
            body = bytes(self._received[start : self._needed])
            self._received.clear()
            self._needed = None
            if self._answered is not None:
                self._answered.set_result((self._status, body))

    def connection_lost(self, exc: Exception | None) -> None:
        """Fail what is waited for."""
        if self._answered is not None and not self._answered.done():
            self._answered.set_exception(exc or ConnectionError("the hub closed the connection"))

    async def ask(self, content: bytes) -> tuple[int, bytes]:
        """Send a request and return status and body."""
        assert self._transport is not None
        self._answered = asyncio.get_running_loop().create_future()
        self._transport.write(content)
        return await self._answered

    def close(self) -> None:
        """Close the connection."""
        if self._transport is not None:
            self._transport.close()


async def connect(address: Address) -> Line:
    """Return a new connection."""
    _, line = await asyncio.get_running_loop().create_connection(Line, address.host, address.port)
    return line


@dataclass(slots=True)
class Measured:
    """What a load was answered with: seconds of each good answer, and how many were not good."""

    seconds: list[float] = field(default_factory=list)
    bad: int = 0
    lasted: float = 0.0

    @property
    def rate(self) -> float:
        """Good answers a second."""
        return len(self.seconds) / self.lasted


async def saturate(
    address: Address, requests: Sequence[bytes], connections: int, seconds: float
) -> Measured:
    """Ask as fast as answers come, the requests shared out among the connections in turn."""
    measured = Measured()
    started = time.perf_counter()

    async def keep_asking(line: Line, mine: Sequence[bytes]) -> None:
        turn = 0
        while (asked := time.perf_counter()) - started < seconds:
            status, _ = await line.ask(mine[turn % len(mine)])
            _take(measured, status, time.perf_counter() - asked)
            turn += 1

    lines = [await connect(address) for _ in range(connections)]
    async with asyncio.TaskGroup() as tasks:
        for place, line in enumerate(lines):
            tasks.create_task(keep_asking(line, requests[place::connections]))
    measured.lasted = time.perf_counter() - started
    for line in lines:
        line.close()
    return measured


async def pace(
    address: Address, requests: Sequence[bytes], rate: float, seconds: float
) -> Measured:
    """Ask so many times a second, whatever the answers do: each request has its own connection."""
    measured = Measured()
    loop = asyncio.get_running_loop()
    lines = [await connect(address) for _ in requests]
    started = loop.time()
    waiting: set[asyncio.Task[None]] = set()

    async def ask_once(line: Line, content: bytes, due: float) -> None:
        status, _ = await line.ask(content)
        # From when it was due: an answer that keeps the next one waiting counts in full.
        _take(measured, status, loop.time() - due)

    for number in range(int(rate * seconds)):
        due = started + number / rate
        await asyncio.sleep(max(0.0, due - loop.time()))
        place = number % len(lines)
        task = loop.create_task(ask_once(lines[place], requests[place], due))
        waiting.add(task)
        task.add_done_callback(waiting.discard)
    await asyncio.gather(*waiting)
    measured.lasted = loop.time() - started
    for line in lines:
        line.close()
    return measured


def _take(measured: Measured, status: int, seconds: float) -> None:
    if status == 200:
        measured.seconds.append(seconds)
    else:
        measured.bad += 1
