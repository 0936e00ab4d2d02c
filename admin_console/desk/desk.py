"""The console without its face: the person's session, the estate kept live, questions, commands.

Life cycle: `sign_in` gets a token, which is kept in memory only; the estate is read once, then the
stream says when to look and the changes say what happened. After a loss the stream comes back by
itself and the changes are read from the cursor; where the hub no longer keeps them, the estate is
read anew. One timer wakes exactly when something looks different by itself.
"""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from admin_console.desk.dispatch import Dispatch
from admin_console.desk.inquiry import Inquiry
from admin_console.desk.models.board import Board, Difference
from admin_console.desk.models.estate import EstateBook, Touched
from admin_console.desk.models.freshness import Freshness
from admin_console.desk.models.leaving import Leaving
from admin_console.desk.models.person import Person
from admin_console.desk.parked_desk import ParkedDesk
from admin_console.desk.reception import Reception
from admin_console.desk.setting_desk import SettingDesk
from admin_console.desk.ticket_desk import TicketDesk
from admin_console.desk.till_desk import TillDesk
from admin_console.desk.trust import Trust
from admin_console.desk.workshop_desk import WorkshopDesk
from kiosk.hublink.backoff import backoff_seconds
from kiosk.hublink.client import Call, Failure, HubClient
from kiosk.hublink.failure import Reason
from kiosk.hublink.reader import ChangeReader
from kiosk.hublink.stream import ChangeStream
from kiosk.rules.identifier import Entropy
from kiosk.wire.change import ChangesPage
from kiosk.wire.command import CommandView
from kiosk.wire.desk import Estate, SignInStaff, StaffAnswer, StaffRefused, StaffSignedIn
from kiosk.wire.hours import HoursAnswer
from kiosk.wire.houserules import HouseRulesAnswer
from kiosk.wire.parked import ParkedFacts
from kiosk.wire.problem import ProblemCode
from kiosk.wire.rule import RuleAnswer

SIGN_IN_MS = 10_000
"""A password check takes its time at the hub."""
MINUTE, LONGEST_SLEEP = timedelta(minutes=1), timedelta(hours=1)


