"""Every way in which a request is not served, as one typed answer.

A handler raises `Refused`, or Litestar raises its own errors: both leave here as a `Problem`. What
nobody foresaw leaves as `fault` with the number under which the log tells it, and without a trace.
"""

from collections.abc import Callable, Mapping
from typing import Any

import msgspec
import structlog
from litestar import MediaType, Request, Response
from litestar.exceptions import HTTPException, InternalServerException

from admin_console.hub.service.answer import AskInvalid, Conflict, NotAllowed, NotFound
from admin_console.hub.web.trace import describe
from kiosk.wire.codec import MessageInvalid, encode
from kiosk.wire.problem import Problem, ProblemCode

LONGEST_DETAIL = 500

STATUS = {
    ProblemCode.NOT_JSON: 400,
    ProblemCode.INVALID: 400,
    ProblemCode.NOT_SIGNED_IN: 401,
    ProblemCode.NOT_ALLOWED: 403,
    ProblemCode.NOT_FOUND: 404,
    ProblemCode.METHOD_NOT_ALLOWED: 405,
    ProblemCode.CONFLICT: 409,
    ProblemCode.TOO_LARGE: 413,
    ProblemCode.TOO_MANY_TRIES: 429,
    ProblemCode.FAULT: 500,
    ProblemCode.BUSY: 503,
}
_CODES = {status: code for code, status in STATUS.items() if status != STATUS[ProblemCode.INVALID]}

Handler = Callable[[Request[Any, Any, Any], Exception], Response[bytes]]


class Refused(Exception):
    """A request that is not served; nothing was written."""

    def __init__(self, code: ProblemCode, detail: str) -> None:
        super().__init__(code)
        self.code = code
        self.detail = detail


Declined = NotAllowed | NotFound | Conflict | AskInvalid
"""What a use case answers when it cannot do what was asked."""


def refuse(declined: Declined) -> Refused:
    """Return what to raise for the answer of a use case."""
    match declined:
        case NotAllowed():
            return Refused(ProblemCode.NOT_ALLOWED, "your roles or sites do not reach that far")
        case NotFound():
            return Refused(ProblemCode.NOT_FOUND, "there is no such thing")
        case Conflict(detail):
            return Refused(ProblemCode.CONFLICT, detail)
        case AskInvalid(detail):
            return Refused(ProblemCode.INVALID, detail)


def answer(
    code: ProblemCode, detail: str, headers: Mapping[str, str] | None = None
) -> Response[bytes]:
    """Return the answer for a problem."""
    sent = dict(headers or {})
    if code is ProblemCode.NOT_SIGNED_IN:
        sent["WWW-Authenticate"] = "Bearer"
    if code is ProblemCode.BUSY:
        sent["Retry-After"] = "1"
    return Response(
        encode(Problem(code=code, detail=detail[:LONGEST_DETAIL])),
        status_code=STATUS[code],
        media_type=MediaType.JSON,
        headers=sent,
    )


def handlers() -> dict[int | type[Exception], Handler]:
    """Return who answers for which error."""
    return {
        Refused: _on_refused,
        MessageInvalid: _on_invalid_message,
        HTTPException: _on_http_error,
        Exception: _on_fault,
    }


def _on_refused(_: Request[Any, Any, Any], error: Exception) -> Response[bytes]:
    assert isinstance(error, Refused)  # noqa: S101 - Litestar chose the handler by this type
    return answer(error.code, error.detail)


def _on_invalid_message(_: Request[Any, Any, Any], error: Exception) -> Response[bytes]:
    well_formed = isinstance(error.__cause__, msgspec.ValidationError)
    return answer(ProblemCode.INVALID if well_formed else ProblemCode.NOT_JSON, str(error))


def _on_http_error(request: Request[Any, Any, Any], error: Exception) -> Response[bytes]:
    assert isinstance(error, HTTPException)  # noqa: S101 - as above
    if isinstance(error, InternalServerException) or error.status_code >= STATUS[ProblemCode.FAULT]:
        return _on_fault(request, error)
    code = _CODES.get(error.status_code, ProblemCode.INVALID)
    detail = {
        ProblemCode.NOT_FOUND: "there is no such path",
        ProblemCode.METHOD_NOT_ALLOWED: "this path has other methods",
        ProblemCode.TOO_LARGE: "the body is too large",
    }.get(code, "a part of the address or a header is missing or is not of its form")
    return answer(code, detail, error.headers if code is ProblemCode.METHOD_NOT_ALLOWED else None)


def _on_fault(request: Request[Any, Any, Any], error: Exception) -> Response[bytes]:
    incident = str(request.scope.get("creneau_request", "unknown"))
    log = structlog.get_logger("creneau.hub")
    if isinstance(error, InternalServerException) and "disconnected" in error.detail:
        log.info("peer_left", request=incident)
    else:
        log.error("fault", request=incident, **describe(error))
    return answer(ProblemCode.FAULT, f"the hub failed; its log tells why under {incident}")
