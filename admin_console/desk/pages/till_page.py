"""*Caisse*: the counter, and the closing of a till; one of them is seen."""

from datetime import datetime, timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from admin_console.desk.models.board import Board, Difference
from admin_console.desk.models.freshness import Freshness
from admin_console.desk.models.person import Person
from admin_console.desk.models.till_ask import Doubt
from admin_console.desk.models.till_wish import (
    Close,
    Copy,
    Exchange,
    Export,
    GiveBack,
    Issue,
    Mark,
    Open,
    Paper,
    ReadDoubtful,
    ReadReceipts,
    ReadTills,
    Settle,
    Slip,
    TakeBack,
    Tally,
    TillWish,
)
from admin_console.desk.models.till_wording import TillWording
from admin_console.desk.models.wording import Wording
from admin_console.desk.pages.closing_pane import ClosingPane
from admin_console.desk.pages.counter_pane import CounterPane
from admin_console.desk.pages.page import Page
from admin_console.desk.pages.till_acts import ChooseTarget, TillActs
from admin_console.desk.paper_out import PaperOut
from admin_console.desk.parts.scanner import ScanTarget
from admin_console.desk.parts.site_choice import SiteChoice
from kiosk.look.banner import Banner
from kiosk.look.guard import Guard
from kiosk.look.look import Look
from kiosk.look.trouble import Trouble
from kiosk.wire.hold import DoubtfulHolds, HoldView
from kiosk.wire.till import Tills, TillView

DOUBTS_EVERY = timedelta(minutes=10)
"""A job becomes doubtful after two silent hours: nobody waits for the minute."""


