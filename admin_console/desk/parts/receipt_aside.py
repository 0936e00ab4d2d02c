"""*Reçu*: what will be printed, and what was; printed, kept in a file, copied, or taken back."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout

from admin_console.desk.models.till_wording import Row, TillWording
from admin_console.desk.models.top_up import TopUpDraft
from admin_console.desk.parts.flow import Apart, Flow
from admin_console.desk.parts.line import Island
from admin_console.desk.parts.pill import WaitingPill
from admin_console.desk.parts.receipt_paper import ReceiptPaper
from kiosk.look.banner import Banner
from kiosk.look.button import Button
from kiosk.look.look import Look
from kiosk.look.switch import Switch
from kiosk.look.trouble import Trouble
from kiosk.look.words import Words
from kiosk.wire.money import PrintCardView, ReceiptView

EDGE = 20


class ReceiptAside(Island):
    """The panel.

    Signals:
        print_asked: the receipt that is shown, on paper.
        keep_asked: the same, in a file.
        back_asked: the receipt that is shown is to be taken back.
        list_asked: earlier receipts are wanted.
    """

    print_asked = Signal()
    keep_asked = Signal()
    back_asked = Signal()
    list_asked = Signal()

    def __init__(self, look: Look, wording: TillWording) -> None:
        super().__init__(look)
        self._wording = wording
        self._may_reverse = False
        self.receipt: ReceiptView | None = None
        self.title = Words(look, "", "h2")
        self.pill = WaitingPill(look)
        self.done = Words(look, "", "strong", "success")
        self.paper = ReceiptPaper(look)
        self.empty = Words(look, "", "body", "ink_muted", wrap=True)
        self.trouble = Banner(look, "danger")
        self.trouble.hide()
        self.prints = Switch(look)
        self.prints.setChecked(True)
        self.prints_words = Words(look, "", "body", wrap=True)
        self.list = Button(look, "", "quiet", icon="history")
        self.print = Button(look, "", "secondary", icon="printer")
        self.keep = Button(look, "", "secondary", icon="download")
        self.back = Button(look, "", "quiet", icon="history")
        acts = Flow(gap=8, line_gap=8)
        for button in (self.print, self.keep, self.back):
            acts.add(button)
        switch = QHBoxLayout()
        switch.setSpacing(10)
        switch.addWidget(self.prints)
        switch.addWidget(self.prints_words, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(EDGE, 18, EDGE, 18)
        column.setSpacing(12)
        head = Apart(self.title, self.pill)
        head.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        column.addWidget(head)
        column.addWidget(self.done)
        column.addWidget(self.empty)
        column.addWidget(self.paper)
        column.addWidget(self.trouble)
        column.addWidget(acts)
        column.addLayout(switch)
        column.addWidget(self.list, 0)
        self.print.clicked.connect(self.print_asked)
        self.keep.clicked.connect(self.keep_asked)
        self.back.clicked.connect(self.back_asked)
        self.list.clicked.connect(self.list_asked)
        self.show_nothing()

    def show_rights(self, *, may_reverse: bool) -> None:
        """Offer what somebody may do."""
        self._may_reverse = may_reverse
        self._offer()

    def show_nothing(self) -> None:
        """Wait for an amount."""
        self.receipt = None
        self.retell()
        self.paper.hide()
        self.empty.show()
        self.pill.hide()
        self.done.hide()
        self._offer()

    def show_draft(self, draft: TopUpDraft, card: PrintCardView, place: str, time: str) -> None:
        """Show what the receipt will say."""
        _ = self._wording.language.gettext
        money = self._wording.money
        rows = [Row(_("Card top-up"), money(draft.cents))]
        change = draft.change
        if change is not None and change >= 0:
            rows.append(Row(_("Received in cash"), money(draft.cents + change)))
            rows.append(Row(_("Given back"), money(change)))
        else:
            rows.append(Row(_("Paid by"), self._wording.means(draft.means)))
        credit = card.balance_cents + draft.cents
        rows.append(Row(_("New credit"), money(credit), is_strong=True))
        self.receipt = None
        self.paper.tell(
            place, _("Receipt · %(time)s") % {"time": time}, rows, self._foot(card.last_four)
        )
        self.pill.say(_("To be taken"))
        self._show_paper(is_done=False)

    def show_receipt(self, receipt: ReceiptView, *, is_new: bool) -> None:
        """Show a receipt: one that has just been made, or an earlier one."""
        _ = self._wording.language.gettext
        self.receipt = receipt
        rows = self._wording.receipt_rows(receipt)
        head = self._wording.receipt_head(receipt)
        if receipt.copy:
            head = _("Copy %(count)d") % {"count": receipt.copy} + f" · {head}"
        self.paper.tell(receipt.site_name, head, rows, self._foot(receipt.last_four))
        self.done.say(_("Taken") if is_new else _("Earlier receipt"))
        if is_new and receipt.amount_cents < 0:
            self.done.say(_("Taken back"))
        self._show_paper(is_done=True)

    def show_trouble(self, trouble: Trouble | None) -> None:
        """Say what did not work with the paper."""
        if trouble is not None:
            self.trouble.tell(trouble.fact, trouble.rest)
        self.trouble.setVisible(trouble is not None)

    def retell(self) -> None:
        """Say everything again; a receipt is said anew by whoever shows it."""
        _ = self._wording.language.gettext
        self.title.say(_("Receipt"))
        self.empty.say(_("Choose an amount: the receipt is shown here before anything is taken."))
        self.prints.set_spoken(_("Print the receipt"))
        self.prints_words.say(_("Print the receipt"))
        self.list.setText(_("Earlier receipts"))
        self.keep.setText(_("Save as PDF…"))
        self.back.setText(_("Take back…"))
        self._offer()

    def _show_paper(self, *, is_done: bool) -> None:
        self.empty.hide()
        self.paper.show()
        self.pill.setVisible(not is_done)
        self.done.setVisible(is_done)
        self.show_trouble(None)
        self._offer()

    def _offer(self) -> None:
        _ = self._wording.language.gettext
        receipt = self.receipt
        self.print.setVisible(receipt is not None)
        self.keep.setVisible(receipt is not None)
        can_go_back = receipt is not None and receipt.amount_cents > 0
        self.back.setVisible(can_go_back and self._may_reverse)
        self.print.setText(_("Print a copy"))

    def _foot(self, last_four: str) -> str:
        _ = self._wording.language.gettext
        return _("Card •••• %(digits)s. Thank you, see you soon.") % {"digits": last_four}
