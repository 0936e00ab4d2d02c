"""The keys of the usual amounts, and the field of any other."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPaintEvent

from admin_console.desk.parts.choice_card import ChoiceCard
from kiosk.look.look import Look
from kiosk.look.paint import begin, draw_box

HEIGHT = 84
LEAST = 96
TICK = 22
GAP = 8


class AmountChoice(ChoiceCard):
    """An amount in large figures; on petrol, with a tick, where it is chosen."""

    def __init__(self, look: Look, cents: int) -> None:
        super().__init__(look, str(cents))

    def radius(self) -> int:
        """Return the corner in pixels."""
        return 12

    def sizeHint(self) -> QSize:
        """Return room for the figures and the tick."""
        text = QFontMetricsF(self.look.font("figure", rem=1.5))
        wide = round(text.horizontalAdvance(self.text()) + TICK + GAP + 24)
        return QSize(max(LEAST, wide), self.heightForWidth(wide))

    def minimumSizeHint(self) -> QSize:
        """Return the same: an amount is never cut."""
        return self.sizeHint()

    def heightForWidth(self, width: int) -> int:
        """Return the height of the key."""
        return max(
            HEIGHT, round(QFontMetricsF(self.look.font("figure", rem=1.5)).lineSpacing() + 24)
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw box, tick and amount."""
        theme = self.look.theme
        painter = begin(self)
        on = self.isChecked()
        fill = theme.colour("primary" if on else "surface")
        if not on and (self.isDown() or self.underMouse()):
            fill = theme.colour("soft")
        draw_box(painter, QRectF(self.rect()), self.radius(), fill, theme.colour("primary"), 2)
        ink = theme.colour("ink_on_primary" if on else "primary")
        font = self.look.font("figure", rem=1.5)
        wide = QFontMetricsF(font).horizontalAdvance(self.text())
        left = (self.width() - wide - (TICK + GAP if on else 0)) / 2
        if on:
            spot = QRectF(left, (self.height() - TICK) / 2, TICK, TICK)
            self.look.icons.paint(painter, "check", spot, ink, 2.6)
            left += TICK + GAP
        painter.setFont(font)
        painter.setPen(ink)
        box = QRectF(left, 0, wide + 4, self.height())
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, self.text())
        painter.end()
