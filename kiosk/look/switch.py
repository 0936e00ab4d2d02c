"""A switch: on or off, at once.

The knob stands on one side or the other, and carries a tick when it is on; the fill only says it
again. For a screen reader it is a check box with a name and a state.
"""

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QCheckBox, QSizePolicy, QWidget

from kiosk.look.focus import FocusShape
from kiosk.look.look import Look
from kiosk.look.paint import begin, draw_box
from kiosk.look.press import press_with_enter

TRACK = QSize(92, 52)
KNOB = 36
LINE = 3.0
TICK = 22
CONSOLE_TRACK = QSize(44, 26)
CONSOLE_KNOB = 18
CONSOLE_LINE = 2.0
CONSOLE_TICK = 12


class Switch(QCheckBox):
    """The switch; `clicked` and `isChecked` as in Qt. Its words stand beside it.

    Args:
        look: how to look.
        spoken: the accessible name: what is on or off.
        parent: the widget that holds it.
    """

    def __init__(self, look: Look, spoken: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.setAccessibleName(spoken)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.update)

    def set_spoken(self, spoken: str) -> None:
        """Name it in another language."""
        self.setAccessibleName(spoken)

    def focus_shape(self) -> FocusShape:
        """Return all that answers to a finger, which is a little higher than the track."""
        return FocusShape(self, self.rect(), self.height() / 2)

    def sizeHint(self) -> QSize:
        """Return the track, and the height that a finger hits."""
        target = self._look.tokens.target
        least = target.console_min if self._look.theme.is_console else target.kiosk_min
        return QSize(self._size().width(), least)

    def minimumSizeHint(self) -> QSize:
        """Return the same."""
        return self.sizeHint()

    def hitButton(self, pos: QPoint) -> bool:  # noqa: N802 - Qt's name
        """Answer to the whole, not to a small box and its label."""
        return self.rect().contains(pos)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Switch with Enter as with Space; a held key switches once."""
        if not press_with_enter(self, event):
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw track, knob and tick."""
        fill, line, knob, tick = self._colours()
        track = QRectF(self._track())
        painter = begin(self)
        console = self._look.theme.is_console
        edge, size, drawn_size = (
            (CONSOLE_LINE, CONSOLE_KNOB, CONSOLE_TICK) if console else (LINE, KNOB, TICK)
        )
        draw_box(painter, track, track.height() / 2, fill, line, edge)
        room = (track.height() - size) / 2
        spot = QRectF(track.left() + room, track.top() + room, size, size)
        if self.isChecked():
            spot.moveRight(track.right() - room)
        draw_box(painter, spot, size / 2, knob)
        if self.isChecked():
            drawn = QRectF(0, 0, drawn_size, drawn_size)
            drawn.moveCenter(spot.center())
            self._look.icons.paint(painter, "check", drawn, tick, 3.0)
        painter.end()

    def _size(self) -> QSize:
        return CONSOLE_TRACK if self._look.theme.is_console else TRACK

    def _track(self) -> QRect:
        size = self._size()
        left, top = (self.width() - size.width()) // 2, (self.height() - size.height()) // 2
        return QRect(left, top, size.width(), size.height())

    def _colours(self) -> tuple[QColor, QColor, QColor, QColor]:
        """Return fill, line, knob and tick."""
        theme = self._look.theme
        if not self.isEnabled():
            ink, ground = theme.colour("disabled_ink"), theme.colour("disabled_fill")
            return ground, ink, ink, ground
        touched = self.isDown() or self.underMouse()
        if self.isChecked():
            fill = theme.colour("primary_hover" if touched else "primary")
            return fill, fill, theme.colour("ink_on_primary"), fill
        line = theme.colour("primary" if touched else "control_border")
        return theme.colour("soft" if touched else "surface"), line, line, line
