"""Frames that hold other things: card, panel, sunken box, chip."""

from typing import Literal

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPaintEvent
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget

from kiosk.look.look import Look
from kiosk.look.paint import begin, draw_box
from kiosk.look.theme import Tone

CardKind = Literal["card", "panel", "sunken", "soft", "band", "outlined"]


class Card(QFrame):
    """A painted frame; give it a layout.

    Kinds: card (white, fine line), panel (the same, larger corner), sunken (a quiet fact inside a
    card), soft, band (a box on a petrol surface), outlined (an offer inside a dialog).
    """

    def __init__(self, look: Look, kind: CardKind = "card", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._kind: CardKind = kind
        look.changed.connect(self.update)

    def set_kind(self, kind: CardKind) -> None:
        """Show another kind."""
        self._kind = kind
        self.update()

    def radius(self) -> int:
        """Return the corner in pixels."""
        table = self._look.tokens.radius
        if self._look.theme.is_console:
            return table.console.table if self._kind == "panel" else table.console.card
        corners = {"panel": table.kiosk.panel, "card": table.kiosk.card, "outlined": 22}
        return corners.get(self._kind, 20)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the frame."""
        theme = self._look.theme
        fills: dict[CardKind, Tone] = {
            "sunken": "ground",
            "soft": "soft",
            "band": "band_card",
        }
        fill = theme.colour(fills.get(self._kind, "surface"))
        width = 1.0 if theme.is_console else self._look.tokens.border.card
        line = theme.colour("divider")
        if self._kind == "outlined" or (theme.is_high_contrast and self._kind != "sunken"):
            line, width = theme.colour("control_border"), theme.control_border
        elif self._kind in fills:
            line, width = fill, 0.0
        painter = begin(self)
        draw_box(painter, QRectF(self.rect()), self.radius(), fill, line, width)
        painter.end()


class Chip(QLabel):
    """A short fact in a pill: "Poste 7"."""

    def __init__(
        self, look: Look, text: str = "", *, on_band: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(text, parent)
        self._look = look
        self._on_band = on_band
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.restyle)
        self.restyle()

    def say(self, text: str) -> None:
        """Show another text."""
        self.setText(text)
        self.updateGeometry()

    def restyle(self) -> None:
        """Take the font of the current theme."""
        self.setFont(self._look.font("strong"))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the text with its paddings."""
        theme = self._look.theme
        side, above = (12, 5) if theme.is_console else (20, 8) if self._on_band else (18, 6)
        text = QFontMetricsF(self.font())
        line = round(theme.line_height("strong") * self.font().pixelSize())
        width = text.horizontalAdvance(self.text()) + 2 * side
        return QSize(round(width + 0.5), line + 2 * above)

    def minimumSizeHint(self) -> QSize:
        """Return the same: the fact is never cut."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw pill and text."""
        theme = self._look.theme
        ink = theme.colour("band_ink" if self._on_band else "ink")
        line = ink if self._on_band else theme.colour("control_border")
        painter = begin(self)
        draw_box(painter, QRectF(self.rect()), self.height() / 2, None, line, theme.control_border)
        painter.setFont(self.font())
        painter.setPen(ink)
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())
        painter.end()


class Rule(QFrame):
    """A fine line between two parts of a page; decoration only."""

    def __init__(self, look: Look, *, upright: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        width = 1 if look.theme.is_console else 2
        if upright:
            self.setFixedWidth(width)
        else:
            self.setFixedHeight(width)
        look.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the line."""
        painter = begin(self)
        painter.fillRect(self.rect(), self._look.colour("divider"))
        painter.end()
