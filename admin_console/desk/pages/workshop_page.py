"""*Ateliers*: the workshops and reservations of a room, written, opened and ended by who may."""

from collections.abc import Callable
from datetime import date, datetime

from msgspec.structs import replace
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from admin_console.desk.models.board import Board, Difference
from admin_console.desk.models.person import Person
from admin_console.desk.models.series_plan import (
    PlanFault,
    SeriesPlan,
    Theirs,
    next_open_day,
    series_in,
)
from admin_console.desk.models.series_wording import SeriesWording
from admin_console.desk.models.wording import Wording
from admin_console.desk.models.workshop_wording import WorkshopWording
from admin_console.desk.pages.page import Page
from admin_console.desk.parts.hours_questions import LeaveQuestion
from admin_console.desk.parts.places_column import PlacesColumn
from admin_console.desk.parts.save_bar import SaveBar
from admin_console.desk.parts.series_questions import ConflictQuestion, SureQuestion
from admin_console.desk.parts.workshop_cards import WorkshopCards
from admin_console.desk.parts.workshop_view import WorkshopBox
from kiosk.hublink.failure import Failure
from kiosk.look.guard import Guard
from kiosk.look.look import Look
from kiosk.look.trouble import Trouble
from kiosk.rules.hours import local_date
from kiosk.wire.place import RoomView, SeriesView
from kiosk.wire.workshop import (
    RunWorkshop,
    SeriesAsks,
    SeriesFaulty,
    SeriesMoved,
    SeriesSaved,
    SetSeries,
)

USUAL = (14 * 60, 16 * 60)
"""The hours that are proposed, in minutes from midnight."""


