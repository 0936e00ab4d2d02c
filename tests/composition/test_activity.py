"""How long nobody has touched anything: from the X server, from the window, or not at all."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from kiosk.composition.activity import SeatActivity, ServerIdle, find_server
from tests.helpers.xvfb import Xvfb


class Server:
    """Says what it is told to."""

    def __init__(self, seconds: float | None) -> None:
        self.told = seconds
        self.closed = False

    def seconds(self) -> float | None:
        return self.told

    def close(self) -> None:
        self.closed = True


class Seconds:
    """A clock that stands where the test puts it."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Seconds:
    return Seconds()


@pytest.fixture
def own(qapp: QApplication, clock: Seconds) -> Iterator[SeatActivity]:
    """Without a server that tells."""
    activity = SeatActivity(qapp, clock, None)
    yield activity
    activity.close()
    qapp.removeEventFilter(activity)


def test_the_window_knows_of_its_own_input(own: SeatActivity, clock: Seconds, qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    clock.now += 60
    assert own.quiet_seconds(programs_run=False) == 60
    QTest.keyClick(window, Qt.Key.Key_A)
    assert own.quiet_seconds(programs_run=False) == 0


def test_beside_programs_the_window_knows_nothing(own: SeatActivity) -> None:
    assert own.quiet_seconds(programs_run=True) is None


def test_a_server_knows_of_everything(qapp: QApplication, clock: Seconds) -> None:
    server = Server(7.5)
    activity = SeatActivity(qapp, clock, server)
    clock.now += 60
    assert activity.quiet_seconds(programs_run=True) == 7.5
    server.told = None
    assert activity.quiet_seconds(programs_run=False) == 60
    activity.close()
    assert server.closed
    qapp.removeEventFilter(activity)


@pytest.mark.parametrize(
    ("environment", "platform"),
    [({"DISPLAY": ":1"}, "offscreen"), ({}, "xcb"), ({"DISPLAY": ":4711"}, "xcb")],
    ids=["no X", "no display", "no such display"],
)
def test_where_there_is_no_server_nothing_is_asked(
    environment: dict[str, str], platform: str
) -> None:
    assert find_server(environment, platform) is None


def test_an_x_server_tells_how_long_nothing_has_come(display: Xvfb) -> None:
    server = ServerIdle.connect(display.display)
    assert server is not None
    told = server.seconds()
    assert told is not None
    assert 0 <= told < 3600
    server.close()
    server.close()
    assert server.seconds() is None
