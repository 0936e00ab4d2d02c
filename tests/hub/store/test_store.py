"""What the store does that no use case sees: its tables, its transactions, its lock."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine, event, text

from admin_console.hub.service.bell import site_topic
from admin_console.hub.service.record import Member, SlotState
from admin_console.hub.store import schema
from admin_console.hub.store.column import Instant
from admin_console.hub.store.engine import DatabaseUnknown, make_engine, sqlite_address
from admin_console.hub.store.lockfile import StoreInUse, StoreLock
from admin_console.hub.store.store import Store, open_store
from admin_console.hub.store.upgrade import upgrade
from kiosk.rules.allowance import AdaptedTime
from kiosk.wire.change import SiteChanged
from kiosk.wire.codec import encode
from kiosk.wire.place import RoomView, SiteView
from tests.helpers.clock import FakeClock
from tests.helpers.hubhouse import ALL_DAY, RULE, HubHouse

SITE = SiteView(site_id="a", name="A", town="T", staffed=True)
ROOM = RoomView(room_id="r", site_id="a", name="R", hours=ALL_DAY, rule=RULE)


@pytest.fixture
def store(address: str, clock: FakeClock) -> Iterator[Store]:
    opened = open_store(address, clock.now)
    yield opened
    opened.close()


@pytest.fixture
def engine(address: str) -> Iterator[Engine]:
    made = make_engine(address)
    yield made
    made.dispose()


def test_the_migrations_make_the_tables_of_the_schema(engine: Engine) -> None:
    upgrade(engine)

    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "compare_server_default": True}
        )
        differences = compare_metadata(context, schema.metadata)

    assert differences == []


def test_an_upgrade_from_the_first_tables_keeps_what_stands_in_them(
    engine: Engine, address: str, clock: FakeClock
) -> None:
    at = Instant()
    now = at.process_bind_param(clock.now(), engine.dialect)
    rows = {
        "site": {"site_id": "a", "place": 0, "body": encode(SITE).decode()},
        "room": {"room_id": "r", "site_id": "a", "place": 0, "body": encode(ROOM).decode()},
        "seat": {
            "seat_id": "s", "room_id": "r", "site_id": "a", "number": 1, "label": "",
            "in_contact": False, "order_seq": -1,
        },
        "station": {
            "station_id": "st", "seat_id": "s", "hostname": "pc", "token_sha256": b"t",
            "enrolled_at": now, "version": "", "windowed": False,
        },
        "slot": {
            "slot_id": "x", "seat_id": "s", "room_id": "r", "station_id": "st", "state": "open",
            "granted_at": now, "total_seconds": 3600, "grace_seconds": 120, "opened_at": now,
            "ends_at": now, "renewals": 1, "in_grace": False, "used_seconds": 0,
            "remaining_seconds": 0, "end_told": False, "last_seq": 4,
        },
        "renewal_answer": {
            "slot_id": "x", "from_total_seconds": 1800, "at": now, "granted_total": 3600,
            "answer": "{}",
        },
        "member": {"reference": "m", "first_name": "Jeanne", "pin_hash": "h"},
    }  # fmt: skip
    upgrade(engine, "0001")
    with engine.begin() as connection:
        for table, row in rows.items():
            names, marks = ", ".join(row), ", ".join(f":{name}" for name in row)
            connection.execute(text(f"INSERT INTO {table} ({names}) VALUES ({marks})"), row)  # noqa: S608

    store = open_store(address, clock.now)

    with store.begin(write=False) as work:
        assert work.rooms.get("r") == ROOM
        slot = work.slots.get("x")
        assert slot is not None
        assert (slot.renewals, slot.last_seq, slot.opened_at) == (1, 4, clock.now())
        assert (slot.declined, slot.mercy, slot.locked, slot.resumes) == (False, False, None, None)
        assert slot.time is AdaptedTime.ORDINARY
        assert work.members.get("m") == Member("m", "Jeanne", "h", "adulte")
        assert [one.key for one in work.categories.all()] == ["adulte"]
        assert work.slots.renewals_granted("x", 3600) == 1
        assert work.waiting.get("r") is None
        assert work.tickets.of_day("r", clock.now().date()).tickets == ()
    store.close()


def test_an_upgrade_of_what_is_up_to_date_keeps_every_row(
    address: str, store: Store, clock: FakeClock
) -> None:
    with store.begin(write=True) as work:
        work.sites.add(SITE)

    again = open_store(address, clock.now)

    with again.begin(write=False) as work:
        assert work.sites.all() == (SITE,)
    again.close()


def test_a_work_that_fails_leaves_nothing_behind(store: Store) -> None:
    told: list[object] = []
    store.watch(told.append)

    def fail() -> None:
        with store.begin(write=True) as work:
            work.sites.add(SITE)
            work.changes.add(SiteChanged(site=SITE), topic=site_topic("a"), site_id="a")
            raise RuntimeError("no")

    with pytest.raises(RuntimeError, match="no"):
        fail()

    with store.begin(write=False) as work:
        assert work.sites.all() == ()
        assert work.changes.last() == 0
    assert told == []


def test_a_work_that_reads_cannot_change_anything(store: Store) -> None:
    with store.begin(write=False) as work, pytest.raises(RuntimeError, match="reads"):
        work.changes.add(SiteChanged(site=SITE), topic=site_topic("a"), site_id="a")


def test_a_reader_sees_one_moment(store: Store) -> None:
    with store.begin(write=False) as reading:
        before = reading.sites.all()
        with store.begin(write=True) as writing:
            writing.sites.add(SITE)
        after = reading.sites.all()

    assert before == after == ()


def test_listeners_hear_of_a_commit_until_they_stop(store: Store) -> None:
    told: list[list[int]] = []
    stop = store.watch(lambda changes: told.append([change.n for change in changes]))
    for _ in range(2):
        with store.begin(write=True) as work:
            work.changes.add(SiteChanged(site=SITE), topic=site_topic("a"), site_id="a")
            work.changes.add(SiteChanged(site=SITE), topic=site_topic("b"), site_id="b")
        stop()
        stop()

    assert told == [[1, 2]]


def test_the_store_answers_a_ping(store: Store) -> None:
    store.ping()


def test_a_database_of_another_kind_is_refused() -> None:
    for address in ("mysql://host/name", "sqlite://", "sqlite:///:memory:"):
        with pytest.raises(DatabaseUnknown):
            make_engine(address)


def test_sqlite_keeps_what_it_has_acknowledged(tmp_path: Path) -> None:
    engine = make_engine(sqlite_address(tmp_path / "hub.db"))
    with engine.connect() as connection:
        found = {
            name: connection.scalar(text(f"PRAGMA {name}"))
            for name in ("journal_mode", "synchronous", "foreign_keys")
        }
    engine.dispose()

    assert found == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


@given(
    st.datetimes(
        min_value=datetime(1970, 1, 1),  # noqa: DTZ001 - hypothesis adds the zone
        timezones=st.sampled_from([UTC, timezone(timedelta(hours=2))]),
    )
)
def test_an_instant_is_kept_to_the_microsecond(at: datetime) -> None:
    from sqlalchemy.dialects import sqlite

    dialect = sqlite.dialect()
    kept = Instant().process_bind_param(at, dialect)

    assert Instant().process_result_value(kept, dialect) == at


def test_an_instant_without_its_zone_is_refused() -> None:
    from sqlalchemy.dialects import sqlite

    with pytest.raises(ValueError, match="time zone"):
        Instant().process_bind_param(datetime(2026, 3, 10), sqlite.dialect())  # noqa: DTZ001


def test_one_process_serves_a_database_file(tmp_path: Path) -> None:
    database = tmp_path / "hub.db"
    program = (
        "import sys, pathlib\n"
        "from admin_console.hub.store.lockfile import StoreInUse, StoreLock\n"
        "try:\n"
        "    with StoreLock(pathlib.Path(sys.argv[1])): print('served')\n"
        "except StoreInUse: print('in use')\n"
    )

    def another() -> str:
        done = subprocess.run(
            [sys.executable, "-c", program, str(database)],
            check=True,
            capture_output=True,
            text=True,
            timeout=60,
        )
        return done.stdout.strip()

    with StoreLock(database):
        assert another() == "in use"
        with pytest.raises(StoreInUse, match=r"hub\.db"), StoreLock(database):
            pass
    assert another() == "served"


def test_what_the_hub_looks_up_all_the_time_is_found_by_an_index(tmp_path: Path) -> None:
    clock = FakeClock()
    store = open_store(sqlite_address(tmp_path / "hub.db"), clock.now)
    plans: list[str] = []

    def explain(*call: Any) -> None:
        cursor, statement, given = call[1], str(call[2]), call[3]
        if statement.startswith("SELECT"):
            rows = cursor.connection.execute(f"EXPLAIN QUERY PLAN {statement}", given)
            plans.extend(row[3] for row in rows)

    event.listen(store._engine, "before_cursor_execute", explain)
    with store.begin(write=False) as work:
        work.slots.live_on("seat")
        work.slots.granted_before(clock.now())
        work.slots.open_ending_before(clock.now())
        work.slots.open_in(("site",))
        work.slots.live_of("person")
        work.commands.overdue(clock.now(), clock.now())
        work.changes.of_topics(("a", "b"), 0, 9, 9)
        work.changes.of_sites(("a", "b"), 0, 9, 9)
        work.events.known(("a", "b"))
        work.stations.by_token(b"token")
        work.sitters.in_room("room")
        work.sitters.of_persons(("a", "b"))
        work.sitters.opened_since("room", clock.now())
        work.tickets.of_day("room", clock.now().date())
        work.tickets.elsewhere("person", "room")
        work.waiting.due(clock.now())
        work.waiting.get("room")
    store.close()

    assert len(plans) > 10
    assert [plan for plan in plans if plan.startswith("SCAN")] == []


def test_a_seat_cannot_have_two_open_slots(store: Store, clock: FakeClock) -> None:
    from dataclasses import replace

    from sqlalchemy.exc import IntegrityError

    house = HubHouse(store, clock)
    station = house.enrol()
    slot_id = house.sit(station)
    with store.begin(write=False) as work:
        slot = work.slots.get(slot_id)
    assert slot is not None

    with pytest.raises(IntegrityError), store.begin(write=True) as work:
        work.slots.add(replace(slot, slot_id=house.fresh_id(), state=SlotState.OPEN), "person")


def test_few_statements_serve_the_common_requests(store: Store, clock: FakeClock) -> None:
    house = HubHouse(store, clock)
    station = house.enrol()
    house.sit(station)
    house.enrolment.identify(station.token)
    statements: list[str] = []
    event.listen(
        store._engine, "before_cursor_execute", lambda *call: statements.append(str(call[2]))
    )

    def count(act: Callable[[], object]) -> int:
        statements.clear()
        act()
        return len([one for one in statements if not one.startswith("BEGIN")])

    # A report: who it is, that it lives, and what there is to read, all from memory.
    house.clock.advance(5)
    assert count(lambda: house.enrolment.identify(station.token)) == 0
    assert count(lambda: house.feed.situation(station.identity)) > 0
    assert count(lambda: house.beat(station)) == 0
    assert count(lambda: house.feed.latest_for(station.identity)) == 0
    assert count(lambda: house.feed.changes(station.identity, 0)) <= 3
    assert count(lambda: house.tell(station, station.told[0])) <= 3
