"""The panel on the right while no seat is chosen: the next free place, who waits, what is new."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from admin_console.desk.models.notice import NextFree, Notice, NoticeKind
from admin_console.desk.models.noting import Noting
from admin_console.desk.models.ticket_stand import TicketStand
from admin_console.desk.models.wording import Wording
from admin_console.desk.parts.line import grown, line_tone
from admin_console.desk.parts.notice_line import NoticeLine
from admin_console.desk.parts.waiting_list import WaitingList
from kiosk.hublink.failure import Failure
from kiosk.look.announce import announce
from kiosk.look.badge import Badge
from kiosk.look.look import Look
from kiosk.look.paint import begin, draw_box
from kiosk.look.ring import Ring
from kiosk.look.scroll import ScrollBox
from kiosk.look.token import ColourName
from kiosk.look.words import Words
from kiosk.rules.seat import SeatState

WIDTH = 312
MORE = 80
"""How much wider the panel becomes with the largest text."""
RING = 66
CORNER = 14
EDGE = 20
REACH = 8
"""Room beside the notices in which a focus ring is drawn."""


class Ground(QWidget):
    """A tinted box; give it a layout."""

    def __init__(self, look: Look, tone: ColourName, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._tone: ColourName = tone
        self._ink: ColourName = "control_border"
        look.changed.connect(self.update)

    def set_tone(self, tone: ColourName, ink: ColourName) -> None:
        """Show another ground; `ink` outlines it in high contrast."""
        self._tone, self._ink = tone, ink
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ground."""
        theme = self._look.theme
        line = theme.colour(self._ink) if theme.is_high_contrast else None
        painter = begin(self)
        draw_box(painter, QRectF(self.rect()), CORNER, theme.colour(self._tone), line, 1.5)
        painter.end()


class NextFreeCard(Ground):
    """The next free place: a ring that runs out, or the seats that are free now."""

    def __init__(self, look: Look, wording: Wording, parent: QWidget | None = None) -> None:
        super().__init__(look, "success_soft", parent)
        self._wording = wording
        self._shown: NextFree | None = None
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.ring = Ring(look, RING, on_tint=True)
        self.badge = Badge(look, SeatState.FREE, 44)
        self.heading = Words(look, "", "small", "success", weight=600, wrap=True)
        self.fact = Words(look, "", "h2", rem=1.33, weight=700, wrap=True)
        self.line = Words(look, "", "small", "ink_muted", wrap=True)
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addStretch(1)
        words.addWidget(self.heading)
        words.addWidget(self.fact)
        words.addWidget(self.line)
        words.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(18, 16, 18, 16)
        row.setSpacing(14)
        row.addWidget(self.ring)
        row.addWidget(self.badge)
        row.addLayout(words, 1)

    def show_next(self, found: NextFree | None) -> None:
        """Show the place; None hides the card."""
        self._shown = found
        self.setVisible(found is not None)
        self.retell()

    def retell(self) -> None:
        """Say everything again."""
        found, wording = self._shown, self._wording
        if found is None:
            return
        _ = wording.language.gettext
        free = bool(found.free)
        ending = found.ending
        self.ring.setVisible(not free)
        self.badge.setVisible(free)
        self.line.setVisible(not free)
        tone: ColourName = "success" if free else "warning"
        self.set_tone("success_soft" if free else "warning_soft", tone)
        self.heading.set_tone(tone)
        if free:
            form = wording.language.ngettext("Free place now", "Free places now", len(found.free))
            self.heading.say(form)
            self.fact.say(wording.seat_list([stand.number for stand in found.free]))
        elif ending is not None and ending.ends_at is not None:
            ticket = found.ticket
            expected = ticket.expected_at if ticket is not None else None
            told = {"time": wording.phrase.time(expected or ending.ends_at)}
            self.heading.say(_("Next free place"))
            self.fact.say(wording.seat_name(ending.number))
            if ticket is None:
                self.line.say(_("at %(time)s") % told)
            else:
                told["ticket"] = ticket.label
                late = _("any minute now, for %(ticket)s")
                form = late if ticket.is_late else _("around %(time)s, for %(ticket)s")
                self.line.say(form % told)
            minutes = found.minutes
            self.ring.show_time(
                minutes * 60,
                max(ending.total_seconds, 60),
                unit=_("min"),
                spoken=wording.spoken(ending),
            )


