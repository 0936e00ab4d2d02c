"""A fact and one sentence about it, in the colour and with the icon of its kind."""

from html import escape
from typing import Literal

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from kiosk.look.button import Button
from kiosk.look.field import Mark
from kiosk.look.look import Look
from kiosk.look.paint import begin, draw_box
from kiosk.look.token import ColourName
from kiosk.look.words import Words

BannerKind = Literal["info", "success", "warning", "danger"]

ICONS: dict[BannerKind, str] = {
    "info": "info",
    "success": "circle-check",
    "warning": "hourglass",
    "danger": "octagon-x",
}
FILLS: dict[BannerKind, ColourName] = {
    "info": "info_soft",
    "success": "success_soft",
    "warning": "warning_soft",
    "danger": "danger_soft",
}


class Banner(QWidget):
    """A banner; hidden banners take no room.

    Args:
        look: how to look.
        kind: info, success, warning or danger.
        icon: another icon than the kind's.
        rem: the size of the text, in parts of the base size.
        roomy: whether it has the air of a dialog around it.
        parent: the widget that holds it.
    """

    def __init__(
        self,
        look: Look,
        kind: BannerKind = "info",
        *,
        icon: str | None = None,
        rem: float | None = None,
        roomy: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._kind: BannerKind = kind
        self._icon = icon
        self._is_roomy = roomy
        console = look.theme.is_console
        size = 20 if console else 34 if roomy else 30
        self._mark = Mark(look, icon or ICONS[kind], kind, size)
        self._words = Words(look, "", "body", rem=rem, line=1.35 if roomy else None, wrap=True)
        self._row = QHBoxLayout(self)
        margins = (14, 10, 14, 10) if console else (22, 12, 12, 12)
        margins = (24, 20, 24, 20) if roomy else margins
        self._row.setContentsMargins(*margins)
        self._row.setSpacing(12 if console else 16)
        self._row.addWidget(self._mark)
        self._row.addWidget(self._words, 1)
        self.setMinimumHeight(40 if console else look.tokens.target.kiosk_min)
        look.changed.connect(self.update)

    def tell(self, fact: str, sentence: str = "") -> None:
        """Say the fact and the sentence, as plain texts."""
        self._words.say_rich(f"<b>{escape(fact)}</b> {escape(sentence)}".strip())

    def plain(self) -> str:
        """Return fact and sentence."""
        return self._words.plain()

    def set_kind(self, kind: BannerKind, icon: str | None = None) -> None:
        """Show another kind."""
        self._kind, self._icon = kind, icon
        self._mark.show_icon(icon or ICONS[kind], kind)
        self.update()

    def add_action(self, button: Button) -> None:
        """Put a button after the words."""
        self._row.addWidget(button)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ground."""
        theme = self._look.theme
        radius = 18 if self._is_roomy else 16
        radius = self._look.tokens.radius.console.card if theme.is_console else radius
        line = theme.colour(self._kind) if theme.is_high_contrast else None
        painter = begin(self)
        fill = theme.colour(FILLS[self._kind])
        draw_box(painter, QRectF(self.rect()), radius, fill, line, theme.control_border)
        painter.end()


class Notice(QWidget):
    """A quiet line: an icon and a muted sentence, for what is good to know."""

    def __init__(
        self, look: Look, icon: str = "info", text: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        console = look.theme.is_console
        self._mark = Mark(look, icon, "ink_muted", 18 if console else 28)
        self._words = Words(look, text, "body", "ink_muted", wrap=True, even=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10 if console else 14)
        row.addWidget(self._mark)
        row.addWidget(self._words, 1)

    def plain(self) -> str:
        """Return what it says."""
        return self._words.plain()

    def tell(self, text: str) -> None:
        """Say another sentence."""
        self._words.say(text)
