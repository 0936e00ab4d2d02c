"""The log of the hub: one object a line on standard error, about requests and never about people.

A line holds the template of a route, not its address; the kind of an error, not its text. A value
under a name that could hold a secret or a person is replaced, wherever it came from.
"""

import logging
import secrets
import sys
import time
from collections.abc import Callable, Mapping, MutableMapping
from typing import Any, TextIO

import structlog
from litestar.enums import ScopeType
from litestar.types import ASGIApp, HTTPScope, Message, Receive, Scope, Send
from structlog.typing import EventDict, Processor, WrappedLogger

from admin_console.hub.setting import LogForm
from admin_console.hub.web.trace import describe

HIDDEN = "[hidden]"
_SENSITIVE = (
    "authorization", "card", "code_typed", "cookie", "database_url", "day_key", "digits",
    "first_name", "lookup", "password", "pepper", "pin", "room_key", "secret", "token", "verifier",
)  # fmt: skip
_QUIET = frozenset({"/v1/reports", "/healthz"})
"""Routes whose good answers are counted, not told: thousands of stations beat all the time."""

_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
"""Any other word is the peer's own, and may be anything."""

_CHATTY = ("alembic", "asyncio", "uvicorn")


def redact(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """Hide what stands under a name that could hold a secret or a person."""
    return {key: _hide(key, value) for key, value in event.items()}


def _hide(key: str, value: Any) -> Any:
    # Whole words of the name count, so that a pin is hidden and a ping is not.
    words = f"_{key.lower().replace('-', '_')}_"
    if any(f"_{name}_" in words for name in _SENSITIVE):
        return HIDDEN
    if isinstance(value, Mapping):
        return {inner: _hide(str(inner), found) for inner, found in value.items()}
    if isinstance(value, list | tuple):
        return [_hide("", found) for found in value]
    return value


def plain_trace(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """Replace an exception by its kind and its lines of code: its text may quote anybody."""
    found = event.pop("exc_info", None)
    event.pop("exception", None)
    error = found[1] if isinstance(found, tuple) else found
    if found is True:
        error = sys.exc_info()[1]
    if isinstance(error, BaseException):
        event.update(describe(error))
    return event


def configure(form: LogForm, stream: TextIO) -> Callable[[], None]:
    """Send all logs of the process to `stream`; returns what takes that back."""
    shared: list[Processor] = [
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        plain_trace,
        redact,
    ]
    renderer: Processor = (
        structlog.processors.JSONRenderer()
        if form is LogForm.JSON
        else structlog.dev.ConsoleRenderer(colors=stream.isatty())
    )
    handler = logging.StreamHandler(stream)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
            foreign_pre_chain=shared,
        )
    )
    handler.addFilter(_is_news)
    root = logging.getLogger()
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    chatty = [logging.getLogger(name) for name in _CHATTY]
    for logger in chatty:
        logger.setLevel(logging.WARNING)
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )

    def undo() -> None:
        root.removeHandler(handler)
        root.setLevel(before)
        for logger in chatty:
            logger.setLevel(logging.NOTSET)
        structlog.reset_defaults()

    return undo


def _is_news(record: logging.LogRecord) -> bool:
    """Leave out what the server says of a stream that was cut on purpose: that is told apart."""
    return "returned without completing response" not in str(record.msg)


class RequestLog:
    """Tells each request when it is over, and gives it the number under which the log knows it.

    Stands outside of the application, so that it sees every answer, also to an unknown path.
    """

    def __init__(self, application: ASGIApp) -> None:
        self._application = application
        self._log = structlog.get_logger("creneau.hub")
        self._counted = 0

    def take_count(self) -> int:
        """Return how many requests were counted instead of told since the last call."""
        counted, self._counted = self._counted, 0
        return counted

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request and tell it."""
        if scope["type"] != ScopeType.HTTP:
            await self._application(scope, receive, send)
            return
        number = secrets.token_hex(8)
        # A scope is a plain dictionary, and the place that ASGI gives to middleware for its own.
        inner: MutableMapping[str, Any] = scope  # type: ignore[assignment]
        inner["creneau_request"] = number
        started = time.perf_counter()
        status = 0

        async def send_and_see(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [
                    *message["headers"],
                    (b"x-request-id", number.encode()),
                    (b"cache-control", b"no-store"),
                ]
            await send(message)

        try:
            await self._application(scope, receive, send_and_see)
        finally:
            self._tell(number, scope, status, time.perf_counter() - started)

    def _tell(self, number: str, scope: HTTPScope, status: int, seconds: float) -> None:
        # Litestar writes the template of the route that it found; an unknown path has none.
        template = scope.get("path_template") or "unknown"
        if status == 200 and template in _QUIET:  # noqa: PLR2004 - a good answer
            self._counted += 1
            return
        self._log.info(
            "request",
            request=number,
            method=scope["method"] if scope["method"] in _METHODS else "other",
            route=template,
            status=status,
            ms=round(seconds * 1000, 1),
        )
