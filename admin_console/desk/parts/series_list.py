"""The series of a room: those to come to open, those that are past to read."""

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from admin_console.desk.models.series_wording import SeriesWording
from admin_console.desk.parts.dates_card import DateRow
from admin_console.desk.parts.flow import Apart
from admin_console.desk.parts.roving import Roving
from kiosk.look.button import Button
from kiosk.look.card import Card
from kiosk.look.look import Look
from kiosk.look.words import Words
from kiosk.wire.place import SeriesView

EDGE = 24


class SeriesList(Card):
    """The card.

    Signals:
        opened: the identifier of a series that is to be changed.
        new_asked: a new one is to be written.
    """

    opened = Signal(str)
    new_asked = Signal()

    def __init__(self, look: Look, wording: SeriesWording, parent: QWidget | None = None) -> None:
        super().__init__(look, "panel", parent)
        self._look, self._wording = look, wording
        self._shown: tuple[tuple[str, bool], ...] = ()
        self._awaited = ""
        self.rows: dict[str, DateRow] = {}
        self.heading = Words(look, "", "h2", wrap=True)
        self.note = Words(look, "", "small", "ink_muted", wrap=True)
        self.past_heading = Words(look, "", "small", "ink_muted", weight=600)
        self.new = Button(look, "", "secondary", icon="plus")
        self.new.clicked.connect(self.new_asked)
        titles = QWidget()
        words = QVBoxLayout(titles)
        words.setContentsMargins(0, 0, 0, 0)
        words.setSpacing(2)
        words.addWidget(self.heading)
        words.addWidget(self.note)
        self._roving = Roving(self)
        self._coming, self._past = QVBoxLayout(), QVBoxLayout()
        for rows in (self._coming, self._past):
            rows.setSpacing(7)
        column = QVBoxLayout(self)
        column.setContentsMargins(EDGE, 18, EDGE, 22)
        column.setSpacing(14)
        column.addWidget(Apart(titles, self.new, least=200))
        column.addLayout(self._coming)
        column.addWidget(self.past_heading)
        column.addLayout(self._past)
        column.addStretch(1)

    def show_series(
        self, room: str, series: Sequence[SeriesView], today: date, *, may_edit: bool
    ) -> None:
        """Show the series of a room, by the next of their dates."""
        _ = self._wording.language.gettext
        coming = sorted((one for one in series if one.dates[-1] >= today), key=_by_next(today))
        past = sorted((one for one in series if one.dates[-1] < today), key=_last, reverse=True)
        self.heading.say(_("Workshops and bookings, %(room)s") % {"room": room})
        none = _("Nothing is planned here.")
        self.note.say(none if not coming else _("Open one to change its dates or to cancel it."))
        self.note.setVisible(may_edit or not coming)
        self.past_heading.say(_("Past"))
        self.past_heading.setVisible(bool(past))
        self.new.setText(_("New workshop"))
        self.new.setVisible(may_edit)
        shape = tuple((one.series_id, may_edit and one in coming) for one in (*coming, *past))
        if shape != self._shown:
            self._shown = shape
            self._rebuild(coming, past, may_edit=may_edit)
        for one in coming:
            self._tell(one, [day for day in one.dates if day >= today])
        for one in past:
            self._tell(one, one.dates)

    def take_focus(self) -> None:
        """Go to the first series, or to the button for one more."""
        self.focus_series(next(iter(self.rows), ""))

    def focus_series(self, series_id: str) -> None:
        """Go to a series, or to the button for one more where it is gone, or not told yet."""
        row = self.rows.get(series_id)
        self._awaited = series_id if row is None else ""
        is_row = row is not None and row.focusPolicy() != Qt.FocusPolicy.NoFocus
        target = row if row is not None and is_row else self.new
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _tell(self, series: SeriesView, dates: Sequence[date]) -> None:
        line = self._wording.line(series, dates)
        spoken = f"{series.title}, {line.replace(' · ', ', ')}"
        self.rows[series.series_id].tell(series.title, line, spoken, wrong=False, chosen=False)

    def _rebuild(
        self, coming: Sequence[SeriesView], past: Sequence[SeriesView], *, may_edit: bool
    ) -> None:
        for row in self.rows.values():
            row.hide()
            row.deleteLater()
        self.rows = {}
        for layout, series in ((self._coming, coming), (self._past, past)):
            while layout.count():
                layout.takeAt(0)
            for place, one in enumerate(series):
                opens = may_edit and layout is self._coming
                row = DateRow(self._look, place, may_edit=opens, parent=self)
                if opens:
                    row.clicked.connect(self._on_clicked)
                layout.addWidget(row)
                row.show()
                self.rows[one.series_id] = row
        members = [self.rows[one.series_id] for one in coming] if may_edit else []
        self._roving.set_members(members)
        if self._awaited in self.rows and self.new.hasFocus():
            self.focus_series(self._awaited)

    def _on_clicked(self) -> None:
        pressed = self.sender()
        found = next((one for one, row in self.rows.items() if row is pressed), None)
        if found is not None:
            self.opened.emit(found)


def _by_next(today: date) -> Callable[[SeriesView], tuple[date, int, str]]:
    def key(series: SeriesView) -> tuple[date, int, str]:
        following = next(day for day in series.dates if day >= today)
        return following, series.start, series.series_id

    return key


def _last(series: SeriesView) -> tuple[date, int]:
    return series.dates[-1], series.start
