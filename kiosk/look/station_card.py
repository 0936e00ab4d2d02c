"""A station on the floor plan of the desk: number, badge, word, minutes, end, bar."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from kiosk.look.badge import paint_badge
from kiosk.look.focus import FocusShape
from kiosk.look.language import Language
from kiosk.look.look import Look
from kiosk.look.paint import begin, draw_box, turn
from kiosk.look.press import press_with_enter
from kiosk.look.status import status_word
from kiosk.rules.seat import SeatState

HEIGHT = 133
PADDING = 11
BADGE = 32
BAR = 6
SELECTED = 3.5
MARK = 20


@dataclass(frozen=True, slots=True)
class StationFace:
    """What a card shows, as texts ready to read.

    Attributes:
        number: of the seat ("7").
        state: the state.
        minutes: what is left ("47 min"), or empty.
        line: the end or the reason ("fin 15 h 19", "clavier"), or empty.
        part: what is left of the slot, 0 to 1; None draws no bar.
        spoken: the whole as a sentence: "Poste 7, occupé, 47 minutes, fin à 15 h 19".
        icon: a sign that somebody asks for something ("hand"), or None.
    """

    number: str
    state: SeatState
    minutes: str = ""
    line: str = ""
    part: float | None = None
    spoken: str = ""
    icon: str | None = None


class StationCard(QPushButton):
    """A card; `clicked` as in Qt, checked when its station is the chosen one."""

    def __init__(self, look: Look, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._language = language
        self._face = StationFace("", SeatState.OFFLINE)
        self._word = ""
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.update)
        language.changed.connect(self.retell)

    def show_station(self, face: StationFace) -> None:
        """Show a station."""
        if face != self._face:
            self._face = face
            self.retell()
            self.update()

    def retell(self) -> None:
        """Say the state in the current language; the texts of the face come from outside."""
        self._word = status_word(self._language, self._face.state)
        told = [self._face.number, self._word, self._face.minutes, self._face.line]
        self.setAccessibleName(self._face.spoken or ", ".join(part for part in told if part))
        self.update()

    def focus_shape(self) -> FocusShape:
        """Return the whole card."""
        return FocusShape(self, self.rect(), self._look.tokens.radius.console.station_card)

    def sizeHint(self) -> QSize:
        """Return the size in the design."""
        return QSize(150, self._height())

    def minimumSizeHint(self) -> QSize:
        """Return the least width in which word and minutes stand side by side."""
        word = QFontMetricsF(self._look.font("strong"))
        shown = status_word(self._language, self._face.state)
        minutes = QFontMetricsF(self._look.font("body", weight=700))
        need = word.horizontalAdvance(shown) + minutes.horizontalAdvance(self._face.minutes)
        return QSize(max(110, round(need) + 2 * PADDING + 8), self._height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose with Enter as with Space."""
        if not press_with_enter(self, event):
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the card."""
        theme, face = self._look.theme, self._face
        colours = theme.status_colours(face.state)
        width = self._look.tokens.border.station
        if self.isChecked():
            width = SELECTED
        elif self.underMouse() or self.isDown():
            width += 0.75
        painter = begin(self)
        draw_box(
            painter,
            QRectF(self.rect()),
            self._look.tokens.radius.console.station_card,
            colours.card,
            colours.strong,
            width,
            dashed=theme.status(face.state).border_style == "dashed",
        )
        room = QRectF(self.rect()).adjusted(PADDING, PADDING, -PADDING, -PADDING)
        number = self._look.font("seat_number")
        tall = QFontMetricsF(number)
        painter.setFont(number)
        painter.setPen(theme.colour("ink"))
        painter.drawText(
            QRectF(room.left(), room.top() - 3, room.width(), tall.lineSpacing()),
            Qt.AlignmentFlag.AlignLeft,
            face.number,
        )
        badge = QRectF(room.right() - BADGE, room.top(), BADGE, BADGE)
        paint_badge(painter, self._look, face.state, turn(self, badge))
        if face.icon is not None:
            spot = turn(self, QRectF(badge.left() - MARK - 6, room.top() + 6, MARK, MARK))
            self._look.icons.paint(painter, face.icon, spot, theme.colour("warning"), 2.2)
        top = room.top() + BADGE + 7
        strong = self._look.font("strong")
        line = QFontMetricsF(strong).lineSpacing()
        row = QRectF(room.left(), top, room.width(), line)
        painter.setFont(strong)
        painter.setPen(colours.strong)
        painter.drawText(row, Qt.AlignmentFlag.AlignLeft, self._word)
        painter.setFont(self._look.font("body", weight=700))
        painter.setPen(theme.colour("ink"))
        painter.drawText(row, Qt.AlignmentFlag.AlignRight, face.minutes)
        small = self._look.font("small")
        metrics = QFontMetricsF(small)
        painter.setFont(small)
        painter.setPen(theme.colour("ink_muted"))
        below = QRectF(room.left(), top + line, room.width(), metrics.lineSpacing())
        shown = metrics.elidedText(face.line, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(below, Qt.AlignmentFlag.AlignLeft, shown)
        if face.part is not None:
            bar = QRectF(room.left(), room.bottom() - BAR, room.width(), BAR)
            draw_box(painter, bar, BAR / 2, theme.colour("surface"), colours.strong, 0.6)
            bar.setWidth(max(float(BAR), bar.width() * min(1.0, max(0.0, face.part))))
            bar = turn(self, bar)
            draw_box(painter, bar, BAR / 2, colours.strong)
        painter.end()

    def _height(self) -> int:
        grown = self._look.theme.text_scale - 1
        return round(HEIGHT + 50 * max(0.0, grown))
