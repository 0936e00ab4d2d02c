"""The row of tools at the top of the lock, from the language to *Appeler*.

*Affichage* stands beside the text size, where somebody looks who reads with trouble; it opens the
same panel as in a session.
"""

from typing import NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from kiosk.look.button import Button
from kiosk.look.segment import Choice, Segment
from kiosk.shell.layout import row
from kiosk.shell.outfit import Outfit
from kiosk.shell.reader import ListenButton

SIZE_PIXELS = {"100": 20, "125": 27, "150": 35}
"""How large the letter on each side is; it shows the size, so it does not follow it."""


class SizeSegment(Segment):
    """Three letters, small to large."""

    def __init__(self, outfit: Outfit, parent: QWidget | None = None) -> None:
        super().__init__(outfit.look, [], spoken="", parent=parent)
        self._outfit = outfit
        self.chosen.connect(outfit.display.use_scale)
        outfit.look.changed.connect(self._follow)
        self.retell()

    def retell(self) -> None:
        """Say the sizes in the current language."""
        _ = self._outfit.language.gettext
        spoken = {
            "100": _("Normal text"),
            "125": _("Larger text"),
            "150": _("Largest text"),
        }
        choices = [
            Choice(value, "A", spoken[value], text_px=size) for value, size in SIZE_PIXELS.items()
        ]
        self.set_choices(choices, _("Text size"))
        self._follow()

    def _follow(self) -> None:
        self.set_value(self._outfit.display.scale)


class LanguageSegment(Segment):
    """Français or English, each in its own language; "FR" and "EN" where room is short."""

    def __init__(self, outfit: Outfit, parent: QWidget | None = None) -> None:
        super().__init__(outfit.look, [], spoken="", parent=parent)
        self._outfit = outfit
        self._is_compact = False
        self.chosen.connect(outfit.display.use_language)
        self.retell()

    def set_compact(self, compact: bool) -> None:
        """Write two letters instead of the word."""
        if compact != self._is_compact:
            self._is_compact = compact
            self.retell()

    def retell(self) -> None:
        """Show the language that holds."""
        code = self._outfit.language.code
        # The languages carry their own names, which no catalogue translates.
        names = {"fr": ("Français", "FR"), "en": ("English", "EN")}
        choices = [
            Choice(value, names[value][1 if self._is_compact else 0], names[value][0])
            for value in ("fr", "en")
        ]
        if [button.choice for button in self.buttons] != choices:
            self.set_choices(choices)
        self.setAccessibleName(self._outfit.language.gettext("Language"))
        self.set_value(code)


class ToolsLevel(NamedTuple):
    """How far the row draws together: which words are short or give way to their icon."""

    contrast: bool = False
    language: bool = False
    listen: bool = False
    display: bool = False
    call: bool = False
    spacing: int = 16


TOOLS_LEVELS = (
    ToolsLevel(),
    ToolsLevel(contrast=True),
    ToolsLevel(contrast=True, language=True),
    ToolsLevel(contrast=True, language=True, spacing=12),
    ToolsLevel(contrast=True, language=True, listen=True, spacing=12),
    ToolsLevel(contrast=True, language=True, listen=True, display=True),
    ToolsLevel(contrast=True, language=True, listen=True, display=True, spacing=12),
    ToolsLevel(contrast=True, language=True, listen=True, display=True, call=True),
    ToolsLevel(contrast=True, language=True, listen=True, display=True, call=True, spacing=12),
    ToolsLevel(contrast=True, language=True, listen=True, display=True, call=True, spacing=8),
)
"""From roomy to tight. The contrast is first to lose its word: the panel says it in full."""


class LockTools(QWidget):
    """The whole row. *Écouter* and *Appeler* are given by the page and stand last.

    Signals:
        display_asked: *Affichage*.
    """

    display_asked = Signal()

    def __init__(
        self, outfit: Outfit, listen: ListenButton, call: Button, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._outfit = outfit
        look = outfit.look
        self.language = LanguageSegment(outfit)
        self.sizes = SizeSegment(outfit)
        self.display = Button(look, "", "tool", icon="a-large-small")
        self.display.clicked.connect(self.display_asked)
        self.contrast = Button(look, "", "tool", icon="contrast")
        self.contrast.setCheckable(True)
        self.contrast.clicked.connect(outfit.display.use_contrast)
        self.listen = listen
        self.call = call
        line = row(self, spacing=16)
        line.addWidget(self.language)
        line.addStretch(1)
        line.addWidget(self.sizes)
        line.addWidget(self.display)
        line.addWidget(self.contrast)
        line.addWidget(self.listen)
        line.addWidget(self.call)
        self._line = line
        look.changed.connect(self._follow)
        self._follow()

    def retell(self) -> None:
        """Say the words in the current language."""
        _ = self._outfit.language.gettext
        self.language.retell()
        self.sizes.retell()
        self.display.setText(_("Display"))
        self.contrast.setText(_("Contrast"))
        self.contrast.setAccessibleName(_("High contrast"))
        self.listen.retell()
        self.call.setAccessibleName(_("Call for help"))
        self.fit(self.width())

    def fit(self, width: int) -> None:
        """Draw together until the row is no wider than `width` pixels; *Appeler* keeps its word."""
        for level in TOOLS_LEVELS:
            self.language.set_compact(level.language)
            self.contrast.set_compact(level.contrast)
            self.listen.set_compact(level.listen)
            self.display.set_compact(level.display)
            self.call.setText(self._call_word(short=level.call))
            self._line.setSpacing(level.spacing)
            self._line.invalidate()
            if self._line.minimumSize().width() <= width:
                return

    def _call_word(self, *, short: bool) -> str:
        language = self._outfit.language
        # Translators: *Appeler*, where "Call for help" is too long.
        return language.pgettext("short", "Call") if short else language.gettext("Call for help")

    def _follow(self) -> None:
        self.contrast.setChecked(self._outfit.display.is_high_contrast)
