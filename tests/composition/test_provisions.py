"""What lets a station act alone: fetched, kept through a start, and never in a log."""

import logging
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from msgspec.structs import replace
from PySide6.QtCore import QObject
from PySide6.QtTest import QSignalSpy
from pytestqt.qtbot import QtBot

from kiosk.composition.cardchecker import ThreadCardChecker
from kiosk.composition.provisioner import Provisioner
from kiosk.composition.provisionstore import CARDS, KEYS, ProvisionStore
from kiosk.hublink.client import Credential, HubClient
from kiosk.hublink.network import make_manager
from kiosk.hublink.secret import SecretStore
from kiosk.session.command import CardChecked, ProvisionsRead
from kiosk.wire.change import SeatChanged
from kiosk.wire.place import AdmissionView
from kiosk.wire.provision import DayKey, KnownCardView, PassUse, Provisions
from tests.composition.hub import StationHub, situation
from tests.composition.line import Wire, start
from tests.hublink.ring import no_keyring
from tests.journal.sample import identifier

SLOT = identifier(9)
NAME = "Jeanne"
TOLD = Provisions(
    at=datetime(2026, 3, 10, 14, tzinfo=UTC),
    room_key=b"r" * 32,
    day_keys=(DayKey(day=date(2026, 3, 10), key=b"d" * 32),),
    cards=(
        KnownCardView(
            lookup="ab" * 32,
            verifier="$argon2id$v=19$m=8,t=1,p=1$c2FsdHNhbHQ$aGFzaA",
            accepted_at=datetime(2026, 3, 9, tzinfo=UTC),
            first_name=NAME,
        ),
    ),
    used=(PassUse(day=date(2026, 3, 10), duration_code=0, serial=7),),
)


@pytest.fixture
def parent() -> Iterator[QObject]:
    parent = QObject()
    yield parent
    parent.deleteLater()


@pytest.fixture
def store(tmp_path: Path) -> ProvisionStore:
    secrets = SecretStore(tmp_path / "secrets", open_keyring=no_keyring)
    return ProvisionStore(secrets, tmp_path / "known")


@pytest.fixture
def provisioner(hub: StationHub, parent: QObject) -> Iterator[Provisioner]:
    client = HubClient(make_manager(parent), hub.url, Credential(hub.token), parent=parent)
    made = Provisioner(client, parent, hour_ms=50)
    yield made
    made.stop()


@pytest.fixture
def checker() -> Iterator[ThreadCardChecker]:
    made = ThreadCardChecker()
    yield made
    made.close()
    made.close()


def test_what_was_kept_is_found_again_with_its_keys_and_its_cards(store: ProvisionStore) -> None:
    assert store.read() is None
    store.write(TOLD)
    assert store.read() == TOLD
    store.forget()
    assert store.read() is None
    store.forget()


def test_the_file_of_the_cards_is_private_and_useless_without_the_key(
    store: ProvisionStore, tmp_path: Path
) -> None:
    store.write(TOLD)
    file = tmp_path / "known" / CARDS
    assert file.stat().st_mode & 0o777 == 0o600
    assert file.parent.stat().st_mode & 0o777 == 0o700
    kept = file.read_text()
    assert "cnJycnJy" not in kept
    assert "ZGRkZGRk" not in kept
    assert NAME in kept
    assert NAME not in (tmp_path / "secrets" / KEYS).read_text()


@pytest.mark.parametrize("broken", ["secrets/provision_keys", "known/known_cards"])
def test_what_cannot_be_read_counts_as_nothing_and_no_word_of_it_is_logged(
    store: ProvisionStore,
    tmp_path: Path,
    broken: str,
    expect_log: Callable[..., None],
    caplog: pytest.LogCaptureFixture,
) -> None:
    expect_log("kiosk.composition.provisionstore", "not what was written", logging.ERROR)
    store.write(TOLD)
    (tmp_path / broken).write_text(f'{{"first_name": "{NAME}"')
    assert store.read() is None
    assert NAME not in caplog.text


def test_a_disk_that_refuses_is_told_and_the_station_goes_on(
    store: ProvisionStore,
    tmp_path: Path,
    expect_log: Callable[..., None],
    caplog: pytest.LogCaptureFixture,
) -> None:
    expect_log("kiosk.composition.provisionstore", "cannot be", logging.ERROR)
    (tmp_path / "known").touch(mode=0o600)
    store.write(TOLD)
    assert store.read() is None
    store.forget()
    assert NAME not in caplog.text
    assert not (tmp_path / "secrets" / KEYS).exists()


