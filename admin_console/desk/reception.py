"""The wishes of the page *Accueil* on their way to the hub: people, seats, passes, files.

One wish of each kind is under way at a time; a later card takes the place of an earlier one. A wish
that makes something bears an identifier that is kept until it is answered, and is sent once more
where no answer came: however often Enter is pressed, one ticket is taken, one pass is made, and one
person is kept.
"""

from collections.abc import Callable
from datetime import datetime
from urllib.parse import quote

from PySide6.QtCore import QObject, Signal, Slot

from admin_console.desk.errand import TRIES, Errand, Request
from admin_console.desk.models.wish import (
    Alter,
    Give,
    Import,
    Meet,
    NewPass,
    NewPin,
    Register,
    ShowCard,
    Wish,
)
from kiosk.hublink.client import Failure, HubClient
from kiosk.hublink.failure import Reason
from kiosk.rules.identifier import Entropy, make_id
from kiosk.wire.act import ShowCard as CardToShow
from kiosk.wire.codec import Message
from kiosk.wire.desk import ShowAnswer
from kiosk.wire.people import (
    ChangePerson,
    ImportAnswer,
    ImportPeople,
    MakePin,
    MeetingAnswer,
    MeetPerson,
    PersonChangeAnswer,
    PinAnswer,
    RegisterPerson,
    RegistrationAnswer,
)
from kiosk.wire.provision import MakePass, PassAnswer
from kiosk.wire.ticket import TakeTicket, TicketAnswer

IMPORT_MS = 120_000


class Reception(QObject):
    """Does wishes.

    Signals:
        answered: the `Wish`, and the hub's answer or a `Failure`.
        failed: why no answer came, for those who watch the session.
    """

    answered = Signal(object, object)
    failed = Signal(object)

    def __init__(
        self,
        client: HubClient,
        clock: Callable[[], datetime],
        entropy: Entropy,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._client, self._clock, self._entropy = client, clock, entropy
        self._under_way: dict[type[Wish], Errand[Wish]] = {}
        self._ids: dict[Wish, str] = {}

    def do(self, wish: Wish) -> None:
        """Ask the hub; nothing while another wish of the kind is under way, but for a card."""
        kind = type(wish)
        before = self._under_way.get(kind)
        if before is not None:
            if not isinstance(wish, Meet):
                return
            before.abandon()
        repeatable = isinstance(wish, Meet | Give | NewPass | Register)
        errand = Errand(self._client, wish, self._request(wish), TRIES if repeatable else 1)
        errand.ended.connect(self._on_ended)
        self._under_way[kind] = errand

    def forget(self) -> None:
        """Forget everything: the person has left."""
        for errand in self._under_way.values():
            errand.abandon()
        self._under_way.clear()
        self._ids.clear()

    def _keeps(self, wish: Wish) -> bool:
        return not isinstance(wish, Give | Register) or type(wish) in self._under_way

    def _id_of(self, wish: Wish) -> str:
        return self._ids.setdefault(wish, make_id(self._clock(), self._entropy))

    def _request(self, wish: Wish) -> Request:
        match wish:
            case Meet(card, room_id):
                ask: Message = MeetPerson(card=card, room_id=room_id)
                return Request("/v1/people/search", ask, MeetingAnswer)
            case Give(card, room_id, seat):
                ask = TakeTicket(ask_id=self._id_of(wish), card=card, seat=seat)
                path = f"/v1/rooms/{quote(room_id, safe='')}/tickets"
                return Request(path, ask, TicketAnswer)
            case ShowCard(card, room_id):
                ask = CardToShow(card=card, room_id=room_id)
                return Request("/v1/cards/show", ask, ShowAnswer)
            case Register(facts, card):
                ask_id = self._id_of(wish)
                ask = RegisterPerson(ask_id=ask_id, facts=facts, card=card or None)
                return Request("/v1/people", ask, RegistrationAnswer)
            case Alter(card, facts):
                ask = ChangePerson(card=card, facts=facts)
                return Request("/v1/people/change", ask, PersonChangeAnswer)
            case NewPin(card):
                return Request("/v1/people/pin", MakePin(card=card), PinAnswer)
            case NewPass(site_id, duration_code):
                ask = MakePass(ask_id=self._id_of(wish), duration_code=duration_code)
                path = f"/v1/sites/{quote(site_id, safe='')}/passes"
                return Request(path, ask, PassAnswer)
            case Import(content, confirmed):
                ask = ImportPeople(content=content, confirmed=confirmed)
                return Request("/v1/people/import", ask, ImportAnswer, IMPORT_MS)

    @Slot(object, object)
    def _on_ended(self, errand: Errand[Wish], result: object) -> None:
        wish = errand.wish
        if self._under_way.get(type(wish)) is not errand:
            return
        del self._under_way[type(wish)]
        if not isinstance(result, Failure) or result.reason is Reason.PROBLEM:
            self._ids.pop(wish, None)
            if isinstance(wish, Meet):
                # What the hub tells of a card says whether a ticket was taken, or who it is: the
                # next wish for one, or to register somebody, is another intent.
                self._ids = {one: kept for one, kept in self._ids.items() if self._keeps(one)}
        self.answered.emit(wish, result)
        if isinstance(result, Failure):
            self.failed.emit(result)
