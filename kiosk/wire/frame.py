"""Messages on a stream: a length in four bytes, highest first, then so many bytes of JSON."""

from collections.abc import Iterator

from kiosk.wire.codec import MessageInvalid

HEAD = 4
LONGEST = 64 * 1024
"""No frame between programs of one workstation is longer, in bytes."""


def frame(data: bytes) -> bytes:
    """Return a message as it goes onto the stream.

    Raises:
        MessageInvalid: it is longer than `LONGEST`.
    """
    if len(data) > LONGEST:
        message = f"a frame of {len(data)} bytes is longer than {LONGEST}"
        raise MessageInvalid(message)
    return len(data).to_bytes(HEAD, "big") + data


class FrameReader:
    """Cuts what arrives into messages; holds at most one frame and what came with it."""

    def __init__(self) -> None:
        self._waiting = bytearray()

    def feed(self, data: bytes) -> Iterator[bytes]:
        """Take what arrived and return each message that is whole.

        Raises:
            MessageInvalid: a length beyond `LONGEST` is announced; nothing after it can be read.
        """
        self._waiting += data
        while len(self._waiting) >= HEAD:
            length = int.from_bytes(self._waiting[:HEAD], "big")
            if length > LONGEST:
                message = f"a frame of {length} bytes is announced, {LONGEST} are allowed"
                raise MessageInvalid(message)
            if len(self._waiting) < HEAD + length:
                return
            whole = bytes(self._waiting[HEAD : HEAD + length])
            del self._waiting[: HEAD + length]
            yield whole
