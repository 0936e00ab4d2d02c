"""A workstation put together: real gate, real journal, real window, and a hub over HTTP."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kiosk.composition.workstation import Workstation
from kiosk.gate.journal import JournalBusy
from kiosk.journal.opened import JournalFailed, Trouble
from kiosk.journal.store import Store
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
from kiosk.wire.face import EndAsked, HelpWished, RenewalAsked
from tests.composition.conftest import Begin, MakeOptions
from tests.composition.hub import StationHub
from tests.composition.visit import sit, wait_for, wish


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
