"""Fresh databases for the hub's store, made once and emptied between tests."""

import shutil
from pathlib import Path

from sqlalchemy import text, update

from admin_console.hub.store import schema
from admin_console.hub.store.engine import make_engine, sqlite_address
from admin_console.hub.store.upgrade import upgrade


class SqliteShelf:
    """Hands out copies of a database file that is up to date and empty.

    Args:
        folder: where the files are.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._model = folder / "model.db"
        self._count = 0
        engine = make_engine(sqlite_address(self._model))
        upgrade(engine)
        engine.dispose()

    def fresh(self) -> str:
        """Return the address of a new copy."""
        self._count += 1
        path = self._folder / f"hub-{self._count}.db"
        shutil.copyfile(self._model, path)
        return sqlite_address(path)


class PostgresShelf:
    """Empties one database for each test, which is much faster than making one.

    Args:
        address: an empty database of the test run, with the rights of its owner.
    """

    def __init__(self, address: str) -> None:
        self._address = address
        engine = make_engine(address)
        upgrade(engine)
        engine.dispose()

    def fresh(self) -> str:
        """Empty the database and return its address."""
        engine = make_engine(self._address)
        with engine.begin() as connection:
            # The journal refuses to be emptied; a replica's role passes triggers and keys by.
            connection.execute(text("SET LOCAL session_replication_role = replica"))
            for table in schema.metadata.tables.values():
                if table is not schema.meta:
                    connection.execute(table.delete())
            connection.execute(
                update(schema.meta).values(last_change=0, dropped_change=0, last_act=0)
            )
        engine.dispose()
        return self._address
