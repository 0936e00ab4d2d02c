"""A hub inside the test's own process, whose SQL statements are counted."""

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from litestar import Litestar
from litestar.testing import TestClient
from sqlalchemy import Engine, event

from admin_console.hub.composition import build_hub
from admin_console.hub.service.clock import SystemClock
from admin_console.hub.service.contact import ContactBook
from admin_console.hub.service.estate import SampleEstate
from admin_console.hub.service.janitor import Janitor, Swept
from admin_console.hub.service.sample import read_sample
from admin_console.hub.store.engine import sqlite_address
from admin_console.hub.store.store import open_store
from admin_console.hub.web.application import make_application
from kiosk.rules.identifier import make_id
from kiosk.wire.codec import Message, decode, encode
from kiosk.wire.station import EnrolStation, StationEnrolled

_NOT_COUNTED = ("BEGIN", "COMMIT", "ROLLBACK", "PRAGMA", "SAVEPOINT", "RELEASE")


class RestingJanitor(Janitor):
    """Sweeps nothing: its statements belong to no request."""

    def sweep(self) -> Swept:
        """Leave everything as it is."""
        return Swept()

    def tidy(self) -> int:
        """Leave everything as it is."""
        return 0


class Counted:
    """One enrolled station and a hub that counts what it says to its database.

    Attributes:
        token: of the station.
    """

    def __init__(self, client: TestClient[Litestar], contacts: ContactBook, token: str) -> None:
        self._client = client
        self._contacts = contacts
        self._count = 0
        self.token = token

    def post(self, path: str, body: Message, *, token: str) -> bytes:
        """Send a message; the answer must be good."""
        answer = self._client.post(
            path,
            content=encode(body),
            headers={"Authorization": f"Bearer {token}", "Content-Type": "application/json"},
        )
        assert answer.status_code == 200, answer.text
        content: bytes = answer.content
        return content

    def settle(self) -> None:
        """Write down that the station is in contact."""
        self._contacts.settle()

    def count(self, statement: str) -> None:
        """Count a statement, unless it only opens or closes a transaction."""
        if not statement.upper().startswith(_NOT_COUNTED):
            self._count += 1

    def during(self, act: Callable[[], object]) -> int:
        """Return how many statements something needed."""
        before = self._count
        act()
        return self._count - before


@contextmanager
def counting_hub(folder: Path, estate: Path) -> Iterator[Counted]:
    """Serve an estate in this process, without a janitor that speaks in between."""
    clock = SystemClock()
    store = open_store(sqlite_address(folder / "hub.sqlite"), clock.now)
    hub = build_hub(store, secrets.token_bytes(32), "")
    sample = SampleEstate(
        store,
        clock,
        secrets.token_bytes,
        hub.references,
        hub.hasher.hash_all,
        read_sample(estate.read_text(encoding="utf-8")),
    )
    assert sample.plant(always_open=True)
    code = hub.cases.enrolment.make_code("site-1.salle", 1)
    assert isinstance(code, str)
    cases = hub.cases
    resting = RestingJanitor(store, clock, cases.commands, cases.presence, cases.contacts)
    application = make_application(replace(cases, janitor=resting), "bench", slow_threads=1)
    station_id = make_id(datetime.now(UTC), secrets.token_bytes)
    asked = EnrolStation(code=code, station_id=station_id, hostname="bench")
    with TestClient(app=application.litestar) as client:
        answer = client.post("/v1/enrolments", content=encode(asked))
        enrolled: StationEnrolled = decode(answer.content, StationEnrolled)
        counted = Counted(client, cases.contacts, enrolled.token)
        with _listening(counted):
            yield counted
    store.close()


@contextmanager
def _listening(counted: Counted) -> Iterator[None]:
    def see(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        counted.count(statement)

    event.listen(Engine, "before_cursor_execute", see)
    try:
        yield
    finally:
        event.remove(Engine, "before_cursor_execute", see)
