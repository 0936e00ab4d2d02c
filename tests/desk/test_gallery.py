"""Every page in every state: named, within its window, reached by the Tab key in reading order."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from admin_console.desk.gallery import SIZES, View, stand_up, take_pictures
from admin_console.desk.gallery_state import STATES, Stage
from kiosk.look.language import LanguageCode
from tests.helpers.spoken import nameless


def shown(stage: Stage, view: View, qtbot: QtBot) -> QWidget:
    window = stand_up(stage, view)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitExposed(window)
    QApplication.processEvents()
    return window


def scrolls(widget: QWidget) -> bool:
    step = widget.parentWidget()
    while step is not None:
        if isinstance(step, QScrollArea):
            return True
        step = step.parentWidget()
    return False


def cut(window: QWidget) -> list[str]:
    """Return the texts that do not have the room they need."""
    lost = []
    for widget in window.findChildren(QWidget):
        if not widget.isVisible() or not isinstance(widget, QLabel | QAbstractButton):
            continue
        need, has = widget.minimumSizeHint(), widget.size()
        text = widget.accessibleName() or widget.text()
        tall = need.height() > has.height() and not scrolls(widget)
        if text and (need.width() > has.width() or tall):
            lost.append(f"{type(widget).__name__} {text!r}: {need.toTuple()} in {has.toTuple()}")
        corner = widget.mapTo(window, QPoint(widget.width(), 0))
        if corner.x() > window.width():
            lost.append(f"{type(widget).__name__} {text!r} stands outside")
    return lost


@pytest.mark.parametrize("name", STATES)
def test_every_control_has_a_name(stage: Stage, name: str, qtbot: QtBot) -> None:
    assert nameless(shown(stage, View(name), qtbot)) == []


@pytest.mark.parametrize(("code", "size"), [("fr", SIZES[0]), ("fr", SIZES[1]), ("en", SIZES[1])])
@pytest.mark.parametrize("name", STATES)
def test_no_word_is_cut(
    stage: Stage, name: str, code: LanguageCode, size: tuple[int, int], qtbot: QtBot
) -> None:
    assert cut(shown(stage, View(name, code, size=size), qtbot)) == []


@pytest.mark.parametrize(
    "name",
    ["sign-in", "live-busy", "live-list", "live-waiting", "seat-harmless", "seat-help"],
)
def test_the_tab_key_follows_the_eye(stage: Stage, name: str, qtbot: QtBot) -> None:
    window = shown(stage, View(name), qtbot)
    stops: list[QWidget] = []
    step = window.nextInFocusChain()
    while step is not None and step is not window:
        takes_tab = bool(step.focusPolicy().value & Qt.FocusPolicy.TabFocus.value)
        if takes_tab and step.isVisible() and step.isEnabled() and step.focusProxy() is None:
            stops.append(step)
        step = step.nextInFocusChain()
    places = [areas(window, stop) for stop in stops]
    assert places == sorted(places), [(type(s).__name__, s.accessibleName()) for s in stops]


def areas(window: QWidget, stop: QWidget) -> tuple[int, ...]:
    """Return where a stop comes in reading order: rail, bar, sites, middle, panel; then down."""
    place = stop.mapTo(window, QPoint(0, 0))
    x, y = place.x(), place.y()
    middle = y + stop.height() // 2
    if window.findChild(QWidget, "rail") is None:
        # The way in: the form, then nothing beside it.
        return (0, middle)
    if x < 104:
        return (0, middle)
    if y < 64:
        return (1, x)
    if x < 104 + 264:
        return (2, middle)
    panel = 1440 - 336
    if x >= panel:
        return (4, middle // 24, x)
    return (3, middle // 24, x)


def test_the_gallery_draws_pictures(stage: Stage, qapp: QApplication, tmp_path: Path) -> None:
    views = [View("sign-in"), View("seat-harmless", theme="high_contrast", scale=1.5)]
    paths = list(take_pictures(qapp, stage, tmp_path, views))
    assert [path.name for path in paths] == [
        "sign-in_fr_100_1440x900.png",
        "seat-harmless_fr_150_1440x900_contrast.png",
    ]
    assert all(path.stat().st_size > 10_000 for path in paths)
