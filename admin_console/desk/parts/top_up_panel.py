"""*Ajouter du crédit*: how much, how it is paid, what goes back, and one button that takes it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from admin_console.desk.models.till_wording import ICONS, MEANS, TillWording
from admin_console.desk.models.top_up import PRESETS, TopUpDraft
from admin_console.desk.parts.amount_choice import AmountChoice
from admin_console.desk.parts.choice_card import ChoiceColumns, ChoiceGroup
from admin_console.desk.parts.flow import Apart, Flow
from admin_console.desk.parts.line import grown
from kiosk.look.announce import announce
from kiosk.look.banner import Banner, Notice
from kiosk.look.button import Button
from kiosk.look.card import Card, Rule
from kiosk.look.field import Field
from kiosk.look.look import Look
from kiosk.look.segment import Choice, Segment
from kiosk.look.trouble import Trouble
from kiosk.look.words import Words
from kiosk.rules.credit import AmountFault
from kiosk.wire.money import Means, MoneyFault, MoneyRefused

EDGE = 26
FIELD = 168
LEAST_KEYS = 440
"""The width that four keys take side by side, in pixels."""
GIVEN = 126
MORE = 40
NOT_YET = frozenset({AmountFault.NO_NUMBER, AmountFault.ZERO})
"""What is only said once the field is left: a number that is begun is none yet."""


class Figure(QWidget):
    """A small word above an amount."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.name = Words(look, "", "body", "ink_muted")
        self.value = Words(look, "", "figure", rem=1.45, weight=700)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.name)
        column.addWidget(self.value)


