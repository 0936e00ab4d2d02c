"""The live picture of the estate: the book's facts at the last instant it was settled for.

`settle(now)` computes again only what a change touched or what time moved, and tells which seats
and sites look different. `next_change` is the instant of the next call that would tell anything,
so one timer is enough for any number of seats. No Qt and no clock of its own.
"""

import heapq
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from admin_console.desk.models.estate import EstateBook, Touched
from admin_console.desk.models.stand import (
    RoomTimes,
    SeatStand,
    SiteTally,
    next_change_of,
    room_times,
    seat_stand,
    site_tally,
)
from admin_console.desk.models.ticket_stand import (
    TicketStand,
    held_tickets,
    how_many_wait,
    next_ticket_change,
    somebody_waits,
    ticket_stands,
)
from kiosk.wire.place import RoomView, SiteView

ZONE_WITHOUT_ROOMS = "Europe/Paris"


@dataclass(frozen=True, slots=True)
class Difference:
    """What looks different since the last time.

    `layout` lists sites whose seats came or went, `waiting` those whose waiting lists moved,
    `parked` those whose parked facts are others, and `rooms` the rooms that are not what they were,
    whether it shows on a seat or not. `told` lists sites that tell something else of themselves.
    """

    seats: frozenset[str] = frozenset()
    sites: frozenset[str] = frozenset()
    commands: frozenset[str] = frozenset()
    layout: frozenset[str] = frozenset()
    waiting: frozenset[str] = frozenset()
    rooms: frozenset[str] = frozenset()
    parked: frozenset[str] = frozenset()
    told: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        parts = (
            self.seats, self.sites, self.commands, self.layout, self.waiting, self.rooms,
            self.parked, self.told,
        )  # fmt: skip
        return any(parts)


