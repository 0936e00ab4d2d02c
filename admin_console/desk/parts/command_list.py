"""The last commands of a seat, each with where it stands."""

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from admin_console.desk.models.telling import Told
from kiosk.look.announce import announce
from kiosk.look.card import Rule
from kiosk.look.field import Mark
from kiosk.look.look import Look
from kiosk.look.phrase import Phrase
from kiosk.look.role import Role
from kiosk.look.words import Words


class ToldLine(QWidget):
    """An icon, what, how it stands, when."""

    spoken_role = Role.Grouping

    def __init__(self, look: Look, told: Told, phrase: Phrase) -> None:
        super().__init__()
        self.told = told
        self._phrase = phrase
        self.mark = Mark(look, told.icon, told.tone, 18)
        self.what = Words(look, "", "small")
        self.how = Words(look, "", "small", told.tone, wrap=True)
        self.time = Words(look, "", "small", "ink_muted", align=Qt.AlignmentFlag.AlignRight)
        first = QHBoxLayout()
        first.setSpacing(8)
        first.addWidget(self.what, 1)
        first.addWidget(self.time)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addLayout(first)
        words.addWidget(self.how)
        row = QHBoxLayout()
        row.setContentsMargins(0, 6, 0, 6)
        row.setSpacing(10)
        row.addWidget(self.mark, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(Rule(look))
        column.addLayout(row)
        self.show_told(told)

    def show_told(self, told: Told) -> None:
        """Show another state of the same thing."""
        self.told = told
        self.mark.show_icon(told.icon, told.tone)
        if told.how:
            self.what.say_rich(f"<b>{escape(told.what)}</b>")
        else:
            self.what.say(told.what)
        self.how.set_tone(told.tone)
        self.how.say(told.how)
        self.how.setVisible(bool(told.how))
        self.time.say(self._phrase.time(told.at) if told.at is not None else "")
        self.setAccessibleName(", ".join(part for part in (told.what, told.how) if part))


class CommandList(QWidget):
    """The list, newest first; a state that moves is spoken."""

    def __init__(self, look: Look, phrase: Phrase, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look, self._phrase = look, phrase
        self.lines: dict[str, ToldLine] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.hide()

    def show_commands(self, told: Sequence[tuple[str, Told]], *, quietly: bool = False) -> None:
        """Show commands as (id, what is told); `quietly` speaks of none: another seat is shown."""
        wanted = [command_id for command_id, _told in told]
        for gone in [command_id for command_id in self.lines if command_id not in wanted]:
            line = self.lines.pop(gone)
            self._column.removeWidget(line)
            line.hide()
            line.deleteLater()
        for place, (command_id, one) in enumerate(told):
            if command_id not in self.lines:
                line = ToldLine(self._look, one, self._phrase)
                self.lines[command_id] = line
                self._column.insertWidget(place, line)
                line.setVisible(True)
            elif self.lines[command_id].told != one:
                self.lines[command_id].show_told(one)
                if not quietly:
                    announce(self, self.lines[command_id].accessibleName())
        self.setVisible(bool(told))