class Desk(QObject):
    """The console.

    Signals:
        sign_in_refused: the hub's `StaffRefused`.
        sign_in_failed: the `Failure` that stood in the way.
        opened: the `Person` and the `Board`: there is an estate to show.
        left: a `Leaving`; nothing of the estate may be shown any more.
        settled: a `Difference` of the board.
        time_passed: the instant, at each whole minute and whenever the board was settled by time.
        freshness_changed: a `Freshness`, and since when contact is lost.
        commands_moved: the id of a seat whose commands look different.

    Attributes:
        dispatch: sends commands.
        inquiry: asks about the chosen seat.
        tickets: changes tickets.
        hours: saves opening hours.
        rules: saves limits of rooms.
        house_rules: saves the rules of places.
        reception: does what is wished at the front desk.
        till: does what is wished at a till.
        parked: reads and settles the facts that contradict the rest.
        workshops: saves series, and opens and ends their seats.
    """

    sign_in_refused = Signal(object)
    sign_in_failed = Signal(object)
    opened = Signal(object, object)
    left = Signal(object)
    settled = Signal(object)
    time_passed = Signal(object)
    freshness_changed = Signal(object, object)
    commands_moved = Signal(str)

    def __init__(
        self,
        client: HubClient,
        stream: ChangeStream,
        reader: ChangeReader,
        clock: Callable[[], datetime],
        entropy: Entropy,
        parent: QObject | None = None,
    ) -> None:
        """Take the collaborators; nothing is asked before `sign_in`.

        Args:
            client: asks the hub; its credential receives the token.
            stream: says when there is something to read.
            reader: reads the changes.
            clock: this machine's aware time; the hub's offset is added to it.
            entropy: for the ids of commands.
            parent: owner.
        """
        super().__init__(parent)
        self._client, self._stream, self._reader = client, stream, reader
        self._clock = clock
        self._offset = timedelta()
        self._person: Person | None = None
        self._call: Call | None = None
        self._board: Board | None = None
        self._trust = Trust(self)
        self._trust.changed.connect(self.freshness_changed)
        self._failures = 0
        self.dispatch = Dispatch(client, self.now, entropy, self)
        self.inquiry = Inquiry(client, self)
        self.tickets = TicketDesk(client, self)
        self.hours = SettingDesk(client, "rooms", "hours", HoursAnswer, self)
        self.rules = SettingDesk(client, "rooms", "rule", RuleAnswer, self)
        self.house_rules = SettingDesk(client, "sites", "house-rules", HouseRulesAnswer, self)
        self.reception = Reception(client, self.now, entropy, self)
        self.till = TillDesk(client, self.now, entropy, self)
        self.parked = ParkedDesk(client, self)
        self.workshops = WorkshopDesk(client, self.now, entropy, self)
        self._errands = (
            self.dispatch, self.tickets, self.hours, self.rules, self.house_rules,
            self.reception, self.till, self.parked, self.workshops,
        )  # fmt: skip
        self._wake = QTimer(self)
        self._wake.setSingleShot(True)
        self._wake.setTimerType(Qt.TimerType.PreciseTimer)
        self._wake.timeout.connect(self.tick)
        self._retry = QTimer(self)
        self._retry.setSingleShot(True)
        self._retry.timeout.connect(self._read_again)
        stream.connected.connect(self._on_connected)
        stream.nudged.connect(self._on_nudged)
        stream.lost.connect(self._on_lost)
        stream.attempt_failed.connect(self._on_attempt_failed)
        reader.page_read.connect(self._on_page)
        reader.restart_needed.connect(self._ask_estate)
        reader.failed.connect(self._on_read_failed)
        self.dispatch.accepted.connect(self._on_accepted)
        self.dispatch.moved.connect(self.commands_moved)
        self.parked.told.connect(self._on_parked)
        self.inquiry.failed.connect(self.watch)
        for errand in self._errands:
            errand.failed.connect(self.watch)

    # --------------------------------------------------------------------------------- reading

    @property
    def board(self) -> Board | None:
        """The estate, once it is known."""
        return self._board

    @property
    def freshness(self) -> tuple[Freshness, datetime | None]:
        """How far the board may be trusted, and since when contact is lost."""
        return self._trust.told

    def now(self) -> datetime:
        """Return the time by the hub's clock."""
        return self._clock() + self._offset

    # --------------------------------------------------------------------------------- session

    def sign_in(self, name: str, password: str) -> None:
        """Ask to be let in; harmless while a try is under way."""
        if self._call is not None or self._person is not None:
            return
        ask = SignInStaff(name=name, password=password)
        call = self._client.call("POST", "/v1/staff/sessions", ask, StaffAnswer, SIGN_IN_MS)
        call.answered.connect(self._on_staff_answer)
        call.failed.connect(self._on_sign_in_failed)
        self._call = call

    def sign_out(self) -> None:
        """Leave. The hub is told; whether it hears it or not, the token is gone from here."""
        if self._person is None:
            return
        self._client.call("DELETE", "/v1/staff/sessions", None, None)
        self._leave(Leaving.ASKED)

    def stop(self) -> None:
        """End everything, at the end of the program."""
        self._close()

    @Slot(object)
    def _on_staff_answer(self, answer: StaffSignedIn | StaffRefused) -> None:
        self._call = None
        if isinstance(answer, StaffRefused):
            self.sign_in_refused.emit(answer)
            return
        self._client.credential.token = answer.token
        self._person = Person(
            answer.display_name, frozenset(answer.roles), answer.name, frozenset(answer.site_ids)
        )
        self._ask_estate()

    @Slot(object)
    def _on_sign_in_failed(self, failure: Failure) -> None:
        self._call = None
        self.sign_in_failed.emit(failure)

    def _leave(self, leaving: Leaving) -> None:
        self._close()
        self.left.emit(leaving)

    def _close(self) -> None:
        self._wake.stop()
        self._retry.stop()
        self._stream.stop()
        self._reader.stop()
        self.inquiry.stop()
        for errand in self._errands:
            errand.forget()
        if self._call is not None:
            self._call.abandon()
            self._call = None
        self._client.credential.token = None
        self._person = None
        self._board = None
        self._trust.begin()
        self._failures = 0

    @Slot(object)
    def watch(self, failure: Failure) -> bool:
        """Leave where the hub no longer knows the session; tell whether it did."""
        problem = failure.problem
        if failure.reason is not Reason.PROBLEM or problem is None:
            return False
        if problem.code is not ProblemCode.NOT_SIGNED_IN or self._person is None:
            return False
        self._leave(Leaving.EXPIRED)
        return True

    # ---------------------------------------------------------------------------------- estate

    @Slot()
    def _ask_estate(self) -> None:
        if self._person is None or self._call is not None:
            return
        call = self._client.call("GET", "/v1/estate", None, Estate)
        call.answered.connect(self._on_estate)
        call.failed.connect(self._on_no_estate)
        self._call = call

    @Slot(object)
    def _on_estate(self, estate: Estate) -> None:
        self._call = None
        if self._person is None:
            return
        self._offset = estate.hub_time - self._clock()
        self._failures = 0
        if self._board is None:
            board = self._board = Board(EstateBook(estate), self.now())
            self.opened.emit(self._person, board)
            if self.board is not board:
                # Whoever heard of it has turned the account away.
                return
            self._show_freshness(Freshness.CATCHING_UP)
            self._plan()
            self._stream.start()
            self._read_parked(site.site_id for site in self._board.book.sites())
            return
        self._settle(self._board.book.restart(estate))
        self._read_parked(site.site_id for site in self._board.book.sites())
        if self._stream.is_connected:
            self._reader.read(self._board.book.cursor)

    @Slot(object)
    def _on_no_estate(self, failure: Failure) -> None:
        self._call = None
        if self.watch(failure):
            return
        if self._board is None:
            self._close()
            self.sign_in_failed.emit(failure)
        else:
            self._retry_later()

    # ------------------------------------------------------------------------------ staying live

    @Slot()
    def _on_connected(self) -> None:
        if self._board is not None:
            self._show_freshness(Freshness.CATCHING_UP)
            self._reader.read(self._board.book.cursor)
            self.parked.read_missed()

    @Slot(object)
    def _on_nudged(self, cursor: int) -> None:
        if self._board is not None and cursor > self._board.book.cursor:
            self._reader.read(self._board.book.cursor)

    @Slot()
    def _on_lost(self) -> None:
        self._show_freshness(Freshness.LOST)

    @Slot(object)
    def _on_attempt_failed(self, failure: Failure) -> None:
        if self._board is not None and not self.watch(failure):
            self._show_freshness(Freshness.LOST)

    @Slot(object)
    def _on_page(self, page: ChangesPage) -> None:
        if self._board is None:
            return
        self._failures = 0
        touched = self._board.book.apply_page(page)
        self._settle(touched)
        self._read_parked(touched.parked)
        if not page.more and self._stream.is_connected:
            self._show_freshness(Freshness.LIVE)

    @Slot(object)
    def _on_read_failed(self, failure: Failure) -> None:
        if not self.watch(failure) and self._stream.is_connected:
            self._show_freshness(Freshness.CATCHING_UP)
            self._retry_later()

    def _retry_later(self) -> None:
        self._failures += 1
        self._retry.start(round(backoff_seconds(self._failures, 0.5) * 1000))

    @Slot()
    def _read_again(self) -> None:
        if self._board is not None:
            self._reader.read(self._board.book.cursor)

    @Slot(object)
    def _on_accepted(self, command: CommandView) -> None:
        if self._board is not None:
            touched = self._board.book.take_command(command)
            self._settle(touched)
        self.commands_moved.emit(command.seat_id)

    def _read_parked(self, site_ids: Iterable[str]) -> None:
        if self._person is not None and self._person.may_act:
            self.parked.read(site_ids)

    @Slot(object)
    def _on_parked(self, facts: ParkedFacts) -> None:
        if self._board is not None:
            self._settle(self._board.book.take_parked(facts))

    def _show_freshness(self, freshness: Freshness) -> None:
        self._trust.show(freshness, self.now())

    # ------------------------------------------------------------------------------------ time

    @Slot()
    def tick(self) -> None:
        """Settle the board for the present and plan the next look."""
        if self._board is None:
            return
        self._settle(Touched())
        self.time_passed.emit(self.now())

    def _settle(self, touched: Touched) -> None:
        board = self._board
        if board is None:
            return
        board.touch(touched)
        difference: Difference = board.settle(self.now())
        self.dispatch.settle(difference.commands)
        if difference:
            self.settled.emit(difference)
        for seat_id in sorted(self._seats_of(difference.commands)):
            self.commands_moved.emit(seat_id)
        self._plan()

    def _seats_of(self, command_ids: frozenset[str]) -> set[str]:
        book = self._board.book if self._board is not None else None
        found = (book.command(one) for one in command_ids) if book is not None else iter(())
        return {command.seat_id for command in found if command is not None}

    def _plan(self) -> None:
        """Sleep until the next whole minute, or until a seat looks different by itself."""
        if self._board is None:
            return
        now = self.now()
        due = now.replace(second=0, microsecond=0) + MINUTE
        change = self._board.next_change()
        if change is not None:
            due = min(due, change)
        wait = min(max(due - now, timedelta()), LONGEST_SLEEP)
        # A timer may come a fraction early; a look too early would tell nothing.
        self._wake.start(int(wait / timedelta(milliseconds=1)) + 2)
