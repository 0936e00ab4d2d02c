"""The board of a room as one page: it shows a `RoomFace`, and asks for tickets.

A card is read wherever the keyboard is: its digits and the key that ends them never press the
button. What came of asking is shown for a while, then forgotten.
"""

from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from admin_console.desk.room_board.face import RoomFace
from admin_console.desk.room_board.faces import (
    BAND,
    BELOW,
    SIDE,
    Band,
    CallPanel,
    ListPanel,
    TicketBand,
)
from admin_console.desk.room_board.own import OwnTicket
from admin_console.desk.room_board.panel import SeatPlate, TakeButton
from admin_console.desk.room_board.wording import BoardAnswer, Reply, RoomWording, own_ticket
from kiosk.look.announce import announce
from kiosk.look.keycode import digit_of
from kiosk.look.look import Look
from kiosk.look.paint import begin
from kiosk.wire.ticket import TicketAct

DESIGN = (1920, 1080)
REPLY_MS = 20_000
"""How long an answer is shown; nobody takes a ticket without a card in that time."""
CARD_GAP_MS = 1_000
"""After so long without a digit a number that was begun is forgotten."""
SHORTEST_CARD, LONGEST_CARD = 4, 20
ENDS = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab})
GAP = 18
TOP_GAP = 36
ONE_ROW, TWO_ROWS = 8, 18
"""Up to so many seats stand in one row, in two."""


