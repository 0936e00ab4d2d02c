"""Connections to the database that the settings name, with the habits of each kind."""

import sqlite3
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.pool import ConnectionPoolEntry

WRITES = "creneau_writes"
"""The execution option of a connection that is going to write."""

BUSY_SECONDS = 20
CONNECTIONS = 10


class DatabaseUnknown(ValueError):
    """The address names a kind of database that the hub does not know."""


def make_engine(address: str) -> Engine:
    """Return an engine for `sqlite:///file` or `postgresql://...`; it connects at first use.

    Raises:
        DatabaseUnknown: it is neither SQLite in a file nor PostgreSQL.
    """
    url = make_url(address)
    match url.get_backend_name():
        case "sqlite" if url.database not in {None, "", ":memory:"}:
            return _sqlite(url.set(drivername="sqlite+pysqlite"))
        case "postgresql":
            return create_engine(
                url.set(drivername="postgresql+psycopg"),
                isolation_level="READ COMMITTED",
                pool_pre_ping=True,
                pool_size=CONNECTIONS,
            )
        case name:
            message = f"the hub keeps its rows in a file of SQLite or in PostgreSQL, not in {name}"
            raise DatabaseUnknown(message)


def sqlite_address(path: Path) -> str:
    """Return the address of a database file."""
    return URL.create("sqlite+pysqlite", database=str(path)).render_as_string()


def _sqlite(url: URL) -> Engine:
    engine = create_engine(
        url,
        connect_args={"check_same_thread": False, "timeout": BUSY_SECONDS},
        pool_size=CONNECTIONS,
    )

    @event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, _entry: ConnectionPoolEntry) -> None:
        # Python would begin by itself, late and only for writes; `begin` below does it instead.
        connection.isolation_level = None
        for pragma in (
            "journal_mode = WAL",
            "synchronous = FULL",
            "foreign_keys = ON",
            f"busy_timeout = {BUSY_SECONDS * 1000}",
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get(WRITES, False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine
