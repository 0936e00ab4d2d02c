"""Widgets whose children stand side by side and break into lines where the width ends.

They place their children themselves and are no `QLayout`: Qt keeps bare pointers in the items of a
layout, and one written in Python may ask an item whose widget has just gone.
"""

from PySide6.QtCore import QEvent, QPoint, QRect, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget, QWidgetItem
from shiboken6 import Shiboken

CAPTION_GAP = 8
STACK_GAP = 6


class Lines(QWidget):
    """What both share: children in order, and a height that follows from the width."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._children: list[QWidget] = []
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def add(self, child: QWidget) -> None:
        """Take a child at the end, and show it."""
        self._children.append(child)
        child.setParent(self)
        child.show()
        self._settle()

    def remove(self, child: QWidget) -> None:
        """Give a child up; it stays hidden until its owner does something with it."""
        self._children.remove(child)
        child.hide()
        self._settle()

    def hasHeightForWidth(self) -> bool:
        """Say that a narrow one is higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of all lines."""
        return self._arrange(width, place=False)

    def event(self, event: QEvent) -> bool:
        """Arrange anew when a child wants another size."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._settle()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the children into their lines."""
        super().resizeEvent(event)
        self._arrange(self.width(), place=True)

    def _settle(self) -> None:
        self.updateGeometry()
        self._arrange(self.width(), place=True)

    def _shown(self) -> list[QWidget]:
        return [one for one in self._children if Shiboken.isValid(one) and not one.isHidden()]

    def _arrange(self, width: int, *, place: bool) -> int:
        raise NotImplementedError


class Flow(Lines):
    """Children at their own size, in lines."""

    def __init__(self, parent: QWidget | None = None, *, gap: int = 11, line_gap: int = 7) -> None:
        super().__init__(parent)
        self._gap, self._line_gap = gap, line_gap

    def sizeHint(self) -> QSize:
        """Return the size of one line."""
        sizes = [_wish(child) for child in self._shown()]
        wide = sum(size.width() for size in sizes) + self._gap * max(0, len(sizes) - 1)
        return QSize(wide, max((size.height() for size in sizes), default=0))

    def minimumSizeHint(self) -> QSize:
        """Return the size of the widest child."""
        sizes = [_least(child) for child in self._shown()]
        return QSize(
            max((size.width() for size in sizes), default=0),
            max((size.height() for size in sizes), default=0),
        )

    def _arrange(self, width: int, *, place: bool) -> int:
        left = top = tall = 0
        for child in self._shown():
            size = _wish(child)
            if left > 0 and left + size.width() > width:
                left, top, tall = 0, top + tall + self._line_gap, 0
            if place:
                child.setGeometry(QRect(QPoint(left, top), size))
            left += size.width() + self._gap
            tall = max(tall, size.height())
        return top + tall