class OverviewPanel(QWidget):
    """The panel.

    Signals:
        seat_chosen: the id of the site and of the seat that a notice leads to.
        help_answered: the notice whose visitor is told that somebody comes.
        seen: site id and ids of parked facts that somebody has looked at.
        left: the line that had the keyboard is gone, and there is no other.
        rebuilt: there are other lines, and other stops of the Tab key.
    """

    seat_chosen = Signal(str, str)
    help_answered = Signal(object)
    seen = Signal(str, object)
    rebuilt = Signal()
    left = Signal()

    def __init__(
        self,
        look: Look,
        wording: Wording,
        noting: Noting,
        room_name: Callable[[str], str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look, self._wording, self._noting = look, wording, noting
        self._shown: tuple[Notice, ...] = ()
        self._site_id = ""
        self._may_act = False
        self.lines: list[NoticeLine] = []
        self.setFixedWidth(grown(look, WIDTH, MORE))
        self.next = NextFreeCard(look, wording)
        self.quiet = Words(look, "", "small", "ink_muted", wrap=True)
        self.heading = Words(look, "", "small", "ink_muted", weight=600)
        self.trouble = Words(look, "", "small", "danger", wrap=True)
        self.trouble.hide()
        self.waiting = WaitingList(look, wording, room_name)
        self.waiting.rebuilt.connect(self.rebuilt)
        self._holder = QWidget()
        self._list = QVBoxLayout()
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(2)
        whole = QVBoxLayout(self._holder)
        whole.setContentsMargins(REACH, REACH, REACH, REACH)
        whole.setSpacing(8)
        # Who waits stands above; what is good to know keeps to the bottom of the panel then.
        whole.addWidget(self.waiting)
        self._between = QWidget()
        whole.addWidget(self._between, 1)
        for part in (self.heading, self.quiet, self.trouble):
            whole.addWidget(part)
        whole.addLayout(self._list)
        self._below = QWidget()
        whole.addWidget(self._below, 1)
        self._scroll = ScrollBox(look)
        self._scroll.set_content(self._holder)
        column = QVBoxLayout(self)
        column.setContentsMargins(EDGE - REACH, 18, EDGE - REACH, 10)
        column.setSpacing(16 - REACH)
        row = QHBoxLayout()
        row.setContentsMargins(REACH, 0, REACH, 0)
        row.addWidget(self.next)
        column.addLayout(row)
        column.addWidget(self._scroll, 1)
        look.changed.connect(self._restyle)
        wording.language.changed.connect(self.retell)
        self.retell()

    def show_overview(
        self,
        site_id: str,
        found: NextFree | None,
        told: Sequence[Notice],
        lists: Sequence[Sequence[TicketStand]] = (),
        *,
        may_act: bool,
    ) -> None:
        """Show a site; `may_act` says whether the person may answer calls and change tickets."""
        self.next.show_next(found)
        if site_id != self._site_id:
            self.waiting.forget_trouble()
        self.waiting.show_tickets(lists, may_act=may_act)
        somebody = not self.waiting.isHidden()
        self._between.setVisible(somebody)
        self._below.setVisible(not somebody)
        shown = (tuple(told), site_id, may_act)
        if shown != (self._shown, self._site_id, self._may_act):
            self._shown, self._site_id, self._may_act = shown
            self.trouble.hide()
            self._rebuild()

    def show_unsettled(self, event_ids: object, failure: Failure) -> None:
        """Say that facts stay on the list, and why, where their line is shown."""
        if any(line.notice.event_ids == event_ids for line in self.lines):
            trouble = self._noting.unsettled(failure)
            self.trouble.say(trouble.whole)
            self.trouble.show()
            announce(self, trouble.whole)

    def retell(self) -> None:
        """Say everything again."""
        _ = self._wording.language.gettext
        self.heading.say(_("Good to know"))
        self.quiet.say(_("Nothing to report: every computer answers."))
        self.next.retell()
        self.waiting.retell()
        self._rebuild()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw ground and line."""
        painter = begin(self)
        painter.fillRect(self.rect(), self._look.colour("surface"))
        painter.fillRect(0, 0, 1, self.height(), self._look.colour(line_tone(self._look)))
        painter.end()

    def _restyle(self) -> None:
        self.setFixedWidth(grown(self._look, WIDTH, MORE))
        self.update()

    def _rebuild(self) -> None:
        _ = self._wording.language.gettext
        focused = QApplication.focusWidget()
        focus = next(
            (
                (line.notice, line.action is not None and line.action.hasFocus())
                for line in self.lines
                if focused is not None and line.isAncestorOf(focused)
            ),
            None,
        )
        for line in self.lines:
            self._list.removeWidget(line)
            line.hide()
            line.deleteLater()
        while self._list.count():
            self._list.takeAt(0)
        self.lines = []
        for notice in self._shown:
            text = self._noting.tell(notice, here=self._site_id)
            answers = {NoticeKind.HELP: _("I’m coming"), NoticeKind.PARKED: _("Seen")}
            answer = answers.get(notice.kind, "") if self._may_act else ""
            line = NoticeLine(self._look, notice, text, answer)
            line.words.clicked.connect(self._on_chosen)
            if line.action is not None:
                line.action.clicked.connect(self._on_answered)
            self._list.addWidget(line)
            self.lines.append(line)
            if focus is not None and focus[0].key == notice.key:
                target = line.action if focus[1] and line.action is not None else line.words
                target.setFocus()
        if focus is not None and all(line.notice.key != focus[0].key for line in self.lines):
            # What was answered is gone: the keyboard goes on to the next line, or to the seats.
            if self.lines:
                self.lines[0].words.setFocus()
            else:
                self.left.emit()
        self.quiet.setVisible(not self._shown)
        self.rebuilt.emit()

    def tab_stops(self) -> list[QWidget]:
        """Return the stops of the Tab key in reading order."""
        return [
            *self.waiting.tab_stops(),
            *(
                stop
                for line in self.lines
                for stop in (line.words, line.action)
                if stop is not None
            ),
        ]

    def _line_of(self) -> NoticeLine | None:
        sender = self.sender()
        return next((ln for ln in self.lines if sender in {ln.words, ln.action}), None)

    def _on_chosen(self) -> None:
        line = self._line_of()
        if line is not None:
            self.seat_chosen.emit(line.notice.site_id, line.notice.seat_id)

    def _on_answered(self) -> None:
        line = self._line_of()
        if line is None:
            return
        if line.notice.kind is NoticeKind.PARKED:
            self.seen.emit(line.notice.site_id, line.notice.event_ids)
        else:
            self.help_answered.emit(line.notice)
