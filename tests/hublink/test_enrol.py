"""A station is let in once, by a code, and keeps what it was told."""

import threading
from collections.abc import Callable
from itertools import count
from pathlib import Path

import msgspec
import pytest
from PySide6.QtNetwork import QNetworkAccessManager
from pytestqt.qtbot import QtBot

from kiosk.hublink.client import Credential, Failure, HubClient, Reason
from kiosk.hublink.enrol import (
    ENROLMENT,
    STATION_ID,
    Enroller,
    forget_enrolment,
    read_enrolment,
)
from kiosk.hublink.secret import SecretStore, SecretsUnavailable
from kiosk.wire.problem import Problem, ProblemCode
from kiosk.wire.station import EnrolmentRefused, EnrolStation, ReportAnswer, StationEnrolled
from tests.hublink.conftest import StartHub
from tests.hublink.ring import FakeKeyring, no_keyring
from tests.hublink.server import TinyHub, answering, cutting, hanging, make_key_pair
from tests.hublink.test_client import ANSWER, reason_of
from tests.hublink.test_client import PATH as REPORTS
from tests.journal.sample import identifier

PATH = "/v1/enrolments"
LET_IN = StationEnrolled(station_id=identifier(1), seat_id="lan-01", token="tok", hub_key="")


class Heard:
    """What an enroller has said."""

    def __init__(self, enroller: Enroller) -> None:
        self.enrolled: list[StationEnrolled] = []
        self.refused: list[str] = []
        self.failed: list[Failure] = []
        self.not_kept: list[str] = []
        enroller.enrolled.connect(self.enrolled.append)
        enroller.refused.connect(self.refused.append)
        enroller.failed.connect(self.failed.append)
        enroller.not_kept.connect(self.not_kept.append)

    @property
    def anything(self) -> bool:
        return bool(self.enrolled or self.refused or self.failed or self.not_kept)


@pytest.fixture
def secrets(tmp_path: Path) -> SecretStore:
    return SecretStore(tmp_path / "secrets", open_keyring=no_keyring)


@pytest.fixture
def nobody(hub: TinyHub, manager: QNetworkAccessManager) -> HubClient:
    return HubClient(manager, hub.url, Credential(), parent=manager)


@pytest.fixture
def enroller(nobody: HubClient, secrets: SecretStore) -> Enroller:
    return make_enroller(nobody, secrets)


def make_enroller(client: HubClient, secrets: SecretStore) -> Enroller:
    ids = map(identifier, count(1))
    return Enroller(client, secrets, lambda: next(ids), "pc-17", client)


def asked(hub: TinyHub) -> list[EnrolStation]:
    return [msgspec.json.decode(seen.body, type=EnrolStation) for seen in hub.seen]


def test_a_station_that_is_let_in_speaks_for_itself_from_then_on(
    hub: TinyHub, enroller: Enroller, nobody: HubClient, secrets: SecretStore, qtbot: QtBot
) -> None:
    hub.on(PATH, answering(LET_IN))
    hub.on(REPORTS, answering(ANSWER))
    heard = Heard(enroller)

    enroller.enrol("SENIOR-42", 3)
    qtbot.waitUntil(lambda: heard.anything)

    assert heard.enrolled == [LET_IN]
    assert read_enrolment(secrets) == LET_IN
    assert asked(hub) == [
        EnrolStation(code="SENIOR-42", station_id=identifier(1), hostname="pc-17", seat_number=3)
    ]
    assert hub.seen[0].path == PATH
    with qtbot.waitSignal(nobody.call("GET", REPORTS, None, ReportAnswer).answered):
        pass
    assert hub.seen[1].headers["authorization"] == "Bearer tok"


def test_a_station_not_enrolled_reads_nothing(secrets: SecretStore) -> None:
    assert read_enrolment(secrets) is None


def test_a_code_that_is_refused_is_said(
    hub: TinyHub, enroller: Enroller, secrets: SecretStore, qtbot: QtBot
) -> None:
    hub.on(PATH, answering(EnrolmentRefused(code="used_up")))
    heard = Heard(enroller)

    enroller.enrol("OLD")
    qtbot.waitUntil(lambda: heard.anything)

    assert heard.refused == ["used_up"]
    assert read_enrolment(secrets) is None


def test_an_answer_that_was_lost_is_asked_for_by_the_same_station(
    hub: TinyHub, nobody: HubClient, secrets: SecretStore, qtbot: QtBot
) -> None:
    hub.on(PATH, cutting(b"HTTP/1.1 200 OK\r\nContent-"), answering(LET_IN))
    first, second = make_enroller(nobody, secrets), make_enroller(nobody, secrets)
    heard = Heard(first)
    first.enrol("SENIOR-42")
    qtbot.waitUntil(lambda: heard.anything)
    assert heard.failed == [Failure(Reason.UNREACHABLE)]

    heard = Heard(second)
    second.enrol("SENIOR-42")
    qtbot.waitUntil(lambda: heard.anything)

    assert heard.enrolled == [LET_IN]
    assert {ask.station_id for ask in asked(hub)} == {identifier(1)}


