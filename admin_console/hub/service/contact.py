"""Which stations are in contact, and their clocks: in memory, and what of it is written down."""

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
    written_trust: bool

    @property
    def trusted(self) -> bool:
        """Whether the station trusts its clock; before its first report, what is written."""
        return self.written_trust if self.report is None else self.report.clock_trusted


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of a station now: whether it is in contact, and whether it trusts its clock."""

    station: StationIdentity
    contact: bool
    clock_trusted: bool


class Presence:
    """The signs of life of the stations, in memory only. Safe to use from several threads."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._guard = threading.Lock()
        self._signs: dict[str, _Sign] = {}

    def beat(self, station: StationIdentity, report: StationReport) -> bool:
        """Take a sign of life; True when contact begins or its clock turns: `settle` has work."""
        at = self._clock.boot_seconds()
        with self._guard:
            sign = self._signs.get(station.station_id)
            if sign is None or sign.station != station:
                self._signs[station.station_id] = _Sign(
                    station, at, report, written=False, written_trust=report.clock_trusted
                )
                return True
            sign.at = at
            sign.report = report
            return not sign.written or sign.trusted != sign.written_trust

    def report_of(self, station_id: str) -> StationReport | None:
        """Return the last report of a station in contact."""
        with self._guard:
            sign = self._signs.get(station_id)
            return None if sign is None or self._silent(sign) else sign.report

    def silent(self) -> tuple[str, ...]:
        """Return the ids of the known stations that have been silent for too long."""
        with self._guard:
            return tuple(name for name, sign in self._signs.items() if self._silent(sign))

    def expect(self, station: StationIdentity, *, clock_trusted: bool) -> None:
        """Take a station for one in contact, as the store says, until it has been silent."""
        at = self._clock.boot_seconds()
        with self._guard:
            self._signs.setdefault(
                station.station_id,
                _Sign(station, at, report=None, written=True, written_trust=clock_trusted),
            )

    def unsettled(self) -> tuple[Standing, ...]:
        """Return the stations of which something else is written than what is known now."""
        with self._guard:
            return tuple(
                Standing(sign.station, not self._silent(sign), sign.trusted)
                for sign in self._signs.values()
                if sign.written == self._silent(sign) or sign.trusted != sign.written_trust
            )

    def written(self, standing: Standing) -> None:
        """Take in what the store has now; a station out of contact is forgotten."""
        station_id = standing.station.station_id
        with self._guard:
            sign = self._signs.get(station_id)
            if sign is None:
                return
            sign.written = standing.contact
            sign.written_trust = standing.clock_trusted
            if not standing.contact and self._silent(sign):
                del self._signs[station_id]

    def _silent(self, sign: _Sign) -> bool:
        return self._clock.boot_seconds() - sign.at > SILENT_SECONDS


class ContactBook:
    """Writes to the store when contact with a station begins or ends, or its clock turns.

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
                    StationIdentity(seat.station_id, seat.seat_id, seat.room_id, seat.site_id),
                    clock_trusted=seat.clock_trusted,
                )
                found += 1
        return found

    def settle(self) -> int:
        """Write what began, ended or turned since; returns how many seats changed."""
        with self._turn:
            rooms: defaultdict[str, list[Standing]] = defaultdict(list)
            for standing in self._presence.unsettled():
                rooms[standing.station.room_id].append(standing)
            return sum(self._settle_room(room_id, rooms[room_id]) for room_id in sorted(rooms))

    def _settle_room(self, room_id: str, found: list[Standing]) -> int:
        changed = 0
        now = self._clock.now()
        with self._store.begin(write=True) as work:
            room = work.rooms.hold(room_id)
            for standing in found:
                seat = work.seats.get(standing.station.seat_id)
                # A station replaced meanwhile has no seat any more.
                if seat is None or seat.station_id != standing.station.station_id:
                    continue
                after = replace(seat, clock_trusted=standing.clock_trusted)
                if seat.in_contact != standing.contact:
                    after = replace(after, in_contact=standing.contact, contact_since=now)
                if after != seat:
                    work.seats.save(after)
                    tell_seat(work, seat.seat_id)
                    changed += 1
            if changed and room is not None:
                refresh(work, room, now)
        for standing in found:
            self._presence.written(standing)
        return changed