class WorkshopPage(Page):
    """The page. It keeps what is written until it is saved or given up.

    Signals:
        save_asked: room id, and the `SetSeries` to ask for.
        run_asked: room id, and the `RunWorkshop` to ask for.
    """

    save_asked = Signal(str, object)
    run_asked = Signal(str, object)

    icon = "presentation"

    def __init__(
        self,
        look: Look,
        guard: Guard,
        wording: Wording,
        board: Board,
        person: Person,
        new_id: Callable[[], str],
    ) -> None:
        super().__init__()
        self._board, self._person, self._new_id = board, person, new_id
        self._wording, self._series = wording, SeriesWording(wording)
        self._workshop = WorkshopWording(self._series)
        self._site_id, self._room_id = "", ""
        self._plan: SeriesPlan | None = None
        self._moved: Theirs | None = None
        self._trouble: Trouble | None = None
        self._done: tuple[str, str] | None = None
        self._asked: SetSeries | None = None
        self._is_saving, self._is_checked = False, False
        self.setProperty("ground", "page")
        self.places = PlacesColumn(look, wording, topics=False)
        self.cards = WorkshopCards(look, guard, self._workshop, board)
        self.box = WorkshopBox(look, self._series, self.cards)
        self.bar = SaveBar(look, self._series.hours)
        self.conflicts = ConflictQuestion(look, guard, self._series, self)
        self.sure = SureQuestion(look, guard, self._series, self)
        self.question = LeaveQuestion(look, guard, self._series.hours, self)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self.box, 1)
        right.addWidget(self.bar)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.places)
        row.addLayout(right, 1)
        self._connect()
        for site in board.book.sites()[:1]:
            self._show_site(site.site_id)

    def _connect(self) -> None:
        box = self.box
        self.places.sites.chosen.connect(self.show_site)
        self.places.rooms.chosen.connect(self.show_room)
        box.list.opened.connect(self.open_series)
        box.list.new_asked.connect(self.begin_new)
        box.editor.edited.connect(self.show_plan)
        box.dates.edited.connect(self.show_plan)
        box.editor.removal_asked.connect(self._on_removal_asked)
        box.back.clicked.connect(self.go_back)
        box.theirs_asked.connect(self._on_theirs)
        box.mine_kept.connect(self._on_mine)
        self.cards.run_asked.connect(self.run_asked)
        self.bar.cancel_asked.connect(self.give_up)
        self.bar.save_asked.connect(self.save)
        self.conflicts.confirmed.connect(self._on_confirmed)
        self._wording.language.changed.connect(self.retell)

    # -------------------------------------------------------------------------------- showing

    @property
    def plan(self) -> SeriesPlan | None:
        """What is written, None while the list is shown."""
        return self._plan

    @property
    def room_id(self) -> str:
        """The room whose workshops are shown."""
        return self._room_id

    def title(self) -> str:
        """Return the name of the page."""
        return self._wording.language.gettext("Workshops")

    def parts(self) -> list[QWidget]:
        """Return the parts of the page in reading order."""
        return [self.places, self.box, self.bar]

    def show_site(self, site_id: str) -> None:
        """Show the first room of a site; asks where something is not saved."""
        if site_id != self._site_id:
            self.leave(lambda: self._show_site(site_id))
        self._show_places()

    def show_room(self, room_id: str) -> None:
        """Show another room; asks where something is not saved."""
        if room_id != self._room_id:
            self.leave(lambda: self._show_room(room_id))
        self._show_places()

    def settle(self, difference: Difference) -> None:
        """Take over what the hub tells of places, of series, of seats and of commands."""
        if difference.layout or difference.sites:
            self._show_places()
        if self._room_id in difference.rooms:
            self._take_series()
        mine = {seat.seat_id for seat in self._board.book.seats_of_room(self._room_id)}
        if mine & difference.seats or self._room_id in difference.rooms or difference.commands:
            self._show()

    def show_time(self, now: datetime) -> None:
        """Show what is on now."""
        self._show()

    def retell(self) -> None:
        """Say everything again."""
        self._trouble = self._done = None
        self.cards.retell()
        self._show_places()
        self._show()

    def cover(self, house: QWidget) -> None:
        """Let the questions lie over the whole house."""
        for question in (self.conflicts, self.sure, self.question, self.cards.sure):
            question.cover(house)

    # -------------------------------------------------------------------------------- leaving

    def is_writing(self) -> bool:
        """Return whether a series is being written."""
        return self._plan is not None

    def is_held(self) -> bool:
        """Return whether something is not saved."""
        self._commit()
        return self._plan is not None and self._plan.is_begun()

    def leave(self, go_on: Callable[[], object]) -> None:
        """Go on at once, or once somebody gives up what is not saved."""

        def forget() -> None:
            self._close()
            go_on()

        if self._plan is not None and self.is_held():
            self.question.ask(self._plan.count(), forget)
        else:
            forget()

    def give_up(self) -> None:
        """Go back to the list and forget what is written."""
        series_id = "" if self._plan is None else self._plan.series_id
        self._close()
        self.box.list.focus_series(series_id)

    def go_back(self) -> None:
        """Go back to the list; ask where something would be lost."""
        series_id = self._plan.series_id if self._plan is not None else ""
        self.leave(lambda: self.box.list.focus_series(series_id))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back to the list with Escape; ask where something would be lost."""
        if event.key() == Qt.Key.Key_Escape and self._plan is not None:
            self.go_back()
            return
        super().keyPressEvent(event)

    # -------------------------------------------------------------------------------- writing

    def begin_new(self) -> None:
        """Write a new series."""
        if self._may_plan():
            self._begin(SeriesPlan(self._new_id(), start=USUAL[0], end=USUAL[1]))

    def open_series(self, series_id: str) -> None:
        """Change a series."""
        series = series_in(self._room(), series_id)
        if series is not None and self._may_plan():
            self._begin(SeriesPlan.of(series))

    def show_plan(self, plan: SeriesPlan) -> None:
        """Take over what is written now; what was said of the last save is said no more."""
        if plan != self._plan:
            self._plan = plan
            self._trouble = None
            self._show()

    def save(self) -> None:
        """Ask for the series as it is written; its faults are shown where there are any."""
        self._commit()
        room = self._room()
        if self._plan is None or room is None or self._is_saving or self._moved is not None:
            return
        self._is_checked = True
        if self._plan.count() and not self._faults(self._plan, room):
            self._send(self._plan.ask())
        self._show()

    def show_answer(self, room_id: str, ask: SetSeries, answer: object) -> None:
        """Show what came of a save: an answer of the hub, or a `Failure`."""
        plan = self._plan
        if room_id != self._room_id or plan is None or ask.series_id != plan.series_id:
            return
        self._is_saving = False
        match answer:
            case SeriesSaved(room=room, cuts=cuts):
                self._end_writing(ask, series_in(room, ask.series_id), self._series.saved(cuts))
            case SeriesMoved(room=room):
                theirs = series_in(room, ask.series_id)
                if plan.says(theirs) if ask.draft is not None else theirs is None:
                    # The answer to an earlier wish for the same was lost on its way.
                    self._end_writing(ask, theirs, self._series.saved(()))
                else:
                    self._moved = Theirs(theirs)
            case SeriesFaulty(faults=faults):
                self._trouble = self._series.faulty(faults)
            case SeriesAsks(conflicts=conflicts, cuts=cuts):
                titles = self._series.titles(self._room())
                self.conflicts.ask(self._series.conflicts(conflicts, titles), cuts)
            case Failure():
                self._trouble = self._series.failure(answer)
        self._show()

    def show_run(self, _room_id: str, ask: RunWorkshop, answer: object) -> None:
        """Show what came of a wish for all seats: an answer of the hub, or a `Failure`."""
        self.cards.show_answer(ask, answer)

    def _send(self, ask: SetSeries) -> None:
        self._asked, self._is_saving, self._trouble = ask, True, None
        self._show()
        self.save_asked.emit(self._room_id, ask)

    def _end_writing(self, ask: SetSeries, kept: SeriesView | None, saved: tuple[str, str]) -> None:
        if self._plan is not None and ask.draft is not None and not self._plan.says(kept):
            # What was written since stays a change of what is kept.
            self._plan, self._done = self._plan.over(kept), saved
            return
        self._close()
        self._done = saved if ask.draft is not None else self._series.removed()
        self._show()
        self.box.list.focus_series(ask.series_id)

    def _on_confirmed(self, shorten: tuple[int, ...]) -> None:
        if self._asked is not None:
            self._send(replace(self._asked, confirmed=True, shorten=shorten))

    def _on_removal_asked(self) -> None:
        plan, room = self._plan, self._room()
        if plan is None or plan.before is None or room is None:
            return
        seats = self._board.book.seats_of_room(room.room_id)
        question = self._workshop.remove_question(plan.before, seats, self._today(room))
        self.sure.ask(*question, lambda: self._send(plan.ask_removal()))

    def _on_theirs(self) -> None:
        if self._moved is not None and self._moved.series is not None:
            self._begin(SeriesPlan.of(self._moved.series))
        else:
            self.give_up()

    def _on_mine(self) -> None:
        if self._plan is not None and self._moved is not None:
            plan, self._moved = self._plan.over(self._moved.series), None
            self.show_plan(plan)

    # -------------------------------------------------------------------------------- the face

    def _show_site(self, site_id: str) -> None:
        self._site_id = site_id
        for room in self._board.book.rooms_of(site_id)[:1]:
            self._show_room(room.room_id)

    def _show_room(self, room_id: str) -> None:
        self._room_id = room_id
        self._show_places()
        self._close()

    def _begin(self, plan: SeriesPlan) -> None:
        room = self._room()
        if room is None:
            return
        self._close()
        self._plan = plan
        self.box.begin(plan, next_open_day(room.hours.as_rule(), self._board.now))
        self._show()
        self.box.editor.focus_title()

    def _close(self) -> None:
        self._plan = self._moved = self._trouble = self._done = None
        self._is_saving = self._is_checked = False
        self.conflicts.dismiss()
        self.sure.dismiss()
        self._show()

    def _commit(self) -> None:
        """Take over what stands in the fields."""
        if self._plan is not None:
            self.box.editor.commit()

    def _take_series(self) -> None:
        """Take over a series that was told: nobody's, one's own, or somebody else's."""
        plan = self._plan
        if plan is None or self._is_saving:
            return
        kept = series_in(self._room(), plan.series_id)
        if kept == plan.before:
            return
        if kept is not None and (plan.says(kept) or not plan.is_begun()):
            self._begin(SeriesPlan.of(kept))
        else:
            self._moved = Theirs(kept)

    def _room(self) -> RoomView | None:
        return self._board.book.room(self._room_id)

    def _may_plan(self) -> bool:
        return self._person.may_plan(self._site_id)

    def _today(self, room: RoomView) -> date:
        return local_date(self._board.now, room.hours.zone)

    def _faults(self, plan: SeriesPlan, room: RoomView) -> tuple[PlanFault, ...]:
        numbers = self._board.book.seat_numbers(room.room_id)
        return plan.faults(numbers, self._today(room), finished=self._is_checked)

    def _show_places(self) -> None:
        self.places.show_places(self._board.book, self._site_id, self._room_id)

    def _show(self) -> None:
        room, plan = self._room(), self._plan
        if room is None:
            return
        may_plan, today = self._may_plan(), self._today(room)
        self.cards.show_room(room, may_run=may_plan)
        self.box.list.show_series(room.name, room.bookings, today, may_edit=may_plan)
        self.box.show_writing(is_writing=plan is not None)
        self.bar.setVisible(plan is not None)
        if plan is not None:
            faults = self._faults(plan, room)
            numbers = self._board.book.seat_numbers(room.room_id)
            self.box.show_plan(room, plan, numbers, faults, self._board.now)
            coming = [day for day in plan.dates if day >= today]
            count = plan.count() * plan.is_begun()
            may_save = count > 0 and not (faults or self._is_saving or self._moved)
            since, is_saving = self._series.dates(coming), self._is_saving
            self.bar.show_work(count, len(faults), since, is_saving=is_saving, may_save=may_save)
        self.box.show_outcome(self._moved, self._trouble, self._done, may_plan=may_plan)
