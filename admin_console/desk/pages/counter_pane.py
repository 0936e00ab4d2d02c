"""The counter of a till: a card, what is added to it, what moved on it, its receipt, the till."""

from datetime import date, datetime

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from admin_console.desk.models.till_wish import FindCard, ReadMoves, Take, TillWish
from admin_console.desk.models.till_wording import TillWording
from admin_console.desk.parts.line import grown
from admin_console.desk.parts.moves_panel import MovesPanel
from admin_console.desk.parts.print_card import PrintCardPanel
from admin_console.desk.parts.receipt_aside import ReceiptAside
from admin_console.desk.parts.till_card import TillCard
from admin_console.desk.parts.till_notice import TillNotice
from admin_console.desk.parts.top_up_panel import TopUpPanel
from kiosk.look.announce import announce
from kiosk.look.look import Look
from kiosk.look.scroll import ScrollBox
from kiosk.look.trouble import Trouble
from kiosk.wire.money import (
    CardState,
    MoneyFault,
    MoneyRefused,
    PrintCardView,
    ReceiptView,
    StatementLine,
    StatementPage,
    ToppedUp,
)

RIGHT_WIDTH, MORE = 372, 70
SIDE, GAP, TOP = 24, 18, 20

STOPS = {
    CardState.BLOCKED: MoneyFault.CARD_BLOCKED,
    CardState.REPLACED: MoneyFault.CARD_REPLACED,
    CardState.EXPIRED: MoneyFault.CARD_EXPIRED,
}


