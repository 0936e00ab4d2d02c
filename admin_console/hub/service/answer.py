"""What a use case answers when it cannot do what was asked. Nothing was written."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class NotAllowed:
    """The person's roles or sites do not reach that far."""


@dataclass(frozen=True, slots=True)
class NotFound:
    """There is no such thing, or none that the person may know of."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """Something else already stands in that place, or nothing stands where something must."""

    detail: str


@dataclass(frozen=True, slots=True)
class AskInvalid:
    """The parts of the request do not fit together."""

    detail: str
