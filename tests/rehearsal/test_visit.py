"""The keys of the played visit lead where they should, however many tiles the home has."""

import itertools
from collections.abc import Iterator, Sequence

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from admin_console.rehearsal.visit import (
    FROM_FIRST_TILE_TO_END,
    FROM_FIRST_TILE_TO_RENEW,
    FROM_GO_ON_TO_END,
)
from kiosk.look.guard import Guard
from kiosk.look.language import Language
from kiosk.look.look import Look
from kiosk.look.theme import Theme
from kiosk.look.token import load_tokens
from kiosk.shell import sample
from kiosk.shell.face import Face
from kiosk.shell.home_page import HomePage
from kiosk.shell.sample_credit import CREDIT, NONE, with_credit
from kiosk.shell.window import Window
from kiosk.wire.creditface import CreditFace
from kiosk.wire.face import Snapshot

KEYS = {"Tab": Qt.Key.Key_Tab, "shift+Tab": Qt.Key.Key_Backtab}
APPLICATIONS: list[tuple[str, ...]] = [(), ("internet",), ("internet", "writer", "files")]


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication) -> Iterator[Window]:
    look = Look(qapp, Theme(load_tokens()))
    # The hands are slow: each key comes a second after the one before.
    seconds = itertools.count(1000.0)
    guard = Guard(qapp, look.tokens.behaviour, lambda: next(seconds))
    made = Window(look, Language("fr"), guard)
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    made.activateWindow()
    yield made
    qapp.removeEventFilter(guard)


def session(minutes: float, applications: tuple[str, ...], credit: CreditFace = CREDIT) -> Snapshot:
    """Return the home where credit is sold, as in the room of the visit."""
    shown = with_credit(sample.windowed(sample.session(minutes)), credit)
    assert shown.session is not None
    return replace(shown, session=replace(shown.session, applications=applications))


def press(qtbot: QtBot, keys: Sequence[str]) -> QWidget:
    for key in keys:
        focused = QApplication.focusWidget()
        assert focused is not None
        QTest.keyClick(focused, KEYS[key])
        qtbot.wait(0)
    focused = QApplication.focusWidget()
    assert focused is not None
    return focused


@pytest.mark.parametrize("credit", [CREDIT, NONE], ids=["own card", "no card"])
@pytest.mark.parametrize("applications", APPLICATIONS)
def test_the_keys_lead_to_renew_and_to_end(
    qtbot: QtBot, window: Window, applications: tuple[str, ...], credit: CreditFace
) -> None:
    window.show_snapshot(session(55, applications, credit))
    home = window.page(Face.HOME)
    assert isinstance(home, HomePage)
    window.show_snapshot(session(9.5, applications, credit))
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)

    home.tiles.focus_first()
    assert press(qtbot, FROM_FIRST_TILE_TO_RENEW) is home.line.renew

    window.show_snapshot(session(55, applications, credit))
    home.tiles.focus_first()
    assert press(qtbot, FROM_FIRST_TILE_TO_END) is home.time.end


def test_from_going_on_to_the_end_is_one_step() -> None:
    assert FROM_GO_ON_TO_END == ("Tab",)
