"""The guard that fails a test which leaves something running, and says what and whose.

It looks at Python threads, child processes, and the QThreads and QTimers that Python knows (those
inside Qt's network code are Qt's own business). What ran before the test began is not its leak.
What it finds it also stops where it can, so that one leak does not blame the next test.
"""

import contextlib
import gc
import sys
import threading
import time
import weakref
from typing import TYPE_CHECKING

import psutil

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

# How long something that is ending may take to end, in seconds.
PATIENCE_SECONDS = 2.0


class LeakGuard:
    """Remembers what ran before a test and tells what is left after it."""

    def __init__(self) -> None:
        self._threads: weakref.WeakSet[threading.Thread] = weakref.WeakSet()
        self._processes: set[int] = set()
        self._lasting: set[int] = set()
        self._objects: set[int] = set()

    def expect_process(self, pid: int) -> None:
        """Say that a process lives longer than a test: it belongs to a wider fixture."""
        self._lasting.add(pid)

    def remember(self) -> None:
        """Take what runs now as given."""
        self._threads = weakref.WeakSet(threading.enumerate())
        self._processes = {process.pid for process in _children()}
        self._objects = {id(found) for found in _running_objects()}

    def left_behind(self) -> list[str]:
        """Return a line for each thing that still runs, after giving it time to end."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        _finish_deletions()
        found = self._find()
        while found and time.monotonic() < deadline:
            gc.collect()
            _finish_deletions()
            time.sleep(0.02)
            found = self._find()
        return [*found, *self._stop_all()] if found else []

    def _new_threads(self) -> list[threading.Thread]:
        return [
            thread
            for thread in threading.enumerate()
            # A dummy stands for a foreign thread that once ran Python; Qt's are looked at as such.
            if thread not in self._threads and not isinstance(thread, threading._DummyThread)
        ]

    def _new_processes(self) -> list[psutil.Process]:
        known = self._processes | self._lasting
        return [process for process in _children() if process.pid not in known]

    def _new_objects(self) -> "list[QObject]":
        return [found for found in _running_objects() if id(found) not in self._objects]

    def _find(self) -> list[str]:
        lines = [f"thread still running: {thread!r}" for thread in self._new_threads()]
        for process in self._new_processes():
            with contextlib.suppress(psutil.NoSuchProcess):
                lines.append(f"process still running: {process.pid} {process.cmdline()}")
        lines += [f"still running: {_describe(found)}" for found in self._new_objects()]
        return lines

    def _stop_all(self) -> list[str]:
        from PySide6.QtCore import QThread, QTimer

        lines = []
        for found in self._new_objects():
            if isinstance(found, QTimer) and found.thread() is QThread.currentThread():
                found.stop()
            elif isinstance(found, QThread):
                found.quit()
                if not found.wait(1000):
                    lines.append(f"would not stop: {_describe(found)}")
        for process in self._new_processes():
            with contextlib.suppress(psutil.NoSuchProcess):
                process.kill()
        return lines


def _children() -> list[psutil.Process]:
    alive = []
    for process in psutil.Process().children():
        with contextlib.suppress(psutil.NoSuchProcess):
            if process.status() != psutil.STATUS_ZOMBIE:
                alive.append(process)
    return alive


def _running_objects() -> "list[QObject]":
    """The QThreads that run and the QTimers that tick, among the objects of Python."""
    if "PySide6.QtCore" not in sys.modules:
        return []
    from PySide6.QtCore import QThread, QTimer
    from shiboken6 import Shiboken

    found: list[QObject] = []
    for candidate in gc.get_objects():
        kind = type(candidate)  # not isinstance: proxies would answer for what they stand for
        if issubclass(kind, QTimer):
            if Shiboken.isValid(candidate) and candidate.isActive():
                found.append(candidate)
        elif (
            issubclass(kind, QThread)
            and Shiboken.isValid(candidate)
            and candidate.isRunning()
            and candidate is not QThread.currentThread()
        ):
            found.append(candidate)
    return found


def _describe(found: "QObject") -> str:
    parent = found.parent()
    owner = f" of {parent!r}" if parent is not None else ""
    return f"{found!r}{owner}"


def _finish_deletions() -> None:
    """Let Qt carry out the deletions that were put off."""
    if "PySide6.QtCore" not in sys.modules:
        return
    from PySide6.QtCore import QCoreApplication, QEvent

    if QCoreApplication.instance() is not None:
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
