"""Three columns, of which the outer ones scroll; where the middle is too narrow, they are one."""

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from admin_console.desk.parts.line import grown
from kiosk.look.look import Look
from kiosk.look.scroll import ScrollBox

LEFT, RIGHT = 308, 292
MORE = 60
"""How much wider the outer columns become with the largest text."""
MIDDLE = 470
"""Least width of the middle, in pixels at the usual size of text."""
SIDE, GAP, TOP = 24, 18, 20
BELOW = 8
"""Room under what scrolls: no word stands on the edge of the window."""


class ThreeColumns(QWidget):
    """The columns: `left` and `right` take widgets from the top, `middle` takes all."""

    def __init__(self, look: Look, left: list[QWidget], right: QWidget) -> None:
        super().__init__()
        self._look, self._right = look, right
        first = QWidget()
        self._first = QVBoxLayout(first)
        self._first.setContentsMargins(SIDE, TOP, GAP // 2, TOP)
        self._first.setSpacing(16)
        for part in left:
            self._first.addWidget(part)
        self._first.addStretch(1)
        last = QWidget()
        self._last = QVBoxLayout(last)
        self._last.setContentsMargins(GAP // 2, TOP, SIDE, TOP)
        self._last.addWidget(right)
        self._last.addStretch(1)
        self.left, self.right = ScrollBox(look), ScrollBox(look)
        self.left.set_content(first)
        self.right.set_content(last)
        self.middle = QVBoxLayout()
        self.middle.setSpacing(16)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, BELOW)
        row.setSpacing(0)
        row.addWidget(self.left)
        row.addLayout(self.middle, 1)
        row.addWidget(self.right)
        look.changed.connect(self.arrange)
        self.arrange()

    def arrange(self) -> None:
        """Take the widths of the text's size, and two columns where three have no room."""
        left = grown(self._look, LEFT, MORE) + SIDE + GAP // 2
        right = grown(self._look, RIGHT, MORE) + SIDE + GAP // 2
        least = MIDDLE * self._look.theme.text_scale + GAP
        together = self.width() - left - right < least
        self.left.setFixedWidth(left)
        self.right.setFixedWidth(right)
        self.right.setVisible(not together)
        slot, place = (self._first, self._first.count() - 1) if together else (self._last, 0)
        if slot.indexOf(self._right) < 0:
            slot.insertWidget(place, self._right)
            self._right.show()
        self.middle.setContentsMargins(GAP // 2, TOP, SIDE if together else GAP // 2, TOP)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Follow the window."""
        super().resizeEvent(event)
        self.arrange()
