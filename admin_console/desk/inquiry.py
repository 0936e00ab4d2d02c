"""Questions: what more time would do at the seat that is chosen, how its day went, a card's seat.

Only the last question of each kind counts; the answer to an earlier one is never shown.
"""

from urllib.parse import quote

from PySide6.QtCore import QObject, Signal, Slot

from kiosk.hublink.client import Call, Failure, HubClient
from kiosk.wire.act import ActsPage, ReadActs
from kiosk.wire.desk import CardAnswer, FindCard, ForecastAnswer, SeatDay


class Inquiry(QObject):
    """Asks.

    Signals:
        forecast_told: slot id, seconds asked for, and the answer; None where none came.
        day_told: seat id and the day; None where none came.
        card_told: where a card sits; None where no answer came.
        acts_told: what was asked of the journal, and a page of it; None where no answer came.
        failed: why no answer came, for those who watch the session.
    """

    forecast_told = Signal(str, int, object)
    day_told = Signal(str, object)
    card_told = Signal(object)
    acts_told = Signal(object, object)
    failed = Signal(object)

    def __init__(self, client: HubClient, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._client = client
        self._forecast: Call | None = None
        self._forecast_of = ("", 0)
        self._day: Call | None = None
        self._day_of = ""
        self._card: Call | None = None
        self._acts: Call | None = None
        self._acts_of: ReadActs | None = None

    def ask_forecast(self, slot_id: str, seconds: int) -> None:
        """Ask what `seconds` more would do to a slot."""
        if self._forecast is not None:
            self._forecast.abandon()
        self._forecast_of = (slot_id, seconds)
        path = f"/v1/slots/{slot_id}/forecast?seconds={seconds}"
        self._forecast = self._client.call("GET", path, None, ForecastAnswer)
        self._forecast.answered.connect(self._on_forecast)
        self._forecast.failed.connect(self._on_no_forecast)

    def ask_day(self, seat_id: str) -> None:
        """Ask how a seat's day went."""
        if self._day is not None:
            self._day.abandon()
        self._day_of = seat_id
        path = f"/v1/seats/{quote(seat_id, safe='')}/day"
        self._day = self._client.call("GET", path, None, SeatDay)
        self._day.answered.connect(self._on_day)
        self._day.failed.connect(self._on_no_day)

    def ask_card(self, card: str) -> None:
        """Ask where a card sits. It goes into the body of the question only."""
        if self._card is not None:
            self._card.abandon()
        ask = FindCard(card=card)
        self._card = self._client.call("POST", "/v1/cards/search", ask, CardAnswer)
        self._card.answered.connect(self._on_card)
        self._card.failed.connect(self._on_no_card)

    def ask_acts(self, ask: ReadActs) -> None:
        """Ask what staff did."""
        if self._acts is not None:
            self._acts.abandon()
        self._acts_of = ask
        self._acts = self._client.call("POST", "/v1/acts/search", ask, ActsPage)
        self._acts.answered.connect(self._on_acts)
        self._acts.failed.connect(self._on_no_acts)

    def stop(self) -> None:
        """Ask no more; nothing is told until the next question."""
        for call in (self._forecast, self._day, self._card, self._acts):
            if call is not None:
                call.abandon()
        self._forecast = self._day = self._card = self._acts = None

    @Slot(object)
    def _on_forecast(self, answer: ForecastAnswer) -> None:
        self._forecast = None
        self.forecast_told.emit(*self._forecast_of, answer)

    @Slot(object)
    def _on_no_forecast(self, failure: Failure) -> None:
        self._forecast = None
        self.forecast_told.emit(*self._forecast_of, None)
        self.failed.emit(failure)

    @Slot(object)
    def _on_card(self, answer: CardAnswer) -> None:
        self._card = None
        self.card_told.emit(answer)

    @Slot(object)
    def _on_no_card(self, failure: Failure) -> None:
        self._card = None
        self.card_told.emit(None)
        self.failed.emit(failure)

    @Slot(object)
    def _on_acts(self, page: ActsPage) -> None:
        self._acts = None
        self.acts_told.emit(self._acts_of, page)

    @Slot(object)
    def _on_no_acts(self, failure: Failure) -> None:
        self._acts = None
        self.acts_told.emit(self._acts_of, None)
        self.failed.emit(failure)

    @Slot(object)
    def _on_day(self, day: SeatDay) -> None:
        self._day = None
        self.day_told.emit(self._day_of, day)

    @Slot(object)
    def _on_no_day(self, failure: Failure) -> None:
        self._day = None
        self.day_told.emit(self._day_of, None)
        self.failed.emit(failure)
