"""A field with its label, its icon, what is wrong below it, and a masked form once it is filled."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent, QPalette
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from kiosk.look.announce import announce
from kiosk.look.button import Button
from kiosk.look.focus import FocusShape
from kiosk.look.keycode import digit_of
from kiosk.look.look import Look
from kiosk.look.paint import begin, draw_box
from kiosk.look.theme import Theme
from kiosk.look.token import ColourName
from kiosk.look.words import Words

KIOSK_HEIGHT = 84
CONSOLE_HEIGHT = 44
CARET = 3
HINT_GAP = 18
"""Between the caret and what an empty field says."""


class FieldEdit(QLineEdit):
    """The line that is typed into; digit keys count as digits where `digits_only` says so."""

    def __init__(self, look: Look, frame: "FieldFrame", *, digits_only: bool) -> None:
        super().__init__(frame)
        self._look = look
        self._frame = frame
        self._digits_only = digits_only
        self.setProperty("part", "field")
        self.setFrame(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setDragEnabled(False)
        self.setAcceptDrops(False)
        if digits_only:
            self.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly)

    def focus_shape(self) -> FocusShape:
        """Return the frame of the whole field."""
        return self._frame.focus_shape()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Read the digit row by its keys; let everything else through that is not a character."""
        digit = digit_of(event) if self._digits_only else None
        if digit is not None:
            self.insert(digit)
            event.accept()
            return
        text = event.text()
        if self._digits_only and text.isprintable() and text and not event.modifiers():
            event.accept()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the text, and a caret that can be found by weak eyes."""
        super().paintEvent(event)
        if not self.text():
            self._draw_hint()
        if self.hasFocus() and not self.hasSelectedText():
            spot = self.cursorRect()
            left = max(0, spot.center().x() - CARET + 1)
            tall = min(self.height(), round(self.font().pixelSize() * 1.45))
            painter = begin(self)
            caret = QRectF(left, (self.height() - tall) / 2, CARET, tall)
            painter.fillRect(caret, self._look.colour("primary"))
            painter.end()

    def _draw_hint(self) -> None:
        """Say what is expected, clear of the caret: Qt would write the hint right through it."""
        theme = self._look.theme
        gap = CARET + HINT_GAP if self.hasFocus() and not theme.is_console else 2
        room = self.rect().adjusted(gap, 0, 0, 0)
        words = self.fontMetrics().elidedText(
            self.placeholderText(), Qt.TextElideMode.ElideRight, room.width()
        )
        painter = begin(self)
        painter.setFont(self.font())
        painter.setPen(theme.colour("ink_muted"))
        side = self.alignment() & Qt.AlignmentFlag.AlignHorizontal_Mask
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | side, words)
        painter.end()


class FieldFrame(QWidget):
    """The box of a field."""

    def __init__(self, look: Look, height: int | None) -> None:
        super().__init__()
        self._look = look
        self._height = height
        self.is_wrong = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def box_height(self) -> int:
        """Return the height in pixels."""
        if self._height is not None:
            return self._height
        return CONSOLE_HEIGHT if self._look.theme.is_console else KIOSK_HEIGHT

    def focus_shape(self) -> FocusShape:
        """Return the whole box."""
        return FocusShape(self, self.rect(), self._look.theme.control_radius)

    def sizeHint(self) -> QSize:
        """Return the least width that is useful, and the height."""
        return QSize(180, self.box_height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the box."""
        theme = self._look.theme
        line = theme.colour("danger" if self.is_wrong else "control_border")
        width = theme.control_border + (1 if self.is_wrong else 0)
        fill = theme.colour("surface" if self.isEnabled() else "disabled_fill")
        painter = begin(self)
        draw_box(painter, QRectF(self.rect()), theme.control_radius, fill, line, width)
        painter.end()


