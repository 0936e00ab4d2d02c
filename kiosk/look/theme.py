"""A theme is the answer to every question of appearance, for one program, contrast and text size.

It is a frozen value made from the tokens: colours, fonts, widths, the palette and the stylesheet.
Whoever changes the appearance makes another theme; see `kiosk.look.look`.
"""

import string
from dataclasses import dataclass
from importlib import resources
from typing import Literal, get_args

from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication

from kiosk.look.font import TextRole, make_font, text_style
from kiosk.look.token import ColourName, Program, Status, ThemeName, TintName, Tokens
from kiosk.rules.seat import SeatState

STYLESHEET = "style.qss"

BandName = Literal[
    "band", "band_card", "band_ink", "band_ink_muted", "band_line", "band_accent", "band_focus"
]
"""Colours of the petrol surfaces: the column of the lock, the bar. They are black in high contrast,
where `primary` is the colour of action only."""

LIGHT_BAND: dict[str, ColourName] = {
    "band": "primary",
    "band_card": "primary_hover",
    "band_ink": "ink_on_primary",
    "band_ink_muted": "ink_on_primary_muted",
    "band_accent": "accent",
    "band_focus": "focus_on_primary",
}
BLACK_BAND: dict[str, ColourName] = {
    "band": "ground",
    "band_card": "surface",
    "band_ink": "ink",
    "band_ink_muted": "ink_muted",
    "band_line": "control_border",
    "band_accent": "accent",
    "band_focus": "focus",
}

Tone = ColourName | BandName
"""Any colour that has a name."""


@dataclass(frozen=True, slots=True)
class StatusColours:
    """Colours of one seat state in the theme: outline and word, card, cell, badge and its icon."""

    strong: QColor
    card: QColor
    cell: QColor
    badge: QColor
    badge_icon: QColor


