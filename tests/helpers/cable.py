"""The cable between a station and its hub: it can be cut, and it can lose what the hub answers."""

import contextlib
import socket
import threading
from types import TracebackType
from typing import Self


class Cable:
    """Carries bytes from a port of its own to another one, as a test wants them carried.

    Attributes:
        lose_answers: while true, what the hub says never arrives; what it is told does.
    """

    def __init__(self, port: int) -> None:
        """Lay a cable to this port of the loopback."""
        self._target = port
        self.lose_answers = False
        self._cut = self._gone = False
        self._sockets: set[socket.socket] = set()
        self._threads: list[threading.Thread] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]

    def __enter__(self) -> Self:
        """Begin to carry."""
        self._spawn(self._accept)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Take the cable away."""
        self._gone = True
        # Closing a listener does not wake its accept; a last visitor does.
        with contextlib.suppress(OSError):
            socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
        self._listener.close()
        self._drop()
        for thread in self._threads:
            thread.join(timeout=5)

    def cut(self) -> None:
        """Cut the cable: nothing gets through, and what was open is closed."""
        self._cut = True
        self._drop()

    def mend(self) -> None:
        """Carry again."""
        self._cut = False
        self.lose_answers = False

    def _drop(self) -> None:
        for one in list(self._sockets):
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()
        self._sockets.clear()

    def _spawn(self, work: object, *arguments: object) -> None:
        thread = threading.Thread(target=work, args=arguments, daemon=True)  # type: ignore[arg-type]
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._listener.accept()
            except OSError:
                return
            if self._gone or self._cut:
                near.close()
                if self._gone:
                    return
                continue
            try:
                far = socket.create_connection(("127.0.0.1", self._target), timeout=5)
            except OSError:
                near.close()
                continue
            far.settimeout(None)
            self._sockets |= {near, far}
            self._spawn(self._carry, near, far, False)
            self._spawn(self._carry, far, near, True)

    def _carry(self, source: socket.socket, sink: socket.socket, answers: bool) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(65536):
                if not (answers and self.lose_answers):
                    sink.sendall(data)
        for one in (source, sink):
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
