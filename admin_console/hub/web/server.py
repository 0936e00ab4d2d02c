"""The socket and the server process: one line when it listens, a quick end when it is asked to.

On the first SIGTERM or SIGINT the streams end at once, requests under way have a second, and the
process returns 0.
"""

import asyncio
import contextlib
import resource
import signal
import socket
import threading
from collections.abc import Callable, Generator

import uvicorn
from litestar.types import ASGIApp

from admin_console.hub.setting import Address, KeyPair
from admin_console.hub.web.patience import PatientProtocol

GRACE_SECONDS = 1
KEEP_ALIVE_SECONDS = 30
DEAD_PEER_MILLISECONDS = 30_000
BACKLOG = 2048


class AddressUnusable(Exception):
    """The hub cannot listen there; the sentence says why."""


def bind(address: Address) -> socket.socket:
    """Return a socket that listens at an address.

    Raises:
        AddressUnusable: it is taken, not of this machine, or not allowed.
    """
    try:
        # The first answer is the one to bind: `localhost` then means one address, as it is said.
        found = socket.getaddrinfo(
            address.host, address.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        listener = socket.socket(found[0], found[1], found[2])
        try:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            # A peer that takes nothing for this long is gone, or as good as gone.
            listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, DEAD_PEER_MILLISECONDS)
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
            listener.bind(found[4])
            listener.listen(BACKLOG)
        except BaseException:
            listener.close()
            raise
    except OSError as error:
        message = f"cannot listen on {address}: {error.strerror}"
        raise AddressUnusable(message) from error
    return listener


def raise_file_limit() -> None:
    """Allow as many open files as the system lets this user have: each reader is one."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


class Server(uvicorn.Server):
    """Serves an application until it is asked to stop.

    Args:
        application: what to serve.
        key_pair: the certificate to show; None serves plain HTTP.
        on_ready: called when requests are taken.
        on_stop: called when the stop begins, before the connections are waited for.
    """

    def __init__(
        self,
        application: ASGIApp,
        key_pair: KeyPair | None,
        on_ready: Callable[[], None],
        on_stop: Callable[[], None],
    ) -> None:
        super().__init__(
            uvicorn.Config(
                application,
                http=PatientProtocol,
                ws="none",
                loop="uvloop",
                lifespan="on",
                log_config=None,
                access_log=False,
                server_header=False,
                proxy_headers=False,
                backlog=BACKLOG,
                timeout_keep_alive=KEEP_ALIVE_SECONDS,
                timeout_graceful_shutdown=GRACE_SECONDS,
                ssl_certfile=key_pair.certificate if key_pair else None,
                ssl_keyfile=key_pair.key if key_pair else None,
            )
        )
        self._on_ready = on_ready
        self._on_stop = on_stop

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, then say so."""
        await super().startup(sockets=sockets)
        self._on_ready()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End the streams, then the rest."""
        self._on_stop()
        await super().shutdown(sockets=sockets)

    @contextlib.contextmanager
    def capture_signals(self) -> Generator[None, None, None]:
        """Take a signal as the wish to stop; the process then ends as one that did what it should.

        The server's own way raises the signal again at the end, and the process would die of it.
        """
        if threading.current_thread() is not threading.main_thread():
            # Only the main thread hears signals; elsewhere whoever started the server stops it.
            yield
            return
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self.stop)
        try:
            yield
        finally:
            for number in (signal.SIGTERM, signal.SIGINT):
                loop.remove_signal_handler(number)

    def stop(self) -> None:
        """Begin to stop; returns at once."""
        self.should_exit = True
