"""The gate behind its socket, which may go away and come back."""

import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kiosk.gate.clock import SystemClock
from kiosk.gate.journal import Journal
from kiosk.gate.machine import Caps
from kiosk.gate.service import Gate
from kiosk.gatelink import remote
from kiosk.gatelink.remote import RemoteGate
from kiosk.session.gatefact import (
    GateFact,
    GateGraceStarted,
    GateNoted,
    GateSlotEnded,
    GateSlotExtended,
    GateSlotOpened,
    GateWiped,
)
from kiosk.session.port import GatePort
from kiosk.wire.event import EndReason
from tests.gate.fake import FakeBackend, slot_id
from tests.gatelink.asking import Asking
from tests.gatelink.served import Served

A, B = slot_id(1), slot_id(2)


class Machine:
    """A gate that is started and killed, and the link of one shell to it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.served: Served | None = None
        self.names = iter(range(1, 100))
        self.link = RemoteGate(folder / "gate.socket")
        self.asking = Asking(self.link, QApplication.processEvents)
        self.facts: list[GateFact] = []
        self.link.fact_arrived.connect(self.facts.append)

    def serve(self) -> Served:
        journal = Journal.open(self.folder / "journal", lambda: f"journal-{next(self.names)}")
        clock = SystemClock()
        self.served = Served(self.folder, Gate(clock, journal, FakeBackend(), Caps(7200, 300)))
        return self.served

    def kill(self) -> None:
        if self.served is not None:
            self.served.close()
            self.served = None

    def kinds(self) -> list[type[GateFact]]:
        return [type(fact) for fact in self.facts]


@pytest.fixture
def machine(tmp_path: Path, qtbot: QtBot) -> Iterator[Machine]:
    made = Machine(tmp_path)
    yield made
    made.link.close()
    made.kill()


@pytest.fixture
def met(machine: Machine, qtbot: QtBot) -> Machine:
    """A machine whose gate is met, and whose facts are read."""
    machine.serve()
    machine.link.start()
    with qtbot.waitSignal(machine.link.met):
        pass
    assert machine.link.facts_after(0) == ()
    return machine


def test_it_is_the_gate_that_the_shell_expects(met: Machine) -> None:
    port: GatePort = met.link
    hello = port.hello()
    assert (hello.slot_id, hello.last_fact, hello.applications) == (None, 0, ("internet",))
    assert not hello.confines


def test_a_slot_runs_out_and_is_told_in_order(met: Machine, qtbot: QtBot) -> None:
    assert met.asking.open(A, 1, 1)
    qtbot.waitUntil(lambda: GateWiped in met.kinds(), timeout=10_000)
    assert met.kinds() == [GateSlotOpened, GateGraceStarted, GateSlotEnded, GateWiped]
    assert [fact.n for fact in met.facts] == [1, 2, 3, 4]
    assert met.link.hello().slot_id is None
    assert met.link.hello().last_fact == 4


def test_a_gate_that_comes_late_is_met_when_it_comes(machine: Machine, qtbot: QtBot) -> None:
    machine.link.start()
    qtbot.wait(150)
    with qtbot.waitSignal(machine.link.met):
        machine.serve()


def test_a_killed_gate_is_met_again_and_its_facts_follow_on(met: Machine, qtbot: QtBot) -> None:
    met.asking.open(A, 3600, 120)
    met.kill()
    with qtbot.waitSignal(met.link.met):
        met.serve()
    assert met.link.hello().slot_id == A
    # Nothing is told past the owner before it has read what came with the meeting.
    assert met.kinds() == [GateSlotOpened]
    assert [type(fact) for fact in met.link.facts_after(1)] == [GateNoted]
    met.asking.extend_to(A, 5400)
    assert met.kinds() == [GateSlotOpened, GateSlotExtended]


def test_what_is_asked_of_a_gate_that_is_away_is_done_when_it_is_back(
    met: Machine, qtbot: QtBot
) -> None:
    met.asking.open(A, 3600, 120)
    met.kill()
    answers: list[bool] = []
    met.link.extend_to(A, 5400, answers.append)
    met.link.away(A, True, answers.append)
    qtbot.wait(50)
    assert answers == []
    met.serve()
    qtbot.waitUntil(lambda: answers == [True, True])
    assert met.link.facts_after(2)[0] == GateSlotExtended(3, A, 5400)


def test_what_was_asked_when_the_gate_died_is_asked_again(met: Machine, qtbot: QtBot) -> None:
    answers: list[bool] = []
    assert met.served is not None
    met.served.hang()
    met.link.open(A, 3600, 120, answers.append)
    met.link.launch(A, "internet", "", answers.append)
    met.kill()
    # A launch is not repeated: it might start a second program.
    qtbot.waitUntil(lambda: answers == [False])
    met.serve()
    qtbot.waitUntil(lambda: answers == [False, True])
    assert met.link.hello().slot_id == A


def test_a_launch_while_the_gate_is_away_is_refused_at_once(met: Machine, qtbot: QtBot) -> None:
    met.asking.open(A, 3600, 120)
    met.kill()
    qtbot.waitUntil(lambda: not met.link._met)
    assert not met.asking.launch(A, "internet", "")


def test_a_gate_that_stays_away_is_said_to_be_lost_and_what_was_asked_refused(
    met: Machine,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    expect_log: Callable[..., None],
) -> None:
    expect_log("kiosk.gatelink.remote", "no visitor is taken until it does")
    monkeypatch.setattr(remote, "LOST_MS", 100)
    answers: list[bool] = []
    with qtbot.waitSignal(met.link.lost):
        met.kill()
    with monkeypatch.context() as impatient:
        impatient.setattr(remote, "PATIENCE_SECONDS", 0.3)
        met.link.open(A, 3600, 120, answers.append)
    qtbot.waitUntil(lambda: answers == [False])
    with qtbot.waitSignal(met.link.met):
        met.serve()
    assert met.asking.open(B, 3600, 120)


def test_a_gate_that_hangs_is_left_and_tried_again(
    met: Machine,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    expect_log: Callable[..., None],
) -> None:
    expect_log("kiosk.gatelink.remote", "connected and does not answer")
    expect_log("kiosk.gatelink.remote", "no visitor is taken until it does")
    monkeypatch.setattr(remote, "LOST_MS", 100)
    monkeypatch.setattr(remote, "PATIENCE_SECONDS", 0.2)
    assert met.served is not None
    met.served.hang()
    answers: list[bool] = []
    with qtbot.waitSignal(met.link.lost):
        met.link.end(A, EndReason.FINISHED, answers.append)
    assert answers == [False]
    met.kill()
    with qtbot.waitSignal(met.link.met):
        met.serve()


def test_a_gate_that_keeps_it_waiting_before_the_door_is_tried_again(
    machine: Machine,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    expect_log: Callable[..., None],
) -> None:
    expect_log("kiosk.gatelink.remote", "no visitor is taken until it does")
    monkeypatch.setattr(remote, "LOST_MS", 100)
    path = str(machine.folder / "gate.socket")
    with ExitStack() as lines:
        door = lines.enter_context(socket.socket(socket.AF_UNIX))
        door.bind(path)
        door.listen(0)
        with suppress(BlockingIOError):
            while True:
                line = lines.enter_context(socket.socket(socket.AF_UNIX))
                line.setblocking(False)
                line.connect(path)
        with qtbot.waitSignal(machine.link.lost):
            machine.link.start()
    with qtbot.waitSignal(machine.link.met):
        machine.serve()


def test_a_gate_that_has_lost_its_record_tells_its_new_one_from_the_start(
    met: Machine, qtbot: QtBot
) -> None:
    met.asking.open(A, 3600, 120)
    met.asking.end(A, EndReason.FINISHED)
    qtbot.waitUntil(lambda: GateWiped in met.kinds())
    met.kill()
    (met.folder / "journal").unlink()
    with qtbot.waitSignal(met.link.met):
        met.serve()
    assert met.link.hello().last_fact == 0
    assert met.link.facts_after(0) == ()
    assert met.asking.open(B, 3600, 120)
    assert met.facts[-1] == GateSlotOpened(1, B, 3600, 120, met.facts[-1].boot)  # type: ignore[union-attr]


def test_a_shell_that_closes_answers_nobody_and_leaves_the_slot(met: Machine, qtbot: QtBot) -> None:
    answers: list[bool] = []
    met.asking.open(A, 3600, 120)
    met.link.extend_to(A, 5400, answers.append)
    met.link.close()
    qtbot.wait(50)
    assert answers == []
    assert met.served is not None
    assert met.served.gate.hello().slot_id == A


def test_noise_from_the_other_end_is_left_and_tried_again(
    met: Machine, qtbot: QtBot, expect_log: Callable[..., None]
) -> None:
    expect_log("kiosk.gatelink.remote", "cannot be understood")
    assert met.served is not None
    (peer,) = met.served._server._peers
    with qtbot.waitSignal(met.link.met):
        peer.socket.send(b"\xff\xff\xff\xff")
