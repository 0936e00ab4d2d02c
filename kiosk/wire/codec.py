"""What all messages share: the version, the base class, and strict encoding to JSON."""

from datetime import datetime
from typing import Annotated, Any, TypeVar

import msgspec

from kiosk.rules import identifier

VERSION = 1
"""The version in the path (`/v1`). Its history stands in docs/wire.md."""

LARGEST_MESSAGE = 256 * 1024
"""No request is longer than this many bytes."""

LARGEST_ANSWER = 8 * 1024 * 1024
"""No answer of the hub is longer: an estate of 5,000 occupied seats takes about 2.4 MB."""

Id = Annotated[str, msgspec.Meta(pattern=identifier.PATTERN, min_length=36, max_length=36)]
"""A UUIDv7 in its 36-character form."""

Name = Annotated[str, msgspec.Meta(min_length=1, max_length=80)]
"""A short identifier or title."""

Label = Annotated[str, msgspec.Meta(max_length=80)]
"""A short title that may be missing: then it is empty."""

Text = Annotated[str, msgspec.Meta(max_length=500)]
"""A sentence written by a person."""

Seconds = Annotated[int, msgspec.Meta(ge=0, le=24 * 3600)]
Stamp = Annotated[datetime, msgspec.Meta(tz=True)]
"""An aware instant; one without its offset is refused."""

Count = Annotated[int, msgspec.Meta(ge=0, le=2**53)]

FIRST_YEAR, LAST_YEAR = 2, 9998
"""In the years before and after, adding a day or another offset may leave the calendar."""


class Message(msgspec.Struct, frozen=True, kw_only=True):
    """A value that crosses between programs. Unknown fields are ignored, missing ones are errors.

    A field added later has a default, so that an older sender is still understood.
    """

    def __post_init__(self) -> None:
        """Refuse an instant with which nothing can be reckoned.

        Raises:
            ValueError: it lies at the ends of the calendar.
        """
        for name in self.__struct_fields__:
            value = getattr(self, name)
            if isinstance(value, datetime) and not FIRST_YEAR <= value.year <= LAST_YEAR:
                message = f"{name} lies at the ends of the calendar"
                raise ValueError(message)


M = TypeVar("M")


class MessageInvalid(ValueError):
    """Bytes from a peer are not the message that was expected; says where and why."""


def encode(message: Message) -> bytes:
    """Return the JSON form of a message."""
    return msgspec.json.encode(message)


def decode(data: bytes, form: type[M] | Any, longest: int = LARGEST_MESSAGE) -> M:
    """Return the message in `data`, which has at most `longest` bytes.

    Raises:
        MessageInvalid: it is too long, not JSON, or not of this form.
    """
    if len(data) > longest:
        message = f"a message of {len(data)} bytes is longer than {longest}"
        raise MessageInvalid(message)
    try:
        found: M = msgspec.json.decode(data, type=form)
    except (msgspec.ValidationError, msgspec.DecodeError, UnicodeDecodeError) as error:
        raise MessageInvalid(str(error)) from error
    except RecursionError as error:
        message = "the message is nested too deeply"
        raise MessageInvalid(message) from error
    return found
