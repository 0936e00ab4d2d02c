"""One cell of the week: an opening, or half a day that is closed."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QPainterPath,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from admin_console.desk.parts.line import grown
from kiosk.look.focus import FocusShape
from kiosk.look.look import Look
from kiosk.look.paint import begin, draw_box
from kiosk.look.press import press_with_enter
from kiosk.look.role import Role

HEIGHT = 42
MORE = 16
CORNER = 9
SIDE = 14
ICON = 18
HATCH = 9
"""Pixels from one line of a closed ground to the next."""


class CellFace:
    """What a cell shows: its words, and whether it is closed, wrong, changed or opened."""

    def __init__(self, look: Look) -> None:
        self.look = look
        self.text = ""
        self.is_closed = True
        self.is_wrong = False
        self.is_changed = False
        self.is_chosen = False
        self.may_press = True

    def font(self) -> QFont:
        """Return the font of the words."""
        return self.look.font("body", weight=500)

    def size(self) -> QSize:
        """Return the least size: words, and a picture where there is one."""
        metrics = QFontMetricsF(self.font())
        wide = metrics.horizontalAdvance(self.text) + 2 * SIDE + ICON + 10
        high = max(grown(self.look, HEIGHT, MORE), round(metrics.lineSpacing()) + 16)
        return QSize(round(wide + 0.5), high)

    def paint(self, widget: QWidget, *, hover: bool) -> None:
        """Draw the cell on a widget."""
        theme = self.look.theme
        painter = begin(widget)
        rect = QRectF(widget.rect())
        ink = theme.colour("ink_muted" if self.is_closed else "ink")
        fill = theme.colour("ground" if self.is_closed else "surface")
        if hover and self.may_press:
            fill = theme.colour("soft")
        line, width = theme.colour("control_border"), theme.control_border
        if self.is_wrong:
            line, width = theme.colour("danger"), 3
        elif self.is_chosen:
            line, width = theme.colour("primary"), 2.5
        bare = self.is_closed and not (self.is_wrong or self.is_chosen or theme.is_high_contrast)
        draw_box(painter, rect, CORNER, fill, None if bare else line, width)
        metrics = QFontMetricsF(self.font())
        text = QRectF(SIDE, 0, metrics.horizontalAdvance(self.text) + 2, rect.height())
        if self.is_closed:
            painter.save()
            path = QPainterPath()
            path.addRoundedRect(rect.adjusted(2, 2, -2, -2), CORNER, CORNER)
            patch = QPainterPath()
            patch.addRect(text.adjusted(-SIDE + 2, 0, 8, 0))
            if self.may_press:
                patch.addRect(self._picture(rect).adjusted(-6, -12, SIDE, 12))
            painter.setClipPath(path.subtracted(patch))
            painter.setPen(QPen(theme.colour("divider"), 1.5))
            for step in range(-int(rect.height()), int(rect.width()), HATCH):
                painter.drawLine(QPointF(step, rect.height()), QPointF(step + rect.height(), 0))
            painter.restore()
        picture = "octagon-x" if self.is_wrong else ""
        if self.is_closed and self.may_press and not picture:
            picture = "plus"
        if picture:
            tone = theme.colour("danger" if self.is_wrong else "primary")
            self.look.icons.paint(painter, picture, self._picture(rect), tone, 2.2)
        elif self.is_changed:
            mark = self._picture(rect)
            self.look.icons.paint(painter, "check", mark, theme.colour("primary"), 2.2)
        painter.setFont(self.font())
        painter.setPen(ink)
        painter.drawText(text, Qt.AlignmentFlag.AlignVCenter, self.text)
        painter.end()

    @staticmethod
    def _picture(rect: QRectF) -> QRectF:
        return QRectF(rect.right() - SIDE - ICON + 2, (rect.height() - ICON) / 2, ICON, ICON)


class HourCell(QPushButton):
    """A cell that opens the editor of its day."""

    def __init__(self, look: Look, weekday: int, index: int | None, parent: QWidget) -> None:
        super().__init__(parent)
        self.weekday, self.index = weekday, index
        self.face = CellFace(look)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.changed.connect(self._restyle)

    def tell(self, spoken: str) -> None:
        """Take over what the face says, with a name for screen readers."""
        self.setAccessibleName(spoken)
        self._restyle()

    def focus_shape(self) -> FocusShape:
        """Return the whole cell."""
        return FocusShape(self, self.rect(), CORNER)

    def sizeHint(self) -> QSize:
        """Return the size of the words."""
        return self.face.size()

    def minimumSizeHint(self) -> QSize:
        """Return the same: no hour is cut."""
        return self.face.size()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open with Enter as with Space."""
        if not press_with_enter(self, event):
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the cell."""
        self.face.paint(self, hover=self.underMouse() or self.isDown())

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()


class HourText(QWidget):
    """The same cell for those who may only read."""

    spoken_role = Role.StaticText

    def __init__(self, look: Look, weekday: int, index: int | None, parent: QWidget) -> None:
        super().__init__(parent)
        self.weekday, self.index = weekday, index
        self.face = CellFace(look)
        self.face.may_press = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.updateGeometry)

    def tell(self, spoken: str) -> None:
        """Take over what the face says, with a name for screen readers."""
        self.setAccessibleName(spoken)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the size of the words."""
        return self.face.size()

    def minimumSizeHint(self) -> QSize:
        """Return the same: no hour is cut."""
        return self.face.size()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the cell."""
        self.face.paint(self, hover=False)
