"""One choice out of a few, side by side: language, text size."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QRadioButton, QSizePolicy, QWidget

from kiosk.look.focus import FocusShape
from kiosk.look.look import Look
from kiosk.look.paint import begin, draw_box, turn
from kiosk.look.press import press_with_enter
from kiosk.look.role import Role


@dataclass(frozen=True, slots=True)
class Choice:
    """What can be chosen.

    `text_px` fixes the size of the text, for the letters that show a text size; `spoken` is the
    accessible name where the text is not enough.
    """

    value: str
    text: str
    spoken: str = ""
    text_px: int | None = None
    icon: str | None = None


class SegmentButton(QRadioButton):
    """One side of the control."""

    def __init__(self, look: Look, choice: Choice, parent: QWidget) -> None:
        super().__init__(parent)
        self.look = look
        self.offer(choice)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)

    def offer(self, choice: Choice) -> None:
        """Stand for another choice."""
        self.choice = choice
        self.setText(choice.text)
        self.setAccessibleName(choice.spoken or choice.text)
        self.updateGeometry()
        self.update()

    def label_font(self) -> QFont:
        """Return the font of the text."""
        font = self.look.font("strong")
        if self.choice.text_px is not None:
            font.setPixelSize(self.choice.text_px)
        return font

    def radius(self) -> int:
        """Return the corner in pixels."""
        return 8 if self.look.theme.is_console else 11

    def focus_shape(self) -> FocusShape:
        """Return this side."""
        return FocusShape(self, self.rect(), self.radius())

    def sizeHint(self) -> QSize:
        """Return the text with its paddings."""
        console = self.look.theme.is_console
        text = QFontMetricsF(self.label_font())
        side, height, least = (14, 33, 33) if console else (16, 56, 56)
        if self.choice.text_px is None and not console:
            least = 72
        icon = self._icon_room()
        width = round(text.horizontalAdvance(self.text()) + icon + 2 * side + 0.5)
        return QSize(max(least, width), height)

    def minimumSizeHint(self) -> QSize:
        """Return the same: words are never cut."""
        return self.sizeHint()

    def hitButton(self, pos: QPoint) -> bool:  # noqa: N802 - Qt's name
        """Answer to the whole side, not to a dot and its label."""
        return self.rect().contains(pos)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose with Enter as with Space."""
        if not press_with_enter(self, event):
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw this side."""
        theme = self.look.theme
        ink, fill = theme.colour("ink"), None
        if self.isChecked():
            ink, fill = theme.colour("ink_on_primary"), theme.colour("primary")
        elif self.isDown() or self.underMouse():
            fill = theme.colour("soft")
        painter = begin(self)
        draw_box(painter, QRectF(self.rect()), self.radius(), fill)
        font = self.label_font()
        words = QFontMetricsF(font).horizontalAdvance(self.text())
        left = (self.width() - words - self._icon_room()) / 2
        if self.choice.icon is not None:
            size = 18 if theme.is_console else 26
            rect = turn(self, QRectF(left, (self.height() - size) / 2, size, size))
            self.look.icons.paint(painter, self.choice.icon, rect, ink)
            left += self._icon_room()
        painter.setFont(font)
        painter.setPen(ink)
        box = turn(self, QRectF(left, 0, words + 2, self.height()))
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, self.text())
        painter.end()

    def _icon_room(self) -> int:
        if self.choice.icon is None:
            return 0
        return 18 + 7 if self.look.theme.is_console else 26 + 10


class Segment(QWidget):
    """The control. Arrows change the choice, as in any group of radio buttons.

    Signals:
        chosen: the value that a hand chose; `set_value` does not tell it.
    """

    chosen = Signal(str)

    spoken_role = Role.Grouping

    def __init__(
        self,
        look: Look,
        choices: Sequence[Choice],
        *,
        spoken: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look = look
        self.buttons: list[SegmentButton] = []
        self._row = QHBoxLayout(self)
        edge = 2 if look.theme.is_console else 6
        self._row.setContentsMargins(edge, edge, edge, edge)
        self._row.setSpacing(1 if look.theme.is_console else 4)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(spoken)
        look.changed.connect(self._restyle)
        self.set_choices(choices)

    def set_choices(self, choices: Sequence[Choice], spoken: str = "") -> None:
        """Offer other choices, for example in another language; the value stays when it can."""
        kept = self.value()
        # The sides stay where they are in the chain of the Tab key, and keep the keyboard.
        for button, choice in zip(self.buttons, choices, strict=False):
            button.offer(choice)
        for button in self.buttons[len(choices) :]:
            self._row.removeWidget(button)
            button.hide()
            button.deleteLater()
        del self.buttons[len(choices) :]
        for choice in choices[len(self.buttons) :]:
            button = SegmentButton(self._look, choice, self)
            button.clicked.connect(self._on_clicked)
            self._row.addWidget(button)
            self.buttons.append(button)
        if spoken:
            self.setAccessibleName(spoken)
        if kept and kept not in {choice.value for choice in choices}:
            self._forget()
        self.set_value(kept)
        # Whoever arranges the row measures it before Qt comes back to its events.
        self._row.invalidate()
        self.updateGeometry()

    def _forget(self) -> None:
        """Choose nothing: Qt lets no hand do that."""
        for button in self.buttons:
            button.setAutoExclusive(False)
            button.setChecked(False)
            button.setAutoExclusive(True)

    def value(self) -> str:
        """Return the value that is chosen, empty when none is."""
        return next((button.choice.value for button in self.buttons if button.isChecked()), "")

    def set_value(self, value: str) -> None:
        """Show a value as chosen."""
        for button in self.buttons:
            if button.choice.value == value:
                button.setChecked(True)
        # Left to itself, Qt lets the Tab key come in at the first side until one has been used.
        is_chosen = bool(self.value())
        for button in self.buttons:
            by_tab = button.isChecked() or not is_chosen
            policy = Qt.FocusPolicy.StrongFocus if by_tab else Qt.FocusPolicy.ClickFocus
            button.setFocusPolicy(policy)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the box around the sides."""
        theme = self._look.theme
        painter = begin(self)
        draw_box(
            painter,
            QRectF(self.rect()),
            10 if theme.is_console else theme.control_radius,
            theme.colour("surface"),
            theme.colour("control_border"),
            theme.control_border,
        )
        painter.end()

    def _on_clicked(self) -> None:
        self.chosen.emit(self.value())

    def _restyle(self) -> None:
        for button in self.buttons:
            button.updateGeometry()
            button.update()
        self.update()
