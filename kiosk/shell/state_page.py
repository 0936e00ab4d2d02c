"""What the pages of a seat that cannot be used have in common (k8): a badge, a fact, a way out."""

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from kiosk.look.badge import paint_badge
from kiosk.look.button import Button
from kiosk.look.look import Look
from kiosk.look.paint import begin, draw_box
from kiosk.look.scroll import ScrollBox
from kiosk.look.theme import Tone
from kiosk.look.words import Words
from kiosk.rules.seat import SeatState
from kiosk.shell.layout import LARGE, LEFT, NARROW, WIDE, Ground, column, row
from kiosk.shell.outfit import Outfit
from kiosk.shell.page import Page
from kiosk.wire.face import Contact, Snapshot

BADGE = 232


class LargeBadge(QWidget):
    """The badge of a state, as large as the column allows; at night in the accent colour."""

    def __init__(
        self, look: Look, state: SeatState, *, is_night: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._look, self._state, self._is_night = look, state, is_night
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        look.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """Return the edge of the badge."""
        return QSize(BADGE, BADGE)

    def minimumSizeHint(self) -> QSize:
        """Return the least edge."""
        return QSize(48, 48)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the badge in the middle."""
        edge = min(BADGE, self.width() - 24, self.height() - 16)
        rect = QRectF(0, 0, edge, edge)
        rect.moveCenter(QRectF(self.rect()).center())
        painter = begin(self)
        if self._is_night:
            accent = self._look.colour("band_accent")
            flat = rect.adjusted(edge * 0.05, edge * 0.2, -edge * 0.05, -edge * 0.2)
            draw_box(painter, flat, flat.height() / 2, None, accent, edge * 0.055)
            icon = QRectF(0, 0, edge * 0.34, edge * 0.34)
            icon.moveCenter(rect.center())
            self._look.icons.paint(painter, "moon", icon, accent, 2.2)
        else:
            paint_badge(painter, self._look, self._state, rect)
        painter.end()


class StateSide(Ground):
    """The coloured column behind the badge."""

    def __init__(self, look: Look, state: SeatState, *, is_night: bool) -> None:
        super().__init__(look, "sunken")
        self._state, self._is_night = state, is_night
        inside = column(self)
        inside.addWidget(LargeBadge(look, state, is_night=is_night))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Fill it with the soft colour of the state, or with the night."""
        theme = self._look.theme
        fill = theme.status_colours(self._state).card
        if self._is_night:
            fill = theme.colour("ground" if theme.is_high_contrast else "primary_pressed")
        painter = begin(self)
        painter.fillRect(self.rect(), fill)
        painter.end()


class StatePage(Page):
    """The page; a subclass says title, sentences and what to do.

    Signals:
        places_asked: *Où aller ?*, which stands here only while the hub can answer it.
    """

    places_asked = Signal()

    state = SeatState.CLOSED
    is_night = False

    def __init__(self, outfit: Outfit, parent: QWidget | None = None) -> None:
        super().__init__(outfit, parent)
        look = outfit.look
        ink: Tone = "band_ink" if self.is_night else "ink"
        muted: Tone = "band_ink_muted" if self.is_night else "ink_muted"
        if self.is_night:
            self.set_tone("band_card")
        self.side = StateSide(look, self.state, is_night=self.is_night)
        self._place = Words(look, "", "strong", muted, wrap=True)
        self._clock = Words(look, "", "strong", muted, rem=1.2)
        self._call = self.call_button(on_band=self.is_night)
        self.places = Button(look, "", "secondary", icon="map-pin", on_band=self.is_night)
        self.places.clicked.connect(self.places_asked)
        self._title = Words(look, "", "h1", ink, rem=2.8, wrap=True)
        self._lines = Words(look, "", "lead", muted, rem=1.4, wrap=True, even=True)
        content = QWidget()
        middle = column(content)
        middle.addStretch(1)
        middle.addWidget(self._title)
        middle.addSpacing(18)
        middle.addWidget(self._lines)
        middle.addStretch(1)
        scroll = ScrollBox(look)
        scroll.set_content(content)
        head = row(spacing=28)
        head.addWidget(self._place, 1)
        head.addWidget(self._clock)
        head.addWidget(self._call)
        self._right = column()
        self._right.addLayout(head)
        self._right.addWidget(scroll, 1)
        self._right.addWidget(self.places, 0, LEFT)
        line = row(self)
        line.addWidget(self.side)
        line.addLayout(self._right, 1)

    def tell(self, snapshot: Snapshot) -> None:
        """Put words and figures in place."""
        teller = self.outfit.teller
        self._place.say(teller.place(snapshot))
        self._clock.say(teller.phrase(snapshot).clock(snapshot.now))
        self._call.setText(self.outfit.language.gettext("Call for help"))
        self.places.setText(self.outfit.language.gettext("Where to go?"))
        self.places.setVisible(snapshot.contact is Contact.LIVE)
        title, markup = self.words(snapshot)
        self._title.say(title)
        self._lines.say_rich(markup)
        self._fit()

    def spoken(self) -> list[str]:
        """Return what is the case, what to do, *Où aller ?* and *Appeler*."""
        teller = self.outfit.teller
        guides = [] if self.places.isHidden() else [teller.button(self.places.text())]
        return [
            self._title.plain(),
            self._lines.plain(),
            *guides,
            teller.button(self._call.text()),
        ]

    def words(self, snapshot: Snapshot) -> tuple[str, str]:
        """Return the title, and the sentences as markup (`<b>`, `<br>`; the rest escaped)."""
        raise NotImplementedError

    def enter(self) -> None:
        """Give the keyboard to *Appeler*, which is always there."""
        self._call.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Arrange for the new size."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        width = self.width()
        self.side.setFixedWidth(480 if width >= WIDE else 320 if width >= NARROW else 180)
        right, top = (64, 40) if width >= WIDE else (40, 32)
        is_wide = width >= WIDE and self.outfit.look.theme.text_scale < LARGE
        self._title.set_size(3.6 if is_wide else 2.8)
        self._lines.set_size(1.7 if is_wide else 1.4)
        self._right.setContentsMargins(72 if width >= WIDE else 48, top, right, top)
