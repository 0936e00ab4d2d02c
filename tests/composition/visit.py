"""What a visitor of the workstation under test does and sees."""

from pytestqt.qtbot import QtBot

from kiosk.shell.face import Face
from kiosk.shell.window import Window
from kiosk.wire.event import SlotOpened
from kiosk.wire.face import SignInAsked, Wish
from tests.composition.hub import StationHub

SIGN_IN = SignInAsked(card="20481000012345", pin="4711")


def wait_for(window: Window, face: Face, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: window.face is face, timeout=15_000)


def wish(window: Window, wished: Wish) -> None:
    window.wished.emit(wished)


def sit(window: Window, hub: StationHub, qtbot: QtBot) -> str:
    """Sign in with a card; return the slot's id once the hub has heard of it."""
    wait_for(window, Face.LOCK, qtbot)
    wish(window, SIGN_IN)
    wait_for(window, Face.HOME, qtbot)
    qtbot.waitUntil(lambda: bool(hub.facts(SlotOpened)))
    opened = hub.facts(SlotOpened)[-1]
    assert isinstance(opened, SlotOpened)
    return opened.slot_id
