"""A speech-dispatcher for tests: it speaks the protocol, and never makes a sound.

It reads one message after the other, each until the test says that it is over, and cuts one off
when a client stops it. It can hang, die and come back.
"""

from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtNetwork import QLocalServer, QLocalSocket


class Daemon(QObject):
    """The daemon, on a socket of its own.

    Attributes:
        modules: the synthesisers that it has.
        refuses: words that begin a command it refuses.
        settings: what the client has set.
        said: each message that it was given, with its language.
        reading: whether one of them is being read.
    """

    def __init__(self, socket: Path) -> None:
        super().__init__()
        self.socket = socket
        self.modules = ["espeak-ng", "dummy"]
        self.refuses: set[str] = set()
        self.settings: dict[str, str] = {}
        self.said: list[tuple[str, str]] = []
        self.reading = False
        self.hangs = False
        self._server: QLocalServer | None = None
        self._client: QLocalSocket | None = None
        self._received = b""
        self._text: list[str] | None = None

    def start(self) -> None:
        """Listen, in place of a socket that a dead daemon has left."""
        self.socket.parent.mkdir(parents=True, exist_ok=True)
        self.socket.unlink(missing_ok=True)
        self._server = QLocalServer(self)
        self._server.newConnection.connect(self._welcome)
        assert self._server.listen(str(self.socket)), self._server.errorString()

    def die(self) -> None:
        """End in the middle of what is being read."""
        client, self._client = self._client, None
        if client is not None:
            client.abort()
        if self._server is not None:
            self._server.close()
            self._server = None
        self.reading, self._text, self._received = False, None, b""

    def finish(self) -> None:
        """Come to the end of the message."""
        assert self.reading
        self._tell_event("702", "END")
        self.reading = False

    def garble(self) -> None:
        """Say what no daemon says."""
        self._answer("what?")

    def _welcome(self) -> None:
        assert self._server is not None
        self._client = self._server.nextPendingConnection()
        self._received, self._text = b"", None
        self._client.readyRead.connect(self._read)

    def _read(self) -> None:
        assert self._client is not None
        self._received += bytes(self._client.readAll().data())
        while not self.hangs and b"\r\n" in self._received:
            line, self._received = self._received.split(b"\r\n", 1)
            self._take(line.decode())

    def _take(self, line: str) -> None:
        if self._text is not None:
            self._take_text(line)
            return
        verb = line.split(maxsplit=1)[0]
        if verb in self.refuses:
            self._answer("300 ERR INTERNAL")
        elif verb == "SPEAK":
            self._text = []
            self._answer("230 OK RECEIVING DATA")
        elif verb == "SET":
            _set, _self, name, *value = line.split()
            self.settings[name] = " ".join(value)
            self._answer("201 OK SET")
        elif line == "LIST OUTPUT_MODULES":
            self._answer(*(f"250-{name}" for name in self.modules), "250 OK MODULE LIST SENT")
        elif line == "STOP self":
            if self.reading:
                self._tell_event("703", "CANCELLED")
                self.reading = False
            self._answer("210 OK STOPPED")
        else:
            self._answer("500 ERR INVALID COMMAND")

    def _take_text(self, line: str) -> None:
        assert self._text is not None
        if line != ".":
            self._text.append(line.removeprefix(".") if line.startswith("..") else line)
            return
        self.said.append((self.settings.get("LANGUAGE", ""), "\n".join(self._text)))
        self._text = None
        self.reading = True
        self._answer(f"225-{len(self.said)}", "225 OK MESSAGE QUEUED")
        self._tell_event("701", "BEGIN")

    def _tell_event(self, code: str, word: str) -> None:
        self._answer(f"{code}-{len(self.said)}", f"{code}-1", f"{code} {word}")

    def _answer(self, *lines: str) -> None:
        if self._client is not None:
            self._client.write("".join(f"{line}\r\n" for line in lines).encode())
            self._client.flush()
