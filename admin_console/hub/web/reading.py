"""The routes of everybody who follows changes, and those for anybody."""

import time
from collections.abc import Callable
from enum import StrEnum
from functools import partial

import msgspec
from litestar import Response, get
from litestar.handlers import HTTPRouteHandler
from litestar.types import ASGIApp

from admin_console.hub.service.feed import Feed
from admin_console.hub.web.argument import BEARER, After, ReaderRequest, problems
from admin_console.hub.web.broker import Broker
from admin_console.hub.web.door import Door
from admin_console.hub.web.pool import Pool
from admin_console.hub.web.stream import EventStream
from kiosk.wire.change import ChangesAnswer

HEALTH_SECONDS = 1.0
"""Health is looked at no more often than this, however many ask."""


class Status(StrEnum):
    """How the hub is."""

    WELL = "ok"
    ILL = "failing"


class Health(msgspec.Struct, frozen=True, kw_only=True):
    """The answer of /healthz."""

    status: Status
    version: str
    database: bool


def change_routes(feed: Feed, broker: Broker, door: Door, pool: Pool) -> list[HTTPRouteHandler]:
    """Return the routes that tell what changed, and when to look."""

    @get(
        "/changes",
        guards=[door.any_reader],
        security=BEARER,
        responses=problems(400, 401),
        tags=["reader"],
    )
    async def changes(request: ReaderRequest, after: After) -> ChangesAnswer:
        """Return a page of the bearer's changes after a cursor."""
        return await pool.run(feed.changes, request.user, after)

    @get(
        "/stream",
        guards=[door.any_reader],
        security=BEARER,
        responses=problems(401),
        media_type="text/event-stream",
        tags=["reader"],
    )
    async def stream(request: ReaderRequest) -> ASGIApp:
        """Stay connected and be told when there is something to read (server-sent events)."""
        reader, token = request.user, request.auth

        async def still_known() -> bool:
            return await door.recognise(token) == reader

        return EventStream(broker, reader, partial(feed.latest_for, reader), still_known)

    return [changes, stream]


def health_route(
    version: str, database_answers: Callable[[], bool], pool: Pool
) -> HTTPRouteHandler:
    """Return the route that says whether the hub is well."""
    seen_at = float("-inf")
    seen = False

    @get("/healthz", responses=problems(), tags=["anybody"])
    async def healthz() -> Response[Health]:
        """Say how the hub is: 200 when it is well, 503 when its database does not answer."""
        nonlocal seen_at, seen
        if time.monotonic() - seen_at >= HEALTH_SECONDS:
            seen_at = time.monotonic()
            seen = await pool.run(database_answers)
        health = Health(status=Status.WELL if seen else Status.ILL, version=version, database=seen)
        return Response(health, status_code=200 if seen else 503)

    return healthz
