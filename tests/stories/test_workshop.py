"""A workshop by keys alone: a trainer writes it, opens a real workstation for it, and ends it."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from admin_console.desk.composition import make_window, read_options
from admin_console.desk.models.freshness import Freshness
from admin_console.desk.pages.workshop_page import WorkshopPage
from admin_console.desk.window import DeskWindow
from tests.stories.desk_day import Hands
from tests.stories.house import ROOM, House, Kiosk

ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
TAB, ENTER, SPACE = Qt.Key.Key_Tab, Qt.Key.Key_Return, Qt.Key.Key_Space
DOWN, RIGHT = Qt.Key.Key_Down, Qt.Key.Key_Right
SEAT = 7
LEAST = timedelta(minutes=40)


@pytest.fixture
def window(
    house: House, kiosk: Kiosk, qapp: QApplication, qtbot: QtBot, tmp_path: Path
) -> Iterator[DeskWindow]:
    hub = f"http://127.0.0.1:{house.port}"
    options = read_options(["--hub", hub, "--settings", str(tmp_path / "desk.ini")])
    window = make_window(qapp, options)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    yield window
    window._desk.stop()
    window.hide()
    qapp.removeEventFilter(window._guard)
    window.deleteLater()
    qapp.setStyleSheet("")


def sign_in(hands: Hands, window: DeskWindow, house: House) -> WorkshopPage:
    hands.type("admin")
    hands.press(TAB)
    hands.type(house._password)
    hands.press(ENTER)
    hands.until(lambda: window._house is not None)
    hands.until(lambda: window._desk.freshness[0] is Freshness.LIVE)
    desk = window._house
    assert desk is not None
    page = next(one for one in desk.pages if isinstance(one, WorkshopPage))
    hands.press(Qt.Key(Qt.Key.Key_1.value + desk.pages.index(page)), ALT)
    assert desk.shown is page
    hands.press(TAB)
    hands.press(Qt.Key.Key_Home)
    hands.walk_to("Médiathèque du Trapèze", DOWN)
    hands.press(ENTER)
    assert page.room_id == ROOM
    return page


def test_a_trainer_writes_a_workshop_opens_its_seat_and_ends_it_by_keys(
    window: DeskWindow, house: House, kiosk: Kiosk, qtbot: QtBot
) -> None:
    now = datetime.now(ZoneInfo("Europe/Paris"))
    if (now + LEAST).date() != now.date():
        pytest.skip("no workshop of today fits before midnight")
    hands = Hands(window, qtbot)
    page = sign_in(hands, window, house)

    # A workshop of today and one a week later, on seat 7.
    hands.walk_to("Nouvel atelier")
    hands.press(ENTER)
    assert hands.is_at(page.box.editor.title.edit)
    hands.type("Premiers pas")
    hands.press(TAB)
    hands.press(Qt.Key.Key_A, CTRL)
    hands.type(f"{now.hour}:{now.minute:02d}")
    hands.press(TAB)
    hands.press(Qt.Key.Key_A, CTRL)
    hands.type("minuit")
    hands.press(TAB)
    assert hands.name == "Toute la salle"
    hands.walk_to("Poste 7", RIGHT)
    hands.press(SPACE)
    hands.walk_to("Premier jour")
    hands.press(Qt.Key.Key_A, CTRL)
    hands.type(f"{now:%d/%m/%Y}")
    hands.press(TAB)
    hands.press(Qt.Key.Key_A, CTRL)
    hands.type("1")
    hands.walk_to("Et un de plus, une semaine après")
    hands.press(SPACE)
    hands.press(TAB)
    hands.press(ENTER)
    assert len(page.box.dates.lines) == 2
    hands.press(Qt.Key.Key_S, CTRL)
    hands.until(lambda: page.plan is None)
    assert page.box.notice.plain().startswith("C’est enregistré.")
    hands.until(lambda: len(page.cards.cards) == 1)
    hands.until(lambda: hands.name.startswith("Premiers pas, Atelier, 2 dates"))

    # The seat shows it, and is opened without a card.
    kiosk.wait_for_face("workshop")
    hands.walk_to("Ouvrir le poste")
    hands.press(ENTER)
    (card,) = page.cards.cards.values()
    hands.until(lambda: card.marks[0].words.plain().endswith("ouvert"))
    opened = house.seat(SEAT).slot
    assert opened is not None
    assert opened.series_id is not None
    kiosk.wait_for_face("session")
    assert hands.is_at(card.end)

    # Everybody ends, once the trainer is sure.
    hands.press(ENTER)
    assert hands.is_at(page.cards.sure.stay)
    hands.press(TAB)
    hands.press(ENTER)
    hands.until(lambda: card.marks[0].words.plain().endswith("enregistre, puis se ferme"))
    kiosk.wait_for_face("grace")
    ended = house.seat(SEAT).slot
    assert ended is not None
    assert ended.in_grace
