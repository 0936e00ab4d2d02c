"""What stands beside the hours: the rules of the room, and what the changes would do."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from admin_console.desk.models.hours_wording import HoursWording
from admin_console.desk.parts.flow import Apart
from kiosk.look.card import Card, Rule
from kiosk.look.field import Mark
from kiosk.look.look import Look
from kiosk.look.words import Words
from kiosk.wire.place import RuleView

EDGE = 22
LEAST_NAME = 110


class RuleLine(QWidget):
    """One rule: its name, what it is counted by, and its value."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.name = Words(look, "", "strong", wrap=True)
        self.note = Words(look, "", "extra_small", "ink_muted", wrap=True)
        self.value = Words(look, "", "strong", align=Qt.AlignmentFlag.AlignRight)
        left = QWidget()
        words = QVBoxLayout(left)
        words.setContentsMargins(0, 0, 0, 0)
        words.setSpacing(0)
        words.addWidget(self.name)
        words.addWidget(self.note)
        row = QVBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(Apart(left, self.value, least=LEAST_NAME))

    def tell(self, name: str, note: str, value: str) -> None:
        """Show a rule."""
        self.name.say(name)
        self.note.say(note)
        self.value.say(value)


class RulesCard(Card):
    """The rules of the room, to read."""

    LINES = 5

    def __init__(self, look: Look, wording: HoursWording, parent: QWidget | None = None) -> None:
        super().__init__(look, "panel", parent)
        self._wording = wording
        self.title = Words(look, "", "h2", wrap=True)
        self.lines = [RuleLine(look) for _line in range(self.LINES)]
        column = QVBoxLayout(self)
        column.setContentsMargins(EDGE, 18, EDGE, 18)
        column.setSpacing(10)
        column.addWidget(self.title)
        for place, line in enumerate(self.lines):
            if place:
                column.addWidget(Rule(look))
            column.addWidget(line)

    def show_rule(self, rule: RuleView) -> None:
        """Show the rules of a room."""
        _, length = self._wording.language.gettext, self._wording.duration
        renewals = _("no limit") if rule.max_renewals is None else f"{rule.max_renewals}"
        daily = _("no limit") if rule.daily_seconds is None else length(rule.daily_seconds)
        told = (
            (_("Length"), _("of a session"), length(rule.slot_seconds)),
            (_("Renewals"), _("at most, if the seat is free"), renewals),
            (_("Time in a day"), _("at most, for each person"), daily),
            (_("Keep a seat"), _("after the call"), length(rule.hold_seconds)),
            (_("Break of the visitor"), _("screen locked"), length(rule.away_seconds)),
        )
        self.title.say(_("Sessions"))
        for line, texts in zip(self.lines, told, strict=True):
            line.tell(*texts)


class EffectCard(Card):
    """What the changes would do."""

    def __init__(self, look: Look, wording: HoursWording, parent: QWidget | None = None) -> None:
        super().__init__(look, "soft", parent)
        self._wording = wording
        self.title = Words(look, "", "h3", wrap=True)
        self.text = Words(look, "", "body", wrap=True)
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(Mark(look, "eye", "primary", 22), 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self.title, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(EDGE, 18, EDGE, 20)
        column.setSpacing(10)
        column.addLayout(head)
        column.addWidget(self.text)

    def show_effect(self, sentences: Sequence[str]) -> None:
        """Show sentences, marked up and escaped already; without any the card is not there."""
        _ = self._wording.language.gettext
        self.title.say(_("What this changes"))
        self.text.say_rich("<br>".join(sentences))
        self.setVisible(bool(sentences))
