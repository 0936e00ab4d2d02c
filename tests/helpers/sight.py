"""What eyes find in a window: every text that is painted, by whom, and where.

A widget may paint its text by any means, a label, a delegate, a hand-made ring: each one is asked
to paint once more, on a device that keeps the texts.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QPaintDevice,
    QPaintEngine,
    QPaintEngineState,
    QPainter,
    QPainterPath,
    QTextItem,
)
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from kiosk.look.focus import FocusRing

CAPITAL = 0.72
"""Height of a capital, in parts of the size of the font."""


@dataclass(frozen=True, slots=True)
class SeenText:
    """A piece of a line of text, in the coordinates of the window.

    Attributes:
        widget: who painted it.
        text: what it says, as painted: an elided text ends in "…".
        rect: from the top of the highest sign to the foot of the deepest.
        baseline: where the signs stand.
        pixels: size of the font.
        bold: whether its strokes are thick.
        view: the part of the window in which its widget can be seen.
    """

    widget: QWidget
    text: str
    rect: QRectF
    baseline: float
    pixels: int
    bold: bool
    view: QRect

    @property
    def ink(self) -> QRect:
        """Where its capitals stand: all its strokes, and little else."""
        top = self.baseline - CAPITAL * self.pixels
        box = QRectF(self.rect.left(), top, self.rect.width(), self.baseline - top)
        return box.toAlignedRect()

    @property
    def is_visible(self) -> bool:
        """Whether nothing of it has been scrolled away."""
        return self.view.contains(self.ink)

    @property
    def is_large(self) -> bool:
        """Whether weak eyes read it with less contrast: 24 pixels, bold from 19."""
        return self.pixels >= 24 or (self.bold and self.pixels >= 19)


def front(window: QWidget) -> QWidget:
    """Return what stands in front: a dialog that covers the window, or the window itself."""
    layout = window.layout()
    for child in reversed(window.children()):
        if (
            isinstance(child, QWidget)
            and not isinstance(child, FocusRing)
            and child.isVisibleTo(window)
            and child.geometry() == window.rect()
            and (layout is None or layout.indexOf(child) < 0)
        ):
            return child
    return window


def seen_widgets(window: QWidget) -> list[QWidget]:
    """Return every widget that can be seen, from the back to the front, without the focus ring."""
    return [
        widget
        for widget in front(window).findChildren(QWidget)
        if widget.isVisibleTo(window)
        and not isinstance(widget, FocusRing)
        and not widget.size().isEmpty()
    ]


def seen_texts(window: QWidget) -> list[SeenText]:
    """Return every piece of text that can be seen, in the order of painting."""
    found: list[SeenText] = []
    for widget in seen_widgets(window):
        view = view_of(widget, window)
        if not view.isEmpty():
            found += _texts_of(widget, window, view)
    return found


def view_of(widget: QWidget, window: QWidget) -> QRect:
    """Return the part of the window in which a widget can be seen."""
    region = widget.visibleRegion()
    return region.boundingRect().translated(widget.mapTo(window, QPoint(0, 0)))


def is_scrolled(widget: QWidget, window: QWidget) -> bool:
    """Return whether a widget lives in something that scrolls."""
    step: QWidget | None = widget
    while step is not None and step is not window:
        step = step.parentWidget()
        if isinstance(step, QAbstractScrollArea):
            return True
    return False


def _texts_of(widget: QWidget, window: QWidget, view: QRect) -> Iterator[SeenText]:
    device = _TextDevice(widget.size())
    painter = QPainter(device)
    painter.setLayoutDirection(widget.layoutDirection())
    widget.render(painter, QPoint(0, 0), renderFlags=QWidget.RenderFlag(0))
    painter.end()
    origin = QPointF(widget.mapTo(window, QPoint(0, 0)))
    for text, spot, item in device.engine.found:
        start = spot + origin
        rect = QRectF(start.x(), start.y() - item.ascent, item.width, item.ascent + item.descent)
        yield SeenText(widget, text, rect, start.y(), item.pixels, item.bold, view)


@dataclass(frozen=True, slots=True)
class _Item:
    width: float
    ascent: float
    descent: float
    pixels: int
    bold: bool


BOLD = 600


class _TextEngine(QPaintEngine):
    """Forgets everything that is painted but the texts."""

    def __init__(self) -> None:
        super().__init__(QPaintEngine.PaintEngineFeature.AllFeatures)
        self.found: list[tuple[str, QPointF, _Item]] = []

    def begin(self, _device: QPaintDevice) -> bool:
        return True

    def end(self) -> bool:
        return True

    def type(self) -> QPaintEngine.Type:
        return QPaintEngine.Type.User

    def updateState(self, state: QPaintEngineState) -> None:  # noqa: N802 - Qt's name
        """Keep nothing: each text tells its own."""

    def _forget(self, *_what: object) -> None:
        """Keep nothing; Qt's own way of some of these is to call each other for ever."""

    drawPixmap = drawImage = drawTiledPixmap = _forget  # type: ignore[assignment]  # noqa: N815
    drawPath = drawPolygon = drawEllipse = _forget  # noqa: N815
    drawRects = drawLines = drawPoints = _forget  # noqa: N815

    def drawTextItem(  # noqa: N802 - Qt's name
        self, spot: QPointF | QPoint | QPainterPath.Element, item: QTextItem
    ) -> None:
        """Keep a text that is not blank."""
        text = item.text()
        if not text.strip():
            return
        painter = self.painter()
        if painter.pen().color().alpha() == 0 or painter.pen().style() == Qt.PenStyle.NoPen:
            return
        font = item.font()
        scale = painter.deviceTransform().m22()
        kept = _Item(
            item.width() * scale,
            item.ascent() * scale,
            item.descent() * scale,
            round((font.pixelSize() if font.pixelSize() > 0 else item.ascent()) * scale),
            font.weight() >= BOLD,
        )
        point = QPointF(spot.x, spot.y) if isinstance(spot, QPainterPath.Element) else QPointF(spot)
        self.found.append((text, painter.deviceTransform().map(point), kept))


class _TextDevice(QPaintDevice):
    """Paper of a size, for the engine."""

    def __init__(self, size: QSize) -> None:
        super().__init__()
        self.engine = _TextEngine()
        self._size = size

    def paintEngine(self) -> QPaintEngine:  # noqa: N802 - Qt's name
        return self.engine

    def metric(self, metric: QPaintDevice.PaintDeviceMetric) -> int:
        kind = QPaintDevice.PaintDeviceMetric
        known = {
            kind.PdmWidth: self._size.width(),
            kind.PdmHeight: self._size.height(),
            kind.PdmWidthMM: round(self._size.width() * 25.4 / 96),
            kind.PdmHeightMM: round(self._size.height() * 25.4 / 96),
            kind.PdmNumColors: 2**24,
            kind.PdmDepth: 32,
            kind.PdmDpiX: 96,
            kind.PdmDpiY: 96,
            kind.PdmPhysicalDpiX: 96,
            kind.PdmPhysicalDpiY: 96,
            kind.PdmDevicePixelRatio: 1,
            kind.PdmDevicePixelRatioScaled: int(QPaintDevice.devicePixelRatioFScale()),
        }
        return known.get(metric, 0)
