"""The ground of a dialog, with the only shadow of the house.

The shadow is blurred once for a size and then laid down as a picture: as an effect on a widget it
would be blurred again for each picture of a fade, and of whatever moves on the dialog.
"""

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPixmap
from PySide6.QtWidgets import QGraphicsDropShadowEffect, QGraphicsScene

from kiosk.look.look import Look
from kiosk.look.paint import draw_box

SHADOW_BLUR = 60
SHADOW_DROP = 24
SHADOW_ALPHA = 0.35
SHADOW_REACH = SHADOW_BLUR + SHADOW_DROP


class DialogGround:
    """A white sheet with its shadow, black and with a line in high contrast."""

    def __init__(self, look: Look) -> None:
        self._look = look
        self._shadow: QPixmap | None = None
        self._cast_by: tuple[QSize, float, float] | None = None

    def paint(self, painter: QPainter, rect: QRect, *, hangs: bool) -> None:
        """Draw it, with the corner of a panel that hangs or of a question."""
        theme = self._look.theme
        radius = self._look.tokens.radius
        large = radius.kiosk.tile if hangs else radius.kiosk.dialog
        corner = radius.console.table if theme.is_console else large
        if not theme.is_high_contrast:
            spot = QPointF(rect.topLeft()) - QPointF(SHADOW_REACH, SHADOW_REACH)
            painter.drawPixmap(spot, self._cast(rect.size(), corner, painter))
        line = theme.colour("control_border") if theme.is_high_contrast else None
        fill = theme.colour("surface")
        draw_box(painter, QRectF(rect), corner, fill, line, theme.control_border)

    def _cast(self, size: QSize, corner: float, painter: QPainter) -> QPixmap:
        ratio = painter.device().devicePixelRatio()
        cast_by = (size, corner, ratio)
        if self._shadow is None or self._cast_by != cast_by:
            colour = QColor(self._look.tokens.color.overlay.hex)
            colour.setAlphaF(SHADOW_ALPHA)
            self._shadow = cast_shadow(size, corner, colour, ratio)
            self._cast_by = cast_by
        return self._shadow


def cast_shadow(size: QSize, corner: float, colour: QColor, ratio: float) -> QPixmap:
    """Return the shadow of a sheet, `SHADOW_REACH` pixels larger than it on each side."""
    reach = SHADOW_REACH
    whole = QRectF(-reach, -reach, size.width() + 2 * reach, size.height() + 2 * reach)
    picture = QPixmap((whole.size() * ratio).toSize())
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    effect = QGraphicsDropShadowEffect()
    effect.setBlurRadius(SHADOW_BLUR)
    effect.setOffset(0, SHADOW_DROP)
    effect.setColor(colour)
    path = QPainterPath()
    path.addRoundedRect(QRectF(QPointF(0, 0), size), corner, corner)
    scene = QGraphicsScene()
    scene.addPath(path, Qt.PenStyle.NoPen, Qt.GlobalColor.black).setGraphicsEffect(effect)
    painter = QPainter(picture)
    scene.render(painter, QRectF(QPointF(0, 0), whole.size()), whole)
    painter.end()
    return picture
