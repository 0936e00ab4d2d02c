"""A question: over the face, safe by default, with the keyboard kept inside."""

import gc

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid, ownedByPython

from kiosk.look.button import Button
from kiosk.look.dialog import Dialog
from kiosk.look.guard import Guard
from kiosk.look.look import Look
from kiosk.look.words import Words
from tests.look.conftest import HandClock, show
from tests.look.key import Count, press


class Question:
    """An ending question over a face with two buttons."""

    def __init__(self, look: Look, guard: Guard, window: QWidget) -> None:
        column = QVBoxLayout(window)
        self.behind = Button(look, "Terminer…", "danger")
        self.other = Button(look, "Internet")
        column.addWidget(self.other)
        column.addWidget(self.behind)
        self.dialog = Dialog(look, guard, window, spoken="Terminer votre session ?", width=600)
        self.inside = Button(look, "Imprimer")
        self.dialog.body.addWidget(Words(look, "Terminer votre session ?", "h1", wrap=True))
        self.dialog.body.addWidget(self.inside)
        self.go_on = Button(look, "Continuer", "primary")
        self.finish = Button(look, "Terminer", "danger")
        self.dialog.add_answer(self.go_on, "continue", safe=True, escape=True, stretch=1)
        self.dialog.add_answer(self.finish, "end", stretch=1)
        self.answers: list[str] = []
        self.dialog.answered.connect(self.answers.append)


@pytest.fixture
def question(qtbot: QtBot, look: Look, guard: Guard, window: QWidget) -> Question:
    question = Question(look, guard, window)
    show(qtbot, window)
    question.behind.setFocus()
    return question


def test_the_focus_begins_on_the_safe_answer(question: Question) -> None:
    question.dialog.open()
    assert question.go_on.hasFocus()


def test_the_keyboard_cannot_leave_the_question(
    qtbot: QtBot, question: Question, guard: Guard, clock: HandClock
) -> None:
    question.dialog.open()
    clock.advance(601)
    seen = []
    for key in [Qt.Key.Key_Tab] * 4 + [Qt.Key.Key_Backtab] * 4:
        focused = QApplication.focusWidget()
        assert focused is not None
        QTest.keyClick(focused, key)
        seen.append(QApplication.focusWidget())
    assert set(seen) == {question.inside, question.go_on, question.finish}
    assert seen[:4] == [question.finish, question.inside, question.go_on, question.finish]


def test_escape_gives_the_answer_that_destroys_nothing(
    question: Question, clock: HandClock
) -> None:
    question.dialog.open()
    clock.advance(601)
    question.finish.setFocus()
    press(question.finish, Qt.Key.Key_Escape)
    assert question.answers == ["continue"]
    assert not question.dialog.is_open()


def test_the_press_that_opened_it_does_not_answer_it(question: Question, clock: HandClock) -> None:
    question.dialog.open()
    clock.advance(300)
    press(question.go_on, Qt.Key.Key_Return)
    assert question.dialog.is_open()
    clock.advance(301)
    press(question.go_on, Qt.Key.Key_Return)
    assert question.answers == ["continue"]


def test_the_press_that_answered_it_does_not_fall_through(
    qtbot: QtBot, question: Question, guard: Guard, clock: HandClock
) -> None:
    count = Count(question.behind)
    question.dialog.open()
    clock.advance(601)
    QTest.mouseClick(question.go_on, Qt.MouseButton.LeftButton)
    QTest.mouseClick(question.behind, Qt.MouseButton.LeftButton)
    assert count.clicks == 0
    assert guard.is_swallowing()


def test_the_focus_goes_back_where_it_was(question: Question, clock: HandClock) -> None:
    question.dialog.open()
    clock.advance(601)
    question.dialog.answer("continue")
    assert question.behind.hasFocus()


def test_a_question_that_is_no_longer_due_gives_no_answer(question: Question) -> None:
    question.dialog.open()
    question.dialog.dismiss()
    assert question.answers == []
    assert question.behind.hasFocus()


def test_nothing_behind_can_be_pressed(
    qtbot: QtBot, question: Question, window: QWidget, clock: HandClock
) -> None:
    question.dialog.open()
    clock.advance(601)
    spot = question.other.mapTo(window, question.other.rect().center())
    assert window.childAt(spot) is not question.other
    press(question.dialog, Qt.Key.Key_Return)
    assert question.answers == []


def test_it_follows_the_size_of_its_window(
    qtbot: QtBot, question: Question, window: QWidget
) -> None:
    question.dialog.open()
    window.resize(700, 500)
    qtbot.waitUntil(lambda: question.dialog.size() == window.size())
    assert window.rect().contains(question.dialog.panel.geometry())


def test_what_is_too_tall_scrolls_and_the_answers_stay(
    qtbot: QtBot, question: Question, window: QWidget, look: Look
) -> None:
    tall = QLabel("x")
    tall.setFixedHeight(1500)
    question.dialog.body.addWidget(tall)
    question.dialog.open()
    qtbot.waitUntil(lambda: question.dialog._scroll.verticalScrollBar().maximum() > 0)
    for button in (question.go_on, question.finish):
        spot = button.mapTo(window, button.rect().bottomRight())
        assert window.rect().contains(spot)


def test_opening_twice_is_harmless(question: Question) -> None:
    question.dialog.open()
    question.finish.setFocus()
    question.dialog.open()
    assert question.finish.hasFocus()


def test_walking_through_a_question_makes_no_widget_the_property_of_another(
    question: Question, window: QWidget, clock: HandClock
) -> None:
    question.dialog.open()
    clock.advance(601)
    for key in [Qt.Key.Key_Tab] * 4 + [Qt.Key.Key_Backtab] * 4:
        focused = QApplication.focusWidget()
        assert focused is not None
        QTest.keyClick(focused, key)
    question.dialog.dismiss()

    assert ownedByPython(window)
    assert not ownedByPython(question.dialog)
    gc.collect()
    assert all(isValid(one) for one in (window, question.behind, question.inside, question.finish))


def test_what_cannot_be_used_is_no_stop(question: Question, clock: HandClock) -> None:
    question.finish.setEnabled(False)
    question.dialog.open()
    clock.advance(601)
    QTest.keyClick(question.go_on, Qt.Key.Key_Tab)
    assert question.inside.hasFocus()


def test_a_question_whose_button_has_gone_leaves_the_keyboard_to_the_face(
    question: Question,
) -> None:
    question.behind.setFocus()
    question.dialog.open()
    question.behind.hide()
    question.finish.setFocus()
    question.dialog.dismiss()
    focused = QApplication.focusWidget()
    assert focused is None or not question.dialog.isAncestorOf(focused)
