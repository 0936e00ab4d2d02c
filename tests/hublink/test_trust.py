"""Which hub is believed: the one that holds the pinned key, else one that the system's CAs know."""

import hashlib
from pathlib import Path

import pytest
from PySide6.QtNetwork import QNetworkAccessManager
from pytestqt.qtbot import QtBot

from kiosk.hublink.client import Credential, HubClient, Reason
from tests.hublink.conftest import StartHub
from tests.hublink.server import KeyPair, TinyHub, answering, make_key_pair
from tests.hublink.test_client import ANSWER, PATH, ask, reason_of


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> KeyPair:
    return make_key_pair(tmp_path_factory.mktemp("keys"), "hub")


@pytest.fixture
def secure_hub(start_hub: StartHub, pair: KeyPair) -> TinyHub:
    hub = start_hub(pair)
    hub.on(PATH, answering(ANSWER))
    return hub


def client_of(hub: TinyHub, manager: QNetworkAccessManager, pinned_key: str = "") -> HubClient:
    return HubClient(manager, hub.url, Credential("a-token"), pinned_key, parent=manager)


@pytest.mark.parametrize("upper", [False, True])
def test_the_pinned_key_is_believed_though_nobody_signed_for_it(
    secure_hub: TinyHub,
    pair: KeyPair,
    manager: QNetworkAccessManager,
    qtbot: QtBot,
    upper: bool,
) -> None:
    key = pair.fingerprint.upper() if upper else pair.fingerprint

    assert ask(client_of(secure_hub, manager, key), qtbot).answers == [ANSWER]


@pytest.mark.parametrize("kind", ["rsa_key", "expired"])
def test_the_key_counts_and_not_its_certificate(
    start_hub: StartHub, tmp_path: Path, manager: QNetworkAccessManager, qtbot: QtBot, kind: str
) -> None:
    pair = make_key_pair(tmp_path, kind, **{kind: True})
    hub = start_hub(pair)
    hub.on(PATH, answering(ANSWER))

    assert ask(client_of(hub, manager, pair.fingerprint), qtbot).answers == [ANSWER]


def test_another_key_is_not_believed_and_hears_nothing(
    secure_hub: TinyHub, manager: QNetworkAccessManager, qtbot: QtBot
) -> None:
    other = hashlib.sha256(b"another key").hexdigest()

    assert reason_of(client_of(secure_hub, manager, other), qtbot) is Reason.NOT_TRUSTED
    assert secure_hub.seen == []


def test_a_stranger_is_not_believed_without_a_pinned_key(
    secure_hub: TinyHub, manager: QNetworkAccessManager, qtbot: QtBot
) -> None:
    assert reason_of(client_of(secure_hub, manager), qtbot) is Reason.NOT_TRUSTED
    assert secure_hub.seen == []


def test_a_key_pinned_later_counts_from_the_next_question(
    secure_hub: TinyHub, pair: KeyPair, manager: QNetworkAccessManager, qtbot: QtBot
) -> None:
    client = client_of(secure_hub, manager)
    reason_of(client, qtbot)

    client.pin(pair.fingerprint)
    assert ask(client, qtbot).answers == [ANSWER]

    client.pin(hashlib.sha256(b"another key").hexdigest())
    assert reason_of(client, qtbot) is Reason.NOT_TRUSTED
    assert len(secure_hub.seen) == 1


def test_a_connection_kept_open_is_not_believed_by_a_client_that_pins_another_key(
    secure_hub: TinyHub, pair: KeyPair, manager: QNetworkAccessManager, qtbot: QtBot
) -> None:
    believing = client_of(secure_hub, manager, pair.fingerprint)
    ask(believing, qtbot)

    doubting = client_of(secure_hub, manager, hashlib.sha256(b"another key").hexdigest())

    assert reason_of(doubting, qtbot) is Reason.NOT_TRUSTED


def test_many_questions_share_a_believed_connection(
    secure_hub: TinyHub, pair: KeyPair, manager: QNetworkAccessManager, qtbot: QtBot
) -> None:
    client = client_of(secure_hub, manager, pair.fingerprint)

    for _ in range(10):
        assert ask(client, qtbot).answers == [ANSWER]


def test_a_server_without_tls_is_not_believed(
    hub: TinyHub, manager: QNetworkAccessManager, qtbot: QtBot
) -> None:
    hub.on(PATH, answering(ANSWER))
    client = HubClient(manager, hub.url.replace("http:", "https:"), parent=manager)

    assert reason_of(client, qtbot) is Reason.NOT_TRUSTED
