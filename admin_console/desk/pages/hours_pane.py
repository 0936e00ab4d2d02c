"""The opening hours of a room in *Réglages*: changed by those who may, read by everybody else."""

from collections.abc import Callable
from datetime import timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from admin_console.desk.models.board import Board, Difference
from admin_console.desk.models.hours_draft import DatedDay, HoursDraft, Times
from admin_console.desk.models.hours_effect import effect_of
from admin_console.desk.models.hours_wording import HoursWording
from admin_console.desk.models.person import Person
from admin_console.desk.models.typed import read_date
from admin_console.desk.models.week_shape import Cell, proposed
from admin_console.desk.models.wording import Wording
from admin_console.desk.parts.hours_questions import CopyQuestion, LeaveQuestion
from admin_console.desk.parts.hours_view import HoursBox, HoursState
from admin_console.desk.parts.save_bar import SaveBar
from kiosk.hublink.failure import Failure
from kiosk.look.guard import Guard
from kiosk.look.look import Look
from kiosk.look.trouble import Trouble
from kiosk.rules.hours import local_date
from kiosk.wire.hours import HoursFaulty, HoursMoved, HoursSaved
from kiosk.wire.place import HoursView


class HoursPane(QWidget):
    """The pane. It keeps what is written until it is saved or given up.

    Signals:
        save_asked: room id, and the `SetHours` to ask for.
    """

    save_asked = Signal(str, object)

    def __init__(
        self,
        look: Look,
        guard: Guard,
        wording: Wording,
        board: Board,
        person: Person,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._board, self._person = board, person
        self._wording = wording
        self._hours_wording = HoursWording(wording.language)
        self._room_id = ""
        self._draft: HoursDraft | None = None
        self._day: int | None = None
        self._dated: int | None = None
        self._moved: HoursView | None = None
        self._trouble: Trouble | None = None
        self._is_saving = self._is_saved = False
        self.box = HoursBox(look, self._hours_wording)
        self.bar = SaveBar(look, self._hours_wording)
        self.copy = CopyQuestion(look, guard, self._hours_wording, self)
        self.question = LeaveQuestion(look, guard, self._hours_wording, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.box, 1)
        column.addWidget(self.bar)
        self._connect()

    def _connect(self) -> None:
        box, week, dates = self.box, self.box.week, self.box.dates
        week.cell_pressed.connect(self._on_cell)
        week.day_edited.connect(self._on_day_edited)
        week.editor_closed.connect(self._close_day)
        week.copy_asked.connect(self._on_copy_asked)
        self.copy.confirmed.connect(self._on_copied)
        dates.date_pressed.connect(self._on_date)
        dates.add_asked.connect(self._on_date_added)
        dates.editor.edited.connect(self._on_date_edited)
        dates.editor.removed.connect(self._on_date_removed)
        dates.editor.done.connect(self._close_date)
        box.theirs_asked.connect(self.give_up)
        box.mine_kept.connect(self._on_mine_kept)
        self.bar.cancel_asked.connect(self.give_up)
        self.bar.save_asked.connect(self.save)

    # -------------------------------------------------------------------------------- showing

    @property
    def draft(self) -> HoursDraft | None:
        """What is written, None where there is no room."""
        return self._draft

    def parts(self) -> list[QWidget]:
        """Return the parts in reading order."""
        return [self.box, self.bar]

    def show_room(self, room_id: str) -> None:
        """Show the hours of a room; whatever was written before is forgotten."""
        room = self._board.book.room(room_id)
        if room is None:
            return
        self._room_id = room_id
        self._day = self._dated = None
        self._is_saving = False
        self._begin(HoursDraft.of(room.hours))

    def settle(self, difference: Difference) -> None:
        """Take over what the hub tells of the hours."""
        if self._room_id in difference.rooms:
            self._take_hours()

    def show_time(self) -> None:
        """Show what the changes would do from now on."""
        self._show()

    def show_answer(self, room_id: str, answer: object) -> None:
        """Show what came of a save: an answer of the hub, or a `Failure`."""
        if room_id != self._room_id or self._draft is None:
            return
        self._is_saving = False
        match answer:
            case HoursSaved(room=room):
                self._take_saved(room.hours)
            case HoursMoved(room=room) if self._draft.says(room.hours):
                # The answer to an earlier save of the same was lost on its way.
                self._take_saved(room.hours)
            case HoursMoved(room=room):
                self._moved = room.hours
            case HoursFaulty():
                self._trouble = self._hours_wording.faulty()
            case Failure():
                self._trouble = self._hours_wording.failure(answer)
        self._show()

    def retell(self) -> None:
        """Say everything again."""
        self._trouble = None
        self._show()

    def cover(self, house: QWidget) -> None:
        """Let the questions lie over the whole house."""
        self.copy.cover(house)
        self.question.cover(house)

    # -------------------------------------------------------------------------------- leaving

    def is_writing(self) -> bool:
        """Return whether hours are being written."""
        return self._day is not None or self._dated is not None

    def is_held(self) -> bool:
        """Return whether something is not saved."""
        self._commit()
        return self._draft is not None and bool(self._draft.count() or self._draft.faults())

    def leave(self, go_on: Callable[[], object]) -> None:
        """Go on at once, or once somebody gives up what is not saved."""
        if self._draft is None or not self.is_held():
            go_on()
            return

        def forget() -> None:
            self.give_up()
            go_on()

        self.question.ask(max(1, self._draft.count()), forget)

    # --------------------------------------------------------------------------------- wishes

    def save(self) -> None:
        """Ask for the hours as they are written."""
        self._commit()
        draft = self._draft
        if draft is None or not draft.can_be_saved() or self._moved is not None:
            return
        if not self._is_saving:
            self._is_saving, self._is_saved, self._trouble = True, False, None
            self._show()
            self.save_asked.emit(self._room_id, draft.ask())

    def give_up(self) -> None:
        """Forget what is written, and show the hours as they are."""
        room = self._board.book.room(self._room_id)
        hours = self._moved or (room.hours if room is not None else None)
        if hours is None:
            return
        self._day = self._dated = None
        self._begin(HoursDraft.of(hours))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close what is open with Escape; what was written in it stays written."""
        if event.key() == Qt.Key.Key_Escape and self.is_writing():
            self._commit()
            if self._day is not None:
                self._close_day()
            else:
                self._close_date()
            return
        super().keyPressEvent(event)

    def _on_cell(self, weekday: int, cell: Cell) -> None:
        draft = self._draft
        if draft is None:
            return
        times = draft.week[weekday]
        self._day, self._dated = weekday, None
        place = cell.index
        if place is None:
            place = len(times)
            self.show_draft(draft.with_day(weekday, (*times, proposed(times, cell.halves[0]))))
        else:
            self._show()
        self.box.week.editor.rows.focus_row(place)

    def _on_day_edited(self, weekday: int, times: Times) -> None:
        if self._draft is not None:
            self.show_draft(self._draft.with_day(weekday, times))

    def _close_day(self) -> None:
        day, self._day = self._day, None
        self._show()
        if day is not None:
            self.box.week.focus_day(day)

    def _on_copy_asked(self) -> None:
        self._commit()
        self.copy.ask(self._day if self._day is not None else 0)

    def _on_copied(self, source: int, targets: tuple[int, ...]) -> None:
        if self._draft is not None:
            self.show_draft(self._draft.with_copies(source, targets))

    def _on_date(self, place: int) -> None:
        self._day, self._dated = None, place
        self._show()
        self.box.dates.editor.rows.focus_row(0)

    def _on_date_added(self) -> None:
        room = self._board.book.room(self._room_id)
        if self._draft is None or room is None:
            return
        taken = {dated.day for dated in self._draft.dates}
        day = local_date(self._board.now, room.hours.zone) + timedelta(days=1)
        while day in taken:
            day += timedelta(days=1)
        self._day, self._dated = None, len(self._draft.dates)
        self.show_draft(self._draft.plus_date(DatedDay(day)))
        self.box.dates.editor.day.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self.box.dates.editor.day.edit.selectAll()

    def _on_date_edited(self, day: str, times: Times, label: str) -> None:
        room = self._board.book.room(self._room_id)
        if self._draft is None or self._dated is None or room is None:
            return
        today = local_date(self._board.now, room.hours.zone)
        dated = DatedDay(read_date(day, today), times, label)
        self.show_draft(self._draft.with_date(self._dated, dated))

    def _on_date_removed(self) -> None:
        place, self._dated = self._dated, None
        if self._draft is not None and place is not None:
            self.show_draft(self._draft.less_date(place))
            self.box.dates.focus_date(place)

    def _close_date(self) -> None:
        place, self._dated = self._dated, None
        self._show()
        if place is not None:
            self.box.dates.focus_date(place)

    def _on_mine_kept(self) -> None:
        if self._draft is not None and self._moved is not None:
            self._begin(self._draft.over(self._moved))

    # ------------------------------------------------------------------------------ the draft

    def show_draft(self, draft: HoursDraft) -> None:
        """Take over what is written now; what was said of the last save is said no more."""
        if draft == self._draft:
            return
        self._draft = draft
        self._is_saved = False
        self._trouble = None
        self._show()

    def _begin(self, draft: HoursDraft) -> None:
        """Begin with a draft of its own, whatever stood there before."""
        self._draft = draft
        self._is_saved = False
        self._trouble = self._moved = None
        self._show()

    def _take_saved(self, hours: HoursView) -> None:
        """Take over what the hub has kept; what was written since stays a change of it."""
        draft = self._draft
        if draft is not None:
            self._begin(HoursDraft.of(hours) if draft.says(hours) else draft.over(hours))
            self._is_saved = True

    def _take_hours(self) -> None:
        """Take over hours that were told: nobody's, one's own, or somebody else's."""
        room, draft = self._board.book.room(self._room_id), self._draft
        if room is None or draft is None or self._is_saving or room.hours == draft.before:
            return
        if draft.says(room.hours) or not (draft.count() or draft.faults()):
            self._begin(HoursDraft.of(room.hours))
        else:
            self._moved = room.hours
            self._show()

    def _commit(self) -> None:
        """Take over what stands in the field that has the keyboard."""
        focused = QApplication.focusWidget()
        if focused is not None and self.box.isAncestorOf(focused) and self.is_writing():
            focused.clearFocus()
            focused.setFocus(Qt.FocusReason.OtherFocusReason)

    # ------------------------------------------------------------------------------- the face

    def _show(self) -> None:
        room, draft = self._board.book.room(self._room_id), self._draft
        if room is None or draft is None:
            return
        now, may_edit = self._board.now, self._person.may_set(room.site_id)
        today = local_date(now, room.hours.zone)
        effect = effect_of(draft, room, self._board.book.seats_of_room(room.room_id), now)
        state = HoursState(room, draft, today, self._day, self._dated, may_edit)
        self.box.show_state(state, effect)
        if self._moved is not None:
            self.box.show_moved(draft, self._moved)
        else:
            self.box.show_outcome(self._trouble, is_saved=self._is_saved, may_edit=may_edit)
        self.bar.setVisible(may_edit)
        since = self._hours_wording.since(effect)
        self.bar.show_draft(
            draft, since, is_saving=self._is_saving, is_moved=self._moved is not None
        )
