"""*Liste d'attente*: the tickets of a site, room by room, called ones first."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from admin_console.desk.models.ticket_stand import TicketStand, how_many_wait
from admin_console.desk.models.ticket_wording import TicketWording
from admin_console.desk.models.wording import Wording
from admin_console.desk.parts.flow import Apart
from admin_console.desk.parts.pill import WaitingPill
from admin_console.desk.parts.ticket_row import TicketRow
from kiosk.hublink.failure import Failure
from kiosk.look.announce import announce
from kiosk.look.banner import Banner
from kiosk.look.look import Look
from kiosk.look.words import Words
from kiosk.wire.ticket import TicketRefused

Key = tuple[str, int]


class WaitingList(QWidget):
    """The list; hidden while nobody waits.

    Signals:
        act_asked: room id, ticket number and a `TicketAct`.
        rebuilt: there are other tickets, and other stops of the Tab key.
    """

    act_asked = Signal(str, int, object)
    rebuilt = Signal()

    def __init__(
        self,
        look: Look,
        wording: Wording,
        room_name: Callable[[str], str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look, self._wording, self._room_name = look, wording, room_name
        self._tickets = TicketWording(wording.language, wording.phrase)
        self._shown: tuple[tuple[TicketStand, ...], ...] = ()
        self._may_act = False
        self._open: Key | None = None
        self.rows: dict[Key, TicketRow] = {}
        self.heading = Words(look, "", "h2", rem=1.2)
        self.count = WaitingPill(look)
        self.trouble = Banner(look, "danger", rem=0.93)
        self.trouble.hide()
        self._titles: list[Words] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 4)
        self._column.setSpacing(8)
        self._column.addWidget(Apart(self.heading, self.count))
        self._column.addWidget(self.trouble)
        self.hide()

    def show_tickets(self, lists: Sequence[Sequence[TicketStand]], *, may_act: bool) -> None:
        """Show the lists of a site's rooms; those that are empty are left out."""
        shown = tuple(tuple(one) for one in lists if one)
        if (shown, may_act) == (self._shown, self._may_act):
            return
        self._shown = shown
        keys = [(one.room_id, one.number) for stands in shown for one in stands]
        if keys != list(self.rows) or may_act != self._may_act:
            self._may_act = may_act
            self._rebuild()
        for stands in shown:
            for one in stands:
                self.rows[one.room_id, one.number].show_ticket(one)
        self._show_open()
        self.setVisible(bool(shown))
        self._tell_count()

    def show_answer(self, room_id: str, number: int, answer: object) -> None:
        """Show what came of a wish; the list itself is told by the hub."""
        row = self.rows.get((room_id, number))
        if row is not None:
            row.show_busy(False)
        label = row.ticket.label if row is not None else ""
        told = None
        if isinstance(answer, Failure):
            told = self._tickets.failed(label, answer)
        elif isinstance(answer, TicketRefused):
            told = self._tickets.refused(label, answer.fault)
        self.trouble.setVisible(told is not None)
        if told is not None:
            self.trouble.tell(told.fact, told.rest)
            announce(self, told.whole, urgent=True)

    def open_ticket(self, room_id: str, number: int) -> None:
        """Show what can be done for a ticket, and go there."""
        row = self.rows.get((room_id, number))
        if row is not None:
            self._on_chosen(row)
            row.head.setFocus(Qt.FocusReason.OtherFocusReason)

    def forget_trouble(self) -> None:
        """Say no more of what did not work: another site is shown."""
        self.trouble.hide()
        self._open = None

    def retell(self) -> None:
        """Say everything again; a trouble stays as it was said."""
        self.heading.say(self._wording.language.gettext("Waiting list"))
        self._tell_count()
        for row in self.rows.values():
            row.retell()

    def tab_stops(self) -> list[QWidget]:
        """Return the stops of the Tab key in reading order."""
        return [stop for row in self.rows.values() for stop in row.tab_stops()]

    def _tell_count(self) -> None:
        waiting = sum(how_many_wait(stands) for stands in self._shown)
        self.count.setVisible(waiting > 0)
        if waiting:
            self.count.say(self._wording.waiting(waiting))

    def _rebuild(self) -> None:
        focused = QApplication.focusWidget()
        held = next((k for k, row in self.rows.items() if _has(row, focused)), None)
        place = list(self.rows).index(held) if held is not None else 0
        for title in self._titles:
            self._column.removeWidget(title)
            title.hide()
            title.deleteLater()
        self._titles = []
        before, self.rows = self.rows, {}
        for row in before.values():
            self._column.removeWidget(row)
        for stands in self._shown:
            if len(self._shown) > 1:
                name = self._room_name(stands[0].room_id)
                title = Words(self._look, name, "small", "ink_muted", weight=600, wrap=True)
                self._titles.append(title)
                self._column.addWidget(title)
            for one in stands:
                key = (one.room_id, one.number)
                known = before.pop(key, None)
                if known is None or known.may_act != self._may_act:
                    if known is not None:
                        _drop(known)
                    known = TicketRow(self._look, self._tickets, one, may_act=self._may_act)
                    known.chosen.connect(self._on_chosen)
                    known.act_asked.connect(self._on_act)
                self.rows[key] = known
                self._column.addWidget(known)
                known.setVisible(True)
        for row in before.values():
            _drop(row)
        if held is not None and held not in self.rows and self.rows and self._may_act:
            # Who was at a ticket that has gone goes on at the one that stands there now.
            next_to = list(self.rows.values())[min(place, len(self.rows) - 1)]
            next_to.head.setFocus(Qt.FocusReason.OtherFocusReason)
        self.rebuilt.emit()

    def _show_open(self) -> None:
        """Show what can be done for the chosen ticket, else for the first that is called."""
        if self._open not in self.rows:
            called = (key for key, row in self.rows.items() if row.ticket.is_called)
            self._open = next(called, None)
        for key, row in self.rows.items():
            row.show_open(key == self._open)

    def _on_chosen(self, row: TicketRow) -> None:
        key = (row.ticket.room_id, row.ticket.number)
        self._open = key
        self._show_open()

    def _on_act(self, row: TicketRow, act: object) -> None:
        self.trouble.hide()
        row.show_busy(True)
        self.act_asked.emit(row.ticket.room_id, row.ticket.number, act)


def _has(row: TicketRow, focused: QWidget | None) -> bool:
    return focused is not None and row.isAncestorOf(focused)


def _drop(row: TicketRow) -> None:
    row.hide()
    row.deleteLater()
