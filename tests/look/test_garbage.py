"""Forgotten objects go between two events of Qt, and stay while one is being answered."""

import gc
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from kiosk.look.garbage import GarbageCollector, collect_due


class Forgotten:
    """An object that only it itself still knows."""

    def __init__(self) -> None:
        self.me = self


@pytest.fixture
def collector(qapp: QObject) -> Iterator[GarbageCollector]:
    made = GarbageCollector(qapp)
    yield made
    made.stop()
    made.deleteLater()
    gc.disable()


def make_many() -> None:
    kept = [Forgotten() for _ in range(2 * gc.get_threshold()[0])]
    kept.clear()


def test_nothing_forgotten_goes_while_an_event_is_answered(collector: GarbageCollector) -> None:
    seen = weakref.ref(Forgotten())
    for _ in range(20):
        make_many()
    assert seen() is not None


def test_what_is_forgotten_goes_once_the_loop_looks(
    collector: GarbageCollector, qtbot: QtBot
) -> None:
    seen = weakref.ref(Forgotten())
    make_many()
    collector._timer.setInterval(1)
    qtbot.waitUntil(lambda: seen() is None)


def test_an_idle_program_collects_nothing(collector: GarbageCollector) -> None:
    gc.collect()
    seen = weakref.ref(Forgotten())
    collect_due()
    assert seen() is not None


def test_a_stopped_one_leaves_the_looking_to_python(collector: GarbageCollector) -> None:
    assert not gc.isenabled()
    collector.stop()
    assert gc.isenabled()
