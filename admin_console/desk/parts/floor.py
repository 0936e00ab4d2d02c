"""The floor of a site: its rooms, and in each the station cards in seat order.

Seats that share a label stand together on an island that bears it. A card is told only when its
seat looks different, and paints only then.
"""

import itertools
from collections.abc import Iterator

from PySide6.QtCore import QModelIndex, QObject, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QVBoxLayout, QWidget

from admin_console.desk.models.estate import EstateBook
from admin_console.desk.models.seat_model import SeatModel
from admin_console.desk.models.stand import SeatStand
from admin_console.desk.models.wording import Wording
from admin_console.desk.parts.flow import Columns
from admin_console.desk.parts.line import Island
from admin_console.desk.parts.roving import Roving
from kiosk.look.look import Look
from kiosk.look.scroll import ScrollBox
from kiosk.look.station_card import PADDING, StationCard, StationFace
from kiosk.look.words import Words
from kiosk.rules.seat import SeatState

LONGEST = {
    SeatState.IN_USE: 59 * 60,
    SeatState.ENDING: 10 * 60,
    SeatState.HELD: 10 * 60,
    SeatState.LOCKED: 59 * 60,
}
"""The most seconds that stand beside each state's word, as a rule."""
LEAST = 104
APART = 2
"""Least room between a word and its minutes, in pixels."""
EDGE = 5
"""Room around the islands in which a focus ring may be drawn, in pixels."""
TABLE = 4
"""Labelled islands of up to this many seats stand side by side."""
HALF = 312
"""Least width of such an island: two cards beside each other."""


class CardWidth(QObject):
    """The least width of a card, the same whatever its seat shows.

    A floor on which a card grew with its words would move under the hand of whoever points at it.
    """

    def __init__(self, look: Look, wording: Wording, parent: QObject) -> None:
        super().__init__(parent)
        self._look, self._wording = look, wording
        self._known: int | None = None
        look.changed.connect(self._forget)
        wording.language.changed.connect(self._forget)

    def least(self) -> int:
        """Return the width in pixels at which the longest word and minutes nearly meet."""
        if self._known is None:
            words = QFontMetricsF(self._look.font("strong"))
            minutes = QFontMetricsF(self._look.font("body", weight=700))
            need = max(
                words.horizontalAdvance(self._wording.state(state))
                + minutes.horizontalAdvance(self._wording.phrase.duration(seconds))
                for state, seconds in LONGEST.items()
            )
            self._known = max(LEAST, round(need) + 2 * PADDING + APART)
        return self._known

    def _forget(self) -> None:
        self._known = None


class SeatCard(StationCard):
    """A station card that knows its seat."""

    def __init__(self, look: Look, wording: Wording, seat_id: str, width: CardWidth) -> None:
        super().__init__(look, wording.language)
        self.seat_id = seat_id
        self._width = width

    def minimumSizeHint(self) -> QSize:
        """Return a width at which a table stays two wide."""
        return QSize(self._width.least(), self.sizeHint().height())


