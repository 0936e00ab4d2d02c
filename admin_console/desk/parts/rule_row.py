"""One limit of a room: its name, and the field that it is written in, or its value to read."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from admin_console.desk.models.rule_draft import RuleWriting
from admin_console.desk.models.rule_wording import RuleWording
from admin_console.desk.parts.flow import Apart
from admin_console.desk.parts.step_field import StepField
from kiosk.look.field import Mark
from kiosk.look.look import Look
from kiosk.look.switch import Switch
from kiosk.look.trouble import Trouble
from kiosk.look.words import Words
from kiosk.rules.roomrule import RuleField

LEAST_NAME = 150
OPTIONAL = frozenset({RuleField.RENEWALS, RuleField.DAILY})
"""The limits that a room may do without."""


class FaultLine(QWidget):
    """What is wrong with a field, under the whole row; nothing takes no room."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.words = Words(look, "", "small", "danger", wrap=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(Mark(look, "octagon-x", "danger", 18), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.words, 1)
        self.hide()

    def show_trouble(self, trouble: Trouble | None) -> None:
        """Say what is wrong."""
        self.words.say("" if trouble is None else trouble.whole)
        self.setVisible(trouble is not None)


class RuleRow(QWidget):
    """The row.

    Signals:
        stepped: the field, and whether upwards.
        typed: the field, and its text so far.
        written: the field, and its text.
        limited: the field, and whether there is to be a limit at all.
    """

    stepped = Signal(object, bool)
    typed = Signal(object, str)
    written = Signal(object, str)
    limited = Signal(object, bool)

    def __init__(
        self, look: Look, wording: RuleWording, name: RuleField, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._wording, self.field_name = wording, name
        self.name = Words(look, "", "strong", wrap=True)
        self.note = Words(look, "", "extra_small", "ink_muted", wrap=True)
        self.value = Words(look, "", "strong", align=Qt.AlignmentFlag.AlignRight)
        self.switch = Switch(look)
        self.field = StepField(look)
        self.fault = FaultLine(look)
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
        side.setSpacing(10)
        side.addStretch(1)
        side.addWidget(self.value, 0, Qt.AlignmentFlag.AlignVCenter)
        side.addWidget(self.switch, 0, Qt.AlignmentFlag.AlignTop)
        side.addWidget(self.field, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(Apart(left, right, least=LEAST_NAME))
        column.addWidget(self.fault)
        self._is_typing = False
        self.field.typed.connect(self._on_typed)
        self.field.stepped.connect(self._on_stepped)
        self.field.written.connect(self._on_written)
        self.switch.clicked.connect(self._on_limited)

    def show_value(self, writing: RuleWriting, *, may_edit: bool) -> None:
        """Show what stands in the field, and what is wrong with it."""
        _ = self._wording.language.gettext
        name, note = self._wording.name(self.field_name)
        value = writing.value(self.field_name)
        optional = self.field_name in OPTIONAL
        self.name.say(name)
        self.note.say(note)
        self.switch.setVisible(may_edit and optional)
        self.switch.setChecked(value is not None)
        self.switch.set_spoken(_("%(name)s: with a limit") % {"name": name})
        self.field.setVisible(may_edit and value is not None)
        self.value.setVisible(not may_edit or value is None)
        self.value.say(self._wording.tell(self.field_name, value))
        self.field.name(f"{name}, {note}", _("Less"), _("More"))
        unread = self.field_name in writing.unread
        if self._is_typing:
            # Nothing is put right or found wrong under somebody's fingers.
            return
        if value is not None and not unread:
            self.field.show_text(self._wording.tell(self.field_name, value))
        fault = writing.fault_of(self.field_name)
        trouble = self._wording.unread() if unread else None
        if trouble is None and fault is not None:
            trouble = self._wording.fault(fault)
        self.field.mark_wrong("" if trouble is None else trouble.whole)
        self.fault.show_trouble(trouble)

    def begin_anew(self) -> None:
        """Forget what is being typed."""
        self._is_typing = False

    def _on_typed(self, text: str) -> None:
        self._is_typing = True
        self.typed.emit(self.field_name, text)

    def _on_stepped(self, up: bool) -> None:
        self._is_typing = False
        self.stepped.emit(self.field_name, up)

    def _on_written(self, text: str) -> None:
        self._is_typing = False
        self.written.emit(self.field_name, text)

    def _on_limited(self, on: bool) -> None:
        self.limited.emit(self.field_name, on)
