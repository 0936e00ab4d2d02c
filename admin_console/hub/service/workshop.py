"""A trainer opens and ends all the seats of a series at once, without cards."""

from collections.abc import Callable
from datetime import datetime

from admin_console.hub.service.act import note
from admin_console.hub.service.allowance import lapsed, time_over
from admin_console.hub.service.answer import NotAllowed, NotFound
from admin_console.hub.service.dispatch import send
from admin_console.hub.service.identity import StaffIdentity
from admin_console.hub.service.port import Clock, Store, Work
from admin_console.hub.service.record import Seat, Slot, SlotState
from admin_console.hub.service.series import PLANNERS
from admin_console.hub.service.waiting import refresh
from kiosk.rules.booking import Booking
from kiosk.rules.identifier import make_id
from kiosk.rules.slot import Grant, Ground, Refusal
from kiosk.rules.workshop import open_now
from kiosk.wire.act import ActFacts, ActKind
from kiosk.wire.command import EndSlot, OpenWorkshop
from kiosk.wire.place import RoomView, SeriesView
from kiosk.wire.workshop import (
    RunWorkshop,
    SeatRun,
    WorkshopAct,
    WorkshopAnswer,
    WorkshopRefused,
    WorkshopRun,
)


class Workshops:
    """Sends each seat of a series its command, under the room's lock.

    A slot that is opened so has no person: the hub makes its identifier, and the station tells what
    became of it. What stands already is not asked for again, so that pressing twice is harmless.

    Args:
        store: where everything is kept.
        clock: the hub's clock.
        entropy: random bytes, for the identifiers of slots and commands.
    """

    def __init__(self, store: Store, clock: Clock, entropy: Callable[[int], bytes]) -> None:
        self._store = store
        self._clock = clock
        self._entropy = entropy

    def run(
        self, staff: StaffIdentity, room_id: str, ask: RunWorkshop
    ) -> WorkshopAnswer | NotAllowed | NotFound:
        """Open or end the seats of a series; says of each whether its station was told."""
        if not PLANNERS & staff.roles:
            return NotAllowed()
        with self._store.begin(write=True) as work:
            room = work.rooms.hold(room_id)
            if room is None or room.site_id not in staff.site_ids:
                return NotFound()
            series = next((one for one in room.bookings if one.series_id == ask.series_id), None)
            if series is None:
                return NotFound()
            if ask.act is WorkshopAct.END:
                ended = self._end(work, staff, room, series)
                _note(work, staff, room, series, ended)
                return ended
            now = self._clock.now()
            found = open_now(room.rule.as_rule(), series.as_rule(), room.hours.zone, now)
            if isinstance(found, Refusal):
                return WorkshopRefused(ground=found.ground, at=found.at)
            answer = self._open(work, staff, room, series, *found)
            refresh(work, room, now)
            _note(work, staff, room, series, answer)
            return answer

    def _open(
        self,
        work: Work,
        staff: StaffIdentity,
        room: RoomView,
        series: SeriesView,
        booking: Booking,
        granted: Grant,
    ) -> WorkshopRun:
        now, seats = self._clock.now(), []
        for seat in _seats(work, room, series):
            standing = _standing(work, seat, now)
            if standing is not None and standing.series_id == series.series_id:
                seats.append(_told(seat))
                continue
            ground = _hindrance(seat, standing)
            if ground is not None:
                seats.append(_not_told(seat, ground))
                continue
            body = OpenWorkshop(
                slot_id=make_id(now, self._entropy),
                series_id=series.series_id,
                ground=series.ground,
                title=series.title,
                total_seconds=granted.total_seconds,
                grace_seconds=room.rule.grace_seconds,
                until=booking.end,
            )
            work.slots.add(_slot(seat, body, now), None)
            command = send(work, staff.staff_id, seat, make_id(now, self._entropy), body, now)
            seats.append(_told(seat, command.command_id))
        return WorkshopRun(act=WorkshopAct.OPEN, seats=tuple(seats))

    def _end(
        self, work: Work, staff: StaffIdentity, room: RoomView, series: SeriesView
    ) -> WorkshopRun:
        """End what was opened for the series, also on a seat that it takes no longer."""
        now, seats = self._clock.now(), []
        mine = {
            one.slot.seat_id: one.slot
            for one in work.sitters.in_room(room.room_id)
            if one.slot.series_id == series.series_id
        }
        for seat in work.seats.of_room(room.room_id):
            slot = mine.get(seat.seat_id)
            if slot is None:
                if series.as_rule().takes(seat.number):
                    seats.append(_not_told(seat, Ground.OVER))
                continue
            if slot.state is SlotState.OPEN and slot.in_grace:
                seats.append(_told(seat))
            elif slot.state is not SlotState.OPEN or seat.station_id is None:
                seats.append(_not_told(seat, Ground.NO_ANSWER))
            else:
                command_id = make_id(now, self._entropy)
                send(work, staff.staff_id, seat, command_id, EndSlot(), now, slot.slot_id)
                seats.append(_told(seat, command_id))
        return WorkshopRun(act=WorkshopAct.END, seats=tuple(seats))


def _note(
    work: Work, staff: StaffIdentity, room: RoomView, series: SeriesView, run: WorkshopRun
) -> None:
    """Journal how many stations were told; pressing again tells none and is no act."""
    count = sum(one.command_id is not None for one in run.seats)
    if count:
        opens = run.act is WorkshopAct.OPEN
        kind = ActKind.WORKSHOP_OPENED if opens else ActKind.WORKSHOP_ENDED
        facts = ActFacts(room_id=room.room_id, what=series.title, count=count)
        note(work, staff, kind, room.site_id, facts)


def _seats(work: Work, room: RoomView, series: SeriesView) -> list[Seat]:
    rule = series.as_rule()
    return [seat for seat in work.seats.of_room(room.room_id) if rule.takes(seat.number)]


def _standing(work: Work, seat: Seat, now: datetime) -> Slot | None:
    """Return the slot that really stands on a seat."""
    live = work.slots.live_on(seat.seat_id)
    return next((one for one in live if not lapsed(one, now) and not time_over(one, now)), None)


def _hindrance(seat: Seat, standing: Slot | None) -> Ground | None:
    if seat.out_of_order is not None:
        return Ground.OUT_OF_ORDER
    if standing is not None:
        return Ground.SEAT_TAKEN
    if seat.station_id is None or not seat.in_contact:
        return Ground.NO_ANSWER
    return None


def _slot(seat: Seat, body: OpenWorkshop, now: datetime) -> Slot:
    return Slot(
        slot_id=body.slot_id,
        seat_id=seat.seat_id,
        room_id=seat.room_id,
        station_id=seat.station_id or "",
        state=SlotState.GRANTED,
        granted_at=now,
        total_seconds=body.total_seconds,
        grace_seconds=body.grace_seconds,
        series_id=body.series_id,
    )


def _told(seat: Seat, command_id: str | None = None) -> SeatRun:
    return SeatRun(seat_id=seat.seat_id, number=seat.number, told=True, command_id=command_id)


def _not_told(seat: Seat, ground: Ground) -> SeatRun:
    return SeatRun(seat_id=seat.seat_id, number=seat.number, told=False, ground=ground)
