"""The few strokes that all parts share."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QWidget


def begin(widget: QWidget) -> QPainter:
    """Return a smooth painter on a widget; the caller ends it."""
    painter = QPainter(widget)
    painter.setLayoutDirection(widget.layoutDirection())
    painter.setRenderHints(
        QPainter.RenderHint.Antialiasing
        | QPainter.RenderHint.TextAntialiasing
        | QPainter.RenderHint.SmoothPixmapTransform
    )
    return painter


def draw_box(
    painter: QPainter,
    rect: QRectF,
    radius: float,
    fill: QColor | None,
    line: QColor | None = None,
    width: float = 0.0,
    *,
    dashed: bool = False,
) -> None:
    """Draw a rounded box whose outline lies wholly inside `rect`."""
    half = width / 2 if line is not None else 0.0
    box = rect.adjusted(half, half, -half, -half)
    corner = min(max(0.0, radius - half), box.width() / 2, box.height() / 2)
    if line is None:
        painter.setPen(Qt.PenStyle.NoPen)
    else:
        pen = QPen(line, width)
        if dashed:
            pen.setDashPattern([3.2, 2.6])
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush if fill is None else fill)
    painter.drawRoundedRect(box, corner, corner)


def turn(widget: QWidget, rect: QRectF) -> QRectF:
    """Return a rectangle where it belongs: on the other side when one reads from right to left."""
    if widget.layoutDirection() == Qt.LayoutDirection.LeftToRight:
        return rect
    turned = QRectF(rect)
    turned.moveLeft(widget.width() - rect.right())
    return turned
