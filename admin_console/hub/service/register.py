"""What the waiting lists need of the store: who sits, the tickets, and what was last told."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Protocol

from admin_console.hub.service.record import Elsewhere, Sitter, Slot, TicketAnswerRecord, Waiting
from kiosk.rules.waiting import WaitingList


class Sitters(Protocol):
    """Who sits, as the waiting list wants to know it."""

    def in_room(self, room_id: str) -> tuple[Sitter, ...]:
        """Return the granted and open slots of a room."""

    def of_persons(self, persons: Collection[str]) -> tuple[Sitter, ...]:
        """Return the granted and open slots of some persons, wherever they sit."""

    def opened_since(self, room_id: str, since: datetime) -> tuple[tuple[str, Slot], ...]:
        """Return the slots that opened in a room at or after an instant, each with its person."""


class TicketBook(Protocol):
    """The tickets of the rooms, by local date; whoever writes one holds its room."""

    def of_day(self, room_id: str, day: date) -> WaitingList:
        """Return the waiting list of a room on a local date."""

    def save(self, room_id: str, before: WaitingList, after: WaitingList) -> None:
        """Write what became of a list; tickets are added and changed, never taken away."""

    def elsewhere(self, person: str, room_id: str) -> Elsewhere | None:
        """Return the live ticket that a person has of another room."""

    def answer(self, ask_id: str) -> TicketAnswerRecord | None:
        """Return what was answered to an ask for a ticket."""

    def keep_answer(self, answer: TicketAnswerRecord) -> None:
        """Keep what was answered to an ask for a ticket."""

    def drop_answers(self, before: datetime) -> int:
        """Forget the answers given before an instant."""

    def drop_persons(self, before: date) -> int:
        """Forget whose the tickets were that were taken before a date."""


class WaitingBook(Protocol):
    """What was last told of each room's waiting list; whoever writes it holds the room."""

    def get(self, room_id: str) -> Waiting | None:
        """Return what was last told of a room, None if nobody has ever waited there."""

    def of_rooms(self, room_ids: Collection[str]) -> dict[str, Waiting]:
        """Return what was last told of some rooms, by room."""

    def due(self, now: datetime) -> tuple[str, ...]:
        """Return the rooms whose list is to be looked at by now, the longest due first."""

    def save(self, waiting: Waiting) -> None:
        """Write what is told of a room's list."""
