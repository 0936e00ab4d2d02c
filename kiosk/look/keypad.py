"""The digits on the screen: 1 to 9, Erase, 0, Next, always in this order.

A key inverts for 120 ms when it is pressed, ignores a repeat within 300 ms and never repeats by
being held. The pad is one stop of the Tab key; arrows walk inside it, and digits typed on the
keyboard count as its own.
"""

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QPushButton, QSizePolicy, QWidget

from kiosk.look.focus import FocusShape
from kiosk.look.keycode import digit_of
from kiosk.look.language import Language
from kiosk.look.look import Look
from kiosk.look.paint import begin, draw_box
from kiosk.look.repeat import UNSTAMPED, RepeatRule
from kiosk.look.role import Role

ERASE = "erase"
NEXT = "next"
ROWS = (("1", "2", "3"), ("4", "5", "6"), ("7", "8", "9"), (ERASE, "0", NEXT))
SPACING = 14
LEAST = QSize(96, 84)
ICONS = {ERASE: ("delete", 34), NEXT: ("arrow-right", 30)}
ARROWS = {
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
}


class Key(QPushButton):
    """One key; `name` is a digit, "erase" or "next"."""

    def __init__(self, look: Look, name: str, pad: "Keypad") -> None:
        super().__init__(name if name.isdigit() else "", pad)
        self.look = look
        self.name = name
        self._pad = pad
        self._held_state = ""
        self._stamp = UNSTAMPED
        self._lit = QTimer(self)
        self._lit.setSingleShot(True)
        self._lit.timeout.connect(self.update)
        self.setAutoRepeat(False)
        self.setAutoDefault(False)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)

    def light(self) -> None:
        """Invert for a moment."""
        self._lit.start(self.look.tokens.motion.fast_ms)
        self.update()

    def show_state(self, state: str) -> None:
        """Hold the appearance of "hover" or "pressed", for the gallery; "" follows the hand."""
        self._held_state = state
        self.update()

    def focus_shape(self) -> FocusShape:
        """Return the whole key."""
        return FocusShape(self, self.rect(), self.look.tokens.radius.kiosk.key)

    def sizeHint(self) -> QSize:
        """Return the usual size; words that grew make the key wider."""
        width, height = self.look.tokens.target.kiosk_key
        if self.name in ICONS:
            text = QFontMetricsF(self.look.font("strong")).horizontalAdvance(self.text())
            width = max(width, round(text) + 20)
        return QSize(width, height)

    def minimumSizeHint(self) -> QSize:
        """Return the least size that a finger hits."""
        if self.name not in ICONS:
            return LEAST
        text = QFontMetricsF(self.look.font("strong")).horizontalAdvance(self.text())
        return QSize(max(LEAST.width(), round(text) + 12), LEAST.height())

    def take_stamp(self) -> int:
        """Return when the hand came down, in the milliseconds of its event, and forget it."""
        stamp, self._stamp = self._stamp, UNSTAMPED
        return stamp

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember when the hand came down: the click follows when it goes up."""
        self._stamp = event.timestamp()
        super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk with arrows, take digits, press with Enter; Space is Qt's."""
        self._stamp = event.timestamp()
        if not self._pad.take_key(self, event):
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the key."""
        theme = self.look.theme
        is_function = self.name in ICONS
        state = self._held_state
        if not state:
            pressed = self.isDown() or self._lit.isActive()
            state = "pressed" if pressed else "hover" if self.underMouse() else ""
        fill = theme.colour("soft" if is_function or state == "hover" else "surface")
        line = theme.colour("primary" if state else "control_border")
        ink = theme.colour("primary" if is_function else "ink")
        if state == "hover" and is_function:
            fill = theme.mix("soft", "primary", 0.08)
        if state == "pressed":
            fill, ink = theme.colour("primary"), theme.colour("ink_on_primary")
        painter = begin(self)
        radius = self.look.tokens.radius.kiosk.key
        draw_box(painter, QRectF(self.rect()), radius, fill, line, theme.control_border)
        painter.setPen(ink)
        if is_function:
            self._draw_function(painter, ink)
        else:
            painter.setFont(self.look.font("key"))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())
        painter.end()

    def _draw_function(self, painter: QPainter, ink: QColor) -> None:
        icon, size = ICONS[self.name]
        font = self.look.font("strong")
        text = QFontMetricsF(font)
        line, gap = text.lineSpacing(), 2.0
        top = (self.height() - size - gap - line) / 2
        icon_top = top if self.name == ERASE else top + line + gap
        word_top = top + size + gap if self.name == ERASE else top
        left = (self.width() - size) / 2
        self.look.icons.paint(painter, icon, QRectF(left, icon_top, size, size), ink)
        painter.setFont(font)
        painter.setPen(ink)
        word = QRectF(0, word_top, self.width(), line)
        painter.drawText(word, Qt.AlignmentFlag.AlignCenter, self.text())


class Keypad(QWidget):
    """The pad.

    Args:
        look: how to look.
        language: the words of the two function keys.
        clock: monotonic seconds, for the rule of repeated keys.
        parent: the widget that holds it.

    Attributes:
        stamp: the own time of the event that pressed the last key, in milliseconds.

    Signals:
        digit_pressed: a digit, as one character; `stamp` tells when it was pressed.
        erase_pressed: take the last one back.
        next_pressed: go on.
    """

    digit_pressed = Signal(str)
    erase_pressed = Signal()
    next_pressed = Signal()

    spoken_role = Role.Grouping

    def __init__(
        self,
        look: Look,
        language: Language,
        clock: Callable[[], float],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._language = language
        self.stamp = UNSTAMPED
        self._rule = RepeatRule(clock, look.tokens.behaviour.pin_key_repeat_ms)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(SPACING)
        self.keys: dict[str, Key] = {}
        for row, names in enumerate(ROWS):
            self._grid.setRowStretch(row, 1)
            for column, name in enumerate(names):
                self._grid.setColumnStretch(column, 1)
                key = Key(look, name, self)
                key.clicked.connect(self._on_clicked)
                self._grid.addWidget(key, row, column)
                self.keys[name] = key
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        # Digits stand in the same order in every language.
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self._make_stop(self.keys["1"])
        look.changed.connect(self._restyle)
        language.changed.connect(self.retell)
        self.retell()

    def retell(self) -> None:
        """Say the words in the current language."""
        _ = self._language.gettext
        self.keys[ERASE].setText(_("Erase"))
        self.keys[NEXT].setText(_("Next"))
        self.setAccessibleName(_("Digits"))
        for key in self.keys.values():
            key.setAccessibleName(key.text())
            key.updateGeometry()

    def press(self, name: str, stamp: int = UNSTAMPED) -> bool:
        """Press a key; return whether it counted.

        `stamp` is the own time of its event in milliseconds.
        """
        if not self._rule.accept(name, stamp):
            return False
        self.stamp = stamp
        self.keys[name].light()
        if name == ERASE:
            self.erase_pressed.emit()
        elif name == NEXT:
            self.next_pressed.emit()
        else:
            self.digit_pressed.emit(name)
        return True

    def take_key(self, key: Key, event: QKeyEvent) -> bool:
        """Act on a key of the keyboard that came to a key of the pad; False leaves it to Qt."""
        if event.key() in ARROWS:
            self._walk(key, *ARROWS[Qt.Key(event.key())])
            return True
        name = digit_of(event)
        if event.key() == Qt.Key.Key_Backspace:
            name = ERASE
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            name = key.name
        if name is None:
            return False
        if not event.isAutoRepeat():
            self.press(name, event.timestamp())
        return True

    def _on_clicked(self) -> None:
        key = self.sender()
        if isinstance(key, Key):
            self.press(key.name, key.take_stamp())

    def _walk(self, key: Key, down: int, right: int) -> None:
        for row, names in enumerate(ROWS):
            if key.name in names:
                column = names.index(key.name)
                target = self.keys[
                    ROWS[max(0, min(len(ROWS) - 1, row + down))][max(0, min(2, column + right))]
                ]
                self._make_stop(target)
                target.setFocus(Qt.FocusReason.OtherFocusReason)
                return

    def _make_stop(self, stop: Key) -> None:
        for key in self.keys.values():
            policy = Qt.FocusPolicy.TabFocus if key is stop else Qt.FocusPolicy.NoFocus
            key.setFocusPolicy(policy)

    def _restyle(self) -> None:
        for key in self.keys.values():
            key.updateGeometry()
            key.update()
