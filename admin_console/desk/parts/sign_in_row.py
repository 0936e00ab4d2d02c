"""What opens a session in a room: the card with its code, or the card alone, and what it means."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from admin_console.desk.models.rule_draft import RuleWriting
from admin_console.desk.models.rule_wording import RuleWording
from admin_console.desk.parts.flow import Apart
from kiosk.look.field import Mark
from kiosk.look.look import Look
from kiosk.look.segment import Choice, Segment
from kiosk.look.words import Words
from kiosk.rules.roomrule import RuleField
from kiosk.rules.signin import SignIn

LEAST_NAME = 130


class SignInRow(QWidget):
    """The row. Where the card alone opens, what that means has a mark before it.

    Signals:
        chosen: a `SignIn`.
    """

    chosen = Signal(object)

    def __init__(self, look: Look, wording: RuleWording, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wording = wording
        self.name = Words(look, "", "strong", wrap=True)
        self.note = Words(look, "", "extra_small", "ink_muted", wrap=True)
        self.value = Words(look, "", "strong", align=Qt.AlignmentFlag.AlignRight)
        self.segment = Segment(look, self._choices(), spoken=" ")
        self.means = Words(look, "", "small", "ink_muted", wrap=True)
        self.mark = Mark(look, "triangle-alert", "warning", 18)
        left, right = QWidget(), QWidget()
        words = QVBoxLayout(left)
        words.setContentsMargins(0, 0, 0, 0)
        words.setSpacing(0)
        words.addStretch(1)
        words.addWidget(self.name)
        words.addWidget(self.note)
        words.addStretch(1)
        side = QHBoxLayout(right)
        side.setContentsMargins(0, 0, 0, 0)
        side.addStretch(1)
        side.addWidget(self.value, 0, Qt.AlignmentFlag.AlignVCenter)
        side.addWidget(self.segment)
        told = QHBoxLayout()
        told.setSpacing(8)
        told.addWidget(self.mark, 0, Qt.AlignmentFlag.AlignTop)
        told.addWidget(self.means, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(Apart(left, right, least=LEAST_NAME))
        column.addLayout(told)
        self.segment.chosen.connect(self._on_chosen)

    def show_value(self, writing: RuleWriting, *, may_edit: bool) -> None:
        """Show what is chosen, and what it means."""
        value = SignIn(str(writing.value(RuleField.SIGN_IN)))
        name, note = self._wording.name(RuleField.SIGN_IN)
        self.name.say(name)
        self.note.say(note)
        self.segment.set_choices(self._choices(), f"{name}, {note}")
        self.segment.set_value(value)
        self.segment.setVisible(may_edit)
        self.value.setVisible(not may_edit)
        self.value.say(dict(self._wording.sign_in_choices())[value])
        fault = writing.fault_of(RuleField.SIGN_IN)
        means = self._wording.sign_in_means(value)
        if fault is not None:
            means = self._wording.fault(fault).whole
        self.means.say(means)
        self.mark.setVisible(value is SignIn.CARD)
        if fault is None:
            self.mark.show_icon("triangle-alert", "warning")
        else:
            self.mark.show_icon("octagon-x", "danger")
        for button in self.segment.buttons:
            button.setAccessibleDescription(means if button.isChecked() else "")

    def _choices(self) -> list[Choice]:
        return [Choice(value, text) for value, text in self._wording.sign_in_choices()]

    def _on_chosen(self, value: str) -> None:
        self.chosen.emit(SignIn(value))
