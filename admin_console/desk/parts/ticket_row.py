"""A ticket of the waiting list: its label, where it stands, and what can be done."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPaintEvent, QPalette
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from admin_console.desk.models.ticket_stand import TicketStand
from admin_console.desk.models.ticket_wording import TicketWording
from admin_console.desk.parts.flow import Flow
from kiosk.look.announce import announce
from kiosk.look.button import Button
from kiosk.look.card import Rule
from kiosk.look.focus import FocusShape
from kiosk.look.look import Look
from kiosk.look.paint import begin, draw_box
from kiosk.look.press import press_with_enter
from kiosk.look.words import Words
from kiosk.rules.seat import SeatState
from kiosk.rules.ticket import TicketState
from kiosk.wire.ticket import TicketAct

CORNER = 12
CHIP = QSize(58, 34)
CHIP_CORNER = 9
CHIP_SIDE = 9
HEAD = 44


class TicketChip(QWidget):
    """The label of a ticket, filled while a seat is held for it."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._text = ""
        self._is_filled = False
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.updateGeometry)

    def show_label(self, text: str, *, is_filled: bool) -> None:
        """Show a label."""
        self._text, self._is_filled = text, is_filled
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the text with its paddings."""
        metrics = QFontMetricsF(self._look.font("strong", weight=700))
        wide = round(metrics.horizontalAdvance(self._text)) + 2 * CHIP_SIDE
        return QSize(max(CHIP.width(), wide), max(CHIP.height(), round(metrics.lineSpacing() + 8)))

    def minimumSizeHint(self) -> QSize:
        """Return the same: the label is never cut."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw ground and label."""
        theme = self._look.theme
        colours = theme.status_colours(SeatState.HELD)
        fill = colours.strong if self._is_filled else colours.card
        ink = theme.colour("surface") if self._is_filled else colours.strong
        line = colours.strong if theme.is_high_contrast else None
        painter = begin(self)
        draw_box(painter, QRectF(self.rect()), CHIP_CORNER, fill, line, 1.5)
        painter.setFont(self._look.font("strong", weight=700))
        painter.setPen(ink)
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._text)
        painter.end()


