"""Fields, the secret code and the keypad: what reaches them, and what must not."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from kiosk.look.field import Field
from kiosk.look.keypad import Keypad
from kiosk.look.language import Language
from kiosk.look.look import Look
from kiosk.look.pin import PinBoxes
from kiosk.look.repeat import RepeatRule
from tests.look.conftest import HandClock, show
from tests.look.key import AZERTY, click, press, scan


@pytest.fixture
def card(qtbot: QtBot, look: Look) -> Field:
    field = Field(look, "Numéro de carte", hint="Scannez", digits_only=True)
    qtbot.addWidget(field)
    return field


@pytest.fixture
def pin(qtbot: QtBot, look: Look, clock: HandClock) -> PinBoxes:
    boxes = PinBoxes(look, clock, spoken="Code secret, 4 chiffres")
    qtbot.addWidget(boxes)
    return boxes


@pytest.fixture
def pad(qtbot: QtBot, look: Look, language: Language, clock: HandClock) -> Keypad:
    keypad = Keypad(look, language, clock)
    qtbot.addWidget(keypad)
    return keypad


# ------------------------------------------------------------------------------------- field


def test_a_scanner_for_a_us_keyboard_is_read_under_a_french_layout(card: Field) -> None:
    scan(card.edit, "1234567890")
    assert card.text() == "1234567890"


def test_the_numeric_pad_and_a_us_layout_are_read_too(card: Field) -> None:
    for digit in "1234567890":
        press(card.edit, text=digit, scan_code=80)
    assert card.text() == "1234567890"


def test_a_card_field_takes_no_letter_and_no_sign(card: Field) -> None:
    for sign in "a&é ":
        press(card.edit, text=sign, scan_code=38)
    assert card.text() == ""


def test_key_codes_mean_nothing_where_text_is_asked(qtbot: QtBot, look: Look) -> None:
    field = Field(look, "Message")
    qtbot.addWidget(field)
    press(field.edit, text=AZERTY[1], scan_code=11)
    assert field.text() == "é"


def test_key_codes_of_another_platform_are_not_read(
    card: Field, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QGuiApplication, "platformName", lambda: "windows")
    press(card.edit, text="&", scan_code=10)
    press(card.edit, text="7", scan_code=8)
    assert card.text() == "7"


def test_a_shortcut_types_nothing(card: Field) -> None:
    press(card.edit, text="1", scan_code=10, modifiers=Qt.KeyboardModifier.ControlModifier)
    assert card.text() == ""


def test_enter_submits_a_field(qtbot: QtBot, card: Field) -> None:
    with qtbot.waitSignal(card.submitted):
        press(card.edit, Qt.Key.Key_Return, "\r")


def test_a_wrong_field_says_so_in_words_and_forgets_it_when_typed_in(card: Field) -> None:
    card.say_wrong("Il manque 4 chiffres.")
    assert card.is_wrong()
    assert card.edit.accessibleDescription() == "Il manque 4 chiffres."
    press(card.edit, text="5", scan_code=14)
    assert not card.is_wrong()
    assert card.edit.accessibleDescription() == ""


def test_a_field_offers_no_context_menu(card: Field) -> None:
    assert card.edit.contextMenuPolicy() == Qt.ContextMenuPolicy.NoContextMenu


def test_a_filled_field_shows_a_mask_until_it_is_changed(qtbot: QtBot, card: Field) -> None:
    card.set_text("29210045678")
    card.show_done("•••• 5678", "Changer")
    assert card.is_done()
    assert card.edit.isHidden()
    with qtbot.waitSignal(card.change_asked):
        QTest.mouseClick(card._change, Qt.MouseButton.LeftButton)
    card.edit_again()
    assert not card.is_done()
    assert not card.edit.isHidden()


# --------------------------------------------------------------------------------------- code


def test_a_repeat_within_300_ms_does_not_count(clock: HandClock) -> None:
    rule = RepeatRule(clock, 300)
    assert rule.accept("1")
    clock.advance(299)
    assert not rule.accept("1")
    assert rule.accept("2")
    assert rule.accept("1")
    clock.advance(301)
    assert rule.accept("1")


def test_two_presses_that_a_busy_program_hears_at_once_both_count(pin: PinBoxes) -> None:
    press(pin, text="5", scan_code=84, at=20_000)
    press(pin, text="5", scan_code=84, at=20_400)
    assert pin.code() == "55"


def test_a_tremor_that_a_busy_program_hears_late_counts_once(
    pin: PinBoxes, clock: HandClock
) -> None:
    press(pin, text="5", scan_code=84, at=20_000)
    clock.advance(500)
    press(pin, text="5", scan_code=84, at=20_100)
    assert pin.code() == "5"


def test_times_that_do_not_compare_give_way_to_the_time_of_hearing(clock: HandClock) -> None:
    rule = RepeatRule(clock, 300)
    assert rule.accept("1", 20_000)
    clock.advance(120)
    assert not rule.accept("1")
    assert not rule.accept("1", 90)
    clock.advance(301)
    assert rule.accept("1", 90)


def test_the_code_takes_four_digits_and_no_fifth(
    qtbot: QtBot, pin: PinBoxes, clock: HandClock
) -> None:
    with qtbot.waitSignal(pin.completed):
        for digit in "2725":
            assert pin.press_digit(digit)
    assert pin.is_full()
    assert not pin.press_digit("9")
    assert pin.code() == "2725"


def test_the_same_digit_twice_needs_a_pause(pin: PinBoxes, clock: HandClock) -> None:
    scan(pin, "11")
    assert pin.code() == "1"
    clock.advance(301)
    scan(pin, "1")
    assert pin.code() == "11"


def test_a_held_key_writes_one_digit(pin: PinBoxes, clock: HandClock) -> None:
    press(pin, text="5", scan_code=84)
    for _ in range(10):
        clock.advance(500)
        press(pin, text="5", scan_code=84, repeated=True)
    assert pin.code() == "5"


def test_a_held_erase_takes_one_digit(pin: PinBoxes, clock: HandClock) -> None:
    scan(pin, "123")
    press(pin, Qt.Key.Key_Backspace)
    clock.advance(500)
    press(pin, Qt.Key.Key_Backspace, repeated=True)
    assert pin.code() == "12"


def test_no_digit_of_the_code_can_be_read_from_the_widget(pin: PinBoxes) -> None:
    scan(pin, "1278")
    interface = QAccessible.queryAccessibleInterface(pin)
    assert interface is not None
    told = [
        interface.text(kind)
        for kind in (
            QAccessible.Text.Name,
            QAccessible.Text.Value,
            QAccessible.Text.Description,
        )
    ]
    told += [pin.text(), pin.displayText(), pin.selectedText()]
    pin.undo()
    told.append(pin.text())
    assert not set("".join(told)) & set("1278")
    assert interface.state().passwordEdit


def test_the_code_never_reaches_the_clipboard(pin: PinBoxes) -> None:
    scan(pin, "1278")
    press(pin, Qt.Key.Key_A, modifiers=Qt.KeyboardModifier.ControlModifier)
    press(pin, Qt.Key.Key_C, modifiers=Qt.KeyboardModifier.ControlModifier)
    assert not set(QGuiApplication.clipboard().text()) & set("1278")


def test_the_code_is_drawn_the_same_whatever_its_digits(
    qtbot: QtBot, look: Look, clock: HandClock
) -> None:
    pictures = []
    for code in ("1234", "9876"):
        boxes = PinBoxes(look, clock, spoken="Code")
        qtbot.addWidget(boxes)
        for digit in code:
            boxes.press_digit(digit)
        pictures.append(boxes.grab().toImage())
    assert pictures[0] == pictures[1]


def test_clearing_forgets_the_code(qtbot: QtBot, pin: PinBoxes) -> None:
    scan(pin, "12")
    with qtbot.waitSignal(pin.edited, check_params_cb=lambda count: count == 0):
        pin.clear()
    assert pin.code() == ""


def test_the_ring_goes_around_the_box_that_waits(pin: PinBoxes) -> None:
    assert pin.focus_shape().rect == pin.box_rect(0)
    scan(pin, "12")
    assert pin.focus_shape().rect == pin.box_rect(2)
    scan(pin, "34")
    assert pin.focus_shape().rect == pin.box_rect(3)


# ------------------------------------------------------------------------------------- keypad


def collect(pad: Keypad) -> list[str]:
    told: list[str] = []
    pad.digit_pressed.connect(told.append)
    pad.erase_pressed.connect(lambda: told.append("erase"))
    pad.next_pressed.connect(lambda: told.append("next"))
    return told


def rest(qtbot: QtBot, pad: Keypad) -> None:
    """Let the keys of a pad go dark."""
    qtbot.waitUntil(lambda: not any(key._lit.isActive() for key in pad.keys.values()))


def test_every_key_tells_what_it_is(qtbot: QtBot, pad: Keypad) -> None:
    told = collect(pad)
    for key in pad.keys.values():
        QTest.mouseClick(key, Qt.MouseButton.LeftButton)
    assert told == ["1", "2", "3", "4", "5", "6", "7", "8", "9", "erase", "0", "next"]
    rest(qtbot, pad)


def test_a_trembling_finger_presses_a_key_once(qtbot: QtBot, pad: Keypad, clock: HandClock) -> None:
    told = collect(pad)
    click(pad.keys["7"])
    clock.advance(120)
    click(pad.keys["7"])
    clock.advance(301)
    click(pad.keys["7"])
    assert told == ["7", "7"]
    rest(qtbot, pad)


def test_the_pad_goes_by_when_the_finger_came_down(qtbot: QtBot, pad: Keypad) -> None:
    told = collect(pad)
    click(pad.keys["7"], at=20_000)
    click(pad.keys["7"], at=20_400)
    click(pad.keys["7"], at=20_500)
    assert told == ["7", "7"]
    rest(qtbot, pad)


def test_a_pressed_key_inverts_for_a_moment(qtbot: QtBot, pad: Keypad, look: Look) -> None:
    key = pad.keys["5"]
    pad.resize(pad.sizeHint())
    spot = key.rect().center() / 4
    before = key.grab().toImage().pixelColor(spot)
    pad.press("5")
    lit = key.grab().toImage().pixelColor(spot)
    assert before == look.colour("surface")
    assert lit == look.colour("primary")
    rest(qtbot, pad)
    assert key.grab().toImage().pixelColor(spot) == before


def test_the_pad_is_one_stop_and_arrows_walk_in_it(
    qtbot: QtBot, window: QWidget, pad: Keypad
) -> None:
    QVBoxLayout(window).addWidget(pad)
    show(qtbot, window)
    stops = [key for key in pad.keys.values() if key.focusPolicy() == Qt.FocusPolicy.TabFocus]
    assert stops == [pad.keys["1"]]
    pad.keys["1"].setFocus(Qt.FocusReason.TabFocusReason)
    press(pad.keys["1"], Qt.Key.Key_Right)
    press(pad.keys["2"], Qt.Key.Key_Down)
    assert pad.keys["5"].hasFocus()
    press(pad.keys["5"], Qt.Key.Key_Up)
    press(pad.keys["2"], Qt.Key.Key_Up)
    assert pad.keys["2"].hasFocus()


def test_keys_of_the_keyboard_press_the_pad(qtbot: QtBot, pad: Keypad) -> None:
    told = collect(pad)
    scan(pad.keys["1"], "4")
    press(pad.keys["1"], Qt.Key.Key_Backspace)
    press(pad.keys["next"], Qt.Key.Key_Return)
    press(pad.keys["next"], Qt.Key.Key_Return, repeated=True)
    assert told == ["4", "erase", "next"]
    rest(qtbot, pad)


def test_a_click_on_the_pad_leaves_the_keyboard_where_it_is(
    qtbot: QtBot, window: QWidget, pad: Keypad, card: Field
) -> None:
    column = QVBoxLayout(window)
    column.addWidget(card)
    column.addWidget(pad)
    pad.digit_pressed.connect(card.type_digit)
    show(qtbot, window)
    card.setFocus()
    for digit in "29":
        QTest.mouseClick(pad.keys[digit], Qt.MouseButton.LeftButton)
    assert card.edit.hasFocus()
    assert card.text() == "29"
    rest(qtbot, pad)


def test_the_pad_speaks_the_language_of_the_visitor(
    qtbot: QtBot, pad: Keypad, language: Language
) -> None:
    assert pad.keys["erase"].accessibleName() == "Effacer"
    language.use("en")
    assert pad.keys["erase"].text() == "Erase"
    assert pad.keys["next"].accessibleName() == "Next"
