"""The line at the bottom of a window that confines nothing, which says so."""

from PySide6.QtWidgets import QSizePolicy, QWidget

from kiosk.look.field import Mark
from kiosk.look.words import Words
from kiosk.shell.layout import Ground, row
from kiosk.shell.outfit import Outfit

STRIP_HEIGHT = 32


class Strip(Ground):
    """Says, calmly and for good, that this window does not confine."""

    def __init__(self, outfit: Outfit, parent: QWidget | None = None) -> None:
        super().__init__(outfit.look, "sunken", parent)
        self._outfit = outfit
        self._words = Words(outfit.look, "", "caption", "ink_muted")
        line = row(self, spacing=10, margins=(16, 3, 16, 3))
        line.addWidget(Mark(outfit.look, "info", "ink_muted", 18))
        line.addWidget(self._words, 1)
        # Not on the strip itself: with a least height of its own, a full face squeezes its words.
        self._words.setMinimumHeight(STRIP_HEIGHT - 6)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        outfit.look.changed.connect(self.retell)
        outfit.language.changed.connect(self.retell)
        self.retell()

    def retell(self) -> None:
        """Say it in the current language, at its own size: it is not for the visitor."""
        _ = self._outfit.language.gettext
        look = self._outfit.look
        kind = look.tokens.type.kiosk
        self._words.set_size(max(1.0, kind.min_px / kind.base_px) / look.theme.text_scale)
        self._words.say(_("Window mode, to try and to develop: this computer is not locked."))