class Floor(QWidget):
    """The cards.

    Signals:
        seat_chosen: the id of the seat that was pressed.
    """

    seat_chosen = Signal(str)

    def __init__(
        self,
        look: Look,
        wording: Wording,
        model: SeatModel,
        book: EstateBook,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look, self._wording, self._model, self._book = look, wording, model, book
        self._chosen = ""
        self.cards: dict[str, SeatCard] = {}
        self._width = CardWidth(look, wording, self)
        self._scroll = ScrollBox(look)
        # The panel that opens for a seat makes the floor narrower, and higher.
        self._scroll.verticalScrollBar().rangeChanged.connect(self._keep_chosen_in_view)
        self._content: QWidget | None = None
        self._roving: Roving | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._scroll)
        model.dataChanged.connect(self._on_data_changed)
        model.modelReset.connect(self._rebuild)
        self._rebuild()

    def show_chosen(self, seat_id: str) -> None:
        """Mark a seat; empty marks none."""
        self._chosen = seat_id
        for card in self.cards.values():
            card.setChecked(card.seat_id == seat_id)
        if seat_id in self.cards:
            card = self.cards[seat_id]
            if self._roving is not None:
                self._roving.set_stop(card)
            self._keep_chosen_in_view()

    def take_focus(self) -> None:
        """Take the keyboard at the seat where the Tab key comes in."""
        for card in self.cards.values():
            if card.focusPolicy() == Qt.FocusPolicy.StrongFocus:
                card.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_seat(self, seat_id: str) -> None:
        """Give a seat the keyboard, if it stands here."""
        if seat_id in self.cards:
            self.cards[seat_id].setFocus(Qt.FocusReason.OtherFocusReason)

    def _keep_chosen_in_view(self) -> None:
        if self._chosen in self.cards:
            self._scroll.ensureWidgetVisible(self.cards[self._chosen], EDGE, EDGE + 10)

    def _rebuild(self) -> None:
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(EDGE, EDGE, EDGE, EDGE)
        column.setSpacing(16)
        self.cards = {}
        stands = self._model.stands()
        rooms = [list(group) for _room, group in itertools.groupby(stands, lambda s: s.room_id)]
        for group in rooms:
            if len(rooms) > 1:
                room = self._book.room(group[0].room_id)
                column.addWidget(Words(self._look, room.name if room else "", "h3"))
            self._add_room(column, group)
        column.addStretch(1)
        self._scroll.set_content(content)
        self._content = content
        content.setVisible(True)
        self._roving = Roving(content)
        self._roving.set_members(list(self.cards.values()))
        self._show_rows(0, len(stands) - 1)
        self.show_chosen(self._chosen)

    def _add_room(self, column: QVBoxLayout, stands: list[SeatStand]) -> None:
        groups = list(_tables(stands))
        if len(groups) == 1:
            column.addWidget(self._island(stands, groups[0][0]))
            return
        tables = Columns(least=HALF, gap=16)
        for label, seats in groups:
            island = self._island(seats, label)
            if len(seats) > TABLE:
                column.addWidget(island)
            else:
                tables.add(island)
        column.addWidget(tables)

    def _island(self, stands: list[SeatStand], label: str) -> Island:
        island = Island(self._look)
        column = QVBoxLayout(island)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(8)
        grid = Columns()
        for stand in stands:
            card = SeatCard(self._look, self._wording, stand.seat_id, self._width)
            card.clicked.connect(self._on_clicked)
            grid.add(card)
            self.cards[stand.seat_id] = card
        column.addWidget(grid)
        if label:
            words = Words(
                self._look, label, "extra_small", "ink_muted", weight=600,
                align=Qt.AlignmentFlag.AlignHCenter,
            )  # fmt: skip
            grid.set_caption(words)
        return island

    def _on_data_changed(self, first: QModelIndex, last: QModelIndex) -> None:
        self._show_rows(first.row(), last.row())

    def _show_rows(self, first: int, last: int) -> None:
        for row in range(first, last + 1):
            stand = self._model.stand(row)
            self.cards[stand.seat_id].show_station(face_of(stand, self._wording))

    def _on_clicked(self) -> None:
        card = self.sender()
        if isinstance(card, SeatCard):
            card.setChecked(card.seat_id == self._chosen)
            self.seat_chosen.emit(card.seat_id)


def face_of(stand: SeatStand, wording: Wording) -> StationFace:
    """Return what a card shows of a seat."""
    left = wording.left(stand)
    return StationFace(
        number=str(stand.number),
        state=stand.state,
        minutes=wording.minutes(stand),
        line=wording.line(stand),
        part=stand.part_left if left else None,
        spoken=wording.spoken(stand),
        icon="hand" if stand.help_asked_at is not None else None,
    )


def _tables(stands: list[SeatStand]) -> Iterator[tuple[str, list[SeatStand]]]:
    """Yield the labels of a room with their seats, in seat order of the first."""
    found: dict[str, list[SeatStand]] = {}
    for stand in stands:
        found.setdefault(stand.label, []).append(stand)
    yield from found.items()
