"""A card that is passed: whatever the reader, the layout and the moment."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from kiosk.shell.face import Face
from kiosk.shell.question import Question
from kiosk.shell.sample import goodbye, lock, session
from kiosk.wire.face import CardPassed, GoodbyeSeen, SignInAsked
from tests.shell.conftest import AZERTY, Desk

CARD = "29214545678012"
OTHER = "99990000111122"
PAD_CODES = {
    "7": 79,
    "8": 80,
    "9": 81,
    "4": 83,
    "5": 84,
    "6": 85,
    "1": 87,
    "2": 88,
    "3": 89,
    "0": 90,
}
FAST, SLOW = 0.002, 0.04


@dataclass(frozen=True)
class Stroke:
    """One key as Qt tells of it."""

    key: Qt.Key
    text: str
    code: int
    modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier


def row_code(digit: str) -> int:
    return 10 + (int(digit) - 1) % 10


def qwerty(digit: str) -> Stroke:
    return Stroke(Qt.Key(ord(digit)), digit, row_code(digit))


def azerty(digit: str) -> Stroke:
    return Stroke(Qt.Key.Key_unknown, AZERTY[row_code(digit) - 10], row_code(digit))


def azerty_with_shift(digit: str) -> Stroke:
    shift = Qt.KeyboardModifier.ShiftModifier
    return Stroke(Qt.Key(ord(digit)), digit, row_code(digit), shift)


def pad_with_num_lock(digit: str) -> Stroke:
    pad = Qt.KeyboardModifier.KeypadModifier
    return Stroke(Qt.Key(ord(digit)), digit, PAD_CODES[digit], pad)


def pad_without_num_lock(digit: str) -> Stroke:
    keys = {
        "4": Qt.Key.Key_Left,
        "6": Qt.Key.Key_Right,
        "1": Qt.Key.Key_End,
        "0": Qt.Key.Key_Insert,
    }
    pad = Qt.KeyboardModifier.KeypadModifier
    return Stroke(keys.get(digit, Qt.Key.Key_Clear), "", PAD_CODES[digit], pad)


LAYOUTS = [qwerty, azerty, azerty_with_shift, pad_with_num_lock, pad_without_num_lock]
ENDS = {
    "enter": Stroke(Qt.Key.Key_Return, "\r", 36),
    "pad_enter": Stroke(Qt.Key.Key_Enter, "\r", 104),
    "tab": Stroke(Qt.Key.Key_Tab, "\t", 23),
    "nothing": None,
}


class Reader:
    """A card reader plugged in like a keyboard."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def read(
        self,
        digits: str,
        *,
        layout: Callable[[str], Stroke] = azerty,
        end: str = "enter",
        gap: float = FAST,
    ) -> None:
        """Press the keys of a card, `gap` seconds apart."""
        for digit in digits:
            self._press(layout(digit), gap)
        stroke = ENDS[end]
        if stroke is not None:
            self._press(stroke, gap)

    def _press(self, stroke: Stroke, gap: float) -> None:
        target = QApplication.focusWidget() or self._desk.window
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(
                kind, stroke.key.value, stroke.modifiers, stroke.code, 0, 0, stroke.text
            )
            QApplication.sendEvent(target, event)
        QApplication.processEvents()
        self._desk.clock.now += gap


@pytest.fixture
def reader(desk: Desk) -> Reader:
    return Reader(desk)


@pytest.fixture
def on_lock(desk: Desk) -> Iterator[Desk]:
    desk.show(lock())
    yield desk
    # A number that was left open would be taken while the next test runs.
    desk.lock().form.forget()


def open_with(desk: Desk, code: str = "2718") -> None:
    desk.clock.now += 1
    desk.type(code)
    desk.press(Qt.Key.Key_Return, "\r")


def waits_for_code(desk: Desk) -> bool:
    form = desk.lock().form
    return form.card.is_done() and QApplication.focusWidget() is form.pin


@pytest.mark.parametrize("gap", [FAST, SLOW], ids=["fast", "slow"])
@pytest.mark.parametrize("end", ENDS)
@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.__name__)
def test_every_reader_is_read_under_every_layout(
    on_lock: Desk, reader: Reader, layout: Callable[[str], Stroke], end: str, gap: float
) -> None:
    reader.read(CARD, layout=layout, end=end, gap=gap)
    on_lock.qtbot.waitUntil(lambda: waits_for_code(on_lock))
    open_with(on_lock)
    assert on_lock.wishes == [SignInAsked(card=CARD, pin="2718")]


@pytest.mark.parametrize("gap", [FAST, SLOW], ids=["fast", "slow"])
@pytest.mark.parametrize("end", ["enter", "nothing"])
@pytest.mark.parametrize("place", ["language", "size", "contrast", "call", "forgotten", "pad"])
def test_a_card_lands_in_its_field_wherever_the_keyboard_is(
    on_lock: Desk, reader: Reader, place: str, end: str, gap: float
) -> None:
    page = on_lock.lock()
    where: dict[str, QWidget] = {
        "language": page.tools.language.buttons[1],
        "size": page.tools.sizes.buttons[2],
        "contrast": page.tools.contrast,
        "call": page.tools.call,
        "forgotten": page.forgotten,
        "pad": page.form.pad.keys["1"],
    }
    where[place].setFocus()
    reader.read(CARD, end=end, gap=gap)
    on_lock.qtbot.waitUntil(lambda: waits_for_code(on_lock))
    open_with(on_lock)
    assert on_lock.wishes == [SignInAsked(card=CARD, pin="2718")]
    assert on_lock.question() is None
    assert not on_lock.look.theme.is_high_contrast


