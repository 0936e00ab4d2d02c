"""The estate as the console knows it: what the hub told once, and every change since.

`EstateBook` holds facts only. What a seat shows at an instant follows from them in `stand`; what
has to be painted again, in `board`. No clock is read here.
"""

from dataclasses import dataclass, field

from kiosk.wire.change import (
    Change,
    ChangesPage,
    CommandChanged,
    CommandIssued,
    CreditChanged,
    ParkedChanged,
    ProvisionsChanged,
    RoomChanged,
    SeatChanged,
    SiteChanged,
    WaitingChanged,
)
from kiosk.wire.command import CommandState, CommandView
from kiosk.wire.desk import Estate
from kiosk.wire.parked import ParkedFact, ParkedFacts
from kiosk.wire.people import CategoryView
from kiosk.wire.place import RoomView, SeatView, SiteView
from kiosk.wire.waiting import WaitingView

KEPT_COMMANDS = 12
"""How many commands of one seat are remembered; the oldest leave first."""

PROGRESS = {
    CommandState.SENT: 0,
    CommandState.RECEIVED: 1,
    CommandState.DONE: 2,
    CommandState.REFUSED: 2,
    CommandState.EXPIRED: 2,
}

FINAL = frozenset({CommandState.DONE, CommandState.REFUSED, CommandState.EXPIRED})
"""The states after which a command moves no more."""


@dataclass(frozen=True, slots=True)
class Touched:
    """The ids of what a change was about; `parked` are sites whose parked facts are others."""

    sites: frozenset[str] = field(default_factory=frozenset)
    rooms: frozenset[str] = field(default_factory=frozenset)
    seats: frozenset[str] = field(default_factory=frozenset)
    commands: frozenset[str] = field(default_factory=frozenset)
    parked: frozenset[str] = field(default_factory=frozenset)

    def __or__(self, other: "Touched") -> "Touched":
        return Touched(
            self.sites | other.sites,
            self.rooms | other.rooms,
            self.seats | other.seats,
            self.commands | other.commands,
            self.parked | other.parked,
        )


NOTHING = Touched()


