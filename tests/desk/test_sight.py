"""Every page of the desk as eyes and keys find it: whole, apart, large enough, clear, in order.

`make test` shows each state in two of six manners, in which any two choices of language, size,
contrast and window meet; `make soak` shows every state in all twenty-four.
"""

import itertools

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from admin_console.desk.gallery import (
    LANGUAGES,
    SCALES,
    SIZES,
    THEMES,
    View,
    all_views,
    present,
    stand_up,
)
from admin_console.desk.gallery_state import STATES, Stage
from tests.desk.fault import cut
from tests.helpers.fault import DESK, find_sight_faults
from tests.helpers.tab_walk import find_tab_faults

MANNERS = [
    (LANGUAGES[0], SCALES[0], THEMES[0], SIZES[0]),
    (LANGUAGES[1], SCALES[0], THEMES[1], SIZES[1]),
    (LANGUAGES[0], SCALES[1], THEMES[1], SIZES[1]),
    (LANGUAGES[1], SCALES[1], THEMES[0], SIZES[0]),
    (LANGUAGES[0], SCALES[2], THEMES[0], SIZES[1]),
    (LANGUAGES[1], SCALES[2], THEMES[1], SIZES[0]),
]


def some_views() -> list[View]:
    """Return two views of each state, one small and one large, turned from state to state."""
    return [
        View(state, *MANNERS[(place + turn) % len(MANNERS)])
        for place, state in enumerate(STATES)
        for turn in (0, 3)
    ]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "view" in metafunc.fixturenames:
        views = list(all_views()) if metafunc.config.getoption("--soak") else some_views()
        metafunc.parametrize("view", views, ids=lambda view: view.name)


@pytest.mark.soak
def test_every_page_can_be_read_hit_and_reached(
    stage: Stage, view: View, qapp: QApplication, qtbot: QtBot
) -> None:
    window = stand_up(stage, view)
    qtbot.addWidget(window)
    present(qapp, window, view)
    faults = [
        *find_sight_faults(window, DESK),
        *cut(window),
        *find_tab_faults(window, stage.look),
    ]
    assert faults == []


def test_any_two_choices_of_appearance_meet_in_the_views_of_every_test_run() -> None:
    choices = (LANGUAGES, SCALES, THEMES, SIZES)
    for one, two in itertools.combinations(range(len(choices)), 2):
        met = {(manner[one], manner[two]) for manner in MANNERS}
        assert met == set(itertools.product(choices[one], choices[two]))
