"""The session face on the visitor's display: the home over everything, or the bar over a program.

The window always covers the screen. While a program is open a mask leaves only the bar, its second
line and what hangs from them: the mask changes no layout, and the program keeps the rest. The bar's
strip is kept free, so that no program opens under it.
"""

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QRect, QRectF, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QPainterPath, QRegion
from PySide6.QtWidgets import QApplication, QWidget

from kiosk.look.dialog import Dialog
from kiosk.look.guard import Guard
from kiosk.look.language import Language
from kiosk.look.look import Look
from kiosk.shell.face import Face
from kiosk.shell.identify_overlay import IdentifyOverlay
from kiosk.shell.session_page import SessionPage
from kiosk.shell.side import for_session
from kiosk.shell.window import Window
from kiosk.shell.x11 import Desktop
from kiosk.wire.face import Shown, Snapshot

FRAME = 10
"""Pixels around a dialog over a program."""

CALLING_KEY = "F12"
"""Takes the keyboard from a program to the bar and back, where no pointer is at hand."""

MOST_TRIES, TRY_AGAIN_MS = 30, 100
"""To get the keyboard: a program may hold it for a moment, and none may be fought with for ever."""


class SessionWindow(Window):
    """The window of the session face.

    Args:
        look: how to look.
        language: which language to speak.
        guard: keeps accidents away.
        desktop: the X server beyond Qt, None where there is none.
        clock: monotonic seconds.
        parent: the widget that holds it.
    """

    def __init__(
        self,
        look: Look,
        language: Language,
        guard: Guard,
        desktop: Desktop | None,
        clock: Callable[[], float] = time.monotonic,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(look, language, guard, clock, parent)
        self._desktop = desktop
        self._left = QRegion()
        self._kept_free = QRect()
        self._is_called = self._holds_keyboard = self._is_grace = False
        self._tries_left = 0
        self._lifting = QTimer(self)
        self._lifting.setSingleShot(True)
        self._lifting.setInterval(look.tokens.behaviour.face_guard_ms)
        if desktop is not None:
            self._lifting.timeout.connect(desktop.unveil)
            desktop.called.connect(self._on_called)
            desktop.call_by(CALLING_KEY)
        # A bar is neither moved nor closed, nor covered by what a program opens.
        self.setAttribute(Qt.WidgetAttribute.WA_X11NetWmWindowTypeDock)
        self.setWindowFlag(Qt.WindowType.FramelessWindowHint)
        # A press on the bar leaves the keyboard where it is: somebody may be in mid-sentence.
        self.setWindowFlag(Qt.WindowType.WindowDoesNotAcceptFocus)
        app = QApplication.instance()
        if app is not None:
            app.installEventFilter(self)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show what concerns the session; of the lock nothing stands here."""
        shown = for_session(snapshot)
        if shown is not None:
            super().show_snapshot(shown)
            self.reach()
            self._follow_grace(shown.shown is Shown.GRACE)

    def _follow_grace(self, is_grace: bool) -> None:
        """Let no film hide that the time is over and that work is to be saved."""
        if is_grace and not self._is_grace and self._desktop is not None:
            self._desktop.end_full_screen()
        self._is_grace = is_grace

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow what comes, goes and grows in the window."""
        kinds = (
            QEvent.Type.Show, QEvent.Type.Hide, QEvent.Type.Resize, QEvent.Type.LayoutRequest,
            QEvent.Type.Move,
        )  # fmt: skip
        if event.type() in kinds and isinstance(watched, QWidget) and watched.window() is self:
            QTimer.singleShot(0, self, self.reach)
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave the bar for the program with Escape."""
        if event.key() == Qt.Key.Key_Escape and self._is_called:
            self._on_called()
        else:
            super().keyPressEvent(event)

    def reach(self) -> None:
        """Cover as much of the screen as is shown, and keep the bar's strip free."""
        region = self._region()
        if region != self._left:
            self._veil_what_goes(region)
            self._left = region
            if region.isEmpty():
                self.clearMask()
            else:
                self.setMask(region)
            self._is_called = self._is_called and not region.isEmpty()
        self._share_keyboard()
        height = self._bar_strip().height() if self.face is Face.PROGRAM else self._bar_height()
        strip = QRect(self.x(), self.y(), self.width(), height)
        if self._desktop is not None and strip != self._kept_free and self.isVisible():
            self._kept_free = strip
            self._desktop.keep_free(int(self.winId()), strip)

    def _region(self) -> QRegion:
        """Return what is left of the window; nothing at all means the whole."""
        if self.face is not Face.PROGRAM:
            return QRegion()
        region = QRegion(self._bar_strip())
        for child in self.children():
            if isinstance(child, IdentifyOverlay) and not child.isHidden():
                return QRegion()
            if isinstance(child, Dialog) and child.is_open():
                region |= self._framed(child.panel.geometry())
        return region

    def _framed(self, sheet: QRect) -> QRegion:
        """Return a sheet in a frame of the dimmed ground: it stands out from a program."""
        radius = self._outfit.look.tokens.radius.kiosk.dialog + FRAME
        path = QPainterPath()
        path.addRoundedRect(QRectF(sheet.adjusted(-FRAME, -FRAME, FRAME, FRAME)), radius, radius)
        return QRegion(path.toFillPolygon().toPolygon())

    def _bar_strip(self) -> QRect:
        page = self.page(Face.PROGRAM)
        height = page.strip_height() if isinstance(page, SessionPage) else 0
        return QRect(0, 0, self.width(), height)

    def _bar_height(self) -> int:
        return self._outfit.look.tokens.target.session_bar_height

    def _veil_what_goes(self, region: QRegion) -> None:
        """Swallow, for a moment, presses where the program underneath has just come to light."""
        if self._desktop is None or region.isEmpty():
            return
        whole = QRegion(self.rect())
        bared = (whole if self._left.isEmpty() else self._left).subtracted(region)
        if not bared.isEmpty():
            self._desktop.veil(bared.boundingRect().translated(self.pos()))
            self._lifting.start()

    def _on_called(self) -> None:
        """Take the keyboard to the bar, or give it back: the same key does both.

        What asks for an answer comes forward: a program may have come over it.
        """
        if self.face is not Face.PROGRAM or self.questions.current is not None:
            self._tries_left = MOST_TRIES
            self._take_keyboard()
        else:
            self._is_called = not self._is_called
            self._share_keyboard()
            self.page(Face.PROGRAM).enter()

    def _share_keyboard(self) -> None:
        """Hold the keyboard while the face asks something, and leave it to programs otherwise."""
        if self._desktop is None or not self.isVisible():
            return
        wants = self.face is not Face.PROGRAM or self.questions.current is not None
        if (wants or self._is_called) != self._holds_keyboard:
            self._holds_keyboard = not self._holds_keyboard
            if self._holds_keyboard:
                self._tries_left = MOST_TRIES
                self._take_keyboard()
            else:
                self._desktop.give_back()

    def _take_keyboard(self) -> None:
        """Take the keyboard; a window that was only just shown is not given it at once."""
        if self._desktop is None or not self._holds_keyboard or self.isActiveWindow():
            return
        self._desktop.activate(int(self.winId()))
        self._tries_left -= 1
        if self._tries_left > 0:
            QTimer.singleShot(TRY_AGAIN_MS, self, self._take_keyboard)
