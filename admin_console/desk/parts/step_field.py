"""A value that is stepped by two buttons or the arrow keys, or written over."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from admin_console.desk.parts.line import grown
from kiosk.look.announce import announce
from kiosk.look.button import Button
from kiosk.look.field import Field
from kiosk.look.look import Look

WIDTH, MORE = 176, 50
HEIGHT = 40


class StepField(Field):
    """The field; what its text means is its owner's to say.

    The buttons are for the mouse: the keyboard has Up and Down in the field itself.

    Signals:
        stepped: one step is wanted, up or down.
        typed: a text is being written, sign by sign.
        written: another text was written, and the keyboard has left the field or Enter was pressed.
    """

    stepped = Signal(bool)
    typed = Signal(str)
    written = Signal(str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, "", spoken=" ", height=HEIGHT, parent=parent)
        self._shown = ""
        self.edit.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.edit.installEventFilter(self)
        self.less = Button(look, "", "quiet", size="small", icon="minus")
        self.more = Button(look, "", "quiet", size="small", icon="plus")
        row = self.frame.layout()
        if isinstance(row, QHBoxLayout):
            row.setContentsMargins(4, 0, 4, 0)
            row.setSpacing(2)
            row.insertWidget(0, self.less)
            row.addWidget(self.more)
        for button, up in ((self.less, False), (self.more, True)):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.clicked.connect(self._step_up if up else self._step_down)
        self.edit.textEdited.connect(self.typed)
        self.edit.editingFinished.connect(self._on_finished)
        look.changed.connect(self._resize)
        self._resize()

    def name(self, spoken: str, less: str, more: str) -> None:
        """Name the field and its buttons."""
        self.edit.setAccessibleName(spoken)
        for button, word in ((self.less, less), (self.more, more)):
            button.setAccessibleName(word)
            button.setAccessibleDescription(spoken)

    def show_text(self, text: str) -> None:
        """Show a value."""
        self._shown = text
        self.set_text(text)

    def mark_wrong(self, said: str) -> None:
        """Mark the field as wrong, and say why to screen readers; empty marks nothing."""
        if said and said != self.edit.accessibleDescription():
            announce(self.edit, said)
        self.frame.is_wrong = bool(said)
        self.frame.update()
        self.edit.setAccessibleDescription(said)

    def commit(self) -> None:
        """Tell what is written, as if the keyboard had left."""
        self._on_finished()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Step with the arrow keys."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Up:
                self._step(up=True)
                return True
            if event.key() == Qt.Key.Key_Down:
                self._step(up=False)
                return True
        return super().eventFilter(watched, event)

    def _step_up(self) -> None:
        self._step(up=True)

    def _step_down(self) -> None:
        self._step(up=False)

    def _step(self, *, up: bool) -> None:
        self._on_finished()
        self.stepped.emit(up)

    def _on_finished(self) -> None:
        if self.text() != self._shown:
            self._shown = self.text()
            self.written.emit(self._shown)

    def _resize(self) -> None:
        self.setFixedWidth(grown(self._look, WIDTH, MORE))