class Apart(Lines):
    """Two children at the two ends of a line; the second goes below where both have no room.

    The first needs the width of its words, or `least` pixels where they may wrap.
    """

    def __init__(
        self,
        first: QWidget,
        second: QWidget,
        *,
        gap: int = 12,
        least: int | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._gap, self._least_first = gap, least
        self._pair = (first, second)
        self.add(first)
        self.add(second)

    def sizeHint(self) -> QSize:
        """Return the size of one line."""
        sizes = [_wish(child) for child in self._shown()]
        wide = sum(size.width() for size in sizes) + self._gap * max(0, len(sizes) - 1)
        return QSize(wide, max((size.height() for size in sizes), default=0))

    def minimumSizeHint(self) -> QSize:
        """Return the size of the widest child."""
        sizes = [_least(child) for child in self._shown()]
        return QSize(
            max((size.width() for size in sizes), default=0),
            max((size.height() for size in sizes), default=0),
        )

    def _arrange(self, width: int, *, place: bool) -> int:
        shown = self._shown()
        first, second = self._pair
        wish = _wish(second)
        room = width - self._gap - wish.width()
        need = _wish(first).width() if self._least_first is None else self._least_first
        if len(shown) < len(self._pair) or need > room:
            return self._stack(shown, width, place=place)
        tall = max(_tall(first, room), wish.height())
        if place:
            high = _tall(first, room)
            first.setGeometry(QRect(0, (tall - high) // 2, room, high))
            top = (tall - wish.height()) // 2
            second.setGeometry(QRect(QPoint(width - wish.width(), top), wish))
        return tall

    def _stack(self, shown: list[QWidget], width: int, *, place: bool) -> int:
        top = 0
        for child in shown:
            tall = _tall(child, width)
            if place:
                wide = min(width, _wish(child).width()) if child is self._pair[1] else width
                child.setGeometry(QRect(0, top, wide, tall))
            top += tall + STACK_GAP
        return max(0, top - STACK_GAP)


class Columns(Lines):
    """Children of one width in as many columns as their least width allows.

    `ends_right` puts what is left for the last row at its right end.
    """

    def __init__(
        self,
        parent: QWidget | None = None,
        *,
        least: int = 140,
        gap: int = 12,
        ends_right: bool = False,
    ) -> None:
        super().__init__(parent)
        self._least, self._gap = least, gap
        self._ends_right = ends_right
        self._caption: QWidget | None = None

    def set_caption(self, child: QWidget) -> None:
        """Name the whole: between two rows, as on a table with seats on both sides, else below."""
        self._caption = child
        child.setParent(self)
        child.show()
        self._settle()

    def columns(self, width: int) -> int:
        """Return how many columns a width has room for, fewer where the rows stay as many."""
        shown = self._shown()
        least = max([self._least, *(_least(child).width() for child in shown)])
        room = (width + self._gap) // (least + self._gap)
        count = len(shown) or 1
        rows = -(-count // max(1, min(room, count)))
        return -(-count // rows)

    def sizeHint(self) -> QSize:
        """Return four columns."""
        width = 4 * self._least + 3 * self._gap
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Return one column, one row."""
        tall = max((_least(child).height() for child in self._shown()), default=0)
        return QSize(self._least, tall)

    def _arrange(self, width: int, *, place: bool) -> int:
        shown = self._shown()
        columns = self.columns(width)
        edges = [round(column * (width + self._gap) / columns) for column in range(columns + 1)]
        is_table = self._caption is not None and columns < len(shown) <= 2 * columns
        top = 0
        for start in range(0, len(shown), columns):
            row = shown[start : start + columns]
            skipped = columns - len(row) if self._ends_right and start else 0
            lefts = edges[skipped : skipped + len(row)]
            ends = edges[skipped + 1 :]
            widths = [end - left - self._gap for left, end in zip(lefts, ends, strict=False)]
            tall = max(_tall(child, wide) for child, wide in zip(row, widths, strict=True))
            if place:
                for child, left, wide in zip(row, lefts, widths, strict=True):
                    child.setGeometry(QRect(left, top, wide, tall))
            top += tall + self._gap
            if start == 0 and is_table:
                top = self._put_caption(top - self._gap // 2, width, place=place) + self._gap // 2
        top -= self._gap if shown else 0
        if self._caption is not None and not is_table:
            top = self._put_caption(top + CAPTION_GAP, width, place=place)
        return top

    def _put_caption(self, top: int, width: int, *, place: bool) -> int:
        if self._caption is None:
            return top
        tall = _tall(self._caption, width)
        if place:
            self._caption.setGeometry(QRect(0, top, width, tall))
        return top + tall


def _wish(child: QWidget) -> QSize:
    """Return the size a layout would give, least and largest sizes heeded."""
    return QWidgetItem(child).sizeHint()


def _least(child: QWidget) -> QSize:
    return QWidgetItem(child).minimumSize()


def _tall(child: QWidget, width: int) -> int:
    if child.hasHeightForWidth():
        return QWidgetItem(child).heightForWidth(width)
    return _wish(child).height()
