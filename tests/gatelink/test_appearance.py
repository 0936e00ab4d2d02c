"""What the visitor chose goes along with each launch as it is at that moment, and their profile."""

from pathlib import Path

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kiosk.gate.appearance import PLAIN, Appearance, TextSize
from kiosk.gate.journal import Journal
from kiosk.gate.service import Gate
from kiosk.gatelink.local import LocalGate
from kiosk.gatelink.remote import RemoteGate
from kiosk.rules.person import BrowserProfile
from tests.gate.fake import FakeBackend, slot_id
from tests.gatelink.asking import Asking
from tests.gatelink.served import Served
from tests.helpers.clock import FakeClock

A = slot_id(1)
LARGE = Appearance(TextSize.LARGEST, contrast=True)


class Choice:
    """What a visitor has chosen."""

    def __init__(self) -> None:
        self.now = PLAIN

    def __call__(self) -> Appearance:
        return self.now


def launch_for_a_minor(line: Asking, backend: FakeBackend) -> BrowserProfile:
    assert line.launch(A, "internet", "", BrowserProfile.MINOR)
    return backend.profile


def launch_twice(line: Asking, backend: FakeBackend, choice: Choice) -> list[Appearance]:
    worn = []
    assert line.open(A, 3600, 120)
    for choice.now in (LARGE, PLAIN):
        assert line.launch(A, "internet", "")
        worn.append(backend.appearance)
    return worn


def test_in_the_shells_own_process(tmp_path: Path, qtbot: QtBot) -> None:
    clock, backend, choice = FakeClock(), FakeBackend(), Choice()
    journal = Journal.open(tmp_path / "journal", lambda: "journal-1")
    gate = LocalGate(Gate(clock, journal, backend), clock, appearance=choice)
    gate.start()
    assert launch_twice(Asking(gate), backend, choice) == [LARGE, PLAIN]
    assert backend.profile is BrowserProfile.ADULT
    assert launch_for_a_minor(Asking(gate), backend) is BrowserProfile.MINOR
    gate.close()


def test_over_the_gates_socket(tmp_path: Path, qtbot: QtBot) -> None:
    backend, choice = FakeBackend(), Choice()
    journal = Journal.open(tmp_path / "journal", lambda: "journal-1")
    served = Served(tmp_path, Gate(FakeClock(), journal, backend))
    link = RemoteGate(served.path, appearance=choice)
    link.start()
    with qtbot.waitSignal(link.met):
        pass
    line = Asking(link, QApplication.processEvents)
    assert launch_twice(line, backend, choice) == [LARGE, PLAIN]
    assert launch_for_a_minor(line, backend) is BrowserProfile.MINOR
    link.close()
    served.close()
