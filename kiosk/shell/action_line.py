"""A line that says a fact and offers what can be done, without ever interrupting anybody.

The buttons stand right after the words, on the left: over a program, the right belongs to its own
window. Where room is short they go below the words.
"""

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QWidget

from kiosk.look.banner import BannerKind
from kiosk.look.button import Button
from kiosk.look.look import Look
from kiosk.look.paint import begin, draw_box
from kiosk.look.token import ColourName
from kiosk.look.words import Words
from kiosk.shell.layout import column, free, loosen, natural_width, row

FILLS: dict[BannerKind, ColourName] = {
    "info": "info_soft",
    "success": "success_soft",
    "warning": "warning_soft",
    "danger": "danger_soft",
}
TALL = 120
"""From this least height on the line is the large one of the last minutes."""

LEAST_WORDS = 320
"""Words narrower than this many pixels read badly: then the buttons go below them."""

BELOW = 12
"""Pixels between the words and the buttons, where those stand below."""


def bold(fact: str, sentence: str = "") -> str:
    """Return a fact in bold and a sentence after it, as markup."""
    return f"<b>{escape(fact)}</b> {escape(sentence)}".strip()


class ActionLine(QWidget):
    """Mark, words, buttons.

    Args:
        look: how to look.
        mark: an icon or a ring; it keeps its size.
        words: one or two labels, above each other.
        kind: fill and outline.
        least: least height in pixels.
        rounded: whether it stands inside a page instead of across it.
        parent: the widget that holds it.
    """

    def __init__(
        self,
        look: Look,
        mark: QWidget,
        words: Sequence[Words],
        kind: BannerKind,
        *,
        least: int,
        rounded: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._kind: BannerKind = kind
        self._words = list(words)
        self._mark = mark
        self._rounded = rounded
        self._buttons: list[Button] = []
        self._least = least
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        is_tall = least >= TALL
        self._side = 32 if is_tall else 24
        self._beside, self._between = (72, 32) if is_tall else (38, 18)
        self._outer = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._outer.setContentsMargins(self._side, 12, self._side, 12)
        self._outer.setSpacing(self._beside)
        told = row(spacing=self._between)
        told.addWidget(mark)
        lines = column(spacing=2)
        lines.addStretch(1)
        for one in words:
            lines.addWidget(one)
        lines.addStretch(1)
        told.addLayout(lines)
        told.addStretch(1)
        self._told = told
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._row.setSpacing(self._between)
        self._row.addStretch(1)
        self._outer.addLayout(told)
        self._outer.addLayout(self._row, 1)
        look.changed.connect(self.arrange)

    def set_kind(self, kind: BannerKind) -> None:
        """Take the colours of another kind."""
        self._kind = kind
        self.update()

    def add_button(self, button: Button) -> None:
        """Put a button after the words."""
        self._row.insertWidget(len(self._buttons), button)
        self._buttons.append(button)

    def arrange(self) -> None:
        """Give the words the width they need, or what there is."""
        shown = [button for button in self._buttons if not button.isHidden()]
        buttons = sum(button.sizeHint().width() for button in shown)
        buttons += self._between * max(0, len(shown) - 1)
        mark = max(self._mark.sizeHint().width(), self._mark.minimumWidth())
        room = self.width() - 2 * self._side - mark - self._told.spacing()
        for one in self._words:
            free(one)
        natural = max((natural_width(one) for one in self._words), default=0)
        beside = room - buttons - (self._beside if shown else 0)
        is_stacked = bool(shown) and self._reads_better_below(natural, beside, room, shown)
        width = max(120, min(natural, room if is_stacked else beside))
        direction = QBoxLayout.Direction
        self._outer.setDirection(direction.TopToBottom if is_stacked else direction.LeftToRight)
        self._outer.setSpacing(BELOW if is_stacked else self._beside)
        is_crowded = buttons > self.width() - 2 * self._side
        self._row.setDirection(direction.TopToBottom if is_crowded else direction.LeftToRight)
        for one in self._words:
            one.setFixedWidth(width)
            one.setFixedHeight(one.heightForWidth(width) if one.text() else 0)
        loosen(self._outer)
        self.setFixedHeight(max(self._least, self._outer.minimumSize().height()))

    def _reads_better_below(
        self, natural: int, beside: int, room: int, buttons: Sequence[Button]
    ) -> bool:
        """Return whether the words want the whole width: beside the buttons they would tower."""
        if beside < min(natural, LEAST_WORDS):
            return True
        tall = max(button.sizeHint().height() for button in buttons)
        towering = max(tall, self._words_height(min(natural, beside)))
        return towering > self._words_height(min(natural, room)) + BELOW + tall

    def _words_height(self, width: int) -> int:
        return sum(one.heightForWidth(width) for one in self._words if one.text())

    def sizeHint(self) -> QSize:
        """Return the height that the words need."""
        return QSize(600, max(self._least, self._outer.minimumSize().height()))

    def minimumSizeHint(self) -> QSize:
        """Return any width: the words wrap."""
        return QSize(280, self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Arrange for the new width."""
        super().resizeEvent(event)
        self.arrange()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ground, and the line below it."""
        theme = self._look.theme
        painter = begin(self)
        fill, line = theme.colour(FILLS[self._kind]), theme.colour(self._kind)
        if self._rounded:
            outline = line if theme.is_high_contrast else None
            draw_box(painter, QRectF(self.rect()), 20, fill, outline, theme.control_border)
        else:
            painter.fillRect(self.rect(), fill)
            width = 2 if self._least < TALL else 3
            painter.fillRect(0, self.height() - width, self.width(), width, line)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.end()
