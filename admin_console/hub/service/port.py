"""What the use cases need of the world: a store, a clock, chance, and a source of people.

A use case opens one unit of work with `Store.begin` and does everything in it; leaving the block
commits, an exception rolls back. Locks are taken in one order: room, person, command, change
number. Whoever writes to a seat or a slot holds its room first. (Money: `money/__init__`.)
"""

from collections.abc import Callable, Collection, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from admin_console.hub.service.act import ActBook
from admin_console.hub.service.holidayplan import HolidayPlans
from admin_console.hub.service.identity import StationIdentity
from admin_console.hub.service.membership import Categories, Members
from admin_console.hub.service.money.port import Money
from admin_console.hub.service.provisionbook import GuestPasses, KnownCards, ParkedList, Past
from admin_console.hub.service.record import (
    ChangeRow,
    CommandRecord,
    EnrolmentCode,
    JournalEntry,
    OpeningAnswer,
    RenewalAnswer,
    Seat,
    Seated,
    Slot,
    Station,
    Told,
)
from admin_console.hub.service.register import Sitters, TicketBook, WaitingBook
from admin_console.hub.service.staffbook import StaffRows, TryRows
from kiosk.rules.allowance import AdaptedTime
from kiosk.rules.person import Member as Facts
from kiosk.wire.change import ChangeBody
from kiosk.wire.place import RoomView, SiteView


class Clock(Protocol):
    """Two clocks: one to stamp with, one to count with."""

    def now(self) -> datetime:
        """Return the instant, aware, in UTC."""

    def boot_seconds(self) -> float:
        """Return seconds that never go back."""


class SecretHasher(Protocol):
    """Turns secrets into slow hashes. Takes its time: never call it inside a unit of work."""

    def hash(self, secret: str) -> str:
        """Return a hash that carries its own salt and cost."""

    def verify(self, secret: str, hashed: str | None) -> bool:
        """Tell whether the secret fits; None costs the same work and never fits."""


class CardReferences(Protocol):
    """Turns card numbers into references that mean nothing without the hub's key."""

    def reference(self, card: str) -> str:
        """Return the reference of a card; the same card always gets the same one."""

    def seal(self, card: str, pin: str) -> str:
        """Return what is hashed for a card's code, useless to guess at without the hub's key."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody whom a source knows, and what decides who may sit and for how long.

    `first_use` says that no slot of theirs has opened yet, `tried` that they took a trial,
    `slot_seconds` how long a slot they get
    instead of the room's own.
    """

    reference: str
    first_name: str
    facts: Facts
    time: AdaptedTime = AdaptedTime.ORDINARY
    first_use: bool = False
    tried: bool = False
    slot_seconds: int | None = None


class People(Protocol):
    """A source that knows members. One check at a time on each core; never in a unit of work."""

    def reference(self, card: str) -> str:
        """Return the reference under which the hub remembers a card, known or not. Quick."""

    def knows(self, card: str) -> bool:
        """Tell whether there is such a card. Quick; for staff who hold it, never for a kiosk."""

    def find(self, card: str) -> Person | None:
        """Return whose card it is, without its code. Quick; what is told of it is the asker's."""

    def check(self, card: str, pin: str) -> Person | None:
        """Return the person, or None: the work is the same whether card or code is wrong."""


class Sites(Protocol):
    """The sites."""

    def add(self, site: SiteView) -> None:
        """Keep a new site."""

    def get(self, site_id: str) -> SiteView | None:
        """Return a site."""

    def hold(self, site_id: str) -> SiteView | None:
        """Return a site and keep everybody else from it until the end of the unit of work."""

    def save(self, site: SiteView) -> None:
        """Write what a site tells of itself; its place stays."""

    def all(self) -> tuple[SiteView, ...]:
        """Return all sites in the order in which they were added."""


