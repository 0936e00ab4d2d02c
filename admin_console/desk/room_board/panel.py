"""Panels of a board, drawn in pixels of a screen of 1920 by 1080 and scaled to the real one.

Nothing is written under 26 of those pixels: it is read from four metres.
"""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QWidget

from kiosk.look.badge import paint_badge
from kiosk.look.focus import FocusShape
from kiosk.look.look import Look
from kiosk.look.paint import begin, draw_box
from kiosk.look.role import Role
from kiosk.rules.seat import SeatState

LEAST = 26
"""Pixels of the smallest text."""
STEP = 2
NARROW = 200
"""A seat under this width has smaller margins, in pixels."""
Align = Qt.AlignmentFlag


class Panel(QWidget):
    """A painted part. `unit` is how many pixels of the screen one of the design has."""

    spoken_role = Role.StaticText

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self.look = look
        self.unit = 1.0
        look.changed.connect(self.update)

    def place(self, rect: QRectF, unit: float) -> None:
        """Stand somewhere, in pixels of the design."""
        self.unit = unit
        self.setGeometry(scaled(rect, unit))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw in pixels of the design."""
        painter = begin(self)
        painter.scale(self.unit, self.unit)
        self.draw(painter, QRectF(0, 0, self.width() / self.unit, self.height() / self.unit))
        painter.end()

    def draw(self, painter: QPainter, room: QRectF) -> None:
        """Draw the panel into its room."""
        raise NotImplementedError

    def write(
        self,
        painter: QPainter,
        text: str,
        room: QRectF,
        px: int,
        colour: QColor,
        *,
        weight: int = 400,
        align: Qt.AlignmentFlag = Align.AlignLeft,
    ) -> float:
        """Write one line, smaller where it has no room; return its width."""
        return write(painter, self.look, text, room, px, colour, weight=weight, align=align)


class SeatPlate(Panel):
    """One seat: number, badge, word, and until when or for whom."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(look, parent)
        self.number, self.state, self.word = "", SeatState.FREE, ""
        self.lines: tuple[str, ...] = ()

    def show_seat(self, number: int, state: SeatState, word: str, lines: Sequence[str]) -> None:
        """Show a seat; of `lines` the first that has room is written."""
        self.number, self.state, self.word = str(number), state, word
        self.lines = tuple(lines)
        self.setAccessibleName(", ".join([str(number), word, *self.lines[:1]]))
        self.update()

    def draw(self, painter: QPainter, room: QRectF) -> None:
        """Draw the plate."""
        theme = self.look.theme
        colours = theme.status_colours(self.state)
        thick = 4.0 if self.state is SeatState.HELD else 2.5
        dashed = self.state is SeatState.OFFLINE
        draw_box(painter, room, 24, colours.card, colours.strong, thick, dashed=dashed)
        narrow = room.width() < NARROW
        inner = room.adjusted(12 if narrow else 20, 0, -8 if narrow else -16, 0)
        short = room.height() < 170  # noqa: PLR2004
        top = 12 if short else 20
        ink = theme.colour("ink")
        self.write(painter, self.number, line(inner, top, 60), 52 if short else 60, ink, weight=700)
        side = 44 if short else 50
        badge = QRectF(inner.right() - side, top + 4, side, side)
        paint_badge(painter, self.look, self.state, badge)
        below = top + (62 if short else 78)
        strong = colours.strong
        self.write(painter, self.word, line(inner, below, 36), 30, strong, weight=700)
        found = next((one for one in self.lines if self._fits(one, inner.width())), "")
        if found:
            self.write(painter, found, line(inner, below + 35, 34), LEAST, ink)

    def _fits(self, text: str, width: float) -> bool:
        font = self.look.font("body")
        font.setPixelSize(LEAST)
        return QFontMetricsF(font).horizontalAdvance(text) <= width


