"""The shipped family: loaded once, then asked for by text role.

Sizes follow the text scale, except the clock, which is large enough for everybody. Letter spacing
is set here because a stylesheet cannot.
"""

from typing import Literal, get_args

from PySide6.QtGui import QFont, QFontDatabase

from kiosk.look.asset import find_asset
from kiosk.look.token import Program, TextStyle, Type

TextRole = Literal[
    "clock", "counter", "display", "h1", "h2", "h3", "lead", "body", "strong", "button",
    "button_large", "key", "caption", "small", "extra_small", "figure", "seat_number",
]  # fmt: skip

FONT_FILES = tuple(f"AtkinsonHyperlegibleNext-{weight}.ttf" for weight in (400, 500, 600, 700))

TRACKING: dict[TextRole, float] = {
    "clock": -0.02,
    "counter": -0.03,
    "display": -0.015,
    "h1": -0.012,
}
"""Letter spacing in parts of the size."""

KIOSK_NAMES: dict[TextRole, str] = {
    "small": "caption", "extra_small": "caption", "figure": "display", "seat_number": "h1",
    "strong": "body",
}  # fmt: skip
CONSOLE_NAMES: dict[TextRole, str] = {
    "clock": "figure", "counter": "figure", "display": "h1", "lead": "body", "strong": "body",
    "button": "body", "button_large": "h3", "key": "h2", "caption": "small",
}  # fmt: skip


class FontMissing(RuntimeError):
    """The shipped family could not be loaded, so no face may be shown in a chance font."""


def load_fonts() -> None:
    """Make the shipped family known to Qt. Harmless when repeated.

    Raises:
        AssetMissing: a file is not there.
        FontMissing: Qt refuses a file.
    """
    for name in FONT_FILES:
        if QFontDatabase.addApplicationFont(str(find_asset("fonts", name))) < 0:
            raise FontMissing(f"Qt cannot read the font {name}")


def text_style(kind: Type, program: Program, role: TextRole) -> TextStyle:
    """Return how a role is written in a program; each program knows every role."""
    names = KIOSK_NAMES if program == "kiosk" else CONSOLE_NAMES
    table = kind.kiosk if program == "kiosk" else kind.console
    style: TextStyle = getattr(table, names.get(role, role))
    weight = 600 if role in {"strong", "button"} else style.weight
    return TextStyle(weight, style.rem, style.px, style.line, style.scales)


def make_font(
    kind: Type,
    program: Program,
    role: TextRole,
    scale: float,
    *,
    rem: float | None = None,
    weight: int | None = None,
    tabular: bool = False,
) -> QFont:
    """Return the font of a role at a text scale.

    `rem` and `weight` depart from the role where a picture does; `tabular` gives figures of one
    width, for columns of numbers.
    """
    style = text_style(kind, program, role)
    base = kind.kiosk.base_px if program == "kiosk" else kind.console.base_px
    least = kind.kiosk.min_px if program == "kiosk" else kind.console.min_px
    if rem is None and style.px is not None:
        size = float(style.px)
    else:
        size = max(least, base * (style.rem if rem is None else rem)) * scale
    font = QFont([kind.family, *kind.fallback])
    font.setPixelSize(round(size))
    font.setWeight(QFont.Weight(style.weight if weight is None else weight))
    font.setStyleStrategy(QFont.StyleStrategy.PreferAntialias)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    if role in TRACKING:
        font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, TRACKING[role] * size)
    if tabular and hasattr(font, "setFeature"):
        font.setFeature(QFont.Tag("tnum"), 1)
    return font


TEXT_ROLES: tuple[TextRole, ...] = get_args(TextRole)
"""Every role, for the gallery and the tests."""
