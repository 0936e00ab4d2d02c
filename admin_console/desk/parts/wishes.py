"""What is pressed in the panel of a seat, turned into the commands that are wished for."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from admin_console.desk.models.stand import SeatStand
from admin_console.desk.parts.seat_panel import SeatPanel
from kiosk.wire.command import (
    AnswerHelp,
    ClearOutOfOrder,
    CommandBody,
    Identify,
    SetOutOfOrder,
    ShowMessage,
)


class SeatWishes(QObject):
    """Listens to the panel.

    Args:
        panel: where staff press.
        chosen: the seat that is chosen, if any.
        may_act: false for those who only watch: they wish for nothing.

    Signals:
        asked: seat id, slot id or None, and the body of a command.
    """

    asked = Signal(str, object, object)

    def __init__(
        self, panel: SeatPanel, chosen: Callable[[], SeatStand | None], *, may_act: bool
    ) -> None:
        super().__init__(panel)
        self._chosen, self._may_act = chosen, may_act
        panel.message_sent.connect(self._on_message)
        panel.broken.connect(self._on_broken)
        panel.mend_asked.connect(self._on_mend)
        panel.identify_asked.connect(self._on_identify)
        panel.help_answered.connect(self._on_help)

    def send(self, body: CommandBody) -> None:
        """Wish for a command to the chosen seat."""
        stand = self._chosen()
        if stand is not None and self._may_act:
            self.asked.emit(stand.seat_id, stand.slot_id, body)

    def _on_message(self, text: str) -> None:
        self.send(ShowMessage(text=text))

    def _on_broken(self, reason: str) -> None:
        self.send(SetOutOfOrder(reason=reason))

    def _on_mend(self) -> None:
        self.send(ClearOutOfOrder())

    def _on_identify(self) -> None:
        self.send(Identify())

    def _on_help(self) -> None:
        self.send(AnswerHelp())
