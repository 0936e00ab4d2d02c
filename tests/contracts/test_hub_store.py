"""The hub's use cases keep their contracts on both databases."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from admin_console.hub.store.engine import sqlite_address
from admin_console.hub.store.store import Store, open_store
from tests.contracts.hub_changes import (
    ChangeContract,
    CommandContract,
    ContactContract,
    StaffContract,
)
from tests.contracts.hub_facts import FactContract
from tests.contracts.hub_openings import OpeningContract, RenewalContract
from tests.helpers.clock import FakeClock
from tests.helpers.hubhouse import HubHouse
from tests.helpers.postgres import Cluster


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def store(address: str, clock: FakeClock) -> Iterator[Store]:
    opened = open_store(address, clock.now)
    yield opened
    opened.close()


@pytest.fixture
def house(store: Store, clock: FakeClock) -> HubHouse:
    return HubHouse(store, clock)


class HubStoreContract(
    OpeningContract,
    RenewalContract,
    FactContract,
    ChangeContract,
    CommandContract,
    ContactContract,
    StaffContract,
):
    """Everything that the use cases promise, whatever keeps their rows."""


class TestSqlite(HubStoreContract):
    """SQLite in a file, the embedded default."""

    @pytest.fixture
    def address(self, tmp_path: Path) -> str:
        return sqlite_address(tmp_path / "hub.db")


class TestPostgresql(HubStoreContract):
    """PostgreSQL, with rows that lock each other."""

    @pytest.fixture
    def address(self, postgres_cluster: Cluster) -> Iterator[str]:
        made = postgres_cluster.create_database()
        yield made
        postgres_cluster.drop_database(made)