class BoardPage(QWidget):
    """The page.

    Signals:
        ticket_asked: a card, or an empty text for a ticket without one.
        change_asked: a card, a `TicketAct`, and until when where somebody steps away.
    """

    ticket_asked = Signal(str)
    change_asked = Signal(str, object, object)

    def __init__(self, look: Look, wording: RoomWording, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look, self._wording = look, wording
        self._face: RoomFace | None = None
        self._digits = ""
        self._is_asking = False
        self._card = ""
        self.setProperty("ground", "page")
        self.band = Band(look, wording.phrase, self)
        self.call = CallPanel(look, wording, self)
        self.list = ListPanel(look, wording, self)
        self.plates: list[SeatPlate] = []
        self.below = TicketBand(look, wording, self)
        self.take = TakeButton(look, self)
        self.take.clicked.connect(self._on_take)
        self.take.installEventFilter(self)
        self.own = OwnTicket(look, wording, self)
        self.own.act_asked.connect(self._on_act)
        self.own.mode_changed.connect(self._on_mode)
        for button in self.own.buttons:
            button.installEventFilter(self)
        self._reply_ends = QTimer(self)
        self._reply_ends.setSingleShot(True)
        self._reply_ends.timeout.connect(self._forget_reply)
        self._digits_end = QTimer(self)
        self._digits_end.setSingleShot(True)
        self._digits_end.timeout.connect(self._forget_digits)
        look.changed.connect(self.update)
        wording.language.changed.connect(self.retell)

    def show_face(self, face: RoomFace) -> None:
        """Show how the room stands."""
        before, self._face = self._face, face
        self.band.show_face(face, self._wording.opening(face))
        self.call.show_face(face)
        self.list.show_face(face)
        self.below.show_face(face)
        self._show_seats(face)
        self._show_take()
        self._arrange()
        known = {one.number for one in before.called} if before is not None else set()
        for one in face.called:
            if before is not None and one.number not in known:
                announce(self, self._wording.called_spoken(one), urgent=True)

    def show_lost(self, since: datetime) -> None:
        """Mark what is shown as old, where it is not yet."""
        if self._face is not None and self._face.lost_since is None:
            self.show_face(replace(self._face, lost_since=since))

    def show_answer(self, answer: BoardAnswer, *, card: str = "") -> None:
        """Show what came of asking for a ticket, or of changing one, for a while.

        With a `card` it is told as if that had been passed, for the gallery.
        """
        self._is_asking = False
        self._card = card or self._card
        ticket = own_ticket(answer)
        if self._face is not None and ticket is not None and self._card:
            face = self._face
            self.own.begin(self._card, ticket, face.now, face.closes_at)
        else:
            self.own.end()
        self._show_reply(self._wording.reply(answer, self._face))

    def _show_reply(self, reply: Reply) -> None:
        self.list.show_reply(reply, self.own.height())
        announce(self, reply.spoken, urgent=True)
        self._reply_ends.start(REPLY_MS)
        self._show_take()
        self._arrange()

    def stop(self) -> None:
        """Wait for nothing any more."""
        self._reply_ends.stop()
        self._digits_end.stop()

    def retell(self) -> None:
        """Say everything again; an answer is not kept."""
        self._forget_reply()
        if self._face is not None:
            self.show_face(self._face)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Read a card before the button that has the keyboard."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._read(event)
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Read a card."""
        if not self._read(event):
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put everything where it belongs on a screen of this size."""
        super().resizeEvent(event)
        self._arrange()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ground."""
        painter = begin(self)
        painter.fillRect(self.rect(), self._look.colour("ground"))
        painter.end()

    # ----------------------------------------------------------------------------------- cards

    def _read(self, event: QKeyEvent) -> bool:
        digit = digit_of(event)
        if digit is not None:
            if not event.isAutoRepeat():
                self._digits = (self._digits + digit)[: LONGEST_CARD + 1]
                self._digits_end.start(CARD_GAP_MS)
            return True
        if Qt.Key(event.key()) in ENDS and self._digits:
            card = self._digits
            self._forget_digits()
            if SHORTEST_CARD <= len(card) <= LONGEST_CARD:
                self._ask(card)
            return True
        return False

    def _ask(self, card: str) -> None:
        if self._face is None or not self._face.takes_tickets or self._is_asking:
            return
        self._is_asking = True
        self._card = card
        self.own.end()
        self._show_take()
        self.ticket_asked.emit(card)

    def _on_act(self, card: str, act: TicketAct, until: datetime | None) -> None:
        if not card or self._is_asking or self._face is None or self._face.lost_since:
            return
        self._is_asking = True
        self._show_take()
        self.change_asked.emit(card, act, until)

    def _on_mode(self) -> None:
        if self.own.ticket is not None:
            self._show_reply(self._wording.question(self.own.mode, self.own.ticket, self._face))

    def _on_take(self) -> None:
        self._ask("")

    def _forget_digits(self) -> None:
        self._digits_end.stop()
        self._digits = ""

    def _forget_reply(self) -> None:
        self._reply_ends.stop()
        self._card = ""
        self.own.end()
        self.list.show_reply(None)
        self._show_take()

    def _show_take(self) -> None:
        face = self._face
        self.take.setText(self._wording.language.gettext("Ticket without a card"))
        self.take.setAccessibleName(self.take.text())
        self.take.setVisible(face is not None and face.takes_tickets)
        self.take.setEnabled(not self._is_asking and self.list.reply is None)
        self.take.update()
        self.own.set_enabled(not self._is_asking)

    # ---------------------------------------------------------------------------------- layout

    def _show_seats(self, face: RoomFace) -> None:
        while len(self.plates) > len(face.seats):
            plate = self.plates.pop()
            plate.hide()
            plate.deleteLater()
        while len(self.plates) < len(face.seats):
            plate = SeatPlate(self._look, self)
            plate.show()
            self.plates.append(plate)
        for plate, seat in zip(self.plates, face.seats, strict=True):
            word = self._wording.wording.state(seat.state)
            plate.show_seat(seat.number, seat.state, word, self._wording.seat_lines(seat))

    def _arrange(self) -> None:
        unit = min(self.width() / DESIGN[0], self.height() / DESIGN[1])
        if unit <= 0:
            return
        wide, high = self.width() / unit, self.height() / unit
        self.band.place(QRectF(0, 0, wide, BAND), unit)
        self.below.place(QRectF(0, high - BELOW, wide, BELOW), unit)
        button = QRectF(wide - self.below.words_end() - 412, high - BELOW + 20, 392, 88)
        self.take.place(button, unit)
        room = QRectF(SIDE, BAND + TOP_GAP, wide - 2 * SIDE, high - BAND - TOP_GAP - BELOW - 32)
        seats = self._arrange_seats(room, unit)
        top = QRectF(room.left(), room.top(), room.width(), room.height() - seats - 32)
        left = (top.width() - TOP_GAP) * 1.72 / 2.72
        self.call.place(QRectF(top.left(), top.top(), left, top.height()), unit)
        right = QRectF(top.left() + left + TOP_GAP, top.top(), 0, top.height())
        right.setRight(top.right())
        self.list.place(right, unit)
        self.own.place(right, unit)

    def _arrange_seats(self, room: QRectF, unit: float) -> float:
        """Put the seats at the bottom of a room; return how high they are together."""
        count = len(self.plates)
        if not count:
            return 0.0
        rows = 1 if count <= ONE_ROW else 2 if count <= TWO_ROWS else 3
        columns = -(-count // rows)
        tall = 186.0 if rows == 1 else 148.0
        high = rows * tall + (rows - 1) * GAP
        wide = (room.width() - (columns - 1) * GAP) / columns
        wide = min(wide, 400.0)
        for place, plate in enumerate(self.plates):
            row, column = divmod(place, columns)
            left = room.left() + column * (wide + GAP)
            top = room.bottom() - high + row * (tall + GAP)
            plate.place(QRectF(left, top, wide, tall), unit)
        return high
