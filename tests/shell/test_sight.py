"""Every face as eyes, hands and the Tab key find it: whole, apart, large, clear and in order.

`make test` shows faces in nine views in which any two choices of language, size, contrast and
screen meet, and each face in three of them, which have every screen, every size, both languages and
both contrasts. `make soak` shows every face in all thirty-six.
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
from tests.helpers.tab_walk import find_tab_faults
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


COVERING: tuple[tuple[int, Sight], ...] = (
    (0, Sight("1920x1080", 1.0, "fr", "light")),
    (1, Sight("1920x1080", 1.25, "fr", "high_contrast")),
    (2, Sight("1920x1080", 1.5, "en", "light")),
    (1, Sight("1366x768", 1.0, "en", "high_contrast")),
    (2, Sight("1366x768", 1.25, "fr", "light")),
    (0, Sight("1366x768", 1.5, "fr", "high_contrast")),
    (2, Sight("1280x1024", 1.0, "fr", "high_contrast")),
    (0, Sight("1280x1024", 1.25, "en", "high_contrast")),
    (1, Sight("1280x1024", 1.5, "en", "light")),
)
"""Nine views, and which third of the faces is shown in each."""
THIRDS = 3


def every_case() -> list[tuple[Sight, list[Sample]]]:
    return [(sight, SAMPLES) for sight in every_sight()]


def covering() -> list[tuple[Sight, list[Sample]]]:
    return [(sight, SAMPLES[third::THIRDS]) for third, sight in COVERING]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "sight" in metafunc.fixturenames:
        cases = every_case() if metafunc.config.getoption("--soak") else covering()
        names = [f"{s.screen}-{s.scale * 100:.0f}-{s.language}-{s.theme}" for s, _ in cases]
        metafunc.parametrize(("sight", "shown"), cases, ids=names)


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
def test_faces_can_be_read_hit_and_reached(
    look: Look, window: Window, show: Show, shown: list[Sample]
) -> None:
    faults = []
    for sample in shown:
        show(sample)
        found = [
            *find_faults(window),
            *find_sight_faults(window, KIOSK),
            *find_tab_faults(window, look),
        ]
        faults += [f"{sample.name}: {fault}" for fault in found]
    assert faults == []


def test_any_two_choices_of_appearance_meet_in_the_views_of_every_test_run() -> None:
    views = [sight for sight, _ in covering()]
    for one, two in itertools.combinations(range(len(Sight._fields)), 2):
        wanted = {(sight[one], sight[two]) for sight in every_sight()}
        assert {(sight[one], sight[two]) for sight in views} == wanted


def test_each_face_is_shown_in_every_choice_of_appearance_in_every_test_run() -> None:
    for sample in SAMPLES:
        views = [sight for sight, shown in covering() if sample in shown]
        for field, wanted in enumerate((SCREENS, SCALES, LANGUAGES, THEMES)):
            assert {sight[field] for sight in views} == set(wanted), sample.name
