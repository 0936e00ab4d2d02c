"""What is done at a till by way of a form, a list or a sheet of paper."""

from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from admin_console.desk.models.till_ask import Ask, Doubt
from admin_console.desk.models.till_asking import TillAsking, Wrong
from admin_console.desk.models.till_wish import (
    Copy,
    Exchange,
    Export,
    Issue,
    Paper,
    ReadDoubtful,
    ReadReceipts,
    Settle,
    Slip,
    TillWish,
)
from admin_console.desk.models.till_wording import TillWording
from admin_console.desk.pages.counter_pane import CounterPane
from admin_console.desk.paper_out import PaperOut
from admin_console.desk.parts.receipt_list import ReceiptList
from admin_console.desk.parts.till_form import TillForm
from kiosk.hublink.failure import Failure
from kiosk.look.guard import Guard
from kiosk.look.look import Look
from kiosk.look.trouble import Trouble
from kiosk.wire.hold import HoldView, PagesRefunded
from kiosk.wire.money import PostingReversed, PrintCardView, ReceiptView
from kiosk.wire.till import PaperForm, ReceiptPage, TillClosed, TillView

ChooseTarget = Callable[[str, str], Path | None]
"""Asks where a file goes, under a title and with a proposed name; None where nowhere."""

Read = Callable[[Mapping[str, str]], TillWish | Wrong]


