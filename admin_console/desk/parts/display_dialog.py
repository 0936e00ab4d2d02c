"""*Affichage* at the desk: text size, contrast, motion, language. It acts at once."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from admin_console.desk.display import SCALES, Display
from admin_console.desk.parts.line import grown
from kiosk.look.banner import Notice
from kiosk.look.button import Button
from kiosk.look.card import Rule
from kiosk.look.dialog import Dialog
from kiosk.look.guard import Guard
from kiosk.look.language import Language
from kiosk.look.look import Look
from kiosk.look.segment import Choice, Segment
from kiosk.look.switch import Switch
from kiosk.look.words import Words

WIDTH = 560
MORE = 160
"""How much wider the panel becomes with the largest text."""
LETTERS = (15, 19, 23)
"""Pixels of the letter that stands for each size of text."""


class OptionRow(QWidget):
    """A choice with its name and what it does; the words of a switch press it too."""

    def __init__(self, look: Look, control: Segment | Switch) -> None:
        super().__init__()
        self._control = control
        self._is_pressed = False
        self._title = Words(look, "", "strong", wrap=True)
        self._text = Words(look, "", "small", "ink_muted", wrap=True)
        told = QVBoxLayout()
        told.setSpacing(1)
        told.addStretch(1)
        told.addWidget(self._title)
        told.addWidget(self._text)
        told.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 12, 0, 12)
        row.setSpacing(20)
        row.addLayout(told, 1)
        row.addWidget(control)

    def tell(self, title: str, text: str) -> None:
        """Say it."""
        self._title.say(title)
        self._text.say(text)
        self._text.setVisible(bool(text))
        if isinstance(self._control, Switch):
            self._control.set_spoken(title)
            self._control.setAccessibleDescription(text)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take a press on the words of a switch."""
        left = event.button() == Qt.MouseButton.LeftButton
        self._is_pressed = left and isinstance(self._control, Switch)
        event.setAccepted(self._is_pressed)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Press the switch."""
        inside = self.rect().contains(event.position().toPoint())
        if self._is_pressed and inside and isinstance(self._control, Switch):
            self._control.click()
        self._is_pressed = False


class DisplayDialog(Dialog):
    """The choices."""

    def __init__(
        self, look: Look, guard: Guard, language: Language, display: Display, parent: QWidget
    ) -> None:
        super().__init__(look, guard, parent, width=WIDTH)
        self._language, self._display = language, display
        self.title = Words(look, "", "h2", wrap=True)
        self.sizes = Segment(look, [Choice(str(scale), "A") for scale in SCALES], spoken=" ")
        self.contrast = Switch(look)
        self.reduced = Switch(look)
        self.languages = Segment(
            look, [Choice("fr", "Français"), Choice("en", "English")], spoken="Langue, language"
        )
        controls = (self.sizes, self.contrast, self.reduced, self.languages)
        self._rows = [OptionRow(look, control) for control in controls]
        self.notice = Notice(look)
        self.done = Button(look, "", "primary", size="main")
        self.body.setSpacing(0)
        self.body.addWidget(self.title)
        self.body.addSpacing(8)
        for row in self._rows:
            self.body.addWidget(row)
            self.body.addWidget(Rule(look))
        self.body.addSpacing(14)
        self.body.addWidget(self.notice)
        self.answers.addStretch(1)
        self.add_answer(self.done, "close", safe=True, escape=True)
        self.sizes.chosen.connect(self._on_size)
        self.contrast.clicked.connect(display.use_contrast)
        self.reduced.clicked.connect(display.use_reduced)
        self.languages.chosen.connect(display.use_language)
        display.changed.connect(self._follow)
        language.changed.connect(self.retell)
        self.retell()

    def retell(self) -> None:
        """Say the words in the current language."""
        _ = self._language.gettext
        self.title.say(_("Display"))
        self.set_spoken(_("Display"))
        told = (
            (_("Text size"), _("100%, 125% or 150%")),
            (_("Contrast"), _("Black ground, white text, yellow buttons.")),
            (_("Fewer movements"), _("No animation any more.")),
            (_("Language"), ""),
        )
        for row, words in zip(self._rows, told, strict=True):
            row.tell(*words)
        spoken = (_("Normal text"), _("Larger text"), _("Largest text"))
        self.sizes.set_choices(
            [
                Choice(str(scale), "A", said, text_px=pixels)
                for scale, said, pixels in zip(SCALES, spoken, LETTERS, strict=True)
            ],
            _("Text size"),
        )
        self.notice.tell(_("Your choices come back when you sign in on this computer."))
        self.done.setText(_("Close"))
        self._follow()

    def _follow(self) -> None:
        choice = self._display.choice
        self.sizes.set_value(str(choice.scale))
        self.contrast.setChecked(choice.high_contrast)
        self.reduced.setChecked(choice.reduced_motion)
        self.languages.set_value(choice.language)
        self.set_width(grown(self._look, WIDTH, MORE))

    def _on_size(self, value: str) -> None:
        self._display.use_scale(float(value))
