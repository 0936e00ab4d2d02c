"""Tickets as the console changes them and a board takes them: one question at a time for each."""

from collections.abc import Callable
from datetime import datetime
from urllib.parse import quote

from PySide6.QtCore import QObject, Signal, Slot

from kiosk.hublink.client import Call, Failure, HubClient
from kiosk.hublink.failure import Reason
from kiosk.rules.guestpass import PASS_DIGITS
from kiosk.rules.identifier import Entropy, make_id
from kiosk.wire.ticket import (
    ChangeAnswer,
    ChangeRoomTicket,
    ChangeTicket,
    TakeTicket,
    TicketAct,
    TicketAnswer,
)

TRIES = 2


def _perhaps_a_pass(number: str) -> str | None:
    """Return a number that has the digits of a guest pass: it may be one, if it is no card."""
    return number if len(number) == PASS_DIGITS else None


class TicketErrand(QObject):
    """One change and the question that carries it.

    Signals:
        ended: the errand and what came of it: a `ChangeAnswer`, or a `Failure`.
    """

    ended = Signal(object, object)

    def __init__(self, client: HubClient, room_id: str, number: int, act: TicketAct) -> None:
        super().__init__(client)
        self.ticket = (room_id, number)
        path = f"/v1/rooms/{quote(room_id, safe='')}/tickets/{number}"
        call = client.call("POST", path, ChangeRoomTicket(act=act), ChangeAnswer)
        call.answered.connect(self._end)
        call.failed.connect(self._end)

    @Slot(object)
    def _end(self, result: object) -> None:
        self.deleteLater()
        self.ended.emit(self, result)


class TicketDesk(QObject):
    """Changes tickets.

    Signals:
        answered: room id, ticket number, and a `TicketChanged`, `TicketRefused` or `Failure`.
        failed: why no answer came, for those who watch the session.
    """

    answered = Signal(str, int, object)
    failed = Signal(object)

    def __init__(self, client: HubClient, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._client = client
        self._under_way: set[tuple[str, int]] = set()

    def change(self, room_id: str, number: int, act: TicketAct) -> None:
        """Do something with a ticket; nothing while the last wish for it is under way."""
        if (room_id, number) in self._under_way:
            return
        self._under_way.add((room_id, number))
        TicketErrand(self._client, room_id, number, act).ended.connect(self._on_ended)

    def forget(self) -> None:
        """Forget everything: the person has left."""
        self._under_way.clear()

    @Slot(object, object)
    def _on_ended(self, errand: TicketErrand, result: object) -> None:
        if errand.ticket not in self._under_way:
            return
        self._under_way.discard(errand.ticket)
        self.answered.emit(*errand.ticket, result)
        if isinstance(result, Failure):
            self.failed.emit(result)


class TicketTaker(QObject):
    """Takes tickets of one room, and changes one for its holder; one question at a time.

    Where no answer comes the same ask is sent once more: under one identifier the hub gives one
    ticket.

    Signals:
        answered: a `TicketTaken`, `TicketChanged`, `TicketRefused` or `Failure`.
        failed: why no answer came, for those who watch the session.
    """

    answered = Signal(object)
    failed = Signal(object)

    def __init__(
        self,
        client: HubClient,
        room_id: str,
        clock: Callable[[], datetime],
        entropy: Entropy,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._client, self._clock, self._entropy = client, clock, entropy
        self._path = f"/v1/rooms/{quote(room_id, safe='')}/tickets"
        self._ask: TakeTicket | ChangeTicket | None = None
        self._call: Call | None = None
        self._tries = 0

    def take(self, card: str) -> None:
        """Ask for a ticket for a card, or, where it is empty, for one with a code."""
        if self._call is not None:
            return
        self._ask = TakeTicket(
            ask_id=make_id(self._clock(), self._entropy),
            card=card or None,
            guest_pass=_perhaps_a_pass(card),
        )
        self._tries = 0
        self._send()

    def change(self, card: str, act: TicketAct, until: datetime | None) -> None:
        """Do something with the ticket of whoever passed a card; to do it twice changes nothing."""
        if self._call is not None:
            return
        self._ask = ChangeTicket(card=card, guest_pass=_perhaps_a_pass(card), act=act, until=until)
        self._tries = 0
        self._send()

    def stop(self) -> None:
        """Ask no more."""
        if self._call is not None:
            self._call.abandon()
        self._call = self._ask = None

    def _send(self) -> None:
        self._tries += 1
        if isinstance(self._ask, ChangeTicket):
            path = f"{self._path}/own"
            self._call = self._client.call("POST", path, self._ask, ChangeAnswer)
        else:
            self._call = self._client.call("POST", self._path, self._ask, TicketAnswer)
        self._call.answered.connect(self._on_answer)
        self._call.failed.connect(self._on_failure)

    @Slot(object)
    def _on_answer(self, answer: object) -> None:
        self._call = self._ask = None
        self.answered.emit(answer)

    @Slot(object)
    def _on_failure(self, failure: Failure) -> None:
        if failure.reason is not Reason.PROBLEM and self._tries < TRIES:
            self._send()
            return
        self._call = self._ask = None
        self.answered.emit(failure)
        self.failed.emit(failure)
