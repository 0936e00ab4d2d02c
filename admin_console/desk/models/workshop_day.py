"""What a trainer sees of a workshop that is on: its seats, which of them are open, what was asked.

A seat shows what it is; what was asked of it shows only until the seat itself has answered.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from admin_console.desk.models.estate import EstateBook
from kiosk.rules.booking import Booking, bookings_of
from kiosk.rules.boundary import LEAD_SECONDS
from kiosk.rules.hours import local_date
from kiosk.rules.workshop import can_open
from kiosk.wire.command import CommandState
from kiosk.wire.place import RoomView, SeatView, SeriesView
from kiosk.wire.workshop import SeatRun, WorkshopAct, WorkshopRun


class Turn(StrEnum):
    """How a seat of a workshop stands."""

    OPEN = "open"
    OVER = "over"
    ASKED = "asked"
    READY = "ready"
    TAKEN = "taken"
    SILENT = "silent"
    BROKEN = "broken"
    EMPTY = "empty"
    REFUSED = "refused"
    EXPIRED = "expired"


WAITS = frozenset({Turn.READY, Turn.SILENT, Turn.BROKEN, Turn.EMPTY, Turn.TAKEN})
"""How a seat stands that is not open, and of which nothing was asked."""

UNDER_WAY = frozenset({CommandState.SENT, CommandState.RECEIVED})


@dataclass(frozen=True, slots=True)
class SeatTurn:
    """One seat, by its number. `wants_end` says that its end was asked for."""

    number: int
    turn: Turn


@dataclass(frozen=True, slots=True)
class WorkshopNow:
    """A series that is on today, or that has open seats.

    Attributes:
        series: the series.
        booking: its date of today, None where only its seats are left.
        seats: its seats by number, and those that are open for it besides.
        may_open: whether its seats may be opened now.
        opens_at: from when on they may, None where they may or may no more.
    """

    series: SeriesView
    booking: Booking | None
    seats: tuple[SeatTurn, ...]
    may_open: bool
    opens_at: datetime | None

    @property
    def open_count(self) -> int:
        """How many seats are open for it."""
        return sum(seat.turn is Turn.OPEN for seat in self.seats)

    @property
    def to_open(self) -> int:
        """How many seats are neither open nor over for it."""
        return sum(seat.turn not in {Turn.OPEN, Turn.OVER} for seat in self.seats)


def workshops_now(
    book: EstateBook, room: RoomView, runs: Mapping[str, WorkshopRun], now: datetime
) -> tuple[WorkshopNow, ...]:
    """Return the series of a room that are on, in the order of their start.

    Args:
        book: the facts.
        room: the room.
        runs: what the hub said of the last wish for each series.
        now: the present instant.
    """
    seats = book.seats_of_room(room.room_id)
    found = [
        one
        for series in room.bookings
        if (one := _now(book, room, series, seats, runs.get(series.series_id), now)) is not None
    ]
    return tuple(sorted(found, key=lambda one: (one.series.start, one.series.series_id)))


def is_opened_for(seat: SeatView, series_id: str) -> bool:
    """Tell whether a seat is open for a series."""
    return seat.slot is not None and seat.slot.series_id == series_id


def _now(
    book: EstateBook,
    room: RoomView,
    series: SeriesView,
    seats: tuple[SeatView, ...],
    run: WorkshopRun | None,
    now: datetime,
) -> WorkshopNow | None:
    rule, zone = series.as_rule(), room.hours.zone
    today = local_date(now, zone)
    booking = next(
        (
            one
            for one in bookings_of(rule, zone)
            if local_date(one.start, zone) == today and one.end > now
        ),
        None,
    )
    mine = [
        seat for seat in seats if is_opened_for(seat, series.series_id) or rule.takes(seat.number)
    ]
    is_open = any(is_opened_for(seat, series.series_id) for seat in mine)
    if booking is None and not is_open:
        return None
    may_open = booking is not None and can_open(rule, zone, now)
    opens_at = None
    if booking is not None and not may_open:
        opens_at = booking.start - timedelta(seconds=LEAD_SECONDS)
    asked = {} if run is None else {seat.seat_id: seat for seat in run.seats}
    act = None if run is None else run.act
    turns = tuple(
        SeatTurn(seat.number, _turn(book, seat, series, act, asked.get(seat.seat_id)))
        for seat in mine
    )
    return WorkshopNow(series, booking, turns, may_open, opens_at)


def _turn(
    book: EstateBook,
    seat: SeatView,
    series: SeriesView,
    act: WorkshopAct | None,
    asked: SeatRun | None,
) -> Turn:
    slot = seat.slot
    outcome = _outcome(book, asked)
    if slot is not None and slot.series_id == series.series_id:
        if slot.in_grace:
            return Turn.OVER
        return outcome if act is WorkshopAct.END and outcome is not None else Turn.OPEN
    if act is WorkshopAct.OPEN and slot is None and outcome is not None:
        return outcome
    if seat.station_id is None:
        return Turn.EMPTY
    if seat.out_of_order is not None:
        return Turn.BROKEN
    if not seat.in_contact:
        return Turn.SILENT
    return Turn.READY if slot is None else Turn.TAKEN


def _outcome(book: EstateBook, asked: SeatRun | None) -> Turn | None:
    """Return what came of a wish until its seat shows it, None where nothing more is to come."""
    if asked is None or not asked.told:
        return None
    command = None if asked.command_id is None else book.command(asked.command_id)
    if command is None:
        return Turn.ASKED if asked.command_id is not None else None
    if command.state in UNDER_WAY:
        return Turn.ASKED
    if command.state is CommandState.DONE:
        return None
    return Turn.REFUSED if command.state is CommandState.REFUSED else Turn.EXPIRED
