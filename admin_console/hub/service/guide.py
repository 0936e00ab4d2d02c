"""Where one can go today, for the faces of every station: rooms and figures, nobody's name."""

from datetime import datetime

from msgspec.structs import replace

from admin_console.hub.service.identity import StationIdentity
from admin_console.hub.service.port import Clock, Store, Work
from admin_console.hub.service.standing import read_standing
from admin_console.hub.service.waiting import told_waiting
from kiosk.rules.hours import current_opening, local_date, next_opening
from kiosk.rules.room import counts, free_seats
from kiosk.rules.waiting import WaitingList
from kiosk.wire.guide import Places, RoomGuide, SiteGuide
from kiosk.wire.place import RoomView


class Guide:
    """Answers *Where can I go?* from the rows, by the rules that give a seat."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def places(self, station: StationIdentity) -> Places:
        """Return the sites of the town that have rooms."""
        now = self._clock.now()
        with self._store.begin(write=False) as work:
            sites = work.sites.all()
            rooms = work.rooms.of_sites(frozenset(site.site_id for site in sites))
            told = [(room, _room(work, room, station, now)) for room in rooms]
        return Places(
            at=now,
            sites=tuple(
                SiteGuide(
                    name=site.name,
                    rooms=tuple(guide for room, guide in told if room.site_id == site.site_id),
                )
                for site in sites
                if any(room.site_id == site.site_id for room in rooms)
            ),
        )


def _room(work: Work, room: RoomView, station: StationIdentity, now: datetime) -> RoomGuide:
    hours = room.hours.as_rule()
    opening, coming = current_opening(hours, now), next_opening(hours, now)
    if opening is not None:
        coming = None
    free, waits = (0, False) if opening is None else _seats(work, room, now)
    return RoomGuide(
        room_id=room.room_id,
        name=room.name,
        zone=room.hours.zone,
        here=room.room_id == station.room_id,
        open_until=None if opening is None else opening.end,
        opens_at=None if coming is None else coming.start,
        closes_at=None if coming is None else coming.end,
        free_seats=free,
        tickets_wait=waits,
        admission=room.admission,
    )


def _seats(work: Work, room: RoomView, now: datetime) -> tuple[int, bool]:
    """Count the free seats of an open room, and say whether others wait there."""
    # What was told last is right about who waits, and as old as the last news.
    told = replace(told_waiting(room, work.waiting.get(room.room_id), now), at=now)
    here = told.as_snapshot(room.rule.as_rule())
    held = {one.number: one.seat for one in told.tickets if one.seat is not None}
    if any(counts(here, one) and one.number not in held for one in here.tickets):
        return 0, True
    nobody = WaitingList(local_date(now, room.hours.zone))
    free = free_seats(read_standing(work, room, now).snapshot(nobody, {}, ()))
    return len(frozenset(free) - frozenset(held.values())), False
