"""The guard that fails a test which leaves something running, and says what and whose.

It looks at Python threads, child processes, and the QThreads and QTimers that Python made (those
inside Qt's network code are Qt's own business). What ran before the test began is not its leak.
What it finds it also stops where it can, so that one leak does not blame the next test.

It looks before and after each of ten thousand tests: QThreads and QTimers are noted as they are
made, for going through all objects of Python takes a tenth of a second late in a test run.
"""

import contextlib
import functools
import gc
import os
import sys
import threading
import time
import weakref
from typing import TYPE_CHECKING, Any

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
        self._objects = {id(found) for found in REGISTER.running()}

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
        return [found for found in REGISTER.running() if id(found) not in self._objects]

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
    try:
        os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT)
    except ChildProcessError:
        # There is none, and no need to go through the processes of the machine.
        return []
    alive = []
    for process in psutil.Process().children():
        with contextlib.suppress(psutil.NoSuchProcess):
            if process.status() != psutil.STATUS_ZOMBIE:
                alive.append(process)
    return alive


class _Register:
    """Knows the QThreads and QTimers of Python from when they are made."""

    def __init__(self) -> None:
        self._made: weakref.WeakSet[QObject] = weakref.WeakSet()
        self._lock = threading.RLock()
        self._is_open = False

    def running(self) -> "list[QObject]":
        """Return the QThreads that run, but for the one that asks, and the QTimers that tick."""
        if "PySide6.QtCore" not in sys.modules:
            return []
        from PySide6.QtCore import QThread, QTimer
        from shiboken6 import Shiboken

        self.open()
        with self._lock:
            known = [made for made in self._made if Shiboken.isValid(made)]
        return [
            made
            for made in known
            if (isinstance(made, QTimer) and made.isActive())
            or (
                isinstance(made, QThread)
                and made.isRunning()
                and made is not QThread.currentThread()
            )
        ]

    def open(self) -> None:
        """Note from now on what is made, and once what was made before."""
        if self._is_open:
            return
        from PySide6.QtCore import QThread, QTimer

        self._is_open = True
        for kind in (QThread, QTimer):
            self._note_all(kind)
        for found in gc.get_objects():
            if issubclass(type(found), QThread | QTimer):  # not isinstance: proxies would lie
                self._made.add(found)

    def _note_all(self, kind: "type[QObject]") -> None:
        make = kind.__init__

        @functools.wraps(make)
        def make_and_note(made: "QObject", *arguments: Any, **named: Any) -> None:
            make(made, *arguments, **named)
            with self._lock:
                self._made.add(made)

        kind.__init__ = make_and_note  # type: ignore[method-assign]


REGISTER = _Register()
"""One for the process, as the classes of Qt are."""


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
