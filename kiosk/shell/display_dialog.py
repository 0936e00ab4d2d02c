"""*Affichage*: text size, contrast, language (k3d). It takes effect at once."""

from PySide6.QtWidgets import QWidget

from kiosk.look.banner import Notice
from kiosk.look.button import Button
from kiosk.look.card import Rule
from kiosk.look.dialog import Dialog
from kiosk.look.segment import Choice, Segment
from kiosk.look.words import Words
from kiosk.shell.layout import column, row
from kiosk.shell.outfit import Outfit
from kiosk.shell.tools import LanguageSegment, SizeSegment

LIGHT, CONTRAST = "light", "contrast"


class OptionRow(QWidget):
    """A choice with its name and what it does."""

    def __init__(self, outfit: Outfit, control: Segment, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        look = outfit.look
        self._title = Words(look, "", "strong", rem=1.1, wrap=True)
        self._text = Words(look, "", "body", "ink_muted", wrap=True)
        line = row(self, spacing=28, margins=(0, 16, 0, 16))
        told = column(spacing=2)
        told.addWidget(self._title)
        told.addWidget(self._text)
        line.addLayout(told, 1)
        line.addWidget(control)

    def tell(self, title: str, text: str) -> None:
        """Say it."""
        self._title.say(title)
        self._text.say(text)
        self._text.setVisible(bool(text))


class DisplayDialog(Dialog):
    """The choices."""

    def __init__(self, outfit: Outfit, parent: QWidget) -> None:
        look = outfit.look
        super().__init__(look, outfit.guard, parent, width=860)
        self._outfit = outfit
        self._title = Words(look, "", "h2", wrap=True)
        self.sizes = SizeSegment(outfit)
        self.contrast = Segment(look, [], spoken="")
        self.languages = LanguageSegment(outfit)
        self._size_row = OptionRow(outfit, self.sizes)
        self._contrast_row = OptionRow(outfit, self.contrast)
        self._language_row = OptionRow(outfit, self.languages)
        self._notice = Notice(look)
        self.close_button = Button(look, "", "primary", icon="check")
        self.body.setSpacing(0)
        self.body.addWidget(self._title)
        for place, part in enumerate((self._size_row, self._contrast_row, self._language_row)):
            if place:
                self.body.addWidget(Rule(look))
            self.body.addWidget(part)
        self.answers.addWidget(self._notice, 1)
        self.add_answer(self.close_button, "close", safe=True, escape=True)
        self.contrast.chosen.connect(self._on_contrast)
        outfit.language.changed.connect(self.retell)
        outfit.look.changed.connect(self._follow)
        self.retell()

    def retell(self) -> None:
        """Say the words in the current language."""
        _ = self._outfit.language.gettext
        self._title.say(_("Display"))
        self._size_row.tell(_("Text size"), _("Three sizes"))
        self._contrast_row.tell(_("Contrast"), _("Black ground, white text, yellow buttons."))
        self._language_row.tell(_("Language"), "")
        self.sizes.retell()
        self.languages.retell()
        choices = [Choice(LIGHT, _("Light")), Choice(CONTRAST, _("Contrast"))]
        self.contrast.set_choices(choices, _("High contrast"))
        self._notice.tell(_("Your choices are forgotten at the end."))
        self.close_button.setText(_("Close"))
        self.set_spoken(_("Display"))
        self._follow()

    def _follow(self) -> None:
        self.contrast.set_value(CONTRAST if self._outfit.display.is_high_contrast else LIGHT)

    def _on_contrast(self, value: str) -> None:
        self._outfit.display.use_contrast(value == CONTRAST)
