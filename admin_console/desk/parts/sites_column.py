"""The sites on the left, each with its seats as cells."""

from html import escape

from PySide6.QtCore import QModelIndex, QPointF, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from admin_console.desk.models.site_model import LINE_ROLE, TALLY_ROLE, SiteModel
from admin_console.desk.models.stand import SiteTally
from admin_console.desk.models.wording import Wording
from admin_console.desk.parts.flow import Apart
from admin_console.desk.parts.line import grown, line_tone, wrapped
from admin_console.desk.parts.pill import paint_pill, pill_size
from admin_console.desk.parts.roving import Roving
from kiosk.look.focus import FocusShape
from kiosk.look.look import Look
from kiosk.look.paint import begin, draw_box
from kiosk.look.press import press_with_enter
from kiosk.look.scroll import ScrollBox
from kiosk.look.seat_cell import CELL, paint_cell
from kiosk.look.token import ColourName
from kiosk.look.words import Words
from kiosk.rules.seat import SeatState

WIDTH = 264
MARGIN = 14
BAR_WIDTH = 14
REACH = 8
"""Room beside the cards in which a focus ring is drawn and seen."""
CORNER = 14
PADDING = 12
GAP = 3
LINE_GAP = 4
INLINE = 3
"""Up to this many seats stand on the line of the words."""
LINE = 22
NAME_LINES = 3
LINES = 2
CALL = 22
"""Room of the hand beside a name."""
APART = 10
"""Least room between the words of a line and the cells on it."""
BELOW = 6
"""Room under what scrolls: no word stands on the edge of the window."""
MORE = 50
"""How much wider the column becomes with the largest text."""
SELECTED = 2.5
PILL_GAP = 8


