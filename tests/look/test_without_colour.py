"""No colour alone: every state keeps a shape, a pattern or a word of its own."""

import itertools
from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from kiosk.look.badge import Badge
from kiosk.look.banner import ICONS
from kiosk.look.field import Field, Mark
from kiosk.look.language import Language
from kiosk.look.look import Look
from kiosk.look.seat_cell import SeatCell
from kiosk.look.segment import Choice, Segment
from kiosk.look.station_card import StationCard, StationFace
from kiosk.look.status import status_word
from kiosk.look.theme import Theme
from kiosk.look.token import ThemeName, Tokens, load_tokens
from kiosk.look.words import Words
from kiosk.rules.seat import SeatState
from tests.helpers.picture import Picture, contrast, luminance

LEAST_DIFFERENCE = 0.03
"""The part of a drawing that must change between two states."""

STEP = 0.15
"""A change of luminance that an eye sees."""


def one_coloured() -> Tokens:
    """Return the table with all states in the colours of one, as if no eye could tell colours."""
    tokens = load_tokens()
    model = tokens.status[SeatState.HELD]
    status = {
        state: replace(one, light=model.light, high_contrast=model.high_contrast)
        for state, one in tokens.status.items()
    }
    return replace(tokens, status=status)


@pytest.fixture(params=["light", "high_contrast"])
def grey_look(qapp: QApplication, request: pytest.FixtureRequest) -> Look:
    name: ThemeName = request.param
    return Look(qapp, Theme(one_coloured(), name))


def greys(widget: QWidget, qtbot: QtBot) -> list[float]:
    """Return the luminance of every pixel of a widget."""
    qtbot.addWidget(widget)
    widget.show()
    picture = Picture(widget)
    size = widget.size()
    return [
        luminance(int(colour) & 0xFFFFFF)
        for y in range(size.height())
        for colour in picture.row(y, 0, size.width())
    ]


def badge(look: Look, state: SeatState) -> QWidget:
    return Badge(look, state, 32)


def cell(look: Look, state: SeatState) -> QWidget:
    return SeatCell(look, state, QSize(26, 32))


def small_cell(look: Look, state: SeatState) -> QWidget:
    return SeatCell(look, state)


@pytest.mark.parametrize("make", [badge, cell, small_cell])
def test_any_two_states_differ_without_colour(
    grey_look: Look, qtbot: QtBot, make: Callable[[Look, SeatState], QWidget]
) -> None:
    drawn = {state: greys(make(grey_look, state), qtbot) for state in SeatState}
    for one, two in itertools.combinations(SeatState, 2):
        pairs = zip(drawn[one], drawn[two], strict=True)
        changed = sum(abs(first - second) > STEP for first, second in pairs)
        part = changed / len(drawn[one])
        assert part >= LEAST_DIFFERENCE, f"{one} and {two}: {part:.3f}"


def test_every_state_has_a_word_of_its_own_on_its_card(look: Look, language: Language) -> None:
    for code in ("fr", "en"):
        language.use("fr" if code == "fr" else "en")
        words = [status_word(language, state) for state in SeatState]
        assert len(set(words)) == len(words)
    for state in SeatState:
        card = StationCard(look, language)
        card.show_station(StationFace("7", state))
        assert status_word(language, state) in card.accessibleName()


def test_every_kind_of_banner_has_an_icon_of_its_own() -> None:
    assert len(set(ICONS.values())) == len(ICONS)


def test_a_wrong_field_says_so_with_an_icon_and_a_sentence(look: Look, qtbot: QtBot) -> None:
    field = Field(look, "Numéro de carte", icon="scan-barcode")
    qtbot.addWidget(field)
    field.show()

    def shown() -> tuple[int, list[str]]:
        marks = [mark for mark in field.findChildren(Mark) if mark.isVisible()]
        return len(marks), [
            words.text() for words in field.findChildren(Words) if words.isVisible()
        ]

    marks_before, words_before = shown()
    field.say_wrong("Il manque 4 chiffres.")
    marks, words = shown()
    assert marks == marks_before + 1
    assert len(words) == len(words_before) + 1
    assert field.edit.accessibleDescription() == "Il manque 4 chiffres."


@pytest.mark.parametrize("name", ["light", "high_contrast"])
def test_the_chosen_side_of_a_choice_stands_out_without_colour(
    qapp: QApplication, qtbot: QtBot, name: ThemeName
) -> None:
    look = Look(qapp, Theme(load_tokens(), name))
    segment = Segment(look, [Choice("fr", "Français"), Choice("en", "English")], spoken="Langue")
    qtbot.addWidget(segment)
    segment.set_value("fr")
    segment.show()
    picture = Picture(segment)
    chosen, other = (button.geometry().topLeft() for button in segment.buttons)
    fills = [picture.pixel(spot.x() + 20, spot.y() + 6) for spot in (chosen, other)]
    assert contrast(*fills) >= 3
