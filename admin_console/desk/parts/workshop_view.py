"""The workshops of a room: what is on and the list, or one series with its dates beside it."""

from collections.abc import Sequence
from datetime import date, datetime

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from admin_console.desk.models.series_plan import PlanFault, SeriesPlan, Theirs
from admin_console.desk.models.series_wording import SeriesWording
from admin_console.desk.parts.series_dates import SeriesDates
from admin_console.desk.parts.series_editor import SeriesEditor
from admin_console.desk.parts.series_list import SeriesList
from admin_console.desk.parts.workshop_cards import WorkshopCards
from kiosk.look.announce import announce
from kiosk.look.banner import Banner, BannerKind
from kiosk.look.button import Button
from kiosk.look.look import Look
from kiosk.look.scroll import ScrollBox
from kiosk.look.trouble import Trouble
from kiosk.rules.hours import local_date
from kiosk.rules.workshop import SeriesFault
from kiosk.wire.place import RoomView

EDGE = 26
DATE_FAULTS = (SeriesFault.NO_DATES, SeriesFault.OVER, SeriesFault.TOO_MANY_DATES)
GAP = 18
BELOW = 8
"""Room under what scrolls: no word stands on the edge of the window."""
BESIDE = 880
"""Least width in pixels, at the usual size of text, at which the dates stand beside the rest."""


class WorkshopBox(QWidget):
    """The view. Everything that is pressed in it is told by its parts.

    Signals:
        theirs_asked: what somebody else has saved is to be taken over.
        mine_kept: what is written is kept, over what somebody else has saved.
    """

    theirs_asked = Signal()
    mine_kept = Signal()

    def __init__(
        self,
        look: Look,
        wording: SeriesWording,
        cards: WorkshopCards,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look, self._wording = look, wording
        self.cards = cards
        self.notice = Banner(look, "info")
        self.theirs = Button(look, "", "secondary")
        self.mine = Button(look, "", "secondary")
        self.theirs.clicked.connect(self.theirs_asked)
        self.mine.clicked.connect(self.mine_kept)
        self.back = Button(look, "", "quiet", icon="chevron-left")
        self.choices = QWidget()
        choices = QHBoxLayout(self.choices)
        choices.setContentsMargins(0, 0, 0, 0)
        choices.setSpacing(10)
        choices.addWidget(self.mine)
        choices.addWidget(self.theirs)
        choices.addStretch(1)
        self.list = SeriesList(look, wording)
        self.editor = SeriesEditor(look, wording)
        self.dates = SeriesDates(look, wording)
        cards.left.connect(self.list.take_focus)
        self._on, self._writing = QWidget(), QWidget()
        on = QVBoxLayout(self._on)
        on.setContentsMargins(0, 0, 0, 0)
        on.addWidget(cards)
        self._sides = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._sides.setSpacing(GAP)
        top = QHBoxLayout()
        top.addWidget(self.back)
        top.addStretch(1)
        writing = QVBoxLayout(self._writing)
        writing.setContentsMargins(0, 0, 0, 0)
        writing.setSpacing(8)
        writing.addLayout(top)
        writing.addLayout(self._sides)
        self._sides.addWidget(self.editor, 1)
        self._sides.addWidget(self.dates, 1)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(EDGE, 20, EDGE, 20)
        column.setSpacing(GAP)
        column.addWidget(self.notice)
        column.addWidget(self.choices)
        column.addWidget(self._on)
        column.addWidget(self.list)
        column.addWidget(self._writing)
        column.addStretch(1)
        self._scroll = ScrollBox(look)
        self._scroll.set_content(content)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, BELOW)
        outer.addWidget(self._scroll)
        self.notice.hide()
        self.choices.hide()
        self._writing.hide()
        look.changed.connect(self._arrange)

    def begin(self, plan: SeriesPlan, proposed: date) -> None:
        """Show another plan from the beginning, with a day that its dates could begin with."""
        self.editor.begin(plan)
        self.dates.begin(plan, proposed)

    def show_writing(self, *, is_writing: bool) -> None:
        """Show one series, or what is on and the list."""
        changes = is_writing == self._writing.isHidden()
        self._writing.setVisible(is_writing)
        self.list.setVisible(not is_writing)
        self._on.setVisible(not is_writing)
        if changes:
            self._scroll.verticalScrollBar().setValue(0)

    def say(self, kind: BannerKind, fact: str, rest: str) -> None:
        """Say something above everything."""
        said = f"{fact} {rest}"
        if said != self.notice.plain() or self.notice.isHidden():
            announce(self, said)
        self.notice.set_kind(kind)
        self.notice.tell(fact, rest)
        self.notice.show()
        self.choices.hide()

    def show_plan(
        self,
        room: RoomView,
        plan: SeriesPlan,
        numbers: Sequence[int],
        faults: Sequence[PlanFault],
        now: datetime,
    ) -> None:
        """Show a plan for a room and its seats, what is wrong with it, and what it runs into."""
        wording, today = self._wording, local_date(now, room.hours.zone)
        self.back.setText(wording.language.gettext("All workshops"))
        told = {fault: wording.fault(fault).whole for fault in faults}
        titles = wording.titles(room)
        notes = {
            day: [
                wording.conflict(one.kind, titles.get(one.other or "", ""), one.seats)
                for one in found
            ]
            for day, found in plan.runs_into(room, today, now).items()
        }
        self.editor.show_plan(plan, numbers, told)
        wrong = next((told[fault] for fault in DATE_FAULTS if fault in told), "")
        self.dates.show_plan(plan, room.hours.as_rule(), today, notes, wrong)

    def show_outcome(
        self,
        moved: Theirs | None,
        trouble: Trouble | None,
        done: tuple[str, str] | None,
        *,
        may_plan: bool,
    ) -> None:
        """Say what came of the last save, or why the workshops can only be read."""
        _ = self._wording.language.gettext
        if moved is not None:
            self.say_moved(moved)
        elif trouble is not None:
            self.say("danger", trouble.fact, trouble.rest)
        elif done is not None:
            self.say("success", *done)
        elif not may_plan:
            rest = _("Agents, trainers, IT and administrators of this place change them.")
            self.say("info", _("You may read these workshops."), rest)
        else:
            self.notice.hide()
            self.choices.hide()

    def say_moved(self, theirs: Theirs) -> None:
        """Say that somebody else has saved, and ask whose is kept."""
        _ = self._wording.language.gettext
        trouble = self._wording.moved(theirs.series)
        self.say("warning", trouble.fact, trouble.rest)
        self.mine.setText(_("Keep mine"))
        self.theirs.setText(_("Take theirs"))
        self.choices.show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the dates beside or below the rest."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        beside = self.width() >= BESIDE * self._look.theme.text_scale
        direction = QBoxLayout.Direction
        self._sides.setDirection(direction.LeftToRight if beside else direction.TopToBottom)
