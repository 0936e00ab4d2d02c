"""The petrol column of the lock: where one is, what time it is, until when, and for how long."""

from typing import NamedTuple
from zoneinfo import ZoneInfo

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainterPath, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from kiosk.look.badge import paint_badge
from kiosk.look.card import Card, Chip
from kiosk.look.hours_bar import HoursBar
from kiosk.look.look import Look
from kiosk.look.paint import begin, draw_box
from kiosk.look.shelf import Shelf
from kiosk.look.words import Words
from kiosk.rules.seat import SeatState
from kiosk.shell.layout import LARGE, SHORT, TOP, WIDGET_LIMIT, column, fit, needed_height, row
from kiosk.shell.outfit import Outfit
from kiosk.shell.page import Page
from kiosk.shell.seat_words import seat_story
from kiosk.wire.face import Snapshot, Span

TICK = 56
WIDEST_COLUMN, WIDE_COLUMN = 660, 600
AIR = 0.035
"""Beside the first figure of the clock, in parts of its size."""


class ColumnLevel(NamedTuple):
    """An arrangement of the column: clock and gaps in pixels, and whether the shelf has room."""

    clock: int
    shelf: bool
    gap: int


class Tick(QWidget):
    """The mark beside the offer: a tick while the seat is free, a pause or its badge if not."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._is_free = True
        self._state: SeatState | None = None
        self.setFixedSize(TICK, TICK)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.update)

    def show_free(self, is_free: bool, state: SeatState | None = None) -> None:
        """Say whether a session may start, or in which other state the seat is."""
        self._is_free, self._state = is_free, state
        self.update()

    def sizeHint(self) -> QSize:
        """Return the edge."""
        return QSize(TICK, TICK)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the mark."""
        theme = self._look.theme
        fill, ink = theme.colour("success_soft"), theme.colour("success")
        if not self._is_free:
            fill, ink = theme.colour("warning_soft"), theme.colour("warning")
        if theme.is_high_contrast:
            fill, ink = ink, theme.colour("ground")
        painter = begin(self)
        if self._state is not None:
            ground = theme.colour("surface")
            draw_box(painter, QRectF(0, 0, TICK, TICK), 14, ground, None, 0)
            paint_badge(painter, self._look, self._state, QRectF(8, 8, TICK - 16, TICK - 16))
            painter.end()
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(fill)
        painter.drawEllipse(QRectF(1, 1, TICK - 2, TICK - 2))
        if self._is_free:
            pen = QPen(ink, 4.5)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
            path = QPainterPath()
            path.moveTo(16.5, 29.5)
            path.lineTo(24.5, 37.5)
            path.lineTo(40, 20.5)
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPath(path)
        else:
            self._look.icons.paint(painter, "hourglass", QRectF(13, 13, 30, 30), ink)
        painter.end()


