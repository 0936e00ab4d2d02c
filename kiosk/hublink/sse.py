"""The event stream format of the web, read piece by piece (text/event-stream)."""

from dataclasses import dataclass

LARGEST_EVENT = 64 * 1024
"""No event is longer than this many bytes."""

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


class StreamInvalid(ValueError):
    """What arrives is longer than any event of the hub."""


@dataclass(frozen=True, slots=True)
class ServerEvent:
    """One event: its name, and its lines of data joined."""

    name: str
    data: str


class SseParser:
    """Turns bytes, cut anywhere, into events.

    Comments are nothing to it; that bytes came at all is the sign of life. Fields other than the
    name and the data are ignored: the hub's cursor is the only position there is.
    """

    def __init__(self) -> None:
        """Begin at the head of a stream."""
        self._rest = b""
        self._at_head = True
        self._name = ""
        self._lines: list[str] = []
        self._size = 0

    def feed(self, piece: bytes) -> list[ServerEvent]:
        """Return the events that this piece completes.

        Raises:
            StreamInvalid: a line or an event is too long.
        """
        self._rest += piece
        if self._at_head:
            if len(self._rest) < len(_BYTE_ORDER_MARK) and _BYTE_ORDER_MARK.startswith(self._rest):
                return []
            self._rest = self._rest.removeprefix(_BYTE_ORDER_MARK)
            self._at_head = False
        taken = [self._take(line) for line in self._whole_lines()]
        if len(self._rest) > LARGEST_EVENT:
            message = f"a line of the stream is longer than {LARGEST_EVENT} bytes"
            raise StreamInvalid(message)
        return [event for event in taken if event is not None]

    def _whole_lines(self) -> list[bytes]:
        # A carriage return at the very end may be the first half of a line end.
        held = b"\r" if self._rest.endswith(b"\r") else b""
        whole = self._rest[: len(self._rest) - len(held)]
        lines = whole.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")
        self._rest = lines.pop() + held
        return lines

    def _take(self, line: bytes) -> ServerEvent | None:
        if not line:
            return self._dispatch()
        self._size += len(line)
        if self._size > LARGEST_EVENT:
            message = f"an event of the stream is longer than {LARGEST_EVENT} bytes"
            raise StreamInvalid(message)
        field, _, value = line.decode("utf-8", "replace").partition(":")
        value = value.removeprefix(" ")
        if field == "event":
            self._name = value
        elif field == "data":
            self._lines.append(value)
        return None

    def _dispatch(self) -> ServerEvent | None:
        event = (
            ServerEvent(self._name or "message", "\n".join(self._lines)) if self._lines else None
        )
        self._name, self._lines, self._size = "", [], 0
        return event
