"""The hub's use cases keep their contracts on both databases."""

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from admin_console.hub.store.engine import make_engine
from admin_console.hub.store.store import Store
from tests.contracts.hub_acts import ActContract
from tests.contracts.hub_admission import AdmissionContract
from tests.contracts.hub_alone import AloneContract
from tests.contracts.hub_cards import CardContract
from tests.contracts.hub_changes import ChangeContract, CommandContract
from tests.contracts.hub_facts import FactContract
from tests.contracts.hub_fairness import FairnessContract
from tests.contracts.hub_ghosts import GhostContract
from tests.contracts.hub_guests import Guests
from tests.contracts.hub_holidays import HolidayContract
from tests.contracts.hub_hours import HoursContract
from tests.contracts.hub_house_rules import HouseRulesContract
from tests.contracts.hub_imports import ImportContract
from tests.contracts.hub_interruptions import InterruptionContract
from tests.contracts.hub_keys import KeyContract
from tests.contracts.hub_lists import Lists
from tests.contracts.hub_meetings import MeetingContract
from tests.contracts.hub_openings import OpeningContract, RenewalContract
from tests.contracts.hub_parked import ParkedContract
from tests.contracts.hub_pass_tickets import PassTicketContract
from tests.contracts.hub_passes import PassContract
from tests.contracts.hub_people import ContactContract, StaffContract
from tests.contracts.hub_places import PlacesContract
from tests.contracts.hub_provisions import ProvisionContract
from tests.contracts.hub_registry import RegistryContract
from tests.contracts.hub_rules import RuleContract
from tests.contracts.hub_series import SeriesContract
from tests.contracts.hub_signin import SignInContract
from tests.contracts.hub_tickets import TicketContract
from tests.contracts.hub_trials import TrialContract
from tests.contracts.hub_visits import Visits
from tests.contracts.hub_waiting import WaitingContract
from tests.contracts.hub_workshops import WorkshopContract
from tests.helpers.clock import FakeClock
from tests.helpers.hubhouse import HubHouse
from tests.helpers.hubstore import PostgresShelf, SqliteShelf


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def store(address: str, clock: FakeClock) -> Iterator[Store]:
    opened = Store(make_engine(address), clock.now)
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
    CardContract,
    AdmissionContract,
    RegistryContract,
    MeetingContract,
    ImportContract,
    WaitingContract,
    TicketContract,
    FairnessContract,
    InterruptionContract,
    GhostContract,
    KeyContract,
    HoursContract,
    RuleContract,
    HouseRulesContract,
    HolidayContract,
    ActContract,
    SeriesContract,
    SignInContract,
    TrialContract,
    WorkshopContract,
    PlacesContract,
    ProvisionContract,
    PassContract,
    PassTicketContract,
    AloneContract,
    ParkedContract,
):
    """Everything that the use cases promise, whatever keeps their rows."""


@pytest.fixture(scope="module")
def sqlite_shelf(tmp_path_factory: pytest.TempPathFactory) -> SqliteShelf:
    return SqliteShelf(tmp_path_factory.mktemp("hub"))


@pytest.fixture(scope="module")
def postgres_shelf(postgres_url: str) -> PostgresShelf:
    return PostgresShelf(postgres_url)


def steps(examples: int) -> settings:
    """A part of the examples that this run looks at."""
    profile = settings.default
    assert profile is not None
    return settings(
        max_examples=max(10, profile.max_examples * examples // 100),
        suppress_health_check=list(HealthCheck),
    )


def play_visits(shelf: SqliteShelf | PostgresShelf, how_many: settings) -> None:
    class Here(Visits):
        def __init__(self) -> None:
            super().__init__(shelf.fresh())

    run_state_machine_as_test(Here, settings=how_many)


def play_guests(shelf: SqliteShelf | PostgresShelf, how_many: settings) -> None:
    class Here(Guests):
        def __init__(self) -> None:
            super().__init__(shelf.fresh())

    run_state_machine_as_test(Here, settings=how_many)


def play_lists(shelf: SqliteShelf | PostgresShelf, how_many: settings) -> None:
    class Here(Lists):
        def __init__(self) -> None:
            super().__init__(shelf.fresh())

    run_state_machine_as_test(Here, settings=how_many)


class TestSqlite(HubStoreContract):
    """SQLite in a file, the embedded default."""

    @pytest.fixture
    def address(self, sqlite_shelf: SqliteShelf) -> str:
        return sqlite_shelf.fresh()

    @pytest.mark.soak
    def test_visits_with_lost_answers_keep_the_rules(self, sqlite_shelf: SqliteShelf) -> None:
        play_visits(sqlite_shelf, steps(25))

    @pytest.mark.soak
    def test_visits_with_a_waiting_list_keep_the_rules(self, sqlite_shelf: SqliteShelf) -> None:
        play_lists(sqlite_shelf, steps(25))

    @pytest.mark.soak
    def test_guests_with_and_without_the_hub_keep_the_rules(
        self, sqlite_shelf: SqliteShelf
    ) -> None:
        play_guests(sqlite_shelf, steps(25))


class TestPostgresql(HubStoreContract):
    """PostgreSQL, with rows that lock each other."""

    @pytest.fixture
    def address(self, postgres_shelf: PostgresShelf) -> str:
        return postgres_shelf.fresh()

    @pytest.mark.soak
    def test_visits_with_lost_answers_keep_the_rules(self, postgres_shelf: PostgresShelf) -> None:
        play_visits(postgres_shelf, steps(10))

    @pytest.mark.soak
    def test_visits_with_a_waiting_list_keep_the_rules(self, postgres_shelf: PostgresShelf) -> None:
        play_lists(postgres_shelf, steps(10))

    @pytest.mark.soak
    def test_guests_with_and_without_the_hub_keep_the_rules(
        self, postgres_shelf: PostgresShelf
    ) -> None:
        play_guests(postgres_shelf, steps(10))
