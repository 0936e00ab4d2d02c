"""The person whose card was passed: first name, masked card, and what the rules need of them."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from admin_console.desk.models.visit import Visit
from admin_console.desk.models.visit_wording import VisitWording
from admin_console.desk.parts.flow import Apart, Flow
from admin_console.desk.parts.rail import initials
from kiosk.look.announce import announce
from kiosk.look.banner import Banner
from kiosk.look.button import Button
from kiosk.look.card import Card, Rule
from kiosk.look.look import Look
from kiosk.look.paint import begin, draw_box
from kiosk.look.trouble import Trouble
from kiosk.look.words import Words
from kiosk.rules.seat import SeatState
from kiosk.wire.people import CategoryView

DISC = 52


class Disc(QWidget):
    """A disc with the first letter of a name; the name beside it says the same."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._letters = ""
        self.setFixedSize(DISC, DISC)
        look.changed.connect(self.update)

    def show_name(self, name: str) -> None:
        """Show the first letters of a name."""
        self._letters = initials(name) or "•"
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw disc and letters."""
        theme = self._look.theme
        colours = theme.status_colours(SeatState.HELD)
        line = colours.strong if theme.is_high_contrast else None
        painter = begin(self)
        draw_box(painter, QRectF(self.rect()), DISC / 2, colours.card, line, 1.5)
        font = self._look.font("h3", weight=700)
        font.setPixelSize(min(font.pixelSize(), DISC // 2 - 4))
        painter.setFont(font)
        painter.setPen(colours.strong)
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._letters)
        painter.end()


class FactRow(QWidget):
    """A word and its value at the two ends of a line, under a fine rule."""

    def __init__(self, look: Look, word: str, value: str, *, ruled: bool) -> None:
        super().__init__()
        self.word = Words(look, word, "body", "ink_muted")
        self.value = Words(look, value, "strong")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(9)
        if ruled:
            column.addWidget(Rule(look))
        column.addWidget(Apart(self.word, self.value, gap=10))


class PersonCard(Card):
    """The card; hidden while nobody is known.

    Signals:
        look_asked: all digits of the card are to be seen, or masked again.
    """

    look_asked = Signal()

    def __init__(self, look: Look, wording: VisitWording, parent: QWidget | None = None) -> None:
        super().__init__(look, "panel", parent)
        self._wording = wording
        self._disc = Disc(look)
        self.name = Words(look, "", "h2", wrap=True)
        self.card = Words(look, "", "body", "ink_muted")
        self.look = Button(look, "", "quiet", size="small", icon="eye")
        self.look.clicked.connect(self._on_look)
        self._shown = ""
        self.hidden = Banner(look, "danger", rem=0.95)
        self.hidden.hide()
        self.validity = Banner(look, "success", rem=0.95)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addStretch(1)
        words.addWidget(self.name)
        number = Flow(gap=4, line_gap=4)
        number.add(self.card)
        number.add(self.look)
        words.addWidget(number)
        words.addStretch(1)
        head = QHBoxLayout()
        head.setSpacing(14)
        head.addWidget(self._disc)
        head.addLayout(words, 1)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(9)
        self.facts: list[FactRow] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(22, 20, 22, 18)
        column.setSpacing(14)
        column.addLayout(head)
        column.addWidget(self.hidden)
        column.addWidget(self.validity)
        column.addLayout(self._rows)
        self.hide()

    def show_trouble(self, trouble: Trouble | None) -> None:
        """Say why the card stays masked; None says nothing."""
        self.hidden.setVisible(trouble is not None)
        if trouble is not None:
            self.hidden.tell(trouble.fact, trouble.rest)
            announce(self.look, trouble.whole)

    def _on_look(self) -> None:
        self.show_trouble(None)
        self.look_asked.emit()

    def _name_look(self, visit: Visit) -> None:
        _ = self._wording.language.gettext
        self.look.setText(_("Mask") if visit.is_shown else _("Show"))
        spoken = _("Mask the card") if visit.is_shown else _("Show all digits of the card")
        self.look.setAccessibleName(spoken)
        self.look.setAccessibleDescription(_("To look at all digits adds a line to the journal."))
        self.look.setToolTip(self.look.accessibleDescription())
        self.look.set_icon("eye-off" if visit.is_shown else "eye")

    def show_visit(
        self, visit: Visit | None, categories: Sequence[CategoryView], today: date
    ) -> None:
        """Show the person of a visit; nobody hides the card."""
        met = visit.met if visit is not None else None
        self.setVisible(met is not None)
        if visit is None or met is None:
            self._shown = ""
            return
        if visit.masked != self._shown:
            self._shown = visit.masked
            self.show_trouble(None)
        wording = self._wording
        self._disc.show_name(met.facts.first_name)
        self.name.say(wording.name(met.facts))
        self.card.say(wording.card(visit.seen))
        self._name_look(visit)
        is_valid, words = wording.validity(met.facts, today)
        self.validity.set_kind("success" if is_valid else "danger")
        self.validity.tell(words)
        for row in self.facts:
            self._rows.removeWidget(row)
            row.hide()
            row.deleteLater()
        told = wording.rows(met, categories)
        self.facts = [
            FactRow(self._look, word, value, ruled=place > 0)
            for place, (word, value) in enumerate(told)
        ]
        for row in self.facts:
            self._rows.addWidget(row)
