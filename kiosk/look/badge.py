"""The badge of a seat state: a shape and an icon that say it without colour.

A filled shape means that somebody is seated, an outlined one that nobody is.
"""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from kiosk.look.look import Look
from kiosk.look.paint import begin
from kiosk.look.token import BadgeShape
from kiosk.rules.seat import SeatState

UNITS = 40.0
STROKE = 2.4
POLYGONS: dict[BadgeShape, tuple[tuple[float, float], ...]] = {
    "diamond": ((20, 1.8), (38.2, 20), (20, 38.2), (1.8, 20)),
    "hexagon": ((20, 1.8), (36, 11), (36, 29), (20, 38.2), (4, 29), (4, 11)),
    "octagon": ((13, 3), (27, 3), (37, 13), (37, 27), (27, 37), (13, 37), (3, 27), (3, 13)),
}
ICON_SIZES: dict[BadgeShape, float] = {"ring": 20, "triangle_down": 16, "diamond": 16, "bar": 16}
ICON_DROP: dict[BadgeShape, float] = {"triangle_down": -4.5}


def badge_path(shape: BadgeShape) -> QPainterPath:
    """Return a shape in a square of 40 units."""
    path = QPainterPath()
    if shape in POLYGONS:
        path.addPolygon(QPolygonF([QPointF(x, y) for x, y in POLYGONS[shape]]))
        path.closeSubpath()
    elif shape == "square":
        path.addRoundedRect(QRectF(4, 4, 32, 32), 5, 5)
    elif shape == "bar":
        path.addRoundedRect(QRectF(2, 8, 36, 24), 12, 12)
    elif shape == "triangle_down":
        path.moveTo(4.5, 6)
        path.lineTo(35.5, 6)
        path.quadTo(38, 6, 36.8, 8.4)
        path.lineTo(22, 36)
        path.quadTo(20, 38.5, 18, 36)
        path.lineTo(3.2, 8.4)
        path.quadTo(2, 6, 4.5, 6)
        path.closeSubpath()
    else:
        path.addEllipse(QPointF(20, 20), 17, 17)
    return path


def paint_badge(
    painter: QPainter, look: Look, state: SeatState, rect: QRectF, icon: str = ""
) -> None:
    """Draw the badge of a state into a square, with another icon if one is given."""
    badge = look.theme.status(state).badge
    colours = look.theme.status_colours(state)
    painter.save()
    painter.translate(rect.topLeft())
    painter.scale(rect.width() / UNITS, rect.height() / UNITS)
    pen = QPen(colours.strong, STROKE)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    if badge.shape == "dashed_ring":
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        pen.setDashPattern([5.4 / STROKE, 4.3 / STROKE])
    painter.setPen(pen)
    painter.setBrush(colours.badge)
    painter.drawPath(badge_path(badge.shape))
    size = ICON_SIZES.get(badge.shape, 19)
    spot = QRectF(0, 0, size, size)
    spot.moveCenter(QPointF(20, 20 + ICON_DROP.get(badge.shape, 0)))
    drawn = icon or badge.icon.rpartition("/")[2]
    look.icons.paint(painter, drawn, spot, colours.badge_icon, STROKE)
    painter.restore()


class Badge(QWidget):
    """A badge on its own; the word beside it says the same, so it has no name of its own."""

    def __init__(
        self,
        look: Look,
        state: SeatState = SeatState.FREE,
        size: int = 32,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._state = state
        self._icon = ""
        self._size = size
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.update)

    def show_state(self, state: SeatState, icon: str = "") -> None:
        """Show another state; with an icon of its own where something else is meant."""
        self._state, self._icon = state, icon
        self.update()

    def set_size(self, size: int) -> None:
        """Change the edge, in pixels."""
        self._size = size
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the edge."""
        return QSize(self._size, self._size)

    def minimumSizeHint(self) -> QSize:
        """Return the edge."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the badge."""
        painter = begin(self)
        square = QRectF(0, 0, self._size, self._size)
        paint_badge(painter, self._look, self._state, square, self._icon)
        painter.end()
