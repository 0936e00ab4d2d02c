"""A series while it is written: what it is, when, and on which seats. Its dates stand beside it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from admin_console.desk.models.hours_draft import Unread
from admin_console.desk.models.series_plan import PlanFault, SeriesPlan
from admin_console.desk.models.series_wording import SeriesWording
from admin_console.desk.models.typed import read_time
from admin_console.desk.parts.flow import Flow
from admin_console.desk.parts.line import grown
from admin_console.desk.parts.roving import Roving
from kiosk.look.announce import announce
from kiosk.look.button import Button
from kiosk.look.card import Card
from kiosk.look.field import Field, Mark
from kiosk.look.look import Look
from kiosk.look.segment import Choice, Segment
from kiosk.look.words import Words
from kiosk.rules.slot import Ground
from kiosk.rules.workshop import SeriesFault

EDGE = 24
FIELD_HEIGHT = 36
TIME_FIELD, MORE = 120, 40
LONGEST_TITLE = 80

TIME_FAULTS = (Unread.TIME, SeriesFault.OUTSIDE_DAY, SeriesFault.ENDS_BEFORE_START)
SEAT_FAULTS = (SeriesFault.NO_SEATS, SeriesFault.NO_SUCH_SEAT)


class FaultLine(QWidget):
    """What is wrong with a group of controls, below it and to screen readers."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.words = Words(look, "", "small", "danger", wrap=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(Mark(look, "octagon-x", "danger", 18), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.words, 1)
        self.hide()

    def say(self, text: str, of: Sequence[QWidget]) -> None:
        """Say what is wrong with some controls; empty says nothing."""
        if text == self.words.plain():
            return
        self.words.say(text)
        self.setVisible(bool(text))
        for control in of:
            control.setAccessibleDescription(text)
        if text and of:
            announce(of[0], text)


class SeatChoice(QWidget):
    """The whole room, or some seats; one stop of the Tab key, arrows move.

    Signals:
        chosen: the numbers of the seats, None for the whole room.
    """

    chosen = Signal(object)

    def __init__(self, look: Look, wording: SeriesWording) -> None:
        super().__init__()
        self._look, self._wording = look, wording
        self._seats: frozenset[int] | None = None
        self.heading = Words(look, "", "strong")
        self.whole = Button(look, "", "tool")
        self.whole.setCheckable(True)
        self.whole.clicked.connect(self._on_whole)
        self.numbers: dict[int, Button] = {}
        self.fault = FaultLine(look)
        self._roving = Roving(self)
        self._flow = Flow(gap=8, line_gap=8)
        self._flow.add(self.whole)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.heading)
        column.addWidget(self._flow)
        column.addWidget(self.fault)

    def show_seats(self, numbers: Sequence[int], seats: frozenset[int] | None, fault: str) -> None:
        """Show the seats of the room, and which of them are chosen."""
        _ = self._wording.language.gettext
        self._seats = seats
        if list(numbers) != list(self.numbers):
            self._rebuild(numbers)
        self.heading.say(_("Seats"))
        self.whole.setText(_("The whole room"))
        self.whole.setChecked(seats is None)
        for number, button in self.numbers.items():
            button.setText(f"{number}")
            button.setAccessibleName(_("Seat %(number)d") % {"number": number})
            button.setChecked(seats is not None and number in seats)
        self.fault.say(fault, [self.whole])

    def _rebuild(self, numbers: Sequence[int]) -> None:
        for button in self.numbers.values():
            self._flow.remove(button)
            button.deleteLater()
        self.numbers = {}
        for number in numbers:
            button = Button(self._look, f"{number}", "tool")
            button.setCheckable(True)
            button.clicked.connect(self._on_number)
            self._flow.add(button)
            self.numbers[number] = button
        self._roving.set_members([self.whole, *self.numbers.values()])

    def _on_whole(self) -> None:
        self.whole.setChecked(True)
        self.chosen.emit(None)

    def _on_number(self) -> None:
        pressed = next(n for n, button in self.numbers.items() if button is self.sender())
        self.chosen.emit((self._seats or frozenset()) ^ {pressed})


