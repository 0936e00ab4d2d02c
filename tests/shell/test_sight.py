"""Every face as eyes, hands and the Tab key find it: whole, apart, large, clear and in order.

`make test` shows every state in a set of views in which any two choices of language, size, contrast
and screen meet once; `make soak` shows every state in all of them.
"""

import itertools
from collections.abc import Callable, Iterator
from typing import NamedTuple

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from kiosk.look.guard import Guard
from kiosk.look.language import Language, LanguageCode
from kiosk.look.look import Look
from kiosk.look.token import ThemeName
from kiosk.shell.gallery import (
    LANGUAGES,
    SCALES,
    SCREENS,
    THEMES,
    every_sample,
    settle,
    show_sample,
)
from kiosk.shell.sample import Sample
from kiosk.shell.window import Window
from tests.helpers.fault import KIOSK, find_sight_faults
from tests.helpers.tab_walk import find_ring_faults, find_walk_faults
from tests.shell.conftest import HandClock
from tests.shell.fault import find_faults

SAMPLES = every_sample()


class Sight(NamedTuple):
    """How faces are looked at."""

    screen: str
    scale: float
    language: LanguageCode
    theme: ThemeName


def every_sight() -> list[Sight]:
    return [
        Sight(screen, scale, language, theme)
        for screen, scale, language, theme in itertools.product(SCREENS, SCALES, LANGUAGES, THEMES)
    ]


def covering() -> list[Sight]:
    """Return nine views: each screen in each size, with languages and themes spread over them."""
    return [
        Sight(screen, scale, LANGUAGES[(down + across) % 2], THEMES[(down + across // 2) % 2])
        for (down, screen), (across, scale) in itertools.product(
            enumerate(SCREENS), enumerate(SCALES)
        )
    ]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "sight" in metafunc.fixturenames:
        sights = every_sight() if metafunc.config.getoption("--soak") else covering()
        names = [f"{s.screen}-{s.scale * 100:.0f}-{s.language}-{s.theme}" for s in sights]
        metafunc.parametrize("sight", sights, ids=names)


Show = Callable[[Sample], None]


@pytest.fixture
def window(qapp: QApplication, look: Look, clock: HandClock, sight: Sight) -> Iterator[Window]:
    language = Language(sight.language)
    look.use(name=sight.theme, text_scale=sight.scale)
    guard = Guard(qapp, look.tokens.behaviour, clock)
    # Nothing is swallowed: here no hand presses twice by accident.
    qapp.removeEventFilter(guard)
    window = Window(look, language, guard, clock)
    window.resize(SCREENS[sight.screen])
    window.show()
    window.activateWindow()
    settle(qapp)
    yield window
    window.close()
    window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture
def show(qapp: QApplication, look: Look, window: Window, sight: Sight) -> Show:
    """Show a sample as the visitor has chosen; the end of a visit forgets what he chose."""

    def choose() -> None:
        look.use(name=sight.theme, text_scale=sight.scale)
        window._outfit.language.use(sight.language)
        settle(qapp)

    def show_one(sample: Sample) -> None:
        window.questions.close_all()
        choose()
        show_sample(window, sample)
        settle(qapp)
        choose()

    return show_one


@pytest.mark.soak
def test_every_face_can_be_read_hit_and_reached(look: Look, window: Window, show: Show) -> None:
    faults = []
    for sample in SAMPLES:
        show(sample)
        found = [
            *find_faults(window),
            *find_sight_faults(window, KIOSK),
            *find_walk_faults(window),
            *find_ring_faults(window, look),
        ]
        faults += [f"{sample.name}: {fault}" for fault in found]
    assert faults == []


def test_any_two_choices_of_appearance_meet_in_the_views_of_every_test_run() -> None:
    fields = range(len(Sight._fields))
    for one, two in itertools.combinations(fields, 2):
        wanted = {(sight[one], sight[two]) for sight in every_sight()}
        assert {(sight[one], sight[two]) for sight in covering()} == wanted
