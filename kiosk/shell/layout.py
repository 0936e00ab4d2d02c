"""Small helpers for pages built in code: plain layouts, coloured grounds, and fitting.

A page names its arrangements from the roomiest to the tightest and takes the first that fits, so
that nothing is cut at any screen or text size; what is still too tall scrolls.
"""

from collections.abc import Callable, Sequence
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent, QTextDocument
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QLayout, QVBoxLayout, QWidget

from kiosk.look.look import Look
from kiosk.look.theme import Tone

WIDE = 1600
"""From this width in pixels the faces are drawn as designed; below it they draw together."""

NARROW = 1280
"""Below this width the column becomes a band; large text makes a screen narrow earlier."""

SHORT = 900
"""Below this height in pixels the faces give up their air."""

LARGE = 1.5
"""The text scale at which secondary sentences shorten."""

WIDGET_LIMIT = 16_777_215
"""Qt's largest size of a widget, which means that there is no limit."""

Margins = tuple[int, int, int, int]
L = TypeVar("L")

TOP = Qt.AlignmentFlag.AlignTop
LEFT = Qt.AlignmentFlag.AlignLeft
RIGHT = Qt.AlignmentFlag.AlignRight
CENTRE = Qt.AlignmentFlag.AlignHCenter


def column(
    parent: QWidget | None = None, *, spacing: int = 0, margins: Margins = (0, 0, 0, 0)
) -> QVBoxLayout:
    """Return an empty column without the margins that a style would add."""
    layout = QVBoxLayout() if parent is None else QVBoxLayout(parent)
    return _bare(layout, spacing, margins)


def row(
    parent: QWidget | None = None, *, spacing: int = 0, margins: Margins = (0, 0, 0, 0)
) -> QHBoxLayout:
    """Return an empty row without the margins that a style would add."""
    layout = QHBoxLayout() if parent is None else QHBoxLayout(parent)
    return _bare(layout, spacing, margins)


B = TypeVar("B", bound=QBoxLayout)


def _bare(layout: B, spacing: int, margins: Margins) -> B:
    layout.setSpacing(spacing)
    layout.setContentsMargins(*margins)
    return layout


def is_narrow(width: int, scale: float) -> bool:
    """Return whether a column beside the content would leave it too little room."""
    return width < NARROW or (scale > 1 and width < WIDE)


class Ground(QWidget):
    """A surface of one colour of the theme."""

    def __init__(self, look: Look, tone: Tone, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._tone: Tone = tone
        look.changed.connect(self.update)

    def set_tone(self, tone: Tone) -> None:
        """Take another colour."""
        self._tone = tone
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Fill the surface."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._look.colour(self._tone))
        painter.end()


def loosen(layout: QLayout) -> None:
    """Forget the sizes that a layout and those inside it have remembered.

    Qt does so when it comes back to its event loop; whoever measures before has to ask for it.
    """
    for place in range(layout.count()):
        item = layout.itemAt(place)
        if item is None:
            continue
        inner = item.layout()
        if inner is not None:
            loosen(inner)
        widget = item.widget()
        if widget is not None:
            within = widget.layout()
            if within is not None:
                loosen(within)
            widget.updateGeometry()
    layout.invalidate()


def needed_height(layout: QLayout, width: int) -> int:
    """Return the least height in pixels at which nothing of a layout is cut."""
    loosen(layout)
    if layout.hasHeightForWidth():
        return layout.minimumHeightForWidth(width)
    return layout.minimumSize().height()


def natural_width(words: QLabel) -> int:
    """Return the width in pixels at which a label needs one line only."""
    document = QTextDocument()
    document.setDefaultFont(words.font())
    document.setDocumentMargin(0)
    document.setHtml(words.text())
    return round(document.idealWidth() + 12)


def free(words: QLabel) -> None:
    """Take a fixed size back, for a label answers with it when it is measured."""
    words.setMinimumSize(0, 0)
    words.setMaximumSize(WIDGET_LIMIT, WIDGET_LIMIT)


def balance(words: QLabel, room: int) -> None:
    """Make the lines of a centred text about equally long, in `room` pixels at most."""
    free(words)
    tall = words.heightForWidth(room)
    natural = natural_width(words)
    narrowest = natural // max(1, -(-natural // max(1, room)))
    width = next(
        (width for width in range(narrowest, room, 8) if words.heightForWidth(width) <= tall), room
    )
    words.setFixedSize(width, words.heightForWidth(width))


def fit(levels: Sequence[L], apply: Callable[[L], None], fits: Callable[[], bool]) -> L:
    """Apply the first level that fits, or the last one."""
    for level in levels[:-1]:
        apply(level)
        if fits():
            return level
    apply(levels[-1])
    return levels[-1]
