"""The bar below the settings: how much there is to save, and the answers to it."""

from collections.abc import Sequence
from html import escape
from typing import Literal, Protocol

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QPaintEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QWidget

from admin_console.desk.models.hours_wording import HoursWording
from admin_console.desk.parts.flow import Apart
from admin_console.desk.parts.line import line_tone
from kiosk.look.button import Button
from kiosk.look.field import Mark
from kiosk.look.look import Look
from kiosk.look.paint import begin
from kiosk.look.words import Words

LEAST_WORDS = 260

BarKind = Literal["none", "changed", "wrong"]
"""Nothing to save, something, or something that holds the saving back."""


class Draft(Protocol):
    """What is written, whatever it is about."""

    def count(self) -> int:
        """Return how many things would be saved otherwise than before."""

    def faults(self) -> Sequence[object]:
        """Return everything that is wrong."""

    def can_be_saved(self) -> bool:
        """Return whether there is something to save and nothing wrong with it."""


class SaveBar(QWidget):
    """The bar.

    Signals:
        cancel_asked: what is written is to be forgotten.
        save_asked: it is to be saved.
    """

    cancel_asked = Signal()
    save_asked = Signal()

    def __init__(self, look: Look, wording: HoursWording, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look, self._wording = look, wording
        self.setProperty("ground", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._mark = Mark(look, "triangle-alert", "warning", 20)
        self.words = Words(look, "", "body", wrap=True)
        self.cancel = Button(look, "", "quiet", size="main")
        self.save = Button(look, "", "primary", size="main")
        self.cancel.clicked.connect(self.cancel_asked)
        self.save.clicked.connect(self.save_asked)
        left = QWidget()
        words = QHBoxLayout(left)
        words.setContentsMargins(0, 0, 0, 0)
        words.setSpacing(10)
        words.addWidget(self._mark)
        words.addWidget(self.words, 1)
        answers = QWidget()
        buttons = QHBoxLayout(answers)
        buttons.setContentsMargins(4, 4, 4, 4)
        buttons.setSpacing(10)
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.save)
        row = QHBoxLayout(self)
        row.setContentsMargins(26, 8, 22, 8)
        row.addWidget(Apart(left, answers, least=LEAST_WORDS))
        self.shortcut = QShortcut(QKeySequence(QKeySequence.StandardKey.Save), self)
        self.shortcut.activated.connect(self.save.click)

    def show_draft(self, draft: Draft, since: str, *, is_saving: bool, is_moved: bool) -> None:
        """Show what there is to save of a draft; `since` says from when on it would hold."""
        may_save = draft.can_be_saved() and not (is_saving or is_moved)
        count, faults = draft.count(), len(draft.faults())
        self.show_work(count, faults, since, is_saving=is_saving, may_save=may_save)

    def show_work(
        self, count: int, faults: int, since: str, *, is_saving: bool, may_save: bool
    ) -> None:
        """Show how many changes there are to save, and how many faults stand in the way."""
        _, ngettext = self._wording.language.gettext, self._wording.language.ngettext
        kind: BarKind = "none"
        if is_saving:
            text = escape(_("Saving…"))
        elif faults:
            kind = "wrong"
            told = ngettext("%(count)d fault to mend", "%(count)d faults to mend", faults)
            rest = _("Nothing is saved before.")
            text = f"<b>{escape(told % {'count': faults})}</b> {escape(rest)}"
        elif count:
            kind = "changed"
            text = f"<b>{escape(self._wording.changes(count))}</b> {escape(since)}"
        else:
            text = escape(_("Nothing to save."))
        may_cancel = bool(count or faults) and not is_saving
        self._show_state(text, kind, may_save=may_save, may_cancel=may_cancel)

    def _show_state(self, text: str, kind: BarKind, *, may_save: bool, may_cancel: bool) -> None:
        """Say how much there is to save, marked up and escaped."""
        _ = self._wording.language.gettext
        self._mark.setVisible(kind != "none")
        if kind == "wrong":
            self._mark.show_icon("octagon-x", "danger")
        else:
            self._mark.show_icon("triangle-alert", "warning")
        self.words.say_rich(text)
        self.cancel.setText(_("Cancel"))
        self.save.setText(_("Save"))
        keys = self.shortcut.key().toString(QKeySequence.SequenceFormat.NativeText)
        self.save.setToolTip(keys)
        self.save.setEnabled(may_save)
        self.cancel.setEnabled(may_cancel)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw ground and upper line."""
        painter = begin(self)
        painter.fillRect(self.rect(), self._look.colour("surface"))
        painter.fillRect(0, 0, self.width(), 1, self._look.colour(line_tone(self._look)))
        painter.end()
