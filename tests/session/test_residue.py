"""A wipe that left something: the seat stays closed until the gate has proved another one."""

from pathlib import Path

import pytest

from kiosk.gate.fact import Residue, ResidueReason
from kiosk.session.command import GateReported
from kiosk.session.gatefact import GateQuarantined, GateWiped
from kiosk.wire import command, event
from kiosk.wire.event import Outcome
from kiosk.wire.face import EndAsked, Shown
from kiosk.wire.station import Phase
from tests.session.station import OTHER_SLOT, Station
from tests.session.test_order import outcome

FILES, PROCESSES = Residue(ResidueReason.FILES, 3), Residue(ResidueReason.PROCESSES, 1)


@pytest.fixture
def dirty(station: Station) -> Station:
    """A station that its last visitor left, and where files are left of them."""
    station.sit()
    station.backend.residue = FILES
    station.wish(EndAsked())
    station.pass_time(60)
    assert station.face() is Shown.OUT_OF_ORDER
    return station


def clean(station: Station) -> str:
    return station.command(command.ClearOutOfOrder(), None)


def closings(station: Station) -> int:
    return len(station.told(event.OutOfOrderSet))


def openings(station: Station) -> int:
    return len(station.told(event.OutOfOrderCleared))


def test_clean_and_reopen_opens_the_seat_once_the_gate_has_proved_it(dirty: Station) -> None:
    dirty.backend.residue = None
    command_id = clean(dirty)
    assert outcome(dirty, command_id) == (Outcome.DONE, None)
    assert openings(dirty) == 1
    wiped = dirty.told(event.SlotWiped)
    assert isinstance(wiped[0], event.SlotWiped)
    assert wiped[0].slot_id == dirty.asked_openings[0].slot_id
    assert dirty.face() is Shown.LOCK
    dirty.sit()
    assert dirty.face() is Shown.SESSION


def test_a_seat_that_is_still_not_clean_stays_closed_and_says_so(dirty: Station) -> None:
    dirty.backend.residue = PROCESSES
    command_id = clean(dirty)
    assert outcome(dirty, command_id) is None
    assert dirty.face() is Shown.OUT_OF_ORDER
    dirty.pass_time(15)
    assert outcome(dirty, command_id) == (Outcome.REFUSED, "residue_processes")
    assert openings(dirty) == 0
    assert dirty.face() is Shown.OUT_OF_ORDER
    assert dirty.session.report().phase is Phase.OUT_OF_ORDER
    dirty.backend.residue = None
    assert outcome(dirty, clean(dirty)) == (Outcome.DONE, None)
    assert dirty.face() is Shown.LOCK


def test_what_goes_away_while_the_gate_still_tries_is_no_residue(dirty: Station) -> None:
    command_id = clean(dirty)
    dirty.pass_time(3)
    assert outcome(dirty, command_id) is None
    dirty.backend.residue = None
    dirty.pass_time(1)
    assert outcome(dirty, command_id) == (Outcome.DONE, None)


def test_a_second_command_does_not_hurry_the_gate(dirty: Station) -> None:
    first, second = clean(dirty), clean(dirty)
    assert outcome(dirty, second) == (Outcome.REFUSED, "busy")
    dirty.backend.residue = None
    dirty.pass_time(1)
    assert outcome(dirty, first) == (Outcome.DONE, None)
    assert openings(dirty) == 1


def test_a_killed_shell_asks_the_gate_again_and_answers_once(dirty: Station) -> None:
    dirty.backend.residue = None
    dirty.slow_disk = True
    command_id = clean(dirty)
    dirty.restart_before_effects()
    assert outcome(dirty, command_id) == (Outcome.DONE, None)
    assert dirty.face() is Shown.LOCK


def test_a_shell_killed_during_the_wipe_hears_what_became_of_it(dirty: Station) -> None:
    command_id = clean(dirty)
    dirty.restart(after=2)
    assert outcome(dirty, command_id) is None
    dirty.pass_time(15)
    assert outcome(dirty, command_id) == (Outcome.REFUSED, "residue_files")


