"""*Affichage*: the same choices on the lock and in a session, at once, and forgotten in time."""

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from kiosk.look.button import Button
from kiosk.look.language import Language
from kiosk.look.switch import Switch
from kiosk.shell.display_dialog import DisplayDialog
from kiosk.shell.face import Face
from kiosk.shell.question import Question
from kiosk.shell.sample import base, goodbye, grace, lock, session, windowed
from kiosk.wire.face import Contact, Shown, SignInAsked, Snapshot
from tests.look.key import click
from tests.shell.conftest import HOW, Desk

CARD = "29214545678"
LEFT = Qt.MouseButton.LeftButton
WHERE = pytest.mark.parametrize("where", ["lock", "home", "bar", "grace"])


def arrive(desk: Desk, where: str) -> Button:
    """Show a face and return its *Affichage*."""
    if where == "lock":
        desk.show(lock())
        return desk.lock().tools.display
    if where == "home":
        desk.show(session(47))
        return desk.home().display
    desk.window.want_program()
    desk.show(grace(120) if where == "grace" else session(47, running_applications=1))
    return desk.program().bar.display


def panel(desk: Desk) -> DisplayDialog:
    dialog = desk.window.questions.dialog(Question.DISPLAY)
    assert isinstance(dialog, DisplayDialog)
    return dialog


def open_panel(desk: Desk, where: str, how: str = "click") -> DisplayDialog:
    desk.use(arrive(desk, where), how)
    desk.clock.now += 1
    return panel(desk)


# ------------------------------------------------------------------------- opening and closing


@HOW
@WHERE
def test_it_hangs_under_its_button_on_every_face_that_has_one(
    desk: Desk, where: str, how: str
) -> None:
    button = arrive(desk, where)
    desk.use(button, how)
    assert desk.question() is Question.DISPLAY
    assert button.isDown()
    below = button.mapTo(desk.window, button.rect().bottomLeft()).y()
    rect = panel(desk).panel.geometry()
    assert desk.window.rect().contains(rect)
    # Where the screen is low it climbs over its button rather than being cut.
    assert rect.top() > below or rect.bottom() >= desk.window.height() - 33


@HOW
@WHERE
def test_close_closes_it_and_the_keyboard_is_where_it_was(desk: Desk, where: str, how: str) -> None:
    dialog = open_panel(desk, where, "keyboard")
    assert QApplication.focusWidget() is dialog.close_button
    desk.use(dialog.close_button, how)
    assert desk.question() is None
    button = desk.window.page(desk.face() or Face.LOCK).display_button()
    assert QApplication.focusWidget() is button
    assert desk.wishes == []


@WHERE
def test_escape_closes_it(desk: Desk, where: str) -> None:
    open_panel(desk, where)
    desk.press(Qt.Key.Key_Escape)
    assert desk.question() is None


def test_it_says_nothing_that_is_not_so(desk: Desk) -> None:
    """Nothing is kept on the card, and calm gestures end where the program's window begins."""
    dialog = open_panel(desk, "bar")
    assert dialog._notice.plain() == "Vos choix sont oubliés à la fin."
    assert dialog.calm.accessibleDescription().startswith("Ici, ")


# --------------------------------------------------------------------------------- the choices


@HOW
@WHERE
@pytest.mark.parametrize("name", ["calm", "contrast", "reduced"])
def test_a_switch_acts_at_once_and_both_ways(desk: Desk, where: str, how: str, name: str) -> None:
    switch = getattr(open_panel(desk, where), name)
    assert isinstance(switch, Switch)
    display = desk.window.display
    for wanted in (True, False):
        desk.clock.now += 1
        desk.use(switch, how)
        on = {
            "calm": display.is_calm,
            "contrast": display.is_high_contrast,
            "reduced": display.is_reduced,
        }
        assert on == {**dict.fromkeys(on, False), name: wanted}
        assert switch.isChecked() is wanted
        assert desk.question() is Question.DISPLAY
    assert desk.wishes == []


