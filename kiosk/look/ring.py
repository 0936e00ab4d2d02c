"""The time that is left, as a ring with the minutes inside.

It is calm: it moves once a minute, then every ten seconds in the last two minutes, and never shows
seconds. Over ten minutes it is petrol, then amber, and red from two minutes down.
"""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from kiosk.look.font import TRACKING
from kiosk.look.look import Look
from kiosk.look.paint import begin
from kiosk.look.role import Role
from kiosk.rules.seat import SeatState

AMBER_SECONDS = 600
RED_SECONDS = 120
SMALL_SIZE = 200
MIDDLE_SIZE = 130
BAR_SIZE = 60
LEAST_UNIT = 12
"""Height in pixels under which the word in a small ring of the console would not be read."""
OUTLINE = 1.2
"""Line around the track on a tinted ground, where a track in a tint of its own would be lost."""


class Ring(QWidget):
    """A ring of time.

    Args:
        look: how to look.
        size: edge in pixels; it does not follow the text scale.
        on_band: whether it stands on the session bar, in the accent colour, without words.
        on_tint: whether it stands on a tinted ground: its track is white with an outline.
        parent: the widget that holds it.
    """

    spoken_role = Role.StaticText

    def __init__(
        self,
        look: Look,
        size: int = 348,
        *,
        on_band: bool = False,
        on_tint: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._size = size
        self._on_band, self._on_tint = on_band, on_tint
        self._state: SeatState | None = None
        self._seconds = 0
        self._total = 3600
        self._unit = ""
        self._above = ""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.update)

    def show_time(
        self, seconds: int, total: int = 3600, *, unit: str, above: str = "", spoken: str
    ) -> None:
        """Show what is left.

        Args:
            seconds: what is left; under zero counts as nothing.
            total: what a full ring means.
            unit: the word under the figure ("minutes").
            above: the words over the figure ("Il vous reste"), on a large ring only.
            spoken: the whole as a sentence, for those who do not see it.
        """
        shown = (settle(seconds), total, unit, above)
        if shown != (self._seconds, self._total, self._unit, self._above):
            self._seconds, self._total, self._unit, self._above = shown
            self.update()
        if self.accessibleName() != spoken:
            self.setAccessibleName(spoken)

    def set_size(self, size: int) -> None:
        """Change the edge, in pixels."""
        self._size = size
        self.updateGeometry()
        self.update()

    def set_state(self, state: SeatState | None) -> None:
        """Take the colours of a seat's state instead of those of a time that runs out."""
        self._state = state
        self.update()

    def minutes(self) -> int:
        """Return the figure that is shown."""
        return -(-self._seconds // 60)

    def sizeHint(self) -> QSize:
        """Return the edge."""
        return QSize(self._size, self._size)

    def minimumSizeHint(self) -> QSize:
        """Return the edge."""
        return self.sizeHint()

    def colours(self) -> tuple[QColor, QColor]:
        """Return the colours of what is left and of the track."""
        theme = self._look.theme
        if self._state is not None:
            return theme.status_colours(self._state).strong, theme.colour("surface")
        if self._on_band:
            return theme.colour("band_accent"), theme.colour("band_line")
        if self._seconds > AMBER_SECONDS:
            return theme.colour("ring_value"), theme.colour("ring_track")
        if self._seconds > RED_SECONDS:
            return theme.colour("ring_warning"), theme.colour("ring_warning_track")
        return theme.colour("ring_danger"), theme.colour("ring_danger_track")

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw track, arc and words."""
        value, track = self.colours()
        painter = begin(self)
        stroke = self._size * self._stroke_part()
        rect = QRectF(0, 0, self._size, self._size)
        rect.moveCenter(QRectF(self.rect()).center())
        rect.adjust(stroke / 2, stroke / 2, -stroke / 2, -stroke / 2)
        pen = QPen(track, stroke)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if self._on_tint:
            painter.setPen(QPen(value, stroke))
            painter.drawEllipse(rect)
            pen.setColor(self._look.colour("surface"))
            pen.setWidthF(stroke - 2 * OUTLINE)
        painter.setPen(pen)
        painter.drawEllipse(rect)
        pen.setWidthF(stroke)
        left = min(1.0, self._seconds / self._total) if self._total > 0 else 0.0
        if left > 0:
            pen.setColor(value)
            painter.setPen(pen)
            painter.drawArc(rect, 90 * 16, -round(left * 360 * 16))
        if self._unit:
            self._draw_words(painter, rect)
        painter.end()

    def _stroke_part(self) -> float:
        if self._size < BAR_SIZE:
            return 0.146
        if self._size >= SMALL_SIZE:
            return 0.082
        return 0.118 if self._look.theme.is_console else 0.098

    def _draw_words(self, painter: QPainter, rect: QRectF) -> None:
        # The ring does not grow with the text, so its words stop where the ring would be touched.
        theme = self._look.theme
        inner = self._size * 0.7
        large = self._size >= SMALL_SIZE
        figure_part, unit_part, unit_line = self._word_parts()
        figure = QFont(self._look.font("counter"))
        figure.setPixelSize(round(self._size * figure_part))
        unit = QFont(self._look.font("strong" if large else "body"))
        least = LEAST_UNIT if theme.is_console else 0
        unit.setPixelSize(max(least, round(self._size * unit_part)))
        lines = [(str(self.minutes()), figure, theme.colour("ink"), 1.0)]
        lines.append((self._unit, unit, theme.colour("ink"), unit_line))
        if self._above and large:
            above = QFont(self._look.font("body"))
            above.setPixelSize(round(self._size * 0.0603))
            lines.insert(0, (self._above, above, theme.colour("ink_muted"), 1.6))
        for _text, font, _colour, _line in lines[:1] + lines[-1:]:
            scaled = round(font.pixelSize() * min(1.15, theme.text_scale))
            font.setPixelSize(scaled)
        # The role's own spacing is of its own size: in a small ring the figures would collide.
        spacing = TRACKING["counter"] * figure.pixelSize()
        figure.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, spacing)
        for text, font, _colour, _line in lines:
            wide = QFontMetricsF(font).horizontalAdvance(text)
            if wide > inner:
                font.setPixelSize(int(font.pixelSize() * inner / wide))
        heights = [font.pixelSize() * line for _text, font, _colour, line in lines]
        top = rect.center().y() - sum(heights) / 2
        for (text, font, colour, _line), height in zip(lines, heights, strict=True):
            metrics = QFontMetricsF(font)
            base = top + (height - metrics.ascent() - metrics.descent()) / 2 + metrics.ascent()
            painter.setFont(font)
            painter.setPen(colour)
            wide = metrics.horizontalAdvance(text)
            painter.drawText(QPointF(rect.center().x() - wide / 2, base), text)
            top += height

    def _word_parts(self) -> tuple[float, float, float]:
        """Return the sizes of figure and unit, in parts of the edge, and the line of the unit."""
        if self._above and self._size >= SMALL_SIZE:
            return 0.299, 0.0747, 1.4
        if self._size > SMALL_SIZE:
            return 0.343, 0.0933, 1.4
        if self._size >= MIDDLE_SIZE:
            return 0.36, 0.11, 1.4
        return 0.365, 0.173, 1.1


def settle(seconds: int) -> int:
    """Return the time that the ring shows: whole minutes, whole tens in the last two minutes."""
    left = max(0, seconds)
    step = 60 if left > RED_SECONDS else 10
    return -(-left // step) * step
