"""Every page in every state: nothing cut, nothing nameless, nothing left behind."""

import gc
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QRect
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget

from kiosk.look.ring import Ring
from kiosk.shell import gallery
from kiosk.shell.face import Face
from kiosk.shell.gallery import all_views, every_sample, show_sample, usual_views
from kiosk.shell.sample import Sample
from kiosk.shell.window import Window
from tests.helpers.voice import HandVoice
from tests.shell.conftest import Desk

SAMPLES = every_sample()


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.name)
def test_a_face_follows_a_hand_that_changes_the_display(
    desk: Desk, voice: HandVoice, sample: Sample
) -> None:
    """What is chosen while a face is up looks as if it had been chosen before."""
    display = desk.window._outfit.display
    show_sample(desk.window, sample)
    rest()
    for choose in (
        partial(display.use_language, "en"),
        partial(display.use_contrast, True),
        partial(display.use_scale, "150"),
    ):
        choose()
        rest()
    followed = places(desk.window)
    outfit = desk.window._outfit
    fresh = Window(outfit.look, outfit.language, outfit.guard, outfit.clock)
    fresh.use_voice(voice)
    desk.qtbot.addWidget(fresh)
    fresh.resize(desk.window.size())
    fresh.show()
    show_sample(fresh, sample)
    rest()
    assert followed == places(fresh)


def rest() -> None:
    """Let layouts come to rest."""
    for _round in range(4):
        QApplication.processEvents()


def places(window: Window) -> list[str]:
    """Return where each part stands, and its words."""
    return [
        f"{type(part).__name__} {part.text() if isinstance(part, QLabel) else ''} "
        f"{QRect(part.mapTo(window, QPoint(0, 0)), part.size()).getRect()}"
        for part in window.findChildren(QWidget)
        if part.isVisibleTo(window) and isinstance(part, QLabel | QAbstractButton | Ring)
    ]


def test_the_names_of_the_samples_are_their_own() -> None:
    names = [sample.name for sample in SAMPLES]
    assert len(names) == len(set(names))


def test_the_views_of_the_gallery_have_pictures_of_their_own() -> None:
    usual = [view.name for view in usual_views()]
    assert len(usual) == len(set(usual))
    assert {view.name for view in all_views()} >= set(usual)


def test_every_face_stands_in_the_gallery(desk: Desk) -> None:
    shown = {desk.face()}
    for sample in SAMPLES:
        show_sample(desk.window, sample)
        shown.add(desk.face())
    assert shown == set(Face)


def test_the_gallery_takes_pictures_of_what_is_asked_for(
    qapp: QApplication, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert gallery.main(["--pictures", str(tmp_path), "--only", "closed-club"]) == 0
    taken = list(tmp_path.iterdir())
    assert [picture.name for picture in taken] == ["closed-club_fr_100_1920x1080.png"]
    image = QImage(str(taken[0]))
    assert (image.width(), image.height()) == (1920, 1080)
    assert "1 pictures" in capsys.readouterr().out


def test_no_page_is_ever_a_window_of_its_own(desk: Desk) -> None:
    for sample in SAMPLES:
        show_sample(desk.window, sample)
        others = [w for w in QApplication.topLevelWidgets() if w.isVisible()]
        assert others == [desk.window], sample.name


def test_windows_made_and_dropped_fifty_times_leave_no_widget(
    qapp: QApplication, desk: Desk, count_of: Callable[[int], int]
) -> None:
    outfit = desk.window._outfit
    snapshots = [sample for sample in SAMPLES if sample.name in LEAK_SAMPLES]

    def once() -> None:
        window = Window(outfit.look, outfit.language, outfit.guard, outfit.clock)
        for sample in snapshots:
            show_sample(window, sample)
        window.deleteLater()
        del window
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        QApplication.processEvents()
        gc.collect()

    once()
    before, held = len(QApplication.allWidgets()), count_python_widgets()
    for _time in range(count_of(50)):
        once()
    assert len(QApplication.allWidgets()) == before
    assert count_python_widgets() <= held


LEAK_SAMPLES = {
    "lock-card", "closed", "out-of-order", "offline", "home", "help", "bar-10", "grace", "goodbye",
    "enrolment", "offer", "options", "ending", "message", "call-asked", "forgotten", "display",
}  # fmt: skip


def count_python_widgets() -> int:
    """Return how many widgets Python still holds."""
    return sum(1 for found in gc.get_objects() if issubclass(type(found), QWidget))
