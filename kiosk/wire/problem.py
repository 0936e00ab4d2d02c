"""The typed answer to a request that cannot be served; nothing was written."""

from enum import StrEnum

from kiosk.wire.codec import Message, Text


class ProblemCode(StrEnum):
    """Why, for programs. Sentences live in the faces."""

    NOT_JSON = "not_json"
    INVALID = "invalid"
    TOO_LARGE = "too_large"
    NOT_SIGNED_IN = "not_signed_in"
    NOT_ALLOWED = "not_allowed"
    NOT_FOUND = "not_found"
    METHOD_NOT_ALLOWED = "method_not_allowed"
    CONFLICT = "conflict"
    TOO_MANY_TRIES = "too_many_tries"
    BUSY = "busy"
    FAULT = "fault"


class Problem(Message, frozen=True, kw_only=True, tag="problem"):
    """The code, and a plain sentence for the log of the program that asked."""

    code: ProblemCode
    detail: Text = ""
