"""Line icons, drawn from the shipped SVG files in the colour that the theme asks for.

Qt's SVG renderer does not know `currentColor`, so the colour is written into the drawing before it
is rendered. One `IconStore` keeps what it has rendered, by name, colour, size, stroke and screen.
"""

import re

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from kiosk.look.asset import asset_folder, find_asset

STROKE = re.compile(r'stroke-width="[\d.]+"')


DIRECTED = frozenset({"arrow-right", "chevron-left", "chevron-right", "log-in", "log-out"})
"""Icons that show the way of reading: from right to left they look the other way."""


def icon_names() -> list[str]:
    """Return the names of all shipped icons."""
    return sorted(path.stem for path in (asset_folder() / "icons").glob("*.svg"))


class IconStore:
    """Renders icons and remembers them. Owned by the `Look`; used from the UI thread only."""

    def __init__(self) -> None:
        self._sources: dict[str, str] = {}
        self._drawings: dict[tuple[str, int, float], QSvgRenderer] = {}
        self._pixmaps: dict[tuple[str, int, int, float, float], QPixmap] = {}

    def paint(
        self, painter: QPainter, name: str, rect: QRectF, colour: QColor, stroke: float = 2.0
    ) -> None:
        """Draw an icon into a rectangle, sharp at any size.

        Raises:
            AssetMissing: no icon has this name.
        """
        drawing = self._drawing(name, colour, stroke)
        if name not in DIRECTED or painter.layoutDirection() == Qt.LayoutDirection.LeftToRight:
            drawing.render(painter, rect)
            return
        painter.save()
        painter.translate(2 * rect.center().x(), 0)
        painter.scale(-1, 1)
        drawing.render(painter, rect)
        painter.restore()

    def pixmap(
        self, name: str, colour: QColor, size: int, ratio: float = 1.0, stroke: float = 2.0
    ) -> QPixmap:
        """Return an icon of `size` pixels for a screen of this pixel ratio.

        Raises:
            AssetMissing: no icon has this name.
        """
        key = (name, colour.rgba(), size, ratio, stroke)
        if key not in self._pixmaps:
            edge = round(size * ratio)
            pixmap = QPixmap(QSize(edge, edge))
            pixmap.fill(Qt.GlobalColor.transparent)
            painter = QPainter(pixmap)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self.paint(painter, name, QRectF(0, 0, edge, edge), colour, stroke)
            painter.end()
            pixmap.setDevicePixelRatio(ratio)
            self._pixmaps[key] = pixmap
        return self._pixmaps[key]

    def icon(self, name: str, colour: QColor, disabled: QColor, size: int) -> QIcon:
        """Return a `QIcon` for Qt's own widgets, with its disabled form, for ratios 1 and 2."""
        icon = QIcon()
        for ratio in (1.0, 2.0):
            icon.addPixmap(self.pixmap(name, colour, size, ratio), QIcon.Mode.Normal)
            icon.addPixmap(self.pixmap(name, disabled, size, ratio), QIcon.Mode.Disabled)
        return icon

    def _drawing(self, name: str, colour: QColor, stroke: float) -> QSvgRenderer:
        key = (name, colour.rgba(), stroke)
        if key not in self._drawings:
            if name not in self._sources:
                path = find_asset("icons", f"{name}.svg")
                self._sources[name] = path.read_text(encoding="utf-8")
            source = self._sources[name].replace("currentColor", colour.name())
            source = STROKE.sub(f'stroke-width="{stroke}"', source)
            self._drawings[key] = QSvgRenderer(QByteArray(source.encode()))
        return self._drawings[key]
