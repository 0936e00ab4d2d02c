"""The window of a workstation: the face that is due, and the dialogs over it.

In windowed mode the faces of lock and session live in this one window, and a strip says for good
that it confines nothing. A snapshot goes in, wishes come out, both through the channel.
"""

import time
from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QWidget

from kiosk.look.fade import Fade
from kiosk.look.focus import FocusRing
from kiosk.look.guard import Guard
from kiosk.look.language import Language
from kiosk.look.look import Look
from kiosk.look.reading import move_focus
from kiosk.look.role import Stack
from kiosk.look.voice import Voice
from kiosk.shell.announcer import Announcer
from kiosk.shell.channel import carry_snapshot, carry_wish
from kiosk.shell.closed_page import ClosedPage
from kiosk.shell.digit_page import DigitPage
from kiosk.shell.display import Display
from kiosk.shell.enrolment_page import EnrolmentPage, EnrolmentStage
from kiosk.shell.face import Face, face_due
from kiosk.shell.goodbye_page import GoodbyePage
from kiosk.shell.home_page import HomePage
from kiosk.shell.identify_overlay import IdentifyOverlay
from kiosk.shell.layout import column
from kiosk.shell.lock_entry import LockEntry
from kiosk.shell.lock_page import LockPage
from kiosk.shell.offline_page import OfflinePage
from kiosk.shell.out_of_order_page import OutOfOrderPage
from kiosk.shell.outfit import Outfit
from kiosk.shell.page import Page
from kiosk.shell.pass_page import PassPage
from kiosk.shell.question import Question
from kiosk.shell.questions import Questions
from kiosk.shell.reader import Reader
from kiosk.shell.scan import ScanShield
from kiosk.shell.session_page import SessionPage
from kiosk.shell.starting_page import StartingPage
from kiosk.shell.state_page import StatePage
from kiosk.shell.strip import Strip
from kiosk.shell.taken_page import TakenPage
from kiosk.shell.ticket_code_page import TicketCodePage
from kiosk.shell.welcome_page import WelcomePage
from kiosk.shell.words import Teller
from kiosk.shell.workshop_page import WorkshopPage
from kiosk.wire.face import CardPassed, HelpWished, Shown, SignInAsked, Snapshot, Wish

LEAST_SIZE = QSize(1024, 700)


SITTING = frozenset({Face.HOME, Face.PROGRAM})
"""The faces of a session: what is asked on one may still be answered on the other."""


