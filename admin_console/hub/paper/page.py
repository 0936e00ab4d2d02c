"""A page of text: laid out as a column first, so that its height is known, then written as PDF.

The printers of receipts know black alone, and so does the column. Lengths are points of 1/72 inch,
from the top of the column down. Everything here needs `font.WRITING`.
"""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum, auto

from reportlab.pdfgen.canvas import Canvas

from admin_console.hub.paper.font import Weight, drawable, font_name, text_width

MM = 72 / 25.4
LEADING = 1.3
ASCENT = 0.95
"""From the top of a line to the foot of its letters, in sizes of the font."""


class Align(Enum):
    """Where a text stands in its space."""

    LEFT = auto()
    CENTRE = auto()
    RIGHT = auto()


@dataclass(frozen=True, slots=True)
class Ink:
    """How a text is set; `size` in points."""

    size: float
    weight: Weight = Weight.REGULAR

    @property
    def leading(self) -> float:
        """The height of a line."""
        return self.size * LEADING


@dataclass(frozen=True, slots=True)
class _Word:
    left: float
    foot: float
    text: str
    ink: Ink


@dataclass(frozen=True, slots=True)
class _Stroke:
    left: float
    right: float
    top: float
    thick: float
    dashed: bool


@dataclass(frozen=True, slots=True)
class _Frame:
    left: float
    top: float
    width: float
    height: float
    thick: float


class Column:
    """Takes lines one under another. `width` is what they may fill.

    Attributes:
        height: how far it reaches until now.
    """

    def __init__(self, width: float) -> None:
        self.width = width
        self.height = 0.0
        self._marks: list[_Word | _Stroke | _Frame] = []

    def text(self, text: str, ink: Ink, align: Align = Align.LEFT) -> None:
        """Add a text, on as many lines as it needs; an empty one adds nothing."""
        for line in _wrap(drawable(text), ink, self.width):
            self._put(line, ink, 0, self.width, align)
            self.height += ink.leading

    def pair(self, label: str, value: str, ink: Ink, strong: Ink | None = None) -> None:
        """Add a label and, on the right, its value: below it where both find no room on a line."""
        label, value, other = drawable(label), drawable(value), strong or ink
        lines = _wrap(label, ink, self.width)
        room = self.width - _width(lines[-1], ink) - ink.size
        if len(lines) == 1 and _width(value, other) <= room:
            line = max(ink, other, key=lambda one: one.size)
            foot = self.height + line.size * ASCENT
            self._put(label, ink, 0, self.width, Align.LEFT, foot)
            self._put(value, other, 0, self.width, Align.RIGHT, foot)
            self.height += line.leading
            return
        self.text(label, ink)
        self.text(value, other, Align.RIGHT)

    def row(self, cells: Sequence[str], ink: Ink, last: Ink) -> None:
        """Add a line of a table: the first cell has twice the room of the others, on the right."""
        share = self.width / (len(cells) + 1)
        for place, cell in enumerate(cells):
            mine = last if place == len(cells) - 1 else ink
            left = 0 if place == 0 else share * (place + 1)
            room = share * 2 if place == 0 else share
            align = Align.LEFT if place == 0 else Align.RIGHT
            self._put(drawable(cell), mine, left, room, align)
        self.height += ink.leading

    def rule(self, *, dashed: bool = False, thick: float = 0.6) -> None:
        """Add a line across the column."""
        self._marks.append(_Stroke(0, self.width, self.height, thick, dashed))

    def gap(self, height: float) -> None:
        """Add white."""
        self.height += height

    def stamp(self, text: str, ink: Ink) -> None:
        """Add a word in a frame that nobody overlooks."""
        room = ink.size * 0.3
        self._marks.append(_Frame(0, self.height, self.width, ink.leading + 2 * room, 1.4))
        self.gap(room)
        self.text(text, ink, Align.CENTRE)
        self.gap(room)

    def boxes(self, labels: Sequence[str], ink: Ink, height: float) -> None:
        """Add frames side by side in which somebody writes by hand."""
        between = 6 * MM
        width = (self.width - between * (len(labels) - 1)) / len(labels)
        pad = 3 * MM
        for place, label in enumerate(labels):
            left = place * (width + between)
            self._marks.append(_Frame(left, self.height, width, height, 0.6))
            top = self.height + pad
            for line in _wrap(drawable(label), ink, width - 2 * pad):
                foot = top + ink.size * ASCENT
                self._put(line, ink, left + pad, width - 2 * pad, Align.LEFT, foot)
                top += ink.leading
        self.height += height

    def draw(self, canvas: Canvas, left: float, top: float) -> None:
        """Write the column; its corner is `left`, `top` from the foot of the page."""
        for mark in self._marks:
            if isinstance(mark, _Word):
                canvas.setFont(font_name(mark.ink.weight), mark.ink.size)
                canvas.drawString(left + mark.left, top - mark.foot, mark.text)
                continue
            canvas.setLineWidth(mark.thick)
            if isinstance(mark, _Frame):
                foot = top - mark.top - mark.height
                canvas.setDash()
                canvas.rect(left + mark.left, foot, mark.width, mark.height)
                continue
            canvas.setDash([2, 2] if mark.dashed else [])
            canvas.line(left + mark.left, top - mark.top, left + mark.right, top - mark.top)

    def _put(
        self,
        text: str,
        ink: Ink,
        left: float,
        room: float,
        align: Align,
        foot: float | None = None,
    ) -> None:
        if not text:
            return
        spare = room - _width(text, ink)
        shift = {Align.LEFT: 0.0, Align.CENTRE: spare / 2, Align.RIGHT: spare}[align]
        mine = self.height + ink.size * ASCENT if foot is None else foot
        self._marks.append(_Word(left + shift, mine, text, ink))


