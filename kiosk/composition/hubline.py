"""The line between one station's brain and the hub: asks, reports, changes, facts.

Whether the hub is there is told by the reports alone: a report every 5 seconds, and at once when
something happened; facts that did not get through go with the next one. With the contact comes
what lets the station act alone, and again on a new day and for another admission. Changes are read
from the cursor after every nudge of the stream, after every reconnection, and when an answer to a
report shows a later cursor.
"""

from collections.abc import Callable
from datetime import date
from typing import Any, Protocol

from PySide6.QtCore import QObject, QTimer, Signal

from kiosk.composition.courier import Courier
from kiosk.composition.provisioner import Provisioner
from kiosk.composition.stationclock import StationClock
from kiosk.hublink.client import Call, Failure, HubClient
from kiosk.hublink.reader import ChangeReader
from kiosk.hublink.stream import ChangeStream
from kiosk.rules.hours import local_date
from kiosk.session.command import (
    ChangesRead,
    Command,
    ContactChanged,
    CreditAnswered,
    CreditUnanswered,
    OpeningAnswered,
    OpeningUnanswered,
    OutboxCounted,
    PlacesAnswered,
    PlacesUnanswered,
    ProvisionsRead,
    RenewalAnswered,
    RenewalUnanswered,
    SituationRead,
    TicketAnswered,
    TicketUnanswered,
)
from kiosk.wire.change import ChangesPage, ProvisionsChanged
from kiosk.wire.credit import ReadSeatCredit, SeatCreditAnswer
from kiosk.wire.face import Contact
from kiosk.wire.guide import Places
from kiosk.wire.place import AdmissionView, RoomView
from kiosk.wire.problem import ProblemCode
from kiosk.wire.provision import OpenByPass, Provisions
from kiosk.wire.station import (
    OpenSlot,
    RenewalAnswer,
    RenewSlot,
    ReportAnswer,
    SlotAnswer,
    StationReport,
    StationSituation,
)
from kiosk.wire.ticket import ChangeAnswer, ChangeTicket, TakeTicket, TicketAnswer

REPORT_MS = 5_000
ANSWER_MS = 2_000
"""The station decides without the hub after this long."""


class Brain(Protocol):
    """What the line needs of the session."""

    def handle(self, command: Command) -> None:
        """Take a command."""

    def report(self) -> StationReport:
        """Return the sign of life."""

    def room(self) -> RoomView | None:
        """Return the room as the hub told it last, None before it did."""


