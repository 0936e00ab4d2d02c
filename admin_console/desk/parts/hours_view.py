"""The hours of a room beside its rules and what the changes would do, or above them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from admin_console.desk.models.hours_draft import HoursDraft, Place, week_minutes
from admin_console.desk.models.hours_effect import HoursEffect
from admin_console.desk.models.hours_wording import HoursWording
from admin_console.desk.parts.dates_card import DateFace, DatesCard
from admin_console.desk.parts.side_cards import EffectCard, RulesCard
from admin_console.desk.parts.week_card import DayFace, WeekCard
from kiosk.look.announce import announce
from kiosk.look.banner import Banner, BannerKind
from kiosk.look.button import Button
from kiosk.look.look import Look
from kiosk.look.scroll import ScrollBox
from kiosk.look.trouble import Trouble
from kiosk.wire.place import HoursView as Hours
from kiosk.wire.place import RoomView

EDGE = 26
GAP = 18
SIDE_WIDTH = 320
BESIDE = 960
"""Least width in pixels, at the usual size of text, at which the rules stand beside the hours."""
SAID_DAYS = 3


@dataclass(frozen=True, slots=True)
class HoursState:
    """All that is shown. `day` and `dated` are what is opened; dates before `today` are not."""

    room: RoomView
    draft: HoursDraft
    today: date
    day: int | None
    dated: int | None
    may_edit: bool


class HoursBox(QWidget):
    """The view. Everything that is pressed in it is told by its parts.

    Signals:
        theirs_asked: what somebody else has saved is to be taken over.
        mine_kept: what is written is kept, over what somebody else has saved.
    """

    theirs_asked = Signal()
    mine_kept = Signal()

    def __init__(self, look: Look, wording: HoursWording, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look, self._wording = look, wording
        self.notice = Banner(look, "info")
        self.theirs = Button(look, "", "secondary")
        self.mine = Button(look, "", "secondary")
        self.theirs.clicked.connect(self.theirs_asked)
        self.mine.clicked.connect(self.mine_kept)
        self.choices = QWidget()
        choices = QHBoxLayout(self.choices)
        choices.setContentsMargins(0, 0, 0, 0)
        choices.setSpacing(10)
        choices.addWidget(self.mine)
        choices.addWidget(self.theirs)
        choices.addStretch(1)
        self.week = WeekCard(look, wording)
        self.dates = DatesCard(look, wording)
        self.rules = RulesCard(look, wording)
        self.effect = EffectCard(look, wording)
        left, self._right = QVBoxLayout(), QWidget()
        left.setSpacing(GAP)
        left.addWidget(self.week)
        left.addWidget(self.dates)
        left.addStretch(1)
        right = QVBoxLayout(self._right)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(GAP)
        right.addWidget(self.rules)
        right.addWidget(self.effect)
        right.addStretch(1)
        self._sides = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._sides.setSpacing(GAP)
        self._sides.addLayout(left, 1)
        self._sides.addWidget(self._right)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(EDGE, 20, EDGE, 20)
        column.setSpacing(GAP)
        column.addWidget(self.notice)
        column.addWidget(self.choices)
        column.addLayout(self._sides)
        column.addStretch(1)
        self._scroll = ScrollBox(look)
        self._scroll.set_content(content)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._scroll)
        self.choices.hide()
        self.notice.hide()
        look.changed.connect(self._arrange)

    def show_state(self, state: HoursState, effect: HoursEffect) -> None:
        """Show a room, its hours as they are written, and what they change."""
        wording, draft = self._wording, state.draft
        faults = {fault.place: wording.fault(fault) for fault in reversed(draft.faults())}
        changed = draft.changed_days()
        days = [
            DayFace(times, day in changed, _of_day(faults, weekday=day))
            for day, times in enumerate(draft.week)
        ]
        length = wording.week_length(week_minutes(draft.week))
        self.week.show_week(state.room.name, length, days, state.day, may_edit=state.may_edit)
        kept = {(one.day, one.intervals, one.label) for one in draft.before.exceptions}
        dates = [
            DateFace(
                place,
                dated,
                (dated.day, dated.times, dated.label) not in kept,
                faults.get(Place(dated=place)),
                _of_day(faults, dated=place),
            )
            for place, dated in enumerate(draft.dates)
            if dated.day is None or dated.day >= state.today
        ]
        self.dates.show_dates(dates, state.dated, may_edit=state.may_edit)
        self.rules.show_rule(state.room.rule)
        self.effect.show_effect(self._effects(draft, effect))

    def show_outcome(self, trouble: Trouble | None, *, is_saved: bool, may_edit: bool) -> None:
        """Say above the hours what came of the last save, or why they can only be read."""
        _ = self._wording.language.gettext
        if trouble is not None:
            self._tell("danger", trouble.fact, trouble.rest)
        elif is_saved:
            rest = _("The seats of the room know them from now on.")
            self._tell("success", _("The hours are saved."), rest)
        elif not may_edit:
            rest = _("IT and the administrators of this place change them.")
            self._tell("info", _("You may read these hours."), rest)
        else:
            self.notice.hide()
        self.choices.hide()

    def show_moved(self, draft: HoursDraft, theirs: Hours) -> None:
        """Say that somebody else has saved, and set both sides against each other."""
        _ = self._wording.language.gettext
        trouble = self._wording.moved()
        self._tell("warning", trouble.fact, f"{trouble.rest} {self._both(draft, theirs)}")
        self.mine.setText(_("Keep mine"))
        self.theirs.setText(_("Take theirs"))
        self.choices.show()

    def _tell(self, kind: BannerKind, fact: str, rest: str) -> None:
        said = f"{fact} {rest}"
        if said != self.notice.plain() or self.notice.isHidden():
            announce(self, said)
        self.notice.set_kind(kind)
        self.notice.tell(fact, rest)
        self.notice.show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the rules beside or below the hours."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        scale = self._look.theme.text_scale
        beside = self.width() >= BESIDE * scale
        direction = QBoxLayout.Direction
        self._sides.setDirection(direction.LeftToRight if beside else direction.TopToBottom)
        wide = round(SIDE_WIDTH * scale)
        self._right.setMinimumWidth(wide if beside else 0)
        self._right.setMaximumWidth(wide if beside else 16_777_215)

    def _both(self, draft: HoursDraft, theirs: Hours) -> str:
        wording = self._wording
        other = draft.over(theirs)
        lines = [
            wording.compared(
                wording.weekday(day),
                wording.day_hours(theirs.week[day]).lower(),
                wording.day_hours(draft.week[day]).lower(),
            )
            for day in other.changed_days()
        ]
        if other.changed_dates():
            lines.append(wording.changed_dates(other.changed_dates()))
        return " · ".join(lines)

    def _effects(self, draft: HoursDraft, effect: HoursEffect) -> Sequence[str]:
        wording = self._wording
        if not draft.count():
            return ()
        days = draft.changed_days()
        lines = [
            wording.changed_day(
                f"<b>{escape(wording.weekday(day))}</b>",
                escape(wording.day_hours(draft.week[day]).lower()),
                escape(wording.day_hours(draft.before.week[day]).lower()),
            )
            for day in days[:SAID_DAYS]
        ]
        if len(days) > SAID_DAYS:
            ngettext = wording.language.ngettext
            more = len(days) - SAID_DAYS
            lines.append(
                ngettext("and %(count)d more day", "and %(count)d more days", more)
                % {"count": more}
            )
        if draft.changed_dates():
            lines.append(wording.changed_dates(draft.changed_dates()))
        if effect.before != effect.after:
            lines.append(escape(wording.weeks(effect)))
        said = [wording.since(effect), wording.slots(effect), *wording.bookings(effect)]
        return (*lines, *(escape(one) for one in said if one))


def _of_day(
    faults: Mapping[Place, Trouble], *, weekday: int | None = None, dated: int | None = None
) -> dict[int, Trouble]:
    return {
        place.index: trouble
        for place, trouble in faults.items()
        if place.index is not None and (place.weekday, place.dated) == (weekday, dated)
    }
