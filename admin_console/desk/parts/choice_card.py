"""Large choices of which one is chosen: what to do at the desk, a seat, a duration.

A group is one stop of the Tab key; arrows move and choose, as in any group of radio buttons. Enter
on what is chosen already means: do it.
"""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QRadioButton, QSizePolicy, QWidget

from admin_console.desk.parts.flow import Columns, Flow, Lines
from admin_console.desk.parts.line import wrapped
from kiosk.look.badge import paint_badge
from kiosk.look.focus import FocusShape
from kiosk.look.look import Look
from kiosk.look.paint import begin, draw_box
from kiosk.look.role import Role
from kiosk.rules.seat import SeatState

CORNER = 13
SIDE = 16
BADGE = 28
LEAST = 120
"""The least width of a card of words, in pixels."""
PLATE = 42
PLATE_ICON = 24
PILL = 36
LINES = 2


class ChoiceCard(QRadioButton):
    """One choice.

    Args:
        look: how to look.
        value: what it stands for.

    Signals:
        entered: Enter was pressed although it is chosen already.
    """

    entered = Signal()

    def __init__(self, look: Look, value: str) -> None:
        super().__init__()
        self.look, self.value = look, value
        self.line = ""
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        look.changed.connect(self.updateGeometry)

    def tell(self, title: str, line: str = "", spoken: str = "") -> None:
        """Say the choice, and a line below it."""
        self.line = line
        self.setText(title)
        self.setAccessibleName(spoken or ", ".join(part for part in (title, line) if part))
        self.updateGeometry()
        self.update()

    def radius(self) -> int:
        """Return the corner in pixels."""
        return CORNER

    def focus_shape(self) -> FocusShape:
        """Return the whole card."""
        return FocusShape(self, self.rect(), self.radius())

    def hasHeightForWidth(self) -> bool:
        """Say that a narrow one is higher."""
        return True

    def hitButton(self, pos: QPoint) -> bool:  # noqa: N802 - Qt's name
        """Answer to the whole card, not to a dot and its label."""
        return self.rect().contains(pos)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose with Enter as with Space, and do what is chosen."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            if not event.isAutoRepeat():
                self._enter()
            return
        super().keyPressEvent(event)

    def draw_ground(self, painter: QPainter) -> None:
        """Draw the box: filled and strongly outlined where it is chosen."""
        theme = self.look.theme
        fill, line, width = theme.colour("surface"), theme.colour("control_border"), 1.5
        if self.isChecked():
            fill, line, width = theme.colour("soft"), theme.colour("primary"), 3.0
        elif self.isDown() or self.underMouse():
            fill = theme.colour("soft")
        draw_box(painter, QRectF(self.rect()), self.radius(), fill, line, width)

    def _enter(self) -> None:
        if self.isChecked():
            self.entered.emit()
        else:
            self.click()


