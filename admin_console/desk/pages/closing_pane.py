"""The closing of a till: counted first, by coins and notes; then compared; then closed for good."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from admin_console.desk.models.coin_draft import CoinDraft
from admin_console.desk.models.person import Person
from admin_console.desk.models.till_wish import Close, Tally
from admin_console.desk.models.till_wording import MEANS, TillWording, cents_of
from admin_console.desk.parts.coin_sheet import CoinSheet, lock
from admin_console.desk.parts.compare_card import CompareCard
from admin_console.desk.parts.flow import Apart, Columns
from admin_console.desk.parts.line import grown
from admin_console.desk.parts.steps import Steps
from kiosk.look.announce import announce
from kiosk.look.banner import Banner
from kiosk.look.button import Button
from kiosk.look.card import Card
from kiosk.look.field import Field
from kiosk.look.look import Look
from kiosk.look.scroll import ScrollBox
from kiosk.look.trouble import Trouble
from kiosk.look.words import Words
from kiosk.rules.credit import AmountFault
from kiosk.wire.till import TillClosed, TillView

RIGHT_WIDTH, MORE = 412, 70
SIDE, GAP, TOP = 24, 18, 18
SUM_LEAST = 240


class SumCard(Card):
    """Slips of cards, or cheques: their sum."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.field = Field(look, " ")
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.addWidget(self.field)


