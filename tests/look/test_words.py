"""Text keeps the colour it was given, wherever it goes afterwards."""

from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from kiosk.look.look import Look
from kiosk.look.words import Words
from tests.look.conftest import MakeLook


def colour_of(words: Words) -> str:
    return words.palette().color(QPalette.ColorRole.WindowText).name()


def test_a_colour_given_before_words_have_their_place_is_kept(look: Look, qtbot: QtBot) -> None:
    words = Words(look, "4 min", "small", "success")
    holder = QWidget()
    QVBoxLayout(holder).addWidget(words)
    words.ensurePolished()
    words.set_tone("warning")
    window = QWidget()
    qtbot.addWidget(window)
    QVBoxLayout(window).addWidget(holder)
    window.show()
    assert colour_of(words) == look.colour("warning").name()


def test_words_follow_the_contrast(make_look: MakeLook, qtbot: QtBot) -> None:
    look = make_look()
    words = Words(look, "4 min", "small", "success")
    qtbot.addWidget(words)
    words.show()
    words.set_tone("danger")
    look.use(name="high_contrast")
    assert colour_of(words) == look.colour("danger").name()
    look.use(name="light")
    assert colour_of(words) == look.colour("danger").name()
