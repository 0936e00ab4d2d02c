"""A line to the hub with all its parts, and a brain that writes down what it hears."""

from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from kiosk.composition.courier import Courier
from kiosk.composition.hubline import HubLine
from kiosk.composition.provisioner import Provisioner
from kiosk.composition.stationclock import StationClock
from kiosk.hublink.client import Credential, HubClient
from kiosk.hublink.network import make_manager
from kiosk.hublink.reader import ChangeReader
from kiosk.hublink.stream import ChangeStream
from kiosk.journal.thread import JournalThread
from kiosk.session.command import Command, ContactChanged
from kiosk.wire.face import Contact
from kiosk.wire.place import RoomView
from kiosk.wire.station import Phase, StationReport
from tests.composition.hub import StationHub


@dataclass
class Brain:
    """Writes down what it hears."""

    heard: list[Command] = field(default_factory=list)
    told: RoomView | None = None

    def handle(self, command: Command) -> None:
        self.heard.append(command)

    def report(self) -> StationReport:
        return StationReport(phase=Phase.FREE)

    def room(self) -> RoomView | None:
        return self.told

    def all(self, kind: type) -> list[Command]:
        return [command for command in self.heard if isinstance(command, kind)]

    def contacts(self) -> list[Contact]:
        return [one.contact for one in self.heard if isinstance(one, ContactChanged)]


class Wire:
    """A line with all its parts, and what to do with it."""

    def __init__(self, hub: StationHub, folder: Path, parent: QObject) -> None:
        self.credential = Credential(hub.token)
        client = HubClient(make_manager(parent), hub.url, self.credential, parent=parent)
        self.journal = JournalThread(folder / "journal.sqlite", parent)
        self.courier = Courier(client, self.journal, parent)
        self.clock = StationClock()
        self.line = HubLine(
            client,
            ChangeStream(client, parent, pause_seconds=lambda _failures, _draw: 0.02),
            ChangeReader(client, parent),
            self.courier,
            Provisioner(client, parent),
            self.clock,
            parent,
            report_ms=60,
        )
        self.brain = Brain()

    def close(self) -> None:
        self.line.stop()
        self.journal.close()


def start(wire: Wire, qtbot: QtBot, cursor: int | None = None) -> None:
    wire.line.start(wire.brain, cursor)
    qtbot.waitUntil(lambda: wire.brain.contacts() == [Contact.LIVE])
