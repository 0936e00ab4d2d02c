"""Brings the tables up to date by the migrations that the package carries."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, text

from admin_console.hub.store.engine import WRITES

_MIGRATIONS = Path(__file__).parent / "migrations"
_ONE_AT_A_TIME = text("SELECT pg_advisory_xact_lock(:family, 0)")
_FAMILY = 0x4373


def configuration() -> Config:
    """Return how Alembic finds our migrations."""
    found = Config()
    found.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    found.set_main_option("path_separator", "os")
    return found


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Run the migrations that the database has not seen, in one transaction, one hub at a time.

    Args:
        engine: connections to the database.
        revision: how far to go.
    """
    with engine.execution_options(**{WRITES: True}).begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(_ONE_AT_A_TIME, {"family": _FAMILY})
        settings = configuration()
        settings.attributes["connection"] = connection
        command.upgrade(settings, revision)
