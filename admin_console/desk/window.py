"""The window of the console: the way in, then the rail with the live page."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMainWindow, QStackedWidget, QWidget

from admin_console.desk.desk import Desk, Person
from admin_console.desk.display import Display
from admin_console.desk.models.board import Board, Difference, board_zone
from admin_console.desk.models.entrance import Entrance
from admin_console.desk.models.leaving import Leaving
from admin_console.desk.models.wording import Wording
from admin_console.desk.pages.live_page import LivePage
from admin_console.desk.pages.sign_in_page import SignInPage
from admin_console.desk.parts.display_dialog import DisplayDialog
from admin_console.desk.parts.rail import Rail
from kiosk.hublink.failure import Failure
from kiosk.look.banner import BannerKind
from kiosk.look.focus import FocusRing
from kiosk.look.guard import Guard
from kiosk.look.language import Language
from kiosk.look.look import Look
from kiosk.look.phrase import Phrase
from kiosk.wire.command import CommandBody
from kiosk.wire.desk import CardAnswer, ForecastAnswer, SeatDay, StaffRefused

LEAST = (1280, 800)


class House(QWidget):
    """The rail and the page beside it."""

    def __init__(self, look: Look, language: Language, page: LivePage, person: Person) -> None:
        super().__init__()
        self.setProperty("ground", "page")
        self.page = page
        self.rail = Rail(look, language)
        self.rail.show_person(person.display_name)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.rail)
        row.addWidget(page, 1)
        # While a question stands nobody leaves by the rail either.
        page.question.cover(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go from part to part with F6, as in any window of many parts."""
        if event.key() != Qt.Key.Key_F6:
            super().keyPressEvent(event)
            return
        parts = [self.rail, *self.page.parts()]
        focused = QApplication.focusWidget()
        here = next((n for n, one in enumerate(parts) if focused and one.isAncestorOf(focused)), 0)
        back = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        step = -1 if back else 1
        for count in range(1, len(parts) + 1):
            stop = first_stop(parts[(here + step * count) % len(parts)])
            if stop is not None:
                stop.setFocus(Qt.FocusReason.TabFocusReason)
                return


def first_stop(part: QWidget) -> QWidget | None:
    """Return where the Tab key comes into a part, None where there is nothing to press."""
    for widget in part.findChildren(QWidget):
        takes_tab = bool(widget.focusPolicy().value & Qt.FocusPolicy.TabFocus.value)
        usable = widget.isEnabled() and widget.isVisibleTo(part) and widget.focusProxy() is None
        if takes_tab and usable:
            return widget
    return None


class DeskWindow(QMainWindow):
    """The window: carries the wishes of the pages to the desk, and what the desk tells back."""

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
        desk.commands_moved.connect(self._on_commands)
        desk.inquiry.forecast_told.connect(self._on_forecast)
        desk.inquiry.day_told.connect(self._on_day)
        desk.inquiry.card_told.connect(self._on_card)
        desk.tickets.answered.connect(self._on_ticket)
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
        """End everything with the window."""
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
        page = LivePage(self._look, self._guard, wording, board, may_act=person.may_act)
        page.command_asked.connect(self._on_command_asked)
        page.forecast_asked.connect(self._desk.inquiry.ask_forecast)
        page.day_asked.connect(self._desk.inquiry.ask_day)
        page.card_asked.connect(self._desk.inquiry.ask_card)
        page.commands_asked.connect(self._on_commands)
        page.ticket_asked.connect(self._desk.tickets.change)
        self._display.sign_in(person.account)
        house = House(self._look, self._language, page, person)
        house.rail.sign_out_asked.connect(self._desk.sign_out)
        house.rail.display_asked.connect(self.choices.open)
        self._house = house
        self.pages.addWidget(house)
        self.pages.setCurrentWidget(house)
        self._guard.face_changed()
        self.sign_in.forget()
        page.bar.focus_search()

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
        if self.page is not None:
            self.page.settle(difference)

    @Slot(object)
    def _on_time(self, now: object) -> None:
        if self.page is not None:
            self.page.show_time(self._desk.now())

    @Slot(object, object)
    def _on_freshness(self, _freshness: object, _since: object) -> None:
        if self.page is not None:
            self.page.show_freshness(*self._desk.freshness)

    @Slot(str)
    def _on_commands(self, seat_id: str) -> None:
        if self.page is not None:
            self.page.show_outgoing(seat_id, self._desk.dispatch.outgoing_of(seat_id))

    @Slot(str, int, object)
    def _on_forecast(self, slot_id: str, seconds: int, answer: ForecastAnswer | None) -> None:
        if self.page is not None:
            self.page.show_forecast(slot_id, seconds, answer)

    @Slot(str, object)
    def _on_day(self, seat_id: str, day: SeatDay | None) -> None:
        if self.page is not None:
            self.page.show_day(seat_id, day)

    @Slot(object)
    def _on_card(self, answer: CardAnswer | None) -> None:
        if self.page is not None:
            self.page.show_card(answer)

    @Slot(str, int, object)
    def _on_ticket(self, room_id: str, number: int, answer: object) -> None:
        if self.page is not None:
            self.page.show_ticket_answer(room_id, number, answer)

    # ------------------------------------------------------------------------------ the pages

    @Slot(str, object, object)
    def _on_command_asked(self, seat_id: str, slot_id: str | None, body: CommandBody) -> None:
        self._desk.dispatch.send(seat_id, slot_id, body)