class ActCard(ChoiceCard):
    """What to do: an icon on a plate, a title, a line."""

    def __init__(self, look: Look, value: str, icon: str) -> None:
        super().__init__(look, value)
        self._icon = icon

    def sizeHint(self) -> QSize:
        """Return a third of a usual page."""
        return QSize(200, self.heightForWidth(200))

    def minimumSizeHint(self) -> QSize:
        """Return the least: the words wrap, so the height is that of the width there is."""
        return QSize(LEAST, self.heightForWidth(max(LEAST, self.width())))

    def heightForWidth(self, width: int) -> int:
        """Return the height of the words."""
        titles, lines = self._words(width)
        tall = self._title().lineSpacing() * len(titles) + self._small().lineSpacing() * len(lines)
        return max(PLATE + 2 * SIDE, round(tall) + 2 * SIDE)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw box, plate, icon and words."""
        theme = self.look.theme
        painter = begin(self)
        self.draw_ground(painter)
        left = float(SIDE)
        if self._has_plate(self.width()):
            plate = QRectF(SIDE, (self.height() - PLATE) / 2, PLATE, PLATE)
            on = self.isChecked()
            line = theme.colour("primary") if theme.is_high_contrast else None
            draw_box(painter, plate, 10, theme.colour("primary" if on else "soft"), line, 1.5)
            spot = QRectF(0, 0, PLATE_ICON, PLATE_ICON)
            spot.moveCenter(plate.center())
            tone = theme.colour("ink_on_primary" if on else "primary")
            self.look.icons.paint(painter, self._icon, spot, tone)
            left += PLATE + 12
        titles, lines = self._words(self.width())
        tall = self._title().lineSpacing() * len(titles) + self._small().lineSpacing() * len(lines)
        top = (self.height() - tall) / 2
        for role, texts, tone_name in (("strong", titles, "ink"), ("small", lines, "ink_muted")):
            font = self.look.font("strong" if role == "strong" else "small")
            painter.setFont(font)
            painter.setPen(theme.colour("ink" if tone_name == "ink" else "ink_muted"))
            step = QFontMetricsF(font).lineSpacing()
            for text in texts:
                box = QRectF(left, top, self.width() - left - 4, step)
                painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, text)
                top += step
        painter.end()

    def _has_plate(self, width: int) -> bool:
        return width >= 190 * self.look.theme.text_scale

    def _room(self, width: int) -> float:
        plate = PLATE + 12 if self._has_plate(width) else 0
        return float(width - plate - 2 * SIDE)

    def _words(self, width: int) -> tuple[list[str], list[str]]:
        room = self._room(width)
        titles = wrapped(self.text(), self.look.font("strong"), room, LINES)
        lines = wrapped(self.line, self.look.font("small"), room, LINES) if self.line else []
        return titles, lines

    def _title(self) -> QFontMetricsF:
        return QFontMetricsF(self.look.font("strong"))

    def _small(self) -> QFontMetricsF:
        return QFontMetricsF(self.look.font("small"))


class SeatChoice(ChoiceCard):
    """A free seat: its number, its badge, its label."""

    def sizeHint(self) -> QSize:
        """Return the size in the design."""
        return QSize(180, self.heightForWidth(180))

    def minimumSizeHint(self) -> QSize:
        """Return room for number and badge."""
        number = self._number().horizontalAdvance(self.text())
        return QSize(round(number) + BADGE + 3 * SIDE, self.heightForWidth(120))

    def heightForWidth(self, width: int) -> int:
        """Return the height of number and label."""
        lines = self._lines(width)
        below = QFontMetricsF(self.look.font("body")).lineSpacing() * len(lines)
        return round(2 * SIDE + max(BADGE, self._number().lineSpacing()) + below)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw box, number, badge and label."""
        theme = self.look.theme
        painter = begin(self)
        fill, width = theme.colour("surface"), 2.0
        line = theme.status_colours(SeatState.FREE).strong
        if self.isChecked():
            fill, line, width = theme.colour("soft"), theme.colour("primary"), 3.0
        elif self.isDown() or self.underMouse():
            fill = theme.colour("soft")
        draw_box(painter, QRectF(self.rect()), CORNER, fill, line, width)
        tall = max(float(BADGE), self._number().lineSpacing())
        painter.setFont(self.look.font("figure"))
        painter.setPen(theme.colour("ink"))
        number = QRectF(SIDE, SIDE, self.width() - 2 * SIDE - BADGE, tall)
        painter.drawText(number, Qt.AlignmentFlag.AlignVCenter, self.text())
        badge = QRectF(self.width() - SIDE - BADGE, SIDE + (tall - BADGE) / 2, BADGE, BADGE)
        paint_badge(painter, self.look, SeatState.FREE, badge)
        painter.setFont(self.look.font("body"))
        painter.setPen(theme.colour("ink_muted"))
        step = QFontMetricsF(self.look.font("body")).lineSpacing()
        top = SIDE + tall
        for text in self._lines(self.width()):
            box = QRectF(SIDE, top, self.width() - 2 * SIDE, step)
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, text)
            top += step
        painter.end()

    def _lines(self, width: int) -> list[str]:
        if not self.line:
            return []
        return wrapped(self.line, self.look.font("body"), width - 2 * SIDE, LINES)

    def _number(self) -> QFontMetricsF:
        return QFontMetricsF(self.look.font("figure"))


