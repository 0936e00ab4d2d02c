"""What acting without the hub needs of the store, and of the hub's pepper.

A known card is kept by two names: its reference, as everywhere in the hub, and its look-up under
the room's key, which is all that a station has of it.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from admin_console.hub.service.record import Slot
from kiosk.rules.guestpass import Use


@dataclass(frozen=True, slots=True)
class Known:
    """A card that was accepted in a room.

    `code_mark` tells the code that the verifier was made of from others. Without `verifier` the
    card was forgotten: no station takes it, and what one had taken before is still recognised.
    """

    room_id: str
    reference: str
    lookup: str
    accepted_at: datetime
    verifier: str | None = None
    code_mark: bytes | None = None


@dataclass(frozen=True, slots=True)
class GuestPass:
    """A guest pass that was given out. The digits that prove it are derived, never kept."""

    ask_id: str
    site_id: str
    day: date
    duration_code: int
    serial: int
    made_by: str
    made_at: datetime

    @property
    def use(self) -> Use:
        """What tells it from all others of its site."""
        return Use(self.day, self.duration_code, self.serial)


@dataclass(frozen=True, slots=True)
class ParkedRow:
    """A parked fact and where it happened."""

    event_id: str
    room_id: str
    seat_id: str
    at: datetime
    received_at: datetime
    kind: str
    code: str


class Keys(Protocol):
    """Derives keys from the hub's pepper: told to stations, never kept and never logged."""

    def room_key(self, room_id: str) -> bytes:
        """Return the key of a room: 32 bytes, the same for the life of the database."""

    def day_key(self, site_id: str, day: date) -> bytes:
        """Return the key of a site's guest passes on a local date: 32 bytes."""

    def guest(self, site_id: str, use: Use) -> str:
        """Return the reference of whoever holds a pass."""


class KnownCards(Protocol):
    """The cards that were accepted in each room; whoever writes one holds its person."""

    def get(self, room_id: str, reference: str) -> Known | None:
        """Return what is kept of a card in a room, forgotten or not."""

    def by_lookup(self, room_id: str, lookup: str) -> Known | None:
        """Return the card that a station has under a look-up, forgotten or not."""

    def of_room(self, room_id: str, since: datetime) -> tuple[Known, ...]:
        """Return the cards accepted in a room at or after an instant and not forgotten."""

    def save(self, known: Known) -> None:
        """Keep what stands of a card in a room."""

    def forget(self, references: Collection[str]) -> tuple[str, ...]:
        """Take the verifiers of some cards away; returns the rooms that had one."""

    def drop(self, before: datetime) -> int:
        """Forget the cards accepted before an instant, and whose they were."""


class GuestPasses(Protocol):
    """The passes that were given out and used; whoever writes one holds the site's passes."""

    def asked(self, ask_id: str) -> GuestPass | None:
        """Return the pass that an ask was answered with."""

    def serials(self, site_id: str, day: date, duration_code: int) -> frozenset[int]:
        """Return the serials given out on a day for a duration."""

    def add(self, made: GuestPass) -> None:
        """Keep a new pass."""

    def is_made(self, site_id: str, use: Use) -> bool:
        """Tell whether a pass was given out."""

    def used_by(self, site_id: str, use: Use) -> str | None:
        """Return the slot that a pass was used for, None if it was not."""

    def keep_use(self, site_id: str, use: Use, slot_id: str, at: datetime) -> None:
        """Keep for which slot a pass was used; a slot that goes on takes the place of the first."""

    def used_from(self, site_id: str, day: date) -> tuple[Use, ...]:
        """Return the passes of a date and later that have a slot which was not given up."""

    def drop(self, before: date) -> int:
        """Forget the passes of the dates before one, and their uses."""


class Past(Protocol):
    """The slots of one person in all rooms."""

    def of_person(self, person: str, since: datetime) -> tuple[Slot, ...]:
        """Return the slots that somebody opened at or after an instant, in any room."""


class ParkedList(Protocol):
    """The parked facts that nobody has looked at yet."""

    def of_site(self, site_id: str, limit: int) -> tuple[ParkedRow, ...]:
        """Return the newest ones of a site, newest first."""

    def take_off(self, site_id: str, event_ids: Collection[str]) -> int:
        """Take facts of a site off the list; returns how many stood there."""
