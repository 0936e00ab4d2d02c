"""Room for content that may be too tall: it scrolls, upright only, under what stays in place."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QSizePolicy, QWidget

from kiosk.look.focus import focus_shape_of
from kiosk.look.look import Look

RING_ROOM = 12
"""Pixels above and below what has the keyboard, for its ring."""


class ScrollBox(QScrollArea):
    """A scroll area as wide as its content and, when there is room, as high.

    What has the keyboard stays in view, also when the content moves, until a hand scrolls away.
    """

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._follows = True
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.viewport().setAutoFillBackground(False)
        self.verticalScrollBar().actionTriggered.connect(self._let_be)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._follow_focus)

    def _follow_focus(self, _old: QWidget | None, new: QWidget | None) -> None:
        """Bring what has the keyboard into view; Qt does so for the Tab key only.

        Nothing moves under the hand that presses a button of the mouse.
        """
        content = self.widget()
        if content is None or new is None or not content.isAncestorOf(new):
            return
        self._follows = QApplication.mouseButtons() == Qt.MouseButton.NoButton
        if not self._follows:
            return
        # Not by `ensureWidgetVisible`, which keeps no margin for what is just in view.
        bar, high = self.verticalScrollBar(), self.viewport().height()
        shape = focus_shape_of(new, self._look)
        top = shape.widget.mapTo(content, shape.rect.topLeft()).y() - RING_ROOM
        bottom = top + shape.rect.height() + 2 * RING_ROOM
        if bottom > bar.value() + high:
            bar.setValue(bottom - high)
        if top < bar.value():
            bar.setValue(top)

    def set_content(self, content: QWidget) -> None:
        """Hold a widget."""
        content.setProperty("part", "scrolled")
        content.setAutoFillBackground(False)
        self.setWidget(content)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show the bar where it is needed."""
        self.settle_bar()
        super().resizeEvent(event)
        if self._follows:
            self._follow_focus(None, QApplication.focusWidget())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Show the bar where content that has grown needs it."""
        is_new = watched is self.widget() and event.type() == QEvent.Type.LayoutRequest
        if is_new:
            self.settle_bar()
        taken = super().eventFilter(watched, event)
        if is_new and self._follows:
            self._follow_focus(None, QApplication.focusWidget())
        return taken

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let the hand scroll where it will."""
        self._let_be()
        super().wheelEvent(event)

    def _let_be(self) -> None:
        self._follows = False

    def settle_bar(self) -> None:
        """Take the bar away where everything fits without it.

        A bar makes the content narrower and so higher: left to itself, Qt keeps one that came for
        a moment only.
        """
        policy = Qt.ScrollBarPolicy
        fits = self.heightForWidth(self.width()) <= self.height()
        wanted = policy.ScrollBarAlwaysOff if fits else policy.ScrollBarAsNeeded
        if wanted != self.verticalScrollBarPolicy():
            self.setVerticalScrollBarPolicy(wanted)

    def hasHeightForWidth(self) -> bool:
        """Say that a narrow box would be higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height at which nothing scrolls."""
        content = self.widget()
        if content is None:
            return 0
        tall = content.heightForWidth(width)
        return tall if tall >= 0 else content.sizeHint().height()

    def sizeHint(self) -> QSize:
        """Return the size of the content."""
        content = self.widget()
        return QSize() if content is None else content.sizeHint()

    def minimumSizeHint(self) -> QSize:
        """Return the width of the content: only the height may be cut."""
        content = self.widget()
        return QSize(0 if content is None else content.minimumSizeHint().width(), 80)