class CounterPane(QWidget):
    """The pane.

    Signals:
        wished: a `TillWish`.
        taken: the `ReceiptView` of money that has just been taken.
    """

    wished = Signal(object)
    taken = Signal(object)

    def __init__(self, look: Look, wording: TillWording) -> None:
        super().__init__()
        self._look, self._wording = look, wording
        self._number = ""
        self._till_id = self._place = ""
        self._stop: Trouble | None = None
        self._now: datetime | None = None
        self._at: datetime | None = None
        self._sent: Take | None = None
        self.card: PrintCardView | None = None
        self.lines: list[StatementLine] = []
        self._has_more = False
        self._is_new = False
        self.notice = TillNotice(look, wording)
        self.panel = PrintCardPanel(look, wording)
        self.top_up = TopUpPanel(look, wording)
        self.moves = MovesPanel(look, wording)
        self.aside = ReceiptAside(look, wording)
        self.till = TillCard(look, wording)
        self._focus = QTimer(self)
        self._focus.setSingleShot(True)
        self._focus.timeout.connect(self.top_up.focus_first)
        self._build()
        self.panel.card_entered.connect(self.meet)
        self.panel.other_asked.connect(self.leave_card)
        self.top_up.edited.connect(self._on_edited)
        self.top_up.take_asked.connect(self._on_take)
        self.moves.more_asked.connect(self._on_more)
        look.changed.connect(self._arrange)
        self._arrange()
        self.leave_card()

    def _build(self) -> None:
        left, right = QWidget(), QWidget()
        main = QVBoxLayout(left)
        main.setContentsMargins(SIDE, TOP, GAP // 2, TOP)
        main.setSpacing(GAP)
        for part in (self.notice, self.panel, self.top_up):
            main.addWidget(part)
        main.addWidget(self.moves, 1)
        beside = QVBoxLayout(right)
        beside.setContentsMargins(GAP // 2, TOP, SIDE, TOP)
        beside.setSpacing(GAP)
        beside.addWidget(self.aside)
        beside.addWidget(self.till)
        beside.addStretch(1)
        self.left_box, self.right_box = ScrollBox(self._look), ScrollBox(self._look)
        self.left_box.set_content(left)
        self.right_box.set_content(right)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 8)
        row.setSpacing(0)
        row.addWidget(self.left_box, 1)
        row.addWidget(self.right_box)

    def parts(self) -> list[QWidget]:
        """Return the parts in reading order."""
        return [self.panel, self.top_up, self.moves, self.aside, self.till]

    # ------------------------------------------------------------------------------ the showing

    def show_till(self, till_id: str, place: str, stop: Trouble | None) -> None:
        """Take money at a till of a place; `stop` says why none can be taken."""
        if till_id != self._till_id:
            self.aside.show_nothing()
            # The number of a paper receipt is one of the book of its till.
            self.top_up.use(self.top_up.draft.note(None))
        self._till_id, self._place, self._stop = till_id, place, stop
        self._show_stop()

    def show_time(self, now: datetime) -> None:
        """Show what depends on the time of day."""
        self._now = now

    def show_receipt(self, receipt: ReceiptView, *, is_new: bool) -> None:
        """Show a receipt beside the card."""
        self._is_new = is_new
        self.aside.show_receipt(receipt, is_new=is_new)

    def retell(self) -> None:
        """Say everything again."""
        receipt = self.aside.receipt
        for part in (self.notice, self.panel, self.top_up, self.moves, self.aside):
            part.retell()
        self._show_lines()
        if receipt is not None:
            self.show_receipt(receipt, is_new=self._is_new)
        else:
            self._preview()

    def today(self) -> date:
        """Return the day of the place."""
        return self._wording.phrase.local_date(self._now) if self._now is not None else date.min

    # --------------------------------------------------------------------------------- the card

    def meet(self, number: str) -> None:
        """Begin with a card."""
        self._forget()
        self._number, self._at = number, self._now
        self.panel.who.show_masked(f"•••• {number[-4:]}")
        self.panel.show_asking()
        self.wished.emit(FindCard(number))

    def leave_card(self) -> None:
        """Wait for the next card."""
        self._forget()
        self.panel.show_field()
        self.panel.focus_first()

    def take_card(self, card: PrintCardView) -> None:
        """Show how a card stands now, and read what moved on it."""
        self.card = card
        self.panel.show_card(card, self._at)
        self.top_up.show_balance(card.balance_cents)
        self._show_stop()
        self.wished.emit(ReadMoves(card.card_id))

    def _forget(self) -> None:
        self._number, self.card, self._has_more = "", None, False
        self._sent = None
        self.lines = []
        self.top_up.change_card()
        self.top_up.show_busy(busy=False)
        self.top_up.show_balance(None)
        self.aside.show_nothing()
        self.notice.forget_done()
        self._show_stop()
        self._show_lines()

    def _show_stop(self) -> None:
        stop, card = self._stop, self.card
        fault = STOPS.get(card.state) if card is not None else None
        if stop is None and fault is not None:
            stop = self._wording.faults.fault(MoneyRefused(fault=fault))
        self.top_up.show_stop(stop)

    # ------------------------------------------------------------------------------ the answers

    def show_answer(self, wish: TillWish, answer: object) -> None:
        """Show what came of a wish of this pane."""
        match wish:
            case FindCard(number) if number == self._number:
                self._on_found(answer)
            case ReadMoves(card_id, before) if self.card and card_id == self.card.card_id:
                self._on_moves(before, answer)
            case Take() if wish == self._sent:
                self._on_taken(answer)

    def _on_found(self, answer: object) -> None:
        trouble = self._wording.trouble(answer, makes=False)
        if isinstance(answer, PrintCardView):
            self.take_card(answer)
            # The part has just been laid out: the keyboard follows once it is there.
            self._focus.start()
            credit = self._wording.money(answer.balance_cents)
            announce(self, f"{self._wording.card_name(answer)}, {credit}")
        elif trouble is not None:
            self.panel.show_trouble(trouble)
            announce(self, trouble.whole, urgent=True)

    def _on_moves(self, before: int | None, answer: object) -> None:
        if isinstance(answer, StatementPage):
            self.lines = [*(self.lines if before is not None else []), *answer.lines]
            self._has_more = answer.more
            self._show_lines()

    def _on_taken(self, answer: object) -> None:
        self._sent = None
        self.top_up.show_busy(busy=False)
        trouble = self._wording.trouble(answer, makes=True)
        if isinstance(answer, ToppedUp):
            self.top_up.begin_again()
            self.take_card(answer.card)
            if answer.receipt is not None:
                self.show_receipt(answer.receipt, is_new=True)
                self.taken.emit(answer.receipt)
            announce(self, self.aside.done.plain())
            self.panel.focus_first()
        elif trouble is not None:
            self.top_up.show_trouble(trouble)
            announce(self, trouble.whole, urgent=True)

    # ---------------------------------------------------------------------------------- the hand

    def _on_edited(self) -> None:
        self._preview()

    def _preview(self) -> None:
        draft, card = self.top_up.draft, self.card
        if card is None or not draft.cents:
            self.aside.show_nothing()
            return
        time = self._wording.phrase.time(self._now) if self._now is not None else ""
        self.aside.show_draft(draft, card, self._place, time)

    def _on_take(self) -> None:
        draft, card = self.top_up.draft, self.card
        if card is None or self._sent is not None or self._stop is not None:
            return
        handed = draft.handed if isinstance(draft.handed, int) else None
        self._sent = Take(
            self._till_id, self._number, draft.cents, draft.means, handed, draft.paper
        )
        self.top_up.show_busy(busy=True)
        self.wished.emit(self._sent)

    def _on_more(self) -> None:
        if self.card is not None and self.lines:
            self.wished.emit(ReadMoves(self.card.card_id, self.lines[-1].number))

    def _show_lines(self) -> None:
        self.moves.show_lines(self.lines, self.today(), more=self._has_more)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Follow the window."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        self.right_box.setFixedWidth(grown(self._look, RIGHT_WIDTH, MORE) + SIDE + GAP // 2)
