"""The large pointer of calm gestures: the same arrow over every widget of the program."""

from PySide6.QtCore import QObject, QPointF, QSize, Qt
from PySide6.QtGui import QCursor, QGuiApplication, QPainter, QPen, QPixmap, QPolygonF

from kiosk.look.guard import Guard
from kiosk.look.look import Look

ARROW = (
    (0.0, 0.0),
    (0.0, 0.79),
    (0.19, 0.62),
    (0.32, 0.94),
    (0.46, 0.88),
    (0.33, 0.57),
    (0.58, 0.57),
)
"""The arrow from its tip, in parts of its height."""

OUTLINE = 0.05


def arrow_picture(look: Look, size: int, ratio: float = 1.0) -> QPixmap:
    """Return the arrow, `size` pixels high, for a screen of this pixel ratio."""
    picture = QPixmap(QSize(round(size * ratio), round(size * ratio)))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    edge = size * OUTLINE
    inner = size - 2 * edge
    shape = QPolygonF([QPointF(edge + x * inner, edge + y * inner) for x, y in ARROW])
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = QPen(look.colour("surface"), edge)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(look.colour("ink"))
    painter.drawPolygon(shape)
    painter.end()
    return picture


class LargePointer(QObject):
    """Shows the large pointer while the guard keeps calm gestures.

    It lies over the cursors that widgets ask for, and they are as before once it has gone.
    """

    def __init__(self, look: Look, guard: Guard, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._guard = guard
        self._is_shown = False
        guard.calm_changed.connect(self._follow)
        look.changed.connect(self._redraw)
        self._follow(guard.is_calm)

    def _follow(self, on: bool) -> None:
        if on == self._is_shown:
            return
        self._is_shown = on
        if on:
            QGuiApplication.setOverrideCursor(self._cursor())
        else:
            QGuiApplication.restoreOverrideCursor()

    def _redraw(self) -> None:
        if self._is_shown:
            QGuiApplication.changeOverrideCursor(self._cursor())

    def _cursor(self) -> QCursor:
        size = self._look.tokens.behaviour.calm_gestures.pointer_px
        ratio = QGuiApplication.primaryScreen().devicePixelRatio()
        tip = round(size * OUTLINE)
        return QCursor(arrow_picture(self._look, size, ratio), tip, tip)
