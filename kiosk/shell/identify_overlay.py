"""The number of the seat, very large: the desk asked which machine this is."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QWidget

from kiosk.look.words import Words
from kiosk.shell.layout import CENTRE, column
from kiosk.shell.outfit import Outfit
from kiosk.shell.page import Page
from kiosk.wire.face import Snapshot

NUMBER_PART = 0.44
"""How tall the figure is, in parts of the window."""


class IdentifyOverlay(Page):
    """Covers the window without taking presses or the keyboard."""

    def __init__(self, outfit: Outfit, window: QWidget) -> None:
        super().__init__(outfit, window)
        self.set_tone("band")
        look = outfit.look
        self._window = window
        self._place = Words(look, "", "h1", "band_ink_muted", align=CENTRE, wrap=True)
        self._number = Words(look, "", "clock", "band_ink", align=CENTRE)
        middle = column(self, margins=(48, 48, 48, 48))
        middle.addStretch(1)
        middle.addWidget(self._number)
        middle.addWidget(self._place)
        middle.addStretch(1)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        window.installEventFilter(self)
        self.hide()

    def tell(self, snapshot: Snapshot) -> None:
        """Show the number while the desk wants it."""
        base = self.outfit.look.tokens.type.kiosk.base_px
        scale = self.outfit.look.theme.text_scale
        self._number.set_size(NUMBER_PART * min(self._window.height(), 1000) / base / scale)
        self._number.say(str(snapshot.seat_number))
        self._number.setAccessibleName(self.outfit.teller.seat(snapshot))
        self._place.say(" · ".join(filter(None, (snapshot.site_name, snapshot.room_name))))
        if snapshot.identify:
            self.setGeometry(self._window.rect())
            self.show()
            self.raise_()
        else:
            self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the size of the window, and stay above what else wants to be on top."""
        if not self.isVisible():
            return False
        if watched is self._window:
            if event.type() == QEvent.Type.Resize:
                self.setGeometry(self._window.rect())
        elif event.type() in {QEvent.Type.ZOrderChange, QEvent.Type.Show}:
            self.raise_()
        return False
