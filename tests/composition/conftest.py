"""A hub on real sockets and a window, for the programs' wiring."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kiosk.composition.option import Options
from kiosk.composition.workstation import Workstation
from kiosk.look.guard import Guard
from kiosk.look.language import Language
from kiosk.look.look import Look
from kiosk.look.theme import Theme
from kiosk.look.token import load_tokens
from kiosk.shell.window import Window
from tests.composition.hub import CODE, StationHub
from tests.composition.line import Wire
from tests.hublink.server import TinyHub, make_key_pair

MakeOptions = Callable[..., Options]
Begin = Callable[..., Workstation]


@pytest.fixture
def hub() -> Iterator[StationHub]:
    hub = StationHub()
    hub.start()
    yield hub
    hub.stop()


@pytest.fixture
def tls_hub_url(tmp_path: Path) -> Iterator[str]:
    """A hub with a certificate that nobody has heard of."""
    hub = TinyHub(make_key_pair(tmp_path, "hub"))
    hub.start()
    yield hub.url
    hub.stop()


@pytest.fixture
def make_options(hub: StationHub, tmp_path: Path) -> MakeOptions:
    """Say what the workstation is told at its start."""

    def make(code: str | None = None, hub_url: str | None = None) -> Options:
        return Options(
            hub=hub_url or hub.url,
            pin="",
            state=tmp_path / "kiosk",
            code=code,
            seat=7,
            language="en",
            size=(1366, 768),
        )

    return make


@pytest.fixture
def window(qapp: QApplication, qtbot: QtBot) -> Iterator[Window]:
    look = Look(qapp, Theme(load_tokens()))
    seconds = iter(range(1000, 100_000_000, 10))
    # The hands of these tests are slow enough for every rule about hands.
    guard = Guard(qapp, look.tokens.behaviour, lambda: float(next(seconds)))
    window = Window(look, Language("en"), guard)
    qtbot.addWidget(window)
    yield window
    qapp.removeEventFilter(guard)


@pytest.fixture
def begin(make_options: MakeOptions, window: Window) -> Iterator[Begin]:
    """Starts workstations, one after another on the same state; the last ends with the test."""
    made: list[Workstation] = []

    def begin(code: str | None = CODE, hub_url: str | None = None) -> Workstation:
        if made:
            made[-1].close()
        made.append(Workstation(make_options(code, hub_url), window))
        made[-1].start()
        return made[-1]

    yield begin
    if made:
        made[-1].close()


@pytest.fixture
def wire(hub: StationHub, tmp_path: Path, qtbot: QtBot) -> Iterator[Wire]:
    parent = QObject()
    wire = Wire(hub, tmp_path, parent)
    opened = QSignalSpy(wire.journal.opened)
    wire.journal.load()
    qtbot.waitUntil(lambda: opened.count() == 1, timeout=10_000)
    yield wire
    wire.close()
    parent.deleteLater()
