"""A small box in the panel that asks for a sentence: a message, or why a seat is out of order."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from admin_console.desk.parts.flow import Flow
from kiosk.look.button import Button, Kind
from kiosk.look.focus import FocusShape
from kiosk.look.language import Language
from kiosk.look.look import Look
from kiosk.look.words import Words

LONGEST = 200
MOST_SHOWN = 36
"""How many signs of a ready sentence its button shows, at the usual size of text."""


class Sheet(QPlainTextEdit):
    """The text. Tab leaves it, as everywhere."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)

    def focus_shape(self) -> FocusShape:
        """Return the whole box."""
        return FocusShape(self, self.rect(), self._look.theme.control_radius)


class TextAsk(QWidget):
    """Title, ready sentences, text, and two answers. Ctrl+Enter sends, Escape gives up.

    Args:
        look: how to look.
        language: for its own words.
        send_kind: the button that sends.
        rows: height of the text in lines.
        parent: the widget that holds it.

    Signals:
        sent: the sentence, trimmed and never empty.
        given_up: nothing is sent.
    """

    sent = Signal(str)
    given_up = Signal()

    def __init__(
        self,
        look: Look,
        language: Language,
        *,
        send_kind: Kind = "primary",
        rows: int = 3,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look, self._language = look, language
        self._rows = rows
        self._asked: tuple[str, str, str, tuple[str, ...]] | None = None
        self.title = Words(look, "", "h3")
        self.note = Words(look, "", "small", "ink_muted", wrap=True)
        self.text = Sheet(look)
        self.text.textChanged.connect(self._on_text_changed)
        self.text.installEventFilter(self)
        self.count = Words(look, "", "extra_small", "ink_muted", align=Qt.AlignmentFlag.AlignRight)
        self.ready: list[Button] = []
        self._ready_flow = Flow(gap=9, line_gap=9)
        self.give_up = Button(look, "", "secondary")
        self.give_up.clicked.connect(self.given_up)
        self.send = Button(look, "", send_kind)
        self.send.clicked.connect(self._on_send)
        answers = QHBoxLayout()
        answers.setSpacing(8)
        answers.addWidget(self.give_up, 1)
        answers.addWidget(self.send, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.title)
        column.addWidget(self.note)
        column.addWidget(self.text)
        column.addWidget(self.count)
        column.addWidget(self._ready_flow)
        column.addLayout(answers)
        look.changed.connect(self._restyle)
        self._restyle()
        self._on_text_changed()

    def ask(self, title: str, note: str, send: str, ready: Sequence[str]) -> None:
        """Say what is asked; the text that was begun stays."""
        asked = (title, note, send, tuple(ready))
        if asked == self._asked:
            return
        self._asked = asked
        _ = self._language.gettext
        self.title.say(title)
        self.text.setAccessibleName(title)
        self.note.say(note)
        self.note.setVisible(bool(note))
        self.send.setText(send)
        keys = QKeySequence(Qt.Modifier.CTRL | Qt.Key.Key_Return)
        self.send.setToolTip(keys.toString(QKeySequence.SequenceFormat.NativeText))
        self.give_up.setText(_("Cancel"))
        for button in self.ready:
            self._ready_flow.remove(button)
            button.deleteLater()
        self.ready = []
        for sentence in ready:
            button = Button(self._look, self._shown(sentence), "secondary", size="small")
            button.setToolTip(sentence)
            button.setAccessibleName(sentence)
            button.clicked.connect(self._on_ready)
            self._ready_flow.add(button)
            self.ready.append(button)
        self._ready_flow.setVisible(bool(ready))
        self.updateGeometry()

    def tab_stops(self) -> list[QWidget]:
        """Return the stops of the Tab key in reading order."""
        return [self.text, *self.ready, self.give_up, self.send]

    def begin(self) -> None:
        """Begin with an empty text, ready to type."""
        self.text.clear()
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def sentence(self) -> str:
        """Return what would be sent."""
        return " ".join(self.text.toPlainText().split())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Send with Ctrl+Enter, give up with Escape."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.matches(QKeySequence.StandardKey.Cancel):
                self.given_up.emit()
                return True
            enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
            if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self._on_send()
                return True
        return False

    def _on_text_changed(self) -> None:
        text = self.text.toPlainText()
        if len(text) > LONGEST:
            cursor = self.text.textCursor()
            place = min(cursor.position(), LONGEST)
            self.text.setPlainText(text[:LONGEST])
            cursor = self.text.textCursor()
            cursor.setPosition(place)
            self.text.setTextCursor(cursor)
            return
        _ = self._language.gettext
        told = {"count": len(text), "most": LONGEST}
        self.count.say(_("%(count)d of %(most)d characters") % told)
        self.send.setEnabled(bool(self.sentence()))

    def _on_ready(self) -> None:
        button = self.sender()
        if isinstance(button, Button):
            self.text.setPlainText(button.accessibleName())
            self.text.moveCursor(self.text.textCursor().MoveOperation.End)
            self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_send(self) -> None:
        sentence = self.sentence()
        if sentence:
            self.sent.emit(sentence)

    def _shown(self, sentence: str) -> str:
        return shortened(sentence, round(MOST_SHOWN / self._look.theme.text_scale))

    def _restyle(self) -> None:
        for button in self.ready:
            button.setText(self._shown(button.toolTip()))
        self.text.setFont(self._look.font("body"))
        line = self.text.fontMetrics().lineSpacing()
        self.text.setFixedHeight(self._rows * line + 32)


def shortened(sentence: str, most: int = MOST_SHOWN) -> str:
    """Return a sentence short enough for a button, cut between two words."""
    if len(sentence) <= most:
        return sentence
    cut = sentence[:most].rsplit(" ", 1)[0].rstrip(" ,:;.\u00a0")
    return f"{cut}…"