class TakeButton(QPushButton):
    """A large button, such as the one for a ticket without a card. A quiet one is only outlined."""

    def __init__(
        self, look: Look, parent: QWidget, *, icon: str = "ticket", quiet: bool = False
    ) -> None:
        super().__init__(parent)
        self._look, self._icon, self._is_quiet = look, icon, quiet
        self._unit = 1.0
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        look.changed.connect(self.update)

    def place(self, rect: QRectF, unit: float) -> None:
        """Stand somewhere, in pixels of the design."""
        self._unit = unit
        self.setGeometry(scaled(rect, unit))
        self.update()

    def focus_shape(self) -> FocusShape:
        """Return the whole button."""
        return FocusShape(self, self.rect(), round(20 * self._unit))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the button."""
        theme = self._look.theme
        painter = begin(self)
        painter.scale(self._unit, self._unit)
        room = QRectF(0, 0, self.width() / self._unit, self.height() / self._unit)
        fill = theme.colour("primary_pressed" if self.isDown() else "primary")
        ink = theme.colour("ink_on_primary")
        if not self.isEnabled():
            fill, ink = theme.colour("disabled_fill"), theme.colour("disabled_ink")
        if self._is_quiet and self.isEnabled():
            ink = theme.colour("primary")
            fill = theme.colour("soft" if self.isDown() else "surface")
        draw_box(painter, room, 20, fill, ink if self._is_quiet else None, 3.0)
        if not self._icon:
            middle = room.adjusted(16, 0, -16, 0)
            centre = Align.AlignHCenter
            write(painter, self._look, self.text(), middle, 30, ink, weight=600, align=centre)
            painter.end()
            return
        spot = QRectF(28, room.center().y() - 20, 40, 40)
        self._look.icons.paint(painter, self._icon, spot, ink)
        words = room.adjusted(84, 0, -24, 0)
        write(painter, self._look, self.text(), words, 34, ink, weight=600)
        painter.end()


def line(room: QRectF, top: float, height: float) -> QRectF:
    """Return a line of a room, so far below its top."""
    return QRectF(room.left(), room.top() + top, room.width(), height)


def scaled(rect: QRectF, unit: float) -> QRect:
    """Return a rectangle of the design in whole pixels of the screen."""
    corner = QPointF(rect.left() * unit, rect.top() * unit)
    return QRectF(corner, rect.size() * unit).toRect()


def write(
    painter: QPainter,
    look: Look,
    text: str,
    room: QRectF,
    px: int,
    colour: QColor,
    *,
    weight: int = 400,
    align: Qt.AlignmentFlag = Align.AlignLeft,
) -> float:
    """Write one line, smaller where it has no room, cut where even that is too long.

    Returns:
        Its width in pixels of the design.
    """
    font = look.font("body", weight=weight)
    font.setPixelSize(px)
    while px > LEAST and QFontMetricsF(font).horizontalAdvance(text) > room.width():
        px = max(LEAST, px - STEP)
        font.setPixelSize(px)
    metrics = QFontMetricsF(font)
    if metrics.horizontalAdvance(text) > room.width() + 1:
        text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room.width())
    painter.setFont(font)
    painter.setPen(colour)
    painter.drawText(room, align | Align.AlignVCenter, text)
    return metrics.horizontalAdvance(text)


def write_block(
    painter: QPainter, look: Look, text: str, room: QRectF, px: int, colour: QColor
) -> float:
    """Write several lines from the top of a room, smaller where they have none; return the height.

    Returns:
        The height in pixels of the design.
    """
    font = look.font("body")
    flags = Align.AlignLeft | Align.AlignTop | Qt.TextFlag.TextWordWrap
    font.setPixelSize(px)
    while (
        px > LEAST and QFontMetricsF(font).boundingRect(room, flags, text).height() > room.height()
    ):
        px = max(LEAST, px - STEP)
        font.setPixelSize(px)
    painter.setFont(font)
    painter.setPen(colour)
    painter.drawText(room, flags, text)
    return QFontMetricsF(font).boundingRect(room, flags, text).height()