class TillPage(Page):
    """The page. It shows and wishes; whoever owns it asks the hub.

    Signals:
        wished: a `TillWish`; answer with `show_answer`.
    """

    wished = Signal(object)

    icon = "coins"

    def __init__(
        self,
        look: Look,
        guard: Guard,
        wording: Wording,
        board: Board,
        person: Person,
        *,
        out: PaperOut | None = None,
        choose_target: ChooseTarget | None = None,
    ) -> None:
        super().__init__()
        self._board, self._person, self._words = board, person, wording
        self._wording = TillWording(wording.language, wording.phrase)
        self._site_id = self._till_id = ""
        self._tills: tuple[TillView, ...] = ()
        self._is_known = self._is_lost = False
        self._trouble: Trouble | None = None
        self._doubt_trouble: Trouble | None = None
        self._doubts: tuple[HoldView, ...] = ()
        self._now = self._doubts_at = board.now
        self.setProperty("ground", "page")
        self.forbidden = Banner(look, "warning", icon="lock", roomy=True)
        self.counter = CounterPane(look, self._wording)
        self.closing = ClosingPane(look, self._wording, person)
        self.sites = SiteChoice(look, guard, wording.language, self)
        self.acts = TillActs(look, guard, self._wording, self.counter, self, out, choose_target)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.counter)
        self._stack.addWidget(self.closing)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._notice = QWidget()
        frame = QVBoxLayout(self._notice)
        frame.setContentsMargins(24, 20, 24, 0)
        frame.addWidget(self.forbidden)
        frame.addStretch(1)
        column.addWidget(self._notice)
        column.addWidget(self._stack, 1)
        self._connect()
        self.counter.show_time(board.now)
        sites = self._sites()
        if sites:
            self.show_site(sites[0])
        self.retell()

    def _connect(self) -> None:
        till = self.counter.till
        for source in (self.counter, self.closing, self.acts):
            source.wished.connect(self.wished)
        self.sites.chosen.connect(self.show_site)
        till.till_chosen.connect(self.show_till)
        till.close_asked.connect(self.show_closing)
        till.again_asked.connect(self.read)
        self.closing.left.connect(self.show_counter)
        self.closing.slip_asked.connect(self.acts.save_slip)
        self.acts.till_moved.connect(self._on_till_moved)
        self.acts.troubled.connect(self._tell_paper)
        self._words.language.changed.connect(self.retell)

    # ---------------------------------------------------------------------------------- the page

    def title(self) -> str:
        """Return the name of the page."""
        return self._words.language.gettext("Till")

    def parts(self) -> list[QWidget]:
        """Return the parts that are shown, in reading order."""
        if self._is_forbidden():
            return [self]
        return self.counter.parts() if not self.is_closing else self.closing.parts()

    @property
    def is_closing(self) -> bool:
        """Whether the closing is seen."""
        return self._stack.currentWidget() is self.closing

    def cover(self, house: QWidget) -> None:
        """Let the questions lie over the whole house."""
        self.sites.cover(house)
        self.acts.cover(house)

    def filters(self) -> QWidget | None:
        """Return the choice of the site, where there is one."""
        return self.sites.button if self.sites.is_needed() else None

    def scan_target(self) -> ScanTarget | None:
        """Take cards at the counter."""
        is_counter = not self.is_closing and not self._is_forbidden()
        return self.counter.panel if is_counter else None

    def is_writing(self) -> bool:
        """Return whether a drawer is being counted: digits are pieces then, and no card."""
        return self.is_closing

    def settle(self, difference: Difference) -> None:
        """Take over what the hub tells of places."""
        if difference.layout or difference.sites:
            self._show()

    def show_time(self, now: datetime) -> None:
        """Show what depends on the time of day."""
        self._now = now
        self.counter.show_time(now)
        if self._is_known and not self._is_lost and now - self._doubts_at >= DOUBTS_EVERY:
            self._read_doubts()

    def show_freshness(self, freshness: Freshness, since: datetime | None) -> None:
        """Take no money while there is no contact."""
        was_lost, self._is_lost = self._is_lost, freshness is Freshness.LOST
        if was_lost and not self._is_lost:
            self.read()
        elif was_lost != self._is_lost:
            self._show()

    def retell(self) -> None:
        """Say everything again."""
        self.counter.retell()
        self.closing.retell()
        told = self._wording.not_allowed()
        self.forbidden.tell(told.fact, told.rest)
        self._show()

    # --------------------------------------------------------------------------------- the tills

    @property
    def till(self) -> TillView | None:
        """The till that is shown."""
        return next((one for one in self._tills if one.till_id == self._till_id), None)

    def show_site(self, site_id: str) -> None:
        """Serve at another site."""
        self._site_id, self._till_id, self._tills = site_id, "", ()
        self._is_known, self._trouble, self._doubt_trouble = False, None, None
        self._doubts = ()
        self.counter.notice.forget()
        self.show_counter()
        self.read()

    def show_till(self, till_id: str) -> None:
        """Serve at another till of the site."""
        self._till_id = till_id
        self._show()

    def read(self) -> None:
        """Ask how the tills of the site stand."""
        if self._site_id and not self._is_forbidden():
            self.wished.emit(ReadTills(self._site_id))
        self._show()

    def show_counter(self) -> None:
        """Turn to the counter."""
        was_closing = self.is_closing
        self._stack.setCurrentWidget(self.counter)
        if was_closing:
            self.read()
            self.counter.panel.focus_first()

    def show_closing(self) -> None:
        """Turn to the closing of the till."""
        self.closing.show_till(self.till)
        self._stack.setCurrentWidget(self.closing)
        self.closing.begin()

    def receive(self, card: str) -> None:
        """Come to the front with a card that was passed elsewhere."""
        self.shown_asked.emit()
        self.show_counter()
        self.counter.meet(card)

    def _sites(self) -> list[str]:
        sites = sorted(self._board.book.sites(), key=lambda site: not site.staffed)
        mine = [site.site_id for site in sites if self._person.may_cash(site.site_id)]
        return mine or [site.site_id for site in sites]

    def _is_forbidden(self) -> bool:
        return not self._person.may_cash(self._site_id)

    def _show(self) -> None:
        names = {one: self._board.book.site_name(one) for one in self._sites()}
        self.sites.show_sites(names, self._site_id)
        is_forbidden = self._is_forbidden()
        self._notice.setVisible(is_forbidden)
        self._stack.setVisible(not is_forbidden)
        if self._tills and self.till is None:
            self._till_id = next((one.till_id for one in self._tills if one.mine), "")
            self._till_id = self._till_id or self._tills[0].till_id
        self.counter.till.show_tills(
            self._tills,
            self._till_id,
            self._trouble or self._doubt_trouble,
            is_known=self._is_known,
        )
        self.acts.show_doubts(tuple(Doubt(one, self._seat_name(one)) for one in self._doubts))
        stop = self._wording.not_open(self.till) if self._is_known else self._trouble
        if self._is_lost:
            stop = self._wording.no_contact()
        place = self._board.book.site_name(self._site_id)
        self.counter.show_till(self._till_id, place, stop)
        self.acts.serve(self._site_id, self.till)
        self.counter.aside.show_rights(may_reverse=self._person.may_reverse(self._site_id))
        if self.is_closing:
            self.closing.show_till(self.till)

    # ------------------------------------------------------------------------------- the answers

    def show_answer(self, wish: TillWish, answer: object) -> None:
        """Show what came of a wish: an answer of the hub, or a `Failure`."""
        match wish:
            case ReadTills():
                self._on_tills(wish, answer)
            case Tally() | Close():
                self._on_till(answer)
                self.closing.show_answer(wish, answer)
            case ReadDoubtful():
                self._on_doubtful(wish, answer)
            case Open() | TakeBack() | GiveBack() | Settle() | Mark() | Exchange() | Issue():
                self.acts.show_answer(wish, answer)
            case ReadReceipts():
                self.acts.show_receipts(answer)
            case Copy():
                self.acts.show_copy(answer)
            case Paper() | Export() | Slip():
                self.acts.show_sheet(wish, answer)
            case _:
                self.counter.show_answer(wish, answer)

    def _on_tills(self, wish: ReadTills, answer: object) -> None:
        if wish.site_id != self._site_id:
            return
        self._trouble = self._wording.trouble(answer, makes=False)
        if isinstance(answer, Tills):
            self._tills, self._is_known = answer.tills, True
            self._read_doubts()
        self._show()

    def _read_doubts(self) -> None:
        self._doubts_at = self._now
        if not self._is_forbidden():
            self.wished.emit(ReadDoubtful(self._site_id))

    def _on_doubtful(self, wish: ReadDoubtful, answer: object) -> None:
        if wish.site_id != self._site_id:
            return
        self._doubt_trouble = self._wording.trouble(answer, makes=False)
        if isinstance(answer, DoubtfulHolds):
            self._doubts = answer.holds
        self._show()

    def _seat_name(self, hold: HoldView) -> str:
        seat = self._board.book.seat(hold.seat_id) if hold.seat_id is not None else None
        return "" if seat is None else self._words.seat_name(seat.number)

    def _on_till(self, answer: object) -> None:
        if isinstance(answer, TillView):
            self._tills = tuple(
                answer if one.till_id == answer.till_id else one for one in self._tills
            )
            self._show()

    def _on_till_moved(self, till: TillView | None) -> None:
        if till is None:
            self.read()
        self._on_till(till)

    def _tell_paper(self, trouble: Trouble | None) -> None:
        if self.is_closing:
            self.closing.show_paper_trouble(trouble)
        else:
            self.counter.aside.show_trouble(trouble)