class Rooms(Protocol):
    """The rooms."""

    def add(self, room: RoomView) -> None:
        """Keep a new room."""

    def get(self, room_id: str) -> RoomView | None:
        """Return a room."""

    def hold(self, room_id: str) -> RoomView | None:
        """Return a room and keep everybody else from it until the end of the unit of work."""

    def save(self, room: RoomView) -> None:
        """Write a room's name, hours, rule and bookings; its site and its place stay."""

    def of_sites(self, site_ids: Collection[str]) -> tuple[RoomView, ...]:
        """Return the rooms of some sites in the order in which they were added."""


class Seats(Protocol):
    """The seats."""

    def add(self, seat: Seat) -> None:
        """Keep a new seat."""

    def get(self, seat_id: str) -> Seat | None:
        """Return a seat."""

    def of_room(self, room_id: str) -> tuple[Seat, ...]:
        """Return the seats of a room by number."""

    def of_sites(self, site_ids: Collection[str]) -> tuple[Seat, ...]:
        """Return the seats of some sites by room and number."""

    def in_contact(self) -> tuple[Seat, ...]:
        """Return the seats whose station was in contact when last written."""

    def save(self, seat: Seat) -> None:
        """Write what stands at a seat; its place and its station are not changed here."""


class Stations(Protocol):
    """The stations."""

    def add(self, station: Station) -> None:
        """Keep a new station; its seat must have no other that is not retired."""

    def get(self, station_id: str) -> Station | None:
        """Return a station, retired ones too."""

    def by_token(self, token_sha256: bytes) -> StationIdentity | None:
        """Return who holds this token, unless retired."""

    def enrol_again(self, station: Station) -> None:
        """Give a known station its new seat and token; a retired one is somebody again."""

    def retire(self, station_id: str, at: datetime) -> None:
        """Make a station nobody."""

    def describe(self, station_id: str, version: str, windowed: bool) -> None:
        """Keep what a station said of itself when it started."""


class Codes(Protocol):
    """The enrolment codes."""

    def add(self, code: EnrolmentCode) -> None:
        """Keep a new code."""

    def get(self, code_sha256: bytes) -> EnrolmentCode | None:
        """Return a code."""

    def use(self, code_sha256: bytes) -> bool:
        """Use a code once; False when nothing is left of it."""

    def drop_expired(self, now: datetime) -> int:
        """Forget the codes that are too old."""


class Slots(Protocol):
    """The slots, their persons, and what was answered about them."""

    def add(self, slot: Slot, person: str | None) -> None:
        """Keep a new slot and the reference of its person, None where nobody knows it."""

    def get(self, slot_id: str) -> Slot | None:
        """Return a slot."""

    def save(self, slot: Slot) -> None:
        """Write a slot."""

    def leave(self, slot_id: str, at: datetime) -> None:
        """Write that a slot's visitor sat down elsewhere; its room need not be held."""

    def person(self, slot_id: str) -> str | None:
        """Return the reference of a slot's person, None once purged."""

    def live_on(self, seat_id: str) -> tuple[Slot, ...]:
        """Return the granted and open slots of a seat."""

    def last_on(self, seat_id: str) -> Slot | None:
        """Return the slot that opened last on a seat."""

    def live_of(self, person: str) -> tuple[Seated, ...]:
        """Return the granted and open slots of a person, with their seats."""

    def of_person_since(self, person: str, room_id: str, since: datetime) -> tuple[Slot, ...]:
        """Return the slots that a person opened in a room at or after an instant."""

    def open_in(self, site_ids: Collection[str]) -> tuple[Slot, ...]:
        """Return the open slots of some sites."""

    def of_seat(self, seat_id: str, start: datetime, end: datetime) -> tuple[Slot, ...]:
        """Return the slots of a seat that ran between two instants, oldest first."""

    def granted_before(self, at: datetime) -> tuple[Slot, ...]:
        """Return the slots granted before an instant that have not opened."""

    def open_ending_before(self, at: datetime) -> tuple[Slot, ...]:
        """Return the open slots whose time was over before an instant."""

    def answer(self, slot_id: str) -> OpeningAnswer | None:
        """Return what was answered to the opening of a slot."""

    def keep_answer(self, answer: OpeningAnswer) -> None:
        """Keep what was answered to an opening."""

    def renewal(self, slot_id: str, from_total_seconds: int) -> RenewalAnswer | None:
        """Return what was answered to a renewal."""

    def keep_renewal(self, answer: RenewalAnswer) -> None:
        """Keep what was answered to a renewal."""

    def renewals_granted(self, slot_id: str, below_total: int) -> int:
        """Count the renewals granted from a total below this one, the mercy left out."""

    def mercy_granted(self, slot_id: str) -> bool:
        """Tell whether the minutes of mercy were granted to a slot."""

    def drop_persons(self, before: datetime) -> int:
        """Forget whose the slots were that were granted before an instant."""

    def drop_answers(self, openings_before: datetime, renewals_before: datetime) -> int:
        """Forget the answers to openings and to renewals given before an instant each."""


