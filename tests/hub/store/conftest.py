"""One address of an empty database of each kind, and the clock of its store."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from admin_console.hub.store.engine import sqlite_address
from tests.helpers.clock import FakeClock
from tests.helpers.postgres import Cluster


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if request.param == "sqlite":
        yield sqlite_address(tmp_path / "hub.db")
        return
    cluster: Cluster = request.getfixturevalue("postgres_cluster")
    made = cluster.create_database()
    yield made
    cluster.drop_database(made)


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()