class TopUpPanel(Card):
    """The panel. It keeps the draft; nothing is taken before `take_asked` is answered.

    Signals:
        take_asked: the draft is whole, and wanted.
        edited: the draft is another one.
    """

    take_asked = Signal()
    edited = Signal()

    def __init__(self, look: Look, wording: TillWording) -> None:
        super().__init__(look)
        self._look, self._wording = look, wording
        self._balance: int | None = None
        self._stop: Trouble | None = None
        self._refused: Trouble | None = None
        self._wrong: dict[Field, Trouble] = {}
        self._is_busy = False
        self.draft = TopUpDraft()
        self.title = Words(look, "", "h2", wrap=True)
        self.means = Segment(look, self._choices(), spoken=" ")
        self.amounts = ChoiceGroup(ChoiceColumns(least=100, gap=14))
        self.amounts.set_cards([AmountChoice(look, cents) for cents in PRESETS])
        self.other = Field(look, " ")
        self.given = Field(look, " ")
        self.change, self.credit = Figure(look), Figure(look)
        self.credit.value.set_tone("success")
        self.trouble = Banner(look, "danger")
        self.noted = Notice(look, "scroll-text")
        self.unnote = Button(look, "", "quiet", size="small")
        self.take = Button(look, "", "primary", size="main", padding=28)
        self._build()
        self.means.chosen.connect(self._on_means)
        self.amounts.chosen.connect(self._on_amount)
        self.amounts.entered.connect(self._on_take)
        self.other.edited.connect(self._on_typed)
        self.given.edited.connect(self._on_given)
        for field in (self.other, self.given):
            field.submitted.connect(self._on_take)
            field.edit.editingFinished.connect(self._tell_faults)
        self.take.clicked.connect(self._on_take)
        self.unnote.clicked.connect(self._on_unnote)
        look.changed.connect(self._resize)
        self._resize()
        self.retell()

    def _build(self) -> None:
        keys = Apart(self.amounts, self.other, gap=14, least=LEAST_KEYS)
        paid = Flow(gap=24, line_gap=10)
        for part in (self.given, self.change, self.credit):
            paid.add(part)
        note = QHBoxLayout()
        note.addWidget(self.noted, 1)
        note.addWidget(self.unnote)
        column = QVBoxLayout(self)
        column.setContentsMargins(EDGE, 20, EDGE, 20)
        column.setSpacing(14)
        column.addWidget(Apart(self.title, self.means))
        column.addWidget(keys)
        column.addWidget(self.trouble)
        column.addWidget(Rule(self._look))
        column.addWidget(Apart(paid, self.take, gap=20))
        column.addLayout(note)

    # ---------------------------------------------------------------------------------- showing

    def show_balance(self, balance_cents: int | None) -> None:
        """Show for a card with this balance; None where there is no card."""
        self._balance = balance_cents
        self.show_draft()

    def show_stop(self, stop: Trouble | None) -> None:
        """Say why no money can be taken at all; None where it can."""
        if stop != self._stop:
            self._stop, self._refused = stop, None
        self.show_draft()

    def show_busy(self, *, busy: bool) -> None:
        """Let nothing be taken twice."""
        self._is_busy = busy
        self.show_draft()

    def show_trouble(self, trouble: Trouble | None) -> None:
        """Say why nothing was taken."""
        self._refused = trouble
        self.show_draft()

    def begin_again(self) -> None:
        """Be ready for the next top-up."""
        self.use(self.draft.begin_again())
        self.show_trouble(None)

    def change_card(self) -> None:
        """Be ready for another card; the paper receipt that is noted is still to be entered."""
        self.use(self.draft.change_card())
        self.show_trouble(None)

    def use(self, draft: TopUpDraft) -> None:
        """Show another draft."""
        self.draft = draft
        self.other.set_text(draft.typed)
        self.given.set_text(draft.given)
        self.means.set_value(draft.means)
        self._show_keys()
        self._tell_faults()
        self.show_draft()

    def focus_first(self) -> None:
        """Give the keyboard to the amounts."""
        self.amounts.cards[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def show_draft(self) -> None:
        """Show what the draft comes to."""
        _ = self._wording.language.gettext
        draft, money = self.draft, self._wording.money
        balance = self._balance or 0
        is_cash = draft.means is Means.CASH
        self.given.setVisible(is_cash)
        self.change.setVisible(is_cash)
        change = draft.change if draft.change is not None else 0
        self.change.name.say(_("Missing") if change < 0 else _("To give back"))
        self.change.value.set_tone("danger" if change < 0 else "ink")
        self.change.value.say(money(abs(change)))
        has_card = self._balance is not None
        self.credit.setVisible(has_card)
        self.credit.value.say(money(balance + draft.cents))
        amount = {"amount": money(draft.cents)}
        self.take.setText(_("Take %(amount)s") % amount if draft.cents else _("Take the money"))
        is_whole = has_card and draft.is_whole(balance)
        self.take.setEnabled(is_whole and self._stop is None and not self._is_busy)
        self._show_trouble()
        paper = draft.paper
        self.noted.setVisible(paper is not None)
        self.unnote.setVisible(paper is not None)
        if paper is not None:
            told = {"paper": self._wording.paper(paper)}
            self.noted.tell(_("Entered from the paper book: %(paper)s.") % told)

    def retell(self) -> None:
        """Say everything again."""
        _ = self._wording.language.gettext
        self.title.say(_("Add credit"))
        self.means.set_choices(self._choices(), _("How it is paid"))
        self.means.set_value(self.draft.means)
        self.amounts.set_spoken(_("Amount"))
        for card, cents in zip(self.amounts.cards, PRESETS, strict=True):
            card.tell(self._wording.phrase.round_money(cents))
        self.other.set_label(_("Another amount"))
        self.given.set_label(_("Received"))
        for field in (self.other, self.given):
            field.set_hint(self._wording.money(0))
        self.credit.name.say(_("New credit"))
        self.unnote.setText(_("Remove"))
        self._tell_faults()
        self.show_draft()

    # ---------------------------------------------------------------------------------- the hand

    def _on_means(self, value: str) -> None:
        self._change(self.draft.pay_by(Means(value)))
        self.given.set_text(self.draft.given)
        self._say(self.given, self.draft.handed, at_once=True)

    def _on_amount(self, value: str) -> None:
        self.other.set_text("")
        self._change(self.draft.choose(int(value)))
        self._say(self.other, self.draft.amount, at_once=True)

    def _on_typed(self, text: str) -> None:
        self._change(self.draft.write(text))
        self._show_keys()
        self._say(self.other, self.draft.amount, at_once=True)

    def _on_given(self, text: str) -> None:
        self._change(self.draft.hand_over(text))
        self._say(self.given, self.draft.handed, at_once=True)

    def _on_unnote(self) -> None:
        self._change(self.draft.note(None))
        self.take.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_take(self) -> None:
        self._tell_faults()
        self._show_trouble()
        if self.take.isEnabled():
            self.take_asked.emit()

    def _change(self, draft: TopUpDraft) -> None:
        self.draft = draft
        self.show_trouble(None)
        self.edited.emit()

    def _show_keys(self) -> None:
        for card in self.amounts.cards:
            # Qt lets no hand take the choice of a group back.
            card.setAutoExclusive(False)
            card.setChecked(card.value == str(self.draft.preset))
            card.setAutoExclusive(True)
        self.amounts.set_value("")

    def _tell_faults(self) -> None:
        self._say(self.other, self.draft.amount, at_once=False)
        self._say(self.given, self.draft.handed, at_once=False)

    def _say(self, field: Field, found: int | AmountFault | None, *, at_once: bool) -> None:
        """Mark a field whose text is no amount; why is said where there is room for it."""
        is_wrong = isinstance(found, AmountFault) and not (at_once and found in NOT_YET)
        self._wrong.pop(field, None)
        if isinstance(found, AmountFault) and is_wrong:
            self._wrong[field] = self._wording.faults.amount(found)
        said = self._wrong[field].whole if is_wrong else ""
        if said and said != field.edit.accessibleDescription():
            announce(field.edit, said)
        field.edit.setAccessibleDescription(said)
        field.frame.is_wrong = is_wrong
        field.frame.update()
        self._show_trouble()

    def _show_trouble(self) -> None:
        draft, balance = self.draft, self._balance
        told = self._stop or self._refused or next(iter(self._wrong.values()), None)
        if told is None and balance is not None and draft.cents and draft.is_too_much(balance):
            told = self._wording.faults.fault(MoneyRefused(fault=MoneyFault.BALANCE_TOO_LARGE))
        if self._stop is not None:
            self.trouble.set_kind("warning", "info")
        else:
            self.trouble.set_kind("danger")
        if told is not None:
            self.trouble.tell(told.fact, told.rest)
        self.trouble.setVisible(told is not None)

    def _choices(self) -> list[Choice]:
        words = self._wording.means
        return [Choice(one.value, words(one), icon=ICONS[one]) for one in MEANS]

    def _resize(self) -> None:
        self.other.setFixedWidth(grown(self._look, FIELD, MORE))
        self.given.setFixedWidth(grown(self._look, GIVEN, MORE))
