"""A workstation put together: real gate, real journal, real window, and a hub over HTTP."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kiosk.composition.workstation import Workstation
from kiosk.gate.journal import JournalBusy
from kiosk.hublink.enrol import read_enrolment
from kiosk.hublink.secret import SecretStore, SecretsUnavailable
from kiosk.journal.opened import JournalFailed, Trouble
from kiosk.journal.store import Store
from kiosk.shell.enrolment_page import EnrolmentPage, EnrolmentStage
from kiosk.shell.face import Face
from kiosk.shell.window import Window
from kiosk.wire.command import Identify, SetOutOfOrder
from kiosk.wire.event import (
    CommandAnswered,
    SlotEnded,
    SlotOpened,
    SlotRenewed,
    SlotWiped,
    StationStarted,
)
from kiosk.wire.face import EndAsked, GoodbyeSeen, HelpWished, RenewalAsked, SignInAsked, Wish
from tests.composition.conftest import MakeOptions
from tests.composition.hub import CODE, StationHub

Begin = Callable[..., Workstation]
SIGN_IN = SignInAsked(card="20481000012345", pin="4711")


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


def wait_for(window: Window, face: Face, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: window.face is face, timeout=15_000)


def wish(window: Window, wished: Wish) -> None:
    window.wished.emit(wished)


def sit(window: Window, hub: StationHub, qtbot: QtBot) -> str:
    """Sign in with a card; return the slot's id once the hub has heard of it."""
    wait_for(window, Face.LOCK, qtbot)
    wish(window, SIGN_IN)
    wait_for(window, Face.HOME, qtbot)
    qtbot.waitUntil(lambda: bool(hub.facts(SlotOpened)))
    opened = hub.facts(SlotOpened)[-1]
    assert isinstance(opened, SlotOpened)
    return opened.slot_id


def stage(window: Window) -> EnrolmentStage:
    page = window.page(Face.ENROLMENT)
    assert isinstance(page, EnrolmentPage)
    return page._stage


# --------------------------------------------------------------------------------- enrolment


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
    station = begin()
    wait_for(window, Face.LOCK, qtbot)
    monkeypatch.setattr(SecretStore, "forget", refuse)
    hub.forget_station()
    station._line.tell()
    wait_for(window, Face.ENROLMENT, qtbot)


# --------------------------------------------------------------------------------- the hour


def test_a_visit_is_told_to_the_hub_from_the_card_to_the_wipe(
    begin: Begin, window: Window, hub: StationHub, qtbot: QtBot
) -> None:
    begin()
    slot_id = sit(window, hub, qtbot)
    wish(window, EndAsked())
    qtbot.waitUntil(lambda: bool(hub.facts(SlotWiped)), timeout=10_000)
    kinds = [type(event.body) for event in hub.told]
    assert kinds == [StationStarted, SlotOpened, SlotEnded, SlotWiped]
    assert [event.seq for event in hub.told] == sorted(event.seq for event in hub.told)
    ended = hub.facts(SlotEnded)[0]
    assert isinstance(ended, SlotEnded)
    assert ended.slot_id == slot_id


def test_the_hour_goes_on_and_ends_while_the_hub_is_away(
    begin: Begin, window: Window, hub: StationHub, qtbot: QtBot
) -> None:
    station = begin()
    sit(window, hub, qtbot)
    hub.vanish()
    station._line.tell()
    wish(window, EndAsked())
    wait_for(window, Face.GOODBYE, qtbot)
    hub.come_back()
    station._line.tell()
    qtbot.waitUntil(lambda: len(hub.facts(SlotEnded)) == 1, timeout=10_000)


def test_a_second_start_on_the_same_state_finds_the_hour(
    begin: Begin, window: Window, hub: StationHub, qtbot: QtBot
) -> None:
    begin()
    slot_id = sit(window, hub, qtbot)
    begin(code=None)
    qtbot.waitUntil(lambda: len(hub.facts(StationStarted)) == 2)
    wait_for(window, Face.HOME, qtbot)
    started = hub.facts(StationStarted)[1]
    assert isinstance(started, StationStarted)
    assert started.recovered
    qtbot.waitUntil(lambda: hub.reports[-1].slot_id == slot_id)