class LockColumn(Page):
    """The column. Below 1280 pixels the page shows a band instead."""

    def __init__(self, outfit: Outfit, parent: QWidget | None = None) -> None:
        super().__init__(outfit, parent)
        self.set_tone("band")
        look = outfit.look
        self._site = Words(look, "", "h2", "band_ink", rem=1.5, line=1.2, wrap=True, even=True)
        self._town = Words(look, "", "body", "band_ink_muted")
        self.chip = Chip(look, on_band=True)
        self._clock = Words(look, "", "clock", "band_ink", line=0.95)
        self._date = Words(look, "", "body", "band_ink", rem=1.4, wrap=True)
        self._card = Card(look, "band")
        self._open = Words(look, "", "strong", "band_ink", rem=1.1, wrap=True)
        self._hours = Words(look, "", "strong", "band_ink", rem=1.1)
        self._bar = HoursBar(look)
        self._closing = Words(look, "", "body", "band_ink_muted", wrap=True)
        self._tick = Tick(look)
        self._title = Words(look, "", "h3", "band_ink", wrap=True)
        self._offer = Words(look, "", "body", "band_ink_muted", line=1.3, wrap=True, even=True)
        self._shelf = Shelf(look)
        self._lay_out()
        look.changed.connect(self._fit)

    def _lay_out(self) -> None:
        head = row(spacing=18)
        names = column(spacing=4)
        names.addWidget(self._site)
        names.addWidget(self._town)
        head.addLayout(names, 1)
        chip = column(margins=(0, 2, 0, 0))
        chip.addWidget(self.chip, 0, TOP)
        head.addLayout(chip)
        hours = column(self._card, margins=(26, 24, 26, 24))
        line = row(spacing=12)
        line.addWidget(self._open, 1)
        line.addWidget(self._hours)
        hours.addLayout(line)
        hours.addSpacing(16)
        hours.addWidget(self._bar)
        hours.addSpacing(14)
        hours.addWidget(self._closing)
        offer = row(spacing=18)
        offer.addWidget(self._tick)
        told = column(spacing=2)
        told.addStretch(1)
        told.addWidget(self._title)
        told.addWidget(self._offer)
        told.addStretch(1)
        offer.addLayout(told, 1)
        self._body = column()
        self._head = column()
        self._head.addLayout(head)
        self._body.addLayout(self._head)
        self._above = QWidget()
        self._below = QWidget()
        self._body.addWidget(self._above, 1)
        self._body.addWidget(self._clock)
        self._told = column()
        self._told.addSpacing(16)
        self._told.addWidget(self._date)
        self._gap = QWidget()
        self._told.addWidget(self._gap)
        self._told.addWidget(self._card)
        self._gap_below = QWidget()
        self._told.addWidget(self._gap_below)
        self._told.addLayout(offer)
        self._body.addLayout(self._told)
        self._body.addWidget(self._below, 1)
        whole = column(self)
        whole.addLayout(self._body, 1)
        whole.addWidget(self._shelf)
        self._whole = whole

    def tell(self, snapshot: Snapshot) -> None:
        """Put words and figures in place."""
        _ = self.outfit.language.gettext
        teller = self.outfit.teller
        phrase = teller.phrase(snapshot)
        self._site.say(snapshot.site_name)
        self._town.say(snapshot.town)
        self._town.setVisible(bool(snapshot.town))
        self.chip.say(teller.seat(snapshot))
        self._clock.say(phrase.clock(snapshot.now))
        self._date.say(phrase.full_date(snapshot.now))
        self._tell_hours(snapshot)
        offer = teller.offer(snapshot)
        story = seat_story(self.outfit, snapshot)
        self._tick.show_free(offer.open_, None if story is None else story.state)
        self._title.say(offer.title if story is None else story.column_title)
        sentence = offer.sentence if story is None else story.column_sentence
        self._offer.say(sentence)
        self._offer.setVisible(bool(sentence))
        self._fit()

    def _tell_hours(self, snapshot: Snapshot) -> None:
        _ = self.outfit.language.gettext
        phrase = self.outfit.teller.phrase(snapshot)
        zone = ZoneInfo(snapshot.zone)
        spans = snapshot.openings
        self._card.setVisible(bool(spans))
        if not spans:
            return
        now = next((span for span in spans if span.start <= snapshot.now < span.end), None)
        is_short = self.width() < WIDE_COLUMN
        self._open.say(_("Open") if is_short else _("Open today"))
        listed = [phrase.time_range(span.start, span.end) for span in spans]
        self._hours.say("\n".join(listed))
        minutes = [(_minute(span, zone), _minute(span, zone, end=True)) for span in spans]
        local = snapshot.now.astimezone(zone)
        closing = ""
        if now is not None:
            left = int((now.end - snapshot.now).total_seconds())
            closing = _("Closing in %(duration)s") % {"duration": phrase.duration(left)}
        self._closing.say(closing)
        self._closing.setVisible(bool(closing))
        # The words beside it say the same: a screen reader need not hear it twice.
        self._bar.show_hours(minutes, local.hour * 60 + local.minute, spoken="")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Arrange for the new size."""
        super().resizeEvent(event)
        if self.snapshot is not None:
            self._tell_hours(self.snapshot)
        self._fit()

    def _fit(self) -> None:
        is_wide = self.width() >= WIDE_COLUMN
        side = 64 if self.width() >= WIDEST_COLUMN else 52 if is_wide else 40
        is_roomy = self.height() >= SHORT
        levels = (
            ColumnLevel(clock=168 if is_wide else 118, shelf=True, gap=40 if is_wide else 34),
            ColumnLevel(clock=118, shelf=True, gap=28),
            ColumnLevel(clock=118, shelf=True, gap=16),
            ColumnLevel(clock=118, shelf=False, gap=24),
            ColumnLevel(clock=84, shelf=False, gap=16),
            ColumnLevel(clock=72, shelf=False, gap=8),
        )

        def apply(level: ColumnLevel) -> None:
            theme = self.outfit.look.theme
            base = self.outfit.look.tokens.type.kiosk.base_px
            # The clock is large enough for everybody: it does not follow the text scale.
            self._clock.set_size(level.clock / base / theme.text_scale)
            is_large = theme.text_scale >= LARGE
            self._site.set_size(1.25 if is_large else 1.5)
            self._date.set_size(1.15 if is_large else 1.4)
            has_shelf = level.shelf and not theme.is_high_contrast
            foot = 40 if is_roomy else 16
            foot = foot if has_shelf or not level.shelf else 2 * foot
            # Large figures have air on their side: they begin a little before what is small.
            out = round(AIR * level.clock)
            self._body.setContentsMargins(side - out, side if is_roomy else 32, side, foot)
            self._head.setContentsMargins(out, 0, 0, 0)
            self._told.setContentsMargins(out, 0, 0, 0)
            # Beside a narrow column the eye looks for the hour at the top.
            self._above.setMinimumHeight(0 if is_wide else max(4, 2 * level.gap - 12))
            self._above.setMaximumHeight(WIDGET_LIMIT if is_wide else self._above.minimumHeight())
            self._gap.setFixedHeight(level.gap)
            self._gap_below.setFixedHeight(max(16, level.gap - 6))
            self._shelf.setVisible(has_shelf)

        fit(levels, apply, lambda: needed_height(self._whole, self.width()) <= self.height())


def _minute(span: Span, zone: ZoneInfo, *, end: bool = False) -> int:
    """Return a minute of the local day; an end at midnight is the end of that day."""
    local = (span.end if end else span.start).astimezone(zone)
    minute = local.hour * 60 + local.minute
    return 24 * 60 if end and minute == 0 else minute