@dataclass(frozen=True, slots=True)
class Theme:
    """How everything looks. `text_scale` multiplies fonts only, never paddings."""

    tokens: Tokens
    name: ThemeName = "light"
    text_scale: float = 1.0
    program: Program = "kiosk"
    reduced_motion: bool = False

    @property
    def is_console(self) -> bool:
        """Whether the staff desk is drawn, whose measures are smaller."""
        return self.program == "console"

    @property
    def is_high_contrast(self) -> bool:
        """Whether the ground is black."""
        return self.name == "high_contrast"

    def colour(self, name: Tone) -> QColor:
        """Return a named colour."""
        band = BLACK_BAND if self.is_high_contrast else LIGHT_BAND
        if name == "band_line" and not self.is_high_contrast:
            return self.mix("primary", "ink_on_primary", 0.16)
        colours = self.tokens.color
        table = colours.high_contrast if self.is_high_contrast else colours.light
        return QColor(table[band.get(name, name)])

    def on_accent(self) -> QColor:
        """Return the colour of text on the accent."""
        return self.colour("ink_on_primary" if self.is_high_contrast else "ink")

    def mix(self, first: ColourName, second: ColourName, part: float) -> QColor:
        """Return `first` with `part` (0 to 1) of `second` in it, for decoration only."""
        one, two = self.colour(first), self.colour(second)
        return QColor.fromRgbF(
            one.redF() + (two.redF() - one.redF()) * part,
            one.greenF() + (two.greenF() - one.greenF()) * part,
            one.blueF() + (two.blueF() - one.blueF()) * part,
        )

    def tint(self, name: TintName) -> tuple[QColor, QColor]:
        """Return the icon colour and the plate colour of a tile."""
        if self.is_high_contrast:
            return self.colour("primary"), self.colour("sunken")
        icon, plate = self.tokens.color.tile_tint[name]
        return QColor(icon), QColor(plate)

    def status(self, state: SeatState) -> Status:
        """Return shape, icon, pattern and words of a seat state."""
        return self.tokens.status[state]

    def status_colours(self, state: SeatState) -> StatusColours:
        """Return the colours of a seat state."""
        status = self.tokens.status[state]
        if self.is_high_contrast:
            strong, card = QColor(status.high_contrast.strong), status.high_contrast.card_fill
            on_badge = status.high_contrast.on_filled_badge or card
            empty, cell = QColor(card), QColor(card)
        else:
            strong, card = QColor(status.light.strong), status.light.card_fill
            on_badge = self.tokens.color.light["ink_on_primary"]
            empty, cell = self.colour("surface"), QColor(status.light.cell_fill)
        filled = status.badge.filled
        return StatusColours(
            strong=strong,
            card=QColor(card),
            cell=cell,
            badge=strong if filled else empty,
            badge_icon=QColor(on_badge) if filled else strong,
        )

    def font(
        self,
        role: TextRole,
        *,
        rem: float | None = None,
        weight: int | None = None,
        tabular: bool = False,
    ) -> QFont:
        """Return the font of a text role; see `kiosk.look.font.make_font`."""
        return make_font(
            self.tokens.type,
            self.program,
            role,
            self.text_scale,
            rem=rem,
            weight=weight,
            tabular=tabular,
        )

    def line_height(self, role: TextRole) -> float:
        """Return the line height of a role, in parts of its size."""
        return text_style(self.tokens.type, self.program, role).line

    @property
    def focus_width(self) -> int:
        """Width of the focus ring in pixels."""
        border = self.tokens.border
        return border.console_focus if self.is_console else border.focus

    @property
    def focus_gap(self) -> int:
        """Distance between a control and its focus ring in pixels."""
        border = self.tokens.border
        return border.console_focus_gap if self.is_console else border.focus_gap

    @property
    def control_radius(self) -> int:
        """Corner of a button or a field in pixels."""
        radius = self.tokens.radius
        return radius.console.control if self.is_console else radius.kiosk.control

    @property
    def control_border(self) -> float:
        """Outline of a control in pixels."""
        border = self.tokens.border
        return border.console_control if self.is_console else border.control

    def duration(self, milliseconds: int) -> int:
        """Return how long a fade lasts: nothing when fewer movements are asked for."""
        return self.tokens.motion.reduced.fade_ms if self.reduced_motion else milliseconds

    def palette(self) -> QPalette:
        """Return the palette for Qt's own painting."""
        role, group = QPalette.ColorRole, QPalette.ColorGroup
        names: dict[QPalette.ColorRole, ColourName] = {
            role.Window: "ground",
            role.Base: "surface",
            role.AlternateBase: "sunken",
            role.WindowText: "ink",
            role.Text: "ink",
            role.PlaceholderText: "ink_muted",
            role.Button: "surface",
            role.ButtonText: "primary",
            role.Highlight: "primary",
            role.HighlightedText: "ink_on_primary",
            role.Link: "primary",
            role.LinkVisited: "primary",
            role.ToolTipBase: "ink",
            role.ToolTipText: "surface",
        }
        palette = QPalette()
        for which, name in names.items():
            palette.setColor(which, self.colour(name))
        for which in (role.WindowText, role.Text, role.ButtonText):
            palette.setColor(group.Disabled, which, self.colour("disabled_ink"))
        for which in (role.Base, role.Button):
            palette.setColor(group.Disabled, which, self.colour("disabled_fill"))
        return palette

    def stylesheet(self) -> str:
        """Return the stylesheet for Qt's own widgets.

        Raises:
            KeyError: the template asks for a value that the theme does not have.
        """
        values: dict[str, str | int | float] = {
            name: self.colour(name).name() for name in (*get_args(ColourName), *get_args(BandName))
        }
        radius, space = self.tokens.radius, self.tokens.space
        values |= {
            "body_px": self.font("body").pixelSize(),
            "small_px": self.font("small").pixelSize(),
            "control_radius": self.control_radius,
            "control_width": self.control_border,
            "control_height": (
                self.tokens.target.console_default
                if self.is_console
                else self.tokens.target.kiosk_min
            ),
            "card_radius": radius.console.card if self.is_console else radius.kiosk.card,
            "panel_radius": radius.console.table if self.is_console else radius.kiosk.panel,
            "card_border": 1 if self.is_console else self.tokens.border.card,
            "unit": space.unit_px,
        }
        template = resources.files("kiosk.look").joinpath(STYLESHEET).read_text(encoding="utf-8")
        return string.Template(template).substitute(values)


def apply_theme(app: QApplication, theme: Theme) -> None:
    """Dress a whole program. Widgets that paint themselves listen to `Look.changed` as well."""
    if not app.styleSheet():
        app.setStyle("Fusion")
    # Nothing blinks, not even the caret.
    app.setCursorFlashTime(0)
    app.setPalette(theme.palette())
    app.setFont(theme.font("body"))
    app.setStyleSheet(theme.stylesheet())
