"""The opening hours of the day as a line, with the present as a dot."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from kiosk.look.look import Look
from kiosk.look.paint import begin, draw_box
from kiosk.look.role import Role

HEIGHT = 34
TRACK = 10
DOT = 13
EDGE = 4
FIRST_MINUTE = 8 * 60
LAST_MINUTE = 20 * 60


class HoursBar(QWidget):
    """The line. Minutes are those of the local day, 0 to 1440."""

    spoken_role = Role.Graphic

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._open: tuple[tuple[int, int], ...] = ()
        self._now = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.update)

    def show_hours(
        self, opened: Sequence[tuple[int, int]], now_minute: int, *, spoken: str
    ) -> None:
        """Show the open intervals and the present; `spoken` says the same in words."""
        shown = (tuple(opened), now_minute)
        if shown != (self._open, self._now):
            self._open, self._now = shown
            self.update()
        self.setAccessibleName(spoken)

    def span(self) -> tuple[int, int]:
        """Return the minutes at both ends of the line: 8 h to 20 h, wider when needed."""
        starts = [start for start, _end in self._open]
        ends = [end for _start, end in self._open]
        return min([FIRST_MINUTE, *starts]), max([LAST_MINUTE, *ends])

    def sizeHint(self) -> QSize:
        """Return the height of the dot."""
        return QSize(300, HEIGHT)

    def minimumSizeHint(self) -> QSize:
        """Return a width that can still be read."""
        return QSize(120, HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw line, intervals and dot."""
        theme = self._look.theme
        first, last = self.span()
        painter = begin(self)
        middle = self.height() / 2

        def place(minute: int) -> float:
            inside = min(max(minute, first), last)
            return (inside - first) / (last - first) * self.width()

        track = QColor(theme.colour("band_ink_muted"))
        track.setAlphaF(0.22)
        line = QRectF(0, middle - TRACK / 2, self.width(), TRACK)
        draw_box(painter, line, TRACK / 2, track)
        opened = QColor(theme.colour("band_ink_muted"))
        opened.setAlphaF(0.9)
        for start, end in self._open:
            line.setLeft(place(start))
            line.setRight(place(end))
            draw_box(painter, line, TRACK / 2, opened)
        painter.setPen(QPen(theme.colour("band_card"), EDGE))
        painter.setBrush(theme.colour("band_accent"))
        reach = DOT + EDGE / 2
        across = min(max(place(self._now), reach), self.width() - reach)
        painter.drawEllipse(QPointF(across, middle), DOT, DOT)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.end()
