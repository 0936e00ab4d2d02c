"""The banner of a seat that is kept or locked: badge, fact, one sentence, a ring (k9, k10, k13)."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget

from kiosk.look.badge import Badge
from kiosk.look.paint import begin, draw_box
from kiosk.look.ring import Ring
from kiosk.look.words import Words
from kiosk.rules.seat import SeatState
from kiosk.shell.layout import column, row
from kiosk.shell.outfit import Outfit
from kiosk.shell.seat_words import SeatStory

RADIUS, SLIM_RADIUS = 28, 12
ROOMY, TIGHT = (104, 132), (56, 104)
"""Edges of badge and ring in pixels, with room and without."""


class FaceBanner(QWidget):
    """The banner; hidden while there is nothing to say."""

    def __init__(self, outfit: Outfit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        look = outfit.look
        self._outfit = outfit
        self._story: SeatStory | None = None
        self._is_roomy = True
        self._is_slim = False
        self._badge = Badge(look, SeatState.HELD, ROOMY[0])
        self._title = Words(look, "", "h1", rem=2.2, wrap=True, even=True)
        self._sentence = Words(look, "", "lead", wrap=True)
        self._ring = Ring(look, ROOMY[1], on_tint=True)
        self._row = row(self, spacing=36, margins=(36, 24, 36, 24))
        self._row.addWidget(self._badge)
        told = column(spacing=4)
        told.addStretch(1)
        told.addWidget(self._title)
        told.addWidget(self._sentence)
        told.addStretch(1)
        self._row.addLayout(told, 1)
        self._row.addWidget(self._ring)
        look.changed.connect(self.update)

    def tell(self, story: SeatStory | None) -> None:
        """Say what there is to say."""
        self._story = story
        self.setVisible(story is not None)
        if story is None:
            return
        self._badge.show_state(story.banner or story.state, story.icon)
        self._title.say(story.title)
        self._sentence.say(story.sentence)
        self._sentence.setVisible(bool(story.sentence))
        self._ring.set_state(story.banner or story.state)
        self._tell_ring(story)
        self.update()

    def plain(self) -> list[str]:
        """Return fact and sentence."""
        sentence = "" if self._story is None else self._story.sentence
        return [self._title.plain(), sentence]

    def _tell_ring(self, story: SeatStory) -> None:
        language = self._outfit.language
        minutes = -(-story.seconds // 60)
        long_unit = language.ngettext("minute", "minutes", minutes)
        self._ring.show_time(
            story.seconds,
            max(1, story.total_seconds),
            unit=long_unit if self._is_roomy else language.gettext("min"),
            spoken=f"{story.title}. {story.sentence}",
        )

    def is_told(self) -> bool:
        """Return whether there is something to say, room for it or not."""
        return self._story is not None

    def arrange(
        self, *, roomy: bool, slim: bool, yields: bool, worded: bool = True, note: str = ""
    ) -> None:
        """Take the large form, the small one, or one that says no more than is said in words.

        `yields` leaves its place to what is more urgent: the column says the same. The sentence is
        not `worded` where it stands in a strip of its own; a `note` follows it.
        """
        sentence = "" if self._story is None else f"{self._story.sentence} {note}".strip()
        self._sentence.say(sentence)
        self._sentence.setVisible(worded and bool(sentence))
        self.setVisible(self._story is not None and not yields)
        self._is_slim = slim
        badge, ring = ROOMY if roomy else TIGHT
        if self._is_roomy is not roomy:
            self._is_roomy = roomy
            if self._story is not None:
                self._tell_ring(self._story)
        has_end = self._story is not None and self._story.total_seconds > 0
        self._ring.setVisible(has_end and not slim)
        self._badge.setVisible(not slim)
        self._badge.set_size(badge)
        self._ring.set_size(ring)
        self._title.set_size(2.2 if roomy else 1.2 if slim else 1.5)
        self._sentence.set_size(None if roomy else 1.0)
        self._row.setSpacing(36 if roomy else 20)
        edge = 24 if roomy else 8 if slim else 14
        self._row.setContentsMargins(edge + 12, edge, edge + 12, edge)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ground in the colours of the state."""
        if self._story is None:
            return
        state = self._story.banner or self._story.state
        look = self._outfit.look
        colours = look.theme.status_colours(state)
        ground = colours.card if self._story.banner is None else look.colour("success_soft")
        painter = begin(self)
        radius = SLIM_RADIUS if self._is_slim else RADIUS
        draw_box(painter, QRectF(self.rect()), radius, ground, colours.strong, 2)
        painter.end()
