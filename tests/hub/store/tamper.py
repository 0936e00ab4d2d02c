"""Writes to the database past the hub, as nobody may; or as somebody who owns it can."""

import contextlib
import sqlite3

from sqlalchemy import Engine, text


def run(engine: Engine, *statements: str, unguarded: bool = False) -> None:
    """Write to the database as nobody may; `unguarded` as somebody who owns it can."""
    if unguarded and engine.dialect.name == "sqlite":
        with contextlib.closing(sqlite3.connect(str(engine.url.database))) as owned:
            names = owned.execute(
                "SELECT name FROM sqlite_master WHERE type = 'trigger'"
            ).fetchall()
            for drop in (f"DROP TRIGGER {name}" for (name,) in names):
                owned.execute(drop)
            owned.execute("PRAGMA ignore_check_constraints = ON")
            for statement in statements:
                owned.execute(statement)
            owned.commit()
        return
    with engine.begin() as connection:
        if unguarded:
            connection.execute(text("SET LOCAL session_replication_role = replica"))
        for statement in statements:
            connection.exec_driver_sql(statement)
