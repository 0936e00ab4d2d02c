"""*En attente ailleurs*: the tickets of the other rooms that the person may see."""

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from admin_console.desk.models.ticket_stand import TicketStand
from admin_console.desk.models.ticket_wording import TicketWording
from admin_console.desk.parts.flow import Apart
from admin_console.desk.parts.pill import WaitingPill
from admin_console.desk.parts.ticket_row import TicketChip
from kiosk.look.banner import Notice
from kiosk.look.card import Card, Rule
from kiosk.look.look import Look
from kiosk.look.words import Words

MOST = 8
"""No more tickets are listed; they are counted all the same."""


class ElsewhereRow(QWidget):
    """A ticket, where it stands, and for how long it has waited."""

    def __init__(self, look: Look, wording: TicketWording) -> None:
        super().__init__()
        self._wording = wording
        self.chip = TicketChip(look)
        self.fact = Words(look, "", "body", weight=600, wrap=True)
        self.line = Words(look, "", "small", "ink_muted", wrap=True)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.fact)
        words.addWidget(self.line)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self.chip)
        row.addLayout(words, 1)

    def show_ticket(self, ticket: TicketStand, place: str) -> None:
        """Show a ticket."""
        self.chip.show_label(ticket.label, is_filled=ticket.is_called)
        self.fact.say(self._wording.fact(ticket))
        self.fact.setAccessibleName(f"{ticket.label}, {self._wording.fact(ticket)}")
        self.line.say(place)


class Elsewhere(Card):
    """The panel."""

    def __init__(self, look: Look, wording: TicketWording) -> None:
        super().__init__(look, "panel")
        self._wording = wording
        self.title = Words(look, "", "h3", wrap=True)
        self.count = WaitingPill(look)
        self.nobody = Notice(look)
        self.rows: list[ElsewhereRow] = []
        self.more = Words(look, "", "small", "ink_muted")
        self._list = QVBoxLayout()
        self._list.setSpacing(10)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 20)
        column.setSpacing(14)
        column.addWidget(Apart(self.title, self.count, gap=10, least=120))
        column.addWidget(self.nobody)
        column.addLayout(self._list)
        column.addWidget(self.more)

    def show_tickets(self, tickets: Sequence[tuple[TicketStand, str]]) -> None:
        """Show tickets, each with the name of its place."""
        _, ngettext = self._wording.language.gettext, self._wording.language.ngettext
        self.title.say(_("Waiting elsewhere"))
        self.nobody.tell(_("Nobody is waiting elsewhere."))
        self.nobody.setVisible(not tickets)
        self.count.setVisible(bool(tickets))
        self.count.say(str(len(tickets)))
        shown = tickets[:MOST]
        if len(shown) != len(self.rows):
            self._rebuild(len(shown))
        for row, (ticket, place) in zip(self.rows, shown, strict=True):
            row.show_ticket(ticket, place)
        rest = len(tickets) - len(shown)
        form = ngettext("and %(count)d more", "and %(count)d more", rest)
        self.more.say(form % {"count": rest})
        self.more.setVisible(rest > 0)

    def _rebuild(self, count: int) -> None:
        while (item := self._list.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.rows = [ElsewhereRow(self._look, self._wording) for _place in range(count)]
        for place, row in enumerate(self.rows):
            if place:
                self._list.addWidget(Rule(self._look))
            self._list.addWidget(row)
