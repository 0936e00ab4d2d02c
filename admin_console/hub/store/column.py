"""The kinds of column that both databases keep in their own way and give back alike."""

from datetime import UTC, datetime, timedelta
from enum import Enum, StrEnum
from typing import Any, TypeVar

from sqlalchemy import BigInteger, Dialect, Integer, String, Text
from sqlalchemy.dialects.postgresql import TIMESTAMP
from sqlalchemy.types import TypeDecorator, TypeEngine

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)

E = TypeVar("E", bound=StrEnum)
N = TypeVar("N", bound=Enum)


class Instant(TypeDecorator[datetime]):
    """An aware instant: `timestamptz` on PostgreSQL, microseconds since 1970 on SQLite."""

    impl = BigInteger
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Return how the database at hand keeps it."""
        if dialect.name == "postgresql":
            return dialect.type_descriptor(TIMESTAMP(timezone=True))
        return dialect.type_descriptor(BigInteger())

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        """Refuse an instant that does not say where it was taken."""
        if value is None:
            return None
        if value.tzinfo is None:
            message = "an instant without a time zone cannot be kept"
            raise ValueError(message)
        if dialect.name == "postgresql":
            return value
        return (value - _EPOCH) // _MICROSECOND

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """Return the instant in UTC."""
        if value is None:
            return None
        if dialect.name == "postgresql":
            found: datetime = value
            return found.astimezone(UTC)
        return _EPOCH + int(value) * _MICROSECOND


class Choice(TypeDecorator[E]):
    """One of the words of an enumeration, kept as the word."""

    impl = String
    cache_ok = True

    def __init__(self, words: type[E]) -> None:
        self._words = words
        super().__init__(16)

    def __repr__(self) -> str:
        """Return how a migration writes it: a word is a short string there."""
        return "sa.String(length=16)"

    def process_bind_param(self, value: E | None, _dialect: Dialect) -> str | None:
        """Return the word."""
        return None if value is None else value.value

    def process_result_value(self, value: Any, _dialect: Dialect) -> E | None:
        """Return the member of the enumeration."""
        return None if value is None else self._words(value)


class Numbered(TypeDecorator[N]):
    """One of the members of an enumeration whose values are whole numbers, kept as the number."""

    impl = Integer
    cache_ok = True

    def __init__(self, members: type[N]) -> None:
        self._members = members
        super().__init__()

    def __repr__(self) -> str:
        """Return how a migration writes it."""
        return "sa.Integer()"

    def process_bind_param(self, value: N | None, _dialect: Dialect) -> int | None:
        """Return the number."""
        return None if value is None else int(value.value)

    def process_result_value(self, value: Any, _dialect: Dialect) -> N | None:
        """Return the member of the enumeration."""
        return None if value is None else self._members(value)


class Json(TypeDecorator[bytes]):
    """An encoded wire message, kept as readable text."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: bytes | None, _dialect: Dialect) -> str | None:
        """Return the text."""
        return None if value is None else value.decode()

    def process_result_value(self, value: Any, _dialect: Dialect) -> bytes | None:
        """Return the bytes."""
        return None if value is None else str(value).encode()
