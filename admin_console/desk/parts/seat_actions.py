"""What staff can do at a seat: message, more time, identify, out of order, end."""

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from admin_console.desk.models.telling import Outlook
from admin_console.desk.parts.flow import Apart, Columns
from kiosk.look.button import Button, Kind
from kiosk.look.language import Language
from kiosk.look.look import Look
from kiosk.look.segment import Choice, Segment
from kiosk.look.words import Words

MINUTES = (15, 30, 60)
TALL = 40
HALF = 120
"""Least width of a button beside another, in pixels."""


@dataclass(frozen=True, slots=True)
class Abilities:
    """What can be done at a seat now."""

    message: bool = False
    extend: bool = False
    end: bool = False
    identify: bool = False
    break_down: bool = False
    mend: bool = False
    cleans: bool = False


class SideButton(Button):
    """A button of the grid: higher than usual, as wide as its half."""

    def __init__(self, look: Look, icon: str, parent: QWidget, *, danger: bool = False) -> None:
        kind: Kind = "danger" if danger else "secondary"
        super().__init__(look, "", kind, icon=icon, parent=parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumHeight(TALL)


class SeatActions(QWidget):
    """The actions.

    Signals:
        message_asked: a message is to be written.
        extension_chosen: so many minutes more are thought of; nothing is given yet.
        extension_asked: the time that was forecast is to be given.
        end_asked: the session is to end; a question follows.
        break_asked: the seat is out of order; the reason follows.
        mend_asked: the seat takes visitors again.
        identify_asked: the seat is to show its number.
    """

    message_asked = Signal()
    extension_chosen = Signal(int)
    extension_asked = Signal()
    end_asked = Signal()
    break_asked = Signal()
    mend_asked = Signal()
    identify_asked = Signal()

    def __init__(self, look: Look, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._language = language
        self._confirm_text = ""
        self.message = Button(look, "", "primary", size="main", icon="message-square")
        self.extend_words = Words(look, "", "small", weight=600)
        self.minutes = Segment(
            look, [Choice(str(count), f"+ {count}") for count in MINUTES], spoken=""
        )
        self.minutes.set_value(str(MINUTES[0]))
        self.confirm = Button(look, "", "secondary", icon="timer")
        self.confirm.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.identify = SideButton(look, "monitor", self)
        self.break_down = SideButton(look, "wrench", self)
        self.mend = Button(look, "", "primary", size="main", icon="circle-check")
        self.mend.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.end = SideButton(look, "log-out", self, danger=True)
        self.message.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._cleans = False
        self._row = Apart(self.extend_words, self.minutes, gap=8)
        # What ends something stands bottom right, alone in its row where the number is odd.
        self._grid = Columns(least=HALF, gap=8, ends_right=True)
        for button in (self.identify, self.break_down, self.end):
            self._grid.add(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.mend)
        column.addWidget(self.message)
        column.addWidget(self._row)
        column.addWidget(self.confirm)
        column.addWidget(self._grid)
        self.message.clicked.connect(self.message_asked)
        self.minutes.chosen.connect(self._on_minutes)
        self.confirm.clicked.connect(self.extension_asked)
        self.end.clicked.connect(self.end_asked)
        self.break_down.clicked.connect(self.break_asked)
        self.mend.clicked.connect(self.mend_asked)
        self.identify.clicked.connect(self.identify_asked)
        language.changed.connect(self.retell)
        self.show_abilities(Abilities())
        self.retell()

    def show_abilities(self, can: Abilities) -> None:
        """Show what can be done; the rest is not shown.

        The keyboard goes from what is no longer possible to what takes its place.
        """
        had_focus = next((stop for stop in self.tab_stops() if stop.hasFocus()), None)
        self._cleans = can.cleans
        self._tell_mend()
        self.mend.setVisible(can.mend)
        self.message.setVisible(can.message)
        # One main button: where a seat waits to be mended, that is the one.
        self.message.kind = "secondary" if can.mend else "primary"
        self.message.update()
        self._row.setVisible(can.extend)
        self.confirm.setVisible(can.extend)
        self.identify.setVisible(can.identify)
        self.break_down.setVisible(can.break_down)
        self.end.setVisible(can.end)
        self._grid.setVisible(can.identify or can.break_down or can.end)
        if had_focus is not None and not had_focus.isVisibleTo(self):
            stops = (self.mend if can.mend else self.break_down, *self.tab_stops())
            follower = next((stop for stop in stops if stop.isVisibleTo(self)), None)
            if follower is not None:
                follower.setFocus(Qt.FocusReason.OtherFocusReason)

    def tab_stops(self) -> list[QWidget]:
        """Return the stops of the Tab key in reading order."""
        return [
            self.mend, self.message, *self.minutes.buttons, self.confirm, self.identify,
            self.break_down, self.end,
        ]  # fmt: skip

    def seconds(self) -> int:
        """Return the time that is thought of, in seconds."""
        return int(self.minutes.value()) * 60

    def reset(self) -> None:
        """Think of the shortest extension again, for another seat."""
        self.minutes.set_value(str(MINUTES[0]))

    def show_forecast(self, outlook: Outlook | None, until: str) -> None:
        """Allow the extension once its forecast is known; `until` is its end in words."""
        _ = self._language.gettext
        possible = outlook is not None and outlook.possible and bool(until)
        text = _("Extend until %(time)s") % {"time": until} if possible else _("Extend")
        if not possible and self.confirm.hasFocus():
            self._focus_minutes()
        self.confirm.setText(text)
        self.confirm.setEnabled(possible)
        self.confirm.updateGeometry()

    def retell(self) -> None:
        """Say everything again; the forecast is told anew by the panel."""
        _ = self._language.gettext
        self.message.setText(_("Send a message"))
        self.extend_words.say(_("Extend (min)"))
        value = self.minutes.value()
        self.minutes.set_choices(
            [
                Choice(
                    str(count), f"+\u00a0{count}", _("%(count)d minutes more") % {"count": count}
                )
                for count in MINUTES
            ],
            _("Time to add"),
        )
        self.minutes.set_value(value)
        self.identify.setText(_("Identify"))
        self.break_down.setText(_("Out of order…"))
        self._tell_mend()
        self.end.setText(_("End…"))

    def _tell_mend(self) -> None:
        _ = self._language.gettext
        self.mend.setText(_("Clean and reopen") if self._cleans else _("Back in service"))

    def _focus_minutes(self) -> None:
        for button in self.minutes.buttons:
            if button.isChecked():
                button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_minutes(self, value: str) -> None:
        self.extension_chosen.emit(int(value) * 60)
