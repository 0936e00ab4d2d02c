"""The book shelf at the foot of the petrol column: decoration, made of rounded boxes."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from kiosk.look.look import Look
from kiosk.look.paint import begin, draw_box

HEIGHT = 150
CORNER = 5
ROW = 734
PALER = 0.3
LIGHTER = 0.27
"""How far the lightest book is from petrol, in saturation and in value."""


@dataclass(frozen=True, slots=True)
class Book:
    """A book: where, how wide, how high above the foot, how light, and whether it leans."""

    left: int
    width: int
    height: int
    light: float
    tone: str = ""
    lean: int = 0


BOOKS = (
    Book(0, 26, 96, 1.0),
    Book(31, 34, 109, 0.33),
    Book(70, 22, 76, 0.67),
    Book(97, 30, 131, 0.33),
    Book(132, 26, 112, 0.4),
    Book(163, 30, 130, 0.33),
    Book(198, 30, 90, 0, "accent"),
    Book(233, 46, 132, 0.4),
    Book(284, 26, 87, 0.4),
    Book(315, 46, 136, 0.4),
    Book(386, 30, 108, 0.4, lean=-12),
    Book(444, 46, 102, 0.56),
    Book(495, 26, 92, 0.4),
    Book(526, 22, 142, 0.67),
    Book(553, 30, 76, 0.4),
    Book(588, 40, 125, 0, "coral"),
    Book(633, 40, 89, 0.77),
    Book(678, 40, 95, 0.77),
)


class Shelf(QWidget):
    """The shelf. It disappears in high contrast, and has nothing to say to a screen reader."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """Return the height of the row."""
        return QSize(ROW, HEIGHT)

    def minimumSizeHint(self) -> QSize:
        """Return any width: the row is cut at the edge."""
        return QSize(0, HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the books, again and again to the right edge."""
        if self._look.theme.is_high_contrast:
            return
        painter = begin(self)
        for start in range(0, self.width(), ROW):
            for book in BOOKS:
                self._draw(painter, book, start)
        painter.end()

    def _draw(self, painter: QPainter, book: Book, start: int) -> None:
        theme = self._look.theme
        petrol = theme.colour("primary")
        fill = QColor.fromHsvF(
            petrol.hueF(),
            petrol.saturationF() - PALER * book.light,
            petrol.valueF() + LIGHTER * book.light,
        )
        if book.tone:
            fill = theme.colour("accent" if book.tone == "accent" else "coral")
        band = QColor(theme.colour("ink_on_primary"))
        band.setAlphaF(0.25)
        painter.save()
        painter.translate(start + book.left, self.height())
        if book.lean:
            painter.rotate(book.lean)
        box = QRectF(0, -book.height, book.width, book.height + 2 * CORNER)
        draw_box(painter, box, CORNER, fill)
        for down in (18,) if book.lean else (18, 28):
            draw_box(painter, QRectF(6, down - book.height, book.width - 12, 4), 2, band)
        painter.restore()
