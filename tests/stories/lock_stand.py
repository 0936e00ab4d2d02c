"""A lock with nothing behind it: says on its output what a reader and a hand made of it.

The cards and codes that are typed into it are made up, so it may say them.
"""

import os
import sys
import time

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import QApplication

from kiosk.look.guard import Guard
from kiosk.look.language import Language
from kiosk.look.look import Look
from kiosk.shell.cover import Cover
from kiosk.shell.face import Face
from kiosk.shell.lock_page import LockPage
from kiosk.shell.monitor import Monitors
from kiosk.shell.sample import lock, session
from kiosk.shell.window import Window
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
        cover = Cover(window, look, Monitors(os.environ.get("DISPLAY", ""), app), app)
        cover.start()
    window.show()
    window.activateWindow()
    window.show_snapshot(session(47) if "session" in sys.argv else lock())
    stand.tell_once_presses_count(guard)
    code = app.exec()
    stand.deleteLater()
    return code


if __name__ == "__main__":
    sys.exit(main())
