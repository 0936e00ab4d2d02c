"""Covers every monitor while the lock stands: the lock on one, a still ground on all the others.

The lock's display has no window manager, so that nothing but this keeps a monitor covered that is
plugged in, turned or moved. Two monitors that show the same are covered once: of two windows in
one place the wrong one might be on top.

A session that is drawn inside the lock's display (Xephyr) lies over it: while a seat is taken the
lock stands back and leaves it the keyboard, and comes forward for everything else it has to show.
"""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer, Slot
from PySide6.QtGui import QCloseEvent

from kiosk.look.look import Look
from kiosk.shell.layout import Ground
from kiosk.shell.monitor import Monitors
from kiosk.shell.window import Window
from kiosk.wire.face import Shown, Snapshot


class Blank(Ground):
    """A monitor on which nothing happens."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, "band")
        self.setWindowFlags(
            Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowDoesNotAcceptFocus
        )
        self.setCursor(Qt.CursorShape.BlankCursor)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stay: only the cover takes it away."""
        event.ignore()


class Cover(QObject):
    """Keeps a window on the first monitor and the others blank.

    Life cycle: `start` shows the window; from then on it follows the monitors; `stop`.

    Args:
        window: the lock.
        look: how to look.
        monitors: what there is to cover.
        let_go: leaves the keyboard to whatever lies over the lock.
        parent: owns it.
    """

    def __init__(
        self,
        window: Window,
        look: Look,
        monitors: Monitors,
        let_go: Callable[[], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._window, self._look, self._monitors = window, look, monitors
        self._let_go, self._is_behind = let_go, False
        self._blanks: list[Blank] = []
        self._due = QTimer(self)
        self._due.setSingleShot(True)
        self._due.setInterval(0)
        self._due.timeout.connect(self.arrange)
        window.snapshot_shown.connect(self._follow)
        window.setWindowFlag(Qt.WindowType.FramelessWindowHint)

    def start(self) -> None:
        """Cover what there is, and follow what comes and goes."""
        self._monitors.changed.connect(self._due.start)
        self.arrange()

    def arrange(self) -> None:
        """Cover every monitor as it stands now."""
        places = self._monitors.places()
        if not places:
            # The last one was pulled out: there is nothing to see, and nothing to cover.
            return
        first, *others = places
        while len(self._blanks) < len(others):
            self._blanks.append(Blank(self._look))
        while len(self._blanks) > len(others):
            self._blanks.pop().deleteLater()
        for blank, place in zip(self._blanks, others, strict=True):
            blank.setGeometry(place)
            blank.show()
        self._window.setGeometry(first)
        self._window.show()
        if self._is_behind:
            self._stand_back()
        else:
            self._come_forward()

    def stop(self) -> None:
        """Take the blank windows away."""
        self._due.stop()
        while self._blanks:
            self._blanks.pop().deleteLater()

    @Slot(object)
    def _follow(self, snapshot: Snapshot) -> None:
        is_behind = snapshot.shown is Shown.TAKEN
        if is_behind is not self._is_behind:
            self._is_behind = is_behind
            self.arrange()

    def _stand_back(self) -> None:
        for one in (self._window, *self._blanks):
            one.lower()
        self._let_go()

    def _come_forward(self) -> None:
        for one in (*self._blanks, self._window):
            one.raise_()
        # The window that was shown last would have the keyboard.
        self._window.activateWindow()
