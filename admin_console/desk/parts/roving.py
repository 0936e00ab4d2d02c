"""One stop of the Tab key for a group of controls; arrows move inside it."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class Roving(QObject):
    """Keeps the group. The neighbour of an arrow is the nearest control in that direction."""

    def __init__(self, owner: QWidget) -> None:
        super().__init__(owner)
        self._owner = owner
        self._members: list[QWidget] = []
        self._stop: QWidget | None = None

    def set_members(self, members: Sequence[QWidget]) -> None:
        """Take the controls of the group, in reading order; the stop stays where it can."""
        for member in self._members:
            member.removeEventFilter(self)
        self._members = list(members)
        for member in self._members:
            member.installEventFilter(self)
        self.set_stop(self._stop if self._stop in self._members else None)

    def set_stop(self, stop: QWidget | None) -> None:
        """Choose where Tab comes in; None means the first."""
        self._stop = stop or (self._members[0] if self._members else None)
        for member in self._members:
            here = member is self._stop
            policy = Qt.FocusPolicy.StrongFocus if here else Qt.FocusPolicy.ClickFocus
            member.setFocusPolicy(policy)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Move with the arrows; follow a click."""
        if event.type() == QEvent.Type.FocusIn and isinstance(watched, QWidget):
            if watched is not self._stop:
                self.set_stop(watched)
        elif event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._press(watched, event)
        return False

    def _press(self, watched: QObject, event: QKeyEvent) -> bool:
        target: QWidget | None = None
        key = Qt.Key(event.key())
        if key in ARROWS and isinstance(watched, QWidget):
            target = self._neighbour(watched, *ARROWS[key])
        elif key == Qt.Key.Key_Home:
            target = self._members[0]
        elif key == Qt.Key.Key_End:
            target = self._members[-1]
        else:
            return False
        if target is not None:
            target.setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def _neighbour(self, start: QWidget, right: int, down: int) -> QWidget | None:
        here = self._centre(start)
        best: tuple[float, QWidget] | None = None
        for member in self._members:
            if member is start or not member.isVisibleTo(self._owner):
                continue
            there = self._centre(member)
            across, below = there[0] - here[0], there[1] - here[1]
            along = across * right + below * down
            aside = abs(across * down) + abs(below * right)
            if along <= 1 or aside > along * 2:
                continue
            cost = along + 2 * aside
            if best is None or cost < best[0]:
                best = (cost, member)
        if best is None and right:
            # The end of a row leads on to the next one, as reading does.
            step = self._members.index(start) + right
            return self._members[step] if 0 <= step < len(self._members) else None
        return best[1] if best is not None else None

    def _centre(self, member: QWidget) -> tuple[int, int]:
        point = member.mapTo(self._owner, member.rect().center())
        return point.x(), point.y()
