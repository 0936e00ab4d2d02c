"""How many wait, as an hourglass and a count in a pill."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from kiosk.look.look import Look
from kiosk.look.paint import begin, draw_box
from kiosk.look.role import Role

ICON = 15
PILL = 26
SIDE = 11
GAP = 6


class WaitingPill(QWidget):
    """How many wait: an hourglass and a count."""

    spoken_role = Role.StaticText

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._text = ""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.updateGeometry)

    @property
    def text(self) -> str:
        """The words."""
        return self._text

    def say(self, text: str) -> None:
        """Show a count."""
        self._text = text
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return icon and words."""
        return pill_size(self._look, self._text)

    def minimumSizeHint(self) -> QSize:
        """Return the same: the words are never cut."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the pill."""
        painter = begin(self)
        paint_pill(painter, self._look, self._text, QRectF(self.rect()))
        painter.end()


def pill_size(look: Look, text: str) -> QSize:
    """Return the size of a pill."""
    metrics = QFontMetricsF(look.font("small", weight=600))
    wide = 2 * SIDE + ICON + GAP + round(metrics.horizontalAdvance(text) + 1)
    return QSize(wide, max(PILL, round(metrics.lineSpacing() + 6)))


def paint_pill(painter: QPainter, look: Look, text: str, rect: QRectF) -> None:
    """Draw a pill."""
    theme = look.theme
    ink = theme.colour("warning")
    line = ink if theme.is_high_contrast else None
    draw_box(painter, rect, rect.height() / 2, theme.colour("warning_soft"), line, 1.5)
    spot = QRectF(rect.left() + SIDE, rect.center().y() - ICON / 2, ICON, ICON)
    look.icons.paint(painter, "hourglass", spot, ink, 2.4)
    painter.setFont(look.font("small", weight=600))
    painter.setPen(ink)
    room = rect.adjusted(SIDE + ICON + GAP, 0, 0, 0)
    painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, text)
