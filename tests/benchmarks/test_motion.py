"""What moves on the faces, drawn sixty times a second on one core at 1920 × 1080.

The window is drawn into memory, as X shows it: the pixels are all computed here.
"""

import time
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from kiosk.look.guard import Guard
from kiosk.look.language import Language
from kiosk.look.look import Look
from kiosk.look.ring import Ring
from kiosk.look.theme import Theme
from kiosk.look.token import load_tokens
from kiosk.shell.gallery import SCREENS, settle
from kiosk.shell.question import Question
from kiosk.shell.sample import lock, session
from kiosk.shell.window import Window
from tests.benchmarks.frame import RATE, draw_frames, one_core
from tests.benchmarks.table import Table, milliseconds

SECONDS = 5
TIMES = 10
REACH = "none over 50 ms"


@pytest.fixture
def window(qapp: QApplication) -> Iterator[Window]:
    """A workstation on one core, painted once."""
    look = Look(qapp, Theme(load_tokens()))
    guard = Guard(qapp, look.tokens.behaviour, time.monotonic)
    window = Window(look, Language("fr"), guard)
    window.resize(SCREENS["1920x1080"])
    window.show()
    window.activateWindow()
    with one_core():
        settle(qapp)
        yield window
    window.close()
    window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    qapp.removeEventFilter(guard)


def stand_still(window: Window, qapp: QApplication) -> None:
    window.fade.finish()
    settle(qapp)
    window.repaint()


def test_the_ring_of_the_home(qapp: QApplication, window: Window, table: Table) -> None:
    window.show_snapshot(session(60))
    stand_still(window, qapp)
    ring = window.findChild(Ring)
    assert ring is not None

    def draw(number: int) -> None:
        # Each picture shows another minute, which a real ring does once a minute.
        ring.show_time(60 * (60 - number % 60), 3600, unit="minutes", spoken="")
        ring.repaint()

    frames = draw_frames(draw, SECONDS * RATE)
    table.add("home at 1920 × 1080: the ring, 60 pictures a second", str(frames), REACH)


def draw_fade(window: Window) -> tuple[float, ...]:
    """Draw the pictures of the fade that has just begun; return how long each took."""
    animation = window.fade._animation
    animation.pause()

    def draw(number: int) -> None:
        animation.setCurrentTime(1000 * number // RATE)
        window.repaint()

    return draw_frames(draw, RATE * animation.duration() // 1000).seconds


def told(seconds: list[float]) -> str:
    late = sum(1 for one in seconds if one > 1 / RATE)
    worst = max(seconds) * 1000
    return f"{milliseconds(seconds)}, worst {worst:.1f}, {late} of {len(seconds)} late"


def test_a_fade_from_face_to_face(qapp: QApplication, window: Window, table: Table) -> None:
    taken: list[float] = []
    drawn: list[float] = []
    for number in range(TIMES):
        window.show_snapshot(lock() if number % 2 else session(47))
        stand_still(window, qapp)
        start = time.perf_counter()
        with window.fade.over(window.fade._look.tokens.motion.base_ms):
            taken.append(time.perf_counter() - start)
        drawn += draw_fade(window)
    table.add("a face at 1920 × 1080: the picture that a fade takes", milliseconds(taken))
    table.add(f"a fade over the lock and the home, {TIMES} times", told(drawn), REACH)


def test_a_dialog_that_fades_in(qapp: QApplication, window: Window, table: Table) -> None:
    window.show_snapshot(session(47))
    drawn: list[float] = []
    for _time in range(TIMES):
        window.questions.close_all()
        stand_still(window, qapp)
        window.questions.open_now(Question.ENDING)
        drawn += draw_fade(window)
    table.add(f"a dialog that fades in over the home, {TIMES} times", told(drawn), REACH)
