"""The guards see what they are there for."""

import logging
import subprocess
import sys
import threading
from collections.abc import Callable

import pytest
from PySide6.QtCore import QThread, QTimer
from pytestqt.qtbot import QtBot

from tests.helpers import leak
from tests.helpers.leak import LeakGuard
from tests.helpers.logfail import LogGuard


@pytest.fixture
def guard(monkeypatch: pytest.MonkeyPatch) -> LeakGuard:
    monkeypatch.setattr(leak, "PATIENCE_SECONDS", 0.05)
    guard = LeakGuard()
    guard.remember()
    return guard


def test_a_thread_left_running_is_named(guard: LeakGuard) -> None:
    go = threading.Event()
    thread = threading.Thread(target=go.wait, name="forgotten")
    thread.start()

    left = guard.left_behind()

    go.set()
    thread.join()
    assert len(left) == 1
    assert "forgotten" in left[0]
    assert guard.left_behind() == []


def test_a_process_left_running_is_named_and_killed(guard: LeakGuard) -> None:
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as process:
        left = guard.left_behind()

        assert process.wait(timeout=5) != 0
    assert any(str(process.pid) in line for line in left)


def test_a_process_of_a_wider_fixture_is_let_be(guard: LeakGuard) -> None:
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as process:
        guard.expect_process(process.pid)

        left = guard.left_behind()

        process.communicate(b"\n", timeout=5)
    assert left == []


@pytest.mark.usefixtures("qapp")
def test_a_ticking_timer_is_named_and_stopped(guard: LeakGuard) -> None:
    timer = QTimer()
    timer.setObjectName("countdown")
    timer.start(1000)

    left = guard.left_behind()

    assert len(left) == 1
    assert "countdown" in left[0]
    assert not timer.isActive()


@pytest.mark.usefixtures("qapp")
def test_a_timer_of_before_that_is_started_now_is_named(guard: LeakGuard) -> None:
    class Countdown(QTimer):
        pass

    resting, ticking = Countdown(), Countdown(singleShot=False, interval=1000)
    ticking.start()
    guard.remember()

    resting.start(1000)

    (left,) = guard.left_behind()
    assert "Countdown" in left
    assert not resting.isActive()
    ticking.stop()


@pytest.mark.usefixtures("qapp")
def test_a_timer_of_a_deleted_owner_is_no_leak(guard: LeakGuard) -> None:
    owner = QTimer()
    timer = QTimer(owner)
    timer.start(1000)
    owner.deleteLater()

    assert guard.left_behind() == []


def test_a_running_qthread_is_named_and_stopped(guard: LeakGuard, qtbot: QtBot) -> None:
    thread = QThread()
    thread.setObjectName("journal")
    thread.start()
    qtbot.waitUntil(thread.isRunning)

    left = guard.left_behind()

    assert any("journal" in line for line in left)
    assert thread.wait(1000)


def record(name: str, text: str, level: int = logging.WARNING) -> logging.LogRecord:
    return logging.LogRecord(name, level, __file__, 1, text, None, None)


def test_an_unannounced_warning_is_a_complaint() -> None:
    guard = LogGuard()

    guard.handle(record("kiosk.journal", "disk full"))

    assert guard.complaints() == [
        "unexpected log record: WARNING kiosk.journal: disk full",
    ]


def test_an_announced_warning_is_part_of_the_test() -> None:
    guard = LogGuard()
    guard.expect("kiosk", "full")

    guard.handle(record("kiosk.journal", "disk full"))

    assert guard.complaints() == []


def test_an_error_is_more_than_an_announced_warning() -> None:
    guard = LogGuard()
    guard.expect("kiosk", "full")
    guard.handle(record("kiosk.journal", "disk full"))

    guard.handle(record("kiosk.journal", "disk full", logging.ERROR))

    assert guard.complaints() == ["unexpected log record: ERROR kiosk.journal: disk full"]


def test_an_announced_warning_must_come() -> None:
    guard = LogGuard()

    guard.expect("kiosk", "full")

    assert guard.complaints() == ["expected log record did not come: kiosk 'full'"]


def test_a_test_may_announce_what_it_logs(expect_log: Callable[..., None]) -> None:
    expect_log("kiosk.journal", "disk full")

    logging.getLogger("kiosk.journal").warning("disk full")
