"""What is on in a room: a card for each workshop, and what came of the wishes for all its seats."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from admin_console.desk.models.board import Board
from admin_console.desk.models.workshop_day import WorkshopNow, workshops_now
from admin_console.desk.models.workshop_wording import WorkshopWording
from admin_console.desk.parts.series_questions import SureQuestion
from admin_console.desk.parts.workshop_card import WorkshopCard
from kiosk.hublink.failure import Failure
from kiosk.look.guard import Guard
from kiosk.look.look import Look
from kiosk.look.trouble import Trouble
from kiosk.wire.place import RoomView
from kiosk.wire.workshop import RunWorkshop, WorkshopAct, WorkshopRefused, WorkshopRun

GAP = 18


class WorkshopCards(QWidget):
    """The cards; without any it takes no room.

    Signals:
        run_asked: room id, and the `RunWorkshop` to ask for.
        left: what had the keyboard is gone, and there is nothing else to press in the card.
    """

    run_asked = Signal(str, object)
    left = Signal()

    def __init__(self, look: Look, guard: Guard, wording: WorkshopWording, board: Board) -> None:
        super().__init__()
        self._look, self._wording, self._board = look, wording, board
        self._room: RoomView | None = None
        self._may_run = False
        self._runs: dict[str, WorkshopRun] = {}
        self._troubles: dict[str, Trouble] = {}
        self._asked = ""
        self.cards: dict[str, WorkshopCard] = {}
        self.sure = SureQuestion(look, guard, wording.series, self)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(GAP)

    def show_room(self, room: RoomView | None, *, may_run: bool) -> None:
        """Show what is on in a room now."""
        if room is None or self._room is None or room.room_id != self._room.room_id:
            self.sure.dismiss()
        self._room, self._may_run = room, may_run
        self._show()

    def show_answer(self, ask: RunWorkshop, answer: object) -> None:
        """Show what came of a wish for all seats: an answer of the hub, or a `Failure`."""
        self._asked = ""
        self._troubles.pop(ask.series_id, None)
        match answer:
            case WorkshopRun():
                self._runs[ask.series_id] = answer
            case WorkshopRefused():
                self._troubles[ask.series_id] = self._wording.refused(answer)
            case Failure():
                self._troubles[ask.series_id] = self._wording.failure(answer)
        self._show()

    def retell(self) -> None:
        """Say everything again, but what was said of the last wish."""
        self._troubles.clear()
        self._show()

    def _on_now(self) -> tuple[WorkshopNow, ...]:
        if self._room is None:
            return ()
        return workshops_now(self._board.book, self._room, self._runs, self._board.now)

    def _show(self) -> None:
        found = self._on_now()
        self._take({now.series.series_id for now in found})
        for place, now in enumerate(found):
            series_id = now.series.series_id
            card = self.cards.get(series_id) or self._make(series_id)
            self._column.insertWidget(place, card)
            card.show_now(now, self._troubles.get(series_id), may_run=self._may_run)
        self.setVisible(bool(found))

    def _take(self, series_ids: set[str]) -> None:
        """Give up the cards of what is on no more."""
        for gone in self.cards.keys() - series_ids:
            card = self.cards.pop(gone)
            if card.open.hasFocus() or card.end.hasFocus():
                self.left.emit()
            self._column.removeWidget(card)
            card.hide()
            card.deleteLater()
            self._runs.pop(gone, None)
            self._troubles.pop(gone, None)

    def _make(self, series_id: str) -> WorkshopCard:
        card = WorkshopCard(self._look, self._wording, self)
        card.open_asked.connect(self._on_open)
        card.end_asked.connect(self._on_end)
        card.left.connect(self.left)
        card.show()
        self.cards[series_id] = card
        return card

    def _pressed(self) -> str:
        return next((one for one, card in self.cards.items() if card is self.sender()), "")

    def _on_open(self) -> None:
        self._ask(self._pressed(), WorkshopAct.OPEN)

    def _on_end(self) -> None:
        series_id, room = self._pressed(), self._room
        now = next((one for one in self._on_now() if one.series.series_id == series_id), None)
        if now is not None and room is not None:
            self.sure.ask(
                self._wording.end_question(now),
                self._wording.end_text(now, room.rule.grace_seconds),
                self._wording.end(now.series.ground),
                lambda: self._ask(series_id, WorkshopAct.END),
            )

    def _ask(self, series_id: str, act: WorkshopAct) -> None:
        if series_id and self._room is not None and self._may_run and not self._asked:
            self._asked = series_id
            self.run_asked.emit(self._room.room_id, RunWorkshop(series_id=series_id, act=act))
