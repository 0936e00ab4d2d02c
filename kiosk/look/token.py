"""The design tokens as frozen values: each colour, size and delay has a name and lives once.

`assets/tokens.json` is the only place where a value is written; nothing here knows Qt. Colours are
`#RRGGBB`, sizes are pixels at a text scale of 1 unless the name says `rem` (times the base size),
delays are milliseconds or seconds as their names say.
"""

from dataclasses import dataclass
from typing import Literal

import msgspec

from kiosk.look.asset import find_asset
from kiosk.rules.seat import SeatState

ThemeName = Literal["light", "high_contrast"]
Program = Literal["kiosk", "console"]

ColourName = Literal[
    "ground", "surface", "sunken", "soft", "ink", "ink_muted", "ink_on_primary",
    "ink_on_primary_muted", "primary", "primary_hover", "primary_pressed", "primary_raised",
    "control_border", "divider", "focus", "focus_on_primary", "accent", "coral", "danger",
    "danger_soft", "warning", "warning_soft", "success", "success_soft", "info", "info_soft",
    "disabled_ink", "disabled_fill", "selection", "overlay", "ring_value", "ring_track",
    "ring_warning", "ring_warning_track", "ring_danger", "ring_danger_track",
]  # fmt: skip

TintName = Literal["internet", "write", "files", "learn", "print", "help"]

BadgeShape = Literal[
    "ring", "disc", "triangle_down", "diamond", "hexagon", "square", "dashed_ring", "octagon", "bar"
]


@dataclass(frozen=True, slots=True)
class Overlay:
    """What dims a face behind a dialog."""

    hex: str
    alpha: float


@dataclass(frozen=True, slots=True)
class Heatmap:
    """Fills of a heat map from few to many, with the text colour that reads on each."""

    steps: tuple[str, ...]
    text: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Colours:
    """All colours, by theme."""

    light: dict[str, str]
    high_contrast: dict[str, str]
    heatmap: Heatmap
    tile_tint: dict[TintName, tuple[str, str]]
    overlay: Overlay


@dataclass(frozen=True, slots=True)
class StatusLight:
    """Colours of one seat state on the light ground."""

    strong: str
    card_fill: str
    cell_fill: str


@dataclass(frozen=True, slots=True)
class StatusContrast:
    """Colours of one seat state in high contrast."""

    strong: str
    card_fill: str
    on_filled_badge: str | None = None


@dataclass(frozen=True, slots=True)
class Badge:
    """The drawing that says a state without colour: filled means that somebody is seated."""

    shape: BadgeShape
    filled: bool
    icon: str


@dataclass(frozen=True, slots=True)
class Status:
    """Everything that makes one seat state recognisable."""

    label_fr: str
    label_en: str
    light: StatusLight
    high_contrast: StatusContrast
    someone_is_seated: bool
    badge: Badge
    cell_pattern: str
    border_style: Literal["solid", "dashed"]


@dataclass(frozen=True, slots=True)
class TextStyle:
    """One kind of text. `rem` or `px` says the size; `px` does not follow the text scale."""

    weight: int = 400
    rem: float = 1.0
    px: int | None = None
    line: float = 1.2
    scales: bool = True


@dataclass(frozen=True, slots=True)
class KioskType:
    """Texts of the faces."""

    base_px: int
    min_px: int
    user_scale: tuple[float, ...]
    clock: TextStyle
    counter: TextStyle
    display: TextStyle
    h1: TextStyle
    h2: TextStyle
    h3: TextStyle
    lead: TextStyle
    body: TextStyle
    button: TextStyle
    button_large: TextStyle
    key: TextStyle
    caption: TextStyle


@dataclass(frozen=True, slots=True)
class ConsoleType:
    """Texts of the staff desk."""

    base_px: int
    min_px: int
    h1: TextStyle
    h2: TextStyle
    h3: TextStyle
    body: TextStyle
    small: TextStyle
    extra_small: TextStyle
    figure: TextStyle
    seat_number: TextStyle