class Window(QWidget):
    """The window.

    Args:
        look: how to look.
        language: which language to speak.
        guard: keeps accidents away.
        clock: monotonic seconds.
        parent: the widget that holds it.

    Signals:
        wished: a `Wish`, as the brain gets it.
        snapshot_shown: the `Snapshot` that is shown now.
        enrolment_asked: the code that was typed on the enrolment page.
    """

    wished = Signal(object)
    snapshot_shown = Signal(object)
    enrolment_asked = Signal(str)

    def __init__(
        self,
        look: Look,
        language: Language,
        guard: Guard,
        clock: Callable[[], float] = time.monotonic,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        display = Display(look, language, guard, clock, self)
        reader = Reader(language, self)
        self._outfit = Outfit(look, language, guard, clock, display, Teller(language), reader)
        self._snapshot: Snapshot | None = None
        self._face: Face | None = None
        self._wants_program = False
        self._pages: dict[Face, Page] = {}
        self._stack = Stack()
        self._strip = Strip(self._outfit)
        self._strip.hide()
        whole = column(self)
        whole.addWidget(self._stack, 1)
        whole.addWidget(self._strip)
        self._entry = LockEntry(self.page, self)
        self._entry.wished.connect(self._carry)
        self._entry.moved.connect(self._look_again)
        self.fade = Fade(look, self)
        self.questions = Questions(self._outfit, self, self.fade)
        self.questions.wished.connect(self._send)
        self.questions.program_asked.connect(self.want_program)
        self.questions.digit_typed.connect(self._take_digit)
        self.announcer = Announcer(self._outfit.teller, language, self)
        self.questions.opened.connect(self.announcer.heed_dialog)
        self._identify = IdentifyOverlay(self._outfit, self)
        self._ring = FocusRing(look, self)
        self._ring.installEventFilter(self._identify)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            self._shield = ScanShield(app, guard, clock, self)
            self._shield.passed.connect(self._on_card_passed)
        self._help_key = QShortcut(QKeySequence(Qt.Key.Key_F1), self)
        self._help_key.setAutoRepeat(False)
        self._help_key.activated.connect(self._on_help_key)
        self.setMinimumSize(LEAST_SIZE)
        self.setWindowTitle("Créneau")
        self._turn_to(Face.STARTING)
        reader.follow(self.spoken)

    @property
    def face(self) -> Face | None:
        """The face that is up."""
        return self._face

    @property
    def display(self) -> Display:
        """What the visitor chose of the appearance."""
        return self._outfit.display

    def sizeHint(self) -> QSize:
        """Return a size that most screens have room for."""
        return QSize(1366, 768)

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002 - Qt's name
        """Go on in the order of reading."""
        return move_focus(self, forward=next)

    def page(self, face: Face) -> Page:
        """Return a page, made when its face is first due."""
        if face not in self._pages:
            page = self._make(face)
            page.wished.connect(self._send)
            self._pages[face] = page
            self._stack.addWidget(page)
        return self._pages[face]

    def use_voice(self, voice: Voice) -> None:
        """Read aloud with a voice, and show *Écouter* while it can speak."""
        self._outfit.reader.use(voice)

    def spoken(self) -> list[str]:
        """Return what is read aloud of the dialog that stands, else of the face that is up."""
        if self.questions.current is not None:
            return self.questions.dialog(self.questions.current).spoken()
        return [] if self._face is None else self._pages[self._face].spoken()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show the face that is due."""
        snapshot = carry_snapshot(snapshot)
        self._snapshot = snapshot
        self._strip.setVisible(snapshot.windowed)
        session = snapshot.session
        is_away = snapshot.shown in (Shown.AWAY, Shown.TAKEN)
        if session is None:
            # Whoever comes back finds the program that was open.
            self._wants_program = self._wants_program and is_away
        elif session.launch_failed or (
            self._face is Face.PROGRAM and not session.running_applications
        ):
            self._wants_program = False
        self._entry.follow(snapshot)
        self._look_again()
        self._forget_who_left()
        self.questions.show_snapshot(snapshot)
        self.announcer.show_snapshot(snapshot)
        self._identify.show_snapshot(snapshot)
        self.snapshot_shown.emit(snapshot)

    def show_enrolment(self, stage: EnrolmentStage = EnrolmentStage.ASKING) -> None:
        """Show the page that enrols this station, and where that stands."""
        page = self.page(Face.ENROLMENT)
        if isinstance(page, EnrolmentPage):
            page.show_stage(stage)
        self._turn_to(Face.ENROLMENT)
        if stage is not EnrolmentStage.BUSY:
            page.enter()

    def _turn_to(self, face: Face) -> None:
        page = self.page(face)
        if self._snapshot is not None and face is not Face.ENROLMENT:
            page.show_snapshot(self._snapshot)
        if face is self._face:
            return
        # The session bar never moves, so it comes and goes at once.
        is_still = Face.PROGRAM in (face, self._face)
        motion = self._outfit.look.tokens.motion
        with self.fade.over(0 if is_still else motion.base_ms):
            self._change_to(face, page)

    def _change_to(self, face: Face, page: Page) -> None:
        before = self._face
        self._face = face
        if before is not None:
            self._outfit.guard.face_changed()
            self._outfit.reader.stop()
            self.questions.change_face(same_visit={before, face} <= SITTING)
            self._pages[before].leave()
        if before is not None and before.is_visit and not face.is_visit:
            self._forget()
        self._stack.setCurrentWidget(page)
        page.enter()
        self.questions.take_focus()
        snapshot = self._snapshot
        if before is not None and (snapshot is None or snapshot.shown is not Shown.GRACE):
            self.announcer.tell_face(page.spoken())

    def closeEvent(self, event: QCloseEvent) -> None:
        """Give back the pointer, which is the whole program's."""
        self._outfit.guard.use_calm(False)
        super().closeEvent(event)

    def _forget_who_left(self) -> None:
        """Forget what somebody chose at the lock who did not sit down."""
        is_visit = self._face is not None and self._face.is_visit
        if not is_visit and self._outfit.display.is_left():
            self.questions.close_display()
            self._forget()

    def _forget(self) -> None:
        self._outfit.display.reset()
        self._outfit.reader.forget()

    def _make(self, face: Face) -> Page:
        outfit = self._outfit
        match face:
            case Face.STARTING:
                return StartingPage(outfit)
            case Face.ENROLMENT:
                enrolment = EnrolmentPage(outfit)
                enrolment.enrolment_asked.connect(self.enrolment_asked)
                return enrolment
            case Face.LOCK | Face.AWAY:
                lock = LockPage(outfit)
                lock.forgotten_asked.connect(self._ask_forgotten)
                lock.display_asked.connect(self.open_display)
                lock.ticket_asked.connect(self._ask_ticket)
                lock.pass_asked.connect(self._entry.want_pass)
                lock.places_asked.connect(self._ask_places)
                return lock
            case Face.PASS:
                entry = PassPage(outfit)
                entry.display_asked.connect(self.open_display)
                entry.back_asked.connect(self._entry.leave_pass)
                entry.left_alone.connect(self._entry.leave_pass)
                return entry
            case Face.TICKET_CODE:
                code = TicketCodePage(outfit)
                code.display_asked.connect(self.open_display)
                code.back_asked.connect(self._entry.leave_code)
                code.left_alone.connect(self._entry.forget_code)
                return code
            case Face.CLOSED:
                return self._guiding(ClosedPage(outfit))
            case Face.WORKSHOP:
                return self._guiding(WorkshopPage(outfit))
            case Face.OUT_OF_ORDER:
                return self._guiding(OutOfOrderPage(outfit))
            case Face.TAKEN:
                return TakenPage(outfit)
            case Face.OFFLINE:
                return OfflinePage(outfit)
            case Face.WELCOME:
                welcome = WelcomePage(outfit)
                welcome.display_asked.connect(self.open_display)
                return welcome
            case Face.HOME:
                home = HomePage(outfit)
                home.program_asked.connect(self.want_program)
                self._connect_session(home)
                return home
            case Face.PROGRAM:
                session = SessionPage(outfit)
                session.home_asked.connect(self._want_home)
                session.ticket_asked.connect(self._ask_ticket)
                self._connect_session(session)
                return session
            case Face.GOODBYE:
                return GoodbyePage(outfit)

    def _guiding(self, page: StatePage) -> StatePage:
        page.places_asked.connect(self._ask_places)
        return page

    def _connect_session(self, page: HomePage | SessionPage) -> None:
        page.end_asked.connect(self._ask_ending)
        page.display_asked.connect(self.open_display)
        page.options_asked.connect(self._ask_options)
        page.credit_asked.connect(self._ask_credit)

    def want_program(self) -> None:
        """Go to the program that runs, or to the one that is being started."""
        self._wants_program = True
        self._look_again()

    def want_pass(self) -> None:
        """Go to the entry of a pass."""
        self._entry.want_pass()

    def sit(self, wish: SignInAsked) -> None:
        """Take card and code as if they had been typed, for the gallery."""
        self._entry.send(wish)

    def _want_home(self) -> None:
        self._wants_program = False
        self._look_again()

    def _look_again(self) -> None:
        if self._snapshot is not None:
            went = self._entry.wants()
            self._turn_to(face_due(self._snapshot, wants_program=self._wants_program, **went))
            self._entry.put_back()

    def _on_card_passed(self) -> None:
        """Lock an open seat: a card was passed that nothing here waits for."""
        if self._snapshot is not None and self._snapshot.shown is Shown.SESSION:
            self._send(CardPassed())

    def _on_help_key(self) -> None:
        """Open the page of help in a session, and call for help where there is none."""
        home = self.page(Face.HOME) if self._face in (Face.HOME, Face.PROGRAM) else None
        if not isinstance(home, HomePage) or self.questions.current is not None:
            if self._snapshot is not None and self._face is not Face.ENROLMENT:
                self._send(HelpWished())
            return
        if self._snapshot is not None and self._snapshot.shown is Shown.SESSION:
            self._want_home()
            if not home.is_help_shown():
                home.show_help()
        else:
            self._send(HelpWished())

    def _ask_ending(self) -> None:
        self.questions.ask(Question.ENDING)

    def open_display(self) -> None:
        """Open *Affichage* under its button on the face that is up."""
        if self._face is not None:
            hook = self._pages[self._face].display_button()
            self.questions.ask(Question.DISPLAY, hook)

    def _take_digit(self, digit: str, stamp: int) -> None:
        page = None if self._face is None else self._pages[self._face]
        if isinstance(page, LockPage):
            page.form.take_digit(digit, stamp)
        elif isinstance(page, DigitPage):
            page.take_digit(digit, stamp)

    def _ask_places(self) -> None:
        self.questions.ask(Question.PLACES)

    def _ask_ticket(self) -> None:
        self.questions.ask(Question.TICKET)

    def _ask_credit(self) -> None:
        self.questions.ask(Question.CREDIT)

    def _ask_options(self) -> None:
        self.questions.ask(Question.OPTIONS)

    def _ask_forgotten(self) -> None:
        self.questions.ask(Question.FORGOTTEN)

    def _send(self, wish: Wish) -> None:
        self._entry.send(wish)

    def _carry(self, wish: Wish) -> None:
        if isinstance(wish, HelpWished):
            self.questions.expect_help()
        self.wished.emit(carry_wish(wish))