def test_the_words_of_a_switch_press_it_too(desk: Desk) -> None:
    dialog = open_panel(desk, "lock")
    title = dialog._rows[1]._title
    spot = title.mapTo(desk.window, title.rect().center())
    QTest.mouseClick(desk.window.windowHandle(), LEFT, pos=spot)
    assert desk.window.display.is_calm
    assert dialog.calm.isChecked()


def test_size_and_language_are_chosen_there_as_well(desk: Desk, language: Language) -> None:
    dialog = open_panel(desk, "bar")
    QTest.mouseClick(dialog.sizes.buttons[2], LEFT)
    assert desk.look.theme.text_scale == 1.5
    QTest.mouseClick(dialog.languages.buttons[1], LEFT)
    assert language.code == "en"
    assert dialog.close_button.text() == "Close"


@pytest.mark.parametrize("size", [(1024, 768), (1280, 1024), (1366, 768), (1920, 1080)])
@pytest.mark.parametrize("scale", ["100", "125", "150"])
def test_the_panel_is_never_cut(desk: Desk, size: tuple[int, int], scale: str) -> None:
    desk.window.resize(*size)
    dialog = open_panel(desk, "lock")
    desk.window.display.use_scale(scale)
    for _round in range(3):
        QApplication.processEvents()
    assert desk.window.rect().contains(dialog.panel.geometry())
    if size[1] >= 1024:
        bar = dialog._scroll.verticalScrollBar()
        assert bar.maximum() == 0


def test_a_screen_reader_hears_each_choice_and_its_state(desk: Desk) -> None:
    dialog = open_panel(desk, "lock")
    for switch, name in (
        (dialog.calm, "Gestes calmes"),
        (dialog.contrast, "Contraste"),
        (dialog.reduced, "Moins de mouvements"),
    ):
        found = QAccessible.queryAccessibleInterface(switch)
        assert found.text(QAccessible.Text.Name) == name
        assert found.text(QAccessible.Text.Description)
        assert not found.state().checked


# ------------------------------------------------------------------------------------ the lock


@pytest.mark.parametrize("width", [1024, 1280, 1366, 1920])
@pytest.mark.parametrize("scale", ["100", "125", "150"])
def test_the_tools_of_the_lock_fit_and_appeler_keeps_its_word(
    desk: Desk, width: int, scale: str
) -> None:
    desk.window.resize(width, 1024)
    desk.show(lock())
    desk.window.display.use_scale(scale)
    for _round in range(3):
        QApplication.processEvents()
    tools = desk.lock().tools
    assert tools.minimumSizeHint().width() <= tools.width()
    assert tools.call.toolTip() == ""
    for button in (tools.display, tools.contrast):
        shown_alone = button.width() == button.height()
        assert button.toolTip() == (button.text() if shown_alone else "")
        assert button.accessibleName() or button.text()


def test_affichage_stands_beside_the_text_size_and_says_so_where_there_is_room(
    desk: Desk,
) -> None:
    desk.window.resize(1920, 1080)
    desk.show(lock())
    tools = desk.lock().tools
    assert tools.display.text() == "Affichage"
    assert tools.display.toolTip() == ""
    between = tools.display.geometry().left() - tools.sizes.geometry().right()
    assert 0 < between <= 20


def test_a_card_passed_while_the_panel_is_open_is_read(desk: Desk) -> None:
    open_panel(desk, "lock")
    desk.scan(CARD)
    assert desk.question() is None
    assert desk.lock().form.card.is_done()
    desk.clock.now += 1
    desk.type("2718")
    desk.press(Qt.Key.Key_Return, "\r")
    assert desk.wishes == [SignInAsked(card=CARD, pin="2718")]


def test_in_a_session_a_digit_leaves_the_panel_alone(desk: Desk) -> None:
    open_panel(desk, "home")
    desk.type("12345678")
    assert desk.question() is Question.DISPLAY


# ------------------------------------------------------------------------------- calm gestures


