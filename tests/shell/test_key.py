"""The visitor's USB keys on screen: shown, opened, let go of, and not forgotten."""

from msgspec.structs import replace
from PySide6.QtWidgets import QApplication

from kiosk.rules.usbkey import OPEN_KEY
from kiosk.shell.face import Face
from kiosk.shell.goodbye_page import GoodbyePage
from kiosk.shell.sample import goodbye, session
from kiosk.wire.face import LaunchAsked, Snapshot
from kiosk.wire.goodbye import GoodbyeFace
from kiosk.wire.keyface import KeyRemovalAsked, KeysFace
from tests.shell.conftest import HOW, Desk

APPLICATIONS = ("internet", "files")


def with_keys(applications: tuple[str, ...] = APPLICATIONS, **counts: int) -> Snapshot:
    return session(47, applications=applications, keys=KeysFace(**counts))


def leave(*, writing: bool = False) -> Snapshot:
    face = GoodbyeFace(programs_closed=True, clean=True, key_left=True, key_writing=writing)
    return replace(goodbye(closed=True, clean=True), goodbye=face)


@HOW
def test_an_open_key_is_a_tile_that_shows_it(desk: Desk, how: str) -> None:
    desk.show(with_keys(ready=1))
    assert list(desk.home().tiles.tiles) == ["internet", "files", OPEN_KEY, "help"]
    desk.use(desk.home().tiles.tiles[OPEN_KEY], how)
    assert desk.wishes == [LaunchAsked(application=OPEN_KEY)]


@HOW
def test_a_button_lets_go_of_the_key(desk: Desk, how: str) -> None:
    desk.show(with_keys(ready=1))
    desk.use(desk.home().remove, how)
    assert desk.wishes == [KeyRemovalAsked()]


def test_without_a_file_manager_a_key_can_still_be_let_go_of(desk: Desk) -> None:
    desk.show(with_keys(("internet",), ready=1))
    assert OPEN_KEY not in desk.home().tiles.tiles
    assert desk.home().remove.isVisible()


def test_what_cannot_be_let_go_of_has_no_button(desk: Desk) -> None:
    for keys in (
        KeysFace(leaving=1),
        KeysFace(out=1),
        KeysFace(unreadable=1),
        KeysFace(earlier=1),
    ):
        desk.show(session(47, applications=APPLICATIONS, keys=keys))
        assert desk.home().key.isVisible()
        assert not desk.home().remove.isVisible()
        assert OPEN_KEY not in desk.home().tiles.tiles
    desk.show(with_keys())
    assert not desk.home().key.isVisible()


def test_the_most_urgent_is_said_and_a_stranger_only_to_whoever_has_no_key(desk: Desk) -> None:
    desk.show(with_keys(ready=1, earlier=1))
    assert "ouverte" in desk.home().key.plain()
    desk.show(with_keys(busy=1, ready=1))
    assert "encore utilisée" in desk.home().key.plain()
    desk.show(with_keys(earlier=1))
    assert "rebranchez-la" in desk.home().key.plain()


def test_the_keyboard_stays_on_its_tile_when_a_key_comes_and_goes(desk: Desk) -> None:
    desk.show(with_keys())
    tiles = desk.home().tiles
    tiles.tiles["help"].setFocus()
    desk.show(with_keys(ready=1))
    assert QApplication.focusWidget() is tiles.tiles["help"]
    tiles.tiles[OPEN_KEY].setFocus()
    desk.show(with_keys())
    assert QApplication.focusWidget() is tiles.tiles["internet"]


def test_the_keyboard_does_not_vanish_with_the_button(desk: Desk) -> None:
    desk.show(with_keys(ready=1))
    desk.home().remove.setFocus()
    desk.show(with_keys(leaving=1))
    assert QApplication.focusWidget() is desk.home().tiles.tiles["internet"]


def test_a_press_meant_for_a_tile_that_has_moved_is_swallowed(desk: Desk) -> None:
    desk.show(with_keys())
    desk.show(with_keys(ready=1), rest=0.1)
    desk.use(desk.home().tiles.tiles[OPEN_KEY], "click")
    assert desk.wishes == []
    desk.clock.now += 10
    desk.use(desk.home().tiles.tiles[OPEN_KEY], "click")
    assert desk.wishes == [LaunchAsked(application=OPEN_KEY)]


def test_whoever_goes_is_reminded_of_the_key_that_is_plugged_in(desk: Desk) -> None:
    desk.show(leave())
    page = desk.window.page(Face.GOODBYE)
    assert isinstance(page, GoodbyePage)
    spoken = " ".join(page.spoken())
    assert "Pensez à reprendre votre clé USB." in spoken
    desk.show(leave(writing=True))
    spoken = " ".join(page.spoken())
    assert "Pensez" not in spoken
    assert "Attendez un instant avant de reprendre votre clé USB." in spoken
    desk.show(goodbye(closed=True, clean=True))
    assert "branchée" not in " ".join(page.spoken())


def test_what_changes_of_a_key_is_announced_once(desk: Desk) -> None:
    said: list[str] = []
    desk.window.announcer.announced.connect(lambda text, _urgent: said.append(text))
    desk.show(with_keys())
    desk.show(with_keys(ready=1))
    desk.show(with_keys(ready=1))
    desk.show(with_keys(out=1))
    assert [text for text in said if "clé" in text] == [
        "Votre clé USB est ouverte. Appuyez ici avant de la débrancher.",
        "Vous pouvez retirer votre clé USB.",
    ]


@HOW
def test_on_a_small_page_one_line_leads_back_to_the_programs_and_lets_go_of_the_key(
    desk: Desk, how: str
) -> None:
    desk.window.resize(1366, 768)
    desk.show(session(10, keys=KeysFace(ready=1), running_applications=2))
    home = desk.home()
    assert not home.running.isVisible()
    desk.use(home.remove, how)
    assert desk.wishes == [KeyRemovalAsked()]
    desk.clock.now += 10
    desk.use(home.back, how)
    assert desk.face() is Face.PROGRAM


def test_what_has_the_keyboard_stays_in_view_when_a_key_comes(desk: Desk) -> None:
    desk.window.resize(1366, 768)
    desk.show(with_keys())
    tiles = desk.home().tiles
    tiles.tiles["help"].setFocus()
    desk.show(with_keys(ready=1))
    QApplication.processEvents()
    assert QApplication.focusWidget() is tiles.tiles["help"]
    assert not tiles.tiles["help"].visibleRegion().isEmpty()
