"""How long the hub waits for the rest of a request.

A peer that connects and says nothing, or says it a letter at a time, holds a connection and an open
file of the hub; nobody has to be known to do so. Between requests the server's own time limit of
idle connections holds.
"""

import asyncio
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

ARRIVAL_SECONDS = 20.0
"""Head and body of a request arrive within this time; the largest has 256 KiB, a file 6 MiB."""


class PatientProtocol(H11Protocol):
    """One connection, closed when a request that has begun does not arrive."""

    arrival_seconds = ARRIVAL_SECONDS

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._deadline: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Wait for the first request."""
        super().connection_made(transport)
        self._wait()

    def data_received(self, data: bytes) -> None:
        """Take a piece of a request; what is complete is waited for no more."""
        super().data_received(data)
        if self.conn.their_state in {h11.IDLE, h11.SEND_BODY}:
            self._wait()
        else:
            self._rest()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait for nothing more."""
        self._rest()
        super().connection_lost(exc)

    def _wait(self) -> None:
        # More of the same request does not buy more time.
        if self._deadline is None:
            self._deadline = self.loop.call_later(self.arrival_seconds, self.transport.close)

    def _rest(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None
