"""The rules of a slot on its station, from its opening to its end."""

import pytest

from kiosk.gate.answer import Accepted, Refusal, Refused
from kiosk.gate.fact import (
    AwaySet,
    ClockStepped,
    EndReason,
    GraceStarted,
    Proof,
    SlotEnded,
    SlotExtended,
    SlotOpened,
    SlotShortened,
)
from kiosk.gate.machine import REMEMBERED_ENDS, Machine
from kiosk.gate.phase import Grace, Idle, Open, Wiping
from tests.gate.fake import slot_id
from tests.gate.made import CAPS, A, B, at, bodies, ended, opened

# ------------------------------------------------------------------------------------ open


def test_a_slot_opens_on_an_idle_station() -> None:
    outcome = Machine(CAPS).open(A, 3600, 120, at(0))
    assert bodies(outcome) == [SlotOpened(A, 3600, 120)]
    assert outcome.answer == Accepted(1, 3600)
    assert outcome.facts[0].at == at(0)
    assert outcome.machine.deadline == 1000.0 + 3600


def test_opening_the_same_slot_again_gives_the_same_answer_and_no_fact() -> None:
    first = Machine(CAPS).open(A, 3600, 120, at(0))
    again = first.machine.open(A, 3600, 120, at(30))
    assert again.answer == first.answer
    assert not again.facts
    assert again.machine.phase == first.machine.phase


def test_opening_an_extended_slot_again_never_shortens_it() -> None:
    machine = opened().extend_to(A, 5400, at(10)).machine
    assert machine.open(A, 3600, 120, at(20)).answer == Accepted(2, 5400)


def test_a_second_slot_does_not_open_beside_the_first() -> None:
    assert opened().open(B, 3600, 120, at(1)).answer == Refused(Refusal.OTHER_SLOT)


def test_a_slot_that_has_ended_never_opens_again() -> None:
    wiped = ended().take_audit(Proof(0, 0), at(601)).machine
    assert wiped.open(A, 3600, 120, at(700)).answer == Refused(Refusal.SLOT_ENDED)


def test_no_slot_opens_before_the_last_one_is_wiped() -> None:
    assert ended().open(B, 3600, 120, at(600)).answer == Refused(Refusal.WIPING)


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        (("next visitor", 3600, 120), Refusal.SLOT_ID_INVALID),
        ((f"{A}\n", 3600, 120), Refusal.SLOT_ID_INVALID),
        ((A, 0, 120), Refusal.SECONDS_INVALID),
        ((A, 3600, -1), Refusal.GRACE_INVALID),
    ],
)
def test_an_opening_that_makes_no_sense_is_refused(
    asked: tuple[str, int, int], code: Refusal
) -> None:
    outcome = Machine(CAPS).open(*asked, at(0))
    assert outcome.answer == Refused(code)
    assert outcome.machine.phase == Idle()


@pytest.mark.parametrize(("seconds", "grace"), [(9000, 120), (3600, 900)])
def test_the_caps_of_the_station_stand_above_the_shell(seconds: int, grace: int) -> None:
    outcome = Machine(CAPS).open(A, seconds, grace, at(0))
    assert bodies(outcome) == [SlotOpened(A, min(seconds, 7200), min(grace, 300))]
    assert outcome.answer == Accepted(1, min(seconds, 7200), clamped=True)


# ------------------------------------------------------------------------------------ extend


def test_a_slot_is_extended_to_a_total_counted_from_its_opening() -> None:
    outcome = opened().extend_to(A, 7200, at(3000))
    assert bodies(outcome) == [SlotExtended(A, 7200)]
    assert outcome.answer == Accepted(2, 7200)
    assert outcome.machine.deadline == 1000.0 + 7200


@pytest.mark.parametrize("total", [1, 3599, 3600])
def test_extending_never_shortens(total: int) -> None:
    outcome = opened().extend_to(A, total, at(10))
    assert outcome.answer == Accepted(1, 3600)
    assert not outcome.facts


def test_extending_stops_at_the_cap_and_says_so() -> None:
    first = opened().extend_to(A, 10_000, at(10))
    assert first.answer == Accepted(2, 7200, clamped=True)
    again = first.machine.extend_to(A, 10_000, at(11))
    assert again.answer == first.answer
    assert not again.facts