class PillChoice(ChoiceCard):
    """A choice in few signs."""

    def radius(self) -> int:
        """Return the corner of a pill."""
        return self.height() // 2

    def sizeHint(self) -> QSize:
        """Return the text with its paddings."""
        text = QFontMetricsF(self.look.font("strong"))
        tall = max(PILL, round(text.lineSpacing() + 12))
        return QSize(round(text.horizontalAdvance(self.text()) + 2 * SIDE + 1), tall)

    def minimumSizeHint(self) -> QSize:
        """Return the same: words are never cut."""
        return self.sizeHint()

    def heightForWidth(self, width: int) -> int:
        """Return the height of one line."""
        return self.sizeHint().height()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw pill and text, on petrol where it is chosen."""
        theme = self.look.theme
        painter = begin(self)
        ink = theme.colour("ink")
        if self.isChecked():
            ink = theme.colour("ink_on_primary")
            draw_box(painter, QRectF(self.rect()), self.radius(), theme.colour("primary"))
        else:
            self.draw_ground(painter)
        painter.setFont(self.look.font("strong"))
        painter.setPen(ink)
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())
        painter.end()


class ChoiceColumns(Columns):
    """Cards of one width."""

    spoken_role = Role.Grouping


class ChoiceFlow(Flow):
    """Pills in lines."""

    spoken_role = Role.Grouping


class ChoiceGroup(QWidget):
    """Choices in a row, or in columns.

    Signals:
        chosen: the value that a hand chose; `set_value` does not tell it.
        entered: Enter was pressed on the value that is chosen.
    """

    chosen = Signal(str)
    entered = Signal(str)

    def __init__(self, box: Lines) -> None:
        super().__init__()
        self.box = box
        self.cards: list[ChoiceCard] = []
        box.setParent(self)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def set_spoken(self, spoken: str) -> None:
        """Name the group for screen readers."""
        self.box.setAccessibleName(spoken)

    def set_cards(self, cards: Sequence[ChoiceCard]) -> None:
        """Offer other choices."""
        for card in self.cards:
            self.box.remove(card)
            card.setParent(None)
            card.deleteLater()
        self.cards = list(cards)
        for card in cards:
            self.box.add(card)
            card.clicked.connect(self._on_clicked)
            card.entered.connect(self._on_entered)
        self.set_value("")
        self.updateGeometry()

    def value(self) -> str:
        """Return the value that is chosen, empty when none is."""
        return next((card.value for card in self.cards if card.isChecked()), "")

    def set_value(self, value: str) -> None:
        """Show a value as chosen."""
        for card in self.cards:
            if card.value == value:
                card.setChecked(True)
        is_chosen = bool(self.value())
        for place, card in enumerate(self.cards):
            by_tab = card.isChecked() if is_chosen else place == 0
            policy = Qt.FocusPolicy.StrongFocus if by_tab else Qt.FocusPolicy.ClickFocus
            card.setFocusPolicy(policy)

    def hasHeightForWidth(self) -> bool:
        """Say that a narrow one is higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of the box."""
        return self.box.heightForWidth(width)

    def sizeHint(self) -> QSize:
        """Return that of the box."""
        return self.box.sizeHint()

    def minimumSizeHint(self) -> QSize:
        """Return that of the box."""
        return self.box.minimumSizeHint()

    def event(self, event: QEvent) -> bool:
        """Give the box the whole room, and ask for another height when it wants one."""
        if event.type() == QEvent.Type.Resize:
            self.box.setGeometry(self.rect())
        elif event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().event(event)

    def _on_clicked(self) -> None:
        self.set_value(self.value())
        self.chosen.emit(self.value())

    def _on_entered(self) -> None:
        self.entered.emit(self.value())