class Mark(QWidget):
    """An icon that stands in a row; it says nothing by itself."""

    def __init__(self, look: Look, icon: str, tone: ColourName, size: int) -> None:
        super().__init__()
        self._look, self._icon, self._tone, self._size = look, icon, tone, size
        self.setFixedSize(size, size)
        look.changed.connect(self.update)

    def show_icon(self, icon: str, tone: ColourName) -> None:
        """Show another icon."""
        self._icon, self._tone = icon, tone
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the icon."""
        painter = begin(self)
        rect = QRectF(0, 0, self._size, self._size)
        self._look.icons.paint(painter, self._icon, rect, self._look.colour(self._tone), 2.1)
        painter.end()


class Field(QWidget):
    """Label, box and message.

    Args:
        look: how to look.
        label: what the field is for; names it for screen readers too. Empty hides the line: then
            give `spoken`.
        hint: what the empty field says.
        icon: name of the icon in the box.
        digits_only: whether only digits are accepted, read by their keys (cards and codes).
        spoken: the accessible name where the label is not enough.
        height: of the box, where a picture departs from the usual.
        parent: the widget that holds it.

    Signals:
        edited: the text changed by hand.
        submitted: Enter was pressed in the field.
        change_asked: the button that undoes the masked form was pressed.
    """

    edited = Signal(str)
    submitted = Signal()
    change_asked = Signal()

    def __init__(
        self,
        look: Look,
        label: str = "",
        *,
        hint: str = "",
        icon: str | None = None,
        digits_only: bool = False,
        spoken: str = "",
        height: int | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._icon = icon
        self._hint = hint
        theme = look.theme
        self.label = Words(look, label, "strong")
        self.frame = FieldFrame(look, height)
        self.edit = FieldEdit(look, self.frame, digits_only=digits_only)
        self._masked = Words(look, "", "body", rem=None if theme.is_console else 1.3)
        self._change = Button(look, "", "quiet", size="small")
        size = 18 if theme.is_console else 38
        self._mark = Mark(look, icon or "circle-check", "primary", size)
        if icon is None:
            self._mark.hide()
        self._message_mark = Mark(look, "octagon-x", "danger", 16 if theme.is_console else 24)
        self._message = Words(look, "", "caption", "danger", wrap=True)
        self.label.setBuddy(self.edit)
        self._lay_out(theme)
        self._masked.hide()
        self._change.hide()
        self.set_label(label, spoken)
        self.set_hint(hint)
        self.say_help("")
        self.edit.textEdited.connect(self._on_edited)
        self.edit.returnPressed.connect(self.submitted)
        self._change.clicked.connect(self.change_asked)
        look.changed.connect(self.restyle)
        self.setFocusProxy(self.edit)
        self.restyle()

    def _lay_out(self, theme: Theme) -> None:
        side, gap = (14, 10) if theme.is_console else (24, 18)
        row = QHBoxLayout(self.frame)
        row.setContentsMargins(side, 0, side - (24 if not theme.is_console else 6), 0)
        row.setSpacing(gap)
        row.addWidget(self._mark)
        row.addWidget(self.edit, 1)
        row.addWidget(self._masked, 1)
        row.addWidget(self._change)
        below = QHBoxLayout()
        below.setSpacing(8)
        below.addWidget(self._message_mark)
        below.addWidget(self._message, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6 if theme.is_console else 10)
        column.addWidget(self.label)
        column.addWidget(self.frame)
        column.addLayout(below)

    def set_label(self, label: str, spoken: str = "") -> None:
        """Name the field."""
        self.label.say(label)
        self.label.setVisible(bool(label))
        self.edit.setAccessibleName(spoken or label)

    def set_hint(self, hint: str) -> None:
        """Say what is expected, in the empty field."""
        self._hint = hint
        self.edit.setPlaceholderText(hint)

    def text(self) -> str:
        """Return what was typed or scanned."""
        return self.edit.text()

    def set_text(self, text: str) -> None:
        """Put a text in, without telling `edited`."""
        self.edit.setText(text)

    def type_digit(self, digit: str) -> None:
        """Put in what a key of the screen means."""
        self.edit.insert(digit)
        self.edited.emit(self.edit.text())

    def erase(self) -> None:
        """Take the last sign back."""
        self.edit.backspace()
        self.edited.emit(self.edit.text())

    def clear(self) -> None:
        """Empty the field and go back to its first form."""
        self.edit.clear()
        self.edit_again()
        self.say_help("")

    def say_wrong(self, message: str) -> None:
        """Say what is wrong, below the field and to screen readers."""
        self._tell(message, "danger")

    def message(self) -> str:
        """Return what the field says below itself."""
        return self._message.plain()

    def is_wrong(self) -> bool:
        """Return whether the field says that something is wrong."""
        return self.frame.is_wrong

    def say_help(self, message: str) -> None:
        """Say a short help below the field; empty says nothing and takes no room."""
        self._tell(message, "ink_muted")

    def show_done(self, shown: str, change: str) -> None:
        """Show a masked text with a tick, and a button that leads back to typing.

        Args:
            shown: what may be seen of it ("•••• •••• 5678").
            change: the word on the button.
        """
        self._masked.say(shown)
        self._change.setText(change)
        self._mark.show_icon("circle-check", "success")
        self._mark.show()
        self.edit.hide()
        self._masked.show()
        self._change.show()
        self.setFocusProxy(self._change)

    def edit_again(self) -> None:
        """Leave the masked form."""
        self._masked.hide()
        self._change.hide()
        self.edit.show()
        self.setFocusProxy(self.edit)
        self._mark.setVisible(self._icon is not None)
        if self._icon is not None:
            self._mark.show_icon(self._icon, "primary")

    def is_done(self) -> bool:
        """Whether the masked form is shown."""
        return not self._masked.isHidden()

    def restyle(self) -> None:
        """Take fonts and colours of the current theme."""
        theme = self._look.theme
        rem = None if theme.is_console or self.frame.box_height() < CONSOLE_HEIGHT + 20 else 1.3
        self.edit.setFont(self._look.font("body", rem=rem))
        palette = self.edit.palette()
        palette.setColor(QPalette.ColorRole.PlaceholderText, Qt.GlobalColor.transparent)
        palette.setColor(QPalette.ColorRole.Text, theme.colour("ink"))
        self.edit.setPalette(palette)
        self.frame.updateGeometry()
        self.frame.update()

    def _on_edited(self, text: str) -> None:
        self.say_help("")
        self.edited.emit(text)

    def _tell(self, message: str, tone: ColourName) -> None:
        is_wrong = bool(message) and tone == "danger"
        if is_wrong and message != self._message.plain():
            announce(self.edit, message)
        self.frame.is_wrong = is_wrong
        self.frame.update()
        self._message_mark.setVisible(is_wrong)
        self._message.set_tone(tone)
        self._message.say(message)
        self._message.setVisible(bool(message))
        self.edit.setAccessibleDescription(message)