def test_extending_during_the_grace_gives_the_session_back() -> None:
    machine = opened().tick(at(3610)).machine
    assert isinstance(machine.phase, Grace)
    outcome = machine.extend_to(A, 5400, at(3700))
    assert isinstance(outcome.machine.phase, Open)
    assert outcome.machine.deadline == 1000.0 + 5400


def test_an_extension_that_is_over_already_begins_the_grace_anew() -> None:
    machine = opened().tick(at(3610)).machine
    outcome = machine.extend_to(A, 3650, at(3700))
    assert bodies(outcome) == [
        SlotExtended(A, 3650),
        GraceStarted(A, 120, 1000.0 + 3650, EndReason.TIME),
    ]


def test_an_extension_after_the_end_is_too_late() -> None:
    outcome = opened().extend_to(A, 7200, at(3720))
    assert outcome.answer == Refused(Refusal.SLOT_ENDED)
    assert isinstance(outcome.machine.phase, Wiping)


@pytest.mark.parametrize(
    ("machine", "asked", "code"),
    [
        (Machine(CAPS), (A, 7200), Refusal.NO_SLOT),
        (opened(), (B, 7200), Refusal.OTHER_SLOT),
        (opened(), (A, 0), Refusal.SECONDS_INVALID),
    ],
)
def test_an_extension_that_makes_no_sense_is_refused(
    machine: Machine, asked: tuple[str, int], code: Refusal
) -> None:
    assert machine.extend_to(*asked, at(10)).answer == Refused(code)


# ------------------------------------------------------------------------------------ shorten


def test_a_slot_is_shortened_to_a_total_counted_from_its_opening() -> None:
    outcome = opened().shorten_to(A, 2400, at(600))
    assert bodies(outcome) == [SlotShortened(A, 2400)]
    assert outcome.answer == Accepted(2, 2400)
    assert outcome.machine.deadline == 1000.0 + 2400


@pytest.mark.parametrize("total", [3600, 3601, 10_000])
def test_shortening_never_lengthens(total: int) -> None:
    outcome = opened().shorten_to(A, total, at(10))
    assert outcome.answer == Accepted(1, 3600)
    assert not outcome.facts


@pytest.mark.parametrize("total", [1, 600, 1499])
def test_whoever_shortens_leaves_the_notice(total: int) -> None:
    outcome = opened().shorten_to(A, total, at(599.2))
    assert bodies(outcome) == [SlotShortened(A, 1500)]
    assert outcome.answer == Accepted(2, 1500, clamped=True)


def test_shortening_again_takes_no_more_and_tells_nothing() -> None:
    machine = opened().shorten_to(A, 1000, at(600)).machine
    for later in (600, 700, 1400):
        again = machine.shorten_to(A, 1000, at(later))
        assert again.answer == Accepted(2, 1500, clamped=True)
        assert not again.facts


def test_the_last_quarter_of_an_hour_is_taken_from_nobody() -> None:
    outcome = opened().shorten_to(A, 3000, at(2701))
    assert outcome.answer == Accepted(1, 3600, clamped=True)
    assert not outcome.facts


def test_a_grace_is_not_shortened() -> None:
    machine = opened().tick(at(3610)).machine
    outcome = machine.shorten_to(A, 1000, at(3620))
    assert not outcome.facts
    assert outcome.machine.deadline == machine.deadline


def test_a_shortened_slot_may_be_extended_again() -> None:
    machine = opened().shorten_to(A, 2400, at(600)).machine
    outcome = machine.extend_to(A, 3600, at(700))
    assert bodies(outcome) == [SlotExtended(A, 3600)]


def test_a_shortened_slot_ends_with_its_grace_at_its_new_end() -> None:
    machine = opened().shorten_to(A, 2400, at(600)).machine
    outcome = machine.tick(at(2400))
    assert bodies(outcome) == [GraceStarted(A, 120, 1000.0 + 2400, EndReason.TIME)]
    over = outcome.machine.tick(at(2520))
    assert bodies(over) == [SlotEnded(A, EndReason.TIME, 2400.0, 0.0)]


@pytest.mark.parametrize(
    ("machine", "asked", "code"),
    [
        (Machine(CAPS), (A, 1200), Refusal.NO_SLOT),
        (opened(), (B, 1200), Refusal.OTHER_SLOT),
        (opened(), (A, 0), Refusal.SECONDS_INVALID),
        (ended(), (A, 1200), Refusal.SLOT_ENDED),
    ],
)
def test_a_shortening_that_makes_no_sense_is_refused(
    machine: Machine, asked: tuple[str, int], code: Refusal
) -> None:
    assert machine.shorten_to(*asked, at(610)).answer == Refused(code)