class HubLine(QObject):
    """The hub port of the session.

    Signals:
        enrolment_lost(): the hub does not know this station any more; the line rests until the
            next `start`.
    """

    enrolment_lost = Signal()

    def __init__(
        self,
        client: HubClient,
        stream: ChangeStream,
        reader: ChangeReader,
        courier: Courier,
        provisioner: Provisioner,
        clock: StationClock,
        parent: QObject | None = None,
        *,
        report_ms: int = REPORT_MS,
    ) -> None:
        """Take the parts of the line; nothing is sent before `start`."""
        super().__init__(parent)
        self._client = client
        self._stream = stream
        self._reader = reader
        self._courier = courier
        self._provisioner = provisioner
        self._clock = clock
        self._brain: Brain | None = None
        self._calls: set[Call] = set()
        self._contact = Contact.LOST
        self._cursor: int | None = None
        self._provided_for: tuple[date, AdmissionView] | None = None
        self._reporting = False
        self._report_again = False
        self._resting = True
        self._situation_awaited = False
        self._asked_boot = 0.0
        self._report_ms = report_ms
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._report)
        stream.connected.connect(self._read_on)
        stream.nudged.connect(self._nudged)
        reader.page_read.connect(self._take_page)
        reader.restart_needed.connect(self._begin_anew)
        courier.counted.connect(self._counted)
        provisioner.read.connect(self._take_provisions)

    def start(self, brain: Brain, cursor: int | None) -> None:
        """Begin to report and to listen, reading on from `cursor`; None means everything anew."""
        self._brain = brain
        self._cursor = cursor
        self._resting = self._situation_awaited = False
        self._report()
        self._stream.start()

    def stop(self) -> None:
        """Fall silent, and deaf to what was asked before."""
        self._rest()
        self._brain = None
        for call in self._calls:
            call.abandon()
        self._calls.clear()

    def _rest(self) -> None:
        """Ask nothing more of itself; what the brain has asked is still answered."""
        self._timer.stop()
        self._stream.stop()
        self._reader.stop()
        self._courier.stop()
        self._provisioner.stop()
        self._cursor = None
        self._resting = True

    def ask_opening(self, ask: OpenSlot) -> None:
        """Ask for a slot; the brain hears the answer, or that there is none."""
        self._listen(
            self._client.call("POST", "/v1/slots", ask, SlotAnswer, timeout_ms=ANSWER_MS),
            lambda answer: self._hear(OpeningAnswered(answer)),
            lambda _failure: self._hear(OpeningUnanswered(ask)),
        )

    def ask_pass(self, ask: OpenByPass) -> None:
        """Ask for a slot by a guest pass; the brain hears the answer, or that there is none."""
        self._listen(
            self._client.call("POST", "/v1/slots/pass", ask, SlotAnswer, timeout_ms=ANSWER_MS),
            lambda answer: self._hear(OpeningAnswered(answer)),
            lambda _failure: self._hear(OpeningUnanswered(ask)),
        )

    def ask_renewal(self, ask: RenewSlot) -> None:
        """Ask to renew; the brain hears the answer, or that there is none."""
        path = f"/v1/slots/{ask.slot_id}/renewals"
        self._listen(
            self._client.call("POST", path, ask, RenewalAnswer, timeout_ms=ANSWER_MS),
            lambda answer: self._hear(RenewalAnswered(answer)),
            lambda _failure: self._hear(RenewalUnanswered(ask)),
        )

    def ask_ticket(self, ask: TakeTicket) -> None:
        """Ask for a ticket; the brain hears the answer, or that there is none."""
        self._listen(
            self._client.call("POST", "/v1/tickets", ask, TicketAnswer, timeout_ms=ANSWER_MS),
            lambda answer: self._hear(TicketAnswered(ask.ask_id, answer)),
            lambda _failure: self._hear(TicketUnanswered(ask.ask_id)),
        )

    def change_ticket(self, ask_id: str, ask: ChangeTicket) -> None:
        """Ask to change a ticket for its holder; the brain hears the answer, or that none came."""
        path = "/v1/tickets/own"
        self._listen(
            self._client.call("POST", path, ask, ChangeAnswer, timeout_ms=ANSWER_MS),
            lambda answer: self._hear(TicketAnswered(ask_id, answer)),
            lambda _failure: self._hear(TicketUnanswered(ask_id)),
        )

    def ask_places(self, ask_id: str) -> None:
        """Ask where one can go; the brain hears the answer, or that there is none."""
        self._listen(
            self._client.call("GET", "/v1/places", None, Places, timeout_ms=ANSWER_MS),
            lambda places: self._hear(PlacesAnswered(ask_id, places)),
            lambda _failure: self._hear(PlacesUnanswered(ask_id)),
        )

    def ask_credit(self, ask_id: str, ask: ReadSeatCredit) -> None:
        """Ask for the credit on the seat; the brain hears the answer, or that there is none."""
        path = "/v1/print-cards/seated"
        self._listen(
            self._client.call("POST", path, ask, SeatCreditAnswer, timeout_ms=ANSWER_MS),
            lambda answer: self._hear(CreditAnswered(ask_id, answer)),
            lambda _failure: self._hear(CreditUnanswered(ask_id)),
        )

    def tell(self) -> None:
        """Send the facts that wait, and a report."""
        if self._resting:
            return
        self._courier.carry()
        if self._reporting:
            self._report_again = True
        else:
            self._report()

    def _report(self) -> None:
        if self._brain is None or self._resting:
            return
        self._timer.stop()
        self._reporting, self._report_again = True, False
        self._asked_boot = self._clock.boot_seconds()
        call: Call = self._client.call(
            "POST", "/v1/reports", self._brain.report(), ReportAnswer, timeout_ms=REPORT_MS
        )
        self._listen(call, self._reported, self._unreported)

    def _reported(self, answer: ReportAnswer) -> None:
        if self._resting:
            return
        self._clock.learn(answer.hub_time, self._asked_boot)
        if self._contact is not Contact.LIVE:
            self._contact = Contact.LIVE
            self._hear(ContactChanged(Contact.LIVE))
            self._courier.carry()
            self._provide()
        else:
            self._courier.retry()
            self._provide_anew()
        self._rest_after_report()
        if self._cursor is None:
            self._ask_situation()
        elif answer.cursor > self._cursor:
            self._reader.read(self._cursor)

    def _unreported(self, failure: Failure) -> None:
        if self._resting:
            return
        if self._contact is not Contact.LOST:
            self._contact = Contact.LOST
            self._hear(ContactChanged(Contact.LOST))
        self._rest_after_report()
        problem = failure.problem
        if problem is not None and problem.code is ProblemCode.NOT_SIGNED_IN:
            self._rest()
            self.enrolment_lost.emit()

    def _rest_after_report(self) -> None:
        self._reporting = False
        self._timer.start(0 if self._report_again else self._report_ms)

    def _begin_anew(self) -> None:
        # Without a cursor, every report that is answered asks again until the situation is here.
        self._cursor = None
        self._ask_situation()

    def _ask_situation(self) -> None:
        if self._situation_awaited:
            return
        self._situation_awaited = True
        call: Call = self._client.call("GET", "/v1/situation", None, StationSituation)
        self._listen(call, self._take_situation, self._miss_situation)

    def _miss_situation(self, _failure: Failure) -> None:
        # The next report that is answered asks again.
        self._situation_awaited = False

    def _take_situation(self, situation: StationSituation) -> None:
        self._situation_awaited = False
        if self._resting:
            return
        self._cursor = situation.cursor
        self._hear(SituationRead(situation))
        # Somebody else's room has keys and cards of its own.
        self._provide()

    def _read_on(self) -> None:
        if self._cursor is not None:
            self._reader.read(self._cursor)

    def _nudged(self, cursor: int) -> None:
        if self._cursor is not None and cursor > self._cursor:
            self._reader.read(self._cursor)

    def _take_page(self, page: ChangesPage) -> None:
        self._cursor = max(page.cursor, self._cursor or 0)
        self._hear(ChangesRead(page))
        if any(isinstance(change.body, ProvisionsChanged) for change in page.changes):
            self._provide()
        else:
            self._provide_anew()

    def _provide(self) -> None:
        self._provided_for = self._day_and_admission()
        self._provisioner.fetch()

    def _provide_anew(self) -> None:
        """Ask again on another day, or where others are admitted: who may sit has changed."""
        is_live = self._contact is Contact.LIVE
        if is_live and self._day_and_admission() != self._provided_for:
            self._provide()

    def _day_and_admission(self) -> tuple[date, AdmissionView] | None:
        room = None if self._brain is None else self._brain.room()
        if room is None:
            return None
        return local_date(self._clock.wall(), room.hours.zone), room.admission

    def _take_provisions(self, provisions: Provisions) -> None:
        self._hear(ProvisionsRead(provisions))

    def _listen(
        self, call: Call, answered: Callable[[Any], None], failed: Callable[[Failure], None]
    ) -> None:
        """Hear what comes of a call, unless the line is stopped first."""
        self._calls.add(call)
        call.answered.connect(lambda answer: self._finish(call, answered, answer))
        call.failed.connect(lambda failure: self._finish(call, failed, failure))

    def _finish(self, call: Call, then: Callable[[Any], None], outcome: object) -> None:
        self._calls.discard(call)
        then(outcome)

    def _counted(self, pending: int) -> None:
        self._hear(OutboxCounted(pending))

    def _hear(self, command: Command) -> None:
        if self._brain is not None:
            self._brain.handle(command)
