"""A seat's day as a strip: past slots, the one that runs, what is left of it, the present."""

from datetime import datetime, timedelta

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from admin_console.desk.models.seat_day import DayFace
from kiosk.look.look import Look
from kiosk.look.paint import begin, draw_box
from kiosk.look.phrase import Phrase
from kiosk.look.role import Role

TRACK = 26
CORNER = 6
REACH = 6
NOW_WIDTH = 2.5
STRIPE = 7
MOST_STEPS = 4
HOUR = timedelta(hours=1)


class DayStrip(QWidget):
    """The strip, with hours below."""

    spoken_role = Role.Graphic

    def __init__(self, look: Look, phrase: Phrase, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look, self._phrase = look, phrase
        self._face: DayFace | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.updateGeometry)

    def show_day(self, face: DayFace, spoken: str) -> None:
        """Show a day; `spoken` says the same in words."""
        if face != self._face:
            self._face = face
            self.update()
        self.setAccessibleName(spoken)

    def sizeHint(self) -> QSize:
        """Return track and hours."""
        line = QFontMetricsF(self._look.font("extra_small")).lineSpacing()
        return QSize(240, round(2 * REACH + TRACK + 4 + line))

    def minimumSizeHint(self) -> QSize:
        """Return the same height."""
        return QSize(160, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the day."""
        face = self._face
        if face is None:
            return
        theme = self._look.theme
        painter = begin(self)
        track = QRectF(0, REACH, self.width(), TRACK)
        line = theme.colour("control_border") if theme.is_high_contrast else None
        draw_box(painter, track, CORNER, theme.colour("sunken"), line, 1)
        past = theme.mix("primary", "surface", 0.53)
        for part in face.parts:
            left, right = self._place(part.start), self._place(part.end)
            running = part.until is not None
            fill = theme.colour("primary") if running else past
            draw_box(painter, QRectF(left, REACH, max(3, right - left), TRACK), CORNER, fill)
            if part.until is not None:
                rest = QRectF(right, REACH, max(0, self._place(part.until) - right), TRACK)
                path = QPainterPath()
                path.addRoundedRect(rest, CORNER, CORNER)
                painter.save()
                painter.setClipPath(path)
                painter.fillRect(rest, theme.colour("soft"))
                painter.setPen(QPen(theme.colour("primary"), NOW_WIDTH))
                across = rest.left() - TRACK
                while across < rest.right():
                    foot = QPointF(across, rest.bottom())
                    painter.drawLine(foot, QPointF(across + TRACK, rest.top()))
                    across += STRIPE
                painter.restore()
        if face.first <= face.now <= face.last:
            now = QRectF(self._place(face.now) - NOW_WIDTH / 2, 0, NOW_WIDTH, TRACK + 2 * REACH)
            painter.fillRect(now, theme.colour("focus"))
        self._paint_hours(painter, face)
        painter.end()

    def _paint_hours(self, painter: QPainter, face: DayFace) -> None:
        font = self._look.font("extra_small")
        metrics = QFontMetricsF(font)
        painter.setFont(font)
        painter.setPen(self._look.colour("ink_muted"))
        top = TRACK + 2 * REACH + 4
        span = (face.last - face.first) / HOUR
        step = max(1, -(-round(span) // MOST_STEPS))
        mark = face.first
        while mark <= face.last:
            text = self._phrase.time(mark)
            wide = metrics.horizontalAdvance(text)
            left = min(max(0.0, self._place(mark) - wide / 2), self.width() - wide)
            room = QRectF(left, top, wide + 2, metrics.lineSpacing())
            painter.drawText(room, Qt.AlignmentFlag.AlignLeft, text)
            mark += step * HOUR

    def _place(self, at: datetime) -> float:
        face = self._face
        if face is None or face.last <= face.first:
            return 0
        part = (at - face.first) / (face.last - face.first)
        return min(1.0, max(0.0, part)) * self.width()
