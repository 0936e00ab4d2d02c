"""What the brain relies on in a gate, the program's own and the one of the brain's tests."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kiosk.gate.journal import Journal
from kiosk.gate.machine import Caps
from kiosk.gate.service import Gate
from kiosk.gatelink.local import LocalGate
from kiosk.gatelink.remote import RemoteGate
from kiosk.session.gatefact import (
    GateGraceStarted,
    GateSlotExtended,
    GateSlotOpened,
    GateSlotShortened,
)
from kiosk.wire.event import EndReason
from tests.gate.fake import FakeBackend, slot_id
from tests.gatelink.asking import Asking
from tests.gatelink.served import Served
from tests.helpers.clock import FakeClock
from tests.session.bench import GateLine

A, B = slot_id(1), slot_id(2)
CAPS = Caps(7200, 300)


class GatePortContract:
    """The verbs: repeats are harmless, totals absolute, refusals `False`, facts numbered."""

    @pytest.fixture
    def line(self) -> Asking:
        raise NotImplementedError

    def test_an_idle_gate_runs_nothing_and_says_what_it_can_start(self, line: Asking) -> None:
        hello = line.port.hello()
        assert (hello.slot_id, hello.last_fact, hello.applications) == (None, 0, ("internet",))
        assert line.port.facts_after(0) == ()

    def test_an_opening_is_repeated_without_harm_and_another_refused(self, line: Asking) -> None:
        assert line.open(A, 3600, 120)
        assert line.open(A, 3600, 120)
        assert not line.open(B, 3600, 120)
        assert line.port.hello().slot_id == A
        assert [type(fact) for fact in line.port.facts_after(0)] == [GateSlotOpened]

    def test_a_total_is_absolute(self, line: Asking) -> None:
        line.open(A, 3600, 120)
        assert line.extend_to(A, 5400)
        assert line.extend_to(A, 5400)
        facts = line.port.facts_after(1)
        assert [type(fact) for fact in facts] == [GateSlotExtended]
        assert [fact.n for fact in facts] == [2]

    def test_an_extension_that_the_cap_swallows_is_refused(self, line: Asking) -> None:
        line.open(A, 3600, 120)
        assert line.extend_to(A, 9000)
        assert not line.extend_to(A, 9000)

    def test_a_slot_is_shortened_once_and_keeps_its_notice(self, line: Asking) -> None:
        line.open(A, 3600, 120)
        assert line.shorten_to(A, 1800)
        assert line.shorten_to(A, 1800)
        assert line.shorten_to(A, 60)
        assert not line.shorten_to(A, 60)
        assert not line.shorten_to(B, 1800)
        assert [
            fact for fact in line.port.facts_after(1) if isinstance(fact, GateSlotShortened)
        ] == [
            GateSlotShortened(2, A, 1800),
            GateSlotShortened(3, A, 900),
        ]

    def test_staff_end_with_a_grace_and_the_visitor_at_once(self, line: Asking) -> None:
        line.open(A, 3600, 120)
        assert line.end(A, EndReason.STAFF)
        assert line.end(A, EndReason.STAFF)
        assert [type(fact) for fact in line.port.facts_after(1)] == [GateGraceStarted]
        assert line.end(A, EndReason.FINISHED)
        assert line.end(A, EndReason.FINISHED)
        assert line.port.hello().slot_id is None

    def test_what_does_not_run_is_neither_extended_nor_ended_nor_used(self, line: Asking) -> None:
        assert not line.extend_to(A, 3600)
        assert not line.end(A, EndReason.FINISHED)
        assert not line.launch(A, "internet", "https://example.org")

    def test_only_programs_of_the_table_are_started(self, line: Asking) -> None:
        line.open(A, 3600, 120)
        assert line.launch(A, "internet", "https://example.org")
        assert not line.launch(A, "terminal", "")
        assert not line.launch(A, "internet", "file:///etc/passwd")


def make_gate(folder: Path, clock: FakeClock) -> Gate:
    journal = Journal.open(folder / "journal", lambda: "journal-1")
    return Gate(clock, journal, FakeBackend(), CAPS)


class TestLocalGate(GatePortContract):
    """The gate inside the shell's process."""

    @pytest.fixture
    def line(self, tmp_path: Path, qtbot: QtBot) -> Iterator[Asking]:
        clock = FakeClock()
        gate = LocalGate(make_gate(tmp_path, clock), clock)
        gate.start()
        yield Asking(gate)
        gate.close()


class TestRemoteGate(GatePortContract):
    """The gate behind its socket, served between the turns of the shell's own loop."""

    @pytest.fixture
    def line(self, tmp_path: Path, qtbot: QtBot) -> Iterator[Asking]:
        served = Served(tmp_path, make_gate(tmp_path, FakeClock()))
        link = RemoteGate(served.path)
        link.start()
        with qtbot.waitSignal(link.met):
            pass
        yield Asking(link, QApplication.processEvents)
        link.close()
        served.close()


class TestGateOfTheBrainsTests(GatePortContract):
    """The line to a real gate by which the tests of the brain drive time themselves."""

    @pytest.fixture
    def line(self, tmp_path: Path) -> Iterator[Asking]:
        gate = make_gate(tmp_path, FakeClock())
        gate.start()
        yield Asking(GateLine(gate))
        gate.close()