@dataclass(frozen=True, slots=True)
class Paper:
    """What a column is printed on; `height` None is a roll, cut where the text ends."""

    width: float
    height: float | None
    margin: float

    @property
    def room(self) -> float:
        """The width of a column on it."""
        return self.width - 2 * self.margin


ROLL = Paper(width=80 * MM, height=None, margin=4 * MM)
SHEET = Paper(width=210 * MM, height=297 * MM, margin=20 * MM)


def write_pdf(column: Column, paper: Paper, title: str, author: str, made: datetime) -> bytes:
    """Return the document, dated `made`: the same column makes the same bytes."""
    long = column.height + 2 * paper.margin
    # A page that is wider than high would be turned by the printer.
    height = max(long, paper.width) if paper.height is None else paper.height
    target = io.BytesIO()
    canvas = Canvas(
        target,
        pagesize=(paper.width, height),
        invariant=1,
        lang="fr-FR",
        initialFontName=font_name(Weight.REGULAR),
    )
    stamp = made.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="seconds")
    stamp = "D:" + "".join(sign for sign in stamp if sign.isdigit()) + "Z"
    canvas.setDateFormatter(lambda *_: stamp)
    canvas.setTitle(title)
    canvas.setSubject(title)
    canvas.setAuthor(author)
    canvas.setCreator("Créneau")
    canvas.setViewerPreference("PrintScaling", "None")
    column.draw(canvas, paper.margin, height - paper.margin)
    canvas.showPage()
    canvas.save()
    return target.getvalue()


def _width(text: str, ink: Ink) -> float:
    return text_width(text, ink.weight, ink.size)


def _wrap(text: str, ink: Ink, room: float) -> list[str]:
    """Break a text at spaces, and inside a word that is longer than a line."""
    lines: list[str] = []
    line = ""
    for word in (part for whole in text.split(" ") for part in _pieces(whole, ink, room)):
        longer = f"{line} {word}" if line else word
        if line and _width(longer, ink) > room:
            lines.append(line)
            line = word
        else:
            line = longer
    return [*lines, line] if line else lines


def _pieces(word: str, ink: Ink, room: float) -> Iterator[str]:
    piece = ""
    for letter in word:
        if piece and _width(piece + letter, ink) > room:
            yield piece
            piece = ""
        piece += letter
    if piece:
        yield piece
