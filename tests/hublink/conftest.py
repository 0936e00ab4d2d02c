"""A hub on real sockets and the means to ask it."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtNetwork import QNetworkAccessManager
from pytestqt.qtbot import QtBot

from kiosk.hublink.client import Credential, HubClient
from kiosk.hublink.network import make_manager
from tests.hublink.server import KeyPair, TinyHub

StartHub = Callable[..., TinyHub]


@pytest.fixture
def start_hub() -> Iterator[StartHub]:
    """Starts hubs; they stop with the test."""
    started: list[TinyHub] = []

    def start(pair: KeyPair | None = None) -> TinyHub:
        hub = TinyHub(pair)
        hub.start()
        started.append(hub)
        return hub

    yield start
    for hub in started:
        hub.stop()


@pytest.fixture
def hub(start_hub: StartHub) -> TinyHub:
    """A hub without TLS."""
    return start_hub()


@pytest.fixture
def manager(qtbot: QtBot) -> Iterator[QNetworkAccessManager]:
    """The network manager of the test."""
    manager = make_manager()
    yield manager
    manager.deleteLater()


@pytest.fixture
def client(hub: TinyHub, manager: QNetworkAccessManager) -> HubClient:
    """A client of that hub that speaks for somebody."""
    return HubClient(manager, hub.url, Credential("a-token"), parent=manager)
