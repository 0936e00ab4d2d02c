"""A lock with nothing behind it: says on its output what a reader and a hand made of it.

The cards and codes that are typed into it are made up, so it may say them.
"""

import os
import sys
import time

from PySide6.QtCore import QObject, QSocketNotifier, QTimer, Slot
from PySide6.QtWidgets import QApplication

from kiosk.look.guard import Guard
from kiosk.look.language import Language
from kiosk.look.look import Look
from kiosk.shell.cover import Cover
from kiosk.shell.face import Face
from kiosk.shell.lock_page import LockPage
from kiosk.shell.monitor import Monitors
from kiosk.shell.sample import lock, session
from kiosk.shell.side import for_lock
from kiosk.shell.window import Window
from kiosk.shell.x11 import Desktop
from kiosk.wire.face import SignInAsked

LOOK_MS = 50


class Stand(QObject):
    """The window, and what is said of it."""

    def __init__(self, window: Window) -> None:
        super().__init__()
        self._window = window
        window.wished.connect(self._say)
        QApplication.instance().focusChanged.connect(self._tell_focus)  # type: ignore[union-attr]

    def tell_once_presses_count(self, guard: Guard) -> None:
        """Say that it stands, once what is pressed is no longer swallowed."""
        if guard.is_swallowing():
            QTimer.singleShot(LOOK_MS, self, lambda: self.tell_once_presses_count(guard))
        else:
            print("standing", flush=True)

    def follow_lines(self, pipe: str) -> None:
        """Show what a line of a named pipe says: `taken`, or `lock`."""
        self._pipe = os.open(pipe, os.O_RDWR | os.O_NONBLOCK)
        self._lines = QSocketNotifier(self._pipe, QSocketNotifier.Type.Read, self)
        self._lines.activated.connect(self._read_line)

    @Slot()
    def _read_line(self) -> None:
        is_taken = os.read(self._pipe, 64) == b"taken\n"
        self._window.show_snapshot(for_lock(session(47)) if is_taken else lock())
        print("shown", flush=True)

    @Slot(object)
    def _say(self, wish: object) -> None:
        if isinstance(wish, SignInAsked):
            print(f"sign-in {wish.card} {wish.pin}", flush=True)
            return
        print(f"wish {type(wish).__name__}", flush=True)

    @Slot()
    def _tell_focus(self) -> None:
        page = self._window.page(Face.LOCK)
        if isinstance(page, LockPage) and page.form.card.is_done():
            print("card taken", flush=True)


def main() -> int:
    """Stand until the test ends."""
    app = QApplication(sys.argv[:1])
    look = Look.for_program(app, "kiosk")
    guard = Guard(app, look.tokens.behaviour, time.monotonic, app)
    window = Window(look, Language("fr"), guard)
    window.resize(1366, 768)
    stand = Stand(window)
    if "covering" in sys.argv:
        desktop = Desktop.reach(os.environ["DISPLAY"])
        assert desktop is not None
        monitors = Monitors(os.environ["DISPLAY"], app)
        cover = Cover(window, look, monitors, desktop.let_go, app)
        cover.start()
    window.show()
    window.activateWindow()
    window.show_snapshot(session(47) if "session" in sys.argv else lock())
    if pipe := os.environ.get("TOLD_BY"):
        stand.follow_lines(pipe)
    stand.tell_once_presses_count(guard)
    code = app.exec()
    stand.deleteLater()
    return code


if __name__ == "__main__":
    sys.exit(main())
