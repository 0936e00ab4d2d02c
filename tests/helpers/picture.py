"""The pixels of a window, and the contrast between them as WCAG 2 counts it."""

from collections import Counter
from functools import lru_cache

from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QWidget

INK_PIXELS = 2
"""Fewer pixels of a colour are an accident of smoothing."""


@lru_cache(maxsize=65536)
def luminance(colour: int) -> float:
    """Return the relative luminance of 0xRRGGBB, 0 to 1."""
    red, green, blue = (
        part / 255 / 12.92 if part <= 10 else ((part / 255 + 0.055) / 1.055) ** 2.4
        for part in ((colour >> 16) & 255, (colour >> 8) & 255, colour & 255)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: int, two: int) -> float:
    """Return the contrast of two colours, 1 to 21."""
    first, second = luminance(one & 0xFFFFFF), luminance(two & 0xFFFFFF)
    return (max(first, second) + 0.05) / (min(first, second) + 0.05)


def hex_of(colour: int) -> str:
    """Return a colour as people write it."""
    return QColor.fromRgb(colour).name()


class Picture:
    """A window as it is on the screen, or a part of it."""

    def __init__(self, window: QWidget, part: QRect | None = None) -> None:
        self.area = window.rect() if part is None else part & window.rect()
        image = window.grab(self.area).toImage()
        self._image = image.convertToFormat(QImage.Format.Format_RGB32)
        self._pixels = memoryview(self._image.constBits()).cast("I")
        self._stride = self._image.bytesPerLine() // 4

    def pixel(self, x: int, y: int) -> int:
        """Return a colour, in the coordinates of the window."""
        place = (y - self.area.top()) * self._stride + x - self.area.left()
        return int(self._pixels[place]) & 0xFFFFFF

    def row(self, y: int, left: int, right: int) -> memoryview:
        """Return the pixels from `left` up to `right`, without the last."""
        start = (y - self.area.top()) * self._stride - self.area.left()
        return self._pixels[start + left : start + right]

    def colours(self, rect: QRect) -> "Counter[int]":
        """Return how often each colour stands in a rectangle."""
        inside = rect & self.area
        if inside.isEmpty():
            return Counter()
        # Its lines stand one after the other, without a gap: each pixel is a word.
        piece = self._image.copy(inside.translated(-self.area.topLeft()))
        return Counter(memoryview(piece.constBits()).cast("I"))

    def frame(self, rect: QRect) -> "Counter[int]":
        """Return how often each colour stands on the outline of a rectangle, one pixel wide."""
        left, right, top, bottom = rect.left(), rect.right(), rect.top(), rect.bottom()
        sides = (
            QRect(left, top, rect.width(), 1),
            QRect(left, bottom, rect.width(), 1),
            QRect(left, top, 1, rect.height()),
            QRect(right, top, 1, rect.height()),
        )
        found: Counter[int] = Counter()
        for side in sides:
            found.update(self.colours(side))
        return found

    def ground(self, rect: QRect) -> int:
        """Return what a text stands on: thick strokes may cover more of its own room than that."""
        around = self.frame(rect.adjusted(-1, -1, 1, 1) & self.area)
        return around.most_common(1)[0][0]

    def ground_and_ink(self, rect: QRect) -> tuple[int, int]:
        """Return what a text stands on, and the colour in it that is farthest from that."""
        found = self.colours(rect)
        ground = self.ground(rect)
        inks = [colour for colour, count in found.items() if count >= INK_PIXELS]
        return ground, max(inks, key=lambda colour: contrast(ground, colour), default=ground)
