"""The desk, its window and its hub, for the tests of the console."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from admin_console.desk.desk import Desk
from admin_console.desk.display import Display, DisplayMemory
from admin_console.desk.gallery_state import Stage, live
from admin_console.desk.house import House
from admin_console.desk.pages.live_page import LivePage
from admin_console.desk.window import DeskWindow
from kiosk.hublink.client import HubClient
from kiosk.hublink.network import make_manager
from kiosk.hublink.reader import ChangeReader
from kiosk.hublink.stream import ChangeStream
from kiosk.look.guard import Guard
from kiosk.look.language import Language
from kiosk.look.look import Look
from kiosk.look.theme import Theme
from kiosk.look.token import load_tokens
from tests.desk.hand import shown
from tests.desk.house import NOW, a_town
from tests.desk.hub_double import DeskHub
from tests.helpers.clock import FakeClock


@pytest.fixture
def clock() -> FakeClock:
    """The time of the desk's machine."""
    return FakeClock(wall=NOW)


@pytest.fixture
def look(qapp: QApplication) -> Iterator[Look]:
    """The look of the console, without fades."""
    yield Look(qapp, Theme(load_tokens(), program="console", reduced_motion=True))
    qapp.setStyleSheet("")


@pytest.fixture
def guard(qapp: QApplication, look: Look) -> Iterator[Guard]:
    """A guard whose clock runs so fast that it never swallows a press."""
    times = iter(range(0, 10_000_000, 10))
    guard = Guard(qapp, look.tokens.behaviour, lambda: float(next(times)))
    yield guard
    qapp.removeEventFilter(guard)
    guard.deleteLater()


@pytest.fixture
def stage(look: Look, guard: Guard) -> Stage:
    """What the gallery needs to draw a page."""
    return Stage(look, Language("fr"), guard)


@pytest.fixture
def hub() -> Iterator[DeskHub]:
    """A hub with the small town."""
    hub = DeskHub(a_town())
    hub.start()
    yield hub
    hub.stop()


MakeDesk = Callable[[], Desk]


@pytest.fixture
def desk(hub: DeskHub, clock: FakeClock, qtbot: QtBot) -> Iterator[Desk]:
    """The console without its face; a lost stream comes back at once."""
    manager = make_manager()
    client = HubClient(manager, hub.url, parent=manager)
    stream = ChangeStream(client, manager, pause_seconds=lambda _failures, _draw: 0.02)
    reader = ChangeReader(client, manager)
    seeds = iter(range(1, 1_000_000))
    desk = Desk(
        client,
        stream,
        reader,
        clock.wall,
        lambda length: next(seeds).to_bytes(length, "big"),
        manager,
    )
    yield desk
    desk.stop()
    manager.deleteLater()


@pytest.fixture
def display(look: Look, tmp_path: Path) -> Display:
    """What is chosen of the appearance, kept in a file of this test."""
    return Display(look, Language("fr"), DisplayMemory(tmp_path / "desk.ini"))


@pytest.fixture
def window(desk: Desk, look: Look, guard: Guard, display: Display, qtbot: QtBot) -> DeskWindow:
    """The window of the console, shown."""
    window = DeskWindow(desk, look, guard, display.language, display)
    qtbot.addWidget(window)
    window.resize(1440, 900)
    window.show()
    window.activateWindow()
    qtbot.waitExposed(window)
    return window


@pytest.fixture
def house(stage: Stage, qtbot: QtBot) -> House:
    return shown(live(stage), qtbot)


@pytest.fixture
def page(house: House) -> LivePage:
    return house.page
