"""Rehearsals of languages to come: longer words, and reading from right to left."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from kiosk.look.button import Button
from kiosk.look.guard import Guard
from kiosk.look.keypad import ROWS, Keypad
from kiosk.look.language import Language
from kiosk.look.look import Look
from kiosk.look.station_card import StationCard, StationFace
from kiosk.look.tile import Tile
from kiosk.look.words import Words
from kiosk.rules.seat import SeatState
from kiosk.shell.face import Face
from kiosk.shell.gallery import SCREENS, settle, show_sample
from kiosk.shell.home_page import HomePage
from kiosk.shell.lock_page import LockPage
from kiosk.shell.sample import Sample, lock, session
from kiosk.shell.sample_page import samples
from kiosk.shell.window import Window
from tests.helpers.fault import KIOSK, find_sight_faults
from tests.helpers.picture import Picture
from tests.helpers.pseudo import PseudoLanguage, lengthen
from tests.helpers.sight import seen_texts
from tests.helpers.tab_walk import find_walk_faults
from tests.shell.conftest import HandClock
from tests.shell.fault import find_faults

Make = Callable[[Language, str], Window]


@pytest.fixture
def make(qapp: QApplication, look: Look, clock: HandClock) -> Iterator[Make]:
    made: list[Window] = []

    def make_one(language: Language, screen: str) -> Window:
        guard = Guard(qapp, look.tokens.behaviour, clock)
        qapp.removeEventFilter(guard)
        window = Window(look, language, guard, clock)
        made.append(window)
        window.resize(SCREENS[screen])
        window.show()
        window.activateWindow()
        settle(qapp)
        return window

    yield make_one
    for window in made:
        window.close()
        window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture
def from_right_to_left(qapp: QApplication) -> Iterator[None]:
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    yield
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Let each screen show a third of the faces, and all of them in `make soak`."""
    if "shown" in metafunc.fixturenames:
        thirds = 1 if metafunc.config.getoption("--soak") else len(SCREENS)
        cases = [(screen, samples()[n % thirds :: thirds]) for n, screen in enumerate(SCREENS)]
        metafunc.parametrize(("screen", "shown"), cases, ids=SCREENS)


def faults_of(qapp: QApplication, window: Window, shown: list[Sample]) -> list[str]:
    faults = []
    for sample in shown:
        window.questions.close_all()
        show_sample(window, sample)
        settle(qapp)
        settle(qapp)
        found = [
            *find_faults(window),
            *find_sight_faults(window, KIOSK),
            *find_walk_faults(window),
        ]
        faults += [f"{sample.name}: {fault}" for fault in found]
    return faults


def test_a_longer_sentence_keeps_its_places_and_grows_by_two_fifths() -> None:
    told = lengthen("You have %(duration)s to <b>save</b> your work, before the room closes.")
    assert "%(duration)s" in told
    assert "<b>" in told
    plain = "Everything is erased at the end of your session"
    assert 1.3 < len(lengthen(plain)) / len(plain) < 1.45


@pytest.mark.soak
def test_nothing_is_cut_in_a_language_with_longer_words(
    qapp: QApplication, make: Make, screen: str, shown: list[Sample]
) -> None:
    assert faults_of(qapp, make(PseudoLanguage("fr"), screen), shown) == []


@pytest.mark.usefixtures("from_right_to_left")
@pytest.mark.soak
def test_nothing_is_cut_and_the_order_of_reading_turns_from_right_to_left(
    qapp: QApplication, make: Make, screen: str, shown: list[Sample]
) -> None:
    assert faults_of(qapp, make(Language("fr"), screen), shown) == []


def left_of(widget: QWidget, window: QWidget) -> int:
    return widget.mapTo(window, QPoint(0, 0)).x()


@pytest.mark.usefixtures("from_right_to_left")
def test_columns_turn_and_digits_do_not(qapp: QApplication, make: Make) -> None:
    window = make(Language("fr"), "1920x1080")
    window.show_snapshot(lock())
    settle(qapp)
    page = window.page(Face.LOCK)
    assert isinstance(page, LockPage)
    pad = page.form.pad
    assert left_of(page.column, window) > left_of(page.form, window)
    assert left_of(page.form.card, window) > left_of(pad, window)
    assert left_of(page.tools.call, window) < left_of(page.tools.language, window)
    for names in ROWS:
        places = [left_of(pad.keys[name], window) for name in names]
        assert places == sorted(places)


@pytest.mark.usefixtures("from_right_to_left")
def test_a_tile_begins_at_the_right(qapp: QApplication, make: Make) -> None:
    window = make(Language("fr"), "1920x1080")
    window.show_snapshot(session(47))
    settle(qapp)
    window.fade.finish()
    page = window.page(Face.HOME)
    assert isinstance(page, HomePage)
    tile = next(iter(page.tiles.tiles.values()))
    assert isinstance(tile, Tile)
    title = next(seen for seen in seen_texts(window) if seen.text == tile.text())
    middle = left_of(tile, window) + tile.width() / 2
    assert title.rect.center().x() > middle
    plate = Picture(tile)
    assert plate.pixel(tile.width() - 60, 60) != plate.pixel(60, 60)


@pytest.mark.parametrize("wrap", [True, False])
def test_lines_begin_at_the_right(look: Look, qtbot: QtBot, wrap: bool) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    holder.resize(600, 100)
    words = Words(look, "Bonjour", wrap=wrap, parent=holder)
    words.resize(600, 60)
    holder.show()
    (seen,) = seen_texts(holder)
    assert seen.rect.left() < 10
    holder.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    (seen,) = seen_texts(holder)
    assert seen.rect.right() > 590


def test_an_arrow_looks_the_other_way_and_stands_on_the_other_side(
    look: Look, qtbot: QtBot
) -> None:
    pictures = []
    for direction in (Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft):
        button = Button(look, "", icon="arrow-right")
        button.setLayoutDirection(direction)
        qtbot.addWidget(button)
        button.resize(120, 72)
        button.show()
        image = button.grab().toImage()
        pictures.append(image)
    assert pictures[0] != pictures[1]
    plain = []
    for direction in (Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft):
        button = Button(look, "Ouvrir", icon="log-in")
        button.setLayoutDirection(direction)
        qtbot.addWidget(button)
        button.resize(240, 72)
        button.show()
        holder = _held(button, qtbot)
        (seen,) = seen_texts(holder)
        plain.append(seen.rect.center().x())
    assert plain[0] > plain[1]


def _held(widget: QWidget, qtbot: QtBot) -> QWidget:
    """Return a window around a widget."""
    holder = QWidget()
    qtbot.addWidget(holder)
    holder.resize(400, 200)
    direction = widget.layoutDirection()
    widget.setParent(holder)
    widget.setLayoutDirection(direction)
    holder.show()
    widget.show()
    return holder


@pytest.mark.usefixtures("from_right_to_left")
def test_a_station_card_writes_nothing_over_its_badge(
    look: Look, language: Language, qtbot: QtBot
) -> None:
    card = StationCard(look, language)
    card.show_station(StationFace("7", SeatState.IN_USE, "47 min", "fin 15 h 19", 0.5))
    holder = _held(card, qtbot)
    number = next(seen for seen in seen_texts(holder) if seen.text == "7")
    assert number.rect.center().x() > card.width() / 2


def test_the_pad_keeps_its_direction(look: Look, language: Language, clock: HandClock) -> None:
    pad = Keypad(look, language, clock)
    pad.setParent(None)
    assert pad.layoutDirection() == Qt.LayoutDirection.LeftToRight
