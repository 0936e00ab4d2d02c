"""The table of values: complete, and readable for everybody."""

from typing import get_args

import pytest

from kiosk.look.theme import Theme
from kiosk.look.token import ColourName, ThemeName, Tokens, load_tokens
from kiosk.rules.seat import SEATED, SeatState

TEXT, LARGE, GRAPHIC = 7.0, 4.5, 3.0

GROUNDS = ("ground", "surface", "sunken", "soft")
PAIRS: list[tuple[str, str, float]] = [
    *((ink, ground, TEXT) for ink in ("ink", "ink_muted", "primary") for ground in GROUNDS),
    *(("ink_on_primary", fill, TEXT) for fill in ("primary", "primary_hover", "primary_pressed")),
    ("ink_on_primary_muted", "primary", TEXT),
    ("ink_on_primary_muted", "primary_hover", TEXT),
    *((kind, f"{kind}_soft", TEXT) for kind in ("danger", "warning", "success", "info")),
    *((kind, "surface", TEXT) for kind in ("danger", "warning", "success", "info")),
    *(("ink", f"{kind}_soft", TEXT) for kind in ("danger", "warning", "success", "info")),
    ("disabled_ink", "disabled_fill", LARGE),
    *(("control_border", ground, GRAPHIC) for ground in ("ground", "surface", "sunken")),
    *(("focus", ground, GRAPHIC) for ground in ("ground", "surface", "soft")),
    ("focus_on_primary", "primary", GRAPHIC),
    ("ring_value", "ring_track", GRAPHIC),
    ("ring_warning", "ring_warning_track", GRAPHIC),
    ("ring_danger", "ring_danger_track", GRAPHIC),
    ("band_ink", "band", TEXT),
    ("band_ink_muted", "band", TEXT),
    ("band_ink", "band_card", TEXT),
    ("band_ink_muted", "band_card", TEXT),
    ("band_accent", "band", GRAPHIC),
    ("band_focus", "band", GRAPHIC),
]


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: str, second: str) -> float:
    light, dark = sorted((luminance(first), luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.fixture(scope="module")
def tokens() -> Tokens:
    return load_tokens()


def test_contrast_is_measured_as_the_standard_says() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#17232B", "#F6F3EC") == pytest.approx(14.45, abs=0.01)


@pytest.mark.parametrize("name", get_args(ThemeName))
@pytest.mark.parametrize(("ink", "ground", "least"), PAIRS)
def test_every_text_and_outline_can_be_read(
    tokens: Tokens, name: ThemeName, ink: str, ground: str, least: float
) -> None:
    theme = Theme(tokens, name)
    one, two = theme.colour(ink), theme.colour(ground)  # type: ignore[arg-type]
    assert contrast(one.name(), two.name()) >= least


@pytest.mark.parametrize("name", get_args(ThemeName))
def test_the_number_on_the_accent_can_be_read(tokens: Tokens, name: ThemeName) -> None:
    theme = Theme(tokens, name)
    assert contrast(theme.on_accent().name(), theme.colour("accent").name()) >= TEXT


@pytest.mark.parametrize("name", get_args(ThemeName))
@pytest.mark.parametrize("state", SeatState)
def test_every_seat_state_can_be_read_on_its_card(
    tokens: Tokens, name: ThemeName, state: SeatState
) -> None:
    theme = Theme(tokens, name)
    colours = theme.status_colours(state)
    assert contrast(colours.strong.name(), colours.card.name()) >= TEXT
    assert contrast(theme.colour("ink_muted").name(), colours.card.name()) >= TEXT
    assert contrast(colours.badge_icon.name(), colours.badge.name()) >= TEXT
    assert contrast(colours.strong.name(), theme.colour("ground").name()) >= GRAPHIC


def test_both_themes_have_exactly_the_named_colours(tokens: Tokens) -> None:
    assert set(tokens.color.light) == set(get_args(ColourName))
    assert set(tokens.color.high_contrast) == set(get_args(ColourName))


def test_every_seat_state_is_recognised_without_colour(tokens: Tokens) -> None:
    assert set(tokens.status) == set(SeatState)
    for part in ("label_fr", "cell_pattern"):
        assert len({getattr(status, part) for status in tokens.status.values()}) == len(SeatState)
    assert len({status.badge.shape for status in tokens.status.values()}) == len(SeatState)
    assert len({status.badge.icon for status in tokens.status.values()}) == len(SeatState)


def test_a_filled_badge_means_that_somebody_is_seated(tokens: Tokens) -> None:
    for state, status in tokens.status.items():
        assert status.badge.filled == status.someone_is_seated == (state in SEATED)