class SeriesEditor(Card):
    """The editor.

    Signals:
        edited: the `SeriesPlan` as it is written now.
        removal_asked: all dates are to be cancelled.
    """

    edited = Signal(object)
    removal_asked = Signal()

    def __init__(self, look: Look, wording: SeriesWording, parent: QWidget | None = None) -> None:
        super().__init__(look, "panel", parent)
        self._look, self._wording = look, wording
        self._plan: SeriesPlan | None = None
        self.heading = Words(look, "", "h2", wrap=True)
        self.kind = Segment(look, (), spoken=" ")
        self.title = Field(look, " ", height=FIELD_HEIGHT)
        self.title.edit.setMaxLength(LONGEST_TITLE)
        self.start = Field(look, " ", height=FIELD_HEIGHT)
        self.end = Field(look, " ", height=FIELD_HEIGHT)
        self.time_fault = FaultLine(look)
        self.seats = SeatChoice(look, wording)
        self.remove = Button(look, "", "danger")
        times = Flow(gap=14, line_gap=10)
        times.add(self.start)
        times.add(self.end)
        kind = QHBoxLayout()
        kind.addWidget(self.kind)
        kind.addStretch(1)
        last = QHBoxLayout()
        last.addWidget(self.remove)
        last.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(EDGE, 18, EDGE, 22)
        column.setSpacing(16)
        column.addWidget(self.heading)
        column.addLayout(kind)
        column.addWidget(self.title)
        column.addWidget(times)
        column.addWidget(self.time_fault)
        column.addWidget(self.seats)
        column.addLayout(last)
        column.addStretch(1)
        self.kind.chosen.connect(self._on_kind)
        self.title.edited.connect(self._on_title)
        for field in (self.start, self.end):
            field.edit.editingFinished.connect(self._on_times)
        self.seats.chosen.connect(self._on_seats)
        self.remove.clicked.connect(self.removal_asked)
        look.changed.connect(self._restyle)
        self._restyle()

    def begin(self, plan: SeriesPlan) -> None:
        """Show another plan from the beginning."""
        self._plan = plan
        self.title.set_text(plan.title)
        for field, minutes in ((self.start, plan.start), (self.end, plan.end)):
            field.set_text(self._wording.hours.time(minutes) if minutes is not None else "")

    def show_plan(
        self, plan: SeriesPlan, numbers: Sequence[int], told: Mapping[PlanFault, str]
    ) -> None:
        """Show a plan, the seats of its room, and what is wrong with it, by the fault."""
        _ = self._wording.language.gettext
        self._plan = plan
        new = _("New workshop") if plan.ground is Ground.WORKSHOP else _("New booking")
        self.heading.say(plan.before.title if plan.before is not None else new)
        choices = [
            Choice(ground.value, self._wording.kind(ground))
            for ground in (Ground.WORKSHOP, Ground.RESERVATION)
        ]
        self.kind.set_choices(choices, _("What it is"))
        self.kind.set_value(plan.ground.value)
        self.title.set_label(_("Title, as the seats show it"))
        self.start.set_label(_("From"))
        self.end.set_label(_("Until"))
        if plan.title != self.title.text():
            self.title.set_text(plan.title)
        for field, minutes in ((self.start, plan.start), (self.end, plan.end)):
            if minutes is not None and not field.edit.hasFocus():
                field.set_text(self._wording.hours.time(minutes))
        self.title.say_wrong(told.get(SeriesFault.NO_TITLE, ""))
        wrong = next((told[one] for one in TIME_FAULTS if one in told), "")
        self.time_fault.say(wrong, [self.start.edit, self.end.edit])
        for field in (self.start, self.end):
            field.frame.is_wrong = bool(wrong)
            field.frame.update()
        seat_fault = next((told[one] for one in SEAT_FAULTS if one in told), "")
        self.seats.show_seats(numbers, plan.seats, seat_fault)
        self.remove.setText(_("Cancel all dates…"))
        self.remove.setVisible(plan.before is not None)

    def focus_title(self) -> None:
        """Begin where one writes what it is."""
        self.title.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def commit(self) -> None:
        """Take over what stands in the fields."""
        self._on_times()

    def _on_kind(self, value: str) -> None:
        if self._plan is not None:
            self.edited.emit(replace(self._plan, ground=Ground(value)))

    def _on_title(self, text: str) -> None:
        if self._plan is not None:
            self.edited.emit(replace(self._plan, title=text))

    def _on_times(self) -> None:
        if self._plan is None:
            return
        start, end = read_time(self.start.text()), read_time(self.end.text())
        for field, minutes in ((self.start, start), (self.end, end)):
            if minutes is not None:
                field.set_text(self._wording.hours.time(minutes))
        if (start, end) != (self._plan.start, self._plan.end):
            self.edited.emit(replace(self._plan, start=start, end=end))

    def _on_seats(self, seats: frozenset[int] | None) -> None:
        if self._plan is not None:
            self.edited.emit(replace(self._plan, seats=seats))

    def _restyle(self) -> None:
        for field in (self.start, self.end):
            field.setFixedWidth(grown(self._look, TIME_FIELD, MORE))
