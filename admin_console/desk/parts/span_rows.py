"""The openings of one day as fields: from, to, take away, one more; faults below their opening."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from admin_console.desk.models.hours_draft import Times, Typed
from admin_console.desk.models.hours_wording import HoursWording
from admin_console.desk.models.typed import read_time
from admin_console.desk.models.week_shape import proposed
from admin_console.desk.parts.line import grown
from kiosk.look.announce import announce
from kiosk.look.button import Button
from kiosk.look.field import Field, Mark
from kiosk.look.look import Look
from kiosk.look.trouble import Trouble
from kiosk.look.words import Words

FIELD = 112
MORE = 40
FIELD_HEIGHT = 36


class SpanRow(QWidget):
    """One opening.

    Signals:
        changed: another time was written, and the keyboard has left the field.
        taken_away: the opening is to go.
    """

    changed = Signal()
    taken_away = Signal()

    def __init__(self, look: Look, wording: HoursWording, parent: QWidget) -> None:
        super().__init__(parent)
        self._look, self._wording = look, wording
        self._trouble: Trouble | None = None
        self.start = Field(look, "", height=FIELD_HEIGHT, spoken=" ")
        self.end = Field(look, "", height=FIELD_HEIGHT, spoken=" ")
        self.dash = Mark(look, "minus", "ink_muted", 14)
        self.less = Button(look, "", "quiet", icon="x")
        self.fault = QWidget()
        mark = Mark(look, "octagon-x", "danger", 18)
        self.words = Words(look, "", "small", "danger", wrap=True)
        below = QHBoxLayout(self.fault)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(8)
        below.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        below.addWidget(self.words, 1)
        line = QHBoxLayout()
        line.setSpacing(10)
        for widget in (self.start, self.dash, self.end, self.less):
            line.addWidget(widget)
        line.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(line)
        column.addWidget(self.fault)
        self.fault.hide()
        for field in (self.start, self.end):
            field.edit.editingFinished.connect(self._on_finished)
        self.less.clicked.connect(self.taken_away)
        look.changed.connect(self._restyle)
        self._restyle()

    def show_times(self, typed: Typed) -> None:
        """Show an opening; a text that means no time stays as it is written."""
        for field, minutes in zip((self.start, self.end), typed, strict=True):
            if minutes is not None and read_time(field.text()) != minutes:
                field.set_text(self._wording.time(minutes))

    def tidy(self) -> None:
        """Write the times as the house does."""
        for field in (self.start, self.end):
            minutes = read_time(field.text())
            if minutes is not None:
                field.set_text(self._wording.time(minutes))

    def times(self) -> Typed:
        """Return what is written."""
        return read_time(self.start.text()), read_time(self.end.text())

    def show_fault(self, trouble: Trouble | None) -> None:
        """Say what is wrong with this opening, below it and to screen readers."""
        if trouble == self._trouble:
            return
        self._trouble = trouble
        self.fault.setVisible(trouble is not None)
        said = trouble.whole if trouble is not None else ""
        self.words.say(said)
        for field in (self.start, self.end):
            field.frame.is_wrong = trouble is not None
            field.frame.update()
            field.edit.setAccessibleDescription(said)
        if said:
            announce(self.start.edit, said)

    def name(self, day: str, place: int) -> None:
        """Name the fields after their day and their place in it."""
        _ = self._wording.language.gettext
        told = {"day": day, "number": place + 1}
        self.start.edit.setAccessibleName(_("%(day)s, opening %(number)d, from") % told)
        self.end.edit.setAccessibleName(_("%(day)s, opening %(number)d, until") % told)
        self.start.set_hint(_("from"))
        self.end.set_hint(_("until"))
        self.less.setText(_("Remove"))
        self.less.setAccessibleName(_("Remove"))
        self.less.setAccessibleDescription(_("%(day)s, opening %(number)d") % told)

    def _on_finished(self) -> None:
        self.tidy()
        self.changed.emit()

    def _restyle(self) -> None:
        for field in (self.start, self.end):
            field.setFixedWidth(grown(self._look, FIELD, MORE))


class SpanRows(QWidget):
    """All openings of a day.

    Attributes:
        more: the button for one more; whoever owns the rows places it.

    Signals:
        edited: the openings as they are written now.
    """

    edited = Signal(object)

    def __init__(self, look: Look, wording: HoursWording, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look, self._wording = look, wording
        self._day = ""
        self.rows: list[SpanRow] = []
        self.closed = Words(look, "", "body", "ink_muted")
        self.more = Button(look, "", "secondary", icon="plus")
        self.more.clicked.connect(self._on_more)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self._column.addWidget(self.closed)

    def show_day(self, day: str, times: Times, faults: Mapping[int, Trouble]) -> None:
        """Show the openings of a day, with what is wrong by the place of the opening."""
        self._day = day
        if len(times) != len(self.rows):
            self._rebuild(len(times))
        for place, (row, typed) in enumerate(zip(self.rows, times, strict=True)):
            row.show_times(typed)
            row.show_fault(faults.get(place))
        self.retell()

    def begin_anew(self) -> None:
        """Forget what was written: another day is shown next."""
        self._rebuild(0)

    def times(self) -> Times:
        """Return the openings as they are written."""
        return tuple(row.times() for row in self.rows)

    def focus_row(self, place: int) -> None:
        """Go to an opening, or, where it is not there, to the button for one more."""
        if place < len(self.rows):
            edit = self.rows[place].start.edit
            edit.setFocus(Qt.FocusReason.OtherFocusReason)
            edit.selectAll()
        else:
            self.more.setFocus(Qt.FocusReason.OtherFocusReason)

    def add_row(self, typed: Typed) -> None:
        """Add an opening, and go to it."""
        self.edited.emit((*self.times(), typed))
        self.focus_row(len(self.rows) - 1)

    def retell(self) -> None:
        """Say everything again."""
        _ = self._wording.language.gettext
        for place, row in enumerate(self.rows):
            row.name(self._day, place)
            row.tidy()
        self.closed.say(_("Closed all day."))
        self.closed.setVisible(not self.rows)
        self.more.setText(_("Add an opening"))

    def _rebuild(self, count: int) -> None:
        while len(self.rows) > count:
            row = self.rows.pop()
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        while len(self.rows) < count:
            row = SpanRow(self._look, self._wording, self)
            row.changed.connect(self._on_changed)
            row.taken_away.connect(self._on_taken_away)
            self._column.insertWidget(len(self.rows), row)
            row.show()
            self.rows.append(row)

    def _on_changed(self) -> None:
        self.edited.emit(self.times())

    def _on_taken_away(self) -> None:
        place = next(n for n, row in enumerate(self.rows) if row is self.sender())
        kept = tuple(typed for n, typed in enumerate(self.times()) if n != place)
        # The last row goes, and the others take over what stood below them.
        for row, typed in zip(self.rows[place:], kept[place:], strict=False):
            for field, minutes in zip((row.start, row.end), typed, strict=True):
                field.set_text(self._wording.time(minutes) if minutes is not None else "")
        self.edited.emit(kept)
        self.focus_row(max(0, place - 1) if kept else 0)

    def _on_more(self) -> None:
        self.add_row(proposed(self.times()))
