"""The line between one station's brain and the hub: asks, reports, changes, facts.

Whether the hub is there is told by the reports alone: a report every 5 seconds, and at once when
something happened. Changes are read from the cursor after every nudge of the stream, after every
reconnection, and when an answer to a report shows a later cursor.
"""

from typing import Protocol

from PySide6.QtCore import QObject, QTimer, Signal

from kiosk.composition.courier import Courier
from kiosk.composition.stationclock import StationClock
from kiosk.hublink.client import Call, Failure, HubClient
from kiosk.hublink.reader import ChangeReader
from kiosk.hublink.stream import ChangeStream
from kiosk.session.command import (
    ChangesRead,
    Command,
    ContactChanged,
    OpeningAnswered,
    OpeningUnanswered,
    OutboxCounted,
    RenewalAnswered,
    RenewalUnanswered,
    SituationRead,
)
from kiosk.wire.change import ChangesPage
from kiosk.wire.face import Contact
from kiosk.wire.problem import ProblemCode
from kiosk.wire.station import (
    OpenSlot,
    RenewalAnswer,
    RenewSlot,
    ReportAnswer,
    SlotAnswer,
    StationReport,
    StationSituation,
)

REPORT_MS = 5_000
ANSWER_MS = 2_000
"""The station decides without the hub after this long."""


class Brain(Protocol):
    """What the line needs of the session."""

    def handle(self, command: Command) -> None:
        """Take a command."""

    def report(self) -> StationReport:
        """Return the sign of life."""


class HubLine(QObject):
    """The hub port of the session.

    Signals:
        enrolment_lost(): the hub does not know this station any more.
    """

    enrolment_lost = Signal()

    def __init__(
        self,
        client: HubClient,
        stream: ChangeStream,
        reader: ChangeReader,
        courier: Courier,
        clock: StationClock,
        parent: QObject | None = None,
    ) -> None:
        """Take the parts of the line; nothing is sent before `start`."""
        super().__init__(parent)
        self._client = client
        self._stream = stream
        self._reader = reader
        self._courier = courier
        self._clock = clock
        self._brain: Brain | None = None
        self._contact = Contact.LOST
        self._cursor: int | None = None
        self._reporting = False
        self._report_again = False
        self._asked_boot = 0.0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._report)
        stream.connected.connect(self._read_on)
        stream.nudged.connect(self._nudged)
        reader.page_read.connect(self._take_page)
        reader.restart_needed.connect(self._ask_situation)
        courier.counted.connect(self._counted)

    def start(self, brain: Brain, cursor: int | None) -> None:
        """Begin to report and to listen, reading on from `cursor`; None means everything anew."""
        self._brain = brain
        self._cursor = cursor
        self._report()
        self._stream.start()

    def stop(self) -> None:
        """Fall silent."""
        self._timer.stop()
        self._stream.stop()
        self._brain = None

    def ask_opening(self, ask: OpenSlot) -> None:
        """Ask for a slot; the brain hears the answer, or that there is none."""
        call: Call = self._client.call("POST", "/v1/slots", ask, SlotAnswer, timeout_ms=ANSWER_MS)
        call.answered.connect(lambda answer: self._hear(OpeningAnswered(answer)))
        call.failed.connect(lambda _failure: self._hear(OpeningUnanswered(ask.slot_id)))

    def ask_renewal(self, ask: RenewSlot) -> None:
        """Ask to renew; the brain hears the answer, or that there is none."""
        call: Call = self._client.call(
            "POST",
            f"/v1/slots/{ask.slot_id}/renewals",
            ask,
            RenewalAnswer,
            timeout_ms=ANSWER_MS,
        )
        call.answered.connect(lambda answer: self._hear(RenewalAnswered(answer)))
        call.failed.connect(lambda _failure: self._hear(RenewalUnanswered(ask)))

    def tell(self) -> None:
        """Send the facts that wait, and a report."""
        self._courier.carry()
        if self._reporting:
            self._report_again = True
        else:
            self._report()

    def _report(self) -> None:
        if self._brain is None:
            return
        self._timer.stop()
        self._reporting, self._report_again = True, False
        self._asked_boot = self._clock.boot_seconds()
        call: Call = self._client.call(
            "POST", "/v1/reports", self._brain.report(), ReportAnswer, timeout_ms=REPORT_MS
        )
        call.answered.connect(self._reported)
        call.failed.connect(self._unreported)

    def _reported(self, answer: ReportAnswer) -> None:
        self._clock.learn(answer.hub_time, self._asked_boot)
        if self._contact is not Contact.LIVE:
            self._contact = Contact.LIVE
            self._hear(ContactChanged(Contact.LIVE))
            self._courier.carry()
        self._rest_after_report()
        if self._cursor is None:
            self._ask_situation()
        elif answer.cursor > self._cursor:
            self._reader.read(self._cursor)

    def _unreported(self, failure: Failure) -> None:
        if self._contact is not Contact.LOST:
            self._contact = Contact.LOST
            self._hear(ContactChanged(Contact.LOST))
        self._rest_after_report()
        problem = failure.problem
        if problem is not None and problem.code is ProblemCode.NOT_SIGNED_IN:
            self.enrolment_lost.emit()

    def _rest_after_report(self) -> None:
        self._reporting = False
        self._timer.start(0 if self._report_again else REPORT_MS)

    def _ask_situation(self) -> None:
        call: Call = self._client.call("GET", "/v1/situation", None, StationSituation)
        call.answered.connect(self._take_situation)
        # A failure is no matter: the next report that is answered asks again.

    def _take_situation(self, situation: StationSituation) -> None:
        self._cursor = situation.cursor
        self._hear(SituationRead(situation))

    def _read_on(self) -> None:
        if self._cursor is not None:
            self._reader.read(self._cursor)

    def _nudged(self, cursor: int) -> None:
        if self._cursor is not None and cursor > self._cursor:
            self._reader.read(self._cursor)

    def _take_page(self, page: ChangesPage) -> None:
        self._cursor = max(page.cursor, self._cursor or 0)
        self._hear(ChangesRead(page))

    def _counted(self, pending: int) -> None:
        self._hear(OutboxCounted(pending))

    def _hear(self, command: Command) -> None:
        if self._brain is not None:
            self._brain.handle(command)
