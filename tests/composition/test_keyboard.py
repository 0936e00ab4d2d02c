"""A visit by keys alone, through the real brain, gate and journal, to a hub on a socket."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kiosk.shell.face import Face
from kiosk.shell.question import Question
from kiosk.shell.window import Window
from kiosk.wire.event import SlotEnded, SlotOpened, SlotWiped
from tests.composition.conftest import Begin
from tests.composition.hub import StationHub
from tests.composition.visit import SIGN_IN, wait_for
from tests.helpers.keyboard import Keyboard

CODE = "4718"
"""No key twice: within 300 ms the second press would count as a tremor."""


def question(window: Window) -> Question | None:
    return window.questions.current


def test_a_visit_by_keys_from_the_card_to_the_goodbye(
    begin: Begin, window: Window, hub: StationHub, qtbot: QtBot
) -> None:
    window.show()
    window.activateWindow()
    begin()
    keyboard = Keyboard(window)
    wait_for(window, Face.LOCK, qtbot)
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    assert keyboard.sees_place()

    keyboard.go_to("English")
    keyboard.press(Qt.Key.Key_Left)
    keyboard.go_to("Texte normal")
    keyboard.press(Qt.Key.Key_Right)
    keyboard.press(Qt.Key.Key_Left)

    keyboard.go_to("Numéro de carte")
    keyboard.type(SIGN_IN.card)
    keyboard.press(Qt.Key.Key_Return)
    assert keyboard.here().startswith("Code secret")
    keyboard.type(CODE)
    keyboard.press(Qt.Key.Key_Return)
    wait_for(window, Face.HOME, qtbot)
    qtbot.waitUntil(lambda: bool(hub.facts(SlotOpened)))
    assert keyboard.sees_place()

    keyboard.press(Qt.Key.Key_F1)
    assert keyboard.here() == "Retour"
    keyboard.press(Qt.Key.Key_Return)
    keyboard.use("Affichage")
    assert question(window) is Question.DISPLAY
    keyboard.press(Qt.Key.Key_Escape)
    assert question(window) is None

    keyboard.use("Terminer")
    assert question(window) is Question.ENDING
    assert keyboard.here() == "Continuer"
    keyboard.press(Qt.Key.Key_Escape)
    assert question(window) is None
    assert not hub.facts(SlotEnded)

    keyboard.use("Terminer")
    keyboard.press(Qt.Key.Key_Tab)
    keyboard.press(Qt.Key.Key_Return)
    wait_for(window, Face.GOODBYE, qtbot)
    qtbot.waitUntil(lambda: bool(hub.facts(SlotWiped)), timeout=10_000)
    qtbot.waitUntil(keyboard.sees_place)
