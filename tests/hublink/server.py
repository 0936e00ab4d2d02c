"""A hub that does as told: it answers late, half, wrongly or not at all, over real sockets.

Life cycle: `TinyHub` serves from `start` to `stop`, a thread for each connection; `stop` cuts all
connections and waits for all threads. A behaviour is a function of the `Asked` request; several
given for one path are used one after another, the last one again and again.
"""

import contextlib
import hashlib
import ipaddress
import socket
import ssl
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import NameOID

from kiosk.wire.codec import Message, encode


@dataclass(frozen=True, slots=True)
class Seen:
    """A request that arrived."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


class Asked:
    """A request, and the means to treat it well or badly."""

    def __init__(self, handler: "_Handler", seen: Seen, closing: threading.Event) -> None:
        self.seen = seen
        self._handler = handler
        self._closing = closing

    def answer(
        self, body: bytes, status: int = 200, headers: Iterable[tuple[str, str]] = ()
    ) -> None:
        """Answer properly."""
        self.head(status, [*headers, ("Content-Length", str(len(body)))])
        self.send(body)

    def head(self, status: int, headers: Iterable[tuple[str, str]]) -> None:
        """Send the head of an answer only."""
        self._handler.send_response(status)
        for name, value in headers:
            self._handler.send_header(name, value)
        self._handler.end_headers()

    def send(self, data: bytes) -> None:
        """Send bytes as they are."""
        self._handler.wfile.write(data)
        self._handler.wfile.flush()

    def wait_for(self, event: threading.Event) -> None:
        """Wait until the test says go on, or the hub stops."""
        while not event.wait(0.01) and not self._closing.is_set():
            pass

    def close(self) -> None:
        """Close the connection once the behaviour is over."""
        self._handler.close_connection = True


Behaviour = Callable[[Asked], None]


def answering(
    message: Message | bytes, status: int = 200, headers: Iterable[tuple[str, str]] = ()
) -> Behaviour:
    """Answer with a message, or with these bytes."""
    body = message if isinstance(message, bytes) else encode(message)
    return lambda asked: asked.answer(body, status, headers)


def hanging(until: threading.Event, then: Behaviour) -> Behaviour:
    """Say nothing until the test says so."""

    def behave(asked: Asked) -> None:
        asked.wait_for(until)
        then(asked)

    return behave


def cutting(data: bytes) -> Behaviour:
    """Send these bytes and close the connection."""

    def behave(asked: Asked) -> None:
        if data:
            asked.send(data)
        asked.close()

    return behave


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: "_Server"

    def handle_any(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        headers = {name.lower(): value for name, value in self.headers.items()}
        seen = Seen(self.command, self.path, headers, self.rfile.read(length))
        self.server.hub.serve(Asked(self, seen, self.server.closing))

    do_GET = do_POST = do_DELETE = do_CONNECT = handle_any  # noqa: N815 - the library's names

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the library's name
        """Say nothing: the test knows what it asked for."""


class _Server(ThreadingHTTPServer):
    daemon_threads = False
    block_on_close = True

    def __init__(self, hub: "TinyHub", context: ssl.SSLContext | None) -> None:
        self.hub = hub
        self.closing = threading.Event()
        self._context = context
        self._lock = threading.Lock()
        self._open: set[socket.socket] = set()
        super().__init__(("127.0.0.1", 0), _Handler)

    def finish_request(self, request: Any, client_address: Any) -> None:
        if self._context is not None:
            request = self._context.wrap_socket(request, server_side=True)
        with self._lock:
            self._open.add(request)
        if not self.closing.is_set():
            try:
                super().finish_request(request, client_address)
            finally:
                with self._lock:
                    self._open.discard(request)
                request.close()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing: clients that hang up are the point of many tests."""

    def cut_all(self) -> None:
        with self._lock:
            for connection in self._open:
                with contextlib.suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)


@dataclass(frozen=True, slots=True)
class KeyPair:
    """A certificate with its key in one file, and the fingerprint of the key."""

    file: Path
    fingerprint: str


def make_key_pair(
    folder: Path, name: str, *, rsa_key: bool = False, expired: bool = False
) -> KeyPair:
    """Make a self-signed certificate for this machine."""
    key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey = (
        rsa.generate_private_key(65537, 2048)
        if rsa_key
        else ec.generate_private_key(ec.SECP256R1())
    )
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=30))
        .not_valid_after(now - timedelta(days=1) if expired else now + timedelta(days=30))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]),
            critical=False,
        )
        .sign(key, hashes.SHA256())
    )
    file = folder / f"{name}.pem"
    file.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + certificate.public_bytes(serialization.Encoding.PEM)
    )
    public = key.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return KeyPair(file, hashlib.sha256(public).hexdigest())


class TinyHub:
    """The hub itself."""

    def __init__(self, pair: KeyPair | None = None) -> None:
        self.seen: list[Seen] = []
        self._told: dict[str, list[Behaviour]] = {}
        context = None
        if pair is not None:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(pair.file)
        self._scheme = "http" if pair is None else "https"
        self._server = _Server(self, context)
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(0.01,), name="tiny hub"
        )

    @property
    def url(self) -> str:
        """Its address."""
        return f"{self._scheme}://127.0.0.1:{self._server.server_port}"

    def on(self, path: str, *behaviours: Behaviour) -> None:
        """Say what to do with requests of a path, in their order; a query is not looked at."""
        self._told[path] = list(behaviours)

    def serve(self, asked: Asked) -> None:
        """Do as told."""
        self.seen.append(asked.seen)
        told = self._told.get(asked.seen.path.partition("?")[0])
        if told is None:
            asked.answer(b'{"type":"problem","code":"not_found"}', 404)
        else:
            (told.pop(0) if len(told) > 1 else told[0])(asked)

    def cut(self) -> None:
        """Cut all connections; the next ones are served."""
        self._server.cut_all()

    def start(self) -> None:
        """Begin to serve."""
        self._thread.start()

    def stop(self) -> None:
        """Cut all connections and end all threads."""
        self._server.closing.set()
        self._server.shutdown()
        self._server.cut_all()
        self._server.server_close()
        self._thread.join()
