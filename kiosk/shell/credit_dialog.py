"""*Mon crédit*: what is on the card, what moved last, where to buy more; another card is read."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from kiosk.look.announce import announce
from kiosk.look.banner import Banner
from kiosk.look.button import Button
from kiosk.look.card import Card
from kiosk.look.dialog import Dialog, Edges
from kiosk.look.field import Field
from kiosk.look.look import Look
from kiosk.look.words import Words
from kiosk.shell.credit_words import (
    MovementWords,
    balance_words,
    credit_of,
    fault_words,
    movement_words,
    state_words,
    top_up_words,
)
from kiosk.shell.help_page import Plate
from kiosk.shell.layout import RIGHT, column, row
from kiosk.shell.lock_form import LEAST_CARD, LONGEST_CARD
from kiosk.shell.outfit import Outfit
from kiosk.wire.face import Snapshot

CLOSE = "close"
MOST_LINES = 4
TIGHT = -1
"""Where not even one movement fits, and the head draws together."""


class MovementLine(Card):
    """One movement."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, "sunken", parent)
        self._what = Words(look, "", "strong", wrap=True)
        self._when = Words(look, "", "caption", "ink_muted")
        self._amount = Words(look, "", "strong")
        self._balance = Words(look, "", "caption", "ink_muted")
        line = row(self, spacing=24, margins=(24, 8, 24, 8))
        left, right = column(), column()
        left.addWidget(self._what)
        left.addWidget(self._when)
        right.addWidget(self._amount, 0, RIGHT)
        right.addWidget(self._balance, 0, RIGHT)
        line.addLayout(left, 1)
        line.addLayout(right)

    def tell(self, words: MovementWords) -> None:
        """Say it."""
        self._what.say(words.what)
        self._when.say(words.when)
        self._amount.say(words.amount)
        self._balance.say(words.balance)


class CreditDialog(Dialog):
    """The dialog. The field waits for a card, so that one may be passed whatever is read here.

    Signals:
        card_given: the number of a print card.
    """

    card_given = Signal(str)

    def __init__(self, outfit: Outfit, parent: QWidget) -> None:
        look = outfit.look
        super().__init__(look, outfit.guard, parent, width=1080, edges=Edges(56, 40, 40, 28))
        self._outfit = outfit
        self._is_reading = False
        self._movements: list[MovementWords] = []
        self._size = MOST_LINES
        self._title = Words(look, "", "h1", rem=2.0, wrap=True)
        self._text = Words(look, "", "body", "ink_muted", wrap=True)
        self._balance = Words(look, "", "h1", rem=2.4)
        self._list = Words(look, "", "strong")
        self.lines = [MovementLine(look) for _number in range(MOST_LINES)]
        self._top_up = Banner(look, "info", icon="map-pin", rem=1.0)
        self.card = Field(look, icon="scan-barcode", digits_only=True)
        self.card.edit.setMaxLength(LONGEST_CARD)
        self.show_card = Button(look, "", "secondary", size="large", icon="wallet")
        self.close_button = Button(look, "", "primary", size="large")
        self._lay_out(look)
        self.answers.addWidget(self.show_card)
        self.answers.addStretch(1)
        self.add_answer(self.close_button, CLOSE, escape=True)
        self.card.edited.connect(self._follow)
        self.card.submitted.connect(self._give)
        self.show_card.clicked.connect(self._give)
        self.arrangements = [
            partial(self._arrange, size) for size in range(MOST_LINES, TIGHT - 1, -1)
        ]

    def _lay_out(self, look: Look) -> None:
        head = row(spacing=32)
        self._plate = Plate(look, "wallet", "internet", 88)
        head.addWidget(self._plate)
        told = column(spacing=4)
        told.addStretch(1)
        told.addWidget(self._title)
        told.addWidget(self._text)
        told.addStretch(1)
        head.addLayout(told, 1)
        head.addWidget(self._balance)
        self.body.setSpacing(10)
        self.body.addLayout(head)
        self.body.addSpacing(6)
        self.body.addWidget(self._list)
        for line in self.lines:
            self.body.addWidget(line)
        self.body.addWidget(self._top_up)
        self.body.addSpacing(4)
        self.body.addWidget(self.card)

    def spoken(self) -> list[str]:
        """Return balance, movements, and where to buy more; never more of a card than its end."""
        moved = [one.spoken for one in self._movements]
        button = self._outfit.teller.button(self.close_button.text())
        parts = [self._title.plain(), self._balance.plain(), self._text.plain(), *moved]
        return [part for part in (*parts, self._top_up.plain(), button) if part]

    def dismiss(self, *, guarded: bool = True) -> None:
        """Close, and forget the number that was typed."""
        super().dismiss(guarded=guarded)
        self.card.clear()

    def tell(self, snapshot: Snapshot) -> None:
        """Say how the credit stands."""
        credit = credit_of(snapshot)
        if credit is None:
            return
        _ = self._outfit.language.gettext
        outfit = self._outfit
        before = len(self._movements)
        self._movements = [movement_words(outfit, snapshot, one) for one in credit.movements]
        balance = balance_words(outfit, snapshot, credit)
        text = state_words(outfit, snapshot, credit)
        fault = fault_words(outfit, snapshot, credit)
        self._title.say(_("My print credit"))
        self._balance.say(balance)
        self._balance.setVisible(bool(balance))
        self._text.say(text)
        self._list.say(_("What moved last"))
        self._top_up.tell(_("To buy credit:"), top_up_words(outfit, snapshot, credit))
        self.set_spoken(". ".join(part for part in (self._title.plain(), balance, text) if part))
        self.card.set_label(_("See another print card") if credit.cards else _("My print card"))
        self.card.set_hint(_("Scan it, or type the number"))
        if self.card.message() != fault and (fault or self.card.is_wrong()):
            self.card.say_wrong(fault)
        was_reading, self._is_reading = self._is_reading, credit.reading
        self.card.setEnabled(not self._is_reading)
        self.show_card.setText(_("Checking…") if self._is_reading else _("Show this card"))
        self.close_button.setText(_("Close"))
        self._show()
        self._follow()
        if was_reading and not self._is_reading:
            self.card.edit.setFocus()
            announce(self, fault or f"{balance}. {text}")
        if before != len(self._movements) or was_reading != self._is_reading:
            self.rearrange()

    def _follow(self) -> None:
        is_enough = len(self.card.text()) >= LEAST_CARD
        self.show_card.setEnabled(is_enough and not self._is_reading)

    def _give(self) -> None:
        number = self.card.text()
        if len(number) >= LEAST_CARD and not self._is_reading:
            # The field forgets the number, and with it what could be undone or copied.
            self.card.clear()
            self._follow()
            self.card_given.emit(number)

    def _arrange(self, size: int) -> None:
        self._size = max(0, size)
        self._plate.setVisible(size != TIGHT)
        self._title.set_size(1.3 if size == TIGHT else 2.0)
        self._show()

    def _show(self) -> None:
        page = self._movements[: self._size]
        self._list.setVisible(bool(page))
        for place, line in enumerate(self.lines):
            line.setVisible(place < len(page))
            if place < len(page):
                line.tell(page[place])
