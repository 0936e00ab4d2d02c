"""A card is passed for a place on the waiting list: at the lock, or over somebody's session."""

from datetime import datetime
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from kiosk.look.button import Button
from kiosk.look.dialog import Dialog, Edges
from kiosk.look.field import Field
from kiosk.look.words import Words
from kiosk.shell.help_page import Plate
from kiosk.shell.layout import column, row
from kiosk.shell.lock_form import LEAST_CARD, LONGEST_CARD
from kiosk.shell.outfit import Outfit
from kiosk.shell.ticket_acts import TicketActs, may_change
from kiosk.shell.ticket_words import ticket_words
from kiosk.wire.face import Snapshot, TicketFace, TicketStage
from kiosk.wire.ticket import TicketAct

CLOSE = "close"
TYPED_STAGES = frozenset({TicketStage.ASKING, TicketStage.UNKNOWN_CARD, TicketStage.NO_ANSWER})
"""The stages in which a card may be passed, now or once more."""


class TicketDialog(Dialog):
    """The dialog. It asks for a card and never for a code: a ticket opens no seat.

    The number stays here while the dialog stands, for what its holder wishes next.

    Signals:
        card_given: the number of the card.
        change_asked: the same number, a `TicketAct`, and until when.
    """

    card_given = Signal(str)
    change_asked = Signal(str, object, object)

    def __init__(self, outfit: Outfit, parent: QWidget) -> None:
        look = outfit.look
        super().__init__(look, outfit.guard, parent, width=1040, edges=Edges(60, 52, 48, 40))
        self._outfit = outfit
        self._is_asking = False
        self._number = ""
        self._snapshot: Snapshot | None = None
        self._title = Words(look, "", "h1", rem=2.1, wrap=True)
        self._text = Words(look, "", "lead", "ink_muted", wrap=True)
        self.card = Field(look, icon="scan-barcode", digits_only=True)
        self.card.edit.setMaxLength(LONGEST_CARD)
        self.take = Button(look, "", "primary", size="large", icon="ticket")
        self.close_button = Button(look, "", "secondary", size="large")
        head = row(spacing=36)
        head.addWidget(Plate(look, "ticket", "learn", 104))
        told = column(spacing=10)
        told.addStretch(1)
        told.addWidget(self._title)
        told.addWidget(self._text)
        told.addStretch(1)
        head.addLayout(told, 1)
        self.body.setSpacing(28)
        self.body.addLayout(head)
        self.body.addWidget(self.card)
        self.acts = TicketActs(outfit)
        self.body.addWidget(self.acts)
        self.arrangements = [
            partial(self.acts.arrange, stacked=stacked) for stacked in (False, True)
        ]
        self.answers.addWidget(self.take, 1)
        self.add_answer(self.close_button, CLOSE, escape=True)
        self.card.edited.connect(self._follow)
        self.card.submitted.connect(self._give)
        self.take.clicked.connect(self._give)
        self.acts.act_asked.connect(self._change)
        self.acts.mode_changed.connect(self._turn)

    def spoken(self) -> list[str]:
        """Return what is asked or answered, and the main button; never a digit of a card."""
        first = self.close_button if self.take.isHidden() else self.take
        if first.isHidden():
            first = self.acts.first()
        return [
            self._title.plain(),
            self._text.plain(),
            self._outfit.teller.button(first.text()),
        ]

    def forget(self) -> None:
        """Forget the card."""
        self._number = ""
        self.acts.begin()
        self.card.clear()
        self._follow()

    def dismiss(self, *, guarded: bool = True) -> None:
        """Close, and forget whose card it was."""
        super().dismiss(guarded=guarded)
        self.forget()

    def show_number(self, card: str) -> None:
        """Take a card as if it had been passed, for the gallery."""
        self._number = card
        if self._snapshot is not None:
            self.tell(self._snapshot)
            self.rearrange()

    def tell(self, snapshot: Snapshot) -> None:
        """Say where the ticket stands."""
        _ = self._outfit.language.gettext
        self._snapshot = snapshot
        ticket = snapshot.ticket
        takes = ticket is None or (ticket.stage in TYPED_STAGES and not ticket.label)
        was_asking, self._is_asking = self._is_asking, _is_asking(ticket)
        is_answered = was_asking and not self._is_asking
        if is_answered:
            self.acts.begin()
        if is_answered and not takes:
            self.card.clear()
        is_own = may_change(snapshot) and bool(self._number)
        question = self.acts.words(snapshot) if is_own else None
        title, text = question or ticket_words(self._outfit, snapshot, ticket)
        self._title.say(title)
        self._text.say(text)
        self._text.setVisible(bool(text))
        self.set_spoken(f"{title}. {text}")
        self.card.set_label(_("Card number"))
        self.card.set_hint(_("Scan it, or type the number"))
        self.card.setVisible(takes)
        self.card.setEnabled(not self._is_asking)
        self.acts.setVisible(is_own)
        self.acts.tell(snapshot)
        self.take.setVisible(takes)
        self.take.setText(_("Checking…") if self._is_asking else _("Go on"))
        self.close_button.setVisible(question is None)
        self.close_button.setText(_("Close") if takes else _("I understand"))
        self._follow()
        if is_answered:
            self.rearrange()
            (self.card.edit if takes else self.close_button).setFocus()

    def _follow(self) -> None:
        enough = len(self.card.text()) >= LEAST_CARD
        self.take.setEnabled(enough and not self._is_asking)

    def _give(self) -> None:
        number = self.card.text()
        if len(number) >= LEAST_CARD and not self._is_asking:
            # The field forgets the number, and with it what could be undone or copied.
            self.card.clear()
            self._follow()
            self._number = number
            self.card_given.emit(number)

    def _change(self, act: TicketAct, until: datetime | None) -> None:
        if self._number and not self._is_asking:
            self.change_asked.emit(self._number, act, until)

    def _turn(self) -> None:
        """Ask what stands in the place of the buttons now; a second press is for neither."""
        if self._snapshot is None or not self.is_open():
            return
        self._outfit.guard.face_changed()
        self.tell(self._snapshot)
        self.rearrange()
        if not self.acts.isHidden():
            self.acts.first().setFocus()


def _is_asking(ticket: TicketFace | None) -> bool:
    return ticket is not None and ticket.stage is TicketStage.ASKING
