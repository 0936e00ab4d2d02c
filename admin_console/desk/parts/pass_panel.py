"""Guest passes: how long the next one is good for, and the code of the last one."""

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from admin_console.desk.models.visit import MadePass
from admin_console.desk.models.visit_wording import VisitWording
from admin_console.desk.parts.choice_card import ChoiceFlow, ChoiceGroup, PillChoice
from admin_console.desk.parts.flow import Apart
from kiosk.look.card import Card
from kiosk.look.look import Look
from kiosk.look.paint import begin, draw_box
from kiosk.look.words import Words
from kiosk.rules.guestpass import DURATIONS, print_pass

CENTRE = Qt.AlignmentFlag.AlignHCenter


class PassSlip(QWidget):
    """The code in its groups, in a dashed frame as on paper."""

    def __init__(self, look: Look, wording: VisitWording, *, large: bool) -> None:
        super().__init__()
        self._look, self._wording = look, wording
        self.title = Words(look, "", "small", "ink_muted", wrap=True, align=CENTRE)
        rem = 2.4 if large else 1.6
        self.code = Words(look, "", "h1", rem=rem, weight=700, align=CENTRE)
        self.line = Words(look, "", "small", "ink_muted", wrap=True, align=CENTRE)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 14, 10, 14)
        column.setSpacing(3)
        for part in (self.title, self.code, self.line):
            column.addWidget(part)
        look.changed.connect(self.update)

    def show_pass(self, made: MadePass, site: str) -> None:
        """Show a pass."""
        _ = self._wording.language.gettext
        self.title.say(_("Code to type at the seat"))
        groups = print_pass(made.digits)
        self.code.say(groups.replace(" ", "\u2002"))
        # Read as groups, as it is said aloud, not as one number.
        self.code.setAccessibleName(groups.replace(" ", ", "))
        self.line.say(self._wording.pass_line(made, site))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the dashed frame."""
        theme = self._look.theme
        painter = begin(self)
        line = theme.colour("control_border")
        draw_box(painter, QRectF(self.rect()), 11, theme.colour("surface"), line, 2, dashed=True)
        painter.end()


class PassChoice(QWidget):
    """The durations, and the pass that was made last.

    Signals:
        entered: Enter was pressed on the duration that is chosen.
    """

    entered = Signal()

    def __init__(self, look: Look, wording: VisitWording) -> None:
        super().__init__()
        self._wording = wording
        self.title = Words(look, "", "small", "ink_muted", weight=600)
        self.durations = ChoiceGroup(ChoiceFlow(gap=10, line_gap=10))
        self.durations.set_cards([PillChoice(look, str(code)) for code in DURATIONS])
        self.durations.set_value("0")
        self.durations.entered.connect(self._on_entered)
        self.slip = PassSlip(look, wording, large=True)
        self.slip.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.title)
        column.addWidget(self.durations)
        column.addWidget(self.slip)
        self.retell()

    def duration_code(self) -> int:
        """Return the digit of the duration that is chosen."""
        return int(self.durations.value() or 0)

    def show_pass(self, made: MadePass | None, site: str) -> None:
        """Show the code of a new pass, or none."""
        self.slip.setVisible(made is not None)
        self.title.setVisible(made is None)
        self.durations.setVisible(made is None)
        if made is not None:
            self.slip.show_pass(made, site)

    def retell(self) -> None:
        """Say everything again."""
        _ = self._wording.language.gettext
        self.title.say(_("Duration"))
        self.durations.set_spoken(_("Duration of the pass"))
        for card, seconds in zip(self.durations.cards, DURATIONS.values(), strict=True):
            card.tell(self._wording.pass_choice(seconds))

    def _on_entered(self, _value: str) -> None:
        self.entered.emit()


class LastPass(Card):
    """*Dernier pass invité*; hidden until one was made."""

    def __init__(self, look: Look, wording: VisitWording) -> None:
        super().__init__(look, "panel")
        self._wording = wording
        self.title = Words(look, "", "h3")
        self.ago = Words(look, "", "small", "ink_muted")
        self.slip = PassSlip(look, wording, large=False)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 20)
        column.setSpacing(12)
        column.addWidget(Apart(self.title, self.ago, gap=10))
        column.addWidget(self.slip)
        self.hide()

    def show_pass(self, made: MadePass | None, site: str, minutes: int) -> None:
        """Show the pass that was made so many minutes ago."""
        self.setVisible(made is not None)
        if made is None:
            return
        self.title.say(self._wording.language.gettext("Last guest pass"))
        self.ago.say(self._wording.ago(minutes))
        self.slip.show_pass(made, site)
