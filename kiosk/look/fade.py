"""Fades from one face to the next: the last picture of a window is taken away little by little.

What comes is there at once, under the picture: it takes clicks and keys from its first moment, and
is painted as ever. The picture is the one that the window system already has, so that taking it
draws nothing anew. With fewer movements there is no picture, and nothing fades.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QEasingCurve, QEvent, QObject, Qt, QVariantAnimation
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QWidget

from kiosk.look.look import Look


class Fade(QWidget):
    """The last picture of one window. Made once per window."""

    def __init__(self, look: Look, window: QWidget) -> None:
        super().__init__(window)
        self._look = look
        self._window = window
        self._picture: QPixmap | None = None
        self._depth = 0
        self._animation = QVariantAnimation(self)
        self._animation.setStartValue(1.0)
        self._animation.setEndValue(0.0)
        self._animation.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._animation.valueChanged.connect(self.update)
        self._animation.finished.connect(self.finish)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()
        window.installEventFilter(self)
        look.changed.connect(self.finish)

    @contextmanager
    def over(self, milliseconds: int) -> Iterator[None]:
        """Fade, in so much time, over what changes in the block."""
        duration = self._look.theme.duration(milliseconds)
        if self._depth == 0 and duration > 0:
            self._picture = self._last_picture()
        self._depth += 1
        try:
            yield
        finally:
            self._depth -= 1
        if self._depth == 0 and self._picture is not None and duration > 0:
            self.setGeometry(self._window.rect())
            self.show()
            self.raise_()
            self._animation.stop()
            self._animation.setDuration(duration)
            self._animation.start()

    def is_fading(self) -> bool:
        """Return whether a picture is being taken away."""
        return self._animation.state() == QVariantAnimation.State.Running

    def finish(self) -> None:
        """Take the picture away at once."""
        self._animation.stop()
        self._picture = None
        self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Finish when the window changes its size or goes: the picture is of another one."""
        if event.type() in {QEvent.Type.Resize, QEvent.Type.Hide} and self.is_fading():
            self.finish()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw what is left of the picture."""
        if self._picture is None:
            return
        painter = QPainter(self)
        painter.setOpacity(float(self._animation.currentValue()))
        painter.drawPixmap(0, 0, self._picture)
        painter.end()

    def _last_picture(self) -> QPixmap | None:
        store = self._window.backingStore() if self._window.isVisible() else None
        image = None if store is None else store.paintDevice()
        if not isinstance(image, QImage):
            # Nothing was painted yet, or the window system keeps no picture: nothing fades.
            return None
        size = self._window.size() * image.devicePixelRatio()
        return QPixmap.fromImage(image.copy()) if image.size() == size else None
