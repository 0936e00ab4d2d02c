"""What seats and sites show at an instant, as values computed from facts. No clock, no sentence.

Two stands that are equal look equal, so a page paints again only what became different. Everything
moves on whole minutes of the time that is left; `next_change_of` says when.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from admin_console.desk.models.ticket_stand import minutes_until
from kiosk.rules.hours import (
    Opening,
    OpeningHours,
    current_opening,
    instant,
    local_date,
    next_opening,
)
from kiosk.rules.seat import SEATED, SeatFacts, SeatState, seat_state
from kiosk.wire.event import RESIDUE_PREFIX
from kiosk.wire.place import RoomView, SeatView
from kiosk.wire.waiting import TicketView

MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class RoomTimes:
    """When a room is open, true from `known_from` until just before `valid_until`.

    `opens_in_days` counts local dates: 0 is later today, 1 is tomorrow.
    """

    opening: Opening | None
    opens_at: datetime | None
    opens_in_days: int | None
    known_from: datetime
    valid_until: datetime

    @property
    def is_open(self) -> bool:
        """Whether visitors may come."""
        return self.opening is not None

    def holds(self, now: datetime) -> bool:
        """Tell whether this is still true."""
        return self.known_from <= now < self.valid_until


@dataclass(frozen=True, slots=True)
class SeatStand:
    """What one seat shows.

    Attributes:
        minutes_left: whole minutes of the slot, rounded up; None when no slot runs.
        total_seconds: length of the slot.
        opened_at: when the slot began.
        ends_at: when it ends.
        since: since when a seat is silent or out of order.
        has_station: whether a station fills the seat at all.
        in_contact: whether a command would reach it; a broken seat may be silent too.
        ticket: the label of the ticket that it is held for; empty when it is held for nobody yet.
        hold_minutes: for how many more whole minutes it is held.
        away_minutes: for how many whole minutes its visitor has been away.
        clock_trusted: whether its computer knows what time it is.
        key_left_at: since when a forgotten USB key stands there.
    """

    seat_id: str
    room_id: str
    site_id: str
    number: int
    label: str
    state: SeatState
    has_station: bool = True
    in_contact: bool = True
    minutes_left: int | None = None
    total_seconds: int = 0
    opened_at: datetime | None = None
    ends_at: datetime | None = None
    in_grace: bool = False
    renewals: int = 0
    slot_id: str | None = None
    since: datetime | None = None
    reason: str = ""
    help_asked_at: datetime | None = None
    ticket: str = ""
    hold_minutes: int | None = None
    away_minutes: int | None = None
    clock_trusted: bool = True
    key_left_at: datetime | None = None

    @property
    def not_clean(self) -> bool:
        """Whether the seat is out of order for what a wipe has left."""
        return self.reason.startswith(RESIDUE_PREFIX)

    @property
    def part_left(self) -> float | None:
        """The part of the slot that is left, from 0 to 1, by whole minutes."""
        if self.minutes_left is None or not self.total_seconds:
            return None
        return min(1.0, self.minutes_left * 60 / self.total_seconds)


@dataclass(frozen=True, slots=True)
class SiteTally:
    """What one site shows: its seats' states in seat order, and when it opens or closes."""

    site_id: str
    name: str
    staffed: bool
    states: tuple[SeatState, ...]
    is_open: bool
    closes_at: datetime | None = None
    opens_at: datetime | None = None
    opens_in_days: int | None = None
    only_seat_ends_at: datetime | None = None
    help_asked: int = 0
    waiting: int = 0

    @property
    def seats(self) -> int:
        """How many seats there are."""
        return len(self.states)

    @property
    def occupied(self) -> int:
        """On how many of them somebody sits."""
        return sum(state in SEATED for state in self.states)

    def count(self) -> Counter[SeatState]:
        """Return how many seats are in each state."""
        return Counter(self.states)


def room_times(room: RoomView, now: datetime) -> RoomTimes:
    """Say when a room is open; raises `HoursInvalid` where the hub sent impossible hours."""
    hours = room.hours.as_rule()
    opening = current_opening(hours, now)
    following = next_opening(hours, now)
    today = local_date(now, hours.zone)
    # "Tomorrow" becomes "today" at midnight, whatever the hours are.
    until = [instant(today + timedelta(days=1), 0, hours.zone)]
    if opening is not None:
        until.append(opening.end)
    if following is not None:
        until.append(following.start)
    return RoomTimes(
        opening=opening,
        opens_at=following.start if following is not None else None,
        opens_in_days=_days_until(hours, now, following),
        known_from=now,
        valid_until=min(until),
    )