@dataclass(frozen=True, slots=True)
class Type:
    """The family and the texts of both programs."""

    family: str
    fallback: tuple[str, ...]
    kiosk: KioskType
    console: ConsoleType


@dataclass(frozen=True, slots=True)
class KioskSpace:
    """Distances on the faces."""

    screen_margin: int
    column_gap: int
    card_padding: int
    between_controls: int
    between_targets_min: int


@dataclass(frozen=True, slots=True)
class ConsoleSpace:
    """Distances at the desk."""

    screen_margin: int
    gap: int
    card_padding: int
    between_controls: int


@dataclass(frozen=True, slots=True)
class Space:
    """Distances; `scale` holds the only ones to use."""

    unit_px: int
    scale: tuple[int, ...]
    kiosk: KioskSpace
    console: ConsoleSpace


@dataclass(frozen=True, slots=True)
class KioskRadius:
    """Corners on the faces."""

    key: int
    control: int
    card: int
    tile: int
    panel: int
    dialog: int


@dataclass(frozen=True, slots=True)
class ConsoleRadius:
    """Corners at the desk."""

    seat_cell: int
    control: int
    station_card: int
    card: int
    table: int


@dataclass(frozen=True, slots=True)
class Radius:
    """Corners."""

    kiosk: KioskRadius
    console: ConsoleRadius


@dataclass(frozen=True, slots=True)
class Border:
    """Widths of outlines and of the focus ring."""

    card: float
    control: float
    selected: float
    focus: int
    focus_gap: int
    station: float
    console_control: float
    console_focus: int
    console_focus_gap: int


@dataclass(frozen=True, slots=True)
class Target:
    """Least sizes of what is pressed."""

    kiosk_min: int
    kiosk_preferred: int
    kiosk_primary: int
    kiosk_key: tuple[int, int]
    session_bar_height: int
    session_bar_button: int
    session_bar_line: int
    session_bar_grace_line: int
    call_button: int
    console_min: int
    console_default: int
    console_primary: int
    gap_min: int


@dataclass(frozen=True, slots=True)
class IconSizes:
    """Edges of icons."""

    kiosk_inline: int
    kiosk_button: int
    kiosk_tile: int
    console: int
    console_nav: int


@dataclass(frozen=True, slots=True)
class IconSet:
    """How icons are drawn; `stroke` counts in the 24 units of the drawing."""

    stroke: float
    stroke_large: float
    sizes: IconSizes


@dataclass(frozen=True, slots=True)
class Reduced:
    """What remains of motion when fewer movements are asked for."""

    fade_ms: int


@dataclass(frozen=True, slots=True)
class Timeouts:
    """Delays of the faces, in seconds."""

    dialog_never_closes_before_s: int
    goodbye_screen_s: int
    pin_entry_idle_s: int
    idle_question_s: int
    grace_s: int


@dataclass(frozen=True, slots=True)
class Motion:
    """Durations of the fades."""

    fast_ms: int
    base_ms: int
    slow_ms: int
    reduced: Reduced
    timeouts: Timeouts


@dataclass(frozen=True, slots=True)
class CalmGestures:
    """The rules of *Gestes calmes*, and how high its pointer is."""

    click_again_ms: int
    key_repeat: bool
    key_again_ms: int
    drag_needed: bool
    pointer_px: int


@dataclass(frozen=True, slots=True)
class Behaviour:
    """Delays that protect from accidents."""

    warnings_min: tuple[int, ...]
    dialog_waits_after_key_s: float
    face_guard_ms: int
    pin_key_repeat_ms: int
    calm_gestures: CalmGestures


@dataclass(frozen=True, slots=True)
class Tokens:
    """The whole table."""

    color: Colours
    status: dict[SeatState, Status]
    type: Type
    space: Space
    radius: Radius
    border: Border
    target: Target
    icon: IconSet
    motion: Motion
    behaviour: Behaviour


def load_tokens() -> Tokens:
    """Read the shipped table.

    Raises:
        AssetMissing: the file is not there.
        msgspec.ValidationError: the file lacks a name that the program uses.
    """
    return msgspec.json.decode(find_asset("tokens.json").read_bytes(), type=Tokens)