def test_a_second_wish_waits_for_nothing(hub: TinyHub, enroller: Enroller, qtbot: QtBot) -> None:
    go = threading.Event()
    hub.on(PATH, hanging(go, answering(LET_IN)))
    heard = Heard(enroller)

    enroller.enrol("SENIOR-42")
    enroller.enrol("SENIOR-42")
    assert enroller.is_asking
    go.set()
    qtbot.waitUntil(lambda: heard.anything)

    qtbot.waitUntil(lambda: not enroller.is_asking)
    assert len(hub.seen) == 1


def test_a_wish_that_is_broken_off_is_answered_no_more(
    hub: TinyHub, enroller: Enroller, secrets: SecretStore, qtbot: QtBot
) -> None:
    go = threading.Event()
    hub.on(PATH, hanging(go, answering(LET_IN)), answering(EnrolmentRefused(code="unknown")))
    heard = Heard(enroller)
    enroller.enrol("SENIOR-42")
    qtbot.waitUntil(lambda: bool(hub.seen))

    enroller.stop()
    go.set()
    enroller.enrol("SENIOR-43")
    qtbot.waitUntil(lambda: heard.anything)

    assert heard.enrolled == []
    assert heard.refused == ["unknown"]
    assert read_enrolment(secrets) is None


def test_a_problem_is_said(hub: TinyHub, enroller: Enroller, qtbot: QtBot) -> None:
    problem = Problem(code=ProblemCode.INVALID)
    hub.on(PATH, answering(problem, 400))
    heard = Heard(enroller)

    enroller.enrol("x")
    qtbot.waitUntil(lambda: heard.anything)

    assert heard.failed == [Failure(Reason.PROBLEM, problem)]


def test_a_token_that_fits_in_no_header_is_no_answer(
    hub: TinyHub, enroller: Enroller, secrets: SecretStore, qtbot: QtBot
) -> None:
    hub.on(PATH, answering(msgspec.structs.replace(LET_IN, token="a\nb")))
    heard = Heard(enroller)

    enroller.enrol("x")
    qtbot.waitUntil(lambda: heard.anything)

    assert heard.failed == [Failure(Reason.INVALID_ANSWER)]
    assert read_enrolment(secrets) is None


def test_the_hub_that_let_the_station_in_is_the_only_one_from_then_on(
    start_hub: StartHub,
    tmp_path: Path,
    manager: QNetworkAccessManager,
    secrets: SecretStore,
    qtbot: QtBot,
) -> None:
    pair = make_key_pair(tmp_path, "hub")
    other = make_key_pair(tmp_path, "other")
    hub = start_hub(pair)
    hub.on(REPORTS, answering(ANSWER))
    hub.on(PATH, answering(msgspec.structs.replace(LET_IN, hub_key=other.fingerprint)))
    client = HubClient(manager, hub.url, Credential(), pair.fingerprint, parent=manager)
    enroller = make_enroller(client, secrets)
    heard = Heard(enroller)

    enroller.enrol("SENIOR-42")
    qtbot.waitUntil(lambda: bool(heard.enrolled))

    assert reason_of(client, qtbot) is Reason.NOT_TRUSTED


def test_secrets_that_cannot_be_kept_leave_a_station_not_enrolled(
    hub: TinyHub,
    nobody: HubClient,
    tmp_path: Path,
    qtbot: QtBot,
    expect_log: Callable[..., None],
) -> None:
    expect_log("kiosk.hublink", "the enrolment cannot be kept", level=40)
    ring = FakeKeyring()
    secrets = SecretStore(tmp_path / "secrets", open_keyring=lambda: ring)
    secrets.write(STATION_ID, identifier(9))
    hub.on(PATH, answering(LET_IN))
    enroller = make_enroller(nobody, secrets)
    heard = Heard(enroller)

    ring.read_only = True
    enroller.enrol("SENIOR-42")
    qtbot.waitUntil(lambda: heard.anything)
    assert nobody.credential.token is None
    ring.away = True
    enroller.enrol("SENIOR-42")

    assert heard.enrolled == []
    assert len(heard.not_kept) == 2
    assert len(hub.seen) == 1


def test_a_station_that_is_forgotten_keeps_its_own_id(
    hub: TinyHub, enroller: Enroller, secrets: SecretStore, qtbot: QtBot
) -> None:
    hub.on(PATH, answering(LET_IN))
    heard = Heard(enroller)
    enroller.enrol("SENIOR-42")
    qtbot.waitUntil(lambda: bool(heard.enrolled))

    forget_enrolment(secrets)

    assert read_enrolment(secrets) is None
    assert secrets.read(STATION_ID) == identifier(1)


def test_an_enrolment_that_cannot_be_read_is_said_without_its_content(
    secrets: SecretStore,
) -> None:
    secrets.write(ENROLMENT, '{"token":"hush"}')

    with pytest.raises(SecretsUnavailable) as told:
        read_enrolment(secrets)

    assert "hush" not in str(told.value)
    assert told.value.__cause__ is None
