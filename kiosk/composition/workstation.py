"""One workstation, put together after its first picture.

Life cycle: `start` opens the line to the gate and the journal; when both are there the brain
begins, and from then on time counts even if the hub never answers. The line to the hub starts as
soon as the station is enrolled. `close` lets everything go; a running slot goes on counting in the
gate's journal.
"""

import logging
import math
import os
import secrets
import socket
from datetime import UTC, datetime
from importlib import metadata

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication

from kiosk.composition.activity import Playback, SeatActivity, find_server
from kiosk.composition.cardchecker import ThreadCardChecker
from kiosk.composition.courier import Courier
from kiosk.composition.facestand import AccountMissing, FaceStand
from kiosk.composition.hubline import HubLine
from kiosk.composition.option import Options
from kiosk.composition.provisioner import Provisioner
from kiosk.composition.provisionstore import ProvisionStore
from kiosk.composition.stationclock import StationClock
from kiosk.gate.appearance import Appearance, TextSize
from kiosk.gate.clock import SystemClock
from kiosk.gate.journal import Journal
from kiosk.gate.openbackend import OpenBackend
from kiosk.gate.service import Gate
from kiosk.gatelink.local import LocalGate
from kiosk.gatelink.remote import RemoteGate
from kiosk.hublink.client import Failure, HubClient, Reason
from kiosk.hublink.credential import Credential
from kiosk.hublink.enrol import Enroller, forget_enrolment, read_enrolment
from kiosk.hublink.network import make_manager
from kiosk.hublink.reader import ChangeReader
from kiosk.hublink.secret import SecretStore, SecretsUnavailable
from kiosk.hublink.stream import ChangeStream
from kiosk.journal.opened import Opened
from kiosk.journal.thread import JournalThread
from kiosk.rules.identifier import make_id
from kiosk.session.command import CardChecked, GateReported, ProvisionsRead, Wished
from kiosk.session.gatefact import GateFact
from kiosk.session.moment import Moment
from kiosk.session.project import project
from kiosk.session.session import Session
from kiosk.session.state import State
from kiosk.shell.enrolment_page import EnrolmentStage
from kiosk.shell.face import Face
from kiosk.shell.face_server import SocketRefused
from kiosk.shell.window import Window
from kiosk.wire.face import Shown, Snapshot, Wish

_log = logging.getLogger(__name__)

TICK_SLACK_MS = 20
"""A figure is looked at just after it has changed, not just before."""