def seat_stand(
    seat: SeatView,
    *,
    is_open: bool,
    now: datetime,
    held: TicketView | None = None,
    tickets_wait: bool = False,
) -> SeatStand:
    """Say what a seat shows; `held` is the ticket that it is kept for."""
    slot = seat.slot
    locked_since = slot.locked_since if slot is not None and slot.locked is not None else None
    state = seat_state(
        SeatFacts(
            open_now=is_open,
            in_contact=seat.in_contact,
            out_of_order=seat.out_of_order is not None,
            slot_ends_at=slot.ends_at if slot is not None else None,
            away=slot is not None and slot.locked is not None,
            workshop=slot is not None and slot.series_id is not None,
            held=held is not None,
            tickets_wait=tickets_wait,
        ),
        now,
    )
    since = None
    if state is SeatState.OUT_OF_ORDER:
        since = seat.out_of_order_since
    elif state is SeatState.OFFLINE:
        since = seat.contact_since
    return SeatStand(
        seat_id=seat.seat_id,
        room_id=seat.room_id,
        site_id=seat.site_id,
        number=seat.number,
        label=seat.label,
        state=state,
        has_station=seat.station_id is not None,
        in_contact=seat.in_contact,
        minutes_left=minutes_left(slot.ends_at, now) if slot is not None else None,
        total_seconds=slot.total_seconds if slot is not None else 0,
        opened_at=slot.opened_at if slot is not None else None,
        ends_at=slot.ends_at if slot is not None else None,
        in_grace=slot.in_grace if slot is not None else False,
        renewals=slot.renewals if slot is not None else 0,
        slot_id=slot.slot_id if slot is not None else None,
        since=since,
        reason=seat.out_of_order or "",
        help_asked_at=seat.help_asked_at,
        ticket=held.label if held is not None else "",
        hold_minutes=_hold_minutes(held, now),
        away_minutes=(now - locked_since) // MINUTE if locked_since is not None else None,
        clock_trusted=seat.clock_trusted or not seat.in_contact,
        key_left_at=seat.key_left_at,
    )


def minutes_left(ends_at: datetime, now: datetime) -> int:
    """Return the whole minutes until an instant, rounded up, never under zero."""
    return minutes_until(ends_at, now)


def next_change_of(seat: SeatView, now: datetime) -> datetime | None:
    """Return the next instant at which a seat shows something else by itself.

    That is the next whole minute of its slot, which the last ten minutes begin on too, or of the
    time that its visitor is away.
    """
    slot = seat.slot
    if slot is None:
        return None
    instants = []
    left = minutes_left(slot.ends_at, now)
    if left:
        instants.append(slot.ends_at - (left - 1) * MINUTE)
    if slot.locked is not None and slot.locked_since is not None:
        gone = (now - slot.locked_since) // MINUTE
        instants.append(slot.locked_since + (gone + 1) * MINUTE)
    return min(instants, default=None)


def site_tally(
    site_id: str,
    name: str,
    *,
    staffed: bool,
    stands: Iterable[SeatStand],
    times: Iterable[RoomTimes],
    waiting: int = 0,
) -> SiteTally:
    """Sum up a site. It is open while one of its rooms is."""
    seats, rooms = tuple(stands), tuple(times)
    openings = [room.opening for room in rooms if room.opening is not None]
    nexts = [
        (room.opens_at, room.opens_in_days)
        for room in rooms
        if room.opens_at is not None and room.opens_in_days is not None
    ]
    opens_at, opens_in_days = min(nexts) if nexts and not openings else (None, None)
    return SiteTally(
        site_id=site_id,
        name=name,
        staffed=staffed,
        states=tuple(seat.state for seat in seats),
        is_open=bool(openings),
        closes_at=max(opening.end for opening in openings) if openings else None,
        opens_at=opens_at,
        opens_in_days=opens_in_days,
        only_seat_ends_at=seats[0].ends_at if len(seats) == 1 else None,
        help_asked=sum(seat.help_asked_at is not None for seat in seats),
        waiting=waiting,
    )


def _hold_minutes(held: TicketView | None, now: datetime) -> int | None:
    if held is None or held.hold_until is None:
        return None
    return minutes_until(held.hold_until, now)


def _days_until(hours: OpeningHours, now: datetime, following: Opening | None) -> int | None:
    if following is None:
        return None
    return (local_date(following.start, hours.zone) - local_date(now, hours.zone)).days