def test_a_renewal_that_the_hub_grants_is_carried_out_and_told(
    begin: Begin, window: Window, hub: StationHub, qtbot: QtBot
) -> None:
    begin()
    sit(window, hub, qtbot)
    wish(window, RenewalAsked())
    qtbot.waitUntil(lambda: bool(hub.facts(SlotRenewed)))


def test_a_command_of_the_desk_is_done_and_answered(
    begin: Begin, window: Window, hub: StationHub, qtbot: QtBot
) -> None:
    begin()
    wait_for(window, Face.LOCK, qtbot)
    first = hub.command(Identify())
    second = hub.command(SetOutOfOrder(reason="keyboard"))
    qtbot.waitUntil(lambda: len(hub.facts(CommandAnswered)) == 2)
    answered = [body.command_id for body in hub.facts(CommandAnswered)]  # type: ignore[union-attr]
    assert answered == [first, second]
    wait_for(window, Face.OUT_OF_ORDER, qtbot)


# -------------------------------------------------------------------------------- the journal


def refuse_writes(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Let the disk take nothing until the returned function is called."""
    refusing = [True]
    append = Store.append

    def refuse(store: Store, *arguments: object) -> None:
        if refusing:
            raise JournalFailed(Trouble.FULL, "as told")
        append(store, *arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(Store, "append", refuse)
    return refusing.clear


def test_a_full_disk_takes_no_new_visitor_and_lets_the_present_one_finish(
    begin: Begin,
    window: Window,
    hub: StationHub,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    expect_log: Callable[..., None],
) -> None:
    expect_log("kiosk.journal", "the journal waits", level=40)
    expect_log("kiosk.composition", "the journal does not write", level=40)
    begin()
    sit(window, hub, qtbot)
    free_disk = refuse_writes(monkeypatch)
    wish(window, EndAsked())
    wait_for(window, Face.GOODBYE, qtbot)
    assert hub.facts(SlotEnded) == []
    free_disk()
    qtbot.waitUntil(lambda: len(hub.facts(SlotEnded)) == 1, timeout=10_000)


def test_a_disk_that_was_full_while_nobody_sat_takes_visitors_again(
    begin: Begin,
    window: Window,
    hub: StationHub,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    expect_log: Callable[..., None],
) -> None:
    expect_log("kiosk.journal", "the journal waits", level=40)
    expect_log("kiosk.composition", "the journal does not write", level=40)
    begin()
    wait_for(window, Face.LOCK, qtbot)
    free_disk = refuse_writes(monkeypatch)
    hub.command(Identify())
    wait_for(window, Face.OUT_OF_ORDER, qtbot)
    free_disk()
    wait_for(window, Face.LOCK, qtbot)


def test_a_journal_that_cannot_be_opened_leaves_the_seat_out_of_order(
    begin: Begin,
    window: Window,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    expect_log: Callable[..., None],
) -> None:
    def newer(_store: Store) -> None:
        raise JournalFailed(Trouble.NEWER, "as told")

    expect_log("kiosk.journal", "the journal waits", level=40)
    expect_log("kiosk.composition", "the journal does not write", level=40)
    monkeypatch.setattr(Store, "load", newer)
    begin()
    wait_for(window, Face.OUT_OF_ORDER, qtbot)


def test_a_damaged_journal_is_set_aside_and_said(
    begin: Begin,
    window: Window,
    tmp_path: Path,
    qtbot: QtBot,
    expect_log: Callable[..., None],
) -> None:
    expect_log("kiosk.journal", "set aside", level=40)
    expect_log("kiosk.composition", "the journal was damaged", level=40)
    state = tmp_path / "kiosk"
    state.mkdir()
    (state / "journal.sqlite").write_bytes(b"not a database at all" * 400)
    begin()
    wait_for(window, Face.LOCK, qtbot)


def test_a_closed_workstation_is_not_woken_by_the_journal_s_last_answer(
    begin: Begin, window: Window, qapp: QApplication, qtbot: QtBot
) -> None:
    station = begin()
    wait_for(window, Face.LOCK, qtbot)
    wish(window, HelpWished())
    station.close()
    qapp.processEvents()
    assert not station._tick.isActive()


def test_two_kiosks_do_not_share_a_state(
    begin: Begin, make_options: MakeOptions, window: Window, qapp: QApplication, qtbot: QtBot
) -> None:
    begin()
    wait_for(window, Face.LOCK, qtbot)
    second = Workstation(make_options(), window, qapp)
    with pytest.raises(JournalBusy):
        second.start()
    second.close()
