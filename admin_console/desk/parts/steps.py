"""How far a closing is: count, compare, close."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from kiosk.look.look import Look
from kiosk.look.paint import begin, draw_box
from kiosk.look.role import Role

DISC = 30
GAP = 10
LINE = 30
TICK = 18


class Steps(QWidget):
    """The steps in a row: those that are done have a tick, the present one its number on petrol."""

    spoken_role = Role.StaticText

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._names: tuple[str, ...] = ()
        self._done = 0
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.updateGeometry)

    def show_steps(self, names: tuple[str, ...], done: int, spoken: str) -> None:
        """Show steps, of which so many are done."""
        self._names, self._done = names, done
        self.setAccessibleName(spoken)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return all steps in a row."""
        text = QFontMetricsF(self._look.font("strong"))
        words = sum(text.horizontalAdvance(name) for name in self._names)
        steps = len(self._names)
        wide = words + steps * (DISC + GAP) + max(0, steps - 1) * (LINE + 2 * GAP)
        return QSize(round(wide + 2), max(DISC, round(text.lineSpacing())) + 4)

    def minimumSizeHint(self) -> QSize:
        """Return the same: no step is cut."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw discs, words and the lines between them."""
        theme = self._look.theme
        font = self._look.font("strong")
        text = QFontMetricsF(font)
        painter = begin(self)
        painter.setFont(font)
        left, middle = 1.0, self.height() / 2
        for place, name in enumerate(self._names):
            disc = QRectF(left, middle - DISC / 2, DISC, DISC)
            is_done, is_now = place < self._done, place == self._done
            ink = theme.colour("ink_on_primary")
            if is_done:
                draw_box(painter, disc, DISC / 2, theme.colour("success"))
                spot = QRectF(0, 0, TICK, TICK)
                spot.moveCenter(disc.center())
                self._look.icons.paint(painter, "check", spot, theme.colour("surface"), 2.6)
            else:
                fill = theme.colour("primary" if is_now else "surface")
                draw_box(painter, disc, DISC / 2, fill, theme.colour("primary"), 1.5)
                painter.setPen(ink if is_now else theme.colour("ink"))
                painter.drawText(disc, Qt.AlignmentFlag.AlignCenter, str(place + 1))
            left += DISC + GAP
            painter.setPen(theme.colour("ink"))
            wide = text.horizontalAdvance(name)
            box = QRectF(left, 0, wide + 2, self.height())
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, name)
            left += wide + GAP
            if place < len(self._names) - 1:
                line = QRectF(left, middle - 0.75, LINE, 1.5)
                painter.fillRect(line, theme.colour("control_border"))
                left += LINE + GAP
        painter.end()