class EstateBook:
    """Sites, rooms, seats and commands, brought up to date by the hub's changes.

    A change counts once: its number must pass the cursor. Whatever is repeated, and whatever is
    about something unknown, does no harm.
    """

    def __init__(self, estate: Estate) -> None:
        self._cursor = 0
        self._sites: dict[str, SiteView] = {}
        self._rooms: dict[str, RoomView] = {}
        self._seats: dict[str, SeatView] = {}
        self._members: dict[str, set[str]] = {}
        self._waiting: dict[str, WaitingView] = {}
        self._commands: dict[str, CommandView] = {}
        self._categories: tuple[CategoryView, ...] = ()
        self._parked: dict[str, tuple[ParkedFact, ...]] = {}
        self.restart(estate)

    @property
    def cursor(self) -> int:
        """The number of the last change that is in the book."""
        return self._cursor

    def restart(self, estate: Estate) -> Touched:
        """Take the estate anew; the commands that this console sent stay known."""
        before = self._all()
        self._cursor = estate.cursor
        self._categories = estate.categories
        self._sites = {part.site.site_id: part.site for part in estate.sites}
        rooms = [room for part in estate.sites for room in part.rooms]
        self._rooms = {part.room.room_id: part.room for part in rooms}
        self._waiting = {
            part.room.room_id: part.waiting for part in rooms if part.waiting is not None
        }
        self._seats, self._members = {}, {}
        for part in rooms:
            for seat in part.seats:
                self._take_seat(seat)
        return before | self._all()

    def apply(self, change: Change) -> Touched:
        """Take one change in; tell what it was about."""
        if change.n <= self._cursor:
            return NOTHING
        self._cursor = change.n
        match change.body:
            case SiteChanged(site=site):
                self._sites[site.site_id] = site
                return Touched(sites=frozenset({site.site_id}))
            case RoomChanged(room=room):
                self._rooms[room.room_id] = room
                return Touched(rooms=frozenset({room.room_id}))
            case SeatChanged(seat=seat):
                self._take_seat(seat)
                return Touched(seats=frozenset({seat.seat_id}))
            case WaitingChanged(waiting=waiting):
                self._waiting[waiting.room_id] = waiting
                return Touched(rooms=frozenset({waiting.room_id}))
            case CommandChanged(command=command):
                return self.take_command(command)
            case ParkedChanged(site_id=site_id):
                return Touched(parked=frozenset({site_id}))
            case CommandIssued() | ProvisionsChanged() | CreditChanged():
                return NOTHING

    def apply_page(self, page: ChangesPage) -> Touched:
        """Take a page of changes in; the cursor never goes back."""
        touched = NOTHING
        for change in page.changes:
            touched |= self.apply(change)
        self._cursor = max(self._cursor, page.cursor)
        return touched

    def take_command(self, command: CommandView) -> Touched:
        """Take a command's state in; an older state never replaces a newer one."""
        known = self._commands.get(command.command_id)
        if known is not None and not _is_newer(command, known):
            return NOTHING
        self._commands[command.command_id] = command
        of_seat = self.commands_of(command.seat_id)
        for oldest in of_seat[KEPT_COMMANDS:]:
            del self._commands[oldest.command_id]
        return Touched(commands=frozenset({command.command_id}))

    def take_parked(self, facts: ParkedFacts) -> Touched:
        """Take in the parked facts of a site that nobody has looked at."""
        self._parked[facts.site_id] = facts.facts
        return Touched(parked=frozenset({facts.site_id}))

    def parked(self, site_id: str) -> tuple[ParkedFact, ...]:
        """Return the parked facts of a site, the newest first, as far as they were read."""
        return self._parked.get(site_id, ())

    def site(self, site_id: str) -> SiteView | None:
        """Return a site."""
        return self._sites.get(site_id)

    def room(self, room_id: str) -> RoomView | None:
        """Return a room."""
        return self._rooms.get(room_id)

    def site_name(self, site_id: str) -> str:
        """Return the name of a site, empty for one that is unknown."""
        site = self._sites.get(site_id)
        return site.name if site is not None else ""

    def room_name(self, room_id: str) -> str:
        """Return the name of a room, empty for one that is unknown."""
        room = self._rooms.get(room_id)
        return room.name if room is not None else ""

    def categories(self) -> tuple[CategoryView, ...]:
        """Return the categories of members, in the order of the hub."""
        return self._categories

    def waiting(self, room_id: str) -> WaitingView | None:
        """Return the waiting list of a room, None while the hub has told none."""
        return self._waiting.get(room_id)

    def seat(self, seat_id: str) -> SeatView | None:
        """Return a seat."""
        return self._seats.get(seat_id)

    def command(self, command_id: str) -> CommandView | None:
        """Return a command."""
        return self._commands.get(command_id)

    def sites(self) -> tuple[SiteView, ...]:
        """Return all sites in the order of the hub."""
        return tuple(self._sites.values())

    def rooms_of(self, site_id: str) -> tuple[RoomView, ...]:
        """Return the rooms of a site in the order of the hub."""
        return tuple(room for room in self._rooms.values() if room.site_id == site_id)

    def seats_of(self, site_id: str) -> tuple[SeatView, ...]:
        """Return the seats of a site in seat order, room by room; unknown rooms are left out."""
        return tuple(
            seat for room in self.rooms_of(site_id) for seat in self.seats_of_room(room.room_id)
        )

    def seats_of_room(self, room_id: str) -> tuple[SeatView, ...]:
        """Return the seats of a room in seat order."""
        found = (self._seats[seat_id] for seat_id in self._members.get(room_id, ()))
        return tuple(sorted(found, key=lambda seat: (seat.number, seat.seat_id)))

    def seat_numbers(self, room_id: str) -> tuple[int, ...]:
        """Return the numbers of a room's seats, in order."""
        return tuple(seat.number for seat in self.seats_of_room(room_id))

    def commands_of(self, seat_id: str) -> tuple[CommandView, ...]:
        """Return the commands of a seat, newest first."""
        found = (one for one in self._commands.values() if one.seat_id == seat_id)
        return tuple(sorted(found, key=_age, reverse=True))

    def facts(self) -> tuple[object, ...]:
        """Return all that the book says, to compare two books."""
        return (
            self._cursor, dict(self._sites), dict(self._rooms), dict(self._seats),
            dict(self._waiting), dict(self._commands),
        )  # fmt: skip

    def _take_seat(self, seat: SeatView) -> None:
        before = self._seats.get(seat.seat_id)
        if before is not None and before.room_id != seat.room_id:
            self._members[before.room_id].discard(seat.seat_id)
        self._members.setdefault(seat.room_id, set()).add(seat.seat_id)
        self._seats[seat.seat_id] = seat

    def _all(self) -> Touched:
        return Touched(frozenset(self._sites), frozenset(self._rooms), frozenset(self._seats))


def _age(command: CommandView) -> tuple[object, str]:
    return command.issued_at, command.command_id


def _is_newer(command: CommandView, known: CommandView) -> bool:
    mine, theirs = PROGRESS[command.state], PROGRESS[known.state]
    return mine > theirs or (mine == theirs and command.changed_at > known.changed_at)
