"""The window of a board: the way in, once, then the room for as long as the machine runs."""

from PySide6.QtCore import QTimer, Slot
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QMainWindow, QStackedWidget

from admin_console.desk.desk import Desk
from admin_console.desk.models.board import Board, board_zone
from admin_console.desk.models.entrance import Entrance
from admin_console.desk.models.freshness import Freshness
from admin_console.desk.models.person import Person
from admin_console.desk.models.wording import Wording
from admin_console.desk.pages.sign_in_page import SignInPage
from admin_console.desk.room_board.face import room_face
from admin_console.desk.room_board.keeper import Keeper
from admin_console.desk.room_board.page import BoardPage
from admin_console.desk.room_board.wording import BoardAnswer, RoomWording
from admin_console.desk.ticket_desk import TicketTaker
from kiosk.hublink.failure import Failure
from kiosk.look.focus import FocusRing
from kiosk.look.language import Language
from kiosk.look.look import Look
from kiosk.look.phrase import Phrase
from kiosk.look.trouble import Trouble
from kiosk.wire.desk import StaffRefused

AGAIN_MS = 15_000
"""How long a board that knows its account waits between two tries to sign in."""


class BoardWindow(QMainWindow):
    """The window. The board signs itself in again whenever the hub asks."""

    def __init__(
        self,
        desk: Desk,
        taker: TicketTaker,
        look: Look,
        language: Language,
        keeper: Keeper,
        room_id: str,
    ) -> None:
        """Take the collaborators; call `begin` to sign in.

        Args:
            desk: the session at the hub, and the estate.
            taker: takes tickets of the room.
            look: how to look.
            language: of the words.
            keeper: keeps the account.
            room_id: the room whose board this is.
        """
        super().__init__()
        self._desk, self._taker, self._look, self._language = desk, taker, look, language
        self._keeper, self._room_id = keeper, room_id
        self._entrance = Entrance(language)
        self._typed: tuple[str, str] | None = None
        self.page: BoardPage | None = None
        self.sign_in = SignInPage(look, language)
        self.sign_in.display.hide()
        self.pages = QStackedWidget()
        self.pages.addWidget(self.sign_in)
        self.setCentralWidget(self.pages)
        FocusRing(look, self)
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.timeout.connect(self.begin)
        self.sign_in.sign_in_asked.connect(self._on_typed)
        self.sign_in.language_asked.connect(self._on_language)
        desk.sign_in_refused.connect(self._on_refused)
        desk.sign_in_failed.connect(self._on_failed)
        desk.opened.connect(self._on_opened)
        desk.left.connect(self._on_left)
        desk.settled.connect(self._show)
        desk.time_passed.connect(self._show)
        desk.freshness_changed.connect(self._on_freshness)
        taker.answered.connect(self._on_ticket)
        taker.failed.connect(desk.watch)
        self.setWindowTitle(language.gettext("Créneau, board of a room"))

    @Slot()
    def begin(self) -> None:
        """Sign in with the account that is kept, if any."""
        account = self._keeper.account()
        if account is not None:
            self._typed = account
            self._desk.sign_in(*account)

    def closeEvent(self, event: QCloseEvent) -> None:
        """End everything with the window."""
        self._again.stop()
        self.sign_in.stop()
        if self.page is not None:
            self.page.stop()
        self._taker.stop()
        self._desk.stop()
        super().closeEvent(event)

    # ---------------------------------------------------------------------------------- way in

    @Slot(str, str)
    def _on_typed(self, name: str, password: str) -> None:
        self._again.stop()
        self._typed = (name, password)
        self._desk.sign_in(name, password)

    @Slot(str)
    def _on_language(self, code: str) -> None:
        self._language.use("en" if code == "en" else "fr")

    @Slot(object)
    def _on_refused(self, refused: StaffRefused) -> None:
        if refused.retry_seconds > 0:
            self._again.start(refused.retry_seconds * 1000)
        else:
            self._keeper.forget()
        self._leave_page()
        self.sign_in.show_refused(*self._entrance.refused(refused), refused.retry_seconds)

    @Slot(object)
    def _on_failed(self, failure: Failure) -> None:
        self.sign_in.show_notice("danger", *self._entrance.failed(failure))
        if self._keeper.account() is not None:
            self._again.start(AGAIN_MS)

    @Slot(object, object)
    def _on_opened(self, person: Person, board: Board) -> None:
        _ = self._language.gettext
        if person.may_act:
            self._turn_away(
                _("This account may do more than watch."),
                _("A board takes the account of an observer of this place only."),
            )
            return
        if room_face(board, self._room_id) is None:
            self._turn_away(
                _("This account does not see that room."),
                _("Check the name of the room and the places of the account."),
            )
            return
        if self._typed is not None:
            self._keeper.keep(*self._typed)
        self._typed = None
        self.sign_in.forget()
        if self.page is None:
            phrase = Phrase(self._language, board_zone(board))
            wording = RoomWording(Wording(self._language, phrase))
            self.page = BoardPage(self._look, wording)
            self.page.ticket_asked.connect(self._taker.take)
            self.page.change_asked.connect(self._taker.change)
            self.pages.addWidget(self.page)
        self.pages.setCurrentWidget(self.page)
        self.page.setFocus()
        self._show()

    def _turn_away(self, fact: str, advice: str) -> None:
        self._typed = None
        self._keeper.forget()
        self._desk.sign_out()
        trouble = Trouble(fact, self._language.gettext("Nothing is shown."), advice)
        self.sign_in.show_refused(trouble.fact, trouble.rest)

    @Slot(object)
    def _on_left(self, _leaving: object) -> None:
        # What was shown stays, marked as old, until the board is let in again.
        self._taker.stop()
        if self._keeper.account() is not None:
            if self.page is not None:
                self.page.show_lost(self._desk.now())
            self._again.start(0)
        else:
            self._leave_page()

    def _leave_page(self) -> None:
        page, self.page = self.page, None
        self.pages.setCurrentWidget(self.sign_in)
        if page is not None:
            page.stop()
            self.pages.removeWidget(page)
            page.deleteLater()

    # ---------------------------------------------------------------------------------- the room

    @Slot(object, object)
    def _on_freshness(self, _freshness: object, _since: object) -> None:
        self._show()

    @Slot()
    def _show(self) -> None:
        board = self._desk.board
        if self.page is None or board is None:
            return
        freshness, since = self._desk.freshness
        face = room_face(board, self._room_id, since if freshness is Freshness.LOST else None)
        if face is not None:
            self.page.show_face(face)

    @Slot(object)
    def _on_ticket(self, answer: object) -> None:
        if self.page is not None and isinstance(answer, BoardAnswer):
            self.page.show_answer(answer)
