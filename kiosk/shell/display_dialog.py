"""*Affichage*: text size, calm gestures, contrast, motion, language (k3d). It acts at once."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QWidget

from kiosk.look.banner import Notice
from kiosk.look.button import Button
from kiosk.look.card import Rule
from kiosk.look.dialog import Dialog
from kiosk.look.keycode import digit_of
from kiosk.look.segment import Segment
from kiosk.look.switch import Switch
from kiosk.look.words import Words
from kiosk.shell.layout import column, loosen, row
from kiosk.shell.outfit import Outfit
from kiosk.shell.tools import LanguageSegment, SizeSegment

WIDTH = 720
GROWTH = 0.6
"""How much of the growth of the text the panel follows in its width."""

AIR = (22, 14, 8, 4)
"""Pixels above and below a choice, from roomy to tight."""

RING = 12


class OptionRow(QWidget):
    """A choice with its name and what it does; the words of a switch press it too."""

    def __init__(
        self, outfit: Outfit, control: Segment | Switch, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        look = outfit.look
        self._control = control
        self._is_pressed = False
        self._title = Words(look, "", "strong", rem=1.1, wrap=True)
        self._text = Words(look, "", "body", "ink_muted", wrap=True)
        self._line = row(self, spacing=28)
        told = column(spacing=2)
        told.addStretch(1)
        told.addWidget(self._title)
        told.addWidget(self._text)
        told.addStretch(1)
        self._line.addLayout(told, 1)
        self._line.addWidget(control)

    def set_air(self, above: int, below: int) -> None:
        """Leave so many pixels above and below."""
        self._line.setContentsMargins(0, above, 0, below)

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
        self._is_pressed = isinstance(self._control, Switch)
        event.setAccepted(self._is_pressed)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Press the switch."""
        inside = self.rect().contains(event.position().toPoint())
        if self._is_pressed and inside and isinstance(self._control, Switch):
            self._control.click()
        self._is_pressed = False


class DisplayDialog(Dialog):
    """The choices.

    Signals:
        digit_typed: a digit, and the own time of its event: a card is passed meanwhile.
    """

    digit_typed = Signal(str, object)

    def __init__(self, outfit: Outfit, parent: QWidget) -> None:
        look, display = outfit.look, outfit.display
        super().__init__(look, outfit.guard, parent, width=WIDTH, answers_first=True)
        self._outfit = outfit
        self._title = Words(look, "", "h2", wrap=True)
        self.close_button = Button(look, "", "quiet", size="small", icon="x")
        self.sizes = SizeSegment(outfit)
        self.calm = Switch(look)
        self.contrast = Switch(look)
        self.reduced = Switch(look)
        self.languages = LanguageSegment(outfit)
        controls = (self.sizes, self.calm, self.contrast, self.reduced, self.languages)
        self._rows = [OptionRow(outfit, control) for control in controls]
        self._notice = Notice(look)
        self._lay_out()
        self.calm.clicked.connect(display.use_calm)
        self.contrast.clicked.connect(display.use_contrast)
        self.reduced.clicked.connect(display.use_reduced)
        outfit.language.changed.connect(self.retell)
        outfit.look.changed.connect(self._follow)
        outfit.guard.calm_changed.connect(self._follow)
        self.retell()

    def _lay_out(self) -> None:
        self.answers.setContentsMargins(8, 8, 8, 0)
        self.answers.addWidget(self._title, 1)
        self.add_answer(self.close_button, "close", safe=True, escape=True)
        self._column.setSpacing(0)
        self.body.setContentsMargins(8, 0, 8, 8)
        self.body.setSpacing(0)
        for choice in self._rows:
            self.body.addWidget(choice)
            self.body.addWidget(Rule(self._outfit.look))
        self._foot = row()
        self._foot.addWidget(self._notice, 1)
        self.body.addLayout(self._foot)
        self.arrangements = [partial(self._arrange, air) for air in AIR]

    def _arrange(self, air: int) -> None:
        for place, choice in enumerate(self._rows):
            # The first stands under the close button, with room for the focus ring of both.
            choice.set_air(air if place else max(RING, air - 8), air)
        self._foot.setContentsMargins(0, air, 0, 0)
        loosen(self.body)

    def retell(self) -> None:
        """Say the words in the current language."""
        _ = self._outfit.language.gettext
        self._title.say(_("Display"))
        told = (
            (_("Text size"), _("100%, 125% or 150%")),
            (
                _("Calm gestures"),
                _("Here, a tremor, a double press or a key held down counts only once."),
            ),
            (_("Contrast"), _("Black ground, white text, yellow buttons.")),
            (_("Fewer movements"), _("No animation any more.")),
            (_("Language"), ""),
        )
        for choice, words in zip(self._rows, told, strict=True):
            choice.tell(*words)
        self.sizes.retell()
        self.languages.retell()
        self._notice.tell(_("Your choices are forgotten at the end."))
        self.close_button.setText(_("Close"))
        self.set_spoken(_("Display"))
        self._follow()
        self.rearrange()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tell of a digit, which nothing here expects."""
        digit = digit_of(event)
        if digit is not None and not event.isAutoRepeat():
            self.digit_typed.emit(digit, event.timestamp())
        super().keyPressEvent(event)

    def _follow(self) -> None:
        display = self._outfit.display
        self.calm.setChecked(display.is_calm)
        self.contrast.setChecked(display.is_high_contrast)
        self.reduced.setChecked(display.is_reduced)
        scale = self._outfit.look.theme.text_scale
        self.set_width(round(WIDTH * (1 + GROWTH * (scale - 1))))
