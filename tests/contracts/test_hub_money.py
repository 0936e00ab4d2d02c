"""The use cases of money keep their contracts on both databases."""

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from admin_console.hub.store.engine import make_engine
from admin_console.hub.store.store import Store
from tests.contracts.hub_drawers import DrawerContract
from tests.contracts.hub_holds import HoldContract
from tests.contracts.hub_ledger import LedgerContract
from tests.contracts.hub_prices import PriceContract
from tests.contracts.hub_receipts import ReceiptContract
from tests.contracts.hub_seatcredits import SeatCreditContract
from tests.contracts.hub_tills import Tills
from tests.helpers.clock import FakeClock
from tests.helpers.hubstore import PostgresShelf, SqliteShelf
from tests.helpers.moneyhouse import MoneyHouse


@pytest.fixture
def house(address: str) -> Iterator[MoneyHouse]:
    clock = FakeClock()
    store = Store(make_engine(address), clock.now)
    yield MoneyHouse(store, clock)
    store.close()


class MoneyContract(
    LedgerContract, HoldContract, PriceContract, SeatCreditContract, DrawerContract, ReceiptContract
):
    """Everything that the use cases of money promise."""


@pytest.fixture(scope="module")
def sqlite_shelf(tmp_path_factory: pytest.TempPathFactory) -> SqliteShelf:
    return SqliteShelf(tmp_path_factory.mktemp("money"))


@pytest.fixture(scope="module")
def postgres_shelf(postgres_url: str) -> PostgresShelf:
    return PostgresShelf(postgres_url)


def play(shelf: SqliteShelf | PostgresShelf, part: int) -> None:
    """Play a part, in percent, of the examples that this run looks at."""
    profile = settings.default
    assert profile is not None
    how_many = settings(
        max_examples=max(8, profile.max_examples * part // 100),
        stateful_step_count=30,
        suppress_health_check=list(HealthCheck),
    )

    class Here(Tills):
        def __init__(self) -> None:
            super().__init__(shelf.fresh())

    run_state_machine_as_test(Here, settings=how_many)


class TestSqlite(MoneyContract):
    """SQLite in a file, the embedded default."""

    @pytest.fixture
    def address(self, sqlite_shelf: SqliteShelf) -> str:
        return sqlite_shelf.fresh()

    @pytest.mark.soak
    def test_no_cent_is_lost_whatever_happens(self, sqlite_shelf: SqliteShelf) -> None:
        play(sqlite_shelf, 30)


class TestPostgresql(MoneyContract):
    """PostgreSQL, with rows that lock each other."""

    @pytest.fixture
    def address(self, postgres_shelf: PostgresShelf) -> str:
        return postgres_shelf.fresh()

    @pytest.mark.soak
    def test_no_cent_is_lost_whatever_happens(self, postgres_shelf: PostgresShelf) -> None:
        play(postgres_shelf, 15)
