"""Buttons: one row of kinds and sizes for both programs.

Kinds: primary (one per screen), secondary, quiet (never for an irreversible act), danger, tool
(the row at the top of a face), call (*Appeler*). `on_band` is for the petrol surfaces.
"""

from dataclasses import dataclass, replace
from typing import Literal

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from kiosk.look.focus import FocusShape
from kiosk.look.font import TextRole
from kiosk.look.look import Look
from kiosk.look.paint import begin, draw_box, turn
from kiosk.look.press import press_with_enter
from kiosk.look.theme import Theme
from kiosk.look.token import ColourName

Kind = Literal["primary", "secondary", "quiet", "danger", "tool", "call"]
ButtonSize = Literal["small", "normal", "large", "main"]
State = Literal["rest", "hover", "pressed", "disabled"]


@dataclass(frozen=True, slots=True)
class Measure:
    """Sizes of a button in pixels; `role` and `rem` say its text."""

    height: int
    padding: int
    radius: int
    gap: int
    icon: int
    role: TextRole = "button"
    rem: float | None = None


KIOSK_MEASURES: dict[ButtonSize, Measure] = {
    "small": Measure(56, 24, 14, 10, 28, rem=1.0),
    "normal": Measure(72, 34, 16, 14, 30),
    "large": Measure(84, 34, 16, 14, 32, rem=1.2),
    "main": Measure(92, 46, 16, 14, 34, "button_large"),
}
"""Paddings count from the outer edge, outline included."""
TOOL_MEASURES: dict[ButtonSize, Measure] = {
    "small": Measure(56, 20, 14, 12, 28, rem=1.0),
    "normal": Measure(68, 24, 16, 12, 28, rem=1.0),
    "large": Measure(72, 24, 16, 12, 28, rem=1.0),
    "main": Measure(72, 24, 16, 12, 28, rem=1.0),
}
BAR_MEASURE = Measure(56, 20, 14, 12, 28, rem=1.0)
"""In the session bar, whose buttons have no outline at rest."""
CONSOLE_MEASURES: dict[ButtonSize, Measure] = {
    "small": Measure(32, 10, 9, 6, 16, "small"),
    "normal": Measure(36, 14, 9, 8, 18),
    "large": Measure(44, 16, 10, 8, 20, "button_large"),
    "main": Measure(44, 16, 10, 8, 20, "button_large"),
}


PRIMARY_FILLS: dict[State, ColourName] = {
    "rest": "primary",
    "hover": "primary_hover",
    "pressed": "primary_pressed",
}


@dataclass(frozen=True, slots=True)
class Paint:
    """Colours of a button in one state; None is not drawn."""

    fill: QColor | None
    line: QColor | None
    ink: QColor
    width: float


def measure_of(theme: Theme, kind: Kind, size: ButtonSize, *, on_band: bool = False) -> Measure:
    """Return the sizes of a button."""
    if theme.is_console:
        return CONSOLE_MEASURES[size]
    if on_band and size == "small":
        return BAR_MEASURE
    return TOOL_MEASURES[size] if kind in {"tool", "call"} else KIOSK_MEASURES[size]


def paint_of(
    theme: Theme, kind: Kind, state: State, *, on_band: bool = False, checked: bool = False
) -> Paint:
    """Return the colours of a button."""
    colour, width = theme.colour, theme.control_border
    thick = width + 1 if state == "pressed" else width
    if state == "disabled":
        return Paint(colour("disabled_fill"), None, colour("disabled_ink"), width)
    if on_band:
        return band_paint_of(theme, kind, state, thick)
    if kind == "primary" or checked:
        return Paint(colour(PRIMARY_FILLS[state]), None, colour("ink_on_primary"), width)
    if kind == "quiet":
        fill_of = {
            "rest": None,
            "hover": colour("soft"),
            "pressed": theme.mix("soft", "primary", 0.08),
        }
        return Paint(fill_of[state], None, colour("primary"), width)
    if kind == "danger":
        fill = colour("surface" if state == "rest" else "danger_soft")
        return Paint(fill, colour("danger"), colour("danger"), thick)
    if kind == "call":
        fill = colour("soft") if state == "rest" else theme.mix("soft", "primary", 0.08)
        return Paint(fill, colour("primary"), colour("primary"), thick)
    fill = colour("surface" if state == "rest" else "soft")
    if kind == "tool":
        return Paint(fill, colour("control_border"), colour("ink"), thick)
    line = colour("control_border" if theme.is_console else "primary")
    return Paint(fill, line, colour("primary"), thick)


def band_paint_of(theme: Theme, kind: Kind, state: State, thick: float) -> Paint:
    """Return the colours of a button on a petrol surface."""
    colour = theme.colour
    if kind == "primary":
        if theme.is_high_contrast:
            return paint_of(theme, "primary", state)
        fill = colour("ink_on_primary" if state == "rest" else "soft")
        return Paint(fill, None, colour("primary"), thick)
    fills = {
        "rest": None,
        "hover": colour("band_card"),
        "pressed": theme.mix("primary_hover", "primary_pressed", 0.6)
        if not theme.is_high_contrast
        else colour("sunken"),
    }
    line = None if kind == "quiet" else colour("band_ink")
    return Paint(fills[state], line, colour("band_ink"), thick)