class ClosingPane(QWidget):
    """The pane. What is counted stays written until the till is closed.

    Signals:
        wished: a `TillWish`.
        left: back to the counter.
        slip_asked: the payment slip of the `TillClosed` is wanted.
    """

    wished = Signal(object)
    left = Signal()
    slip_asked = Signal(object)

    def __init__(self, look: Look, wording: TillWording, person: Person) -> None:
        super().__init__()
        self._look, self._wording, self._person = look, wording, person
        self._till: TillView | None = None
        self._closed: TillClosed | None = None
        self._draft = CoinDraft()
        self._recounts = self._is_busy = False
        self.back = Button(look, "", "secondary", icon="chevron-left")
        self.title = Words(look, "", "h2", wrap=True)
        self.steps = Steps(look)
        self.sheet = CoinSheet(look, wording)
        self.card_sum, self.cheque_sum = SumCard(look), SumCard(look)
        self.done = Banner(look, "success")
        self.unsaved = Banner(look, "danger")
        self.unsaved.hide()
        self.slip = Button(look, "", "secondary", icon="printer")
        self.done.add_action(self.slip)
        self.compare = CompareCard(look, wording)
        self._build()
        self.back.clicked.connect(self.left)
        self.sheet.again.clicked.connect(self._on_again)
        self.sheet.edited.connect(self._on_pieces)
        self.card_sum.field.edited.connect(self._on_card)
        self.cheque_sum.field.edited.connect(self._on_cheque)
        self.compare.count_asked.connect(self._on_count)
        self.compare.close_asked.connect(self._on_close)
        self.slip.clicked.connect(self._on_slip)
        look.changed.connect(self._arrange)
        self._arrange()
        self.retell()

    def _build(self) -> None:
        head = QWidget()
        titles = QHBoxLayout(head)
        titles.setContentsMargins(0, 0, 0, 0)
        titles.setSpacing(14)
        titles.addWidget(self.back)
        titles.addWidget(self.title, 1)
        sums = Columns(least=SUM_LEAST, gap=GAP)
        sums.add(self.card_sum)
        sums.add(self.cheque_sum)
        left = QWidget()
        counted = QVBoxLayout(left)
        counted.setContentsMargins(SIDE, 6, GAP // 2, TOP)
        counted.setSpacing(GAP)
        for part in (self.done, self.unsaved, self.sheet, sums):
            counted.addWidget(part)
        counted.addStretch(1)
        right = QWidget()
        compared = QVBoxLayout(right)
        compared.setContentsMargins(GAP // 2, 6, SIDE, TOP)
        compared.addWidget(self.compare)
        self.left_box, self.right_box = ScrollBox(self._look), ScrollBox(self._look)
        self.left_box.set_content(left)
        self.right_box.set_content(right)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self.left_box, 1)
        row.addWidget(self.right_box)
        top = QVBoxLayout()
        top.setContentsMargins(SIDE, TOP, SIDE, 10)
        top.addWidget(Apart(head, self.steps, least=320))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 8)
        column.setSpacing(0)
        column.addLayout(top)
        column.addLayout(row, 1)

    def parts(self) -> list[QWidget]:
        """Return the parts in reading order."""
        return [self.back, self.left_box, self.right_box]

    def show_till(self, till: TillView | None) -> None:
        """Show another till, or the same as it stands now."""
        closed = self._closed
        is_same = (
            closed is not None
            and till is not None
            and ((till.till_id, till.session) == (closed.till_id, closed.session))
        )
        if is_same:
            # What was closed stays to be read until another session, or another till.
            return
        before, self._till = self._till, till
        is_other = before is None or till is None or before.till_id != till.till_id
        if is_other or (before is not None and till is not None and before.session != till.session):
            self._draft, self._recounts, self._closed = CoinDraft(), False, None
        if till is not None and till.drawer is not None and not self._draft.is_begun:
            self._take_drawer(till)
        self.retell()

    def begin(self) -> None:
        """Give the keyboard to the first field, or to what is to be done next."""
        fields = list(self.sheet.fields().values())
        first: QWidget = self.back if fields[0].edit.isReadOnly() else fields[0]
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_answer(self, wish: Tally | Close, answer: object) -> None:
        """Show what came of a count, or of a closing."""
        self._is_busy = False
        trouble = self._wording.trouble(answer, makes=True)
        self.compare.show_trouble(trouble)
        if isinstance(wish, Tally) and isinstance(answer, TillView):
            self._recounts = False
            self._till = answer
        elif isinstance(answer, TillClosed):
            self._closed = answer
        self.retell()
        if trouble is not None:
            announce(self, trouble.whole, urgent=True)
        elif self._closed is not None:
            self.back.setFocus(Qt.FocusReason.OtherFocusReason)
            announce(self, self.done.plain())
        elif self._is_counted():
            announce(self, self.compare.difference.plain())
            self.compare.kept.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_paper_trouble(self, trouble: Trouble | None) -> None:
        """Say that the payment slip could not be had, or kept."""
        if trouble is not None:
            self.unsaved.tell(trouble.fact, trouble.rest)
            announce(self, trouble.whole, urgent=True)
        self.unsaved.setVisible(trouble is not None)

    def retell(self) -> None:
        """Say everything again."""
        _ = self._wording.language.gettext
        till, phrase = self._till, self._wording.phrase
        self.back.setText(_("Till"))
        day = {"day": phrase.day(till.opened_at)} if till and till.opened_at else {}
        self.title.say(_("Closing of %(day)s") % day if day else _("Closing"))
        names = (_("Count"), _("Compare"), _("Sign and close"))
        done = 3 if self._closed else 2 if self._is_counted() else 0
        told = {"step": min(done + 1, len(names)), "name": names[min(done, 2)]}
        self.steps.show_steps(names, done, _("Step %(step)d of 3: %(name)s") % told)
        locked = self._is_counted()
        drawer = till.drawer if till is not None and locked else None
        said_at = drawer.counted_at if drawer is not None else None
        self.sheet.show_draft(self._draft, said_at, is_final=self._closed is not None)
        self._show_sum(self.card_sum, _("Slips of bank cards, in all"), self._draft.card)
        self._show_sum(self.cheque_sum, _("Cheques, in all"), self._draft.cheque)
        self.slip.setText(_("Payment slip…"))
        self.compare.show_till(till if locked else None, signed_by=self._person.display_name)
        self.compare.show_busy(busy=self._is_busy, is_whole=self._draft.is_whole)
        self.compare.setVisible(self._closed is None)
        self.done.setVisible(self._closed is not None)
        if self._closed is not None:
            self._tell_closed(self._closed)

    # ---------------------------------------------------------------------------------- the hand

    def _on_pieces(self, value_cents: int, text: str) -> None:
        self._change(self._draft.write(value_cents, text))

    def _on_card(self, text: str) -> None:
        self._change(CoinDraft(self._draft.pieces, text, self._draft.cheque))

    def _on_cheque(self, text: str) -> None:
        self._change(CoinDraft(self._draft.pieces, self._draft.card, text))

    def _change(self, draft: CoinDraft) -> None:
        self._draft = draft
        self.compare.show_trouble(None)
        self.sheet.show_draft(draft, None, is_final=False)
        self.compare.show_busy(busy=self._is_busy, is_whole=draft.is_whole)
        for card, found in (
            (self.card_sum, draft.card_cents), (self.cheque_sum, draft.cheque_cents),
        ):  # fmt: skip
            if isinstance(found, AmountFault):
                trouble = self._wording.faults.amount(found)
                card.field.say_wrong(f"{trouble.fact} {trouble.advice}")
            else:
                card.field.say_help("")

    def _on_again(self) -> None:
        self._recounts = True
        self.retell()
        self.begin()

    def _on_count(self) -> None:
        draft, till = self._draft, self._till
        card, cheque = draft.card_cents, draft.cheque_cents
        if till is None or self._is_busy or isinstance(card, AmountFault):
            return
        if draft.is_whole and not isinstance(cheque, AmountFault):
            self._is_busy = True
            self.compare.show_busy(busy=True, is_whole=True)
            self.wished.emit(Tally(till.till_id, draft.coins(), card, cheque))

    def _on_slip(self) -> None:
        if self._closed is not None:
            self.slip_asked.emit(self._closed)

    def _on_close(self, kept_cents: int, reason: str) -> None:
        if self._till is not None and not self._is_busy:
            self._is_busy = True
            self.compare.show_busy(busy=True, is_whole=True)
            self.wished.emit(Close(self._till.till_id, kept_cents, reason))

    # ------------------------------------------------------------------------------- the showing

    def _is_counted(self) -> bool:
        is_told = self._till is not None and self._till.drawer is not None
        return is_told and not self._recounts

    def _take_drawer(self, till: TillView) -> None:
        """Show what was counted before somebody came back to it."""
        drawer = till.drawer
        if drawer is None:
            return
        pieces = {one.value_cents: str(one.pieces) for one in drawer.coins}
        sums = [
            f"{cents // 100},{cents % 100:02d}" if cents else ""
            for cents in (drawer.counted.card_cents, drawer.counted.cheque_cents)
        ]
        self._draft = CoinDraft(pieces, *sums)

    def _show_sum(self, card: SumCard, label: str, text: str) -> None:
        card.field.set_label(label)
        card.field.set_hint(self._wording.money(0))
        if card.field.text() != text:
            card.field.set_text(text)
        lock(card.field, is_locked=self._is_counted() or self._closed is not None)

    def _tell_closed(self, closed: TillClosed) -> None:
        _ = self._wording.language.gettext
        money = self._wording.money
        paid = sum(cents_of(closed.paid_in, means) for means in MEANS)
        told = {
            "number": closed.session, "time": self._wording.phrase.time(closed.at),
            "paid": money(paid), "kept": money(closed.kept_cents),
        }  # fmt: skip
        self.done.tell(
            _("The till is closed. Closing no. %(number)d, %(time)s.") % told,
            _("%(paid)s are paid in, %(kept)s stay as float.") % told,
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Follow the window."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        self.right_box.setFixedWidth(grown(self._look, RIGHT_WIDTH, MORE) + SIDE + GAP // 2)
