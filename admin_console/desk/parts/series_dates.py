"""The dates of a series: what each runs into, one more, one less, many at once."""

from collections.abc import Mapping, Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from admin_console.desk.models.series_plan import MOST_DAYS, SeriesPlan, run_of_days
from admin_console.desk.models.series_wording import SeriesWording
from admin_console.desk.models.typed import read_date
from admin_console.desk.parts.flow import Flow
from admin_console.desk.parts.line import grown
from admin_console.desk.parts.roving import Roving
from kiosk.look.button import Button
from kiosk.look.card import Card, Rule
from kiosk.look.field import Field, Mark
from kiosk.look.look import Look
from kiosk.look.switch import Switch
from kiosk.look.words import Words
from kiosk.rules.booking import SeriesInvalid
from kiosk.rules.hours import OpeningHours

EDGE = 24
FIELD_HEIGHT = 36
DAY_FIELD, COUNT_FIELD, MORE = 150, 130, 50
USUAL_DAYS = "10"


class SwitchLine(QWidget):
    """A switch and its words."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.switch = Switch(look)
        self.words = Words(look, "", "body", wrap=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(self.switch)
        row.addWidget(self.words, 1)

    def say(self, text: str) -> None:
        """Name it."""
        self.words.say(text)
        self.switch.set_spoken(text)


class DateLine(QWidget):
    """One date: how it stands, its hours, what it runs into, and the way off the list."""

    def __init__(self, look: Look, day: date) -> None:
        super().__init__()
        self.day = day
        self._mark = Mark(look, "circle-check", "success", 18)
        self.words = Words(look, "", "strong", wrap=True)
        self.note = Words(look, "", "small", "warning", wrap=True)
        self.remove = Button(look, "", "quiet", size="small", icon="x")
        text = QVBoxLayout()
        text.setSpacing(0)
        text.addWidget(self.words)
        text.addWidget(self.note)
        row = QHBoxLayout()
        row.setContentsMargins(0, 4, 0, 4)
        row.setSpacing(10)
        row.addWidget(self._mark)
        row.addLayout(text, 1)
        row.addWidget(self.remove)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(Rule(look))
        column.addLayout(row)

    def tell(self, name: str, note: str, remove: str) -> None:
        """Show the date and what it runs into."""
        self.words.say(name)
        self.note.say(note)
        self.note.setVisible(bool(note))
        if note:
            self._mark.show_icon("triangle-alert", "warning")
        else:
            self._mark.show_icon("circle-check", "success")
        self.remove.setText(remove)
        self.remove.setAccessibleName(remove)
        self.remove.setAccessibleDescription(f"{name}, {note}" if note else name)


class SeriesDates(Card):
    """The card.

    Signals:
        edited: the `SeriesPlan` with other dates.
    """

    edited = Signal(object)

    def __init__(self, look: Look, wording: SeriesWording, parent: QWidget | None = None) -> None:
        super().__init__(look, "panel", parent)
        self._look, self._wording = look, wording
        self._plan: SeriesPlan | None = None
        self._hours: OpeningHours | None = None
        self._today = date.min
        self.lines: dict[date, DateLine] = {}
        self.heading = Words(look, "", "h2", wrap=True)
        self.summary = Words(look, "", "small", "ink_muted", wrap=True)
        self.fault = Words(look, "", "small", "danger", wrap=True)
        self.past = Words(look, "", "small", "ink_muted", wrap=True)
        self.day_heading = Words(look, "", "strong", wrap=True)
        self.day = Field(look, "", height=FIELD_HEIGHT, spoken=" ")
        self.add = Button(look, "", "secondary", icon="plus")
        self.first = Field(look, " ", height=FIELD_HEIGHT)
        self.count = Field(look, " ", height=FIELD_HEIGHT)
        self.count.set_text(USUAL_DAYS)
        self.only_open, self.later = SwitchLine(look), SwitchLine(look)
        self.only_open.switch.setChecked(True)
        self.set_run = Button(look, "", "secondary", icon="calendar")
        self.run_heading = Words(look, "", "h3", wrap=True)
        self._roving = Roving(self)
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        self._build()
        self.add.clicked.connect(self._on_add)
        self.day.submitted.connect(self._on_add)
        self.set_run.clicked.connect(self._on_run)
        self.count.submitted.connect(self._on_run)
        look.changed.connect(self._restyle)
        self._restyle()

    def _build(self) -> None:
        one = Flow(gap=10, line_gap=8)
        one.add(self.day)
        one.add(self.add)
        many = Card(self._look, "sunken")
        fields = Flow(gap=14, line_gap=10)
        fields.add(self.first)
        fields.add(self.count)
        set_row = QHBoxLayout()
        set_row.addWidget(self.set_run)
        set_row.addStretch(1)
        inside = QVBoxLayout(many)
        inside.setContentsMargins(16, 14, 16, 16)
        inside.setSpacing(10)
        for part in (self.run_heading, fields, self.only_open, self.later):
            inside.addWidget(part)
        inside.addLayout(set_row)
        column = QVBoxLayout(self)
        column.setContentsMargins(EDGE, 18, EDGE, 22)
        column.setSpacing(12)
        column.addWidget(self.heading)
        column.addWidget(self.summary)
        column.addWidget(self.fault)
        column.addWidget(many)
        column.addWidget(self.past)
        column.addLayout(self._list)
        column.addWidget(self.day_heading)
        column.addWidget(one)
        column.addStretch(1)

    def begin(self, plan: SeriesPlan, proposed: date) -> None:
        """Show another plan from the beginning, with a day to begin with."""
        self._plan = plan
        self.day.set_text("")
        self.first.set_text(self._wording.hours.number_date(proposed))
        for field in (self.day, self.first, self.count):
            field.say_wrong("")

    def show_plan(
        self,
        plan: SeriesPlan,
        hours: OpeningHours,
        today: date,
        notes: Mapping[date, Sequence[str]],
        fault: str,
    ) -> None:
        """Show the dates of a plan, what each runs into, and what is wrong with all of them."""
        _ = self._wording.language.gettext
        self._plan, self._hours, self._today = plan, hours, today
        self.heading.say(_("Dates"))
        self.summary.say(self._wording.dates(plan.dates))
        self.fault.say(fault)
        self.fault.setVisible(bool(fault))
        self.day_heading.say(_("One more date"))
        self.day.set_label("", _("One more date"))
        self.day.set_hint(_("25/12/2026"))
        self.add.setText(_("Add it"))
        self.run_heading.say(_("Several days in a row"))
        self.first.set_label(_("First day"))
        self.count.set_label(_("How many days"))
        self.only_open.say(_("Only days on which the room opens"))
        self.later.say(_("And one more, a week later"))
        self.set_run.setText(_("Write these dates"))
        coming = [day for day in plan.dates if day >= today]
        if list(self.lines) != coming:
            self._rebuild(coming)
        self.past.say(self._wording.past(len(plan.dates) - len(coming)))
        self.past.setVisible(len(coming) < len(plan.dates))
        span = self._wording.span(plan.start, plan.end)
        for day, line in self.lines.items():
            name = f"{self._wording.day(day)} · {span}"
            line.tell(name, ", ".join(notes.get(day, ())), _("Remove"))

    def focus_first(self) -> None:
        """Go to where dates are added."""
        self.first.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _rebuild(self, dates: Sequence[date]) -> None:
        focused = next((day for day, line in self.lines.items() if line.remove.hasFocus()), None)
        for day in [day for day in self.lines if day not in dates]:
            line = self.lines.pop(day)
            self._list.removeWidget(line)
            line.hide()
            line.deleteLater()
        kept, self.lines = self.lines, {}
        for place, day in enumerate(dates):
            line = kept.get(day) or DateLine(self._look, day)
            if day not in kept:
                line.remove.clicked.connect(self._on_removed)
            self._list.insertWidget(place, line)
            line.show()
            self.lines[day] = line
        self._roving.set_members([line.remove for line in self.lines.values()])
        if focused is not None and focused not in self.lines:
            # The keyboard goes on to the next date, or to where one is added.
            after = next((line.remove for day, line in self.lines.items() if day > focused), None)
            (after or self.day.edit).setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_removed(self) -> None:
        line = next((one for one in self.lines.values() if one.remove is self.sender()), None)
        if line is not None and self._plan is not None:
            self.edited.emit(self._plan.less_date(line.day))

    def _on_add(self) -> None:
        day = read_date(self.day.text(), self._today)
        if self._plan is None or self._is_wrong(self.day, day) or day is None:
            return
        self.day.set_text("")
        self.edited.emit(self._plan.plus_date(day))

    def _on_run(self) -> None:
        first = read_date(self.first.text(), self._today)
        count = self.count.text().strip()
        is_number = count.isdecimal() and 1 <= int(count) <= MOST_DAYS
        self.count.say_wrong("" if is_number else self._wording.unread_count().whole)
        if self._plan is None or self._is_wrong(self.first, first) or first is None:
            return
        if not is_number:
            return
        hours = self._hours if self.only_open.switch.isChecked() else None
        try:
            days = run_of_days(first, int(count), hours, later=self.later.switch.isChecked())
        except SeriesInvalid:
            self.count.say_wrong(self._wording.no_such_days().whole)
            return
        self.edited.emit(self._plan.with_run(days, self._today))

    def _is_wrong(self, field: Field, day: date | None) -> bool:
        """Say below a field why its text is no date to come; tell whether it is none."""
        said = ""
        if day is None:
            said = self._wording.unread_date().whole
        elif day < self._today:
            said = self._wording.past_date().whole
        field.say_wrong(said)
        return bool(said)

    def _restyle(self) -> None:
        for field in (self.day, self.first):
            field.setFixedWidth(grown(self._look, DAY_FIELD, MORE))
        self.count.setFixedWidth(grown(self._look, COUNT_FIELD, MORE))
