"""The lines between the parts of a page, and the small painted shapes that several pieces share."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPaintEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import QSizePolicy, QWidget

from kiosk.look.badge import paint_badge
from kiosk.look.look import Look
from kiosk.look.paint import begin, draw_box
from kiosk.look.role import Role
from kiosk.look.seat_cell import paint_cell
from kiosk.look.token import ColourName
from kiosk.rules.seat import SeatState


def line_tone(look: Look) -> ColourName:
    """Return the colour of a line between two parts of a page."""
    return "control_border" if look.theme.is_high_contrast else "divider"


def grown(look: Look, pixels: int, more: int) -> int:
    """Return a width in the design, wider by `more` at half as large a text again.

    Texts wrap and panels scroll before a page runs out of its window, so widths grow less than
    the text does.
    """
    return pixels + round(2 * more * max(0.0, look.theme.text_scale - 1))


def wrapped(text: str, font: QFont, width: float, most: int) -> list[str]:
    """Return a text in up to `most` lines that are no wider than `width` pixels; more is elided."""
    layout = QTextLayout(text, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    lines: list[str] = []
    while (line := layout.createLine()).isValid():
        line.setLineWidth(max(1.0, width))
        start = line.textStart()
        if len(lines) == most - 1:
            metrics = QFontMetricsF(font)
            lines.append(metrics.elidedText(text[start:], Qt.TextElideMode.ElideRight, width))
            break
        lines.append(text[start : start + line.textLength()].rstrip(" "))
    layout.endLayout()
    return lines or [""]


class StateWords(QWidget):
    """A small picture of a state with its words: a badge in the summary, a cell in the legend."""

    spoken_role = Role.StaticText

    def __init__(
        self,
        look: Look,
        state: SeatState,
        text: str,
        *,
        as_cell: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._as_cell = as_cell
        self._state, self._text = state, text
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(text)
        look.changed.connect(self.updateGeometry)

    def tell(self, state: SeatState, text: str) -> None:
        """Show another state or other words."""
        if (state, text) != (self._state, self._text):
            self._state, self._text = state, text
            self.setAccessibleName(text)
            self.updateGeometry()
            self.update()

    @property
    def text(self) -> str:
        """The words."""
        return self._text

    def sizeHint(self) -> QSize:
        """Return picture and words side by side."""
        metrics = QFontMetricsF(self._font())
        wide, high, gap = self._measures()
        text = metrics.horizontalAdvance(self._text)
        return QSize(round(wide + gap + text + 1), round(max(high, metrics.lineSpacing())))

    def minimumSizeHint(self) -> QSize:
        """Return the same: the words are never cut."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw picture and words."""
        wide, high, gap = self._measures()
        rect = QRectF(0, (self.height() - high) / 2, wide, high)
        painter = begin(self)
        if self._as_cell:
            paint_cell(painter, self._look, self._state, rect)
        else:
            paint_badge(painter, self._look, self._state, rect)
        painter.setFont(self._font())
        painter.setPen(self._look.colour("ink_muted" if self._as_cell else "ink"))
        room = QRectF(wide + gap, 0, self.width(), self.height())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, self._text)
        painter.end()

    def _font(self) -> QFont:
        if self._as_cell:
            return self._look.font("extra_small")
        return self._look.font("strong")

    def _measures(self) -> tuple[int, int, int]:
        return (14, 17, 5) if self._as_cell else (26, 26, 7)


class Island(QWidget):
    """The sunken ground of a group of seats."""

    CORNER = 20

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        look.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ground."""
        theme = self._look.theme
        contrast = theme.is_high_contrast
        painter = begin(self)
        fill = theme.colour("surface") if contrast else theme.mix("sunken", "divider", 0.35)
        line = theme.colour("control_border") if contrast else None
        draw_box(painter, QRectF(self.rect()), self.CORNER, fill, line, 1.5)
        painter.end()
