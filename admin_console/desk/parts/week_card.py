"""The week of a room: a line for each day, and below the chosen one the editor of its hours."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from admin_console.desk.models.hours_draft import WEEK, Times
from admin_console.desk.models.hours_wording import HoursWording
from admin_console.desk.models.week_shape import Cell, cells_of
from admin_console.desk.parts.flow import Apart, Flow
from admin_console.desk.parts.hour_cell import HourCell, HourText
from admin_console.desk.parts.roving import Roving
from admin_console.desk.parts.span_rows import SpanRows
from kiosk.look.button import Button
from kiosk.look.card import Card
from kiosk.look.field import Mark
from kiosk.look.look import Look
from kiosk.look.trouble import Trouble
from kiosk.look.words import Words

EDGE = 24
GAP = 12


@dataclass(frozen=True, slots=True)
class DayFace:
    """What a day of the week shows; `faults` by the place of the opening."""

    times: Times
    is_changed: bool
    faults: Mapping[int, Trouble]


class DayEditor(Card):
    """The hours of the chosen day.

    Signals:
        done: the editor is to close.
    """

    done = Signal()

    def __init__(self, look: Look, wording: HoursWording, parent: QWidget) -> None:
        super().__init__(look, "sunken", parent)
        self._wording = wording
        self.rows = SpanRows(look, wording)
        self.close_day = Button(look, "", "secondary")
        self.ready = Button(look, "", "secondary", icon="check")
        self.ready.clicked.connect(self.done)
        answers = Flow(gap=10, line_gap=10)
        for button in (self.rows.more, self.close_day, self.ready):
            answers.add(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 14, 14, 14)
        column.setSpacing(12)
        column.addWidget(self.rows)
        column.addWidget(answers)
        self.close_day.clicked.connect(self._on_close_day)

    def show_day(self, day: str, face: DayFace) -> None:
        """Show a day."""
        _ = self._wording.language.gettext
        self.rows.show_day(day, face.times, face.faults)
        self.close_day.setText(_("Closed all day"))
        self.close_day.setVisible(bool(face.times))
        self.ready.setText(_("Done"))

    def _on_close_day(self) -> None:
        self.rows.begin_anew()
        self.rows.edited.emit(())
        self.rows.focus_row(0)


class DayLine(QWidget):
    """One day: its cells, and the editor while it is open.

    Signals:
        pressed: the day, and the cell that was pressed.
    """

    pressed = Signal(int, object)

    def __init__(self, look: Look, wording: HoursWording, weekday: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._look, self._wording = look, wording
        self.weekday = weekday
        self.cells: list[HourCell | HourText] = []
        self._shape: tuple[tuple[Cell, ...], bool] | None = None
        self._halves: list[QWidget] = []
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(GAP)

    def show_day(self, face: DayFace, *, chosen: bool, may_edit: bool) -> bool:
        """Show the hours of the day; return whether other cells stand there now."""
        cells = cells_of(face.times)
        rebuilt = (cells, may_edit) != self._shape
        if rebuilt:
            self._rebuild(cells, may_edit=may_edit)
        _ = self._wording.language.gettext
        name = self._wording.weekday(self.weekday)
        for made, cell in zip(self.cells, cells, strict=True):
            closed = cell.index is None
            shown = made.face
            shown.text = (
                self._wording.day_hours(())
                if cell.index is None
                else self._wording.span(face.times[cell.index])
            )
            shown.is_closed = closed
            shown.is_wrong = cell.index is not None and cell.index in face.faults
            shown.is_changed = face.is_changed and not closed
            shown.is_chosen = chosen
            parts = [name, shown.text]
            if closed and len(cells) > 1:
                halves = (_("in the morning"), _("in the afternoon"))
                parts = [name, halves[cell.halves[0]], shown.text.lower()]
            if cell.index is not None and cell.index in face.faults:
                parts.append(face.faults[cell.index].fact)
            elif shown.is_changed:
                parts.append(_("changed"))
            made.tell(", ".join(parts))
        return rebuilt

    def _rebuild(self, cells: Sequence[Cell], *, may_edit: bool) -> None:
        self._shape = (tuple(cells), may_edit)
        for half in self._halves:
            self._row.removeWidget(half)
            half.hide()
            half.deleteLater()
        across = any(len(cell.halves) > 1 for cell in cells)
        self._halves = [QWidget(self) for _half in range(1 if across else 2)]
        boxes: list[QHBoxLayout] = []
        for half in self._halves:
            box = QHBoxLayout(half)
            box.setContentsMargins(0, 0, 0, 0)
            box.setSpacing(GAP)
            boxes.append(box)
            self._row.addWidget(half, 1)
        self.cells = []
        for cell in cells:
            place = 0 if across else cell.halves[0]
            made: HourCell | HourText
            if may_edit:
                made = HourCell(self._look, self.weekday, cell.index, self._halves[place])
                made.clicked.connect(self._on_clicked)
            else:
                made = HourText(self._look, self.weekday, cell.index, self._halves[place])
            boxes[place].addWidget(made, 1)
            self.cells.append(made)
        for half in self._halves:
            half.show()

    def _on_clicked(self) -> None:
        pressed = self.sender()
        if isinstance(pressed, HourCell) and self._shape is not None:
            place = self.cells.index(pressed)
            self.pressed.emit(self.weekday, self._shape[0][place])


class WeekCard(Card):
    """The card.

    Signals:
        cell_pressed: a weekday, and its `Cell`.
        day_edited: a weekday, and its `Times` as they are written.
        editor_closed: the editor is to close.
        copy_asked: the hours of a day are to be those of others too.
    """

    cell_pressed = Signal(int, object)
    day_edited = Signal(int, object)
    editor_closed = Signal()
    copy_asked = Signal()

    def __init__(self, look: Look, wording: HoursWording, parent: QWidget | None = None) -> None:
        super().__init__(look, "panel", parent)
        self._look, self._wording = look, wording
        self._chosen: int | None = None
        self.title = Words(look, "", "h2", wrap=True)
        self.length = Words(look, "", "small", "ink_muted", wrap=True)
        titles = QWidget()
        words = QVBoxLayout(titles)
        words.setContentsMargins(0, 0, 0, 0)
        words.setSpacing(2)
        words.addWidget(self.title)
        words.addWidget(self.length)
        self.copy = Button(look, "", "secondary", icon="copy")
        self.copy.clicked.connect(self.copy_asked)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(GAP)
        self._grid.setVerticalSpacing(7)
        self._grid.setColumnStretch(1, 1)
        self._heads = [Words(look, "", "small", weight=600) for _half in range(2)]
        self._lay_heads(look)
        self.names = [Words(look, "", "strong") for _day in WEEK]
        self.lines = [DayLine(look, wording, day, self) for day in WEEK]
        for day, line in enumerate(self.lines):
            self._grid.addWidget(self.names[day], 2 * day + 1, 0, Qt.AlignmentFlag.AlignVCenter)
            self._grid.addWidget(line, 2 * day + 1, 1)
            line.pressed.connect(self.cell_pressed)
        self.editor = DayEditor(look, wording, self)
        self.editor.hide()
        self.editor.done.connect(self.editor_closed)
        self.editor.rows.edited.connect(self._on_edited)
        self._roving = Roving(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(EDGE, 18, EDGE, 22)
        column.setSpacing(14)
        column.addWidget(Apart(titles, self.copy, least=200))
        column.addLayout(self._grid)

    def _lay_heads(self, look: Look) -> None:
        heads = QHBoxLayout()
        heads.setSpacing(GAP)
        for head, icon in zip(self._heads, ("sunrise", "sun"), strict=True):
            half = QHBoxLayout()
            half.setSpacing(8)
            half.addWidget(Mark(look, icon, "ink_muted", 18))
            half.addWidget(head)
            half.addStretch(1)
            heads.addLayout(half, 1)
        self._grid.addLayout(heads, 0, 1)

    def show_week(
        self,
        room: str,
        length: str,
        faces: Sequence[DayFace],
        chosen: int | None,
        *,
        may_edit: bool,
    ) -> None:
        """Show the week of a room; `chosen` is the day whose editor is open."""
        _ = self._wording.language.gettext
        self.title.say(_("Opening hours, %(room)s") % {"room": room})
        self.length.say(length)
        self.copy.setText(_("Copy a day"))
        self.copy.setVisible(may_edit)
        self._heads[0].say(_("Morning"))
        self._heads[1].say(_("Afternoon"))
        rebuilt = False
        for day, line in enumerate(self.lines):
            self.names[day].say(self._wording.weekday(day))
            here = day == chosen
            rebuilt |= line.show_day(faces[day], chosen=here, may_edit=may_edit)
        self._choose(chosen)
        if chosen is not None:
            self.editor.show_day(self._wording.weekday(chosen), faces[chosen])
        if rebuilt:
            members = [cell for line in self.lines for cell in line.cells if may_edit]
            self._roving.set_members(members)

    def press(self, day: int, place: int) -> None:
        """Open the editor of a day at one of its cells, as a hand does."""
        cell = self.lines[day].cells[place]
        if isinstance(cell, HourCell):
            cell.click()

    def focus_day(self, day: int) -> None:
        """Go to the first cell of a day."""
        self.lines[day].cells[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _choose(self, chosen: int | None) -> None:
        if chosen == self._chosen:
            return
        self._chosen = chosen
        self._grid.removeWidget(self.editor)
        self.editor.rows.begin_anew()
        if chosen is not None:
            self._grid.addWidget(self.editor, 2 * chosen + 2, 1)
        self.editor.setVisible(chosen is not None)

    def _on_edited(self, times: Times) -> None:
        if self._chosen is not None:
            self.day_edited.emit(self._chosen, times)
