"""The floor that every test stands on.

Tests draw offscreen (`--onscreen` to watch), never touch the home or the secrets of who runs them,
leave nothing running, and log no warning that they have not announced. A failed Qt test leaves
pictures of its windows under build/failures.
"""

import gc
import logging
import os
import re
import sys
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from tests.helpers.leak import LeakGuard
from tests.helpers.logfail import LogGuard
from tests.helpers.postgres import Cluster
from tests.helpers.process import Programs
from tests.helpers.xvfb import Xvfb

ROOT = Path(__file__).parent.parent
FAILURES = ROOT / "build" / "failures"

ALONE = (
    "tests/stories/",
    "tests/gate/test_browser.py",
    "tests/gate/test_confinedbackend.py",
    "tests/contracts/test_session_backend.py",
)
"""Tests that must not run beside each other: they are the only visitors of the machine."""

settings.register_profile("ci", derandomize=True, deadline=None, print_blob=True)
settings.register_profile("glance", derandomize=True, deadline=None, max_examples=10)
settings.register_profile(
    "soak",
    deadline=None,
    max_examples=2_000,
    stateful_step_count=200,
    suppress_health_check=[HealthCheck.too_slow],
    print_blob=True,
)


# ------------------------------------------------------------------------------- command line


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add what the house's test run can be told."""
    house = parser.getgroup("creneau")
    house.addoption("--onscreen", action="store_true", help="draw Qt tests on the real display")
    house.addoption("--soak", action="store_true", help="run the long counts in full")


def pytest_configure(config: pytest.Config) -> None:
    """Separate the run from the machine's user, and choose how hard hypothesis looks."""
    if not config.getoption("--onscreen"):
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    # A test decides its settings itself, whatever stands in the shell that started it.
    for name in [name for name in os.environ if name.startswith("CRENEAU_")]:
        del os.environ[name]
    os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"
    if not config.getoption("--hypothesis-profile"):
        settings.load_profile("soak" if config.getoption("--soak") else "ci")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark stories and benchmarks by their folder, long counts by the fixture that counts.

    Stories share one worker, for their peace: see `pytest_xdist_make_scheduler`.
    """
    for item in items:
        folder = item.path.relative_to(ROOT).parts[:2]
        if folder == ("tests", "stories"):
            item.add_marker(pytest.mark.story)
        elif folder == ("tests", "benchmarks"):
            item.add_marker(pytest.mark.bench)
        if "count_of" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.soak)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Give one worker all that takes the machine's accounts, displays and terminals to itself.

    xdist's own groups are marks that it writes into a test's id, which pytest 9.2 does not take.
    """
    from xdist.scheduler import LoadScopeScheduling  # not everybody's run has workers

    scheduler = LoadScopeScheduling(config, log)
    scheduler._split_scope = lambda nodeid: "alone" if nodeid.startswith(ALONE) else nodeid
    return scheduler


def pytest_collection_finish() -> None:
    """Put aside what the imports made: the leak guard then looks at young objects only."""
    gc.collect()
    gc.freeze()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, bool | None, bool | None]:
    """Collect between the tests of Qt, as its programs do between events: see `kiosk.look.garbage`.

    A window that an earlier test forgot must not go while Qt lays out another.
    """
    if "qapp" not in getattr(item, "fixturenames", ()):
        return (yield)
    gc.disable()
    try:
        return (yield)
    finally:
        gc.enable()


# ------------------------------------------------------------------------------------- guards


@pytest.fixture(scope="session")
def leak_guard() -> LeakGuard:
    """The guard; a fixture wider than a test tells it what it starts."""
    return LeakGuard()


@pytest.fixture(scope="session", autouse=True)
def a_home_of_its_own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep settings, state and caches of the programs out of the user's folders."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HOME", str(home))
        for name, folder in {
            "XDG_CACHE_HOME": "cache",
            "XDG_CONFIG_HOME": "config",
            "XDG_DATA_HOME": "data",
            "XDG_STATE_HOME": "state",
        }.items():
            patch.setenv(name, str(home / folder))
        yield


@pytest.fixture(autouse=True)
def nothing_left_running(leak_guard: LeakGuard, request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail the test that leaves a thread, a process, a QThread or a QTimer running."""
    leak_guard.remember()
    yield
    left = leak_guard.left_behind()
    if left and request.node.get_closest_marker("leaks_allowed") is None:
        pytest.fail("\n".join(left), pytrace=False)


@pytest.fixture(autouse=True)
def log_guard() -> Iterator[LogGuard]:
    """Fail the test that logs a warning it has not announced."""
    guard = LogGuard()
    root = logging.getLogger()
    root.addHandler(guard)
    yield guard
    root.removeHandler(guard)
    if complaints := guard.complaints():
        pytest.fail("\n".join(complaints), pytrace=False)


@pytest.fixture
def expect_log(log_guard: LogGuard) -> Callable[..., None]:
    """Announce a log record: `expect_log(logger, pattern="", level=logging.WARNING)`."""
    return log_guard.expect


# ------------------------------------------------------------------------------------ services


@pytest.fixture(scope="session")
def postgres_cluster(leak_guard: LeakGuard) -> Iterator[Cluster]:
    """A PostgreSQL server for this test run."""
    cluster = Cluster()
    try:
        cluster.start()
        leak_guard.expect_process(cluster.pid)
        yield cluster
    finally:
        cluster.stop()


@pytest.fixture(scope="module")
def postgres_url(postgres_cluster: Cluster) -> Iterator[str]:
    """The address of an empty PostgreSQL database, one for each test module."""
    address = postgres_cluster.create_database()
    yield address
    postgres_cluster.drop_database(address)


@pytest.fixture
def programs() -> Iterator[Programs]:
    """Starts real programs; they end with the test, and a failed test shows what they said."""
    started = Programs()
    yield started
    started.kill_all()
    for program in started:
        print(program.tail(200))


@pytest.fixture
def display() -> Iterator[Xvfb]:
    """A virtual screen for real programs, 1366 by 768 pixels."""
    with Xvfb() as screen:
        yield screen


@pytest.fixture(scope="session")
def count_of(request: pytest.FixtureRequest) -> Callable[[int], int]:
    """Turn the full length of a long count into the length for this run: a tenth without --soak."""
    soaking = bool(request.config.getoption("--soak"))
    return lambda full: full if soaking else max(1, full // 10)


# ------------------------------------------------------------------------------------ failures


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Keep a picture of each window that a failing test had open."""
    report = yield
    if report.when == "call" and report.failed and (pictures := _picture_windows(item.nodeid)):
        report.sections.append(("Pictures of the windows", "\n".join(map(str, pictures))))
    return report


def _picture_windows(name: str) -> list[Path]:
    if "PySide6.QtWidgets" not in sys.modules:
        return []
    from PySide6.QtWidgets import QApplication

    if not isinstance(QApplication.instance(), QApplication):
        return []
    pictures = []
    for number, window in enumerate(w for w in QApplication.topLevelWidgets() if w.isVisible()):
        FAILURES.mkdir(parents=True, exist_ok=True)
        path = FAILURES / f"{re.sub(r'[^A-Za-z0-9]+', '-', name).strip('-')[-150:]}-{number}.png"
        if window.grab().save(str(path)):
            pictures.append(path)
    return pictures
