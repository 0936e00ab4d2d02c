"""The ground of a dialog, with the only shadow of the house."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPaintEvent
from PySide6.QtWidgets import QGraphicsDropShadowEffect, QWidget

from kiosk.look.look import Look
from kiosk.look.paint import begin, draw_box

SHADOW_BLUR = 60
SHADOW_DROP = 24
SHADOW_ALPHA = 0.35


class DialogGround(QWidget):
    """A white sheet, black in high contrast."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self._hangs = False
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.restyle()

    def set_hanging(self, hangs: bool) -> None:
        """Take the corner of a panel, or of a question."""
        self._hangs = hangs
        self.update()

    def restyle(self) -> None:
        """Cast a shadow, or none on black."""
        if self._look.theme.is_high_contrast:
            # None takes the effect away; the binding's types do not know it.
            self.setGraphicsEffect(None)  # type: ignore[arg-type]
            return
        colour = QColor(self._look.tokens.color.overlay.hex)
        colour.setAlphaF(SHADOW_ALPHA)
        shadow = QGraphicsDropShadowEffect(self)
        shadow.setBlurRadius(SHADOW_BLUR)
        shadow.setOffset(0, SHADOW_DROP)
        shadow.setColor(colour)
        self.setGraphicsEffect(shadow)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ground."""
        theme = self._look.theme
        radius = self._look.tokens.radius
        large = radius.kiosk.tile if self._hangs else radius.kiosk.dialog
        corner = radius.console.table if theme.is_console else large
        line = theme.colour("control_border") if theme.is_high_contrast else None
        painter = begin(self)
        fill = theme.colour("surface")
        draw_box(painter, QRectF(self.rect()), corner, fill, line, theme.control_border)
        painter.end()