def test_a_gate_that_was_away_is_asked_again(
    dirty: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    dirty.backend.residue = None
    with monkeypatch.context() as lost:
        lost.setattr(dirty.line, "end", lambda *_asked: None)
        command_id = clean(dirty)
    dirty.session.gate_lost()
    assert outcome(dirty, command_id) is None
    dirty.session.gate_met()
    dirty.settle()
    assert outcome(dirty, command_id) == (Outcome.DONE, None)


def test_a_reboot_that_cleans_opens_the_seat_by_itself(dirty: Station) -> None:
    dirty.backend.residue = None
    dirty.cut_power()
    assert openings(dirty) == 1
    assert dirty.face() is Shown.LOCK


def test_a_reboot_that_does_not_clean_leaves_the_seat_closed(dirty: Station) -> None:
    dirty.cut_power()
    dirty.pass_time(15)
    assert openings(dirty) == 0
    assert dirty.face() is Shown.OUT_OF_ORDER
    assert closings(dirty) == 2


def test_what_staff_closed_the_seat_for_outlives_the_residue(station: Station) -> None:
    station.sit()
    station.command(command.SetOutOfOrder(reason="clavier"), None)
    station.backend.residue = FILES
    station.wish(EndAsked())
    station.pass_time(60)
    assert station.session.state.kept.out_of_order == "clavier"
    station.backend.residue = None
    station.cut_power()
    assert openings(station) == 0
    assert station.face() is Shown.OUT_OF_ORDER
    assert outcome(station, clean(station)) == (Outcome.DONE, None)
    assert station.face() is Shown.LOCK


def test_staff_who_reopen_clean_first_whatever_they_closed_the_seat_for(dirty: Station) -> None:
    dirty.command(command.SetOutOfOrder(reason="clavier"), None)
    refused = clean(dirty)
    dirty.pass_time(15)
    assert outcome(dirty, refused) == (Outcome.REFUSED, "residue_files")
    assert dirty.session.state.kept.out_of_order == "clavier"
    dirty.backend.residue = None
    assert outcome(dirty, clean(dirty)) == (Outcome.DONE, None)
    assert dirty.face() is Shown.LOCK


def test_a_residue_of_nobody_that_is_known_is_cleaned_too(station: Station) -> None:
    station.kill()
    station.backend.residue = FILES
    station.start()
    station.settle()
    station.pass_time(60)
    assert station.face() is Shown.OUT_OF_ORDER
    station.connect()
    refused = clean(station)
    station.restart()
    station.pass_time(15)
    assert outcome(station, refused) == (Outcome.REFUSED, "residue_files")
    station.backend.residue = None
    assert outcome(station, clean(station)) == (Outcome.DONE, None)
    assert station.told(event.SlotWiped) == []
    assert station.face() is Shown.LOCK


def test_a_gate_that_would_not_try_is_answered_for(station: Station) -> None:
    number = station.session.state.kept.gate_fact
    fact = GateQuarantined(number + 1, OTHER_SLOT, "residue_files")
    station.session.handle(GateReported(fact))
    assert outcome(station, clean(station)) == (Outcome.REFUSED, "wipe_refused")
    assert station.face() is Shown.OUT_OF_ORDER


def test_a_gate_that_lost_its_record_holds_no_residue_against_the_seat(
    dirty: Station, tmp_path: Path
) -> None:
    dirty.kill()
    (tmp_path / "gate.journal").unlink()
    dirty.backend.residue = None
    dirty.start()
    dirty.settle()
    dirty.connect()
    assert dirty.face() is Shown.OUT_OF_ORDER
    assert outcome(dirty, clean(dirty)) == (Outcome.DONE, None)
    assert dirty.face() is Shown.LOCK


def test_a_wipe_of_nobody_says_nothing(station: Station) -> None:
    number = station.session.state.kept.gate_fact
    before = len(station.written)
    station.session.handle(GateReported(GateWiped(number + 1, None, 0)))
    assert len(station.written) == before
