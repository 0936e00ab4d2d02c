"""Every page in every state: named, heard, within its window, reached in reading order."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from admin_console.desk.gallery import SIZES, View, stand_up, take_pictures
from admin_console.desk.gallery_state import STATES, Stage
from tests.desk.fault import cut, told_secrets
from tests.helpers.spoken import find_garbage, find_other_names, listen, nameless


def shown(stage: Stage, view: View, qtbot: QtBot) -> QWidget:
    window = stand_up(stage, view)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitExposed(window)
    QApplication.processEvents()
    return window


@pytest.mark.parametrize("name", STATES)
def test_a_page_is_whole_named_and_heard_as_it_is_seen(
    stage: Stage, name: str, qtbot: QtBot
) -> None:
    """One page answers every question, and every fault is told; English is looked at by sight."""
    window = shown(stage, View(name), qtbot)
    parts = listen(window)
    faults = [
        *cut(window),
        *nameless(window),
        *find_garbage(parts),
        *find_other_names(parts),
        *told_secrets(parts, name),
    ]
    window.resize(*SIZES[1])
    QApplication.processEvents()
    faults += [f"narrow: {fault}" for fault in cut(window)]
    assert faults == []


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
