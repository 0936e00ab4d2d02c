"""Calm gestures: a tremor, a double click and a held key count once; a card reader counts whole."""

import itertools
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from kiosk.look.button import Button
from kiosk.look.field import Field
from kiosk.look.guard import Guard
from kiosk.look.look import Look
from kiosk.look.pointer import LargePointer
from kiosk.look.repeat import BounceRule
from tests.look.conftest import HandClock, show
from tests.look.key import AZERTY, Count, click, press

NONE = Qt.KeyboardModifier.NoModifier
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def calm(guard: Guard) -> Iterator[Guard]:
    guard.use_calm(True)
    yield guard
    guard.use_calm(False)


@pytest.fixture
def buttons(qtbot: QtBot, look: Look, window: QWidget) -> tuple[Button, Button]:
    row = QHBoxLayout(window)
    made = Button(look, "Continuer", "primary"), Button(look, "Terminer", "danger")
    for button in made:
        row.addWidget(button)
    show(qtbot, window)
    return made


@pytest.fixture
def field(qtbot: QtBot, look: Look, window: QWidget) -> Field:
    field = Field(look, "Numéro de carte", digits_only=True)
    QVBoxLayout(window).addWidget(field)
    show(qtbot, window)
    field.setFocus()
    return field


# ------------------------------------------------------------------------------------ clicks


def test_a_second_click_within_half_a_second_does_not_count(
    calm: Guard, buttons: tuple[Button, Button]
) -> None:
    count = Count(buttons[0])
    for at in (1000, 1200, 1499):
        click(buttons[0], at=at)
    assert count.clicks == 1
    click(buttons[0], at=1501)
    assert count.clicks == 2


def test_a_click_that_slips_to_another_button_does_not_count(
    calm: Guard, buttons: tuple[Button, Button]
) -> None:
    """The second half of a tremor must not press *Terminer*."""
    count = Count(buttons[1])
    click(buttons[0], at=1000)
    click(buttons[1], at=1300)
    assert count.clicks == 0
    click(buttons[1], at=1900)
    assert count.clicks == 1


def test_the_half_second_begins_when_the_button_is_let_go(
    calm: Guard, clock: HandClock, buttons: tuple[Button, Button]
) -> None:
    count = Count(buttons[0])
    QTest.mousePress(buttons[0], LEFT)
    clock.advance(2000)
    QTest.mouseRelease(buttons[0], LEFT)
    click(buttons[0])
    clock.advance(400)
    click(buttons[0])
    assert count.clicks == 1
    clock.advance(101)
    click(buttons[0])
    assert count.clicks == 2


@pytest.mark.parametrize(("is_calm", "clicks"), [(True, 1), (False, 2)])
def test_a_double_click_acts_once(
    qtbot: QtBot, guard: Guard, buttons: tuple[Button, Button], is_calm: bool, clicks: int
) -> None:
    """And twice without calm gestures, which shows that the double click was one."""
    seen = Kinds(buttons[0])
    count = Count(buttons[0])
    guard.use_calm(is_calm)
    spot = buttons[0].mapTo(buttons[0].window(), buttons[0].rect().center())
    handle = buttons[0].window().windowHandle()
    QTest.mouseDClick(handle, LEFT, NONE, spot)
    guard.use_calm(False)
    assert count.clicks == clicks
    assert (QEvent.Type.MouseButtonDblClick in seen.kinds) is not is_calm
    assert not buttons[0].isDown()


class Kinds(QWidget):
    """Notes which events reach a widget."""

    def __init__(self, watched: QWidget) -> None:
        super().__init__()
        self.kinds: list[QEvent.Type] = []
        watched.installEventFilter(self)

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        self.kinds.append(event.type())
        return False


def test_the_other_button_of_the_mouse_is_another_click(
    calm: Guard, buttons: tuple[Button, Button]
) -> None:
    seen = Kinds(buttons[0])
    QTest.mousePress(buttons[0], LEFT)
    QTest.mousePress(buttons[0], Qt.MouseButton.RightButton)
    presses = [kind for kind in seen.kinds if kind == QEvent.Type.MouseButtonPress]
    assert len(presses) == 2
    for button in (LEFT, Qt.MouseButton.RightButton):
        QTest.mouseRelease(buttons[0], button)
    assert QGuiApplication.mouseButtons() == Qt.MouseButton.NoButton


