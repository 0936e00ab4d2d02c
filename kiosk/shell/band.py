"""The band that takes the place of the petrol column on a narrow screen."""

from PySide6.QtWidgets import QWidget

from kiosk.look.card import Chip
from kiosk.look.words import Words
from kiosk.shell.layout import column, row
from kiosk.shell.outfit import Outfit
from kiosk.shell.page import Page
from kiosk.shell.seat_words import seat_story
from kiosk.wire.face import Snapshot


class Band(Page):
    """Site, seat, time, and what the seat offers, in one line."""

    def __init__(self, outfit: Outfit, parent: QWidget | None = None) -> None:
        super().__init__(outfit, parent)
        self.set_tone("band")
        look = outfit.look
        self._site = Words(look, "", "strong", "band_ink", wrap=True)
        self._offer = Words(look, "", "body", "band_ink_muted", wrap=True)
        self._chip = Chip(look, on_band=True)
        self._clock = Words(look, "", "h2", "band_ink")
        line = row(self, spacing=20, margins=(40, 14, 40, 14))
        told = column(spacing=2)
        told.addWidget(self._site)
        told.addWidget(self._offer)
        line.addLayout(told, 1)
        line.addWidget(self._chip)
        line.addWidget(self._clock)

    def tell(self, snapshot: Snapshot) -> None:
        """Put words and figures in place."""
        teller = self.outfit.teller
        self._site.say(snapshot.site_name)
        offer = teller.offer(snapshot)
        story = seat_story(self.outfit, snapshot)
        told = offer.sentence if offer.open_ else offer.title
        self._offer.say(told if story is None else story.column_title)
        self._offer.setVisible(snapshot.lock is not None)
        self._chip.say(teller.seat(snapshot))
        self._clock.say(teller.phrase(snapshot).clock(snapshot.now))
