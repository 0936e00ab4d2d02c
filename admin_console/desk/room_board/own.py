"""What whoever passed a card may do with their ticket at a board: large buttons, one question."""

from collections.abc import Callable
from datetime import datetime
from enum import StrEnum
from functools import partial

from PySide6.QtCore import QObject, QRectF, Signal
from PySide6.QtWidgets import QWidget

from admin_console.desk.room_board.panel import TakeButton
from admin_console.desk.room_board.wording import RoomWording
from kiosk.look.look import Look
from kiosk.rules.ticket import LIVE, return_times
from kiosk.wire.ticket import TicketAct
from kiosk.wire.waiting import TicketView

ROW, GAP = 76, 14
COLUMNS, TIMES_COLUMNS, SLOTS = 2, 3, 6


class Mode(StrEnum):
    """What is asked."""

    ACTS = "acts"
    TIMES = "times"
    GIVING = "giving"


class OwnTicket(QObject):
    """The buttons over the lower part of a panel, and the ticket that they are about.

    Signals:
        act_asked: a card, a `TicketAct`, and until when where somebody steps away.
        mode_changed: something else is asked now.
    """

    act_asked = Signal(str, object, object)
    mode_changed = Signal()

    def __init__(self, look: Look, wording: RoomWording, page: QWidget) -> None:
        super().__init__(page)
        self._wording = wording
        self._card = ""
        self._closes_at: datetime | None = None
        self._now: datetime | None = None
        self.ticket: TicketView | None = None
        self.mode = Mode.ACTS
        self.buttons = [TakeButton(look, page, icon="", quiet=True) for _ in range(SLOTS)]
        self._does: list[Callable[[], None]] = []
        for place, button in enumerate(self.buttons):
            button.hide()
            button.clicked.connect(partial(self._press, place))

    @property
    def is_shown(self) -> bool:
        """Whether there is a ticket that may be changed."""
        return self.ticket is not None

    def begin(
        self, card: str, ticket: TicketView, now: datetime, closes_at: datetime | None
    ) -> None:
        """Show what may be done with a ticket that lives."""
        if ticket.state not in LIVE:
            self.end()
            return
        self._card, self.ticket = card, ticket
        self._now, self._closes_at = now, closes_at
        self.mode = Mode.ACTS
        self._show()

    def end(self) -> None:
        """Forget the card, and hide."""
        self._card, self.ticket, self.mode = "", None, Mode.ACTS
        self._show()

    def set_enabled(self, enabled: bool) -> None:
        """Take presses or not."""
        for button in self.buttons:
            button.setEnabled(enabled)

    def rows(self) -> int:
        """Return how many rows of buttons there are."""
        return -(-len(self._does) // self._columns())

    def height(self) -> float:
        """Return how much of the panel the buttons take, in pixels of the design."""
        rows = self.rows()
        return rows * ROW + rows * GAP if rows else 0.0

    def place(self, panel: QRectF, unit: float) -> None:
        """Stand at the bottom of a panel, in pixels of the design."""
        inner = panel.adjusted(28, 0, -28, -14)
        columns = self._columns()
        wide = (inner.width() - (columns - 1) * GAP) / columns
        top = inner.bottom() - self.height() + GAP
        for place, button in enumerate(self.buttons):
            row, column = divmod(place, columns)
            corner = QRectF(
                inner.left() + column * (wide + GAP), top + row * (ROW + GAP), wide, ROW
            )
            button.place(corner, unit)

    def _columns(self) -> int:
        return TIMES_COLUMNS if self.mode is Mode.TIMES else COLUMNS

    def _show(self) -> None:
        told = self._choices()
        self._does = [does for _text, does in told]
        for place, button in enumerate(self.buttons):
            is_there = place < len(told)
            button.setText(told[place][0] if is_there else "")
            button.setAccessibleName(button.text())
            button.setVisible(is_there)

    def _choices(self) -> list[tuple[str, Callable[[], None]]]:
        _ = self._wording.language.gettext
        ticket, now = self.ticket, self._now
        if ticket is None or now is None:
            return []
        times = return_times(now, self._closes_at or now)
        if self.mode is Mode.TIMES:
            phrase = self._wording.phrase
            asked = [
                (phrase.time(one), partial(self._act, TicketAct.STEP_AWAY, one)) for one in times
            ]
            return [*asked, (_("Back"), partial(self.turn, Mode.ACTS))]
        if self.mode is Mode.GIVING:
            return [
                (_("Keep my ticket"), partial(self.turn, Mode.ACTS)),
                (_("Yes, give it back"), partial(self._act, TicketAct.LEAVE, None)),
            ]
        give = (_("Give my ticket back"), partial(self.turn, Mode.GIVING))
        if ticket.back_at is not None:
            return [(_("I am here"), partial(self._act, TicketAct.COME_BACK, None)), give]
        if not times:
            return [give]
        return [(_("I come back later"), partial(self.turn, Mode.TIMES)), give]

    def _press(self, place: int) -> None:
        if place < len(self._does):
            self._does[place]()

    def _act(self, act: TicketAct, until: datetime | None) -> None:
        self.act_asked.emit(self._card, act, until)

    def turn(self, mode: Mode) -> None:
        """Ask something else."""
        self.mode = mode
        self._show()
        self.mode_changed.emit()
        if self.buttons[0].isVisible():
            self.buttons[0].setFocus()