class Workstation(QObject):
    """The parts of a workstation and the wires between them."""

    def __init__(self, options: Options, window: Window, parent: QObject | None = None) -> None:
        """Make the parts that need no disk.

        Raises:
            AddressRefused: the hub's address is none to speak to.
            SecretsUnavailable: the place of the secrets does not serve.
        """
        super().__init__(parent)
        self._options = options
        self._window = window
        self._clock = StationClock()
        self._secrets = SecretStore(options.state / "secrets")
        enrolment = read_enrolment(self._secrets)
        self._enrolled = enrolment is not None
        key = options.pin if enrolment is None else enrolment.hub_key or options.pin
        token = None if enrolment is None else enrolment.token
        client = HubClient(make_manager(self), options.hub, Credential(token), key, self)
        self._enroller = Enroller(client, self._secrets, _new_id, socket.gethostname(), self)
        self._journal = JournalThread(options.state / "journal.sqlite", self)
        courier = Courier(client, self._journal, self)
        self._provisions = ProvisionStore(self._secrets, options.state / "known")
        provisioner = Provisioner(client, self)
        provisioner.read.connect(self._provisions.write)
        self._cards = ThreadCardChecker(self)
        self._line = HubLine(
            client,
            ChangeStream(client, self),
            ChangeReader(client, self),
            courier,
            provisioner,
            self._clock,
            self,
        )
        server = find_server(os.environ, QGuiApplication.platformName())
        clock = self._clock.boot_seconds
        self._activity = SeatActivity(
            QGuiApplication.instance(), clock, server, self, sound=Playback(clock)
        )
        self._gate: LocalGate | RemoteGate | None = None
        self._faces: FaceStand | None = None
        self._opened: Opened | None = None
        self._gate_is_met = False
        self._session: Session | None = None
        self._shown: Shown | None = None
        self._tick = QTimer(self)
        self._tick.setSingleShot(True)
        self._tick.setTimerType(Qt.TimerType.PreciseTimer)
        self._tick.timeout.connect(self._on_tick)
        self._connect()

    def start(self) -> None:
        """Open the gate, then the journal.

        Raises:
            JournalBusy: another kiosk runs on the same state folder.
            JournalFailed: the disk refuses.
        """
        _log.info("secrets are kept in %s", self._secrets.where())
        self._gate = gate = self._make_gate()
        gate.fact_arrived.connect(self._on_fact)
        gate.met.connect(self._on_gate_met)
        gate.lost.connect(self._on_gate_lost)
        gate.start()
        self._journal.load()

    def close(self) -> None:
        """Let everything go, in the order in which it depends; harmless to repeat."""
        self._tick.stop()
        self._enroller.stop()
        self._line.stop()
        if self._faces is not None:
            self._faces.close()
            self._faces = None
        if self._gate is not None:
            self._gate.close()
            self._gate = None
        self._journal.close()
        self._activity.close()
        self._cards.close()
        # The journal's last answers are still on their way, and wake nobody.
        self._session = None

    def _make_gate(self) -> LocalGate | RemoteGate:
        if self._options.gate is not None:
            return RemoteGate(self._options.gate, self, appearance=self._chosen_appearance)
        clock = SystemClock()
        journal = Journal.open(self._options.state / "gate" / "journal", _new_id)
        backend = OpenBackend(self._options.state / "sessions", os.environ)
        gate = Gate(clock, journal, backend)
        return LocalGate(gate, clock, self, appearance=self._chosen_appearance)

    def _chosen_appearance(self) -> Appearance:
        chosen = self._window.display.appearance()
        return Appearance(TextSize(str(chosen.text_size)), chosen.high_contrast)

    def _connect(self) -> None:
        self._journal.opened.connect(self._on_opened)
        self._journal.appended.connect(self._on_appended)
        self._journal.pending_read.connect(self._on_journal_answered)
        self._journal.settled.connect(self._on_journal_answered)
        self._journal.failed.connect(self._on_journal_failed)
        self._journal.set_aside.connect(self._on_set_aside)
        self._cards.checked.connect(self._on_card_checked)
        self._line.enrolment_lost.connect(self._on_enrolment_lost)
        self._enroller.enrolled.connect(self._on_enrolled)
        self._enroller.refused.connect(self._on_enrolment_refused)
        self._enroller.failed.connect(self._on_enrolment_failed)
        self._enroller.not_kept.connect(self._on_enrolment_not_kept)
        self._window.wished.connect(self._on_wished)
        self._window.enrolment_asked.connect(self._enrol)

    def _on_opened(self, opened: Opened) -> None:
        self._opened = opened
        self._begin()

    def _on_gate_met(self) -> None:
        self._gate_is_met = True
        if self._session is None:
            self._begin()
        else:
            self._session.gate_met()

    def _on_gate_lost(self) -> None:
        if self._session is None:
            self._show_out_of_order()
        else:
            self._session.gate_lost()

    def _begin(self) -> None:
        opened = self._opened
        if self._gate is None or opened is None or not self._gate_is_met:
            return
        confines = self._gate.hello().confines
        if confines and not self._meet_faces():
            return
        self._session = Session(
            clock=self._clock,
            gate=self._gate,
            journal=self._journal,
            hub=self._line,
            activity=self._activity,
            cards=self._cards,
            entropy=secrets.token_bytes,
            show=self._show,
            windowed=not confines,
            version=metadata.version("creneau"),
        )
        self._session.handle(ProvisionsRead(self._provisions.read()))
        self._session.begin(opened.kept, opened.next_seq)
        if self._enrolled:
            situation = self._session.state.kept.situation
            self._line.start(self._session, None if situation is None else situation.cursor)
        elif self._options.code is not None:
            self._enrol(self._options.code)
        else:
            self._window.show_enrolment()

    def _meet_faces(self) -> bool:
        """Let session faces connect; without their socket nobody can be given a session."""
        try:
            faces = FaceStand(self._options, self._window.display, self._activity, self)
            faces.start()
        except (AccountMissing, SocketRefused, OSError) as error:
            _log.error("no session face can come: %s", error)
            self._show_out_of_order()
            return False
        faces.wished.connect(self._on_wished)
        self._faces = faces
        return True

    def _show(self, snapshot: Snapshot, look_again_in: float) -> None:
        self._tick.start(math.ceil(look_again_in * 1000) + TICK_SLACK_MS)
        visit = snapshot.session is not None or snapshot.goodbye is not None
        visit = visit or snapshot.shown is Shown.AWAY
        if self._faces is not None:
            snapshot = self._faces.show(snapshot)
        if self._enrolled or visit:
            self._window.show_snapshot(snapshot)
            self._log_face(snapshot.shown)
        elif self._window.face is not Face.ENROLMENT:
            self._window.show_enrolment()

    def _log_face(self, shown: Shown) -> None:
        if shown is not self._shown:
            self._shown = shown
            _log.info("face: %s", shown.value)

    def _on_tick(self) -> None:
        if self._session is not None:
            self._session.tick()

    def _on_wished(self, wish: Wish) -> None:
        if self._session is not None:
            self._session.handle(Wished(wish))

    def _on_fact(self, fact: GateFact) -> None:
        if self._session is not None:
            self._session.handle(GateReported(fact))

    def _on_card_checked(self, answer: CardChecked) -> None:
        if self._session is not None:
            self._session.handle(answer)

    def _on_appended(self, ticket: int) -> None:
        if self._session is not None:
            self._session.appended(ticket)

    def _on_journal_answered(self, _answer: object) -> None:
        if self._session is not None:
            self._session.journal_recovered()

    def _on_journal_failed(self, trouble: str) -> None:
        _log.error("the journal does not write (%s): no visitor is taken until it does", trouble)
        if self._session is not None:
            self._session.journal_failed()
        else:
            self._show_out_of_order()

    def _show_out_of_order(self) -> None:
        """Without journal or gate the brain cannot begin, and a long "starting" would say less."""
        moment = Moment(self._clock.wall(), self._clock.boot_seconds(), _new_id())
        windowed = self._options.gate is None
        self._window.show_snapshot(project(State(windowed=windowed, gate_answers=False), moment))

    def _on_set_aside(self, path: str) -> None:
        _log.error("the journal was damaged; it stands aside as %s and a new one is begun", path)

    def _enrol(self, code: str) -> None:
        self._window.show_enrolment(EnrolmentStage.BUSY)
        self._enroller.enrol(code, self._options.seat)

    def _on_enrolled(self, _enrolment: object) -> None:
        self._enrolled = True
        _log.info("this station is enrolled")
        if self._session is not None:
            # Everything anew: the station may stand in another room now.
            self._line.start(self._session, None)

    def _on_enrolment_refused(self, why: str) -> None:
        _log.warning("the enrolment is refused: %s", why)
        self._window.show_enrolment(EnrolmentStage.REFUSED)

    def _on_enrolment_failed(self, failure: Failure) -> None:
        _log.warning("the enrolment failed: %s", failure.reason)
        untrusted = failure.reason is Reason.NOT_TRUSTED
        self._window.show_enrolment(
            EnrolmentStage.NOT_TRUSTED if untrusted else EnrolmentStage.NO_ANSWER
        )

    def _on_enrolment_not_kept(self, _why: str) -> None:
        self._window.show_enrolment(EnrolmentStage.NOT_KEPT)

    def _on_enrolment_lost(self) -> None:
        _log.warning("the hub does not know this station any more")
        self._enrolled = False
        try:
            forget_enrolment(self._secrets)
        except SecretsUnavailable as error:
            _log.error("the enrolment cannot be forgotten: %s", error)
        self._provisions.forget()
        if self._session is not None:
            self._session.handle(ProvisionsRead(None))
            # An hour that runs goes on; the page that asks for a code waits for its end.
            self._session.tick()


def _new_id() -> str:
    return make_id(datetime.now(UTC), secrets.token_bytes)
