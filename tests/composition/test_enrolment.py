"""A workstation becomes one of the hub's, and may cease to be."""

from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from kiosk.composition.workstation import Workstation
from kiosk.hublink.enrol import read_enrolment
from kiosk.hublink.secret import SecretStore, SecretsUnavailable
from kiosk.shell.enrolment_page import EnrolmentPage, EnrolmentStage
from kiosk.shell.face import Face
from kiosk.shell.window import Window
from kiosk.wire.event import (
    SlotEnded,
    StationStarted,
)
from kiosk.wire.face import EndAsked, GoodbyeSeen
from tests.composition.conftest import Begin
from tests.composition.hub import CODE, StationHub
from tests.composition.visit import sit, wait_for, wish


def stage(window: Window) -> EnrolmentStage:
    page = window.page(Face.ENROLMENT)
    assert isinstance(page, EnrolmentPage)
    return page._stage


def is_wiped(window: Window) -> bool:
    """Return whether the goodbye says that everything is erased: before, no wish closes it."""
    snapshot = window.page(Face.GOODBYE).snapshot
    return snapshot is not None and snapshot.goodbye is not None and snapshot.goodbye.clean


def test_a_code_given_at_the_start_enrols_and_the_lock_comes_up(
    begin: Begin, window: Window, hub: StationHub, qtbot: QtBot
) -> None:
    begin()
    wait_for(window, Face.LOCK, qtbot)
    qtbot.waitUntil(lambda: bool(hub.facts(StationStarted)))


def test_without_a_code_the_window_asks_for_one(begin: Begin, window: Window, qtbot: QtBot) -> None:
    begin(code=None)
    wait_for(window, Face.ENROLMENT, qtbot)
    assert stage(window) is EnrolmentStage.ASKING
    window.enrolment_asked.emit(CODE)
    wait_for(window, Face.LOCK, qtbot)


def test_a_wrong_code_is_refused_and_another_may_be_typed(
    begin: Begin, window: Window, qtbot: QtBot, expect_log: Callable[..., None]
) -> None:
    expect_log("kiosk.composition", "enrolment is refused: code")
    begin(code="WRONG234")
    qtbot.waitUntil(lambda: window.face is Face.ENROLMENT)
    qtbot.waitUntil(lambda: stage(window) is EnrolmentStage.REFUSED)
    window.enrolment_asked.emit(CODE)
    wait_for(window, Face.LOCK, qtbot)


def test_a_hub_that_is_away_is_said_at_the_enrolment(
    begin: Begin, window: Window, hub: StationHub, qtbot: QtBot, expect_log: Callable[..., None]
) -> None:
    expect_log("kiosk.composition", "the enrolment failed: unreachable")
    hub.vanish()
    begin()
    qtbot.waitUntil(lambda: stage(window) is EnrolmentStage.NO_ANSWER)
    hub.come_back()
    window.enrolment_asked.emit(CODE)
    wait_for(window, Face.LOCK, qtbot)


def test_a_hub_with_another_key_is_not_believed(
    begin: Begin,
    window: Window,
    qtbot: QtBot,
    tls_hub_url: str,
    expect_log: Callable[..., None],
) -> None:
    expect_log("kiosk.composition", "the enrolment failed: not_trusted")
    begin(hub_url=tls_hub_url)
    qtbot.waitUntil(lambda: stage(window) is EnrolmentStage.NOT_TRUSTED, timeout=10_000)


def test_an_enrolment_that_cannot_be_written_down_is_not_blamed_on_the_code(
    begin: Begin,
    window: Window,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    expect_log: Callable[..., None],
) -> None:
    def refuse(_store: SecretStore, _name: str, _value: str) -> None:
        message = "read-only"
        raise SecretsUnavailable(message)

    expect_log("kiosk.hublink.enrol", "the enrolment cannot be kept", level=40)
    monkeypatch.setattr(SecretStore, "write", refuse)
    begin()
    qtbot.waitUntil(lambda: window.face is Face.ENROLMENT)
    qtbot.waitUntil(lambda: stage(window) is EnrolmentStage.NOT_KEPT)


def test_an_enrolled_station_needs_no_code_any_more(
    begin: Begin, window: Window, hub: StationHub, qtbot: QtBot
) -> None:
    begin()
    wait_for(window, Face.LOCK, qtbot)
    qtbot.waitUntil(lambda: len(hub.facts(StationStarted)) == 1)
    begin(code=None)
    qtbot.waitUntil(lambda: len(hub.facts(StationStarted)) == 2)
    wait_for(window, Face.LOCK, qtbot)


def test_a_station_that_the_hub_forgot_asks_for_a_code_and_takes_its_new_place(
    begin: Begin,
    window: Window,
    hub: StationHub,
    qtbot: QtBot,
    tmp_path: Path,
    expect_log: Callable[..., None],
) -> None:
    expect_log("kiosk.composition", "does not know this station any more")
    station = begin()
    wait_for(window, Face.LOCK, qtbot)
    hub.forget_station(room="Atelier")
    hub.cut()
    station._line.tell()
    wait_for(window, Face.ENROLMENT, qtbot)
    assert read_enrolment(SecretStore(tmp_path / "kiosk" / "secrets")) is None
    window.enrolment_asked.emit(CODE)
    wait_for(window, Face.LOCK, qtbot)
    qtbot.waitUntil(lambda: room_name(station) == "Atelier")


def room_name(station: Workstation) -> str:
    assert station._session is not None
    situation = station._session.state.kept.situation
    return "" if situation is None else situation.room.name


def test_an_enrolment_lost_in_the_middle_of_an_hour_waits_for_its_end(
    begin: Begin,
    window: Window,
    hub: StationHub,
    qtbot: QtBot,
    expect_log: Callable[..., None],
) -> None:
    expect_log("kiosk.composition", "does not know this station any more")
    station = begin()
    sit(window, hub, qtbot)
    hub.forget_station()
    station._line.tell()
    qtbot.waitUntil(lambda: not station._enrolled)
    assert window.face is Face.HOME
    wish(window, EndAsked())
    wait_for(window, Face.GOODBYE, qtbot)
    qtbot.waitUntil(lambda: is_wiped(window))
    wish(window, GoodbyeSeen())
    wait_for(window, Face.ENROLMENT, qtbot)
    window.enrolment_asked.emit(CODE)
    qtbot.waitUntil(lambda: bool(hub.facts(SlotEnded)))


def test_secrets_that_cannot_be_forgotten_do_not_stop_the_station(
    begin: Begin,
    window: Window,
    hub: StationHub,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    expect_log: Callable[..., None],
) -> None:
    def refuse(_store: SecretStore, _name: str) -> None:
        message = "read-only"
        raise SecretsUnavailable(message)

    expect_log("kiosk.composition", "does not know this station any more")
    expect_log("kiosk.composition", "the enrolment cannot be forgotten", level=40)
    expect_log("kiosk.composition.provisionstore", "cannot be forgotten", level=40)
    station = begin()
    wait_for(window, Face.LOCK, qtbot)
    monkeypatch.setattr(SecretStore, "forget", refuse)
    hub.forget_station()
    station._line.tell()
    wait_for(window, Face.ENROLMENT, qtbot)
