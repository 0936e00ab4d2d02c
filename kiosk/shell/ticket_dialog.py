"""A card is passed for a place on the waiting list: at the lock, or over somebody's session."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from kiosk.look.button import Button
from kiosk.look.dialog import Dialog, Edges
from kiosk.look.field import Field
from kiosk.look.words import Words
from kiosk.rules.waiting import ListFault
from kiosk.shell.help_page import Plate
from kiosk.shell.layout import column, row
from kiosk.shell.lock_form import LEAST_CARD, LONGEST_CARD
from kiosk.shell.outfit import Outfit
from kiosk.wire.face import Shown, Snapshot, TicketFace, TicketStage

CLOSE = "close"
TYPED_STAGES = frozenset({TicketStage.ASKING, TicketStage.UNKNOWN_CARD, TicketStage.NO_ANSWER})
"""The stages in which a card may be passed, now or once more."""


class TicketDialog(Dialog):
    """The dialog. It asks for a card and never for a code: a ticket opens no seat.

    Signals:
        card_given: the number of the card.
    """

    card_given = Signal(str)

    def __init__(self, outfit: Outfit, parent: QWidget) -> None:
        look = outfit.look
        super().__init__(look, outfit.guard, parent, width=1040, edges=Edges(60, 52, 48, 40))
        self._outfit = outfit
        self._is_asking = False
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
        self.answers.addWidget(self.take, 1)
        self.add_answer(self.close_button, CLOSE, escape=True)
        self.card.edited.connect(self._follow)
        self.card.submitted.connect(self._give)
        self.take.clicked.connect(self._give)

    def spoken(self) -> list[str]:
        """Return what is asked or answered, and the main button; never a digit of a card."""
        first = self.close_button if self.take.isHidden() else self.take
        return [
            self._title.plain(),
            self._text.plain(),
            self._outfit.teller.button(first.text()),
        ]

    def forget(self) -> None:
        """Empty the field."""
        self.card.clear()
        self._follow()

    def tell(self, snapshot: Snapshot) -> None:
        """Say where the ticket stands."""
        _ = self._outfit.language.gettext
        ticket = snapshot.ticket
        takes = ticket is None or ticket.stage in TYPED_STAGES
        was_asking, self._is_asking = self._is_asking, _is_asking(ticket)
        if was_asking and not self._is_asking and not takes:
            self.card.clear()
        title, text = self._words(snapshot, ticket)
        self._title.say(title)
        self._text.say(text)
        self._text.setVisible(bool(text))
        self.set_spoken(f"{title}. {text}")
        self.card.set_label(_("Card number"))
        self.card.set_hint(_("Scan it, or type the number"))
        self.card.setVisible(takes)
        self.card.setEnabled(not self._is_asking)
        self.take.setVisible(takes)
        self.take.setText(_("Checking…") if self._is_asking else _("Take a ticket"))
        self.close_button.setText(_("Close") if takes else _("I understand"))
        self._follow()
        if was_asking and not self._is_asking:
            self.rearrange()
            (self.card.edit if takes else self.close_button).setFocus()

    def _words(self, snapshot: Snapshot, ticket: TicketFace | None) -> tuple[str, str]:
        _ = self._outfit.language.gettext
        if ticket is None or ticket.stage is TicketStage.ASKING:
            title = _("Take a ticket")
            if snapshot.shown is Shown.SESSION:
                title = _("Is somebody waiting for a seat?")
            told = _("Hold the card of whoever waits under the reader. No code is needed.")
            return title, told
        said = {"ticket": ticket.label, "room": ticket.room_name}
        match ticket.stage:
            case TicketStage.TAKEN:
                return _("Your ticket: %(ticket)s") % said, self._expected(snapshot, ticket)
            case TicketStage.UNKNOWN_CARD:
                helps = self._outfit.teller.who_helps(snapshot)
                told = _("No ticket was taken. Hold the card under the reader once more.")
                return _("This card is not known here"), f"{told} {helps}".strip()
            case TicketStage.NO_ANSWER:
                told = _("No ticket was taken. Try again in a minute.")
                return _("Your request got no answer"), told
            case _:
                return self._refused(snapshot, ticket)

    def _refused(self, snapshot: Snapshot, ticket: TicketFace) -> tuple[str, str]:
        _ = self._outfit.language.gettext
        said = {"ticket": ticket.label, "room": ticket.room_name}
        if ticket.fault is ListFault.HAS_TICKET and ticket.label:
            title = _("You already have ticket %(ticket)s") % said
            if ticket.room_name:
                title = _("You already have ticket %(ticket)s, %(room)s") % said
            return title, self._expected(snapshot, ticket)
        if ticket.refusal is not None:
            trouble = self._outfit.teller.sign_in_refusal(snapshot, ticket.refusal)
            return trouble.fact, trouble.rest
        told = self._outfit.teller.come_back(snapshot)
        return _("No ticket can be taken now"), told or _("Come back when the room is open.")

    def _expected(self, snapshot: Snapshot, ticket: TicketFace) -> str:
        _ = self._outfit.language.gettext
        if ticket.expected_at is None:
            return _("Your place is kept. Your ticket is called when a seat is free.")
        time = self._outfit.teller.phrase(snapshot).time(ticket.expected_at)
        said = {"time": time, "seat": ticket.expected_seat}
        if ticket.expected_seat is None:
            return _("Your place is kept. A seat is expected around %(time)s.") % said
        return _("Your place is kept. Seat %(seat)d is expected around %(time)s.") % said

    def _follow(self) -> None:
        enough = len(self.card.text()) >= LEAST_CARD
        self.take.setEnabled(enough and not self._is_asking)

    def _give(self) -> None:
        number = self.card.text()
        if len(number) >= LEAST_CARD and not self._is_asking:
            # The field forgets the number, and with it what could be undone or copied.
            self.card.clear()
            self._follow()
            self.card_given.emit(number)


def _is_asking(ticket: TicketFace | None) -> bool:
    return ticket is not None and ticket.stage is TicketStage.ASKING
