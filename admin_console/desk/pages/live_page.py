"""*En direct*: the sites, the floor of one of them, and what concerns it or one of its seats."""

import itertools
from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget

from admin_console.desk.models.board import Board, Difference
from admin_console.desk.models.freshness import Freshness
from admin_console.desk.models.notice import Notice, next_free, notices
from admin_console.desk.models.noting import Noting
from admin_console.desk.models.outgoing import Outgoing
from admin_console.desk.models.seat_day import day_face, day_total
from admin_console.desk.models.seat_model import SeatModel
from admin_console.desk.models.site_model import SiteModel
from admin_console.desk.models.stand import SeatStand
from admin_console.desk.models.telling import Telling
from admin_console.desk.models.wording import Wording
from admin_console.desk.pages.outlook import Outlook
from admin_console.desk.pages.page import Page
from admin_console.desk.parts.end_question import EndQuestion
from admin_console.desk.parts.finder import Finder
from admin_console.desk.parts.overview_panel import OverviewPanel
from admin_console.desk.parts.seat_panel import SeatPanel
from admin_console.desk.parts.site_view import SiteView
from admin_console.desk.parts.sites_column import SitesColumn
from admin_console.desk.parts.top_bar import TopBar
from admin_console.desk.parts.wishes import SeatWishes
from kiosk.look.guard import Guard
from kiosk.look.look import Look
from kiosk.wire.command import AnswerHelp, EndSlot
from kiosk.wire.desk import CardAnswer, ForecastAnswer, SeatDay


