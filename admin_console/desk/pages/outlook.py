"""What more time for the chosen seat would do: asked before it is given, and shown in its panel."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QObject, Signal

from admin_console.desk.models.stand import SeatStand
from admin_console.desk.models.telling import Telling
from admin_console.desk.models.wording import Wording
from admin_console.desk.parts.seat_panel import SeatPanel, abilities
from kiosk.wire.command import ExtendSlot
from kiosk.wire.desk import ExtensionForecast, ForecastAnswer

NOTHING: tuple[str, int, datetime | None] = ("", 0, None)


class Outlook(QObject):
    """The question of more time, for whoever sits on the chosen seat.

    Signals:
        asked: slot id and seconds more.
        extended: the `ExtendSlot` that was shown what it does.
    """

    asked = Signal(str, int)
    extended = Signal(object)

    def __init__(
        self,
        panel: SeatPanel,
        stand: Callable[[], SeatStand | None],
        wording: Wording,
        telling: Telling,
        *,
        may_act: bool,
    ) -> None:
        super().__init__(panel)
        self._panel, self._stand, self._may_act = panel, stand, may_act
        self._wording, self._telling = wording, telling
        self._answer: ForecastAnswer | None = None
        self._of = NOTHING
        panel.forecast_asked.connect(self.ask)
        panel.extension_asked.connect(self._on_extension)

    def forget(self) -> None:
        """Ask anew: another seat is chosen."""
        self._of = NOTHING

    def follow(self, stand: SeatStand) -> None:
        """Ask anew where the slot or its end is another than when it was asked."""
        if self._may_act and abilities(stand).extend:
            seconds = self._panel.acts.seconds()
            if (stand.slot_id or "", seconds, stand.ends_at) != self._of:
                self.ask(seconds)

    def ask(self, seconds: int) -> None:
        """Ask what so many seconds more would do."""
        stand = self._stand()
        self._answer = None
        self.tell()
        if stand is not None and stand.slot_id is not None and self._may_act:
            self._of = (stand.slot_id, seconds, stand.ends_at)
            self.asked.emit(stand.slot_id, seconds)

    def show(self, slot_id: str, seconds: int, answer: ForecastAnswer | None) -> None:
        """Show what more time would do, where it is still the question."""
        stand = self._stand()
        if stand is not None and (stand.slot_id, self._panel.acts.seconds()) == (slot_id, seconds):
            self._answer = answer
            self.tell()

    def tell(self) -> None:
        """Say it again."""
        answer, until = self._answer, ""
        if answer is None:
            self._panel.show_outlook(None, "")
            return
        if isinstance(answer, ExtensionForecast):
            until = self._wording.phrase.time(answer.ends_at)
        self._panel.show_outlook(self._telling.forecast(answer), until)

    def _on_extension(self) -> None:
        if isinstance(self._answer, ExtensionForecast):
            total, self._answer = self._answer.total_seconds, None
            self._panel.show_outlook(None, "")
            self.extended.emit(ExtendSlot(total_seconds=total))
