"""A whole visit without a mouse: no trap, the place always in sight, F1 helps everywhere."""

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from kiosk.shell.face import Face
from kiosk.shell.question import Question
from kiosk.shell.sample import Sample, goodbye, lock, renewal_of, session, windowed
from kiosk.shell.sample_page import samples
from kiosk.wire.face import (
    EndAsked,
    HelpWished,
    LaunchAsked,
    RenewalAsked,
    RenewalStage,
    SignInAsked,
)
from tests.helpers.keyboard import Keyboard
from tests.shell.conftest import Desk

CARD = "29214545678012"
FACES = [sample for sample in samples() if sample.enrolment is None and sample.snapshot]


@pytest.fixture
def keyboard(desk: Desk) -> Keyboard:
    return Keyboard(desk.window)


def focused() -> QWidget | None:
    return QApplication.focusWidget()


def test_a_whole_visit_needs_no_mouse(desk: Desk, keyboard: Keyboard) -> None:
    display = desk.window._outfit.display
    desk.show(lock())
    assert keyboard.sees_place()

    # Larger text, English, and back to French: arrows choose, and it holds at once.
    keyboard.go_to("Texte normal")
    keyboard.press(Qt.Key.Key_Right)
    assert display.scale == "125"
    keyboard.go_to("Français")
    keyboard.press(Qt.Key.Key_Right)
    assert desk.lock().title.text().count("Hello")
    keyboard.press(Qt.Key.Key_Left)

    # Card and code.
    keyboard.go_to("Numéro de carte")
    desk.type(CARD)
    keyboard.press(Qt.Key.Key_Return)
    assert keyboard.here().startswith("Code secret")
    desk.type("2718")
    keyboard.use("Ouvrir ma session")
    assert desk.wishes == [SignInAsked(card=CARD, pin="2718")]
    desk.wishes.clear()

    # The home: help and back.
    desk.show(session(47))
    assert keyboard.sees_place()
    keyboard.use("Aide")
    assert desk.home().is_help_shown()
    desk.clock.now += 1
    keyboard.use("Retour")
    assert not desk.home().is_help_shown()
    desk.clock.now += 1

    # How things look.
    keyboard.use("Affichage")
    assert desk.question() is Question.DISPLAY
    desk.clock.now += 1
    assert keyboard.sees_place()
    keyboard.press(Qt.Key.Key_Escape)
    assert desk.question() is None
    desk.clock.now += 1

    # A program.
    keyboard.use("Écrire un document")
    assert desk.wishes == [LaunchAsked(application="writer")]
    desk.wishes.clear()
    desk.show(windowed(session(47, running_applications=1)))
    assert desk.face() is Face.PROGRAM

    # The warning line takes nobody's place; it is reached like everything else.
    before = focused()
    desk.show(windowed(session(10, running_applications=1)))
    assert focused() is before
    keyboard.use("Prolonger")
    assert desk.wishes == [RenewalAsked()]
    desk.wishes.clear()

    # Escape goes on; ending takes a step to the other answer.
    desk.show(windowed(session(60, running_applications=1)))
    keyboard.use("Terminer")
    assert desk.question() is Question.ENDING
    desk.clock.now += 1
    assert keyboard.here() == "Continuer"
    keyboard.press(Qt.Key.Key_Escape)
    assert (desk.question(), desk.wishes) == (None, [])
    desk.clock.now += 1
    keyboard.use("Terminer")
    desk.clock.now += 1
    keyboard.press(Qt.Key.Key_Tab)
    assert keyboard.sees_place()
    keyboard.press(Qt.Key.Key_Return)
    assert desk.wishes == [EndAsked()]

    desk.show(goodbye(closed=True, clean=True))
    assert desk.face() is Face.GOODBYE
    assert keyboard.sees_place()


@pytest.mark.parametrize("sample", FACES, ids=lambda sample: sample.name)
def test_no_face_and_no_question_is_a_trap(desk: Desk, keyboard: Keyboard, sample: Sample) -> None:
    assert sample.snapshot is not None
    if sample.wants_program:
        desk.window.want_program()
    desk.show(sample.snapshot)
    if sample.question is not None:
        desk.window.questions.open_now(sample.question)
        desk.clock.now += 1
    if focused() is None:
        keyboard.press(Qt.Key.Key_Tab)
    if focused() is not None:
        there = keyboard.round_trip()
        assert keyboard.here() == there[0]


@pytest.mark.parametrize("has_program", [False, True], ids=["home", "program"])
def test_f1_opens_the_help_of_a_session(desk: Desk, keyboard: Keyboard, has_program: bool) -> None:
    if has_program:
        desk.window.want_program()
    desk.show(windowed(session(47, running_applications=int(has_program))))
    keyboard.press(Qt.Key.Key_F1)
    assert desk.face() is Face.HOME
    assert desk.home().is_help_shown()
    assert keyboard.sees_place()
    assert desk.wishes == []
    desk.clock.now += 1
    keyboard.press(Qt.Key.Key_F1)
    assert desk.home().is_help_shown()


@pytest.mark.parametrize(
    "name", ["lock", "closed", "out-of-order", "offline", "goodbye", "ending", "grace"]
)
def test_f1_calls_for_help_where_there_is_no_page_of_it(
    desk: Desk, keyboard: Keyboard, name: str
) -> None:
    sample = next(sample for sample in samples() if sample.name == name)
    assert sample.snapshot is not None
    desk.show(sample.snapshot)
    if sample.question is not None:
        desk.window.questions.ask(sample.question)
        desk.clock.now += 1
    keyboard.press(Qt.Key.Key_F1)
    assert desk.wishes == [HelpWished()]
    assert desk.question() is sample.question


def test_f1_waits_as_every_key_after_a_change_of_face(desk: Desk, keyboard: Keyboard) -> None:
    desk.show(lock())
    desk.show(session(47), rest=0.1)
    keyboard.press(Qt.Key.Key_F1)
    assert not desk.home().is_help_shown()


def test_a_refused_renewal_can_be_asked_about_by_keys(desk: Desk, keyboard: Keyboard) -> None:
    face = session(9)
    assert face.session is not None
    refused = renewal_of(replace(face), RenewalStage.REFUSED)
    desk.show(refused)
    keyboard.use("Que puis-je faire")
    assert desk.question() is Question.OPTIONS
    desk.clock.now += 1
    assert keyboard.sees_place()
    keyboard.press(Qt.Key.Key_Escape)
    assert desk.question() is None