# ------------------------------------------------------------------------------------ time


def test_the_grace_begins_at_the_deadline_however_late_it_is_noticed() -> None:
    outcome = opened().tick(at(3650))
    assert bodies(outcome) == [GraceStarted(A, 120, 1000.0 + 3600, EndReason.TIME)]
    assert outcome.machine.deadline == 1000.0 + 3720


def test_nothing_happens_before_its_time() -> None:
    assert not opened().tick(at(3599.999)).facts


def test_the_grace_ends_with_the_session() -> None:
    machine = opened().tick(at(3600)).machine
    outcome = machine.tick(at(3720))
    assert bodies(outcome) == [SlotEnded(A, EndReason.TIME, 3600.0, 0.0)]
    assert outcome.machine.phase == Wiping(A, 1000.0 + 3720)
    assert outcome.machine.deadline is None


def test_a_slot_without_grace_ends_at_its_deadline() -> None:
    outcome = opened(grace=0).tick(at(3600))
    assert [type(body) for body in bodies(outcome)] == [GraceStarted, SlotEnded]


@pytest.mark.parametrize("step", [-86_400.0, 86_400.0, 2.5])
def test_a_changed_wall_clock_is_noted_and_changes_nothing(step: float) -> None:
    machine = opened()
    outcome = machine.tick(at(600, step=step))
    assert bodies(outcome) == [ClockStepped(step)]
    assert outcome.machine.deadline == machine.deadline
    assert not outcome.machine.tick(at(601, step=step)).facts


def test_a_wall_clock_that_is_only_kept_right_is_not_noted() -> None:
    assert not opened().tick(at(600, step=1.9)).facts


def test_the_wall_clock_of_an_idle_station_is_nobodys_business() -> None:
    machine = Machine(CAPS).tick(at(0)).machine
    assert not machine.tick(at(1, step=5000)).facts


# ------------------------------------------------------------------------------------ end


def test_the_visitor_ends_at_once() -> None:
    outcome = opened().end(A, EndReason.FINISHED, at(600))
    assert bodies(outcome) == [SlotEnded(A, EndReason.FINISHED, 600.0, 3000.0)]
    assert outcome.machine.phase == Wiping(A, 1600.0)


def test_ending_again_is_harmless() -> None:
    first = opened().end(A, EndReason.FINISHED, at(600))
    for reason in (EndReason.FINISHED, EndReason.STAFF):
        again = first.machine.end(A, reason, at(601))
        assert again.answer == first.answer
        assert not again.facts


def test_staff_end_a_slot_with_its_grace() -> None:
    outcome = opened().end(A, EndReason.STAFF, at(600))
    assert bodies(outcome) == [GraceStarted(A, 120, 1600.0, EndReason.STAFF)]
    assert outcome.answer == Accepted(2, 3600)
    over = outcome.machine.tick(at(720))
    assert bodies(over) == [SlotEnded(A, EndReason.STAFF, 600.0, 3000.0)]


def test_a_repeated_end_by_staff_does_not_cut_the_grace_short() -> None:
    first = opened().end(A, EndReason.STAFF, at(600))
    again = first.machine.end(A, EndReason.STAFF, at(601))
    assert again.answer == first.answer
    assert not again.facts
    assert again.machine.deadline == first.machine.deadline


def test_staff_take_over_a_grace_that_runs_and_leave_it_its_time() -> None:
    machine = opened().tick(at(3600)).machine
    outcome = machine.end(A, EndReason.STAFF, at(3650))
    assert bodies(outcome) == [GraceStarted(A, 120, 1000.0 + 3600, EndReason.STAFF)]
    assert outcome.machine.deadline == machine.deadline
    over = outcome.machine.tick(at(3720))
    assert bodies(over) == [SlotEnded(A, EndReason.STAFF, 3600.0, 0.0)]


def test_a_slot_that_is_over_before_its_time_has_its_grace_once() -> None:
    first = opened().end(A, EndReason.TIME, at(600))
    assert bodies(first) == [GraceStarted(A, 120, 1600.0, EndReason.TIME)]
    again = first.machine.end(A, EndReason.TIME, at(601))
    assert not again.facts
    over = again.machine.tick(at(720))
    assert bodies(over) == [SlotEnded(A, EndReason.TIME, 600.0, 3000.0)]


