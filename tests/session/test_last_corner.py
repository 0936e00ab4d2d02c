"""What no visitor will ever see, and yet must do the right thing."""

import pytest
from msgspec.structs import replace

from kiosk.rules.slot import Ground
from kiosk.session.command import ChangesRead, GateRefused, GateReported
from kiosk.session.gatefact import GateSlotEnded
from kiosk.session.moment import Moment
from kiosk.session.project import project
from kiosk.session.state import boundaries
from kiosk.wire import command, event
from kiosk.wire.change import ChangesPage
from kiosk.wire.event import EndReason, Outcome
from kiosk.wire.face import AwayAsked, EndAsked, RenewalAsked, Shown
from tests.session.station import Station

OTHER = "01890000-0000-7000-8000-00000000aaaa"


def forget_room(station: Station) -> None:
    station.session._state = station.session.state.keeping(situation=None)


def moment_of(station: Station) -> Moment:
    return Moment(station.clock.wall(), station.clock.boot_seconds())


def test_changes_before_the_room_is_known_do_nothing(station: Station) -> None:
    forget_room(station)
    station.session.handle(ChangesRead(ChangesPage(changes=(), cursor=9)))
    assert station.session.state.kept.situation is None


def test_without_a_room_nothing_is_known_and_nothing_renewed(station: Station) -> None:
    station.sit()
    station.touch()
    station.pass_time(3100)
    forget_room(station)
    station.disconnect()
    station.wish(RenewalAsked())
    assert station.shown.session is not None
    refusal = station.shown.session.renewal.refusal
    assert refusal is not None
    assert refusal.ground is Ground.NO_ANSWER
    assert boundaries(station.session.state, moment_of(station)) == ()


def test_without_a_room_an_absence_goes_by_the_usual_rule(station: Station) -> None:
    station.sit()
    station.wish(AwayAsked())
    forget_room(station)
    station.pass_time(1200)
    ended = station.told(event.SlotEnded)[-1]
    assert isinstance(ended, event.SlotEnded)
    assert ended.reason is EndReason.AWAY


def test_the_goodbye_hides_a_room_that_is_not_known(station: Station) -> None:
    forget_room(station)
    assert project(station.session.state, moment_of(station)).shown is Shown.STARTING


def test_a_renewal_that_the_gate_refuses_is_over(station: Station) -> None:
    slot_id = station.sit()
    station.pass_time(3300)
    station.slow_disk = True
    station.wish(RenewalAsked())
    station.sync()
    station.grant_renewal(7200)
    station.session.handle(GateRefused(slot_id, opening=False))
    refusal = station.session.state.renewal_refusal
    assert refusal is not None
    assert refusal.ground is Ground.OVER
    assert station.told(event.CommandAnswered) == []


def test_an_end_answers_what_the_desk_still_wanted(station: Station) -> None:
    slot_id = station.sit()
    message = station.command(command.ShowMessage(text="Bonjour"), slot_id)
    station.slow_disk = True
    more = station.command(command.ExtendSlot(total_seconds=4500), slot_id)
    end = station.command(command.EndSlot(), slot_id)
    number = station.session.state.kept.gate_fact
    fact = GateSlotEnded(number + 1, slot_id, EndReason.FINISHED, 60, 3540)
    station.session.handle(GateReported(fact))
    station.sync()
    answers = {
        one.command_id: one.outcome
        for one in station.told(event.CommandAnswered)
        if isinstance(one, event.CommandAnswered)
    }
    assert answers[message] is Outcome.REFUSED
    assert answers[more] is Outcome.REFUSED
    assert answers[end] is Outcome.DONE


def test_a_slot_of_which_the_gate_knows_nothing_is_told_as_a_fault(station: Station) -> None:
    station.sit()
    station.kill()
    (station._folder / "gate.journal").unlink()
    station.start()
    station.settle()
    ended = station.told(event.SlotEnded)[-1]
    assert isinstance(ended, event.SlotEnded)
    assert ended.reason is EndReason.FAULT


def test_an_end_that_comes_twice_ends_once(station: Station) -> None:
    station.sit()
    station.wish(EndAsked())
    station.wish(EndAsked())
    assert len(station.told(event.SlotEnded)) == 1


def test_a_gate_that_will_not_extend_is_believed(
    station: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    station.sit()
    station.pass_time(3300)
    station.wish(RenewalAsked())
    monkeypatch.setattr(station.line, "extend_to", lambda _slot, _total, answered: answered(False))
    station.grant_renewal(7200)
    refusal = station.session.state.renewal_refusal
    assert refusal is not None
    assert refusal.ground is Ground.OVER


def test_a_lock_of_another_boot_begins_its_ten_minutes_now(station: Station) -> None:
    station.sit()
    station.pass_time(60)
    station.cut_power()
    station.connect()
    cut = station.session.state.kept.cut
    assert cut is not None
    later = replace(cut, first_lock_boot=station.clock.boot_seconds() + 5000)
    station.session._state = station.session.state.keeping(cut=later)
    station.pass_time(599)
    assert station.session.state.kept.cut is not None
    station.pass_time(601)
    assert station.session.state.kept.cut is None
