"""The panel of one seat: what it is at, what can be done, how commands go, and its day."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from admin_console.desk.models.seat_day import DayFace
from admin_console.desk.models.stand import SeatStand
from admin_console.desk.models.telling import Outlook, Telling, Told
from admin_console.desk.models.wording import Wording
from admin_console.desk.parts.command_list import CommandList, ToldLine
from admin_console.desk.parts.day_strip import DayStrip
from admin_console.desk.parts.flow import Apart
from admin_console.desk.parts.line import grown, line_tone
from admin_console.desk.parts.seat_actions import Abilities, SeatActions
from admin_console.desk.parts.seat_banner import SlotCard
from admin_console.desk.parts.text_ask import TextAsk
from kiosk.look.badge import Badge
from kiosk.look.banner import Banner
from kiosk.look.button import Button
from kiosk.look.look import Look
from kiosk.look.paint import begin
from kiosk.look.role import Role
from kiosk.look.scroll import ScrollBox
from kiosk.look.words import Words
from kiosk.rules.seat import SeatState

WIDTH = 336
MORE = 80
"""How much wider the panel becomes with the largest text."""
LINES = 6
BELOW = 6
"""Room under what scrolls: no word stands on the edge of the window."""


class SeatPanel(QWidget):
    """The panel.

    Signals:
        close_asked: no seat is to be chosen.
        forecast_asked: seconds that are thought of.
        extension_asked: the forecast extension is to be given.
        message_sent: a sentence for the visitor.
        broken: why the seat is out of order.
        mend_asked, identify_asked, end_asked, help_answered: as their names say.
    """

    close_asked = Signal()
    forecast_asked = Signal(int)
    extension_asked = Signal()
    message_sent = Signal(str)
    broken = Signal(str)
    mend_asked = Signal()
    identify_asked = Signal()
    end_asked = Signal()
    help_answered = Signal()

    spoken_role = Role.Grouping

    def __init__(
        self, look: Look, wording: Wording, telling: Telling, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._look, self._wording, self._telling = look, wording, telling
        self._stand: SeatStand | None = None
        self._staffed = False
        language, phrase = wording.language, wording.phrase
        self.setFixedWidth(grown(look, WIDTH, MORE))
        self.badge = Badge(look, SeatState.FREE, 42)
        self.name = Words(look, "", "h2")
        self.state = Words(look, "", "small", weight=600, wrap=True)
        self.close_button = Button(look, "", "secondary", icon="x")
        self.close_button.clicked.connect(self.close_asked)
        self.slot = SlotCard(look, wording)
        self.help = Banner(look, "warning", icon="hand", rem=0.93)
        self.help_button = Button(look, "", "secondary", size="small")
        self.help_button.clicked.connect(self.help_answered)
        self.help.add_action(self.help_button)
        self.outlook = Banner(look, "success", rem=0.93)
        self.unreachable = Banner(look, "info", icon="unplug", rem=0.93)
        self.key = Banner(look, "warning", icon="usb", rem=0.93)
        self.clock = Banner(look, "warning", icon="timer", rem=0.93)
        self.acts = SeatActions(look, language)
        self.message = TextAsk(look, language)
        self.reason = TextAsk(look, language, send_kind="danger", rows=2)
        self.commands = CommandList(look, phrase)
        self.day_title = Words(look, "", "h3")
        self.day_total = Words(look, "", "small", "ink_muted", align=Qt.AlignmentFlag.AlignRight)
        self.day = DayStrip(look, phrase)
        self._lines: list[ToldLine] = []
        self._build()
        self._connect()
        look.changed.connect(self._restyle)
        self.retell()
        self._show_ask(None)

    def _build(self) -> None:
        heading = QVBoxLayout()
        heading.setSpacing(0)
        heading.addWidget(self.name)
        heading.addWidget(self.state)
        top = QHBoxLayout()
        top.setContentsMargins(20, 0, 20, 0)
        top.setSpacing(12)
        top.addWidget(self.badge)
        top.addLayout(heading, 1)
        top.addWidget(self.close_button)
        day_row = Apart(self.day_title, self.day_total)
        self._day_lines = QVBoxLayout()
        self._day_lines.setSpacing(0)
        day = QVBoxLayout()
        day.setSpacing(6)
        day.addWidget(day_row)
        day.addWidget(self.day)
        day.addLayout(self._day_lines)
        self._day_box = QWidget()
        self._day_box.setLayout(day)
        day.setContentsMargins(0, 4, 0, 0)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(20, 4, 20, 16)
        column.setSpacing(12)
        for part in (
            self.slot, self.help, self.unreachable, self.key, self.clock, self.outlook, self.acts,
            self.message, self.reason, self.commands, self._day_box,
        ):  # fmt: skip
            column.addWidget(part)
        column.addStretch(1)
        self._scroll = ScrollBox(self._look)
        self._scroll.set_content(content)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 18, 0, BELOW)
        outer.setSpacing(8)
        outer.addLayout(top)
        outer.addWidget(self._scroll, 1)

    def _connect(self) -> None:
        actions = self.acts
        actions.message_asked.connect(self._on_message_asked)
        actions.extension_chosen.connect(self.forecast_asked)
        actions.extension_asked.connect(self.extension_asked)
        actions.end_asked.connect(self.end_asked)
        actions.break_asked.connect(self._on_break_asked)
        actions.mend_asked.connect(self.mend_asked)
        actions.identify_asked.connect(self.identify_asked)
        self.message.sent.connect(self._on_message)
        self.message.given_up.connect(self._on_given_up)
        self.reason.sent.connect(self._on_reason)
        self.reason.given_up.connect(self._on_given_up)
        self._wording.language.changed.connect(self.retell)

    # -------------------------------------------------------------------------------- showing

    @property
    def stand(self) -> SeatStand | None:
        """The seat that is shown."""
        return self._stand

    def show_seat(self, stand: SeatStand, *, may_act: bool, staffed: bool) -> None:
        """Show a seat; `may_act` is false for those who only watch."""
        before = self._stand
        self._stand, self._staffed = stand, staffed
        other = before is None or before.seat_id != stand.seat_id
        if other or (before is not None and before.slot_id != stand.slot_id):
            # What was begun for one seat or one visitor never reaches the next.
            self.acts.reset()
            self._show_ask(None)
            self.show_outlook(None, "")
        wording = self._wording
        self.badge.show_state(stand.state)
        self.name.say(wording.seat_name(stand.number))
        self.state.say(wording.headline(stand))
        self._restyle()
        self.setAccessibleName(wording.spoken(stand))
        self.slot.show_seat(stand)
        self.help.setVisible(stand.help_asked_at is not None)
        self.help_button.setVisible(may_act and stand.in_contact)
        silent = may_act and not stand.in_contact and stand.has_station
        self.unreachable.setVisible(silent)
        self.key.setVisible(stand.key_left_at is not None)
        self.clock.setVisible(not stand.clock_trusted)
        self.acts.show_abilities(abilities(stand) if may_act else Abilities())
        # What is being written is hidden only when the seat or its visitor is another one.
        writing = not self.message.isHidden() or not self.reason.isHidden()
        self.acts.setVisible(may_act and not writing)
        self._told_texts()

    def show_outlook(self, outlook: Outlook | None, until: str) -> None:
        """Show what the extension that is thought of would do; None while nobody knows."""
        can_extend = self._stand is not None and abilities(self._stand).extend
        self.outlook.setVisible(outlook is not None and can_extend and not self.acts.isHidden())
        if outlook is not None:
            self.outlook.set_kind(outlook.kind)
            self.outlook.tell(outlook.fact, outlook.sentence)
        self.acts.show_forecast(outlook, until)

    def show_commands(self, told: Sequence[tuple[str, Told]], *, quietly: bool = False) -> None:
        """Show the last commands, newest first."""
        self.commands.show_commands(told, quietly=quietly)

    def show_day(self, face: DayFace | None, total: str, lines: Sequence[Told]) -> None:
        """Show the day; None while it is not known."""
        self._day_box.setVisible(face is not None)
        for line in self._lines:
            self._day_lines.removeWidget(line)
            line.hide()
            line.deleteLater()
        self._lines = []
        if face is None:
            return
        self.day_total.say(total)
        self.day.show_day(face, "")
        for told in lines[:LINES]:
            line = ToldLine(self._look, told, self._wording.phrase)
            self._day_lines.addWidget(line)
            line.setVisible(True)
            self._lines.append(line)

    def retell(self) -> None:
        """Say everything again; the page tells commands, day and forecast anew."""
        _ = self._wording.language.gettext
        self.close_button.setAccessibleName(_("Close"))
        escape = QKeySequence(Qt.Key.Key_Escape).toString(QKeySequence.SequenceFormat.NativeText)
        self.close_button.setToolTip(f"{_('Close')} ({escape})")
        self.help_button.setText(_("I’m coming"))
        self.help.tell(_("The visitor calls for help."))
        self.unreachable.tell(_("This computer does not answer."), _("Nothing would reach it."))
        self.key.tell(
            _("A USB key was forgotten here."), _("This line goes once the key is taken out.")
        )
        rest = [
            _("Sessions are whole here, and nothing closes for the hours."),
            _("Tell IT to set the clock."),
        ]
        self.clock.tell(_("The clock of this computer is wrong."), " ".join(rest))
        self.day_title.say(_("Today"))
        self._told_texts()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw ground and line."""
        painter = begin(self)
        painter.fillRect(self.rect(), self._look.colour("surface"))
        painter.fillRect(0, 0, 1, self.height(), self._look.colour(line_tone(self._look)))
        painter.end()

    # --------------------------------------------------------------------------------- asking

    def tab_stops(self) -> list[QWidget]:
        """Return the stops of the Tab key in reading order."""
        return [
            self.close_button, self.help_button, *self.acts.tab_stops(),
            *self.message.tab_stops(), *self.reason.tab_stops(),
        ]  # fmt: skip

    def is_asking(self) -> bool:
        """Return whether something is being written."""
        return not self.message.isHidden() or not self.reason.isHidden()

    def is_writing(self) -> bool:
        """Return whether something has been written that would be lost."""
        asks = (self.message, self.reason)
        return any(not one.isHidden() and bool(one.sentence()) for one in asks)

    def give_up(self) -> None:
        """Leave what is being written and go back to the actions."""
        first = self.acts.message if not self.message.isHidden() else self.acts.break_down
        self._show_ask(None)
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _told_texts(self) -> None:
        _ = self._wording.language.gettext
        stand = self._stand
        taken = stand is not None and stand.slot_id is not None
        ready = [
            _("Your session ends soon: please save your work."),
            _("Please turn the sound down."),
            _("The room closes soon: please save your work."),
        ]
        if self._staffed:
            ready.append(_("Please come to the desk."))
        self.message.ask(_("Message to the visitor"), "", _("Send"), ready)
        note = _("Who sits there may finish; nobody will sit down after.") if taken else ""
        reasons = [_("keyboard"), _("mouse"), _("screen"), _("sound"), _("does not start")]
        self.reason.ask(_("What is wrong?"), note, _("Put out of order"), reasons)

    def _show_ask(self, ask: TextAsk | None) -> None:
        for one in (self.message, self.reason):
            one.setVisible(one is ask)
        self.acts.setVisible(ask is None)
        if ask is not None:
            self.outlook.hide()
            ask.begin()

    def _on_message_asked(self) -> None:
        self._show_ask(self.message)

    def _on_break_asked(self) -> None:
        self._show_ask(self.reason)

    def _on_given_up(self) -> None:
        self.give_up()
        self.forecast_asked.emit(self.acts.seconds())

    def _on_message(self, text: str) -> None:
        self._on_given_up()
        self.message_sent.emit(text)

    def _on_reason(self, text: str) -> None:
        self._on_given_up()
        self.broken.emit(text)

    def _restyle(self) -> None:
        self.close_button.set_compact(True)
        self.setFixedWidth(grown(self._look, WIDTH, MORE))
        if self._stand is not None:
            palette = self.state.palette()
            colour = self._look.theme.status_colours(self._stand.state).strong
            palette.setColor(palette.ColorRole.WindowText, colour)
            self.state.setPalette(palette)
        self.update()


def abilities(stand: SeatStand) -> Abilities:
    """Return what can be done at a seat: nothing reaches one that is silent or empty."""
    if not stand.in_contact or not stand.has_station:
        return Abilities()
    taken = stand.slot_id is not None
    broken = stand.state is SeatState.OUT_OF_ORDER
    return Abilities(
        message=taken,
        extend=taken,
        end=taken,
        identify=True,
        break_down=not broken,
        mend=broken,
        cleans=broken and stand.not_clean,
    )
