"""A working day at the desk without a mouse: the real hub, stations that obey, and keys alone."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from admin_console.desk.composition import make_window, read_options
from admin_console.desk.models.freshness import Freshness
from admin_console.desk.pages.live_page import LivePage
from admin_console.desk.window import DeskWindow
from tests.stories.desk_day import Hands, Stations
from tests.stories.house import House

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
TAB, ENTER, ESCAPE = Qt.Key.Key_Tab, Qt.Key.Key_Return, Qt.Key.Key_Escape
SEVENTH, THIRD = "trapeze.salle.07", "trapeze.salle.03"


@pytest.fixture
def stations(house: House) -> Iterator[Stations]:
    """Somebody sits at seat 7; at seat 3 somebody calls for help."""
    made = Stations(house)
    made.place(7, house.members[0])
    made.place(3, house.members[1], calls=True)
    made.start()
    yield made
    made.stop()


@pytest.fixture
def window(
    house: House, stations: Stations, qapp: QApplication, qtbot: QtBot, tmp_path: Path
) -> Iterator[DeskWindow]:
    hub = f"http://127.0.0.1:{house.port}"
    options = read_options(["--hub", hub, "--settings", str(tmp_path / "desk.ini")])
    window = make_window(qapp, options)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    yield window
    window.close()
    qapp.removeEventFilter(window._guard)
    window.deleteLater()
    qapp.setStyleSheet("")


def said(page: LivePage) -> list[str]:
    return [line.accessibleName() for line in page.panel.commands.lines.values()]


def test_a_whole_day_goes_by_keys_alone(window: DeskWindow, house: House, qtbot: QtBot) -> None:
    hands = Hands(window, qtbot)

    # In.
    assert hands.name == "Nom"
    hands.type("admin")
    hands.press(TAB)
    hands.type(house._password)
    hands.press(ENTER)
    hands.until(lambda: window.page is not None)
    page = window.page
    assert page is not None
    hands.until(lambda: window._desk.freshness[0] is Freshness.LIVE)
    assert hands.name == "Carte, ticket ou poste"

    # From site to site, and back to the library.
    hands.press(Qt.Key.Key_F6)
    first = page.site_id
    hands.press(Qt.Key.Key_Down)
    hands.press(ENTER)
    assert page.site_id != first
    assert hands.is_at(page.sites.cards[page.site_id])
    hands.press(Qt.Key.Key_Home)
    hands.walk_to("Médiathèque du Trapèze", Qt.Key.Key_Down)
    hands.press(ENTER)
    assert page.site_id == "trapeze"

    # A room, a seat.
    hands.until(lambda: house.seat(7).slot is not None)
    hands.press(Qt.Key.Key_F6)
    hands.walk_to("Poste ")
    hands.press(Qt.Key.Key_Home)
    hands.walk_to("Poste 7,", Qt.Key.Key_Right)
    hands.until(lambda: "occupé" in hands.name)
    hands.press(ENTER)
    assert page.seat_id == SEVENTH
    assert hands.is_at(page.view.floor.cards[SEVENTH])

    # A message.
    hands.walk_to("Envoyer un message")
    hands.press(ENTER)
    hands.type("Bonjour, la salle ferme.")
    hands.press(ENTER, CTRL)
    assert hands.name.startswith("Envoyer un message")
    hands.until(lambda: any("Message" in line for line in said(page)))

    # More time, after reading whom it delays.
    hands.press(TAB)
    assert hands.name == "15 minutes de plus"
    hands.press(Qt.Key.Key_Right)
    assert hands.name == "30 minutes de plus"
    hands.until(page.panel.acts.confirm.isEnabled)
    assert "personne" in page.panel.outlook.plain()
    hands.press(TAB)
    assert hands.name.startswith("Prolonger jusqu’à")
    hands.press(ENTER)
    hands.until(lambda: slot_seconds(house) == 3600 + 1800)
    assert hands.name == "30 minutes de plus"

    # Which computer is it?
    hands.walk_to("Identifier")
    hands.press(ENTER)
    hands.until(lambda: any("Identifi" in line for line in said(page)))
    assert hands.name == "Identifier"

    # Out of order, and back.
    hands.walk_to("En panne…")
    hands.press(ENTER)
    hands.type("clavier")
    hands.press(ENTER, CTRL)
    hands.until(lambda: house.seat(7).out_of_order == "clavier")
    hands.until(lambda: hands.name == "Remise en service")
    hands.press(ENTER)
    hands.until(lambda: house.seat(7).out_of_order is None)
    hands.until(lambda: hands.name == "En panne…")

    # The end asks first; Escape leads back, and nothing has happened.
    hands.walk_to("Terminer…")
    hands.press(ENTER)
    assert hands.name == "La laisser continuer"
    hands.press(ESCAPE)
    assert hands.name == "Terminer…"
    assert slot_seconds(house) is not None
    hands.press(ENTER)
    hands.press(TAB)
    assert hands.name == "Terminer la session"
    hands.press(ENTER)
    hands.until(lambda: slot_seconds(house) is None, seconds=40)
    hands.until(lambda: page.panel.state.plain() == "Libre")
    assert page.panel.isAncestorOf(hands.at)
    hands.press(ESCAPE)
    assert page.seat_id == ""
    assert hands.is_at(page.view.floor.cards[SEVENTH])

    # The same as a list.
    hands.press(Qt.Key.Key_Backtab, SHIFT)
    assert hands.name == "Plan"
    hands.press(Qt.Key.Key_Right)
    assert hands.name == "Liste"
    hands.press(TAB)
    assert hands.is_at(page.view.table)
    hands.press(Qt.Key.Key_Home, CTRL)
    hands.press(Qt.Key.Key_Down)
    hands.press(ENTER)
    assert page.seat_id == "trapeze.salle.02"
    hands.press(ESCAPE)
    assert hands.is_at(page.view.table)

    # A number, from wherever one is.
    hands.type("3")
    assert hands.name == "Carte, ticket ou poste"
    hands.press(ENTER)
    assert page.seat_id == THIRD
    hands.press(ESCAPE)
    assert hands.is_at(page.view.table)

    # Somebody calls.
    hands.until(lambda: house.seat(3).help_asked_at is not None)
    hands.until(lambda: any(line.action for line in page.overview.lines))
    hands.walk_to("J’y vais")
    hands.press(ENTER)
    hands.until(lambda: house.seat(3).help_asked_at is None)
    hands.until(lambda: not any(line.action for line in page.overview.lines))

    # Larger text, and out.
    hands.walk_to("En direct", Qt.Key.Key_F6)
    hands.walk_to("Affichage")
    hands.press(ENTER)
    assert hands.name == "Fermer"
    hands.press(ESCAPE)
    assert hands.name == "Affichage"
    hands.walk_to("Quitter et se déconnecter")
    hands.press(ENTER)
    assert window.page is None
    assert hands.is_at(window.sign_in.password.edit)


def slot_seconds(house: House) -> int | None:
    slot = house.seat(7).slot
    return slot.total_seconds if slot is not None else None
