"""Who stands before a route: recognised by the bearer token, remembered so that a beat asks no SQL.

The tokens are 256 random bits and are looked up by their SHA-256: how long a look-up takes tells
nothing about any token. Whoever is not remembered is asked for in a thread; a stranger is never
remembered.
"""

import hashlib
import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Self

from litestar.connection import ASGIConnection
from litestar.handlers import BaseRouteHandler

from admin_console.hub.service.identity import Reader, StaffIdentity, StationIdentity
from admin_console.hub.web.pool import Pool
from admin_console.hub.web.problem import Refused
from kiosk.wire.problem import ProblemCode

Connection = ASGIConnection[Any, Any, Any, Any]

STAFF_SECONDS = 30.0
"""Roles and sites taken away by another program are noticed within this time."""

_BEARER = re.compile(r"[Bb]earer +([A-Za-z0-9._~+/=-]{1,200})")


@dataclass(frozen=True, slots=True)
class _Known:
    reader: Reader
    until: float


class Door:
    """Recognises stations and staff, and keeps the wrong ones from a route.

    Args:
        find_station: returns the station that holds a token.
        find_staff: returns the member of staff who holds a token.
        pool: where to ask.
        seconds: counts; never goes back.
    """

    def __init__(
        self,
        find_station: Callable[[str], StationIdentity | None],
        find_staff: Callable[[str], StaffIdentity | None],
        pool: Pool,
        seconds: Callable[[], float] = time.monotonic,
    ) -> None:
        self._find_station = find_station
        self._find_staff = find_staff
        self._pool = pool
        self._seconds = seconds
        self._known: dict[bytes, _Known] = {}
        # Grows whenever something is forgotten: an answer asked for before that is not kept.
        self._forgettings = 0

    def __deepcopy__(self, _: dict[int, object]) -> Self:
        # Litestar copies handlers together with their guards; what is known must stay in one place.
        return self

    async def station_only(self, connection: Connection, _: BaseRouteHandler) -> None:
        """Guard a route that stations alone may use."""
        if not isinstance(await self._admit(connection), StationIdentity):
            raise Refused(ProblemCode.NOT_ALLOWED, "this is for stations")

    async def staff_only(self, connection: Connection, _: BaseRouteHandler) -> None:
        """Guard a route that staff alone may use."""
        if not isinstance(await self._admit(connection), StaffIdentity):
            raise Refused(ProblemCode.NOT_ALLOWED, "this is for staff")

    async def any_reader(self, connection: Connection, _: BaseRouteHandler) -> None:
        """Guard a route for stations and staff."""
        await self._admit(connection)

    async def recognise(self, token: str) -> Reader | None:
        """Return who holds a token; from memory where possible."""
        key = hashlib.sha256(token.encode()).digest()
        known = self._known.get(key)
        if known is not None and self._seconds() < known.until:
            return known.reader
        forgettings = self._forgettings
        found, lasts = await self._pool.run(self._ask, token)
        if found is None:
            self._known.pop(key, None)
        elif forgettings == self._forgettings:
            self._known[key] = _Known(found, self._seconds() + lasts)
        return found

    def forget_token(self, token: str) -> None:
        """Forget one bearer: the session is over."""
        self._forgettings += 1
        self._known.pop(hashlib.sha256(token.encode()).digest(), None)

    def forget_stations(self) -> None:
        """Forget all stations: a seat has a new one, and the old one is nobody now."""
        self._forgettings += 1
        self._known = {
            key: known
            for key, known in self._known.items()
            if not isinstance(known.reader, StationIdentity)
        }

    def sweep(self) -> None:
        """Drop what is too old to be used."""
        now = self._seconds()
        self._known = {key: known for key, known in self._known.items() if now < known.until}

    async def _admit(self, connection: Connection) -> Reader:
        token = bearer(connection)
        reader = None if token is None else await self.recognise(token)
        if token is None or reader is None:
            raise Refused(ProblemCode.NOT_SIGNED_IN, "a bearer token that the hub knows is needed")
        connection.scope["user"] = reader
        connection.scope["auth"] = token
        return reader

    def _ask(self, token: str) -> tuple[Reader | None, float]:
        station = self._find_station(token)
        if station is not None:
            return station, float("inf")
        return self._find_staff(token), STAFF_SECONDS


def bearer(connection: Connection) -> str | None:
    """Return the bearer token of a request, if it has a well-formed one."""
    match = _BEARER.fullmatch(connection.headers.get("authorization", "").strip())
    return None if match is None else match[1]
