"""The tables of the journal, and the steps that lead an older database to them.

A step is frozen once released; a change of the tables is another step. `PRAGMA user_version` counts
the steps taken.
"""

from sqlalchemy import Column, Integer, LargeBinary, MetaData, String, Table

metadata = MetaData()

event = Table(
    "event",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("event_id", String, nullable=False, unique=True),
    Column("at", String, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("parked", String),
)
"""Facts not told yet. `body` is the whole `Event` as on the wire; `parked` the hub's refusal."""

kept = Table(
    "kept",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("next_seq", Integer, nullable=False),
    Column("state", LargeBinary),
)
"""One row: the number of the next event, and the value written with the last append."""

STEPS: tuple[tuple[str, ...], ...] = (
    (
        """
        CREATE TABLE event (
            seq INTEGER NOT NULL PRIMARY KEY,
            event_id VARCHAR NOT NULL UNIQUE,
            at VARCHAR NOT NULL,
            body BLOB NOT NULL,
            parked VARCHAR
        )
        """,
        """
        CREATE TABLE kept (
            id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
            next_seq INTEGER NOT NULL,
            state BLOB
        )
        """,
        "INSERT INTO kept (id, next_seq, state) VALUES (1, 1, NULL)",
    ),
)