def test_a_visit_with_calm_gestures_takes_a_card_with_equal_digits(desk: Desk) -> None:
    desk.show(lock())
    desk.window.display.use_calm(True)
    card = "11229944556677"
    desk.scan(card, at=50_000)
    desk.clock.now += 1
    desk.type("2718")
    desk.press(Qt.Key.Key_Return, "\r")
    assert desk.wishes == [SignInAsked(card=card, pin="2718")]


def test_a_trembling_finger_on_the_keypad_gives_each_digit_once(desk: Desk) -> None:
    desk.show(lock())
    desk.window.display.use_calm(True)
    at = 10_000
    for name in "2921":
        key = desk.lock().form.pad.keys[name]
        for tremor in (0, 90, 210, 380):
            click(key, at=at + tremor)
        at += 1000
    assert desk.lock().form.card.text() == "2921"


def test_with_calm_gestures_the_pointer_is_large_until_the_lock_comes_back(desk: Desk) -> None:
    desk.show(session(47))
    desk.window.display.use_calm(True)
    assert QGuiApplication.overrideCursor() is not None
    desk.show(lock())
    assert QGuiApplication.overrideCursor() is None


# ---------------------------------------------------------------------------------- forgetting


def choose_all(desk: Desk) -> None:
    display = desk.window.display
    display.use_scale("150")
    display.use_contrast(True)
    display.use_calm(True)
    display.use_reduced(True)
    display.use_language("en")


def chosen(desk: Desk) -> list[bool]:
    display = desk.window.display
    return [
        display.scale != "100",
        display.is_high_contrast,
        display.is_calm,
        display.is_reduced,
        desk.window._outfit.language.code != "fr",
    ]


NEXT = {
    "lock": lock(),
    "closed": base(Shown.CLOSED),
    "out of order": base(Shown.OUT_OF_ORDER),
    "offline": replace(lock(), contact=Contact.LOST),
    "starting": base(Shown.STARTING),
}


@pytest.mark.parametrize("after", NEXT.values(), ids=list(NEXT))
@pytest.mark.parametrize("last", [session(47), grace(60), goodbye(closed=True, clean=True)])
def test_whatever_the_next_visitor_sees_is_as_it_was_first(
    desk: Desk, last: Snapshot, after: Snapshot
) -> None:
    desk.show(last)
    choose_all(desk)
    desk.show(windowed(last))
    assert all(chosen(desk))
    desk.show(after)
    assert not any(chosen(desk))


def test_what_is_chosen_at_the_lock_holds_in_the_session(desk: Desk) -> None:
    desk.show(lock())
    choose_all(desk)
    desk.show(session(60))
    assert all(chosen(desk))


def test_what_was_chosen_at_the_lock_and_left_is_forgotten_after_three_minutes(
    desk: Desk,
) -> None:
    open_panel(desk, "lock")
    choose_all(desk)
    desk.show(lock(), rest=179)
    desk.show(lock(), rest=0)
    assert all(chosen(desk))
    desk.clock.now += 2
    desk.show(lock())
    assert not any(chosen(desk))
    assert desk.question() is None


def test_a_hand_at_the_lock_keeps_what_was_chosen(desk: Desk) -> None:
    desk.show(lock())
    choose_all(desk)
    for _minute in range(10):
        desk.show(lock(), rest=60)
        desk.press(Qt.Key.Key_Shift)
    desk.show(lock())
    assert all(chosen(desk))


def test_a_long_session_without_a_key_keeps_what_was_chosen(desk: Desk) -> None:
    desk.show(session(47))
    choose_all(desk)
    desk.show(session(20), rest=1600)
    desk.show(session(19))
    assert all(chosen(desk))


def test_a_program_that_begins_without_motion_goes_back_to_that(
    desk: Desk, language: Language
) -> None:
    """The system may ask for it; a visitor's choice does not outlast the visit either way."""
    from kiosk.shell.display import Display

    outfit = desk.window._outfit
    outfit.look.use(reduced_motion=True)
    display = Display(outfit.look, language, outfit.guard, outfit.clock, desk.window)
    display.use_reduced(False)
    display.reset()
    assert display.is_reduced