class TillActs(QObject):
    """The acts. `serve` says for which till.

    Attributes:
        form: the small form over the page.
        receipts: the list of receipts.

    Signals:
        wished: a `TillWish`; answer with `show_answer`, or `show_sheet` where it is a sheet.
        till_moved: a till stands otherwise; the `TillView` where that is known, else None.
        troubled: what did not work with paper, or None where it did.
    """

    wished = Signal(object)
    till_moved = Signal(object)
    troubled = Signal(object)

    def __init__(
        self,
        look: Look,
        guard: Guard,
        wording: TillWording,
        counter: CounterPane,
        page: QWidget,
        out: PaperOut | None = None,
        choose_target: ChooseTarget | None = None,
    ) -> None:
        super().__init__(page)
        self._wording, self._counter, self._page = wording, counter, page
        self._asks = TillAsking(wording)
        self._out = out or PaperOut(parent=self)
        self._choose_target = choose_target or self._ask_for_target
        self._site_id = ""
        self._till: TillView | None = None
        self._doubts: tuple[Doubt, ...] = ()
        self._wish: TillWish | None = None
        self._settling: tuple[Doubt, ...] = ()
        self._target: Path | None = None
        self.form = TillForm(look, guard, wording.language, page)
        self.receipts = ReceiptList(look, guard, wording, page)
        panel, aside = counter.panel, counter.aside
        counter.till.open_asked.connect(self._on_open)
        counter.till.export_asked.connect(self._on_export)
        counter.taken.connect(self._on_taken)
        counter.till.paper_asked.connect(self._on_paper_asked)
        counter.till.doubts_asked.connect(self._on_doubts)
        counter.moves.refund_asked.connect(self._on_refund)
        panel.issue_asked.connect(self._on_issue)
        panel.block_asked.connect(self._on_mark)
        panel.exchange_asked.connect(self._on_exchange)
        aside.print_asked.connect(self._on_print)
        aside.keep_asked.connect(self._on_keep)
        aside.back_asked.connect(self._on_back)
        aside.list_asked.connect(self._on_list)
        self.receipts.chosen.connect(self._on_receipt)
        self.receipts.more_asked.connect(self._on_older)
        self._out.printed.connect(self._on_printed)

    def serve(self, site_id: str, till: TillView | None) -> None:
        """Act at a till of a site."""
        self._site_id, self._till = site_id, till

    def show_doubts(self, doubts: tuple[Doubt, ...]) -> None:
        """Offer to settle print jobs of which no answer came."""
        self._doubts = doubts
        self._counter.till.show_doubts(len(doubts))

    def cover(self, house: QWidget) -> None:
        """Let the questions lie over the whole house."""
        self.form.cover(house)
        self.receipts.cover(house)

    def save_slip(self, closed: TillClosed) -> None:
        """Have the payment slip of a closing in a file."""
        _ = self._wording.language.gettext
        name = f"{closed.till_id}_{closed.session:06d}.pdf"
        self._target = self._choose_target(_("Save the payment slip"), name)
        if self._target is not None:
            self.wished.emit(Slip(closed.till_id, closed.session))

    # ------------------------------------------------------------------------------- the answers

    def show_answer(self, wish: TillWish, answer: object) -> None:
        """Show what came of what a form wished."""
        if wish != self._wish:
            return
        self._wish = None
        if isinstance(wish, Settle) and not isinstance(answer, Failure):
            # Settled here, or refused because it was settled elsewhere: either way fewer wait.
            self.wished.emit(ReadDoubtful(wish.site_id))
        trouble = self._wording.trouble(answer, makes=True)
        if trouble is not None:
            self.form.show_trouble(trouble)
            return
        self.form.dismiss()
        if isinstance(answer, TillView):
            self.till_moved.emit(answer)
        if isinstance(wish, Issue | Exchange):
            self._counter.meet(wish.number)
        elif isinstance(answer, PrintCardView):
            self._counter.take_card(answer)
        elif isinstance(answer, PostingReversed):
            card = self._counter.card
            if card is not None and card.card_id == answer.card.card_id:
                self._counter.take_card(answer.card)
            if answer.receipt is not None:
                self._counter.show_receipt(answer.receipt, is_new=True)
            self.till_moved.emit(None)
        elif isinstance(answer, PagesRefunded):
            self._on_refunded(answer)
        elif isinstance(answer, HoldView):
            self._on_settled(answer)

    def _on_refunded(self, answer: PagesRefunded) -> None:
        _ = self._wording.language.gettext
        hold, notice = answer.hold, self._counter.notice
        if hold.card is not None:
            self._counter.take_card(hold.card)
        fact = self._wording.refunded(answer.refunded_cents, hold.card)
        notice.tell_done(fact, _("The till is not touched."))
        if answer.check_printer:
            notice.tell_printer(hold.printer)

    def _on_settled(self, after: HoldView) -> None:
        held = next(one.hold for one in self._settling if one.hold.hold_id == after.hold_id)
        card = self._counter.card
        if card is not None and after.card is not None and card.card_id == after.card.card_id:
            self._counter.take_card(after.card)
        self._counter.notice.tell_done(self._wording.settled(held, after))

    def show_receipts(self, answer: object) -> None:
        """Show receipts in the list."""
        trouble = self._wording.trouble(answer, makes=False)
        if isinstance(answer, ReceiptPage):
            self.receipts.add(answer.receipts, more=answer.more)
        elif trouble is not None:
            self.receipts.show_trouble(trouble)

    def show_copy(self, answer: object) -> None:
        """Show a copy of a receipt, and print it."""
        trouble = self._wording.trouble(answer, makes=True)
        if isinstance(answer, ReceiptView):
            self._counter.show_receipt(answer, is_new=False)
            self._print(answer)
        elif trouble is not None:
            self._counter.aside.show_trouble(trouble)

    def show_sheet(self, wish: Paper | Export | Slip, answer: object) -> None:
        """Print a sheet, or keep it in its file."""
        trouble: Trouble | None = None
        if isinstance(answer, Failure) or not isinstance(answer, bytes):
            trouble = self._wording.no_paper()
        elif isinstance(wish, Paper) and wish.prints:
            self._out.print_sheet(answer, f"creneau-{wish.year}-{wish.number:06d}")
        elif self._target is not None and not self._out.keep(answer, self._target):
            trouble = self._wording.not_kept()
        self.troubled.emit(trouble)

    def _on_printed(self, is_taken: bool) -> None:
        self.troubled.emit(None if is_taken else self._wording.not_printed())

    # ---------------------------------------------------------------------------------- the forms

    def _ask(self, ask: Ask, read: Read) -> None:
        """Ask, and wish what the answers come to."""

        def check(values: Mapping[str, str]) -> Wrong:
            found = read(values)
            if isinstance(found, dict):
                return found
            self._wish = found
            self.wished.emit(found)
            return {}

        self.form.ask(ask, check)

    def _on_open(self) -> None:
        till = self._till
        if till is not None:
            self._ask(self._asks.opening(till), lambda told: self._asks.read_opening(told, till))

    def _on_issue(self) -> None:
        self._ask(self._asks.issuing(), lambda told: self._asks.read_issuing(told, self._site_id))

    def _on_mark(self) -> None:
        card, site = self._counter.card, self._site_id
        if card is not None:
            self._ask(
                self._asks.marking(card), lambda told: self._asks.read_marking(told, site, card)
            )

    def _on_exchange(self) -> None:
        card, site = self._counter.card, self._site_id
        if card is not None:
            self._ask(
                self._asks.exchanging(card),
                lambda told: self._asks.read_exchanging(told, site, card),
            )

    def _on_refund(self) -> None:
        ask = self._asks.refunding(self._counter.lines, self._counter.today())
        self._ask(ask, lambda told: self._asks.read_refunding(told, self._site_id))

    def _on_doubts(self) -> None:
        # The list may be read anew while the form is open; it settles what it shows.
        doubts = self._settling = self._doubts
        ask = self._asks.settling(doubts, self._counter.today())
        self._ask(ask, lambda told: self._asks.read_settling(told, self._site_id, doubts))

    def _on_back(self) -> None:
        receipt = self._counter.aside.receipt
        if receipt is not None:
            self._ask(
                self._asks.taking_back(receipt),
                lambda told: self._asks.read_taking_back(told, receipt),
            )

    def _on_paper_asked(self) -> None:
        today = self._counter.today()

        def check(values: Mapping[str, str]) -> Wrong:
            found = self._asks.read_paper(values, today)
            if isinstance(found, dict):
                return found
            self.form.dismiss()
            self._counter.top_up.use(self._counter.top_up.draft.note(found))
            return {}

        self.form.ask(self._asks.paper(today), check)

    # ---------------------------------------------------------------------------------- the paper

    def _on_taken(self, receipt: ReceiptView) -> None:
        self.till_moved.emit(None)
        if self._counter.aside.prints.isChecked():
            self._print(receipt)

    def _print(self, receipt: ReceiptView) -> None:
        self.wished.emit(
            Paper(receipt.till_id, receipt.year, receipt.number, PaperForm.ROLL, prints=True)
        )

    def _on_print(self) -> None:
        receipt = self._counter.aside.receipt
        if receipt is not None:
            self.wished.emit(Copy(receipt.till_id, receipt.year, receipt.number))

    def _on_keep(self) -> None:
        _ = self._wording.language.gettext
        receipt = self._counter.aside.receipt
        if receipt is None:
            return
        self._target = self._choose_target(_("Save the receipt"), f"{receipt.label}.pdf")
        if self._target is not None:
            self.wished.emit(
                Paper(receipt.till_id, receipt.year, receipt.number, PaperForm.SHEET, prints=False)
            )

    def _on_list(self) -> None:
        till = self._till
        if till is not None:
            self.receipts.begin()
            self.wished.emit(ReadReceipts(till.till_id, self._counter.today().year))

    def _on_older(self) -> None:
        if self._till is not None:
            ask = ReadReceipts(
                self._till.till_id, self._counter.today().year, self.receipts.last_number
            )
            self.wished.emit(ask)

    def _on_receipt(self, receipt: ReceiptView) -> None:
        self._counter.show_receipt(receipt, is_new=False)

    def _on_export(self) -> None:
        today = self._counter.today()

        def check(values: Mapping[str, str]) -> Wrong:
            found = self._asks.read_export(values, self._site_id, today)
            if isinstance(found, dict):
                return found
            self.form.dismiss()
            self._export(found)
            return {}

        self.form.ask(self._asks.export(today), check)

    def _export(self, wish: Export) -> None:
        _ = self._wording.language.gettext
        name = f"{wish.site_id}_{wish.since.isoformat()}_{wish.until.isoformat()}.{wish.form}"
        self._target = self._choose_target(_("Save for the accountant"), name)
        if self._target is not None:
            self.wished.emit(wish)

    def _ask_for_target(self, title: str, name: str) -> Path | None:
        chosen, _kind = QFileDialog.getSaveFileName(self._page.window(), title, name)
        return Path(chosen) if chosen else None
