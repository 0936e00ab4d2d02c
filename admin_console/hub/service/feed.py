"""What a reader may see, and what has changed since."""

from collections import defaultdict
from collections.abc import Callable

import msgspec

from admin_console.hub.service.bell import Bell, station_topics
from admin_console.hub.service.identity import Reader, StaffIdentity, StationIdentity
from admin_console.hub.service.port import Clock, Store
from admin_console.hub.service.record import ChangeRow
from admin_console.hub.service.view import open_slot, seat_view
from admin_console.hub.service.waiting import told_waiting
from kiosk.wire.change import Change, ChangeBody, ChangesAnswer, ChangesPage, CursorTooOld
from kiosk.wire.desk import Estate, RoomEstate, SiteEstate
from kiosk.wire.place import RoomView, SeatView
from kiosk.wire.station import StationSituation

PAGE = 200
"""The most changes on one page."""


class Feed:
    """Shows stations and staff their part of the house, whole or as changes.

    Life cycle: made once for a hub process; `close` takes it off the store.
    """

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self._bell = Bell()
        # Watched first: a change committed in between is then told twice rather than never.
        self._unwatch = store.watch(self._bell.ring)
        with store.begin(write=False) as work:
            self._bell.start_at(work.changes.last())

    def close(self) -> None:
        """Stop watching the store."""
        self._unwatch()

    def situation(self, station: StationIdentity) -> StationSituation:
        """Return all that a station needs to act alone.

        Raises:
            LookupError: its place is gone, which no use case can cause.
        """
        with self._store.begin(write=False) as work:
            # The number comes first: what is newer than it is told again, and does no harm.
            cursor = work.changes.last()
            site = work.sites.get(station.site_id)
            room = work.rooms.get(station.room_id)
            seat = work.seats.get(station.seat_id)
            if site is None or room is None or seat is None:
                message = "the place of an enrolled station is gone"
                raise LookupError(message)
            return StationSituation(
                cursor=cursor,
                hub_time=self._clock.now(),
                site=site,
                room=room,
                seat=seat_view(seat, open_slot(work, seat.seat_id)),
                waiting=told_waiting(room, work.waiting.get(room.room_id), self._clock.now()),
            )

    def estate(self, staff: StaffIdentity) -> Estate:
        """Return all that a member of staff may see."""
        with self._store.begin(write=False) as work:
            cursor = work.changes.last()
            mine = frozenset(staff.site_ids)
            sites = tuple(site for site in work.sites.all() if site.site_id in mine)
            rooms: defaultdict[str, list[RoomView]] = defaultdict(list)
            for room in work.rooms.of_sites(mine):
                rooms[room.site_id].append(room)
            slots = {slot.seat_id: slot for slot in work.slots.open_in(mine)}
            seats: defaultdict[str, list[SeatView]] = defaultdict(list)
            for seat in work.seats.of_sites(mine):
                seats[seat.room_id].append(seat_view(seat, slots.get(seat.seat_id)))
            categories = work.categories.all()
            waiting = work.waiting.of_rooms(
                [room.room_id for each in rooms.values() for room in each]
            )
        now = self._clock.now()
        return Estate(
            cursor=cursor,
            hub_time=now,
            categories=categories,
            sites=tuple(
                SiteEstate(
                    site=site,
                    rooms=tuple(
                        RoomEstate(
                            room=room,
                            seats=tuple(seats[room.room_id]),
                            waiting=told_waiting(room, waiting.get(room.room_id), now),
                        )
                        for room in rooms[site.site_id]
                    ),
                )
                for site in sites
            ),
        )

    def changes(self, reader: Reader, after: int, limit: int = PAGE) -> ChangesAnswer:
        """Return the reader's changes numbered after `after`, at most `limit` of them.

        `CursorTooOld` also answers a number that this hub has never given.
        """
        limit = min(max(limit, 1), PAGE)
        with self._store.begin(write=False) as work:
            # Numbers commit in order, so up to this one nothing is missing and nothing will come.
            last = work.changes.last()
            if after > last or after < work.changes.dropped():
                return CursorTooOld()
            if isinstance(reader, StationIdentity):
                topics = station_topics(reader)
                rows = work.changes.of_topics(topics, after, last, limit + 1)
            else:
                rows = work.changes.of_sites(reader.site_ids, after, last, limit + 1)
        more = len(rows) > limit
        changes = tuple(_change(row) for row in rows[:limit])
        return ChangesPage(changes=changes, cursor=changes[-1].n if more else last, more=more)

    def latest_for(self, reader: Reader) -> int:
        """Return the number of the last change that concerns a reader; from memory."""
        return self._bell.latest_for(reader)

    def listen(self, listener: Callable[[], None]) -> Callable[[], None]:
        """Call a listener after each commit with changes, in that thread; returns the stop."""
        return self._bell.listen(listener)


def _change(row: ChangeRow) -> Change:
    return Change(n=row.n, at=row.at, body=msgspec.json.decode(row.body, type=ChangeBody))
