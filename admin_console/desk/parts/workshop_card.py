"""A workshop that is on: its seats, all of them to open at once, and all of them to end."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from admin_console.desk.models.workshop_day import SeatTurn, WorkshopNow
from admin_console.desk.models.workshop_wording import ICONS, WorkshopWording
from admin_console.desk.parts.flow import Apart, Flow
from kiosk.look.announce import announce
from kiosk.look.banner import Banner
from kiosk.look.button import Button
from kiosk.look.card import Card
from kiosk.look.field import Mark
from kiosk.look.look import Look
from kiosk.look.trouble import Trouble
from kiosk.look.words import Words

EDGE = 24
GAP = 12


class SeatMark(QWidget):
    """One seat: an icon, its number, and how it stands."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._mark = Mark(look, "monitor", "ink_muted", 18)
        self.words = Words(look, "", "small", weight=600)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self._mark)
        row.addWidget(self.words)

    def tell(self, seat: SeatTurn, text: str) -> None:
        """Show a seat."""
        icon, tone = ICONS[seat.turn]
        self._mark.show_icon(icon, tone)
        self.words.say(text)


class WorkshopCard(Card):
    """The card of one series.

    Signals:
        open_asked: its seats are to be opened.
        end_asked: whoever sits for it is to end.
        left: the button that had the keyboard is gone, and there is no other.
    """

    open_asked = Signal()
    end_asked = Signal()
    left = Signal()

    def __init__(self, look: Look, wording: WorkshopWording, parent: QWidget | None = None) -> None:
        super().__init__(look, "panel", parent)
        self._look, self._wording = look, wording
        self.marks: list[SeatMark] = []
        self.heading = Words(look, "", "small", "ink_muted", weight=600)
        self.title = Words(look, "", "h2", wrap=True)
        self.line = Words(look, "", "body", wrap=True)
        self.note = Words(look, "", "small", "ink_muted", wrap=True)
        self.trouble = Banner(look, "danger")
        self.trouble.hide()
        self.open = Button(look, "", "primary", icon="presentation", size="main")
        self.end = Button(look, "", "danger", size="main")
        self.open.clicked.connect(self.open_asked)
        self.end.clicked.connect(self.end_asked)
        titles = QWidget()
        words = QVBoxLayout(titles)
        words.setContentsMargins(0, 0, 0, 0)
        words.setSpacing(2)
        for part in (self.heading, self.title, self.line, self.note):
            words.addWidget(part)
        answers = QWidget()
        buttons = QHBoxLayout(answers)
        buttons.setContentsMargins(4, 4, 4, 4)
        buttons.setSpacing(10)
        buttons.addWidget(self.open)
        buttons.addWidget(self.end)
        self._seats = Flow(gap=22, line_gap=10)
        column = QVBoxLayout(self)
        column.setContentsMargins(EDGE, 18, EDGE, 20)
        column.setSpacing(GAP)
        column.addWidget(Apart(titles, answers, least=260))
        column.addWidget(self._seats)
        column.addWidget(self.trouble)

    def show_now(self, now: WorkshopNow, trouble: Trouble | None, *, may_run: bool) -> None:
        """Show how a workshop stands."""
        _ = self._wording.language.gettext
        today = _("Today") if now.booking is not None else _("Still open")
        self.heading.say(f"{today} · {self._wording.series.kind(now.series.ground)}")
        self.title.say(now.series.title)
        self.line.say(self._wording.line(now))
        self.note.say(self._wording.note(now))
        self.open.setText(self._wording.open(now.to_open))
        self.open.setEnabled(now.may_open)
        self.end.setText(self._wording.end(now.series.ground))
        self._offer(
            opens=may_run and now.booking is not None and now.to_open > 0,
            ends=may_run and now.open_count > 0,
        )
        self._show_seats(now.seats)
        if trouble is None:
            self.trouble.hide()
        elif trouble.whole != self.trouble.plain() or self.trouble.isHidden():
            self.trouble.tell(trouble.fact, trouble.rest)
            self.trouble.show()
            announce(self, trouble.whole)

    def _offer(self, *, opens: bool, ends: bool) -> None:
        """Show the buttons that do something; the keyboard goes from one to the other."""
        had_focus = self.open.hasFocus() or self.end.hasFocus()
        for button, offered in ((self.open, opens), (self.end, ends)):
            if offered:
                button.show()
        if had_focus and not ((self.open.hasFocus() and opens) or (self.end.hasFocus() and ends)):
            if ends or opens:
                (self.end if ends else self.open).setFocus(Qt.FocusReason.OtherFocusReason)
            else:
                self.left.emit()
        self.open.setVisible(opens)
        self.end.setVisible(ends)

    def _show_seats(self, seats: Sequence[SeatTurn]) -> None:
        _ = self._wording.language.gettext
        while len(self.marks) > len(seats):
            mark = self.marks.pop()
            self._seats.remove(mark)
            mark.deleteLater()
        while len(self.marks) < len(seats):
            mark = SeatMark(self._look)
            self._seats.add(mark)
            self.marks.append(mark)
        for mark, seat in zip(self.marks, seats, strict=True):
            told = {"number": seat.number, "state": self._wording.turn(seat.turn)}
            mark.tell(seat, _("Seat %(number)d: %(state)s") % told)
