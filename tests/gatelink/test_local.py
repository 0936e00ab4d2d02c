"""The gate inside the shell's own process."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from kiosk.gate.clock import SystemClock
from kiosk.gate.journal import Journal
from kiosk.gate.machine import Caps
from kiosk.gate.service import Gate
from kiosk.gatelink.local import LocalGate
from kiosk.session.gatefact import (
    GateFact,
    GateGraceStarted,
    GateNoted,
    GateQuarantined,
    GateSlotEnded,
    GateSlotExtended,
    GateSlotOpened,
    GateWiped,
)
from kiosk.session.port import GatePort
from kiosk.wire.event import EndReason
from tests.gate.fake import FakeBackend, slot_id
from tests.gatelink.asking import Asking

A, B = slot_id(1), slot_id(2)
CAPS = Caps(7200, 300, wipe_seconds=0.5)


class Shell:
    """Writes down what the gate tells, as the shell's journal would."""

    def __init__(self, gate: LocalGate) -> None:
        self.facts: list[GateFact] = list(gate.facts_after(0))
        gate.fact_arrived.connect(self.facts.append)

    def kinds(self) -> list[type[GateFact]]:
        return [type(fact) for fact in self.facts]


@pytest.fixture
def backend() -> FakeBackend:
    return FakeBackend()


@pytest.fixture
def make_gate(
    tmp_path: Path, qtbot: QtBot, backend: FakeBackend
) -> Iterator[Callable[[], LocalGate]]:
    made: list[LocalGate] = []

    def make() -> LocalGate:
        clock = SystemClock()
        journal = Journal.open(tmp_path / "journal", lambda: "journal-1")
        made.append(LocalGate(Gate(clock, journal, backend, CAPS), clock))
        made[-1].start()
        return made[-1]

    yield make
    if made:
        made[-1].close()


@pytest.fixture
def gate(make_gate: Callable[[], LocalGate]) -> LocalGate:
    return make_gate()


def test_it_is_the_gate_that_the_shell_expects(gate: LocalGate) -> None:
    port: GatePort = gate
    hello = port.hello()
    assert (hello.slot_id, hello.last_fact, hello.applications) == (None, 0, ("internet",))


def test_a_slot_runs_out_by_one_timer_and_is_told_in_order(gate: LocalGate, qtbot: QtBot) -> None:
    shell = Shell(gate)
    assert Asking(gate).open(A, 1, 1)
    assert shell.facts == []
    qtbot.waitUntil(lambda: GateWiped in shell.kinds(), timeout=10_000)
    assert shell.kinds() == [GateSlotOpened, GateGraceStarted, GateSlotEnded, GateWiped]
    assert [fact.n for fact in shell.facts] == [1, 2, 3, 4]
    opened, grace = shell.facts[0], shell.facts[1]
    assert isinstance(opened, GateSlotOpened)
    assert isinstance(grace, GateGraceStarted)
    assert grace.boot == pytest.approx(opened.boot + 1, abs=1e-6)
    assert not running_timers(gate)


def running_timers(gate: LocalGate) -> list[QTimer]:
    return [timer for timer in gate.findChildren(QTimer) if timer.isActive()]


def test_an_idle_gate_wakes_for_nothing_and_a_running_one_within_a_second(
    gate: LocalGate, qtbot: QtBot
) -> None:
    assert not running_timers(gate)
    shell = Shell(gate)
    Asking(gate).open(A, 3600, 120)
    qtbot.waitUntil(lambda: bool(shell.facts))
    (timer,) = running_timers(gate)
    assert 0 < timer.interval() <= 1000


def test_facts_that_were_read_are_not_told_again(gate: LocalGate, qtbot: QtBot) -> None:
    shell = Shell(gate)
    Asking(gate).open(A, 3600, 120)
    read = gate.facts_after(0)
    assert [type(fact) for fact in read] == [GateSlotOpened]
    Asking(gate).extend_to(A, 5400)
    qtbot.waitUntil(lambda: bool(shell.facts))
    assert shell.kinds() == [GateSlotExtended]


def test_a_listener_may_use_the_gate_while_it_is_told(gate: LocalGate, qtbot: QtBot) -> None:
    shell = Shell(gate)

    def end_it(fact: GateFact) -> None:
        if isinstance(fact, GateSlotOpened):
            gate.facts_after(0)
            Asking(gate).end(fact.slot_id, EndReason.FINISHED)

    gate.fact_arrived.connect(end_it)
    Asking(gate).open(A, 3600, 120)
    qtbot.waitUntil(lambda: GateWiped in shell.kinds())
    assert [fact.n for fact in shell.facts] == [1, 2, 3]


def test_a_listener_may_close_the_gate_while_it_is_told(
    make_gate: Callable[[], LocalGate], qtbot: QtBot
) -> None:
    gate = make_gate()
    shell = Shell(gate)
    gate.fact_arrived.connect(lambda _: gate.close())
    Asking(gate).open(A, 3600, 120)
    qtbot.waitUntil(lambda: bool(shell.facts))
    assert not running_timers(gate)
    again = make_gate()
    assert again.hello().slot_id == A


def test_a_new_shell_finds_the_slot_of_the_last_one(
    make_gate: Callable[[], LocalGate], qtbot: QtBot
) -> None:
    first = make_gate()
    Asking(first).open(A, 3600, 120)
    first.close()
    second = make_gate()
    assert second.hello().slot_id == A
    assert [type(fact) for fact in second.facts_after(0)] == [GateSlotOpened, GateNoted]


def test_refusals_are_false_and_repeats_are_not(gate: LocalGate) -> None:
    assert not Asking(gate).extend_to(A, 3600)
    assert not Asking(gate).end(A, EndReason.FINISHED)
    assert Asking(gate).open(A, 3600, 120)
    assert Asking(gate).open(A, 3600, 120)
    assert not Asking(gate).open(B, 3600, 120)
    assert Asking(gate).launch(A, "internet", "https://example.org")
    assert not Asking(gate).launch(A, "terminal", "")
    assert Asking(gate).away(A, True)
    assert not Asking(gate).launch(A, "internet", "")
    assert not Asking(gate).end(A, EndReason.FAULT)
    assert Asking(gate).end(A, EndReason.STAFF)
    assert Asking(gate).end(A, EndReason.FINISHED)
    assert Asking(gate).end(A, EndReason.FINISHED)


def test_staff_clean_what_a_wipe_has_left_and_the_gate_tells(
    gate: LocalGate, backend: FakeBackend, qtbot: QtBot
) -> None:
    shell = Shell(gate)
    Asking(gate).open(A, 3600, 120)
    backend.stubborn = 1
    Asking(gate).end(A, EndReason.FINISHED)
    qtbot.waitUntil(lambda: GateQuarantined in shell.kinds(), timeout=10_000)
    assert shell.facts[-1] == GateQuarantined(shell.facts[-1].n, A, "residue_processes")
    assert not Asking(gate).end(B, EndReason.STAFF)
    backend.stubborn = 0
    assert Asking(gate).end(A, EndReason.STAFF)
    qtbot.waitUntil(lambda: GateWiped in shell.kinds(), timeout=10_000)


def test_an_extension_that_the_cap_leaves_without_effect_is_refused(gate: LocalGate) -> None:
    Asking(gate).open(A, 3600, 120)
    assert Asking(gate).extend_to(A, 3600)
    assert Asking(gate).extend_to(A, 9000)
    assert not Asking(gate).extend_to(A, 9000)
    assert gate.hello().last_fact == 2