def test_a_grace_that_staff_began_stays_theirs() -> None:
    by_staff = opened().end(A, EndReason.STAFF, at(600))
    again = by_staff.machine.end(A, EndReason.TIME, at(601))
    assert (again.answer, again.facts) == (by_staff.answer, ())


def test_staff_end_a_slot_without_grace_at_once() -> None:
    outcome = opened(grace=0).end(A, EndReason.STAFF, at(600))
    assert bodies(outcome)[-1] == SlotEnded(A, EndReason.STAFF, 600.0, 3000.0)


def test_a_visitor_who_has_saved_closes_the_grace() -> None:
    by_time = opened().tick(at(3600)).machine.end(A, EndReason.FINISHED, at(3630))
    assert bodies(by_time) == [SlotEnded(A, EndReason.FINISHED, 3600.0, 0.0)]
    by_staff = opened().end(A, EndReason.STAFF, at(600)).machine
    closed = by_staff.end(A, EndReason.FINISHED, at(630))
    assert bodies(closed) == [SlotEnded(A, EndReason.STAFF, 600.0, 3000.0)]


def test_staff_who_change_their_mind_give_more_time() -> None:
    machine = opened().end(A, EndReason.STAFF, at(600)).machine
    assert not machine.extend_to(A, 3600, at(610)).facts
    assert isinstance(machine.extend_to(A, 3900, at(610)).machine.phase, Open)


@pytest.mark.parametrize("reason", [EndReason.POWER_LOST, EndReason.FAULT])
def test_nobody_can_ask_for_the_gates_own_reasons(reason: EndReason) -> None:
    assert opened().end(A, reason, at(1)).answer == Refused(Refusal.REASON_INVALID)


def test_a_slot_that_never_was_cannot_be_ended() -> None:
    assert Machine(CAPS).end(A, EndReason.FINISHED, at(0)).answer == Refused(Refusal.NO_SLOT)
    assert opened().end(B, EndReason.FINISHED, at(1)).answer == Refused(Refusal.OTHER_SLOT)


def test_many_past_slots_are_remembered_and_not_for_ever() -> None:
    machine = Machine(CAPS)
    for number in range(1, REMEMBERED_ENDS + 2):
        machine = machine.open(slot_id(number), 60, 0, at(0)).machine
        machine = machine.end(slot_id(number), EndReason.FINISHED, at(0)).machine
        machine = machine.take_audit(Proof(0, 0), at(0)).machine
    assert machine.end_of(slot_id(1)) is None
    assert machine.end_of(slot_id(2)) == 5


# ------------------------------------------------------------------------------------ away


def test_stepping_away_is_noted_once_and_the_slot_counts_on() -> None:
    outcome = opened().away(A, True, at(60))
    assert bodies(outcome) == [AwaySet(A, True)]
    assert outcome.machine.deadline == 1000.0 + 3600
    again = outcome.machine.away(A, True, at(61))
    assert again.answer == outcome.answer
    assert not again.facts


def test_a_visitor_comes_back_also_during_the_grace() -> None:
    machine = opened().away(A, True, at(60)).machine.tick(at(3600)).machine
    outcome = machine.away(A, False, at(3601))
    assert bodies(outcome) == [AwaySet(A, False)]
    assert isinstance(outcome.machine.phase, Grace)


def test_only_the_running_slot_can_step_away() -> None:
    assert opened().away(B, True, at(1)).answer == Refused(Refusal.OTHER_SLOT)


# ------------------------------------------------------------------------------------ launch


@pytest.mark.parametrize("url", ["", "https://www.europresse.com/fr/?q=caf%C3%A9"])
def test_a_visitor_starts_a_program(url: str) -> None:
    assert opened().launch(A, url, at(1)).answer == Accepted(1, 3600)


def test_a_launch_needs_the_slot_the_visitor_and_a_web_address() -> None:
    away = opened().away(A, True, at(60)).machine
    assert opened().launch(B, "", at(1)).answer == Refused(Refusal.OTHER_SLOT)
    assert away.launch(A, "", at(61)).answer == Refused(Refusal.AWAY)
    assert opened().launch(A, "file:///", at(1)).answer == Refused(Refusal.URL_INVALID)
