"""Text in one of the roles of the design: heading, lead, body, caption."""

import re
from html import unescape

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QFontMetricsF,
    QPainter,
    QPaintEvent,
    QPalette,
    QShowEvent,
    QTextDocument,
    QTextOption,
)
from PySide6.QtWidgets import QLabel, QWidget

from kiosk.look.font import TextRole
from kiosk.look.look import Look
from kiosk.look.theme import Tone

BOLD = re.compile(r"<b>(.*?)</b>", re.DOTALL)

_MARK = re.compile(r"<[^>]*>")
_SIGN = re.compile(r"&(?:#\d+|\w+);|[^\s<>&]")
_LONG_WORD = re.compile(rf"(?:{_SIGN.pattern}){{30,}}")
"""Longer than any word of a language: an address, or a finger that slept on a key."""

_MAY_BREAK = "\u200b"

EVEN_STEP = 4
"""How closely in pixels the width of even lines is sought."""


class Words(QLabel):
    """A label that follows the theme.

    Args:
        look: how to look.
        text: what it says at first.
        role: the text role.
        tone: the colour of the text.
        rem: a size other than the role's, in parts of the base size.
        weight: a weight other than the role's.
        line: a line height other than the role's, in parts of the size.
        wrap: whether long text takes several lines, at the line height of the role.
        even: whether its lines become about equally long, so that no word is left alone.
        align: where the lines stand.
        parent: the widget that holds it.
    """

    def __init__(
        self,
        look: Look,
        text: str = "",
        role: TextRole = "body",
        tone: Tone = "ink",
        *,
        rem: float | None = None,
        weight: int | None = None,
        line: float | None = None,
        wrap: bool = False,
        even: bool = False,
        align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._role: TextRole = role
        self._tone: Tone = tone
        self._rem, self._weight, self._line = rem, weight, line
        self._source, self._is_rich = text, False
        self._side, self._is_even = align, even
        self.setWordWrap(wrap)
        self._align()
        self.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        look.changed.connect(self.restyle)
        self.restyle()

    def say(self, text: str) -> None:
        """Show plain text."""
        self._source, self._is_rich = text, False
        self._tell()

    def say_rich(self, markup: str) -> None:
        """Show text with `<b>` and `<br>` in it; whatever is not ours must be escaped before."""
        self._source, self._is_rich = markup, True
        self._tell()

    def plain(self) -> str:
        """Return what it says, without what only the eye needs."""
        if not self._is_rich:
            return self._source
        return unescape(_MARK.sub("", self._source.replace("<br>", " ")))

    def set_tone(self, tone: Tone) -> None:
        """Change the colour of the text."""
        self._tone = tone
        self.restyle()

    def set_size(self, rem: float | None) -> None:
        """Change the size of the text; None goes back to the role's."""
        self._rem = rem
        self.restyle()

    def line_height(self) -> float:
        """Return the height in pixels of a line of text."""
        line = self._look.theme.line_height(self._role) if self._line is None else self._line
        return line * self.font().pixelSize()

    def sizeHint(self) -> QSize:
        """Return the size of the text, whose only line is as high as the design says."""
        hint = super().sizeHint()
        return hint if self._is_document() else QSize(hint.width(), self._plain_height())

    def minimumSizeHint(self) -> QSize:
        """Return the same where there is one line only."""
        hint = super().minimumSizeHint()
        return hint if self._is_document() else QSize(hint.width(), self._plain_height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the text, in even lines where that is asked for."""
        if not (self._is_even and self.wordWrap()):
            super().paintEvent(event)
            return
        room = self.contentsRect()
        document = QTextDocument()
        document.setDefaultFont(self.font())
        document.setDocumentMargin(0)
        option = document.defaultTextOption()
        option.setWrapMode(QTextOption.WrapMode.WordWrap)
        document.setDefaultTextOption(option)
        document.setHtml(self.text())
        document.setTextWidth(room.width())
        tall = document.size().height()
        narrow, wide = 0, room.width()
        while wide - narrow > EVEN_STEP:
            middle = (narrow + wide) // 2
            document.setTextWidth(middle)
            fits = document.size().height() <= tall and document.size().width() <= middle
            narrow, wide = (narrow, middle) if fits else (middle, wide)
        document.setTextWidth(wide)
        context = QAbstractTextDocumentLayout.PaintContext()
        context.palette = self.palette()
        ink = self.palette().color(QPalette.ColorRole.WindowText)
        context.palette.setColor(QPalette.ColorRole.Text, ink)
        painter = QPainter(self)
        painter.translate(room.x(), room.y() + max(0.0, (room.height() - tall) / 2))
        document.documentLayout().draw(painter, context)
        painter.end()

    def _is_document(self) -> bool:
        return self._is_rich or self.wordWrap()

    def _plain_height(self) -> int:
        return round(self.line_height() * (1 + self._source.count("\n")))

    def restyle(self) -> None:
        """Take fonts and colours of the current theme."""
        self.setFont(self._look.font(self._role, rem=self._rem, weight=self._weight))
        self._colour()
        self._tell()

    def changeEvent(self, event: QEvent) -> None:
        """Keep the colour: with another parent, Qt takes back the one it first had."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._colour()
        elif event.type() == QEvent.Type.LayoutDirectionChange:
            self._align()
            self._tell()

    def showEvent(self, event: QShowEvent) -> None:
        """Keep the colour: of a change that came before the first showing Qt keeps none."""
        super().showEvent(event)
        self._colour()

    def _align(self) -> None:
        """Begin the lines where one begins to read, whatever the script of the words."""
        side = self._side
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            flag = Qt.AlignmentFlag
            turned = {flag.AlignLeft: flag.AlignRight, flag.AlignRight: flag.AlignLeft}
            side = turned.get(side, side) | flag.AlignAbsolute
        self.setAlignment(side | Qt.AlignmentFlag.AlignVCenter)

    def _colour(self) -> None:
        colour = self._look.colour(self._tone)
        palette = self.palette()
        role = QPalette.ColorRole.WindowText
        if palette.color(QPalette.ColorGroup.Active, role) != colour:
            palette.setColor(role, colour)
            self.setPalette(palette)

    def _tell(self) -> None:
        if not self._is_document():
            self.setContentsMargins(0, 0, 0, 0)
            self.setTextFormat(Qt.TextFormat.PlainText)
            self.setText(self._source)
            return
        markup = self._source
        if not self._is_rich:
            markup = (
                markup.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\n", "<br>")
            )
        if self.wordWrap():
            # Such a word may break anywhere, or it would push the buttons off the screen.
            markup = _LONG_WORD.sub(lambda word: _MAY_BREAK.join(_SIGN.findall(word[0])), markup)
        # A bold fact in a muted sentence is written in full ink, at the weight of the house.
        tone: Tone = "band_ink" if self._tone == "band_ink_muted" else self._tone
        tone = "ink" if tone == "ink_muted" else tone
        colour = self._look.colour(tone).name()
        markup = BOLD.sub(rf'<span style="font-weight:600; color:{colour}">\1</span>', markup)
        font = self.font()
        wanted = self.line_height()
        natural = QFontMetricsF(font).lineSpacing()
        percent = round(100 * wanted / natural)
        # Qt puts what a line has more or less than the font's own all below the text; it belongs
        # half above and half below, or a heading stands off the line that it shares.
        half = round((wanted - natural) / 2)
        self.setContentsMargins(0, half, 0, -half)
        side = {
            Qt.AlignmentFlag.AlignHCenter: "center",
            Qt.AlignmentFlag.AlignCenter: "center",
            Qt.AlignmentFlag.AlignRight: "right",
        }.get(self._side, "left")
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            side = {"left": "right", "right": "left"}.get(side, side)
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setText(f'<p align="{side}" style="line-height:{percent}%; margin:0">{markup}</p>')
