"""Dates with hours of their own: a list from today on, and below the chosen one its editor."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QVBoxLayout, QWidget

from admin_console.desk.models.hours_draft import DatedDay
from admin_console.desk.models.hours_wording import HoursWording
from admin_console.desk.parts.flow import Apart, Flow
from admin_console.desk.parts.line import grown, wrapped
from admin_console.desk.parts.roving import Roving
from admin_console.desk.parts.span_rows import FIELD_HEIGHT, SpanRows
from kiosk.look.button import Button
from kiosk.look.card import Card
from kiosk.look.field import Field
from kiosk.look.focus import FocusShape
from kiosk.look.look import Look
from kiosk.look.paint import begin, draw_box
from kiosk.look.press import press_with_enter
from kiosk.look.role import Role
from kiosk.look.trouble import Trouble
from kiosk.look.words import Words

EDGE = 24
SIDE = 12
CORNER = 9
LINES = 2
DAY_FIELD, LABEL_FIELD = 150, 240
LONGEST_LABEL = 80


@dataclass(frozen=True, slots=True)
class DateFace:
    """A date of the list. `place` is its place in the draft; `faults` by opening."""

    place: int
    dated: DatedDay
    is_changed: bool
    fault: Trouble | None
    faults: Mapping[int, Trouble]

    @property
    def is_wrong(self) -> bool:
        """Return whether anything is wrong with it."""
        return self.fault is not None or bool(self.faults)


class DateRow(QPushButton):
    """One date of the list."""

    def __init__(self, look: Look, place: int, *, may_edit: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self.place = place
        self._may_edit = may_edit
        self._day, self._hours = "", ""
        self._is_wrong = self._is_chosen = False
        if not may_edit:
            self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            self.spoken_role = Role.StaticText
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        look.changed.connect(self._restyle)

    def tell(self, day: str, hours: str, spoken: str, *, wrong: bool, chosen: bool) -> None:
        """Show a date."""
        self._day, self._hours = day, hours
        self._is_wrong, self._is_chosen = wrong, chosen
        self.setAccessibleName(spoken)
        self._restyle()

    def focus_shape(self) -> FocusShape:
        """Return the whole row."""
        return FocusShape(self, self.rect(), CORNER)

    def hasHeightForWidth(self) -> bool:
        """Say that long words take two lines."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of both texts."""
        high = sum(len(lines) * height for lines, height in self._texts(width - 2 * SIDE))
        return round(high) + 14

    def sizeHint(self) -> QSize:
        """Return a useful width."""
        return QSize(200, self.heightForWidth(200))

    def minimumSizeHint(self) -> QSize:
        """Return the least width."""
        return QSize(160, self.heightForWidth(max(160, self.width())))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open with Enter as with Space."""
        if not press_with_enter(self, event):
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw date and hours."""
        theme = self._look.theme
        hover = self._may_edit and (self.underMouse() or self.isDown())
        line, width = theme.colour("control_border"), theme.control_border
        if self._is_wrong:
            line, width = theme.colour("danger"), 3
        elif self._is_chosen:
            line, width = theme.colour("primary"), 2.5
        elif not self._may_edit:
            line, width = theme.colour("divider"), 1
        painter = begin(self)
        fill = theme.colour("soft" if hover else "surface")
        draw_box(painter, QRectF(self.rect()), CORNER, fill, line, width)
        top = 7.0
        room = self.width() - 2 * SIDE
        fonts = (self._look.font("strong"), self._look.font("small"))
        inks = (theme.colour("ink"), theme.colour("ink_muted"))
        for (lines, height), font, ink in zip(self._texts(room), fonts, inks, strict=True):
            painter.setFont(font)
            painter.setPen(ink)
            for text in lines:
                rect = QRectF(SIDE, top, room, height)
                painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter, text)
                top += height
        painter.end()

    def _texts(self, room: int) -> list[tuple[list[str], float]]:
        fonts = (self._look.font("strong"), self._look.font("small"))
        return [
            (wrapped(text, font, room, LINES), QFontMetricsF(font).lineSpacing())
            for text, font in zip((self._day, self._hours), fonts, strict=True)
        ]

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()


