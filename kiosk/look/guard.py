"""Protects from accidents: what was meant for the face before never answers the question after.

For 600 ms after a face or a dialog opens or closes, presses are swallowed, and a key that is still
held from before counts for nothing until it is released. The guard also knows since when the hands
rest, for a dialog never opens within three seconds of a key or a click.

With calm gestures it swallows as well what a trembling hand adds: a second click, the same key
again, and whatever a held key repeats.
"""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication

from kiosk.look.keycode import digit_of
from kiosk.look.repeat import BounceRule
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

    Signals:
        calm_changed: whether calm gestures hold now.
    """

    calm_changed = Signal(bool)

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
        self._down: set[int] = set()
        self._is_calm = False
        calm = behaviour.calm_gestures
        self._keys = BounceRule(clock, calm.key_again_ms)
        self._clicks = BounceRule(clock, calm.click_again_ms)
        self._calm_repeats = calm.key_repeat
        app.installEventFilter(self)

    @property
    def is_calm(self) -> bool:
        """Whether calm gestures hold."""
        return self._is_calm

    def use_calm(self, on: bool) -> None:
        """Let a tremor, a double click and a held key count once, or every time."""
        if on != self._is_calm:
            self._is_calm = on
            self.calm_changed.emit(on)

    def face_changed(self) -> None:
        """Begin to swallow: a face or a dialog has just opened or closed."""
        self._changed_at = self._clock()
        self._dead_keys |= set(self._held)

    def is_swallowing(self) -> bool:
        """Return whether presses are swallowed now."""
        return self._clock() - self._changed_at < self._guard_seconds

    def seconds_at_rest(self) -> float:
        """Return since when nothing was pressed; infinite before the first press."""
        return self._clock() - self._touched_at

    def seconds_to_quiet(self) -> float:
        """Return how long the hands must still rest before a dialog may open; 0 when they do."""
        rest = max(0.0, self._quiet_seconds - self.seconds_at_rest())
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
            self._down.clear()
            return False
        if kind in RELEASES:
            return self._release(event)
        self._touched_at = self._clock()
        if isinstance(event, QKeyEvent):
            return self._press_key(event, is_press=kind == QEvent.Type.KeyPress)
        if isinstance(event, QMouseEvent):
            return self._press_button(event)
        return self.is_swallowing()

    def _press_key(self, event: QKeyEvent, *, is_press: bool) -> bool:
        key = _key_of(event)
        # The window hears of a press, then the widget and all that hold it: it is one press.
        is_heard = key in self._held
        swallow = self.is_swallowing()
        if is_press:
            self._held[key] = self._touched_at
        if swallow:
            self._dead_keys.add(key)
        elif key in self._dead_keys and not event.isAutoRepeat():
            # A fresh press: its release was not seen, so nothing is held from before.
            self._dead_keys.discard(key)
            is_heard = False
        if swallow or key in self._dead_keys:
            return True
        if event.isAutoRepeat():
            return self._is_calm and not self._calm_repeats
        if is_heard:
            return False
        if self._is_calm and self._bounces(event):
            if is_press:
                self._dead_keys.add(key)
            return True
        if is_press:
            self._keys.press(key, event.timestamp())
        return False

    def _bounces(self, event: QKeyEvent) -> bool:
        may_be_reader = digit_of(event) is not None
        key, stamp = _key_of(event), event.timestamp()
        return self._keys.is_bounce(key, stamp, may_be_reader=may_be_reader)

    def _press_button(self, event: QMouseEvent) -> bool:
        button = event.button().value
        if self.is_swallowing():
            self._dead_buttons.add(button)
            return True
        if button in self._down:
            return False
        if self._is_calm and self._clicks.is_bounce(button, event.timestamp()):
            self._dead_buttons.add(button)
            return True
        self._dead_buttons.discard(button)
        self._down.add(button)
        self._clicks.press(button, event.timestamp())
        return False

    def _release(self, event: QEvent) -> bool:
        # The touch of a release counts as well: the hand has only just moved. A release follows
        # its press: swallowed when the press was, let through when a widget waits for it.
        self._touched_at = self._clock()
        if isinstance(event, QKeyEvent):
            key = _key_of(event)
            if event.isAutoRepeat():
                return key in self._dead_keys or (self._is_calm and not self._calm_repeats)
            was_dead = key in self._dead_keys
            if self._held.pop(key, None) is not None and not was_dead:
                self._keys.release(key, event.timestamp())
            # The window hears of a key before its widget does: forget it only after both.
            QTimer.singleShot(0, self, self._forget_released)
            return was_dead
        if isinstance(event, QMouseEvent):
            button = event.button().value
            if button in self._down:
                self._down.discard(button)
                self._clicks.release(button, event.timestamp())
            return button in self._dead_buttons
        return False

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


def _key_of(event: QKeyEvent) -> int:
    """Return which physical key it is, as far as the event knows; no code is also Qt's name."""
    return -event.nativeScanCode() or event.key()