class TicketHead(QPushButton):
    """Label and words; pressed to see what can be done."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.setFlat(True)
        self.chip = TicketChip(look)
        self.fact = Words(look, "", "body", weight=600, wrap=True)
        self.line = Words(look, "", "small", "ink_muted", wrap=True)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addStretch(1)
        for part in (self.fact, self.line):
            # Inside a button a label would take the button's ink.
            part.setForegroundRole(QPalette.ColorRole.WindowText)
            words.addWidget(part)
        words.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self.chip)
        row.addLayout(words, 1)
        inside: tuple[QWidget, ...] = (self.chip, self.fact, self.line)
        for child in inside:
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def focus_shape(self) -> FocusShape:
        """Return the whole line."""
        return FocusShape(self, self.rect(), CHIP_CORNER)

    def hasHeightForWidth(self) -> bool:
        """Say that a narrow one is higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of the words."""
        room = max(1, width - self.chip.sizeHint().width() - 12)
        tall = self.fact.heightForWidth(room) + self.line.heightForWidth(room)
        return max(HEAD, tall, self.chip.sizeHint().height())

    def sizeHint(self) -> QSize:
        """Return a size for the panel."""
        return QSize(240, self.heightForWidth(240))

    def minimumSizeHint(self) -> QSize:
        """Return the least: the words wrap."""
        return QSize(self.chip.sizeHint().width() + 80, HEAD)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press with Enter as with Space."""
        if not press_with_enter(self, event):
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw nothing: label and words are enough."""


class TicketRow(QWidget):
    """The row.

    Signals:
        chosen: the row, whose acts are wanted.
        act_asked: the row and a `TicketAct`.
    """

    chosen = Signal(object)
    act_asked = Signal(object, object)

    def __init__(
        self, look: Look, wording: TicketWording, ticket: TicketStand, *, may_act: bool
    ) -> None:
        super().__init__()
        self._look, self._wording = look, wording
        self._may_act = may_act
        self._is_open = self._is_asking = self._is_busy = False
        self.ticket = ticket
        self.head = TicketHead(look)
        if not may_act:
            # Not disabled: that would take the ink from the words.
            self.head.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self.head.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.head.clicked.connect(self._on_head)
        self.again = Button(look, "", "secondary")
        self.back = Button(look, "", "secondary")
        self.gone = Button(look, "", "quiet")
        self.question = Words(look, "", "small", weight=600, wrap=True)
        self.keep = Button(look, "", "secondary")
        self.confirm = Button(look, "", "danger")
        self.rule = Rule(look)
        self._acts = Flow(gap=8, line_gap=8)
        for button in (self.again, self.back, self.gone, self.keep, self.confirm):
            self._acts.add(button)
        self.again.clicked.connect(self._on_again)
        self.back.clicked.connect(self._on_back)
        self.gone.clicked.connect(self._on_gone)
        self.keep.clicked.connect(self._on_keep)
        self.confirm.clicked.connect(self._on_confirm)
        self._inner = QVBoxLayout()
        self._inner.setSpacing(10)
        self._inner.addWidget(self.head)
        self._inner.addWidget(self.question)
        self._inner.addWidget(self._acts)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.rule)
        column.addLayout(self._inner)
        look.changed.connect(self.update)
        self.show_ticket(ticket)

    @property
    def may_act(self) -> bool:
        """Whether anything can be done here."""
        return self._may_act

    def show_ticket(self, ticket: TicketStand) -> None:
        """Show how the ticket stands now; a question stays where it makes sense."""
        if ticket.state is not self.ticket.state:
            self._is_asking = False
        self.ticket = ticket
        self._is_busy = False
        self.retell()

    def show_open(self, is_open: bool) -> None:
        """Show what can be done, or only the ticket."""
        self._is_open = is_open and self._may_act
        self._is_asking = self._is_asking and self._is_open
        self._show_acts()

    def show_busy(self, is_busy: bool) -> None:
        """Show that the answer is awaited."""
        self._is_busy = is_busy
        self._show_acts()

    def retell(self) -> None:
        """Say everything again."""
        _ = self._wording.language.gettext
        ticket, label = self.ticket, self.ticket.label
        self.head.chip.show_label(label, is_filled=ticket.is_called)
        self.head.fact.say(self._wording.fact(ticket))
        self.head.line.say(self._wording.line(ticket))
        self.head.setAccessibleName(self._wording.spoken(ticket))
        told = {"ticket": label}
        self.question.say(_("Take %(ticket)s off the list?") % told)
        for button, text in (
            (self.again, _("Call again")),
            (self.back, _("Is back")),
            (self.gone, _("Has left…")),
            (self.keep, _("Keep the place")),
            (self.confirm, _("Has left")),
        ):
            button.setText(text)
            button.setAccessibleName(f"{label}, {text}")
        side = 14 if ticket.is_called else 0
        self._inner.setContentsMargins(side, 10, side, 12 if ticket.is_called else 8)
        self.rule.setVisible(not ticket.is_called)
        self._show_acts()
        self.update()

    def tab_stops(self) -> list[QWidget]:
        """Return the stops of the Tab key in reading order."""
        buttons = (self.again, self.back, self.gone, self.keep, self.confirm)
        return [self.head, *buttons] if self._may_act else []

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ground of a ticket that is called."""
        if not self.ticket.is_called:
            return
        theme = self._look.theme
        colours = theme.status_colours(SeatState.HELD)
        line = colours.strong if theme.is_high_contrast else None
        painter = begin(self)
        draw_box(painter, QRectF(self.rect()), CORNER, colours.card, line, 1.5)
        painter.end()

    def _show_acts(self) -> None:
        acts = self._is_open and not self._is_asking
        self._acts.setVisible(self._is_open)
        self.question.setVisible(self._is_open and self._is_asking)
        self.again.setVisible(acts and self.ticket.is_called)
        self.back.setVisible(acts and self.ticket.state is TicketState.AWAY)
        self.gone.setVisible(acts)
        self.keep.setVisible(self._is_open and self._is_asking)
        self.confirm.setVisible(self._is_open and self._is_asking)
        for button in (self.again, self.back, self.gone, self.confirm):
            button.setEnabled(not self._is_busy)
        self._acts.updateGeometry()

    def _on_head(self) -> None:
        self.chosen.emit(self)

    def _on_again(self) -> None:
        self.act_asked.emit(self, TicketAct.CALL_AGAIN)

    def _on_back(self) -> None:
        self.act_asked.emit(self, TicketAct.COME_BACK)

    def _on_gone(self) -> None:
        self._is_asking = True
        self._show_acts()
        self.keep.setFocus(Qt.FocusReason.TabFocusReason)
        announce(self, self.question.text(), urgent=True)

    def _on_keep(self) -> None:
        self._is_asking = False
        self._show_acts()
        self.gone.setFocus(Qt.FocusReason.TabFocusReason)

    def _on_confirm(self) -> None:
        self._is_asking = False
        self._show_acts()
        self.head.setFocus(Qt.FocusReason.TabFocusReason)
        self.act_asked.emit(self, TicketAct.LEAVE)