class DateEditor(Card):
    """The date that is chosen.

    Signals:
        edited: what is written: the day, the openings as `Times`, the reason.
        removed: the date is to go from the list.
        done: the editor is to close.
    """

    edited = Signal(str, object, str)
    removed = Signal()
    done = Signal()

    def __init__(self, look: Look, wording: HoursWording, parent: QWidget) -> None:
        super().__init__(look, "sunken", parent)
        self._look, self._wording = look, wording
        self.day = Field(look, " ", height=FIELD_HEIGHT)
        self.label = Field(look, " ", height=FIELD_HEIGHT)
        self.label.edit.setMaxLength(LONGEST_LABEL)
        self.rows = SpanRows(look, wording)
        self.remove = Button(look, "", "danger")
        self.ready = Button(look, "", "secondary", icon="check")
        fields = Flow(gap=14, line_gap=10)
        fields.add(self.day)
        fields.add(self.label)
        answers = Flow(gap=10, line_gap=10)
        for button in (self.rows.more, self.remove, self.ready):
            answers.add(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 14, 14, 14)
        column.setSpacing(12)
        column.addWidget(fields)
        column.addWidget(self.rows)
        column.addWidget(answers)
        for field in (self.day, self.label):
            field.edit.editingFinished.connect(self._on_written)
        self.rows.edited.connect(self._on_times)
        self.remove.clicked.connect(self.removed)
        self.ready.clicked.connect(self.done)
        look.changed.connect(self._restyle)
        self._restyle()

    def begin(self, dated: DatedDay) -> None:
        """Show another date from the beginning."""
        self.rows.begin_anew()
        self.day.set_text(self._wording.number_date(dated.day))
        self.label.set_text(dated.label)

    def show_date(self, face: DateFace) -> None:
        """Show what is written, and what is wrong with it."""
        _ = self._wording.language.gettext
        self.day.set_label(_("Date"))
        self.label.set_label(_("Reason, if you like"))
        if face.dated.day is not None:
            self.day.set_text(self._wording.number_date(face.dated.day))
        self.day.say_wrong(face.fault.whole if face.fault is not None else "")
        name = self._wording.whole_date(face.dated.day)
        self.rows.show_day(name, face.dated.times, face.faults)
        self.remove.setText(_("Remove the date"))
        self.ready.setText(_("Done"))

    def _on_written(self) -> None:
        self.edited.emit(self.day.text(), self.rows.times(), self.label.text().strip())

    def _on_times(self, times: object) -> None:
        self.edited.emit(self.day.text(), times, self.label.text().strip())

    def _restyle(self) -> None:
        self.day.setFixedWidth(grown(self._look, DAY_FIELD, 60))
        self.label.setFixedWidth(grown(self._look, LABEL_FIELD, 60))


class DatesCard(Card):
    """The card.

    Signals:
        date_pressed: the place in the draft of the date that was pressed.
        add_asked: one more date is wanted.
    """

    date_pressed = Signal(int)
    add_asked = Signal()

    def __init__(self, look: Look, wording: HoursWording, parent: QWidget | None = None) -> None:
        super().__init__(look, "panel", parent)
        self._look, self._wording = look, wording
        self._shown: tuple[tuple[int, ...], bool] | None = None
        self._chosen: int | None = None
        self.rows: dict[int, DateRow] = {}
        self.title = Words(look, "", "h2", wrap=True)
        self.note = Words(look, "", "small", "ink_muted", wrap=True)
        titles = QWidget()
        words = QVBoxLayout(titles)
        words.setContentsMargins(0, 0, 0, 0)
        words.setSpacing(2)
        words.addWidget(self.title)
        words.addWidget(self.note)
        self.add = Button(look, "", "secondary", icon="calendar")
        self.add.clicked.connect(self.add_asked)
        self.editor = DateEditor(look, wording, self)
        self.editor.hide()
        self._roving = Roving(self)
        self._list = QVBoxLayout()
        self._list.setSpacing(7)
        column = QVBoxLayout(self)
        column.setContentsMargins(EDGE, 18, EDGE, 22)
        column.setSpacing(14)
        column.addWidget(Apart(titles, self.add, least=200))
        column.addLayout(self._list)

    def show_dates(self, faces: Sequence[DateFace], chosen: int | None, *, may_edit: bool) -> None:
        """Show the dates; `chosen` is the place in the draft of the one whose editor is open."""
        _ = self._wording.language.gettext
        self.title.say(_("Dates with other hours"))
        none = _("None from today on.")
        self.note.say(_("Holidays and exceptions, from today on.") if faces else none)
        self.add.setText(_("Add a date"))
        self.add.setVisible(may_edit)
        shape = (tuple(face.place for face in faces), may_edit)
        rebuilt = shape != self._shown
        if rebuilt:
            self._shown = shape
            self._rebuild(faces, may_edit=may_edit)
        for face in faces:
            dated = face.dated
            hours = self._wording.day_hours(dated.times)
            line = f"{hours} · {dated.label}" if dated.label else hours
            parts = [self._wording.dated(dated)]
            if face.is_wrong:
                parts.append((face.fault or next(iter(face.faults.values()))).fact)
            elif face.is_changed:
                parts.append(_("changed"))
            self.rows[face.place].tell(
                self._wording.whole_date(dated.day), line, ", ".join(parts),
                wrong=face.is_wrong, chosen=face.place == chosen,
            )  # fmt: skip
        self._choose(faces, chosen)
        if rebuilt:
            self._roving.set_members(list(self.rows.values()) if may_edit else [])

    def focus_date(self, place: int) -> None:
        """Go to a date of the list, or to the button for one more where it is gone."""
        target = self.rows.get(place, self.add)
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _choose(self, faces: Sequence[DateFace], chosen: int | None) -> None:
        face = next((face for face in faces if face.place == chosen), None)
        place = None if face is None else face.place
        if place != self._chosen:
            self._chosen = place
            self._list.removeWidget(self.editor)
            if face is not None:
                self.editor.begin(face.dated)
                row = self._list.indexOf(self.rows[face.place])
                self._list.insertWidget(row + 1, self.editor)
            self.editor.setVisible(face is not None)
        if face is not None:
            self.editor.show_date(face)

    def _rebuild(self, faces: Sequence[DateFace], *, may_edit: bool) -> None:
        self._chosen = None
        self._list.removeWidget(self.editor)
        self.editor.hide()
        for row in self.rows.values():
            self._list.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows = {}
        for face in faces:
            row = DateRow(self._look, face.place, may_edit=may_edit, parent=self)
            if may_edit:
                row.clicked.connect(self._on_clicked)
            self._list.addWidget(row)
            row.show()
            self.rows[face.place] = row

    def _on_clicked(self) -> None:
        row = self.sender()
        if isinstance(row, DateRow):
            self.date_pressed.emit(row.place)
