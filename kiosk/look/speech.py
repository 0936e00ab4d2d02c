"""A voice through speech-dispatcher, over its socket and in its own line protocol (SSIP).

Nothing is asked at intervals. While the daemon is away the folder of its socket is watched; once
connected, the connection itself tells of its end. A daemon that is there but does not answer is
asked again a few times, each time later. What is read aloud never stands in a log.
"""

import logging
from collections import deque
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer
from PySide6.QtNetwork import QLocalSocket

from kiosk.look.language import LanguageCode
from kiosk.look.voice import Voice

_log = logging.getLogger(__name__)

RATE = -20
"""How fast it reads, from -100 to 100: calmer than usual."""

ANSWER_MS = 3000
FIRST_RETRY_MS = 500
RETRIES = 6
LONGEST_ANSWER = 64 * 1024
DUMMY = "dummy"
"""The module that plays "no synthesiser is installed": with it alone, nothing can be read."""

OVER = frozenset({702, 703})
"""The events "end" and "cancel"; from `FIRST_EVENT` on a line belongs to no command."""

FIRST_EVENT = 700
GOOD = 2

Answered = Callable[[int, list[str]], None]


def find_socket(environment: Mapping[str, str]) -> Path | None:
    """Return where the daemon listens; None where an address is set that is no socket file."""
    address = environment.get("SPEECHD_ADDRESS", "")
    if address:
        kind, _colon, place = address.partition(":")
        return Path(place) if kind == "unix_socket" and place else None
    runtime = environment.get("XDG_RUNTIME_DIR") or environment.get("XDG_CACHE_HOME")
    folder = Path(runtime) if runtime else Path(environment.get("HOME", "/")) / ".cache"
    return folder / "speech-dispatcher" / "speechd.sock"


class Command(NamedTuple):
    """What to send, and who takes the answer: its code, and its lines before the last one."""

    text: str
    answered: Answered


