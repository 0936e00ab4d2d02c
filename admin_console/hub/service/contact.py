"""Which stations are in contact: signs of life in memory, and what of them is written down."""

import threading
from collections import defaultdict
from dataclasses import dataclass, replace

from admin_console.hub.service.identity import StationIdentity
from admin_console.hub.service.port import Clock, Store
from admin_console.hub.service.view import tell_seat
from admin_console.hub.service.waiting import refresh
from kiosk.wire.station import StationReport

SILENT_SECONDS = 12
"""A station reports every 5 seconds; silent for longer than this it is out of contact."""


@dataclass(slots=True)
class _Sign:
    station: StationIdentity
    at: float
    report: StationReport | None
    written: bool


class Presence:
    """The signs of life of the stations, in memory only. Safe to use from several threads."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._guard = threading.Lock()
        self._signs: dict[str, _Sign] = {}

    def beat(self, station: StationIdentity, report: StationReport) -> bool:
        """Take a sign of life; True when contact begins, and `ContactBook.settle` has work."""
        at = self._clock.boot_seconds()
        with self._guard:
            sign = self._signs.get(station.station_id)
            if sign is None or sign.station != station:
                self._signs[station.station_id] = _Sign(station, at, report, written=False)
                return True
            sign.at = at
            sign.report = report
            return not sign.written

    def report_of(self, station_id: str) -> StationReport | None:
        """Return the last report of a station in contact."""
        with self._guard:
            sign = self._signs.get(station_id)
            return None if sign is None or self._silent(sign) else sign.report

    def silent(self) -> tuple[str, ...]:
        """Return the ids of the known stations that have been silent for too long."""
        with self._guard:
            return tuple(name for name, sign in self._signs.items() if self._silent(sign))

    def expect(self, station: StationIdentity) -> None:
        """Take a station for one in contact, as the store says, until it has been silent."""
        at = self._clock.boot_seconds()
        with self._guard:
            self._signs.setdefault(
                station.station_id, _Sign(station, at, report=None, written=True)
            )

    def unsettled(self) -> tuple[tuple[StationIdentity, bool], ...]:
        """Return the stations whose contact is not what was written, with what it is."""
        with self._guard:
            return tuple(
                (sign.station, not sign.written)
                for sign in self._signs.values()
                if sign.written == self._silent(sign)
            )

    def written(self, station_id: str, contact: bool) -> None:
        """Take in what the store has now; a station out of contact is forgotten."""
        with self._guard:
            sign = self._signs.get(station_id)
            if sign is None:
                return
            sign.written = contact
            if not contact and self._silent(sign):
                del self._signs[station_id]

    def _silent(self, sign: _Sign) -> bool:
        return self._clock.boot_seconds() - sign.at > SILENT_SECONDS


class ContactBook:
    """Writes to the store when contact with a station begins or ends, and only then.

    Args:
        store: where everything is kept.
        clock: the hub's clock.
        presence: the signs of life.
    """

    def __init__(self, store: Store, clock: Clock, presence: Presence) -> None:
        self._store = store
        self._clock = clock
        self._presence = presence
        # Two settlings at once could write in the wrong order.
        self._turn = threading.Lock()

    def load(self) -> int:
        """At start: give the stations last known in contact time to report; returns how many."""
        with self._store.begin(write=False) as work:
            seats = work.seats.in_contact()
        found = 0
        for seat in seats:
            if seat.station_id is not None:
                self._presence.expect(
                    StationIdentity(seat.station_id, seat.seat_id, seat.room_id, seat.site_id)
                )
                found += 1
        return found

    def settle(self) -> int:
        """Write the contacts that began or ended since; returns how many seats changed."""
        with self._turn:
            rooms: defaultdict[str, list[tuple[StationIdentity, bool]]] = defaultdict(list)
            for station, contact in self._presence.unsettled():
                rooms[station.room_id].append((station, contact))
            return sum(self._settle_room(room_id, rooms[room_id]) for room_id in sorted(rooms))

    def _settle_room(self, room_id: str, found: list[tuple[StationIdentity, bool]]) -> int:
        changed = 0
        now = self._clock.now()
        with self._store.begin(write=True) as work:
            room = work.rooms.hold(room_id)
            for station, contact in found:
                seat = work.seats.get(station.seat_id)
                # A station replaced meanwhile has no seat any more.
                if seat is None or seat.station_id != station.station_id:
                    continue
                if seat.in_contact != contact:
                    work.seats.save(replace(seat, in_contact=contact, contact_since=now))
                    tell_seat(work, seat.seat_id)
                    changed += 1
            if changed and room is not None:
                refresh(work, room, now)
        for station, contact in found:
            self._presence.written(station.station_id, contact)
        return changed