class Button(QPushButton):
    """A button of the house; `clicked` as in Qt.

    Args:
        look: how to look.
        text: verb first; ends in "…" when a question follows.
        kind: what it is for.
        size: small, normal, large or main.
        icon: name of a shipped icon.
        icon_after: whether the icon stands after the text.
        padding: beside the words, in pixels, where a picture departs from the size's.
        on_band: whether it stands on a petrol surface.
        parent: the widget that holds it.
    """

    def __init__(
        self,
        look: Look,
        text: str = "",
        kind: Kind = "secondary",
        *,
        size: ButtonSize = "normal",
        icon: str | None = None,
        icon_after: bool = False,
        padding: int | None = None,
        on_band: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self.look = look
        self.kind: Kind = kind
        self.size_name: ButtonSize = size
        self._icon = icon
        self._icon_after = icon_after
        self._padding = padding
        self._on_band = on_band
        self._is_compact = False
        self._count = 0
        self._shown_state: State | None = None
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setAutoDefault(False)
        look.changed.connect(self.restyle)

    def restyle(self) -> None:
        """Take sizes and colours of the current theme."""
        self.updateGeometry()
        self.update()

    def set_icon(self, icon: str | None) -> None:
        """Show another icon, or none."""
        self._icon = icon
        self.restyle()

    def set_compact(self, compact: bool) -> None:
        """Show the icon alone; the words become tooltip and stay the accessible name."""
        self._is_compact = compact
        self.setToolTip(self.text() if compact else "")
        self.restyle()

    def is_compact(self) -> bool:
        """Return whether the icon stands alone."""
        return self._is_compact

    def set_count(self, count: int) -> None:
        """Show how many things wait behind the button; 0 shows nothing."""
        self._count = count
        self.restyle()

    def show_state(self, state: State | None) -> None:
        """Hold the appearance of a state, for the gallery; None follows the hand again."""
        self._shown_state = state
        self.setEnabled(state != "disabled")
        self.update()

    def focus_shape(self) -> FocusShape:
        """Return the whole button."""
        return FocusShape(self, self.rect(), self.measure().radius, self._on_band)

    def measure(self) -> Measure:
        """Return the sizes that hold."""
        measure = measure_of(self.look.theme, self.kind, self.size_name, on_band=self._on_band)
        return measure if self._padding is None else replace(measure, padding=self._padding)

    def button_font(self) -> QFont:
        """Return the font of the text."""
        measure = self.measure()
        return self.look.font(measure.role, rem=measure.rem, weight=600)

    def sizeHint(self) -> QSize:
        """Return the size of text and icon with their paddings."""
        measure = self.measure()
        text = QFontMetricsF(self.button_font())
        height = max(measure.height, round(text.lineSpacing()) + 2 * 6)
        if self._is_compact:
            return QSize(height, height)
        width = 2 * measure.padding + self._content_width(text)
        return QSize(max(height, round(width + 0.5)), height)

    def minimumSizeHint(self) -> QSize:
        """Return the same: words are never cut."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw box, icon, words and count."""
        measure, theme = self.measure(), self.look.theme
        paint = paint_of(
            theme, self.kind, self._state(), on_band=self._on_band, checked=self.isChecked()
        )
        painter = begin(self)
        draw_box(painter, QRectF(self.rect()), measure.radius, paint.fill, paint.line, paint.width)
        font = self.button_font()
        text = QFontMetricsF(font)
        painter.setFont(font)
        painter.setPen(paint.ink)
        middle = self.height() / 2
        if self._is_compact and self._icon is not None:
            left = (self.width() - measure.icon) / 2
            rect = QRectF(left, middle - measure.icon / 2, measure.icon, measure.icon)
            self.look.icons.paint(painter, self._icon, rect, paint.ink)
            painter.end()
            return
        width = self._content_width(text)
        left = (self.width() - width) / 2
        words = text.horizontalAdvance(self.text())
        icon_room = measure.icon + (measure.gap if self.text() else 0) if self._icon else 0
        if self._icon is not None:
            at = left + words + measure.gap if self._icon_after else left
            rect = turn(self, QRectF(at, middle - measure.icon / 2, measure.icon, measure.icon))
            self.look.icons.paint(painter, self._icon, rect, paint.ink)
        start = left if self._icon_after else left + icon_room
        painter.setPen(paint.ink)
        painter.drawText(
            turn(self, QRectF(start, 0, words + 2, self.height())),
            Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine,
            self.text(),
        )
        if self._count:
            badge = QRectF(0, 0, self._count_width(), self._count_height())
            badge.moveTopLeft(QPointF(left + width - badge.width(), middle - badge.height() / 2))
            badge = turn(self, badge)
            draw_box(painter, badge, badge.height() / 2, theme.colour("accent"))
            painter.setFont(self.look.font("button", rem=0.9))
            painter.setPen(theme.on_accent())
            painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, str(self._count))
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press with Enter as with Space; a held key presses once."""
        if not press_with_enter(self, event):
            super().keyPressEvent(event)

    def _state(self) -> State:
        if self._shown_state is not None:
            return self._shown_state
        if not self.isEnabled():
            return "disabled"
        if self.isDown():
            return "pressed"
        return "hover" if self.underMouse() else "rest"

    def _content_width(self, text: QFontMetricsF) -> float:
        measure = self.measure()
        width = text.horizontalAdvance(self.text())
        if self._icon is not None:
            width += measure.icon + (measure.gap if self.text() else 0)
        if self._count:
            width += measure.gap + self._count_width()
        return width

    def _count_height(self) -> float:
        return max(30.0, QFontMetricsF(self.look.font("button", rem=0.9)).lineSpacing() + 4)

    def _count_width(self) -> float:
        text = QFontMetricsF(self.look.font("button", rem=0.9)).horizontalAdvance(str(self._count))
        return max(self._count_height(), text + 16)
