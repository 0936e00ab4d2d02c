"""A receipt as a strip of paper: head, lines, new credit, and an edge torn off below."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from admin_console.desk.models.till_wording import Row
from kiosk.look.font import TextRole
from kiosk.look.look import Look
from kiosk.look.paint import begin
from kiosk.look.token import ColourName
from kiosk.look.words import Words

SIDE = 20
TOOTH = 18
DEPTH = 8
CENTRE = Qt.AlignmentFlag.AlignHCenter


class Dashes(QWidget):
    """A line of dashes across the paper."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setFixedHeight(9)
        look.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the dashes."""
        painter = begin(self)
        pen = QPen(self._look.colour("ink_muted"), 1)
        pen.setDashPattern([3, 2])
        painter.setPen(pen)
        painter.drawLine(QPointF(0, 4.5), QPointF(self.width(), 4.5))
        painter.end()


class ReceiptPaper(QWidget):
    """The strip."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._rows: list[QWidget] = []
        self.place = Words(look, "", "strong", wrap=True, align=CENTRE)
        self.head = Words(look, "", "small", "ink_muted", wrap=True, align=CENTRE)
        self.foot = Words(look, "", "small", "ink_muted", wrap=True, align=CENTRE)
        self._upper, self._lower = QVBoxLayout(), QVBoxLayout()
        column = QVBoxLayout(self)
        column.setContentsMargins(SIDE, 18, SIDE, 16 + DEPTH)
        column.setSpacing(6)
        column.addWidget(self.place)
        column.addWidget(self.head)
        column.addWidget(Dashes(look))
        column.addLayout(self._upper)
        column.addWidget(Dashes(look))
        column.addLayout(self._lower)
        column.addWidget(self.foot)
        for part in (self._upper, self._lower):
            part.setSpacing(6)
        look.changed.connect(self.update)

    def tell(self, place: str, head: str, rows: Sequence[Row], foot: str) -> None:
        """Show what stands on it."""
        self.place.say(place)
        self.head.say(head)
        self.foot.say(foot)
        for row in self._rows:
            row.hide()
            row.deleteLater()
        self._rows = []
        for one in rows:
            line = QWidget()
            words = QHBoxLayout(line)
            words.setContentsMargins(0, 0, 0, 0)
            words.setSpacing(8)
            role: TextRole = "strong" if one.is_strong else "body"
            right = Qt.AlignmentFlag.AlignRight
            words.addWidget(Words(self._look, one.name, role, rem=0.93, wrap=True), 1)
            words.addWidget(Words(self._look, one.value, role, rem=0.93, align=right))
            (self._lower if one.is_strong else self._upper).addWidget(line)
            self._rows.append(line)

    def plain(self) -> str:
        """Return everything that stands on it."""
        words = [one.plain() for one in self.findChildren(Words) if not one.isHidden()]
        return " ".join(words)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the paper with its torn edge."""
        theme = self._look.theme
        wide, tall = self.width() - 1.0, self.height() - 1.0
        teeth = max(1, round(wide / TOOTH))
        step = wide / teeth
        edge = [QPointF(0.5, 0.5), QPointF(wide, 0.5), QPointF(wide, tall - DEPTH)]
        for tooth in range(teeth):
            right = wide - tooth * step
            edge.append(QPointF(right - step / 2, tall))
            edge.append(QPointF(max(0.5, right - step), tall - DEPTH))
        painter = begin(self)
        line: ColourName = "control_border" if theme.is_high_contrast else "divider"
        painter.setPen(QPen(theme.colour(line), 1))
        painter.setBrush(theme.colour("surface"))
        painter.drawPolygon(QPolygonF(edge))
        painter.end()