class SiteCard(QPushButton):
    """One site; checked when its floor is shown."""

    def __init__(self, look: Look, site_id: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.site_id = site_id
        self._name, self._line = "", ""
        self._states: tuple[SeatState, ...] = ()
        self._calls = False
        self._waiting = ""
        self.setCheckable(True)
        self.setAutoExclusive(False)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        look.changed.connect(self._restyle)

    def show_site(self, tally: SiteTally, line: str, spoken: str, waiting: str = "") -> None:
        """Show a site; `waiting` says who waits, on a line of its own."""
        shown = (tally.name, line, tally.states, bool(tally.help_asked), waiting)
        if shown == (self._name, self._line, self._states, self._calls, self._waiting):
            return
        self._name, self._line, self._states, self._calls, self._waiting = shown
        self.setAccessibleName(spoken)
        # Qt would take a name with a tag in it for markup.
        self.setToolTip(f"<p>{escape(tally.name)}</p>")
        # Without a description of its own the tooltip would be read out, markup and all.
        self.setAccessibleDescription(" ")
        self._restyle()

    def focus_shape(self) -> FocusShape:
        """Return the whole card."""
        return FocusShape(self, self.rect(), CORNER)

    def sizeHint(self) -> QSize:
        """Return the size in the column."""
        width = self._column_width() - 28
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Return the height of the content."""
        return QSize(120, self.heightForWidth(self._column_width() - 28))

    def hasHeightForWidth(self) -> bool:
        """Say that many seats take several lines."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of name, line and cells."""
        room = width - 2 * PADDING + 1
        height = PADDING - 1 + self._words_height(room) + PADDING
        if not self._is_inline(room):
            lines = -(-len(self._states) // self._per_line(room))
            height += 6 + lines * CELL.height() + max(0, lines - 1) * LINE_GAP
        if self._waiting:
            height += PILL_GAP + pill_size(self._look, self._waiting).height()
        return round(height)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose with Enter as with Space."""
        if not press_with_enter(self, event):
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the card."""
        theme = self._look.theme
        line, width = theme.colour("divider"), 1.0
        if theme.is_high_contrast:
            line, width = theme.colour("control_border"), 1.5
        if self.isChecked():
            line, width = theme.colour("primary"), SELECTED
        hover = (self.underMouse() or self.isDown()) and not self.isChecked()
        painter = begin(self)
        fill = theme.colour("soft" if hover else "surface")
        draw_box(painter, QRectF(self.rect()), CORNER, fill, line, width)
        room = QRectF(self.rect()).adjusted(PADDING, PADDING - 1, -PADDING + 1, -PADDING)
        if self._calls:
            spot = QRectF(room.right() - 18, room.top(), 18, 18)
            self._look.icons.paint(painter, "hand", spot, theme.colour("warning"), 2.2)
        wide = round(room.width())
        top = room.top()
        for lines, font, tone, height in self._words(wide):
            painter.setFont(font)
            painter.setPen(theme.colour(tone))
            for one in lines:
                below = QRectF(room.left(), top, room.width(), height)
                painter.drawText(below, Qt.AlignmentFlag.AlignVCenter, one)
                top += height
        if self._is_inline(wide):
            left = room.right() - self._cells_width()
            down = top - (self._line_height() + CELL.height()) / 2
            per_line = len(self._states) or 1
        else:
            left, down, per_line = room.left(), top + 6, self._per_line(wide)
        for place, state in enumerate(self._states):
            row, column = divmod(place, per_line)
            rect = QRectF(
                left + column * (CELL.width() + GAP),
                down + row * (CELL.height() + LINE_GAP),
                CELL.width(),
                CELL.height(),
            )
            paint_cell(painter, self._look, state, rect)
        if self._waiting:
            size = QSizeF(pill_size(self._look, self._waiting))
            corner = QPointF(room.left(), room.bottom() - size.height())
            paint_pill(painter, self._look, self._waiting, QRectF(corner, size))
        painter.end()

    def _words(self, room: int) -> list[tuple[list[str], QFont, ColourName, float]]:
        """Return name and line: their lines, font, colour, and the height of each line."""
        name, small = self._look.font("h3", rem=0.96), self._look.font("small")
        told = wrapped(self._name, name, room - (CALL if self._calls else 0), NAME_LINES)
        high = QFontMetricsF(name).lineSpacing() + (1 if len(told) == 1 else 0)
        line = wrapped(self._line, small, room, LINES)
        lower = self._line_height() if len(line) == 1 else QFontMetricsF(small).lineSpacing()
        return [(told, name, "ink", high), (line, small, "ink_muted", lower)]

    def _line_height(self) -> float:
        return max(LINE, QFontMetricsF(self._look.font("small")).lineSpacing())

    def _words_height(self, room: int) -> float:
        return sum(len(lines) * height for lines, _font, _tone, height in self._words(room))

    def _is_inline(self, room: int) -> bool:
        """Return whether the cells stand on the line of the words."""
        words = QFontMetricsF(self._look.font("small")).horizontalAdvance(self._line)
        return len(self._states) <= INLINE and words + APART + self._cells_width() <= room

    def _cells_width(self) -> float:
        return len(self._states) * (CELL.width() + GAP) - GAP

    def _per_line(self, room: int) -> int:
        return max(1, (room + GAP) // (CELL.width() + GAP))

    def _column_width(self) -> int:
        return grown(self._look, WIDTH, MORE)

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()


class SitesColumn(QWidget):
    """The column.

    Signals:
        site_chosen: the id of the site whose floor is wanted.
    """

    site_chosen = Signal(str)

    def __init__(
        self, look: Look, wording: Wording, model: SiteModel, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._look, self._wording, self._model = look, wording, model
        self._chosen = ""
        self.cards: dict[str, SiteCard] = {}
        self.setFixedWidth(grown(look, WIDTH, MORE))
        self.heading = Words(look, "", "small", "ink_muted", weight=600)
        self.total = Words(look, "", "small", weight=600, align=Qt.AlignmentFlag.AlignRight)
        top = QHBoxLayout()
        top.setContentsMargins(18, 0, 18, 0)
        top.addWidget(Apart(self.heading, self.total))
        self._holder = QWidget()
        self._list = QVBoxLayout(self._holder)
        self._list.setContentsMargins(MARGIN, 4, MARGIN, MARGIN)
        self._list.setSpacing(9)
        self._list.addStretch(1)
        self._scroll = ScrollBox(look)
        self._scroll.set_content(self._holder)
        self._scroll.verticalScrollBar().rangeChanged.connect(self._make_room)
        self._roving = Roving(self._holder)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 16, 0, BELOW)
        column.setSpacing(7)
        column.addLayout(top)
        column.addWidget(self._scroll, 1)
        model.dataChanged.connect(self._on_data_changed)
        model.modelReset.connect(self._rebuild)
        wording.language.changed.connect(self.retell)
        look.changed.connect(self._restyle)
        self._rebuild()

    def show_chosen(self, site_id: str) -> None:
        """Mark the site whose floor is shown."""
        self._chosen = site_id
        for card in self.cards.values():
            card.setChecked(card.site_id == site_id)
        if site_id in self.cards:
            self._roving.set_stop(self.cards[site_id])
            self._scroll.ensureWidgetVisible(self.cards[site_id], 0, 20)

    def retell(self) -> None:
        """Say everything again."""
        _ = self._wording.language.gettext
        self.heading.say(_("All places"))
        self._show_rows(0, self._model.rowCount() - 1)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the line to the right."""
        line = line_tone(self._look)
        painter = begin(self)
        painter.fillRect(self.width() - 1, 0, 1, self.height(), self._look.colour(line))
        painter.end()

    def _restyle(self) -> None:
        self.setFixedWidth(grown(self._look, WIDTH, MORE))
        self.update()

    def _make_room(self, _least: int, most: int) -> None:
        """Let the scroll bar stand in the margin, beside the room for a focus ring."""
        margins = self._list.contentsMargins()
        right = max(REACH, MARGIN - BAR_WIDTH) if most > 0 else MARGIN
        if margins.right() != right:
            self._list.setContentsMargins(MARGIN, 4, right, MARGIN)

    def _rebuild(self) -> None:
        for card in self.cards.values():
            self._list.removeWidget(card)
            card.hide()
            card.deleteLater()
        self.cards = {}
        for place, tally in enumerate(self._model.tallies()):
            card = SiteCard(self._look, tally.site_id, self._holder)
            card.clicked.connect(self._on_clicked)
            self._list.insertWidget(place, card)
            card.setVisible(True)
            self.cards[tally.site_id] = card
        self._roving.set_members(list(self.cards.values()))
        self.show_chosen(self._chosen)
        self.retell()

    def _on_data_changed(self, first: QModelIndex, last: QModelIndex) -> None:
        self._show_rows(first.row(), last.row())

    def _show_rows(self, first: int, last: int) -> None:
        for row in range(first, last + 1):
            index = self._model.index(row)
            tally = index.data(TALLY_ROLE)
            spoken = index.data(Qt.ItemDataRole.AccessibleTextRole)
            waiting = self._wording.waiting(tally.waiting) if tally.waiting else ""
            self.cards[tally.site_id].show_site(tally, index.data(LINE_ROLE), spoken, waiting)
        text = self._wording.occupied(*self._model.totals())
        if text != self.total.text():
            self.total.say(text)

    def _on_clicked(self) -> None:
        card = self.sender()
        if isinstance(card, SiteCard):
            card.setChecked(True)
            self.site_chosen.emit(card.site_id)