# -------------------------------------------------------------------------------------- keys


def test_the_same_key_within_half_a_second_does_not_count(
    calm: Guard, buttons: tuple[Button, Button]
) -> None:
    count = Count(buttons[0])
    for at in (1000, 1060, 1300, 1490):
        press(buttons[0], Qt.Key.Key_Return, "\r", at=at)
    assert count.clicks == 1
    press(buttons[0], Qt.Key.Key_Return, "\r", at=1501)
    assert count.clicks == 2


def test_without_calm_gestures_each_press_counts(
    guard: Guard, buttons: tuple[Button, Button]
) -> None:
    count = Count(buttons[0])
    for at in (1000, 1060, 1300):
        press(buttons[0], Qt.Key.Key_Return, "\r", at=at)
    assert count.clicks == 3


def test_another_key_counts_at_once(calm: Guard, field: Field) -> None:
    for place, digit in enumerate("121314"):
        press(field.edit, Qt.Key(ord(digit)), digit, at=1000 + 100 * place)
    assert field.text() == "121314"


def test_a_held_key_counts_once(calm: Guard, field: Field) -> None:
    def send(kind: QEvent.Type, *, repeated: bool) -> None:
        QApplication.sendEvent(field.edit, QKeyEvent(kind, Qt.Key.Key_7.value, NONE, "7", repeated))

    send(QEvent.Type.KeyPress, repeated=False)
    for _time in range(30):
        send(QEvent.Type.KeyRelease, repeated=True)
        send(QEvent.Type.KeyPress, repeated=True)
    send(QEvent.Type.KeyRelease, repeated=False)
    assert field.text() == "7"


def test_a_key_that_was_held_long_does_not_bounce_when_it_is_let_go(
    calm: Guard, clock: HandClock, field: Field
) -> None:
    def send(kind: QEvent.Type) -> None:
        QApplication.sendEvent(field.edit, QKeyEvent(kind, Qt.Key.Key_7.value, NONE, "7"))

    send(QEvent.Type.KeyPress)
    clock.advance(3000)
    send(QEvent.Type.KeyRelease)
    clock.advance(80)
    send(QEvent.Type.KeyPress)
    send(QEvent.Type.KeyRelease)
    assert field.text() == "7"
    clock.advance(501)
    send(QEvent.Type.KeyPress)
    assert field.text() == "77"


def test_a_press_that_goes_from_the_window_to_the_widget_is_one_press(
    calm: Guard, field: Field, window: QWidget
) -> None:
    for digit in "123":
        QTest.keyClick(window.windowHandle(), Qt.Key(ord(digit)))
    assert field.text() == "123"


def test_two_equal_digits_typed_slowly_count_both(
    calm: Guard, clock: HandClock, field: Field
) -> None:
    for _time in range(2):
        press(field.edit, Qt.Key.Key_4, "4")
        clock.advance(510)
    assert field.text() == "44"


# ------------------------------------------------------------------------------ card readers


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    digits=st.text("0123456789", min_size=6, max_size=20),
    gaps=st.lists(st.integers(1, 49), min_size=20, max_size=20),
)
def test_a_card_reader_loses_no_digit_to_calm_gestures(
    calm: Guard, field: Field, digits: str, gaps: list[int]
) -> None:
    field.clear()
    at = 10_000
    for digit, gap in zip(digits, gaps, strict=False):
        place = (int(digit) - 1) % 10
        press(field.edit, text=AZERTY[place], scan_code=10 + place, at=at)
        at += gap
    assert field.text() == digits


def test_a_card_read_by_a_busy_program_loses_no_digit(
    calm: Guard, clock: HandClock, field: Field
) -> None:
    """The program hears of the digits late and far apart; their own times tell the truth."""
    for place, digit in enumerate("1199"):
        press(field.edit, Qt.Key(ord(digit)), digit, at=5000 + 8 * place)
        clock.advance(120)
    assert field.text() == "1199"