class LivePage(Page):
    """The page. It shows the board and wishes; whoever owns it decides and asks.

    Signals:
        command_asked: seat id, slot id or None, and the body of a command.
        forecast_asked: slot id and seconds more.
        day_asked: the id of a seat whose day is wanted.
        card_asked: a card whose seat is wanted.
        commands_asked: the id of a seat whose outgoing commands are to be shown.
        ticket_asked: room id, ticket number and what is to become of it, a `TicketAct`.
    """

    command_asked = Signal(str, object, object)
    forecast_asked = Signal(str, int)
    day_asked = Signal(str)
    card_asked = Signal(str)
    commands_asked = Signal(str)
    ticket_asked = Signal(str, int, object)

    icon = "activity"

    def __init__(
        self,
        look: Look,
        guard: Guard,
        wording: Wording,
        board: Board,
        bar: TopBar,
        *,
        may_act: bool,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._board, self._wording = board, wording
        self._telling = Telling(wording.language, wording.phrase)
        self._may_act = may_act
        self._site_id, self._seat_id = "", ""
        self._day: SeatDay | None = None
        self._outgoing: tuple[Outgoing, ...] = ()
        self.setProperty("ground", "page")
        self.site_model = SiteModel(board, wording, self)
        self.seat_model = SeatModel(board, wording, self)
        self.bar = bar
        if may_act:
            self.bar.expect_cards()
        self.finder = Finder(self.bar, board, wording, lambda: self._site_id, cards=may_act)
        self.sites = SitesColumn(look, wording, self.site_model)
        self.view = SiteView(look, wording, self.seat_model, board.book)
        noting = Noting(wording, board.book.site_name)
        self.overview = OverviewPanel(look, wording, noting, board.book.room_name)
        self.panel = SeatPanel(look, wording, self._telling)
        self.panel.hide()
        self._wishes = SeatWishes(self.panel, self._stand, may_act=may_act)
        self._outlook = Outlook(self.panel, self._stand, wording, self._telling, may_act=may_act)
        self.question = EndQuestion(look, guard, wording, self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.sites)
        row.addWidget(self.view, 1)
        row.addWidget(self.overview)
        row.addWidget(self.panel)
        self._connect()
        sites = board.sites()
        if sites:
            self.show_site(sites[0].site_id)
        self.show_time(board.now)

    def _connect(self) -> None:
        self.sites.site_chosen.connect(self.show_site)
        self.view.seat_chosen.connect(self.show_seat)
        self.overview.seat_chosen.connect(self.show_seat_of)
        self.overview.help_answered.connect(self._on_call_answered)
        self.overview.left.connect(self.view.take_focus)
        self.overview.waiting.act_asked.connect(self.ticket_asked)
        self.finder.found.connect(self._on_found)
        self.finder.ticket_found.connect(self._on_ticket_found)
        self.finder.card_asked.connect(self.card_asked)
        panel = self.panel
        panel.close_asked.connect(self.close_seat)
        self._outlook.asked.connect(self.forecast_asked)
        self._outlook.extended.connect(self._wishes.send)
        panel.end_asked.connect(self._on_end_asked)
        self._wishes.asked.connect(self.command_asked)
        self.question.confirmed.connect(self._on_end)
        self._wording.language.changed.connect(self.retell)
        self.site_model.modelReset.connect(self._order_stops)
        self.seat_model.modelReset.connect(self._order_stops)
        self.overview.rebuilt.connect(self._order_stops)

    # -------------------------------------------------------------------------------- showing

    @property
    def board(self) -> Board:
        """What is shown."""
        return self._board

    @property
    def seat_id(self) -> str:
        """The seat that is chosen, empty when none is."""
        return self._seat_id

    @property
    def site_id(self) -> str:
        """The site whose floor is shown."""
        return self._site_id

    def show_site(self, site_id: str) -> None:
        """Show the floor of another site; no seat is chosen there."""
        if site_id == self._site_id or self._board.site(site_id) is None:
            return
        self.close_seat()
        self._site_id = site_id
        self.seat_model.show_site(site_id)
        self.sites.show_chosen(site_id)
        self._show_site()

    def show_seat_of(self, site_id: str, seat_id: str) -> None:
        """Show a seat wherever it stands."""
        self.show_site(site_id)
        self.show_seat(seat_id)

    def show_seat(self, seat_id: str) -> None:
        """Choose a seat of the site that is shown."""
        stand = self._board.seat(seat_id)
        if stand is None or stand.site_id != self._site_id:
            return
        if seat_id == self._seat_id:
            self.view.show_chosen(seat_id)
            return
        self._seat_id = seat_id
        self._day = None
        self._outgoing = ()
        self._outlook.forget()
        self.question.dismiss()
        self.view.show_chosen(seat_id)
        self._show_panel()
        self.panel.show_day(None, "", ())
        self.commands_asked.emit(seat_id)
        self._show_commands(quietly=True)
        self.day_asked.emit(seat_id)

    def close_seat(self) -> None:
        """Choose no seat; the keyboard goes back to the floor."""
        if not self._seat_id:
            return
        seat_id, self._seat_id = self._seat_id, ""
        focused = QApplication.focusWidget()
        had_focus = focused is not None and self.panel.isAncestorOf(focused)
        self.question.dismiss()
        self.panel.hide()
        self.overview.show()
        self.view.show_chosen("")
        if had_focus:
            self.view.focus_seat(seat_id)

    def settle(self, difference: Difference) -> None:
        """Take over what became different on the board; nothing else is touched."""
        self.site_model.settle(difference)
        self.seat_model.settle(difference)
        if self._board.site(self._site_id) is None:
            self._lose_site()
            return
        self._show_site()
        if self._seat_id and self._seat_id in difference.seats:
            if self._board.seat(self._seat_id) is None:
                self.close_seat()
                return
            before = self.panel.stand
            self._show_panel()
            now = self.panel.stand
            # The day has a new line where the slot, or whether there is one, became another.
            if before is not None and now is not None and before.slot_id != now.slot_id:
                self.day_asked.emit(self._seat_id)
        if self._site_id in difference.layout:
            self.view.show_chosen(self._seat_id)

    def title(self) -> str:
        """Return the name of the page."""
        return self._wording.language.gettext("Live")

    def cover(self, house: QWidget) -> None:
        """Let the question lie over the whole house."""
        self.question.cover(house)

    def is_writing(self) -> bool:
        """Return whether a message is being written."""
        return self.panel.is_writing()

    def show_time(self, now: datetime) -> None:
        """Show what depends on the time of day alone."""
        if self._board.tickets_of(self._site_id):
            self._show_site()
        if self._seat_id:
            self._show_day()
            self._show_commands()

    def show_freshness(self, freshness: Freshness, since: datetime | None) -> None:
        """Show how far the page may be trusted."""
        self.view.show_lost(since if freshness is Freshness.LOST else None)

    def show_forecast(self, slot_id: str, seconds: int, answer: ForecastAnswer | None) -> None:
        """Show what more time would do, where it is still the question."""
        self._outlook.show(slot_id, seconds, answer)

    def show_day(self, seat_id: str, day: SeatDay | None) -> None:
        """Show how the day of the chosen seat went."""
        if seat_id == self._seat_id and day is not None:
            self._day = day
            self._show_day()

    def show_card(self, answer: CardAnswer | None) -> None:
        """Show where the card that was asked for sits; None where no answer came."""
        self.finder.show_card(answer)

    def show_ticket_answer(self, room_id: str, number: int, answer: object) -> None:
        """Show what came of a wish for a ticket: an answer of the hub, or a `Failure`."""
        self.overview.waiting.show_answer(room_id, number, answer)

    def show_outgoing(self, seat_id: str, outgoing: Sequence[Outgoing]) -> None:
        """Show the commands of the chosen seat, those on their way among them."""
        if seat_id == self._seat_id:
            self._outgoing = tuple(outgoing)
            self._show_commands()

    def retell(self) -> None:
        """Say everything again."""
        self.site_model.retell()
        self.seat_model.retell()
        if self._seat_id:
            self._show_panel()
            self._outlook.tell()
            self._show_day()
            self._show_commands(quietly=True)
        self._order_stops()

    def parts(self) -> list[QWidget]:
        """Return the parts of the page that are shown, in reading order."""
        shown = [self.sites, self.view, self.overview, self.panel]
        return [part for part in shown if part.isVisibleTo(self)]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close what is open with Escape: what is being written first, then the panel."""
        if event.key() == Qt.Key.Key_Escape and self._seat_id:
            if self.panel.is_asking():
                self.panel.give_up()
            else:
                self.close_seat()
            return
        super().keyPressEvent(event)

    def _order_stops(self) -> None:
        """Let the Tab key follow the eye: sites, middle, panel."""
        stops = [*self.sites.cards.values(), *self.view.tab_stops()]
        stops += [*self.overview.tab_stops(), *self.panel.tab_stops()]
        for first, second in itertools.pairwise(stops):
            QWidget.setTabOrder(first, second)

    def _stand(self) -> SeatStand | None:
        return self._board.seat(self._seat_id) if self._seat_id else None

    def _on_found(self, site_id: str, seat_id: str) -> None:
        self.shown_asked.emit()
        self.show_seat_of(site_id, seat_id)
        self.view.focus_seat(seat_id)

    def _on_ticket_found(self, site_id: str, room_id: str, number: int) -> None:
        self.shown_asked.emit()
        self.show_site(site_id)
        self.overview.waiting.open_ticket(room_id, number)

    def _lose_site(self) -> None:
        self.close_seat()
        self._site_id = ""
        sites = self._board.sites()
        if sites:
            self.show_site(sites[0].site_id)

    def _show_site(self) -> None:
        tally = self._board.site(self._site_id)
        if tally is None:
            return
        self.view.show_site(tally)
        found = next_free(self._board, self._site_id)
        told = notices(self._board, self._site_id)
        lists = self._board.tickets_of(self._site_id)
        self.overview.show_overview(self._site_id, found, told, lists, may_act=self._may_act)

    def _show_panel(self) -> None:
        stand = self._stand()
        tally = self._board.site(self._site_id)
        if stand is None or tally is None:
            return
        self.panel.show_seat(stand, may_act=self._may_act, staffed=tally.staffed)
        self.overview.hide()
        if self.panel.isHidden():
            self.panel.show()
            self._order_stops()
        if self.question.slot_id not in {None, stand.slot_id}:
            self.question.dismiss()
        self._outlook.follow(stand)

    def _show_day(self) -> None:
        stand, day = self._stand(), self._day
        if stand is None or day is None:
            return
        times = self._board.times_of(stand.room_id)
        face = day_face(day, stand, times, self._board.now)
        lines = [told for line in day.lines if (told := self._telling.day_line(line)) is not None]
        self.panel.show_day(face, day_total(day, self._wording, self._board.now), lines)

    def _show_commands(self, *, quietly: bool = False) -> None:
        known = self._board.book.commands_of(self._seat_id)
        shown = self._telling.last(known, self._outgoing, self._board.now)
        self.panel.show_commands(shown, quietly=quietly)

    # --------------------------------------------------------------------------------- wishes

    def _on_call_answered(self, notice: Notice) -> None:
        if self._may_act:
            self.command_asked.emit(notice.seat_id, notice.slot_id, AnswerHelp())

    def _on_end_asked(self) -> None:
        stand = self._stand()
        if stand is not None and stand.slot_id is not None:
            self.question.ask(stand)

    def _on_end(self, seat_id: str, slot_id: str) -> None:
        # The question was about that visitor: the command names their slot and no other.
        self.command_asked.emit(seat_id, slot_id, EndSlot())
