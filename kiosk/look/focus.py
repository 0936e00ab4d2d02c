"""The focus ring, drawn outside the control that has the keyboard.

A stylesheet has no outline offset and a control cannot paint beyond its own edge, so one
transparent widget on top of each window follows the focus. Layouts keep the exact sizes of the
design, and Qt's own widgets get the same ring as the parts of the house.
"""

from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QWidget
from shiboken6 import Shiboken

from kiosk.look.look import Look
from kiosk.look.paint import begin, draw_box

MOVES = frozenset(
    {
        QEvent.Type.Move,
        QEvent.Type.Resize,
        QEvent.Type.Show,
        QEvent.Type.Hide,
        QEvent.Type.ParentChange,
        QEvent.Type.Paint,
    }
)


@dataclass(frozen=True, slots=True)
class FocusShape:
    """Around what the ring goes: `rect` in the coordinates of `widget`, with its corner."""

    widget: QWidget
    rect: QRect
    radius: float
    on_band: bool = False


@runtime_checkable
class Ringed(Protocol):
    """A widget that says around what its ring goes."""

    def focus_shape(self) -> FocusShape:
        """Return the shape that has the keyboard now."""
        ...


def focus_shape_of(widget: QWidget, look: Look) -> FocusShape:
    """Return the shape of a part, or the whole of a plain widget."""
    if isinstance(widget, Ringed):
        return widget.focus_shape()
    return FocusShape(widget, widget.rect(), look.theme.control_radius)


class FocusRing(QWidget):
    """The ring of one window. Made once per window, after which it needs no care.

    `held` keeps it around one widget whatever has the focus, for pictures of parts.
    """

    def __init__(self, look: Look, window: QWidget, held: QWidget | None = None) -> None:
        super().__init__(window)
        self._look = look
        self._window = window
        self._target: QWidget | None = None
        self._watched: list[QWidget] = []
        self._shape: FocusShape | None = None
        self._outer = QRect()
        self.setObjectName("focus_ring")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()
        look.changed.connect(self._place)
        app = QApplication.instance()
        if held is not None:
            self.follow(held)
        elif isinstance(app, QApplication):
            app.focusChanged.connect(self._on_focus_changed)
            self.follow(app.focusWidget())

    def follow(self, widget: QWidget | None) -> None:
        """Go around a widget of this window; None or a stranger hides the ring."""
        for watched in self._watched:
            if Shiboken.isValid(watched):
                watched.removeEventFilter(self)
        self._watched = []
        window = self._window
        inside = widget is not None and widget is not window and window.isAncestorOf(widget)
        self._target = widget if inside else None
        step = self._target
        while step is not None and step is not window:
            step.installEventFilter(self)
            self._watched.append(step)
            step = step.parentWidget()
        self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep up with a control that moves, and with a shape that changes inside it."""
        kind = event.type()
        if kind in MOVES and (watched is self._target or kind != QEvent.Type.Paint):
            self._place()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ring."""
        if self._shape is None:
            return
        theme = self._look.theme
        painter = begin(self)
        origin = self._outer.topLeft() - self.geometry().topLeft()
        ring = QRectF(QRect(origin, self._outer.size()))
        radius = self._shape.radius + theme.focus_gap + theme.focus_width
        colour = theme.colour("band_focus" if self._shape.on_band else "focus")
        draw_box(painter, ring, radius, None, colour, theme.focus_width)
        painter.end()

    def _on_focus_changed(self, _old: QWidget | None, new: QWidget | None) -> None:
        self.follow(new)

    def _place(self) -> None:
        # Widgets hear of being hidden while their window is already half destroyed.
        if not (Shiboken.isValid(self) and Shiboken.isValid(self._window)):
            return
        window = self._window
        if self._target is not None and not Shiboken.isValid(self._target):
            self._target = None
        if self._target is None or not self._target.isVisibleTo(window):
            self._shape = None
            self.hide()
            return
        shape = focus_shape_of(self._target, self._look)
        reach = self._look.theme.focus_gap + self._look.theme.focus_width
        top_left = shape.widget.mapTo(window, shape.rect.topLeft())
        outer = QRect(top_left, shape.rect.size()).adjusted(-reach, -reach, reach, reach)
        visible = outer & self._view(shape.widget)
        if shape == self._shape and outer == self._outer and visible == self.geometry():
            if not self.isVisible():
                self.show()
            return
        self._shape, self._outer = shape, outer
        self.setGeometry(visible)
        self.show()
        self.raise_()
        self.update()

    def _view(self, widget: QWidget) -> QRect:
        window = self._window
        view = window.rect()
        step: QWidget | None = widget
        while step is not None and step is not window:
            parent = step.parentWidget()
            if isinstance(parent, QAbstractScrollArea) and parent.viewport() is step:
                view &= QRect(step.mapTo(window, QPoint(0, 0)), step.size())
            step = parent
        return view