class Board:
    """Stands and tallies, kept at one instant.

    Args:
        book: the facts; the board is told what changed in them by `touch`.
        now: the first instant, aware.
    """

    def __init__(self, book: EstateBook, now: datetime) -> None:
        self.book = book
        self._now = now
        self._times: dict[str, RoomTimes] = {}
        self._turns: dict[str, datetime] = {}
        self._lists: dict[str, tuple[tuple[TicketStand, ...], ...]] = {}
        self._rooms: dict[str, RoomView | None] = {}
        self._stands: dict[str, SeatStand] = {}
        self._tallies: dict[str, SiteTally] = {}
        self._told: dict[str, SiteView | None] = {}
        self._orders: dict[str, tuple[str, ...]] = {}
        self._due: dict[str, datetime] = {}
        self._heap: list[tuple[datetime, str]] = []
        self._dirty = Touched()
        self._touch_all()
        self.settle(now)

    @property
    def now(self) -> datetime:
        """The instant that the board shows."""
        return self._now

    def touch(self, touched: Touched) -> None:
        """Say what changed in the book; it is looked at by the next `settle`."""
        self._dirty |= touched

    def settle(self, now: datetime) -> Difference:
        """Bring everything to `now` and tell what looks different."""
        if now < self._now:
            # A clock that was set back makes every kept instant doubtful.
            self._touch_all()
            self._times.clear()
            self._turns.clear()
        self._now = now
        dirty, self._dirty = self._dirty, Touched()
        moved_sites, stale = self._settle_rooms(dirty, now)
        seats = set(dirty.seats) | stale | self._take_due(now)
        different: set[str] = set()
        reordered = {
            room.site_id for room_id in dirty.rooms if (room := self.book.room(room_id)) is not None
        }
        for seat_id in seats:
            before = self._stands.get(seat_id)
            after = self._settle_seat(seat_id, now)
            if before == after:
                continue
            different.add(seat_id)
            sites_of_both = {stand.site_id for stand in (before, after) if stand is not None}
            moved_sites |= sites_of_both
            if _place(before) != _place(after):
                reordered |= sites_of_both
        layout = self._settle_orders(reordered | set(dirty.sites))
        waiting = self._settle_lists(moved_sites | set(dirty.sites))
        changed_sites = self._settle_tallies(moved_sites | set(dirty.sites) | layout)
        return Difference(
            frozenset(different),
            frozenset(changed_sites),
            dirty.commands,
            frozenset(layout),
            frozenset(waiting),
            self._settle_views(dirty.rooms),
            dirty.parked,
            self._settle_sites(dirty.sites),
        )

    def next_change(self) -> datetime | None:
        """Return the next instant at which something looks different without any change."""
        while self._heap and self._due.get(self._heap[0][1]) != self._heap[0][0]:
            heapq.heappop(self._heap)
        instants = [times.valid_until for times in self._times.values()]
        instants += self._turns.values()
        if self._heap:
            instants.append(self._heap[0][0])
        return min(instants, default=None)

    def sites(self) -> tuple[SiteTally, ...]:
        """Return the tally of each site, in the order of the hub."""
        return tuple(
            self._tallies[site.site_id]
            for site in self.book.sites()
            if site.site_id in self._tallies
        )

    def site(self, site_id: str) -> SiteTally | None:
        """Return the tally of one site."""
        return self._tallies.get(site_id)

    def seats_of(self, site_id: str) -> tuple[SeatStand, ...]:
        """Return the stands of a site in seat order."""
        return tuple(self._stands[seat_id] for seat_id in self._orders.get(site_id, ()))

    def seat(self, seat_id: str) -> SeatStand | None:
        """Return the stand of one seat."""
        return self._stands.get(seat_id)

    def times_of(self, room_id: str) -> RoomTimes | None:
        """Return when a room is open."""
        return self._times.get(room_id)

    def tickets_of(self, site_id: str) -> tuple[tuple[TicketStand, ...], ...]:
        """Return the waiting lists of a site that are not empty, in the order of its rooms."""
        lists = (
            ticket_stands(self.book.waiting(room.room_id), self._now)
            for room in self.book.rooms_of(site_id)
        )
        return tuple(stands for stands in lists if stands)

    def _touch_all(self) -> None:
        book = self.book
        sites = frozenset(site.site_id for site in book.sites()) | frozenset(self._tallies)
        rooms = frozenset(room.room_id for site in sites for room in book.rooms_of(site))
        seats = frozenset(seat.seat_id for site in sites for seat in book.seats_of(site))
        self._dirty |= Touched(sites, rooms, seats | frozenset(self._stands))

    def _settle_rooms(self, dirty: Touched, now: datetime) -> tuple[set[str], set[str]]:
        """Bring the rooms to `now`; return the sites and the seats to look at again."""
        outdated = {room_id for room_id, times in self._times.items() if not times.holds(now)}
        outdated |= {room_id for room_id, at in self._turns.items() if at <= now}
        sites: set[str] = set()
        seats: set[str] = set()
        for room_id in dirty.rooms | outdated:
            room = self.book.room(room_id)
            if room is None:
                self._times.pop(room_id, None)
                self._turns.pop(room_id, None)
                continue
            turn = next_ticket_change(self.book.waiting(room_id), now)
            if turn is None:
                self._turns.pop(room_id, None)
            else:
                self._turns[room_id] = turn
            self._times[room_id] = room_times(room, now)
            sites.add(room.site_id)
            seats |= {seat.seat_id for seat in self.book.seats_of_room(room_id)}
        return sites, seats

    def _settle_sites(self, site_ids: frozenset[str]) -> frozenset[str]:
        """Return the sites that tell something else of themselves than when they were looked at."""
        now = {site_id: self.book.site(site_id) for site_id in site_ids}
        moved = frozenset(one for one, site in now.items() if self._told.get(one) != site)
        self._told.update(now)
        return moved

    def _settle_views(self, room_ids: frozenset[str]) -> frozenset[str]:
        """Return the rooms of which another view is known than the last time."""
        views = {room_id: self.book.room(room_id) for room_id in room_ids}
        changed = {room_id for room_id, view in views.items() if view != self._rooms.get(room_id)}
        self._rooms.update(views)
        return frozenset(changed)

    def _settle_seat(self, seat_id: str, now: datetime) -> SeatStand | None:
        seat = self.book.seat(seat_id)
        times = self._times.get(seat.room_id) if seat is not None else None
        if seat is None or times is None:
            self._stands.pop(seat_id, None)
            self._due.pop(seat_id, None)
            return None
        waiting = self.book.waiting(seat.room_id)
        stand = seat_stand(
            seat,
            is_open=times.is_open,
            now=now,
            held=held_tickets(waiting).get(seat.number),
            tickets_wait=somebody_waits(waiting, now),
        )
        self._stands[seat_id] = stand
        following = next_change_of(seat, now)
        if following is None:
            self._due.pop(seat_id, None)
        elif self._due.get(seat_id) != following:
            self._due[seat_id] = following
            heapq.heappush(self._heap, (following, seat_id))
        return stand

    def _take_due(self, now: datetime) -> set[str]:
        due: set[str] = set()
        while self._heap and self._heap[0][0] <= now:
            at, seat_id = heapq.heappop(self._heap)
            if self._due.get(seat_id) == at:
                del self._due[seat_id]
                due.add(seat_id)
        return due

    def _settle_orders(self, sites: set[str]) -> set[str]:
        """Put the seats of sites in order; return those whose seats came, went or moved."""
        changed: set[str] = set()
        for site_id in sites:
            order = tuple(
                seat.seat_id for seat in self.book.seats_of(site_id) if seat.seat_id in self._stands
            )
            if self.book.site(site_id) is None:
                if self._orders.pop(site_id, None) is not None:
                    changed.add(site_id)
            elif self._orders.get(site_id) != order:
                self._orders[site_id] = order
                changed.add(site_id)
        return changed

    def _settle_lists(self, sites: set[str]) -> set[str]:
        changed: set[str] = set()
        for site_id in sites:
            lists = self.tickets_of(site_id)
            if self._lists.get(site_id, ()) != lists:
                self._lists[site_id] = lists
                changed.add(site_id)
        return changed

    def _settle_tallies(self, sites: set[str]) -> set[str]:
        changed: set[str] = set()
        for site_id in sites:
            site = self.book.site(site_id)
            if site is None:
                if self._tallies.pop(site_id, None) is not None:
                    changed.add(site_id)
                continue
            tally = site_tally(
                site_id,
                site.name,
                staffed=site.staffed,
                stands=self.seats_of(site_id),
                waiting=sum(how_many_wait(stands) for stands in self.tickets_of(site_id)),
                times=[
                    self._times[room.room_id]
                    for room in self.book.rooms_of(site_id)
                    if room.room_id in self._times
                ],
            )
            if self._tallies.get(site_id) != tally:
                self._tallies[site_id] = tally
                changed.add(site_id)
        return changed


def _place(stand: SeatStand | None) -> tuple[str, int] | None:
    return (stand.room_id, stand.number) if stand is not None else None


def board_zone(board: Board) -> ZoneInfo:
    """Return the time zone of the town: that of its first room."""
    for site in board.book.sites():
        for room in board.book.rooms_of(site.site_id):
            return ZoneInfo(room.hours.zone)
    return ZoneInfo(ZONE_WITHOUT_ROOMS)
