"""Faces and dialogs fade, except where nothing may move; no fade keeps a hand waiting."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from kiosk.shell.face import Face
from kiosk.shell.gallery import show_sample
from kiosk.shell.question import Question
from kiosk.shell.sample import Sample, goodbye, grace, lock, session
from kiosk.shell.sample_page import samples
from kiosk.wire.face import LaunchAsked
from tests.shell.conftest import Desk

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture(autouse=True)
def painted(desk: Desk) -> None:
    """The window stands on the screen, painted once."""
    desk.window.repaint()


def show(desk: Desk, sample: Sample) -> None:
    desk.show(sample.snapshot or lock())
    desk.window.fade.finish()
    desk.window.repaint()


def test_a_face_fades_into_the_next(desk: Desk) -> None:
    desk.show(lock())
    assert desk.window.fade.is_fading()
    tokens = desk.look.tokens.motion
    assert desk.window.fade._animation.duration() == tokens.base_ms
    assert 120 <= tokens.fast_ms <= tokens.base_ms <= tokens.slow_ms <= 320


def test_a_dialog_fades_in_and_out(desk: Desk) -> None:
    show(desk, Sample("home", session(47)))
    desk.window.questions.ask(Question.ENDING)
    assert desk.window.fade.is_fading()
    assert desk.window.fade._animation.duration() == desk.look.tokens.motion.fast_ms
    desk.window.fade.finish()
    desk.window.repaint()
    desk.clock.now += 1
    desk.press(Qt.Key.Key_Escape)
    assert desk.question() is None
    assert desk.window.fade.is_fading()


def test_the_session_bar_comes_and_goes_at_once(desk: Desk) -> None:
    show(desk, Sample("home", session(47)))
    desk.window.want_program()
    desk.show(session(47, running_applications=1))
    assert desk.face() is Face.PROGRAM
    assert not desk.window.fade.is_fading()
    desk.show(session(46))
    assert desk.face() is Face.HOME
    assert not desk.window.fade.is_fading()


def test_a_warning_does_not_fade(desk: Desk) -> None:
    show(desk, Sample("home", session(11)))
    desk.show(session(10))
    assert not desk.window.fade.is_fading()


def test_with_fewer_movements_every_face_and_dialog_is_there_at_once(desk: Desk) -> None:
    desk.window.display.use_reduced(True)
    shown = set()
    for sample in samples():
        # The end of a visit forgets what was chosen.
        desk.window.display.use_reduced(True)
        desk.window.questions.close_all()
        if sample.snapshot is not None:
            desk.show(sample.snapshot)
            assert not desk.window.fade.is_fading(), sample.name
        if sample.question is not None:
            desk.window.display.use_reduced(True)
            desk.window.questions.open_now(sample.question)
            assert not desk.window.fade.is_fading(), sample.name
        shown.add(desk.face())
    assert len(shown) > 6


def test_a_face_takes_a_click_while_it_fades(desk: Desk) -> None:
    desk.show(lock())
    desk.show(session(47), rest=0.7)
    assert desk.window.fade.is_fading()
    tile = desk.home().tiles.tiles["internet"]
    spot = tile.mapTo(desk.window, tile.rect().center())
    QTest.mouseClick(desk.window.windowHandle(), LEFT, pos=spot)
    assert desk.wishes == [LaunchAsked(application="internet")]


def test_a_face_takes_a_card_while_it_fades(desk: Desk) -> None:
    desk.show(goodbye(closed=True, clean=True))
    desk.show(lock(), rest=0.7)
    assert desk.window.fade.is_fading()
    desk.scan("29214545678")
    assert desk.lock().form.card.is_done()


def test_no_effect_stays_on_any_widget(desk: Desk) -> None:
    """An effect would be drawn again with each picture, and for ever."""
    for sample in samples():
        show_sample(desk.window, sample)
        assert not any(part.graphicsEffect() for part in desk.window.findChildren(QWidget))


def test_a_picture_of_a_sample_shows_nothing_of_the_one_before(desk: Desk) -> None:
    desk.window.display.use_reduced(True)
    show_sample(desk.window, Sample("grace", grace(120)))
    show_sample(desk.window, Sample("home", session(47), reduced=True))
    rest()
    still = desk.window.grab().toImage()
    show_sample(desk.window, Sample("lock", lock()))
    desk.window.repaint()
    show_sample(desk.window, Sample("home", session(47)))
    assert not desk.window.fade.is_fading()
    rest()
    now = desk.window.grab().toImage()
    # From afar: the edges of large figures differ a little from one drawing to the next.
    for one, other in zip(seen_from_afar(still), seen_from_afar(now), strict=True):
        assert abs(one - other) <= 8


def seen_from_afar(image: QImage) -> list[int]:
    """Return the lightness of an image in squares of sixteen pixels."""
    smooth = Qt.TransformationMode.SmoothTransformation
    small = image.scaled(image.size() / 16, Qt.AspectRatioMode.IgnoreAspectRatio, smooth)
    return [
        small.pixelColor(across, down).lightness()
        for down in range(small.height())
        for across in range(small.width())
    ]


def rest() -> None:
    for _round in range(6):
        QApplication.processEvents()
