"""The left of the settings: places with their seats, rooms of the chosen one, what to look at."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QVBoxLayout, QWidget

from admin_console.desk.models.estate import EstateBook
from admin_console.desk.models.wording import Wording
from admin_console.desk.parts.line import grown, line_tone, wrapped
from admin_console.desk.parts.roving import Roving
from kiosk.look.card import Rule
from kiosk.look.focus import FocusShape
from kiosk.look.look import Look
from kiosk.look.paint import begin, draw_box
from kiosk.look.press import press_with_enter
from kiosk.look.scroll import ScrollBox
from kiosk.look.words import Words

WIDTH, MORE = 264, 50
MARGIN = 14
SIDE = 14
CORNER = 10
HEIGHT = 38
LINES = 2
APART = 12


@dataclass(frozen=True, slots=True)
class PlaceFace:
    """A site or a room, and how many seats it has; None for what has none."""

    place_id: str
    name: str
    seats: int | None


class PlaceRow(QPushButton):
    """One line; the chosen one is filled where it says what is looked at."""

    def __init__(self, look: Look, place_id: str, *, filled: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self.place_id = place_id
        self._filled = filled
        self._seats = ""
        self.setCheckable(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        look.changed.connect(self._restyle)

    def tell(self, name: str, seats: int | None, spoken: str) -> None:
        """Show name and seats."""
        self.setText(name)
        self._seats = "" if seats is None else str(seats)
        self.setAccessibleName(spoken)
        self._restyle()

    def focus_shape(self) -> FocusShape:
        """Return the whole row."""
        return FocusShape(self, self.rect(), CORNER)

    def hasHeightForWidth(self) -> bool:
        """Say that a long name takes two lines."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of the name."""
        lines = len(self._lines(width))
        return max(HEIGHT, round(lines * QFontMetricsF(self._font()).lineSpacing()) + 14)

    def sizeHint(self) -> QSize:
        """Return the size in the column."""
        width = grown(self._look, WIDTH, MORE) - 2 * MARGIN
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Return the height of the name in the column."""
        return QSize(120, self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose with Enter as with Space."""
        if not press_with_enter(self, event):
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the row."""
        theme = self._look.theme
        ink, quiet = theme.colour("ink"), theme.colour("ink_muted")
        fill = theme.colour("soft") if self.underMouse() else None
        line = None
        if self.isChecked():
            fill = theme.colour("primary" if self._filled else "soft")
            ink = theme.colour("ink_on_primary" if self._filled else "primary")
            # Thin figures in the primary colour would be faint on the soft ground.
            quiet = ink if self._filled else theme.colour("ink")
            line = theme.colour("primary") if theme.is_high_contrast else None
        painter = begin(self)
        if fill is not None:
            draw_box(painter, QRectF(self.rect()), CORNER, fill, line, 2)
        font = self._font()
        metrics = QFontMetricsF(font)
        lines = self._lines(self.width())
        top = (self.height() - len(lines) * metrics.lineSpacing()) / 2
        painter.setFont(font)
        painter.setPen(ink)
        for text in lines:
            rect = QRectF(SIDE, top, self.width() - 2 * SIDE, metrics.lineSpacing())
            painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter, text)
            top += metrics.lineSpacing()
        painter.setFont(self._look.font("small"))
        painter.setPen(quiet)
        right = QRectF(0, 0, self.width() - SIDE, self.height())
        painter.drawText(
            right, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, self._seats
        )
        painter.end()

    def _font(self) -> QFont:
        return self._look.font("body", weight=600 if self.isChecked() or self._filled else 400)

    def _lines(self, width: int) -> list[str]:
        seats = QFontMetricsF(self._look.font("small")).horizontalAdvance(self._seats)
        font = self._look.font("body", weight=600)
        return wrapped(self.text(), font, width - 2 * SIDE - seats - APART, LINES)

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()


class PlaceList(QWidget):
    """A heading and its rows.

    Signals:
        chosen: the id of the place that is wanted.
    """

    chosen = Signal(str)

    def __init__(self, look: Look, wording: Wording, *, filled: bool) -> None:
        super().__init__()
        self._look, self._wording, self._filled = look, wording, filled
        self.rows: dict[str, PlaceRow] = {}
        self.heading = Words(look, "", "small", "ink_muted", weight=600)
        self._roving = Roving(self)
        top = QVBoxLayout()
        top.setContentsMargins(SIDE, 0, 0, 6)
        top.addWidget(self.heading)
        self._list = QVBoxLayout()
        self._list.setSpacing(3)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addLayout(self._list)

    def show_places(self, heading: str, faces: Sequence[PlaceFace], chosen: str) -> None:
        """Show places; one of them is chosen."""
        self.heading.say(heading)
        if [face.place_id for face in faces] != list(self.rows):
            self._rebuild(faces)
        for face in faces:
            row = self.rows[face.place_id]
            row.tell(face.name, face.seats, self._spoken(face))
            row.setChecked(face.place_id == chosen)
        if chosen in self.rows:
            self._roving.set_stop(self.rows[chosen])

    def _spoken(self, face: PlaceFace) -> str:
        if face.seats is None:
            return face.name
        told = self._wording.language.ngettext("%(count)d seat", "%(count)d seats", face.seats)
        return f"{face.name}, {told % {'count': face.seats}}"

    def _rebuild(self, faces: Sequence[PlaceFace]) -> None:
        for row in self.rows.values():
            self._list.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows = {}
        for face in faces:
            row = PlaceRow(self._look, face.place_id, filled=self._filled, parent=self)
            row.clicked.connect(self._on_clicked)
            self._list.addWidget(row)
            row.show()
            self.rows[face.place_id] = row
        self._roving.set_members(list(self.rows.values()))

    def _on_clicked(self) -> None:
        pressed = self.sender()
        if isinstance(pressed, PlaceRow):
            # What is shown as chosen follows the page, which may have to ask first.
            pressed.setChecked(not pressed.isChecked())
            self.chosen.emit(pressed.place_id)


class Holder(QWidget):
    """What scrolls. Qt tells nobody around a scroll area that its content has become higher."""

    def __init__(self, around: ScrollBox) -> None:
        super().__init__()
        self._around = around

    def event(self, event: QEvent) -> bool:
        """Pass on that the lists want another height."""
        answer = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self._around.updateGeometry()
        return answer


class PlacesColumn(QWidget):
    """All three lists; without `topics` a page that has no parts shows two."""

    def __init__(
        self,
        look: Look,
        wording: Wording,
        parent: QWidget | None = None,
        *,
        topics: bool = True,
    ) -> None:
        super().__init__(parent)
        self._look, self._wording = look, wording
        self.setProperty("ground", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedWidth(grown(look, WIDTH, MORE))
        self.sites = PlaceList(look, wording, filled=False)
        self.rooms = PlaceList(look, wording, filled=not topics)
        self.topics = PlaceList(look, wording, filled=True)
        self._scroll = ScrollBox(look)
        holder = Holder(self._scroll)
        column = QVBoxLayout(holder)
        column.setContentsMargins(MARGIN, 18, MARGIN, MARGIN)
        column.setSpacing(20)
        column.addWidget(self.sites)
        column.addWidget(Rule(look))
        column.addWidget(self.rooms)
        self._scroll.set_content(holder)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        policy.setHeightForWidth(True)
        self._scroll.setSizePolicy(policy)
        # What to look at stays in sight, however many places there are.
        still = QWidget()
        below = QVBoxLayout(still)
        below.setContentsMargins(MARGIN, 6, MARGIN, MARGIN)
        below.setSpacing(20)
        below.addWidget(Rule(look))
        below.addWidget(self.topics)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 1, 0)
        outer.setSpacing(0)
        outer.addWidget(self._scroll)
        outer.addWidget(still)
        still.setVisible(topics)
        outer.addStretch(0)
        look.changed.connect(self._restyle)

    def show_places(self, book: EstateBook, site_id: str, room_id: str) -> None:
        """Show all sites, and the rooms of the chosen one."""
        _ = self._wording.language.gettext
        sites = [
            PlaceFace(site.site_id, site.name, len(book.seats_of(site.site_id)))
            for site in book.sites()
        ]
        self.sites.show_places(_("Place"), sites, site_id)
        rooms = [
            PlaceFace(room.room_id, room.name, len(book.seats_of_room(room.room_id)))
            for room in book.rooms_of(site_id)
        ]
        self.rooms.show_places(_("Rooms of the place"), rooms, room_id)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ground, and the line to the right."""
        painter = begin(self)
        painter.fillRect(self.rect(), self._look.colour("surface"))
        line = self._look.colour(line_tone(self._look))
        painter.fillRect(self.width() - 1, 0, 1, self.height(), line)
        painter.end()

    def _restyle(self) -> None:
        self.setFixedWidth(grown(self._look, WIDTH, MORE))
        self.update()
