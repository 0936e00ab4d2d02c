"""What a search offers, in a list under its field. The keyboard stays in the field."""

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem

from kiosk.look.announce import announce
from kiosk.look.field import Field
from kiosk.look.look import Look

VALUE_ROLE = Qt.ItemDataRole.UserRole + 1
ROW = 36
GAP = 4
EDGE = 6


class Matches(QListWidget):
    """The list. Up and Down choose in it, Enter takes, Escape closes it.

    Signals:
        taken: the value of the match.
    """

    taken = Signal(str)

    def __init__(self, look: Look, field: Field) -> None:
        super().__init__(field)
        self._look = look
        self._field = field
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("part", "matches")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(True)
        self.itemClicked.connect(self._on_clicked)
        field.edit.installEventFilter(self)
        self.hide()

    def offer(self, matches: list[tuple[str, str]]) -> None:
        """Show matches as (value, text); none hides the list, one without a value only tells."""
        self.clear()
        for value, text in matches:
            item = QListWidgetItem(text)
            item.setData(VALUE_ROLE, value)
            if not value:
                item.setFlags(Qt.ItemFlag.ItemIsEnabled)
            self.addItem(item)
        if not matches:
            self.hide()
            return
        self.setCurrentRow(0)
        self._place()
        self.show()
        self.raise_()
        announce(self._field.edit, matches[0][1])

    def take_current(self) -> bool:
        """Take the match that is chosen; tell whether there was one."""
        item = self.currentItem() if self.count() and not self.isHidden() else None
        if item is None or not item.data(VALUE_ROLE):
            return False
        self._on_clicked(item)
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Listen to the keys of the field, and go with its focus."""
        if event.type() == QEvent.Type.FocusOut:
            self.hide()
        elif (
            event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and not self.isHidden()
        ):
            steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
            key = Qt.Key(event.key())
            if key in steps:
                row = min(max(self.currentRow() + steps[key], 0), self.count() - 1)
                self.setCurrentRow(row)
                announce(self._field.edit, self.item(row).text())
                return True
            if key == Qt.Key.Key_Escape:
                self.offer([])
                return True
        return False

    def _place(self) -> None:
        window = self._field.window()
        if self.parentWidget() is not window:
            self.setParent(window)
        self.setFont(self._look.font("body"))
        below = self._field.frame.mapTo(window, QPoint(0, self._field.frame.height() + GAP))
        row = max(ROW, self.fontMetrics().lineSpacing() + 12)
        for place in range(self.count()):
            hint = self.item(place).sizeHint()
            hint.setHeight(row)
            self.item(place).setSizeHint(hint)
        wide = max(self._field.width(), self.sizeHintForColumn(0) + 2 * EDGE + 24)
        wide = min(wide, window.width() - below.x() - EDGE)
        self.setGeometry(below.x(), below.y(), wide, self.count() * row + 2 * EDGE)

    def _on_clicked(self, item: QListWidgetItem) -> None:
        value: str = item.data(VALUE_ROLE)
        if not value:
            return
        self.hide()
        self.taken.emit(value)
