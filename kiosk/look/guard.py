"""Protects from accidents: what was meant for the face before never answers the question after.

For 600 ms after a face or a dialog opens or closes, presses are swallowed, and a key that is still
held from before counts for nothing until it is released. The guard also knows since when the hands
rest, for a dialog never opens within three seconds of a key or a click.
"""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication

from kiosk.look.token import Behaviour

PRESSES = frozenset(
    {
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseButtonDblClick,
        QEvent.Type.TouchBegin,
        QEvent.Type.Wheel,
        QEvent.Type.ContextMenu,
    }
)
KEYS = frozenset({QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride, QEvent.Type.Shortcut})
RELEASES = frozenset({QEvent.Type.MouseButtonRelease, QEvent.Type.KeyRelease})
WATCHED = PRESSES | KEYS | RELEASES | {QEvent.Type.ApplicationDeactivate}

HELD_AT_MOST_SECONDS = 30.0
"""A key whose release was never seen is forgotten after this."""

LOOK_AGAIN_MS = 200


class Guard(QObject):
    """The one filter on the input of a program.

    Args:
        app: the program.
        behaviour: the delays.
        clock: monotonic seconds.
        parent: who owns the guard.
    """

    def __init__(
        self,
        app: QApplication,
        behaviour: Behaviour,
        clock: Callable[[], float],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._clock = clock
        self._guard_seconds = behaviour.face_guard_ms / 1000
        self._quiet_seconds = behaviour.dialog_waits_after_key_s
        self._changed_at = float("-inf")
        self._touched_at = float("-inf")
        self._held: dict[int, float] = {}
        self._dead_keys: set[int] = set()
        self._dead_buttons: set[int] = set()
        app.installEventFilter(self)

    def face_changed(self) -> None:
        """Begin to swallow: a face or a dialog has just opened or closed."""
        self._changed_at = self._clock()
        self._dead_keys |= set(self._held)

    def is_swallowing(self) -> bool:
        """Return whether presses are swallowed now."""
        return self._clock() - self._changed_at < self._guard_seconds

    def seconds_to_quiet(self) -> float:
        """Return how long the hands must still rest before a dialog may open; 0 when they do."""
        rest = max(0.0, self._quiet_seconds - (self._clock() - self._touched_at))
        return max(rest, LOOK_AGAIN_MS / 1000) if self._is_holding() else rest

    def is_quiet(self) -> bool:
        """Return whether a dialog may open: three seconds without a press, and nothing held."""
        return self.seconds_to_quiet() <= 0

    def wait_for_quiet(self, parent: QObject) -> "QuietWait":
        """Return a wait that tells when a dialog may open; `start` it."""
        return QuietWait(self, parent)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Swallow what came too early; remember when the hands moved."""
        kind = event.type()
        if kind not in WATCHED:
            return False
        if kind == QEvent.Type.ApplicationDeactivate:
            self._held.clear()
            return False
        if kind in RELEASES:
            return self._release(event)
        self._touched_at = self._clock()
        swallow = self.is_swallowing()
        if isinstance(event, QKeyEvent):
            key = event.key()
            if kind == QEvent.Type.KeyPress:
                self._held[key] = self._touched_at
            if swallow:
                self._dead_keys.add(key)
            elif key in self._dead_keys and not event.isAutoRepeat():
                # A fresh press: its release was not seen, so nothing is held from before.
                self._dead_keys.discard(key)
            return swallow or key in self._dead_keys
        if isinstance(event, QMouseEvent):
            button = event.button().value
            if swallow:
                self._dead_buttons.add(button)
            else:
                self._dead_buttons.discard(button)
        return swallow

    def _release(self, event: QEvent) -> bool:
        # The touch of a release counts as well: the hand has only just moved. A release follows
        # its press: swallowed when the press was, let through when a widget waits for it.
        self._touched_at = self._clock()
        if isinstance(event, QKeyEvent):
            if event.isAutoRepeat():
                return event.key() in self._dead_keys
            self._held.pop(event.key(), None)
            was_dead = event.key() in self._dead_keys
            # The window hears of a key before its widget does: forget it only after both.
            QTimer.singleShot(0, self, self._forget_released)
            return was_dead
        return isinstance(event, QMouseEvent) and event.button().value in self._dead_buttons

    def _forget_released(self) -> None:
        self._dead_keys &= set(self._held)

    def _is_holding(self) -> bool:
        now = self._clock()
        if QGuiApplication.mouseButtons().value:
            return True
        return any(now - since < HELD_AT_MOST_SECONDS for since in self._held.values())


class QuietWait(QObject):
    """Waits until a dialog may open.

    Signals:
        came: the hands have rested long enough. Told once per `start`.
    """

    came = Signal()

    def __init__(self, guard: Guard, parent: QObject) -> None:
        super().__init__(parent)
        self._guard = guard
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._ask)

    def start(self) -> None:
        """Begin to wait, or begin anew."""
        self._timer.start(0)

    def stop(self) -> None:
        """Give up: the dialog is no longer due."""
        self._timer.stop()

    def is_waiting(self) -> bool:
        """Return whether the wait goes on."""
        return self._timer.isActive()

    def _ask(self) -> None:
        left = self._guard.seconds_to_quiet()
        if left > 0:
            self._timer.start(min(LOOK_AGAIN_MS, round(left * 1000) + 1))
        else:
            self.came.emit()
