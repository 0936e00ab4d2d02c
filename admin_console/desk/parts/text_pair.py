"""A text of a place that staff write, and beside it how it reads at the seats."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from admin_console.desk.models.house_writing import LONGEST
from admin_console.desk.parts.text_ask import Sheet
from kiosk.look.announce import announce
from kiosk.look.card import Card
from kiosk.look.field import Mark
from kiosk.look.language import Language
from kiosk.look.look import Look
from kiosk.look.words import Words


class TextSheet(Card):
    """The text, and how many letters it has.

    Args:
        look: how to look.
        language: for its own words.
        rows: height of the text in lines.
        parent: the widget that holds it.

    Signals:
        written: the text.
    """

    written = Signal(str)

    def __init__(self, look: Look, language: Language, rows: int, parent: QWidget) -> None:
        super().__init__(look, "panel", parent)
        self._look, self._language, self._rows = look, language, rows
        self.title = Words(look, "", "h2", wrap=True)
        self.note = Words(look, "", "small", "ink_muted", wrap=True)
        self.text = Sheet(look)
        self.count = Words(look, "", "extra_small", "ink_muted", align=Qt.AlignmentFlag.AlignRight)
        column = QVBoxLayout(self)
        column.setContentsMargins(22, 18, 22, 20)
        column.setSpacing(10)
        column.addWidget(self.title)
        column.addWidget(self.note)
        column.addWidget(self.text)
        column.addWidget(self.count)
        column.addStretch(1)
        self.text.textChanged.connect(self._on_text)
        look.changed.connect(self._restyle)
        self._restyle()

    def tell(self, title: str, note: str, *, may_edit: bool) -> None:
        """Say what the text is."""
        self.title.say(title)
        self.note.say(note)
        self.text.setAccessibleName(self.title.plain())
        self.text.setAccessibleDescription(self.note.plain())
        self.text.setReadOnly(not may_edit)
        self._count()

    def show_text(self, text: str) -> None:
        """Show another text; nobody is told."""
        if text != self.text.toPlainText():
            self.text.blockSignals(True)
            self.text.setPlainText(text)
            self.text.blockSignals(False)
        self._count()

    def _on_text(self) -> None:
        text = self.text.toPlainText()
        if len(text) > LONGEST:
            place = min(self.text.textCursor().position(), LONGEST)
            self.text.setPlainText(text[:LONGEST])
            cursor = self.text.textCursor()
            cursor.setPosition(place)
            self.text.setTextCursor(cursor)
            announce(self.text, self.count.plain())
            return
        self._count()
        self.written.emit(text)

    def _count(self) -> None:
        told = {"count": len(self.text.toPlainText()), "most": LONGEST}
        self.count.say(self._language.gettext("%(count)d of %(most)d characters") % told)

    def _restyle(self) -> None:
        self.text.setFont(self._look.font("body"))
        self.text.setFixedHeight(self._rows * self.text.fontMetrics().lineSpacing() + 32)


class TextPreview(Card):
    """How a text reads at a seat."""

    def __init__(self, look: Look, icon: str, parent: QWidget) -> None:
        super().__init__(look, "soft", parent)
        self.lead = Words(look, "", "small", "ink_muted", wrap=True)
        self.title = Words(look, "", "h3", wrap=True)
        self.text = Words(look, "", "body", wrap=True, even=True)
        self._mark = Mark(look, icon, "primary", 22)
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self.title, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(22, 18, 22, 20)
        column.setSpacing(10)
        column.addWidget(self.lead)
        column.addLayout(head)
        column.addWidget(self.text)
        column.addStretch(1)

    def show_text(self, lead: str, title: str, text: str) -> None:
        """Show a text; without any the lead alone is said."""
        self.lead.say(lead)
        self.title.say(title)
        self.text.say(text)
        for part in (self._mark, self.title, self.text):
            part.setVisible(bool(text))
