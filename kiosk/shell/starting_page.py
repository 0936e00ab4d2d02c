"""The first frame: a plain page that paints at once, before anything is known."""

from PySide6.QtWidgets import QWidget

from kiosk.look.words import Words
from kiosk.shell.layout import CENTRE, column
from kiosk.shell.outfit import Outfit
from kiosk.shell.page import Page
from kiosk.wire.face import Contact, Snapshot


class StartingPage(Page):
    """Starting. It needs no snapshot to be shown."""

    def __init__(self, outfit: Outfit, parent: QWidget | None = None) -> None:
        super().__init__(outfit, parent)
        self.set_tone("band")
        look = outfit.look
        self._title = Words(look, "", "display", "band_ink", align=CENTRE, wrap=True)
        self._line = Words(look, "", "lead", "band_ink_muted", align=CENTRE, wrap=True)
        middle = column(self, spacing=18, margins=(64, 40, 64, 40))
        middle.addStretch(1)
        middle.addWidget(self._title)
        middle.addWidget(self._line)
        middle.addStretch(1)
        self.retell()

    def retell(self) -> None:
        """Say the words, with or without a snapshot."""
        _ = self.outfit.language.gettext
        self._title.say(_("This seat is starting"))
        self._line.say(_("It takes a few seconds."))
        super().retell()

    def spoken(self) -> list[str]:
        """Return that there is nothing to do but wait."""
        return [self._title.plain(), self._line.plain()]

    def tell(self, snapshot: Snapshot) -> None:
        """Say what is waited for."""
        _ = self.outfit.language.gettext
        if snapshot.contact is Contact.LOST:
            self._line.say(_("Waiting for the connection. This seat keeps trying by itself."))
