"""*Écouter*: what is read of each face and dialog, when it stops, and where there is no voice."""

import re
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from kiosk.look.button import Button
from kiosk.shell.face import Face
from kiosk.shell.gallery import show_sample
from kiosk.shell.question import Question
from kiosk.shell.reader import ListenButton, as_sentences
from kiosk.shell.sample import Sample, goodbye, lock, session
from kiosk.shell.sample_page import samples
from tests.helpers.voice import HandVoice
from tests.shell.conftest import HOW, Desk

SAMPLES = samples()


def button(desk: Desk) -> ListenButton:
    """The button of the face that is up."""
    page = desk.window.page(desk.window.face or Face.STARTING)
    found = [one for one in page.findChildren(ListenButton) if one.isVisibleTo(page)]
    assert len(found) == 1
    return found[0]


FACES: dict[str, Callable[[Desk], None]] = {
    "lock": lambda desk: desk.show(lock()),
    "home": lambda desk: desk.show(session(47)),
    "program": lambda desk: show_sample(desk.window, sample_of("bar")),
    "goodbye": lambda desk: desk.show(goodbye(closed=True, clean=False)),
}


def sample_of(name: str) -> Sample:
    return next(sample for sample in SAMPLES if sample.name == name)


@pytest.mark.parametrize("face", FACES)
def test_the_button_stands_left_of_the_call_for_help(
    desk: Desk, voice: HandVoice, face: str
) -> None:
    FACES[face](desk)
    listen = button(desk)
    calls = [
        one
        for one in desk.window.findChildren(Button)
        if one.isVisible() and one.text() == "Appeler"
    ]
    assert len(calls) == 1
    assert listen.text() == "Écouter"
    gap = calls[0].mapToGlobal(calls[0].rect().topLeft()).x()
    gap -= listen.mapToGlobal(listen.rect().topRight()).x()
    assert 0 < gap < 40


@pytest.mark.parametrize("face", FACES)
def test_without_a_voice_there_is_no_button(desk: Desk, voice: HandVoice, face: str) -> None:
    voice.go()
    FACES[face](desk)
    page = desk.window.page(desk.window.face or Face.STARTING)
    assert not [one for one in page.findChildren(ListenButton) if one.isVisibleTo(page)]


@HOW
def test_a_press_reads_and_another_press_stops(desk: Desk, voice: HandVoice, how: str) -> None:
    desk.show(lock())
    desk.use(button(desk), how)
    assert voice.last.splitlines() == [
        "Bonjour.",
        "Ce poste est libre.",
        "1 heure, renouvelable si la place est libre.",
        "Passez votre carte sous le lecteur ou tapez son numéro.",
        "Bouton : Ouvrir ma session.",
    ]
    assert button(desk).text() == "Stop"
    desk.use(button(desk), how)
    assert not voice.is_speaking()
    assert button(desk).text() == "Écouter"
    assert len(voice.said) == 1


def test_the_button_can_be_pressed_again_when_the_text_is_over(
    desk: Desk, voice: HandVoice
) -> None:
    desk.show(session(47))
    desk.use(button(desk), "click")
    voice.finish()
    assert button(desk).text() == "Écouter"
    desk.use(button(desk), "click")
    assert len(voice.said) == 2


def test_the_row_stays_where_it_is_while_it_reads(desk: Desk, voice: HandVoice) -> None:
    desk.show(lock())
    before = button(desk).geometry()
    desk.use(button(desk), "click")
    assert button(desk).geometry() == before


def test_home_says_the_time_and_what_can_be_chosen(desk: Desk, voice: HandVoice) -> None:
    desk.show(session(47))
    desk.use(button(desk), "click")
    said = voice.last.splitlines()
    assert said[:2] == ["Bonjour.", "Il vous reste 47 minutes, jusqu’à 15 h 40."]
    assert said[-1] == "Internet, Écrire un document, Mes fichiers, Aide."


def test_a_warning_is_read_with_the_button_that_renews(desk: Desk, voice: HandVoice) -> None:
    desk.show(session(10))
    desk.use(button(desk), "click")
    assert voice.last.splitlines()[-2:] == [
        "Il vous reste 10 minutes. Votre place est libre.",
        "Bouton : Prolonger jusqu’à 16 h 40.",
    ]


def test_the_voice_speaks_the_language_of_the_screen(desk: Desk, voice: HandVoice) -> None:
    desk.show(lock())
    desk.use(button(desk), "click")
    desk.window._outfit.display.use_language("en")
    assert not voice.is_speaking()
    desk.use(button(desk), "click")
    assert [language for language, _text in voice.said] == ["fr", "en"]
    assert voice.last.startswith("Hello.")


def test_another_face_stops_the_voice(desk: Desk, voice: HandVoice) -> None:
    desk.show(lock())
    desk.use(button(desk), "click")
    desk.show(session(60))
    assert not voice.is_speaking()
    desk.use(button(desk), "click")
    desk.home().show_help()
    assert not voice.is_speaking()


def test_a_dialog_is_read_to_those_who_listen(desk: Desk, voice: HandVoice) -> None:
    desk.show(session(47))
    desk.use(button(desk), "click")
    desk.window.questions.ask(Question.ENDING)
    assert voice.last.splitlines()[0] == "Terminer votre session ?"
    assert voice.last.splitlines()[-1] == "Bouton : Continuer."
    desk.clock.now += 1.0
    desk.window.questions.dialog(Question.ENDING).answer("go_on")
    assert not voice.is_speaking()


def test_a_dialog_is_not_read_to_those_who_do_not(desk: Desk, voice: HandVoice) -> None:
    desk.show(session(47))
    desk.window.questions.ask(Question.ENDING)
    assert voice.said == []
    desk.window.questions.close_all()
    desk.clock.now += 1.0
    desk.use(button(desk), "click")
    desk.use(button(desk), "click")
    desk.window.questions.ask(Question.ENDING)
    assert len(voice.said) == 1


def test_the_next_visitor_is_not_read_to(desk: Desk, voice: HandVoice) -> None:
    desk.show(session(47))
    desk.use(button(desk), "click")
    desk.show(lock())
    desk.window.questions.ask(Question.FORGOTTEN)
    assert len(voice.said) == 1


def test_the_button_goes_and_comes_with_the_voice(desk: Desk, voice: HandVoice) -> None:
    desk.show(lock())
    listen = button(desk)
    desk.use(listen, "click")
    voice.go()
    assert not listen.isVisible()
    voice.come()
    assert listen.isVisible()
    assert listen.text() == "Écouter"


def test_a_key_meant_for_a_button_that_has_gone_presses_nothing(
    desk: Desk, voice: HandVoice
) -> None:
    desk.show(lock())
    desk.reach(button(desk))
    voice.go()
    desk.press(Qt.Key.Key_Return, "\r")
    assert desk.wishes == []


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.name)
def test_every_face_and_dialog_says_something_and_never_what_was_typed(
    desk: Desk, voice: HandVoice, sample: Sample
) -> None:
    show_sample(desk.window, sample)
    QApplication.processEvents()
    text = as_sentences(desk.window.spoken())
    assert len(text.splitlines()) >= 2
    assert "Jeanne" not in text
    digits = re.sub(r"\D", "", text)
    assert "5678" not in digits
    assert "2718" not in digits
    assert "<" not in text
    assert "&" not in text


def test_a_voice_given_later_is_the_one_that_reads(desk: Desk, voice: HandVoice) -> None:
    desk.show(lock())
    other = HandVoice()
    desk.window.use_voice(other)
    voice.go()
    desk.use(button(desk), "click")
    assert (len(voice.said), len(other.said)) == (0, 1)