def test_it_is_asked_for_again_every_hour_and_when_it_changed_meanwhile(
    hub: StationHub, provisioner: Provisioner, qtbot: QtBot
) -> None:
    hub.provisions = TOLD
    told = QSignalSpy(provisioner.read)
    provisioner.fetch()
    provisioner.fetch()
    qtbot.waitUntil(lambda: told.count() >= 3)
    assert told.at(0)[0] == TOLD
    assert hub.provided >= 3


def test_a_hub_that_cannot_tell_is_asked_again_later_and_not_at_once(
    hub: StationHub, provisioner: Provisioner, qtbot: QtBot
) -> None:
    hub.provisions = None
    told = QSignalSpy(provisioner.read)
    provisioner.fetch()
    qtbot.waitUntil(lambda: hub.provided == 1 and provisioner._call is None)
    assert provisioner._timer.remainingTime() > 1000
    hub.provisions = TOLD
    provisioner.fetch()
    qtbot.waitUntil(lambda: told.count() >= 1)


def test_a_stopped_one_asks_nothing_more(
    hub: StationHub, provisioner: Provisioner, qtbot: QtBot
) -> None:
    told = QSignalSpy(provisioner.read)
    provisioner.fetch()
    provisioner.stop()
    qtbot.wait(150)
    assert told.count() == 0
    assert not provisioner._timer.isActive()


def test_codes_are_checked_in_turn_by_the_hash_that_the_hub_made(
    checker: ThreadCardChecker, qtbot: QtBot
) -> None:
    answers: list[CardChecked] = []
    checker.checked.connect(answers.append)
    hashed = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash("secret")
    checker.check(SLOT, "secret", hashed)
    checker.check(SLOT, "other", hashed)
    qtbot.waitUntil(lambda: len(answers) == 2)
    assert answers == [CardChecked(SLOT, fits=True), CardChecked(SLOT, fits=False)]


def test_a_verifier_that_is_none_fits_nobody_and_is_told(
    checker: ThreadCardChecker,
    qtbot: QtBot,
    expect_log: Callable[..., None],
    caplog: pytest.LogCaptureFixture,
) -> None:
    expect_log("kiosk.composition.cardchecker", "no hash", logging.ERROR)
    answers: list[CardChecked] = []
    checker.checked.connect(answers.append)
    checker.check(SLOT, "secret-words", "no-hash-at-all")
    qtbot.waitUntil(lambda: answers == [CardChecked(SLOT, fits=False)])
    assert "secret-words" not in caplog.text


def test_a_new_day_brings_what_is_good_on_that_day(
    wire: Wire, hub: StationHub, qtbot: QtBot
) -> None:
    wire.brain.told = situation(40, "Salle").room
    start(wire, qtbot, cursor=40)
    qtbot.waitUntil(lambda: len(wire.brain.all(ProvisionsRead)) == 1)
    reports = len(hub.reports)
    qtbot.waitUntil(lambda: len(hub.reports) > reports + 3)
    before = len(wire.brain.all(ProvisionsRead))
    hub.ahead = timedelta(days=1)
    qtbot.waitUntil(lambda: len(wire.brain.all(ProvisionsRead)) > before)
    assert before == 1


def test_another_admission_brings_other_cards(wire: Wire, hub: StationHub, qtbot: QtBot) -> None:
    room = situation(40, "Salle").room
    wire.brain.told = room
    start(wire, qtbot, cursor=40)
    qtbot.waitUntil(lambda: len(wire.brain.all(ProvisionsRead)) == 1)
    wire.brain.told = replace(room, name="Grande salle")
    reports = len(hub.reports)
    qtbot.waitUntil(lambda: len(hub.reports) > reports + 3)
    before = len(wire.brain.all(ProvisionsRead))
    wire.brain.told = replace(room, admission=AdmissionView(minimum_age=55))
    hub.change(SeatChanged(seat=situation(40, "Salle").seat))
    qtbot.waitUntil(lambda: len(wire.brain.all(ProvisionsRead)) > before)
    assert before == 1