class Events(Protocol):
    """The journal: facts are added, never changed, never taken away."""

    def known(self, event_ids: Collection[str]) -> dict[str, str | None]:
        """Return those of the ids that the journal has, with the code of the parked ones."""

    def append(self, entries: Sequence[JournalEntry]) -> None:
        """Add facts; those with a code are also put on the list of parked ones."""

    def of_seat(
        self, seat_id: str, start: datetime, end: datetime, limit: int
    ) -> tuple[JournalEntry, ...]:
        """Return the newest facts of a seat from `start` to before `end`, newest first."""

    def parked(self, limit: int) -> tuple[JournalEntry, ...]:
        """Return the newest parked facts, newest first."""


class Changes(Protocol):
    """The numbered changes. A change is numbered when the unit of work commits, last of all."""

    def add(self, body: ChangeBody, *, topic: str, site_id: str, for_staff: bool = True) -> None:
        """Add a change under a topic; staff of the site read it too if it is for them."""

    def last(self) -> int:
        """Return the number of the last change committed; 0 before the first."""

    def dropped(self) -> int:
        """Return the number of the newest change that is no longer kept; 0 if all are."""

    def of_topics(
        self, topics: Collection[str], after: int, last: int, limit: int
    ) -> tuple[ChangeRow, ...]:
        """Return the changes under some topics, numbered after `after` up to `last`, in order."""

    def of_sites(
        self, site_ids: Collection[str], after: int, last: int, limit: int
    ) -> tuple[ChangeRow, ...]:
        """Return the changes for staff of some sites, numbered likewise, in order."""

    def drop(self, before: datetime) -> int:
        """Forget the changes made before an instant."""


class CommandRows(Protocol):
    """The commands."""

    def add(self, command: CommandRecord) -> None:
        """Keep a new command."""

    def get(self, command_id: str) -> CommandRecord | None:
        """Return a command."""

    def save(self, command: CommandRecord) -> None:
        """Write where a command stands."""

    def overdue(self, sent_before: datetime, received_before: datetime) -> tuple[str, ...]:
        """Return ids of the commands whose `expires_at` was before these, by their state."""

    def drop(self, before: datetime) -> int:
        """Forget the commands issued before an instant."""


@dataclass(frozen=True, slots=True)
class Work:
    """One unit of work: rows, one commit. `hold` keeps others from a subject until its end."""

    sites: Sites
    rooms: Rooms
    seats: Seats
    stations: Stations
    codes: Codes
    members: Members
    categories: Categories
    slots: Slots
    sitters: Sitters
    tickets: TicketBook
    waiting: WaitingBook
    known: KnownCards
    passes: GuestPasses
    past: Past
    events: Events
    parked: ParkedList
    acts: ActBook
    holidays: HolidayPlans
    changes: Changes
    commands: CommandRows
    staff: StaffRows
    tries: TryRows
    money: Money
    hold: Callable[[str], None]


Listener = Callable[[tuple[Told, ...]], None]
"""Is told the changes of a commit, in its thread, right after it."""


class Store(Protocol):
    """Where everything is kept."""

    def begin(self, *, write: bool) -> AbstractContextManager[Work]:
        """Open a unit of work. Reads see one moment; writes exclude each other where they meet."""

    def watch(self, listener: Listener) -> Callable[[], None]:
        """Tell a listener of every commit with changes; returns what ends that."""
