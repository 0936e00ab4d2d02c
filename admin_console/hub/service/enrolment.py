"""How a PC becomes the station of a seat."""

import threading
from dataclasses import replace
from datetime import timedelta

from admin_console.hub.service import token
from admin_console.hub.service.answer import NotFound
from admin_console.hub.service.identity import StationIdentity
from admin_console.hub.service.port import Clock, Store, Work
from admin_console.hub.service.record import EnrolmentCode, Seat, SlotState, Station
from admin_console.hub.service.view import tell_seat
from admin_console.hub.service.waiting import refresh
from kiosk.rules.identifier import Entropy
from kiosk.wire.event import EndReason
from kiosk.wire.station import EnrolmentRefused, EnrolStation, StationEnrolled

CODE_LIFETIME_SECONDS = 7200
REMEMBERED_SECONDS = 60
"""How long a recognised token is trusted without asking the store again."""


class Enrolment:
    """Makes codes, enrols stations and recognises them by their token.

    Safe to use from several threads. Recognised tokens are remembered, because a station shows its
    token every five seconds; an enrolment forgets them all.

    Args:
        store: where everything is kept.
        clock: the hub's clock.
        entropy: makes codes and tokens.
        hub_key: the SHA-256 of the hub's public key in hexadecimal, empty on loopback without TLS.
    """

    def __init__(self, store: Store, clock: Clock, entropy: Entropy, hub_key: str = "") -> None:
        self._store = store
        self._clock = clock
        self._entropy = entropy
        self._hub_key = hub_key
        self._guard = threading.Lock()
        self._generation = 0
        self._remembered: dict[bytes, tuple[StationIdentity, float]] = {}

    def make_code(
        self, room_id: str, uses: int, lifetime_seconds: int = CODE_LIFETIME_SECONDS
    ) -> str | NotFound:
        """Return a code that enrols `uses` stations in a room; it is told this once."""
        code = token.make_code(self._entropy)
        with self._store.begin(write=True) as work:
            if work.rooms.get(room_id) is None:
                return NotFound()
            work.codes.add(
                EnrolmentCode(
                    code_sha256=token.sha256(code),
                    room_id=room_id,
                    uses_left=uses,
                    expires_at=self._clock.now() + timedelta(seconds=lifetime_seconds),
                )
            )
        return code

    def enrol(self, ask: EnrolStation) -> StationEnrolled | EnrolmentRefused:
        """Make a station the one of a seat: the numbered one, or the first without a station.

        A seat that had a station gets the new one and keeps its history; the old one is nobody.
        A station that is known asks again because the answer was lost, or because it was replaced
        before: in its room it keeps its seat unless it names another. It gets a new token.
        Codes of a refusal: `code` (unknown, used up or too old), `seat` (no such seat, or none
        left), `station` (it stands in another room).
        """
        bearer = token.make_token(self._entropy)
        code = token.sha256(token.read_code(ask.code))
        with self._store.begin(write=True) as work:
            known = work.codes.get(code)
            now = self._clock.now()
            if known is None or known.uses_left < 1 or known.expires_at <= now:
                return EnrolmentRefused(code="code")
            room = work.rooms.hold(known.room_id)
            work.hold(f"station:{ask.station_id}")
            seats = work.seats.of_room(known.room_id)
            own = next((seat for seat in seats if seat.station_id == ask.station_id), None)
            seat = _choose(seats, ask.seat_number, own)
            if seat is None:
                return EnrolmentRefused(code="seat")
            earlier = work.stations.get(ask.station_id)
            if earlier is not None and earlier.retired_at is None and own is None:
                return EnrolmentRefused(code="station")
            if not work.codes.use(code):
                return EnrolmentRefused(code="code")
            changed = () if seat == own else tuple(one for one in (own, seat) if one is not None)
            for one in changed:
                if one.station_id is not None:
                    self._retire(work, one.station_id, one)
            station = Station(
                station_id=ask.station_id,
                seat_id=seat.seat_id,
                hostname=ask.hostname,
                token_sha256=token.sha256(bearer),
                enrolled_at=now,
            )
            if earlier is None:
                work.stations.add(station)
            else:
                work.stations.enrol_again(station)
            for one in changed:
                self._begin_anew(work, one)
            if room is not None:
                refresh(work, room, now)
        with self._guard:
            self._generation += 1
            self._remembered.clear()
        return StationEnrolled(
            station_id=ask.station_id, seat_id=seat.seat_id, token=bearer, hub_key=self._hub_key
        )

    def identify(self, bearer: str) -> StationIdentity | None:
        """Return the station that holds this token; from memory after the first time."""
        digest = token.sha256(bearer)
        now = self._clock.boot_seconds()
        with self._guard:
            found, until = self._remembered.get(digest, (None, 0.0))
            generation = self._generation
        if found is not None and now < until:
            return found
        with self._store.begin(write=False) as work:
            station = work.stations.by_token(digest)
        with self._guard:
            # An enrolment meanwhile may have made this answer old.
            if station is not None and generation == self._generation:
                self._remembered[digest] = (station, now + REMEMBERED_SECONDS)
            elif station is None:
                self._remembered.pop(digest, None)
        return station

    def _begin_anew(self, work: Work, seat: Seat) -> None:
        """Forget what the last station said of a seat."""
        work.seats.save(
            replace(
                seat,
                in_contact=False,
                contact_since=self._clock.now(),
                out_of_order=None,
                out_of_order_since=None,
                order_seq=-1,
                help_asked_at=None,
                key_left_at=None,
                clock_trusted=True,
            )
        )
        tell_seat(work, seat.seat_id)

    def _retire(self, work: Work, station_id: str, seat: Seat) -> None:
        """Nobody will ever tell the end of a slot on a retired station, so it ends here."""
        now = self._clock.now()
        work.stations.retire(station_id, now)
        for slot in work.slots.live_on(seat.seat_id):
            if slot.state is SlotState.OPEN and slot.ends_at is not None:
                left = min(max(int((slot.ends_at - now).total_seconds()), 0), slot.total_seconds)
                work.slots.save(
                    replace(
                        slot,
                        state=SlotState.ENDED,
                        ended_at=now,
                        end_reason=EndReason.FAULT,
                        used_seconds=slot.total_seconds - left,
                        remaining_seconds=left,
                    )
                )
            else:
                work.slots.save(replace(slot, state=SlotState.GIVEN_UP, ended_at=now))


def _choose(seats: tuple[Seat, ...], number: int | None, own: Seat | None) -> Seat | None:
    if number is None:
        return own or next((seat for seat in seats if seat.station_id is None), None)
    return next((seat for seat in seats if seat.number == number), None)
