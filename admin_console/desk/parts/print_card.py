"""The print card at the till: a field until one is passed, then how it stands."""

from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from admin_console.desk.models.till_wording import TillWording
from admin_console.desk.parts.flow import Apart, Flow
from admin_console.desk.parts.who_field import WhoField
from kiosk.look.banner import Banner
from kiosk.look.button import Button
from kiosk.look.card import Card
from kiosk.look.card_picture import CardPicture
from kiosk.look.field import Mark
from kiosk.look.look import Look
from kiosk.look.trouble import Trouble
from kiosk.look.words import Words
from kiosk.wire.money import CardState, PrintCardView

EDGE = 26
PICTURE = 134
LEAST_FACTS = 230
RIGHT = Qt.AlignmentFlag.AlignRight


class PrintCardPanel(Card):
    """The panel; a scanner may write into it from anywhere on the page.

    Signals:
        card_entered: the number of a card.
        other_asked: this card is done with.
        issue_asked: a new card is wanted.
        block_asked: this card is to be blocked, or unblocked.
        exchange_asked: another card is to take its place.
    """

    card_entered = Signal(str)
    other_asked = Signal()
    issue_asked = Signal()
    block_asked = Signal()
    exchange_asked = Signal()

    def __init__(self, look: Look, wording: TillWording) -> None:
        super().__init__(look)
        self._wording = wording
        self._card: PrintCardView | None = None
        self._at: datetime | None = None
        self._is_asking = False
        self.who = WhoField(look, wording.language)
        self.search = self.who.search
        self.trouble = Banner(look, "warning", icon="info")
        self.facts = QWidget()
        self.scanned = Words(look, "", "body", "ink_muted", wrap=True)
        self.name = Words(look, "", "h3", rem=1.25, wrap=True)
        self.mark = Mark(look, "circle-check", "success", 18)
        self.state = Words(look, "", "strong", "success", wrap=True)
        self.credit_label = Words(look, "", "body", "ink_muted", align=RIGHT)
        self.credit = Words(look, "", "figure", rem=2.6, weight=700, align=RIGHT)
        self.held = Words(look, "", "small", "ink_muted", align=RIGHT)
        self.other = Button(look, "", "secondary")
        self.issue = Button(look, "", "quiet", icon="id-card")
        self.block = Button(look, "", "quiet", icon="lock")
        self.exchange = Button(look, "", "quiet", icon="rotate-cw")
        self._acts = Flow(gap=6, line_gap=4)
        self._build(look)
        self.who.card_entered.connect(self.card_entered)
        self.other.clicked.connect(self.other_asked)
        self.issue.clicked.connect(self.issue_asked)
        self.block.clicked.connect(self.block_asked)
        self.exchange.clicked.connect(self.exchange_asked)
        self.retell()

    def _build(self, look: Look) -> None:
        state = QHBoxLayout()
        state.setSpacing(7)
        state.addWidget(self.mark)
        state.addWidget(self.state, 1)
        words = QWidget()
        told = QVBoxLayout(words)
        told.setContentsMargins(0, 0, 0, 0)
        told.setSpacing(3)
        told.addWidget(self.scanned)
        told.addWidget(self.name)
        told.addLayout(state)
        money = QWidget()
        sums = QVBoxLayout(money)
        sums.setContentsMargins(0, 0, 0, 0)
        sums.setSpacing(0)
        sums.addWidget(self.credit_label)
        sums.addWidget(self.credit)
        sums.addWidget(self.held)
        row = QHBoxLayout(self.facts)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(26)
        row.addWidget(CardPicture(look, PICTURE), 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(Apart(words, money, gap=20, least=LEAST_FACTS), 1)
        for button in (self.other, self.issue, self.exchange, self.block):
            self._acts.add(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(EDGE, 20, EDGE, 14)
        column.setSpacing(12)
        column.addWidget(self.who)
        column.addWidget(self.trouble)
        column.addWidget(self.facts)
        column.addWidget(self._acts)

    # ------------------------------------------------------------------------------ the scanner

    def begin_search(self, text: str) -> None:
        """Begin a card that was passed while the keyboard was elsewhere."""
        self.show_field()
        self.who.begin_search(text)

    def type_digit(self, digit: str) -> None:
        """Take one more digit of it."""
        self.who.type_digit(digit)

    def submit(self) -> None:
        """Do what Enter does."""
        self.who.submit()

    # ------------------------------------------------------------------------------ the showing

    def show_field(self) -> None:
        """Wait for a card."""
        self._card, self._is_asking = None, False
        self.who.clear()
        self._show(None)

    def show_asking(self) -> None:
        """Show that the hub is asked."""
        self._is_asking = True
        self._show(None)

    def show_card(self, card: PrintCardView, at: datetime | None) -> None:
        """Show how a card stands that was passed at an instant."""
        self._card, self._at, self._is_asking = card, at, False
        self._show(None)

    def show_trouble(self, trouble: Trouble) -> None:
        """Say that there is no such card, or that no answer came."""
        self._is_asking = False
        self._show(trouble)

    def focus_first(self) -> None:
        """Give the keyboard to the field, or to what undoes the card."""
        here = self.who if self._card is None else self.other
        here.setFocus(Qt.FocusReason.OtherFocusReason)

    def retell(self) -> None:
        """Say everything again."""
        _ = self._wording.language.gettext
        self.credit_label.say(_("Credit"))
        self.other.setText(_("Another card"))
        self.issue.setText(_("New card…"))
        self.exchange.setText(_("Replace…"))
        self._tell()

    def _show(self, trouble: Trouble | None) -> None:
        is_known = self._card is not None
        self.who.setVisible(not is_known)
        self.facts.setVisible(is_known)
        self.other.setVisible(is_known)
        self.trouble.setVisible(trouble is not None)
        if trouble is not None:
            self.trouble.tell(trouble.fact, trouble.rest)
        self._tell()

    def _tell(self) -> None:
        _ = self._wording.language.gettext
        card = self._card
        self.who.search.set_label(_("Which print card?"))
        if self._is_asking:
            self.who.search.say_help(_("Looking it up…"))
        state = card.state if card is not None else None
        self.block.setVisible(state in {CardState.ACTIVE, CardState.BLOCKED})
        self.exchange.setVisible(state in {CardState.ACTIVE, CardState.BLOCKED})
        self.issue.setVisible(card is None)
        if card is None:
            return
        is_good, words = self._wording.card_state(card)
        scanned = {"time": self._wording.phrase.time(self._at)} if self._at is not None else {}
        self.scanned.say(_("Card passed at %(time)s") % scanned if scanned else "")
        self.name.say(self._wording.card_name(card))
        self.mark.show_icon(
            "circle-check" if is_good else "lock", "success" if is_good else "danger"
        )
        self.state.set_tone("success" if is_good else "danger")
        self.state.say(words)
        self.credit.say(self._wording.money(card.balance_cents))
        held = {"amount": self._wording.money(card.held_cents)}
        self.held.say(_("%(amount)s set aside for printing") % held)
        self.held.setVisible(card.held_cents > 0)
        is_blocked = card.state is CardState.BLOCKED
        self.block.setText(_("Unblock…") if is_blocked else _("Block…"))
