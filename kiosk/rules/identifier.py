"""Identifiers that a program can make alone and that sort by time (RFC 9562, UUID version 7)."""

import re
from collections.abc import Callable
from datetime import datetime

Entropy = Callable[[int], bytes]
"""Gives that many random bytes; `secrets.token_bytes` in the programs, a seeded one in tests."""

PATTERN = r"^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$"
_SHAPE = re.compile(PATTERN)


def make_id(now: datetime, entropy: Entropy) -> str:
    """Return a new UUIDv7 for the moment `now` (aware), in its 36-character form."""
    milliseconds = int(now.timestamp() * 1000)
    noise = int.from_bytes(entropy(10))
    value = (milliseconds & ((1 << 48) - 1)) << 80
    value |= 0x7 << 76
    value |= (noise >> 62 & 0xFFF) << 64
    value |= 0b10 << 62
    value |= noise & ((1 << 62) - 1)
    text = f"{value:032x}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def is_id(text: str) -> bool:
    """Tell whether `text` is a UUIDv7 as `make_id` writes it."""
    return _SHAPE.fullmatch(text) is not None
