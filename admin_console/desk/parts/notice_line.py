"""One line of what is good to know: an icon, a sentence that leads to the seat, and an answer."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent, QPaintEvent, QPalette
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from admin_console.desk.models.notice import Notice, NoticeKind
from kiosk.look.button import Button
from kiosk.look.card import Rule
from kiosk.look.field import Mark
from kiosk.look.look import Look
from kiosk.look.press import press_with_enter
from kiosk.look.token import ColourName
from kiosk.look.words import Words

LEAST = 24
"""Least height of what can be pressed, in pixels."""
ICONS: dict[NoticeKind, tuple[str, ColourName]] = {
    NoticeKind.HELP: ("hand", "warning"),
    NoticeKind.KEY: ("usb", "warning"),
    NoticeKind.SILENT: ("unplug", "ink_muted"),
    NoticeKind.BROKEN: ("wrench", "danger"),
    NoticeKind.CLOCK: ("timer", "warning"),
    NoticeKind.PARKED: ("triangle-alert", "warning"),
}


class NoticeLine(QWidget):
    """A notice: an icon, a sentence that leads to the seat, and what can be done."""

    def __init__(self, look: Look, notice: Notice, text: str, action: str) -> None:
        super().__init__()
        self.notice = notice
        icon, tone = ICONS[notice.kind]
        self.words = LinkWords(look, text)
        self.action: Button | None = None
        row = QHBoxLayout()
        row.setContentsMargins(0, 6, 0, 6)
        row.setSpacing(4)
        row.addWidget(Mark(look, icon, tone, 20), 0, Qt.AlignmentFlag.AlignTop)
        row.addSpacing(6)
        row.addWidget(self.words, 1)
        if action:
            self.action = Button(look, action, "quiet", size="small")
            self.action.setAccessibleName(f"{action}, {text}")
            row.addWidget(self.action, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(Rule(look))
        column.addLayout(row)


class LinkWords(QPushButton):
    """A sentence that can be pressed; it takes several lines where it must."""

    def __init__(self, look: Look, text: str) -> None:
        super().__init__()
        self._look = look
        self.setAccessibleName(text)
        self.setFlat(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.label = Words(look, text, "small", wrap=True)
        # Inside a button a label would take the button's ink.
        self.label.setForegroundRole(QPalette.ColorRole.WindowText)
        self.label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 2, 0, 2)
        row.addWidget(self.label)
        policy = self.sizePolicy()
        policy.setHeightForWidth(True)
        policy.setHorizontalPolicy(policy.Policy.Expanding)
        policy.setVerticalPolicy(policy.Policy.Preferred)
        self.setSizePolicy(policy)
        self.setMinimumHeight(LEAST)

    def hasHeightForWidth(self) -> bool:
        """Say that a narrow sentence is higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of the sentence."""
        return self.label.heightForWidth(width) + 4

    def sizeHint(self) -> QSize:
        """Return the size of the sentence."""
        hint = self.label.sizeHint()
        hint.setHeight(max(LEAST, hint.height() + 4))
        return hint

    def minimumSizeHint(self) -> QSize:
        """Return the width below which no word fits; long sentences take more lines."""
        return QSize(self.label.minimumSizeHint().width(), LEAST)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press with Enter as with Space."""
        if not press_with_enter(self, event):
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw nothing: the words are enough."""
