"""The smallest client of the hub that five hundred simulated stations can share a machine with.

One `Connection` is one kept-alive connection that carries one request at a time; `follow` holds
another one for the stream of events. Plain HTTP on this machine only: the programs in service speak
TLS, by other code.
"""

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any, TypeVar

from kiosk.wire.codec import LARGEST_ANSWER, Message, decode, encode
from kiosk.wire.problem import Problem

LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
GOOD, REFUSED, FAILED = 200, 400, 500
ANSWER_SECONDS = 10.0
SILENT_SECONDS = 40.0
"""The hub speaks on a stream every 15 seconds; a longer silence means that it is gone."""

T = TypeVar("T")


class HubAway(Exception):
    """The hub does not answer, or answers something that is not HTTP as it speaks it."""


class HubRefused(Exception):
    """The hub answered with a problem; `problem.code` says which."""

    def __init__(self, status: int, problem: Problem) -> None:
        super().__init__(f"{status} {problem.code}: {problem.detail}")
        self.status = status
        self.problem = problem


@dataclass(frozen=True, slots=True)
class Address:
    """Where the hub listens, on this machine.

    Raises:
        ValueError: the host is another machine.
    """

    host: str
    port: int

    def __post_init__(self) -> None:
        """Refuse to send a code in the clear over a network."""
        if self.host not in LOOPBACK:
            message = f"the rehearsal speaks to a hub on this machine only, not to {self.host}"
            raise ValueError(message)

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{host}:{self.port}"


@dataclass(frozen=True, slots=True)
class Reply:
    """The status and the body of one answer."""

    status: int
    body: bytes


class Connection:
    """One connection to the hub, opened when first used and again when it broke.

    Args:
        address: where the hub is.
        token: the bearer token; empty for requests of anybody.
    """

    def __init__(self, address: Address, token: str = "") -> None:
        self._address = address
        self._token = token
        self._turn = asyncio.Lock()
        self._ends: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def call(self, method: str, path: str, body: Message | None, form: type[T] | Any) -> T:
        """Ask, and return the answer in its form.

        Raises:
            HubAway: no answer, none that can be understood, or the hub cannot serve it now.
            HubRefused: the hub answered that the request is wrong.
        """
        reply = await self.ask(method, path, b"" if body is None else encode(body))
        try:
            if reply.status >= REFUSED:
                refused = HubRefused(reply.status, decode(reply.body, Problem))
                if reply.status >= FAILED:
                    raise HubAway(str(refused))
                raise refused
            answer: T = decode(reply.body, form, LARGEST_ANSWER)
        except ValueError as error:
            raise HubAway(str(error)) from error
        return answer

    async def ask(self, method: str, path: str, body: bytes = b"") -> Reply:
        """Send one request and return what came back; a connection that idled away is renewed.

        Raises:
            HubAway: no answer within `ANSWER_SECONDS`.
        """
        request = head(self._address, method, path, self._token, len(body)) + body
        async with self._turn:
            for fresh in (self._ends is None, True):
                try:
                    async with asyncio.timeout(ANSWER_SECONDS):
                        return await self._exchange(request)
                except (OSError, EOFError, ValueError, TimeoutError) as error:
                    self.close()
                    # The hub closes connections that rest; every request of ours may be repeated.
                    if fresh:
                        raise HubAway(f"{type(error).__name__}: {error}") from error
                except BaseException:
                    # The answer would be taken for that of the next request.
                    self.close()
                    raise
        raise AssertionError

    def close(self) -> None:
        """Close the connection; the next request opens another."""
        if self._ends is not None:
            self._ends[1].close()
            self._ends = None

    async def _exchange(self, request: bytes) -> Reply:
        if self._ends is None:
            self._ends = await asyncio.open_connection(self._address.host, self._address.port)
        reader, writer = self._ends
        writer.write(request)
        status, fields = await read_head(reader)
        body = await reader.readexactly(int(fields.get("content-length", "0")))
        if fields.get("connection", "").lower() == "close":
            self.close()
        return Reply(status, body)


async def follow(address: Address, token: str) -> AsyncIterator[int]:
    """Yield the cursor of each nudge until the hub ends the stream.

    Raises:
        HubAway: the stream could not be opened, broke, or fell silent.
    """
    try:
        async with asyncio.timeout(ANSWER_SECONDS):
            reader, writer = await asyncio.open_connection(address.host, address.port)
    except (OSError, TimeoutError) as error:
        raise HubAway(f"{type(error).__name__}: {error}") from error
    try:
        writer.write(head(address, "GET", "/v1/stream", token, 0))
        async with asyncio.timeout(ANSWER_SECONDS):
            status, fields = await read_head(reader)
        if status != GOOD or fields.get("transfer-encoding") != "chunked":
            raise HubAway(f"the stream answered {status}")
        rest = b""
        while chunk := await _next_chunk(reader):
            *frames, rest = (rest + chunk).split(b"\n\n")
            for frame in frames:
                for line in frame.split(b"\n"):
                    if line.startswith(b"data: "):
                        yield int(json.loads(line[6:])["cursor"])
    except (OSError, EOFError, TimeoutError, ValueError) as error:
        raise HubAway(f"{type(error).__name__}: {error}") from error
    finally:
        writer.close()


def head(address: Address, method: str, path: str, token: str, length: int) -> bytes:
    """Return the head of a request with a JSON body of that many bytes."""
    lines = [f"{method} {path} HTTP/1.1", f"Host: {address}"]
    if token:
        lines.append(f"Authorization: Bearer {token}")
    if length:
        lines += ["Content-Type: application/json", f"Content-Length: {length}"]
    return "\r\n".join([*lines, "", ""]).encode("ascii")


async def read_head(reader: asyncio.StreamReader) -> tuple[int, dict[str, str]]:
    """Return the status and the fields of an answer, names in lower case.

    Raises:
        ValueError: that is not an answer.
        EOFError: the other side left.
    """
    first, *lines = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    fields = {}
    for line in lines:
        name, _, value = line.partition(":")
        fields[name.lower()] = value.strip()
    return int(first.split(" ", 2)[1]), fields


async def _next_chunk(reader: asyncio.StreamReader) -> bytes:
    async with asyncio.timeout(SILENT_SECONDS):
        size = int(await reader.readuntil(b"\r\n"), 16)
        chunk = await reader.readexactly(size + 2)
    return chunk[:size]
