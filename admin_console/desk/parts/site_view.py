"""The middle of the live page: a site's name and hours, its counts, its floor or its table."""

from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QGraphicsColorizeEffect,
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from admin_console.desk.models.estate import EstateBook
from admin_console.desk.models.seat_model import SeatModel
from admin_console.desk.models.stand import SiteTally
from admin_console.desk.models.wording import Wording
from admin_console.desk.parts.floor import EDGE, Floor
from admin_console.desk.parts.flow import Apart, Flow
from admin_console.desk.parts.line import StateWords
from admin_console.desk.parts.seat_table import SeatTable
from kiosk.look.banner import Banner
from kiosk.look.look import Look
from kiosk.look.segment import Choice, Segment
from kiosk.look.words import Words
from kiosk.rules.seat import SeatState

SIDE = 22
LEAST = 220
"""Least width of a site's words beside the switch, in pixels."""

OCCURRING = (
    SeatState.FREE,
    SeatState.IN_USE,
    SeatState.ENDING,
    SeatState.HELD,
    SeatState.LOCKED,
    SeatState.OFFLINE,
    SeatState.OUT_OF_ORDER,
    SeatState.CLOSED,
)
"""The states that the facts of the wire lead to; the legend explains no other unless it shows."""


class SiteView(QWidget):
    """The view.

    Signals:
        seat_chosen: the id of a seat.
    """

    seat_chosen = Signal(str)

    def __init__(
        self,
        look: Look,
        wording: Wording,
        model: SeatModel,
        book: EstateBook,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look, self._wording, self._model, self._book = look, wording, model, book
        self._tally: SiteTally | None = None
        self._lost_at: datetime | None = None
        self.name = Words(look, "", "h2", wrap=True)
        self.hours = Words(look, "", "small", "ink_muted", wrap=True)
        self.switch = Segment(look, [Choice("plan", ""), Choice("list", "")], spoken="")
        self.switch.set_value("plan")
        self.switch.chosen.connect(self._on_switched)
        self.stale = Banner(look, "danger", icon="unplug", rem=0.93)
        self.stale.hide()
        self._summary = Flow(gap=17, line_gap=8)
        self.counts: list[StateWords] = []
        self.floor = Floor(look, wording, model, book)
        self.table = SeatTable(look, wording, model)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.floor)
        self.stack.addWidget(self.table)
        # An effect on a see-through widget leaves dark corners.
        self.stack.setProperty("ground", "page")
        # What is old loses its colour, not its contrast: shapes and words can still be read.
        self._old = QGraphicsColorizeEffect(self.stack)
        self._old.setColor(Qt.GlobalColor.black)
        self._old.setEnabled(False)
        self.stack.setGraphicsEffect(self._old)
        self._legend = Flow()
        self.legend: list[StateWords] = []
        self.floor.seat_chosen.connect(self.seat_chosen)
        self.table.seat_chosen.connect(self.seat_chosen)
        self._build()
        wording.language.changed.connect(self.retell)
        self.retell()

    def _build(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addWidget(self.name)
        words.addWidget(self.hours)
        words.setContentsMargins(0, 0, 0, 0)
        told = QWidget()
        told.setLayout(words)
        top = Apart(told, self.switch, gap=14, least=LEAST)
        above = QVBoxLayout()
        above.setContentsMargins(SIDE, 0, SIDE, 0)
        above.setSpacing(0)
        above.addWidget(top)
        above.addSpacing(14)
        above.addWidget(self._summary)
        above.addSpacing(9)
        above.addWidget(self.stale)
        below = QVBoxLayout()
        below.setContentsMargins(SIDE, 0, SIDE, 0)
        below.addWidget(self._legend)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 18, 0, 16)
        column.setSpacing(0)
        column.addLayout(above)
        # The floor keeps room for a focus ring at its edge; its islands line up with the words.
        middle = QHBoxLayout()
        middle.setContentsMargins(SIDE - EDGE, 0, SIDE - EDGE, 0)
        middle.addWidget(self.stack)
        column.addLayout(middle, 1)
        column.addSpacing(8)
        column.addLayout(below)

    def show_site(self, tally: SiteTally) -> None:
        """Show a site's words and counts; the seats come from the model."""
        if tally == self._tally:
            return
        self._tally = tally
        rooms = self._book.rooms_of(tally.site_id)
        rules = {room.rule.slot_seconds for room in rooms}
        rule = rooms[0].rule if len(rules) == 1 else None
        self.name.say(tally.name)
        self.hours.say(self._wording.hours(tally, rule))
        self._show_counts(tally)
        self._show_legend(tally)

    def show_chosen(self, seat_id: str) -> None:
        """Mark a seat; empty marks none."""
        self.floor.show_chosen(seat_id)
        self.table.show_chosen(seat_id)

    def tab_stops(self) -> list[QWidget]:
        """Return the stops of the Tab key in reading order."""
        return [*self.switch.buttons, *self.floor.cards.values(), self.table]

    def take_focus(self) -> None:
        """Take the keyboard where the seats are."""
        if self.stack.currentWidget() is self.table:
            self.table.setFocus()
        else:
            self.floor.take_focus()

    def focus_seat(self, seat_id: str) -> None:
        """Give a seat the keyboard."""
        if self.stack.currentWidget() is self.table:
            self.table.setFocus()
        else:
            self.floor.focus_seat(seat_id)

    def show_lost(self, since: datetime | None) -> None:
        """Grey what is old and say since when; None shows it as live."""
        if since == self._lost_at:
            return
        self._lost_at = since
        self.stale.setVisible(since is not None)
        self._old.setEnabled(since is not None)
        self._tell_lost()

    def retell(self) -> None:
        """Say everything again."""
        _ = self._wording.language.gettext
        self.switch.set_choices(
            [
                Choice("plan", _("Plan"), icon="layout-grid"),
                Choice("list", _("List"), icon="list-ordered"),
            ],
            _("Display"),
        )
        self._tell_lost()
        tally, self._tally = self._tally, None
        if tally is not None:
            self.show_site(tally)

    def _tell_lost(self) -> None:
        if self._lost_at is None:
            return
        _ = self._wording.language.gettext
        fact = _("No contact since %(time)s.") % {"time": self._wording.phrase.time(self._lost_at)}
        self.stale.tell(fact, _("What you see dates from then. Contact comes back by itself."))

    def _show_counts(self, tally: SiteTally) -> None:
        told = self._wording.summary(tally.count())
        while len(self.counts) > len(told):
            words = self.counts.pop()
            self._summary.remove(words)
            words.deleteLater()
        for place, (state, text) in enumerate(told):
            if place < len(self.counts):
                self.counts[place].tell(state, text)
            else:
                words = StateWords(self._look, state, text)
                self._summary.add(words)
                self.counts.append(words)

    def _show_legend(self, tally: SiteTally) -> None:
        states = [s for s in SeatState if s in OCCURRING or s in tally.states]
        told = [(state, self._wording.state(state)) for state in states]
        if [words.text for words in self.legend] == [text for _state, text in told]:
            return
        for words in self.legend:
            self._legend.remove(words)
            words.deleteLater()
        self.legend = []
        for state, text in told:
            words = StateWords(self._look, state, text, as_cell=True)
            self._legend.add(words)
            self.legend.append(words)

    def _on_switched(self, value: str) -> None:
        self.stack.setCurrentWidget(self.table if value == "list" else self.floor)
