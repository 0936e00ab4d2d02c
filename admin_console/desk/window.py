"""The window of the console: the way in, then the house with its pages."""

from PySide6.QtCore import Slot
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QMainWindow, QStackedWidget

from admin_console.desk.desk import Desk
from admin_console.desk.display import Display
from admin_console.desk.house import House
from admin_console.desk.models.board import Board, Difference, board_zone
from admin_console.desk.models.entrance import Entrance
from admin_console.desk.models.leaving import Leaving
from admin_console.desk.models.person import Person
from admin_console.desk.models.wording import Wording
from admin_console.desk.pages.journal_page import JournalPage
from admin_console.desk.pages.live_page import LivePage
from admin_console.desk.pages.page import Page
from admin_console.desk.pages.reception_page import ReceptionPage
from admin_console.desk.pages.settings_page import SettingsPage
from admin_console.desk.pages.sign_in_page import SignInPage
from admin_console.desk.pages.till_page import TillPage
from admin_console.desk.pages.workshop_page import WorkshopPage
from admin_console.desk.parts.display_dialog import DisplayDialog
from admin_console.desk.parts.top_bar import TopBar
from admin_console.desk.ties.journal_tie import JournalTie
from admin_console.desk.ties.live_tie import LiveTie
from admin_console.desk.ties.reception_tie import ReceptionTie
from admin_console.desk.ties.settings_tie import SettingsTie
from admin_console.desk.ties.till_tie import TillTie
from admin_console.desk.ties.workshop_tie import WorkshopTie
from kiosk.hublink.failure import Failure
from kiosk.look.banner import BannerKind
from kiosk.look.focus import FocusRing
from kiosk.look.guard import Guard
from kiosk.look.language import Language
from kiosk.look.look import Look
from kiosk.look.phrase import Phrase
from kiosk.wire.desk import StaffRefused

LEAST = (1280, 800)


class DeskWindow(QMainWindow):
    """The window: tells the house what the desk tells, and leads in and out."""

    def __init__(
        self,
        desk: Desk,
        look: Look,
        guard: Guard,
        language: Language,
        display: Display,
        user: str = "",
    ) -> None:
        super().__init__()
        self._desk, self._look, self._guard, self._language = desk, look, guard, language
        self._display = display
        self._entrance = Entrance(language)
        self._house: House | None = None
        self.setMinimumSize(*LEAST)
        self.sign_in = SignInPage(look, language, user)
        self.pages = QStackedWidget()
        self.pages.addWidget(self.sign_in)
        self.setCentralWidget(self.pages)
        FocusRing(look, self)
        self.sign_in.sign_in_asked.connect(desk.sign_in)
        self.choices = DisplayDialog(look, guard, language, display, self.pages)
        self.sign_in.display_asked.connect(self.choices.open)
        self.sign_in.language_asked.connect(display.use_language)
        desk.sign_in_refused.connect(self._on_refused)
        desk.sign_in_failed.connect(self._on_failed)
        desk.opened.connect(self._on_opened)
        desk.left.connect(self._on_left)
        desk.settled.connect(self._on_settled)
        desk.time_passed.connect(self._on_time)
        desk.freshness_changed.connect(self._on_freshness)
        language.changed.connect(self.retell)
        self.retell()

    @property
    def page(self) -> LivePage | None:
        """The live page, while somebody is signed in."""
        return self._house.page if self._house is not None else None

    def retell(self) -> None:
        """Name the window."""
        self.setWindowTitle(self._language.gettext("Créneau, staff console"))

    def closeEvent(self, event: QCloseEvent) -> None:
        """End everything with the window; ask first where something written would be lost."""
        house = self._house
        if house is not None and house.is_held():
            event.ignore()
            house.shown.leave(self.close)
            return
        self.sign_in.stop()
        self._desk.stop()
        super().closeEvent(event)

    # ------------------------------------------------------------------------------- the desk

    @Slot(object)
    def _on_refused(self, refused: StaffRefused) -> None:
        fact, sentence = self._entrance.refused(refused)
        self.sign_in.show_refused(fact, sentence, refused.retry_seconds)

    @Slot(object)
    def _on_failed(self, failure: Failure) -> None:
        self.sign_in.show_notice("danger", *self._entrance.failed(failure))

    @Slot(object, object)
    def _on_opened(self, person: Person, board: Board) -> None:
        wording = Wording(self._language, Phrase(self._language, board_zone(board)))
        bar = TopBar(self._look, self._language, wording.phrase)
        page = LivePage(self._look, self._guard, wording, board, bar, may_act=person.may_act)
        LiveTie(page, self._desk)
        self._display.sign_in(person.account)
        others: list[Page] = []
        if person.may_receive:
            others.append(self._make_reception(wording, board, page, person))
        if person.may_serve:
            others.append(self._make_till(wording, board, person))
        others.append(self._make_workshops(wording, board, person))
        if person.may_read_journal:
            others.append(self._make_journal(wording, board))
        others.append(self._make_settings(wording, board, person))
        house = House(self._look, self._language, page, person, others)
        house.sign_out_asked.connect(self._desk.sign_out)
        house.rail.display_asked.connect(self.choices.open)
        self._house = house
        self.pages.addWidget(house)
        self.pages.setCurrentWidget(house)
        self._guard.face_changed()
        self.sign_in.forget()
        bar.focus_search()

    def _make_reception(
        self, wording: Wording, board: Board, live: LivePage, person: Person
    ) -> ReceptionPage:
        page = ReceptionPage(
            self._look, self._guard, wording, board, may_import=person.may_import
        )  # fmt: skip
        ReceptionTie(page, self._desk)
        # A card that sits nowhere is met at the front desk, from whatever page it was passed.
        live.finder.leads_on = True
        live.finder.person_found.connect(page.receive)
        return page

    def _make_till(self, wording: Wording, board: Board, person: Person) -> TillPage:
        page = TillPage(self._look, self._guard, wording, board, person)
        TillTie(page, self._desk)
        return page

    def _make_workshops(self, wording: Wording, board: Board, person: Person) -> WorkshopPage:
        new_id = self._desk.workshops.new_id
        page = WorkshopPage(self._look, self._guard, wording, board, person, new_id)
        WorkshopTie(page, self._desk)
        return page

    def _make_journal(self, wording: Wording, board: Board) -> JournalPage:
        page = JournalPage(self._look, self._guard, wording, board)
        JournalTie(page, self._desk)
        return page

    def _make_settings(self, wording: Wording, board: Board, person: Person) -> SettingsPage:
        page = SettingsPage(self._look, self._guard, wording, board, person)
        SettingsTie(page, self._desk)
        return page

    @Slot(object)
    def _on_left(self, leaving: Leaving) -> None:
        house, self._house = self._house, None
        self.choices.dismiss()
        self._display.sign_out()
        self.pages.setCurrentWidget(self.sign_in)
        self._guard.face_changed()
        if house is not None:
            self.pages.removeWidget(house)
            house.hide()
            house.deleteLater()
        kind: BannerKind = "info" if leaving is Leaving.ASKED else "warning"
        self.sign_in.show_notice(kind, *self._entrance.left(leaving))

    @Slot(object)
    def _on_settled(self, difference: Difference) -> None:
        if self._house is not None:
            self._house.settle(difference)

    @Slot(object)
    def _on_time(self, now: object) -> None:
        if self._house is not None:
            self._house.show_time(self._desk.now())

    @Slot(object, object)
    def _on_freshness(self, _freshness: object, _since: object) -> None:
        if self._house is not None:
            self._house.show_freshness(*self._desk.freshness)
