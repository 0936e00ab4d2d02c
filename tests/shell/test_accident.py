"""Nothing happens by accident: not after a face has changed, not at the end of a session.

Each promise holds with calm gestures and without, with fades and with none.
"""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication

from kiosk.look.button import Button
from kiosk.shell.ending_dialog import EndingDialog
from kiosk.shell.question import Question
from kiosk.shell.sample import Sample, lock, renewal_of, session, windowed
from kiosk.shell.sample_page import samples
from kiosk.wire.face import EndAsked, RenewalStage, Snapshot
from tests.look.key import click
from tests.shell.conftest import Desk

LEFT = Qt.MouseButton.LeftButton
GUARD_SECONDS = 0.6

MANNERS = pytest.mark.parametrize(
    ("calm", "reduced"),
    [(False, False), (True, True)],
    ids=["as it is", "calm and still"],
)


def choose(desk: Desk, *, calm: bool, reduced: bool) -> None:
    desk.window.display.use_calm(calm)
    desk.window.display.use_reduced(reduced)


def pressed(desk: Desk) -> Iterator[QAbstractButton]:
    """Return everything that can be pressed now."""
    for button in desk.window.findChildren(QAbstractButton):
        if button.isVisibleTo(desk.window) and button.isEnabled():
            yield button


def state(desk: Desk) -> tuple[object, ...]:
    """Return what an accident would change."""
    display, outfit = desk.window.display, desk.window._outfit
    return (
        desk.face(),
        desk.question(),
        len(desk.wishes),
        display.scale,
        display.is_high_contrast,
        display.is_calm,
        display.is_reduced,
        outfit.language.code,
        desk.lock().form.card.text(),
    )


def press_everything(desk: Desk) -> None:
    for button in list(pressed(desk)):
        QTest.mouseClick(button, LEFT)
    for key, text in ((Qt.Key.Key_Return, "\r"), (Qt.Key.Key_Space, " "), (Qt.Key.Key_Escape, "")):
        desk.press(key, text)


@MANNERS
def test_for_600_ms_nothing_that_is_pressed_counts_on_any_new_face(
    desk: Desk, calm: bool, reduced: bool
) -> None:
    seen = set()
    for sample in samples():
        if sample.snapshot is None or sample.snapshot.identify:
            continue
        # From a face that no sample of a session or of a closed station shares.
        desk.show(session(47) if sample.snapshot.session is None else lock())
        choose(desk, calm=calm, reduced=reduced)
        before = desk.face()
        desk.show(sample.snapshot, rest=0)
        if desk.face() is before:
            continue
        choose(desk, calm=calm, reduced=reduced)
        desk.clock.now += GUARD_SECONDS - 0.01
        was = state(desk)
        press_everything(desk)
        assert state(desk) == was, sample.name
        seen.add(desk.face())
    assert len(seen) >= 6


DIALOGS = [sample for sample in samples() if sample.question is not None]


@MANNERS
def test_for_600_ms_nothing_that_is_pressed_answers_any_dialog(
    desk: Desk, calm: bool, reduced: bool
) -> None:
    for sample in DIALOGS:
        assert sample.snapshot is not None
        assert sample.question is not None
        desk.show(sample.snapshot)
        choose(desk, calm=calm, reduced=reduced)
        # What is due has opened by itself, and long ago.
        desk.window.questions.close_all()
        desk.window.questions.open_now(sample.question)
        desk.clock.now += GUARD_SECONDS - 0.01
        was = state(desk)
        assert desk.question() is sample.question
        press_everything(desk)
        assert state(desk) == was, sample.name


@MANNERS
def test_for_600_ms_after_a_dialog_nothing_that_is_pressed_counts(
    desk: Desk, calm: bool, reduced: bool
) -> None:
    for sample in DIALOGS:
        assert sample.snapshot is not None
        assert sample.question is not None
        desk.show(sample.snapshot)
        choose(desk, calm=calm, reduced=reduced)
        desk.window.questions.open_now(sample.question)
        desk.clock.now += 1
        desk.press(Qt.Key.Key_Escape)
        assert desk.question() is None, sample.name
        desk.clock.now += GUARD_SECONDS - 0.01
        was = state(desk)
        press_everything(desk)
        assert state(desk) == was, sample.name


# -------------------------------------------------------------------------------------- ending

SESSIONS = {
    "home": Sample("home", session(47)),
    "ten minutes": Sample("home-10", session(10)),
    "declined": Sample("declined", renewal_of(session(5), RenewalStage.DECLINED)),
    "windowed": Sample("windowed", windowed(session(47, running_applications=2))),
    "bar": Sample("bar", session(47, running_applications=1), wants_program=True),
    "bar, five minutes": Sample("bar-5", session(5, running_applications=1), wants_program=True),
}
STATES = pytest.mark.parametrize("sample", SESSIONS.values(), ids=list(SESSIONS))


def ending_of(desk: Desk, sample: Sample) -> tuple[Button, EndingDialog]:
    """Show a session; return the button that ends it and the question that it asks."""
    snapshot: Snapshot | None = sample.snapshot
    assert snapshot is not None
    if sample.wants_program:
        desk.window.want_program()
    desk.show(snapshot)
    dialog = desk.window.questions.dialog(Question.ENDING)
    assert isinstance(dialog, EndingDialog)
    button = desk.program().bar.end if sample.wants_program else desk.home().time.end
    return button, dialog


@STATES
@MANNERS
def test_ending_asks_and_the_keyboard_is_on_what_goes_on(
    desk: Desk, sample: Sample, calm: bool, reduced: bool
) -> None:
    button, dialog = ending_of(desk, sample)
    choose(desk, calm=calm, reduced=reduced)
    click(button, at=10_000)
    assert desk.question() is Question.ENDING
    assert QApplication.focusWidget() is dialog.go_on
    desk.clock.now += 1
    desk.press(Qt.Key.Key_Return, "\r")
    assert desk.question() is None
    assert desk.wishes == []


@STATES
@MANNERS
def test_neither_a_double_click_nor_a_held_key_ends_a_session(
    desk: Desk, sample: Sample, calm: bool, reduced: bool
) -> None:
    button, dialog = ending_of(desk, sample)
    choose(desk, calm=calm, reduced=reduced)
    for at in (10_000, 10_150, 10_300):
        click(button, at=at)
        click(dialog.end, at=at + 20)
    for _time in range(20):
        desk.press(Qt.Key.Key_Return, "\r", repeated=True)
    assert desk.question() is Question.ENDING
    assert desk.wishes == []
    desk.clock.now += 1
    click(dialog.end, at=12_000)
    assert desk.wishes == [EndAsked()]


@STATES
@MANNERS
def test_escape_always_goes_on(desk: Desk, sample: Sample, calm: bool, reduced: bool) -> None:
    button, dialog = ending_of(desk, sample)
    choose(desk, calm=calm, reduced=reduced)
    click(button, at=10_000)
    desk.clock.now += 1
    dialog.end.setFocus()
    desk.press(Qt.Key.Key_Escape)
    assert desk.question() is None
    assert desk.wishes == []