class SpeechDispatcher(Voice):
    """The voice.

    Args:
        socket: where the daemon listens.
        parent: who owns the voice.
    """

    def __init__(self, socket: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._path = socket
        self._link = QLocalSocket(self)
        self._link.connected.connect(self._greet)
        self._link.disconnected.connect(self._on_lost)
        self._link.errorOccurred.connect(self._on_lost)
        self._link.readyRead.connect(self._read)
        self._watch = QFileSystemWatcher(self)
        self._watch.directoryChanged.connect(self._on_folder_changed)
        self._patience = self._timer(self._on_no_answer)
        self._retry = self._timer(self._connect)
        self._tries = 0
        self._commands: deque[Command] = deque()
        self._received = b""
        self._answer: list[str] = []
        self._can_speak = False
        self._language: LanguageCode | None = None
        self._texts = 0
        self._message = self._over = ""
        self._is_speaking = False

    def _timer(self, then: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.timeout.connect(then)
        return timer

    # ------------------------------------------------------------------------------- the port

    def can_speak(self) -> bool:
        """Return whether a daemon with a synthesiser answers."""
        return self._can_speak

    def is_speaking(self) -> bool:
        """Return whether the daemon still reads the last text."""
        return self._is_speaking

    def say(self, text: str, language: LanguageCode) -> None:
        """Read a text aloud, in place of what is being read."""
        if not self._can_speak or not text.strip():
            return
        if self._is_speaking:
            self._send("STOP self")
        if language != self._language:
            self._language = language
            self._send(f"SET self LANGUAGE {language}")
        # A line with nothing but a dot would end the text; a doubled dot is read as one.
        lines = [f".{line}" if line.startswith(".") else line for line in text.splitlines()]
        self._message = self._over = ""
        self._is_speaking = True
        self._texts += 1
        self._send("SPEAK", self._on_ready_for(self._texts, "\r\n".join((*lines, "."))))
        self.changed.emit()

    def stop(self) -> None:
        """Fall silent."""
        if self._is_speaking:
            self._send("STOP self")
            self._fall_silent()

    # ------------------------------------------------------------------------ coming and going

    def begin(self) -> None:
        """Look for the daemon, now and whenever its folder changes."""
        self._tries = 0
        self._connect()

    def close(self) -> None:
        """Leave the daemon for good."""
        self._retry.stop()
        self._patience.stop()
        self._link.blockSignals(True)
        self._link.abort()

    def _connect(self) -> None:
        self._watch_folder()
        if self._link.state() != QLocalSocket.LocalSocketState.UnconnectedState:
            return
        if self._path.exists():
            self._link.connectToServer(str(self._path))

    def _watch_folder(self) -> None:
        """Watch the nearest folder that there is: a change in it may be the daemon's socket."""
        folder = next((one for one in self._path.parents if one.is_dir()), None)
        watched = self._watch.directories()
        wanted = [] if folder is None else [str(folder)]
        if watched != wanted:
            if watched:
                self._watch.removePaths(watched)
            if wanted:
                self._watch.addPaths(wanted)

    def _on_folder_changed(self) -> None:
        if not self._retry.isActive():
            self._tries = 0
            self._connect()

    def _on_lost(self) -> None:
        """The daemon has gone, or there was none behind its socket."""
        self._patience.stop()
        self._commands.clear()
        self._received, self._answer = b"", []
        self._language = None
        was_of_use, self._can_speak = self._can_speak, False
        self._is_speaking = False
        if was_of_use:
            _log.info("the voice has gone")
            self.changed.emit()
        # Between the file of a socket and somebody behind it there is a moment.
        if self._path.exists() and self._tries < RETRIES and not self._retry.isActive():
            self._retry.start(FIRST_RETRY_MS << self._tries)
            self._tries += 1
        self._watch_folder()

    def _on_no_answer(self) -> None:
        _log.info("the voice does not answer")
        self._link.abort()
        self._on_lost()

    def _greet(self) -> None:
        self._send("SET self CLIENT_NAME creneau:kiosk:faces")
        self._send("SET self NOTIFICATION ALL on")
        self._send("SET self PRIORITY message")
        self._send("SET self PUNCTUATION none")
        self._send(f"SET self RATE {RATE}")
        self._send("LIST OUTPUT_MODULES", self._on_modules)

    def _on_modules(self, code: int, told: list[str]) -> None:
        self._tries = 0
        self._can_speak = is_good(code) and any(name != DUMMY for name in told)
        _log.info("a voice answers" if self._can_speak else "the voice has no synthesiser")
        self.changed.emit()

    # ---------------------------------------------------------------------------- conversation

    def _send(self, line: str, answered: Answered | None = None) -> None:
        self._commands.append(Command(line, answered or self._on_settled))
        self._go_on()

    def _go_on(self) -> None:
        """Send the next command, when the one before is answered."""
        if self._commands and not self._patience.isActive():
            self._patience.start(ANSWER_MS)
            self._link.write(f"{self._commands[0].text}\r\n".encode())

    def _on_settled(self, code: int, told: list[str]) -> None:
        if not is_good(code):
            # The code alone: the rest may repeat what was to be read.
            _log.info("the voice refused a command (%d)", code)

    def _on_ready_for(self, number: int, text: str) -> Answered:
        def ready(code: int, told: list[str]) -> None:
            if is_good(code):
                self._commands.appendleft(Command(text, queued))
            else:
                queued(code, told)

        def queued(code: int, told: list[str]) -> None:
            if not is_good(code):
                self._on_settled(code, told)
            if number == self._texts:
                self._message = told[0] if is_good(code) and told else ""
                if self._message in {"", self._over}:
                    self._fall_silent()

        return ready

    def _fall_silent(self) -> None:
        if self._is_speaking:
            self._is_speaking = False
            self.changed.emit()

    def _read(self) -> None:
        self._received += bytes(self._link.readAll().data())
        while b"\n" in self._received:
            line, self._received = self._received.split(b"\n", 1)
            self._take(line.rstrip(b"\r").decode("utf-8", "replace"))
        if len(self._received) > LONGEST_ANSWER or len(self._answer) > LONGEST_ANSWER:
            self._on_no_answer()

    def _take(self, line: str) -> None:
        """Take one line: `NNN-more of the answer`, or `NNN its last line`."""
        number, mark, rest = line[:3], line[3:4], line[4:]
        if not number.isdecimal() or mark not in {"-", " "}:
            self._on_no_answer()
            return
        if mark == "-":
            self._answer.append(rest)
            return
        told, self._answer = self._answer, []
        code = int(number)
        if code >= FIRST_EVENT:
            self._on_event(code, told)
        elif self._commands:
            command = self._commands.popleft()
            self._patience.stop()
            command.answered(code, told)
            self._go_on()

    def _on_event(self, code: int, told: list[str]) -> None:
        """Hear that the message is over, or was cut off by somebody with more to say."""
        if code in OVER and told:
            self._over = told[0]
            if self._over == self._message:
                self._fall_silent()


def is_good(code: int) -> bool:
    """Return whether an answer means yes."""
    return code // 100 == GOOD
