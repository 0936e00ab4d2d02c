"""Layouts for things that stand side by side and break into lines where the width ends."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget


class Lines(QLayout):
    """What both layouts share: a list of items, and a height that follows from the width."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []

    def addItem(self, item: QLayoutItem) -> None:
        """Take an item at the end."""
        self._items.append(item)

    def count(self) -> int:
        """Return how many items there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """Return an item."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Give an item up."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def hasHeightForWidth(self) -> bool:
        """Say that a narrow layout is higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of all lines."""
        return self._arrange(QRect(0, 0, width, 0), place=False)

    def setGeometry(self, rect: QRect) -> None:
        """Put the items into their lines."""
        super().setGeometry(rect)
        self._arrange(rect, place=True)

    def _arrange(self, rect: QRect, *, place: bool) -> int:
        raise NotImplementedError


class Flow(Lines):
    """Items at their own size, in lines."""

    def __init__(self, parent: QWidget | None = None, *, gap: int = 11, line_gap: int = 7) -> None:
        super().__init__(parent)
        self._gap, self._line_gap = gap, line_gap
        self.setContentsMargins(0, 0, 0, 0)

    def expandingDirections(self) -> Qt.Orientation:
        """Want no more room than the items need."""
        return Qt.Orientation(0)

    def sizeHint(self) -> QSize:
        """Return the size of one line."""
        sizes = [item.sizeHint() for item in self._shown()]
        wide = sum(size.width() for size in sizes) + self._gap * max(0, len(sizes) - 1)
        return QSize(wide, max((size.height() for size in sizes), default=0))

    def minimumSize(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the size of the widest item."""
        sizes = [item.minimumSize() for item in self._shown()]
        return QSize(
            max((size.width() for size in sizes), default=0),
            max((size.height() for size in sizes), default=0),
        )

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _arrange(self, rect: QRect, *, place: bool) -> int:
        left, top, tall = rect.left(), rect.top(), 0
        for item in self._shown():
            size = item.sizeHint()
            if left > rect.left() and left + size.width() > rect.left() + rect.width():
                left, top, tall = rect.left(), top + tall + self._line_gap, 0
            if place:
                item.setGeometry(QRect(QPoint(left, top), size))
            left += size.width() + self._gap
            tall = max(tall, size.height())
        return top + tall - rect.top()


class Columns(Lines):
    """Items of one width in as many columns as their least width allows."""

    def __init__(self, parent: QWidget | None = None, *, least: int = 140, gap: int = 12) -> None:
        super().__init__(parent)
        self._least, self._gap = least, gap

    def expandingDirections(self) -> Qt.Orientation:
        """Take the whole width."""
        return Qt.Orientation.Horizontal

    def columns(self, width: int) -> int:
        """Return how many columns a width has room for, fewer where the rows stay as many."""
        least = max([self._least, *(item.minimumSize().width() for item in self._items)])
        room = (width + self._gap) // (least + self._gap)
        count = len(self._items) or 1
        rows = -(-count // max(1, min(room, count)))
        return -(-count // rows)

    def sizeHint(self) -> QSize:
        """Return four columns."""
        margins = self.contentsMargins()
        width = 4 * self._least + 3 * self._gap + margins.left() + margins.right()
        return QSize(width, self.heightForWidth(width))

    def minimumSize(self) -> QSize:  # noqa: N802 - Qt's name
        """Return one column, one row."""
        margins = self.contentsMargins()
        tall = max((item.minimumSize().height() for item in self._items), default=0)
        return QSize(
            self._least + margins.left() + margins.right(),
            tall + margins.top() + margins.bottom(),
        )

    def _arrange(self, rect: QRect, *, place: bool) -> int:
        margins = self.contentsMargins()
        inner = rect.adjusted(margins.left(), margins.top(), -margins.right(), 0)
        columns = self.columns(inner.width())
        edges = [
            inner.left() + round(column * (inner.width() + self._gap) / columns)
            for column in range(columns + 1)
        ]
        top = inner.top()
        for start in range(0, len(self._items), columns):
            row = self._items[start : start + columns]
            widths = [edges[place + 1] - edges[place] - self._gap for place in range(len(row))]
            tall = max(_tall(item, wide) for item, wide in zip(row, widths, strict=True))
            if place:
                for column, (item, wide) in enumerate(zip(row, widths, strict=True)):
                    item.setGeometry(QRect(edges[column], top, wide, tall))
            top += tall + self._gap
        top -= self._gap if self._items else 0
        return top + margins.bottom() - rect.top()


def _tall(item: QLayoutItem, width: int) -> int:
    return item.heightForWidth(width) if item.hasHeightForWidth() else item.sizeHint().height()
