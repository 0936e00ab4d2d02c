"""What an HTTP answer of the hub means: a message of the wire, or a failure with its reason."""

from typing import Any

from kiosk.hublink.failure import Failure, Reason
from kiosk.wire.codec import LARGEST_ANSWER, MessageInvalid, decode
from kiosk.wire.problem import Problem

_GATEWAY = {502, 503, 504}
"""A proxy speaks in the place of a hub that it cannot reach."""


def read_answer(status: int, body: bytes, form: Any) -> object:
    """Return the message in a complete answer, or a `Failure`.

    Args:
        status: of HTTP.
        body: all of it.
        form: the type of message expected; None when an empty answer is, `bytes` for a file.
    """
    if 200 <= status < 300:  # noqa: PLR2004 - HTTP's own numbers
        if form is bytes:
            return body or Failure(Reason.INVALID_ANSWER)
        if form is None:
            return None if not body else Failure(Reason.INVALID_ANSWER)
        return _decoded(body, form) or Failure(Reason.INVALID_ANSWER)
    problem = _decoded(body, Problem)
    if isinstance(problem, Problem):
        return Failure(Reason.PROBLEM, problem)
    return Failure(Reason.UNREACHABLE if status in _GATEWAY else Reason.INVALID_ANSWER)


def _decoded(body: bytes, form: Any) -> object | None:
    try:
        found: object = decode(body, form, LARGEST_ANSWER)
    except MessageInvalid:
        return None
    return found
