"""A tile of the session home: what one can do, in one word and one line."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from kiosk.look.button import State
from kiosk.look.focus import FocusShape
from kiosk.look.look import Look
from kiosk.look.paint import begin, draw_box, turn
from kiosk.look.press import press_with_enter
from kiosk.look.token import TintName

PLATE = 120
SMALLEST_PLATE = 56
WRAP = Qt.TextFlag.TextWordWrap
NARROW = 300


class Tile(QPushButton):
    """A tile; `clicked` as in Qt. It fills the room it gets: its plate shrinks before its words.

    Args:
        look: how to look.
        icon: name of the icon on the plate.
        tint: its colours.
        title: the word.
        line: what is behind it, in one line.
        parent: the widget that holds it.
    """

    def __init__(
        self,
        look: Look,
        icon: str,
        tint: TintName,
        title: str = "",
        line: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._icon = icon
        self._tint: TintName = tint
        self._line = ""
        self._count = 0
        self._shown_state: State | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setAutoDefault(False)
        look.changed.connect(self._restyle)
        self.tell(title, line)

    def tell(self, title: str, line: str) -> None:
        """Say title and line."""
        self._line = line
        self.setText(title)
        self.setAccessibleName(title)
        self.setAccessibleDescription(line)
        self._restyle()

    def set_count(self, count: int) -> None:
        """Show how many things wait; 0 shows nothing. The line must say it too."""
        self._count = count
        self.update()

    def show_state(self, state: State | None) -> None:
        """Hold the appearance of a state, for the gallery; None follows the hand again."""
        self._shown_state = state
        self.setEnabled(state != "disabled")
        self.update()

    def focus_shape(self) -> FocusShape:
        """Return the whole tile."""
        return FocusShape(self, self.rect(), self._look.tokens.radius.kiosk.tile)

    def sizeHint(self) -> QSize:
        """Return a size at which nothing shrinks on one line of text."""
        return QSize(394, max(340, PLATE + 76 + self._text_height(394 - 68)))

    def minimumSizeHint(self) -> QSize:
        """Return the size at which the plate is smallest."""
        return QSize(200, SMALLEST_PLATE + 52 + self._text_height(200 - 48))

    def least_height(self, width: int) -> int:
        """Return the least height at this width: words whole, plate smallest."""
        side = 35 if width >= NARROW else 24
        return SMALLEST_PLATE + 2 * side + 8 + self._text_height(width - 2 * side)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open with Enter as with Space."""
        if not press_with_enter(self, event):
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the tile."""
        theme, radius = self._look.theme, self._look.tokens.radius.kiosk.tile
        state = self._shown_state or self._state()
        fill = theme.colour("soft" if state == "pressed" else "surface")
        line, width = theme.colour("divider"), self._look.tokens.border.card
        if state in {"hover", "pressed"}:
            line, width = theme.colour("primary"), theme.control_border
        elif theme.is_high_contrast:
            line, width = theme.colour("control_border"), theme.control_border
        if state == "disabled":
            fill = theme.colour("disabled_fill")
        painter = begin(self)
        draw_box(painter, QRectF(self.rect()), radius, fill, line, width)
        side = 35 if self.width() >= NARROW else 24
        room = QRectF(self.rect()).adjusted(side, side, -side, -(side - 4))
        text_height = self._text_height(room.width())
        plate = max(SMALLEST_PLATE, min(PLATE, room.height() - text_height - 12))
        icon_ink, plate_fill = theme.tint(self._tint)
        title_ink, line_ink = theme.colour("ink"), theme.colour("ink_muted")
        if state == "disabled":
            icon_ink = title_ink = line_ink = theme.colour("disabled_ink")
            plate_fill = theme.colour("sunken")
        box = turn(self, QRectF(room.left(), room.top(), plate, plate))
        draw_box(painter, box, plate * 32 / PLATE, plate_fill)
        icon = plate * 64 / PLATE
        spot = QRectF(0, 0, icon, icon)
        spot.moveCenter(box.center())
        stroke = self._look.tokens.icon.stroke_large
        self._look.icons.paint(painter, self._icon, spot, icon_ink, stroke)
        if self._count:
            self._paint_count(painter, room)
        words = QRectF(room.left(), room.bottom() - text_height, room.width(), text_height)
        title_height = self._height(self._title_font(room.width()), self.text(), room.width())
        painter.setFont(self._title_font(room.width()))
        painter.setPen(title_ink)
        painter.drawText(words, Qt.AlignmentFlag.AlignLeft | WRAP, self.text())
        painter.setFont(self._line_font())
        painter.setPen(line_ink)
        below = words.adjusted(0, title_height + 4, 0, 8)
        painter.drawText(below, Qt.AlignmentFlag.AlignLeft | WRAP, self._line)
        painter.end()

    def _paint_count(self, painter: QPainter, room: QRectF) -> None:
        font = self._look.font("button", rem=1.2, weight=700)
        size = max(48.0, QFontMetricsF(font).lineSpacing() + 8)
        text = str(self._count)
        width = max(size, QFontMetricsF(font).horizontalAdvance(text) + 24)
        badge = turn(self, QRectF(room.right() - width, room.top(), width, size))
        draw_box(painter, badge, size / 2, self._look.colour("accent"))
        painter.setFont(font)
        painter.setPen(self._look.theme.on_accent())
        painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, text)

    def _state(self) -> State:
        if not self.isEnabled():
            return "disabled"
        if self.isDown():
            return "pressed"
        return "hover" if self.underMouse() else "rest"

    def _title_font(self, width: float) -> QFont:
        # A word that is wider than the tile is written smaller: it is never cut.
        font = self._look.font("h2", rem=1.65)
        text = QFontMetricsF(font)
        widest = max((text.horizontalAdvance(word) for word in self.text().split()), default=0.0)
        if widest > width > 0:
            font.setPixelSize(max(1, int(font.pixelSize() * width / widest)))
        return font

    def _line_font(self) -> QFont:
        return self._look.font("body", rem=1.05)

    def _text_height(self, width: float) -> int:
        title = self._height(self._title_font(width), self.text(), width)
        line = self._height(self._line_font(), self._line, width) + 4 if self._line else 0
        return round(title + line + 0.5)

    @staticmethod
    def _height(font: QFont, text: str, width: float) -> float:
        return QFontMetricsF(font).boundingRect(QRectF(0, 0, width, 4000), WRAP, text).height()

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()
