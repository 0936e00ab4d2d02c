"""Everything that one line of the journal tells, beside the table."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from admin_console.desk.models.act_wording import ActWording
from admin_console.desk.parts.act_table import paint_act
from admin_console.desk.parts.line import grown, line_tone
from kiosk.look.banner import Banner
from kiosk.look.look import Look
from kiosk.look.paint import begin
from kiosk.look.scroll import ScrollBox
from kiosk.look.words import Words
from kiosk.wire.act import ActLine

WIDTH, MORE = 312, 60
"""The panel's width in pixels, and how much wider it is with the largest text."""
EDGE, PLATE = 20, 36


class ActPicture(QWidget):
    """The picture of an act; it says nothing by itself."""

    def __init__(self, look: Look, wording: ActWording) -> None:
        super().__init__()
        self._look, self._wording = look, wording
        self._line: ActLine | None = None
        self.setFixedSize(PLATE, PLATE)

    def show_line(self, line: ActLine | None) -> None:
        """Show another act."""
        self._line = line
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw picture and ground."""
        if self._line is None:
            return
        painter = begin(self)
        paint_act(painter, self._look, self._wording, self._line, QRectF(self.rect()))
        painter.end()


class Detail(QWidget):
    """One fact below what it is, with a line under both."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.name = Words(look, "", "small", "ink_muted")
        self.text = Words(look, "", "strong", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 9)
        column.setSpacing(2)
        column.addWidget(self.name)
        column.addWidget(self.text)
        look.changed.connect(self.update)

    def tell(self, name: str, text: str) -> None:
        """Say another fact."""
        self.name.say(name)
        self.text.say(text)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the line."""
        painter = begin(self)
        line = self._look.colour(line_tone(self._look))
        painter.fillRect(0, self.height() - 1, self.width(), 1, line)
        painter.end()


class ActPanel(QWidget):
    """The panel.

    Attributes:
        title: what was done.
        rows: its facts, those that are not wanted now hidden.
        whole: whether a line of the journal is missing, at the foot.
    """

    def __init__(self, look: Look, wording: ActWording, whole: Banner) -> None:
        super().__init__()
        self._look, self._wording = look, wording
        self._line: ActLine | None = None
        self.whole = whole
        self.picture = ActPicture(look, wording)
        self.title = Words(look, "", "h2", wrap=True)
        self.number = Words(look, "", "small", "ink_muted")
        self.empty = Words(look, "", "body", "ink_muted", wrap=True)
        self.rows: list[Detail] = []
        heading = QVBoxLayout()
        heading.setSpacing(0)
        heading.addWidget(self.title)
        heading.addWidget(self.number)
        top = QHBoxLayout()
        top.setSpacing(12)
        top.addWidget(self.picture, 0, Qt.AlignmentFlag.AlignTop)
        top.addLayout(heading, 1)
        content = QWidget()
        self._rows = QVBoxLayout(content)
        self._rows.setContentsMargins(EDGE, 0, EDGE, 12)
        self._rows.setSpacing(0)
        self._rows.addLayout(top)
        self._rows.addSpacing(8)
        self._rows.addWidget(self.empty)
        self._rows.addStretch(1)
        scroll = ScrollBox(look)
        scroll.set_content(content)
        self._foot = QVBoxLayout()
        self._foot.setContentsMargins(EDGE, 12, EDGE, 18)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 18, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(scroll, 1)
        outer.addLayout(self._foot)
        look.changed.connect(self._restyle)
        self._restyle()
        self.show_line(None)

    def show_line(self, line: ActLine | None) -> None:
        """Show another line; None where none is chosen."""
        self._line = line
        self.retell()

    def retell(self) -> None:
        """Say everything again."""
        line, wording = self._line, self._wording
        _ = wording.language.gettext
        self.picture.show_line(line)
        self.picture.setVisible(line is not None)
        self.title.say(_("No line is chosen.") if line is None else wording.what(line))
        self.number.say("" if line is None else wording.number(line))
        self.number.setVisible(line is not None)
        self.empty.say(_("Choose a line to read all of it here."))
        self.empty.setVisible(line is None)
        told = [] if line is None else wording.details(line)
        while len(self.rows) < len(told):
            self.rows.append(Detail(self._look))
            self._rows.insertWidget(self._rows.count() - 1, self.rows[-1])
        for place, row in enumerate(self.rows):
            row.setVisible(place < len(told))
            if place < len(told):
                row.tell(*told[place])

    def take_foot(self) -> None:
        """Take the foot in; whoever had it gives it up."""
        self._foot.addWidget(self.whole)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw ground and line."""
        painter = begin(self)
        painter.fillRect(self.rect(), self._look.colour("surface"))
        painter.fillRect(0, 0, 1, self.height(), self._look.colour(line_tone(self._look)))
        painter.end()

    def _restyle(self) -> None:
        self.setFixedWidth(grown(self._look, WIDTH, MORE))
        self.update()