@pytest.mark.parametrize("gap", [FAST, SLOW], ids=["fast", "slow"])
@pytest.mark.parametrize("end", ENDS)
def test_another_card_takes_the_place_of_the_first_and_types_no_code(
    on_lock: Desk, reader: Reader, end: str, gap: float
) -> None:
    reader.read(OTHER)
    on_lock.clock.now += 1
    reader.read(CARD, end=end, gap=gap)
    form = on_lock.lock().form
    assert form.pin.code() == ""
    assert on_lock.wishes == []
    on_lock.qtbot.waitUntil(lambda: form.card.is_done() and not form._scan_end.isActive())
    open_with(on_lock)
    assert on_lock.wishes == [SignInAsked(card=CARD, pin="2718")]


@pytest.mark.parametrize("end", ["enter", "nothing"])
def test_another_card_is_read_whole_from_a_button(on_lock: Desk, reader: Reader, end: str) -> None:
    reader.read(OTHER)
    on_lock.clock.now += 1
    on_lock.lock().tools.contrast.setFocus()
    reader.read(CARD, end=end)
    form = on_lock.lock().form
    on_lock.qtbot.waitUntil(lambda: form.card.is_done() and not form._scan_end.isActive())
    open_with(on_lock)
    assert on_lock.wishes == [SignInAsked(card=CARD, pin="2718")]


@pytest.mark.parametrize("gap", [FAST, SLOW], ids=["fast", "slow"])
@pytest.mark.parametrize("rest", [0.0, 0.3, 0.59], ids=["at once", "in the middle", "near its end"])
def test_a_card_passed_while_a_face_changes_is_lost_whole(
    desk: Desk, reader: Reader, rest: float, gap: float
) -> None:
    """Half a number would be taken for another card."""
    desk.show(session(47))
    desk.show(lock(), rest=rest)
    reader.read(CARD, gap=gap)
    form = desk.lock().form
    assert (form.card.text(), form.card.is_done()) == ("", False)
    assert not form.card.is_wrong()
    desk.clock.now += 1
    reader.read(CARD)
    open_with(desk)
    assert desk.wishes == [SignInAsked(card=CARD, pin="2718")]


@pytest.mark.parametrize("gap", [FAST, SLOW], ids=["fast", "slow"])
@pytest.mark.parametrize("end", ENDS)
def test_a_card_passed_in_a_session_opens_nothing_and_locks_the_seat(
    desk: Desk, reader: Reader, end: str, gap: float
) -> None:
    desk.show(session(47))
    desk.home().tiles.focus_first()
    reader.read(CARD, end=end, gap=gap)
    desk.qtbot.waitUntil(lambda: desk.wishes == [CardPassed()])
    assert desk.face() is Face.HOME


@pytest.mark.parametrize("gap", [FAST, SLOW], ids=["fast", "slow"])
@pytest.mark.parametrize("question", [Question.ENDING, Question.DISPLAY])
def test_a_card_passed_over_a_question_answers_nothing(
    desk: Desk, reader: Reader, question: Question, gap: float
) -> None:
    desk.show(session(47))
    desk.window.questions.ask(question)
    desk.clock.now += 10
    reader.read(CARD, gap=gap)
    assert desk.question() is question
    assert set(desk.wishes) <= {CardPassed()}


def test_a_card_passed_over_the_answer_to_a_forgotten_code_does_not_close_it(
    on_lock: Desk, reader: Reader
) -> None:
    on_lock.window.questions.ask(Question.FORGOTTEN)
    on_lock.clock.now += 10
    reader.read(CARD)
    assert on_lock.question() is Question.FORGOTTEN
    assert not on_lock.lock().form.card.is_done()


def test_a_card_passed_while_another_is_checked_presses_nothing(desk: Desk, reader: Reader) -> None:
    desk.show(lock())
    reader.read(CARD)
    open_with(desk)
    desk.wishes.clear()
    desk.show(lock(busy=True))
    reader.read(OTHER)
    assert desk.wishes == []
    assert desk.question() is None


def test_a_card_passed_at_the_goodbye_begins_the_next_visit_and_no_more(
    desk: Desk, reader: Reader
) -> None:
    desk.show(goodbye(closed=True, clean=True))
    desk.window.page(Face.GOODBYE).enter()
    reader.read(CARD)
    assert set(desk.wishes) <= {GoodbyeSeen()}


def test_a_hand_that_ends_its_number_with_tab_goes_on_to_the_code(on_lock: Desk) -> None:
    on_lock.type(CARD)
    on_lock.press(Qt.Key.Key_Tab, "\t")
    assert waits_for_code(on_lock)
    open_with(on_lock)
    assert on_lock.wishes == [SignInAsked(card=CARD, pin="2718")]


def test_a_hand_that_rests_in_its_number_is_waited_for(on_lock: Desk) -> None:
    on_lock.type(CARD[:8], gap=0.12)
    form = on_lock.lock().form
    assert not form._scan_end.isActive()
    on_lock.type(CARD[8:], gap=0.12)
    assert form.card.text() == CARD
    assert not form.card.is_done()