def test_what_is_no_digit_is_never_a_reader(calm: Guard, buttons: tuple[Button, Button]) -> None:
    """Enter twice in ten milliseconds is a worn key, and would press twice."""
    count = Count(buttons[0])
    press(buttons[0], Qt.Key.Key_Return, "\r", at=1000)
    press(buttons[0], Qt.Key.Key_Return, "\r", at=1010)
    assert count.clicks == 1


def test_a_mouse_is_never_a_reader(calm: Guard, buttons: tuple[Button, Button]) -> None:
    count = Count(buttons[0])
    click(buttons[0], at=1000)
    click(buttons[0], at=1010)
    assert count.clicks == 1


@given(st.lists(st.integers(50, 2000), min_size=1, max_size=40))
def test_what_counts_of_one_trembling_key_is_half_a_second_apart(gaps: list[int]) -> None:
    clock = HandClock()
    rule = BounceRule(clock, 500)
    at, counted = 1000, []
    for gap in gaps:
        at += gap
        if not rule.is_bounce(7, at, may_be_reader=True):
            rule.press(7, at)
            rule.release(7, at)
            counted.append(at)
    assert counted
    assert all(after - before >= 500 for before, after in itertools.pairwise(counted))


# ------------------------------------------------------------------------------------- guard


def test_calm_gestures_leave_the_600_ms_of_a_new_face_as_they_are(
    calm: Guard, clock: HandClock, buttons: tuple[Button, Button]
) -> None:
    count = Count(buttons[0])
    calm.face_changed()
    clock.advance(599)
    press(buttons[0], Qt.Key.Key_Return, "\r")
    click(buttons[0])
    assert count.clicks == 0
    clock.advance(2)
    # What was swallowed did not count, so this is the first press and no tremor.
    press(buttons[0], Qt.Key.Key_Return, "\r")
    click(buttons[0])
    assert count.clicks == 2


def test_a_tremor_is_a_sign_of_hands(
    calm: Guard, clock: HandClock, buttons: tuple[Button, Button]
) -> None:
    click(buttons[0])
    clock.advance(400)
    click(buttons[0])
    clock.advance(2900)
    assert not calm.is_quiet()
    assert calm.seconds_at_rest() == pytest.approx(2.9)


def test_a_press_from_before_calm_gestures_counts_as_the_first(
    guard: Guard, buttons: tuple[Button, Button]
) -> None:
    """The double click that switches them on switches them on."""
    buttons[0].clicked.connect(lambda: guard.use_calm(not guard.is_calm))
    click(buttons[0], at=1000)
    click(buttons[0], at=1200)
    assert guard.is_calm
    guard.use_calm(False)


# ----------------------------------------------------------------------------------- pointer


def test_the_large_pointer_lies_over_every_cursor_and_goes_without_a_trace(
    look: Look, guard: Guard, window: QWidget
) -> None:
    edit = QLineEdit(window)
    before = edit.cursor().shape()
    pointer = LargePointer(look, guard, window)
    assert QGuiApplication.overrideCursor() is None
    guard.use_calm(True)
    cursor = QGuiApplication.overrideCursor()
    assert cursor is not None
    size = look.tokens.behaviour.calm_gestures.pointer_px
    assert cursor.pixmap().height() == size
    assert size >= 64
    tip = cursor.pixmap().toImage().pixelColor(cursor.hotSpot() + QPoint(2, 6))
    assert tip.name() == look.colour("ink").name()
    guard.use_calm(False)
    assert QGuiApplication.overrideCursor() is None
    assert edit.cursor().shape() == before
    assert pointer.parent() is window


def test_the_large_pointer_follows_the_contrast(look: Look, calm: Guard, window: QWidget) -> None:
    LargePointer(look, calm, window)
    cursor = QGuiApplication.overrideCursor()
    assert cursor is not None
    light = cursor.pixmap().toImage()
    look.use(name="high_contrast")
    cursor = QGuiApplication.overrideCursor()
    assert cursor is not None
    assert cursor.pixmap().toImage() != light
