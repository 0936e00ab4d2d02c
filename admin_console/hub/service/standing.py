"""How a room stands now, from its rows: what the rules of fairness and the wire want to know."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from admin_console.hub.service.allowance import (
    bookings,
    boundaries,
    gone,
    lapsed,
    midnight,
    used_of,
)
from admin_console.hub.service.interruption import kept_until
from admin_console.hub.service.port import Work
from admin_console.hub.service.record import Seat, Sitter, Slot, SlotState
from kiosk.rules.allowance import adapted
from kiosk.rules.boundary import usable_until
from kiosk.rules.room import (
    Occupant,
    RoomSnapshot,
    SeatStanding,
    StandingRefusal,
    bar_of,
    ticket_standings,
)
from kiosk.rules.slot import Boundary, Ground, Refusal, Running
from kiosk.rules.waiting import WaitingList
from kiosk.wire.place import RoomView

Known = tuple[Boundary, ...] | Refusal


@dataclass(frozen=True, slots=True)
class Standing:
    """The rows of a room at an instant, read once; the room must be held to act on them.

    Attributes:
        room: the room.
        now: the instant.
        seats: its seats by number.
        sitters: the live slots there, without grants that nobody has confirmed in time.
        used: the slots that opened there today, by person.
        known: what a slot must not pass, or why none opens, by the seat's number.
        kept: until when seats are kept for their visitors after a power cut, by seat.
    """

    room: RoomView
    now: datetime
    seats: tuple[Seat, ...]
    sitters: tuple[Sitter, ...]
    used: Mapping[str, tuple[Slot, ...]]
    known: Mapping[int, Known]
    kept: Mapping[str, datetime]

    def used_seconds(self, person: str, without: str | None = None) -> int:
        """Return what a person has used in the room on its local date."""
        slots = self.used.get(person, ())
        return sum(used_of(slot, self.now) for slot in slots if slot.slot_id != without)

    def snapshot(
        self,
        waiting: WaitingList,
        sits_until: Mapping[str, datetime],
        refusals: tuple[StandingRefusal, ...],
    ) -> RoomSnapshot:
        """Return the room as the rules want it.

        Args:
            waiting: its list.
            sits_until: until when those who wait still sit somewhere, by person.
            refusals: what was told before.
        """
        used = {one.person: self.used_seconds(one.person) for one in waiting.live()}
        return RoomSnapshot(
            at=self.now,
            rule=self.room.rule.as_rule(),
            seats=tuple(self._seat(seat, waiting) for seat in self.seats),
            tickets=ticket_standings(waiting, used, sits_until),
            refusals=refusals,
        )

    def _seat(self, seat: Seat, waiting: WaitingList) -> SeatStanding:
        found = self.known[seat.number]
        holder = waiting.held(seat.number)
        sitter = self._sitter(seat, None if holder is None else holder.person)
        occupant = None
        if sitter is not None:
            occupant = self._occupant(sitter, () if isinstance(found, Refusal) else found)
        elif seat.seat_id in self.kept:
            # After a power cut nobody else sits down there for a while.
            found = Refusal(Ground.HELD, self.kept[seat.seat_id])
        return SeatStanding(
            number=seat.number,
            in_contact=seat.in_contact,
            lost_at=None if seat.in_contact else seat.contact_since,
            in_order=seat.out_of_order is None,
            usable_until=usable_until(found, self.now),
            occupant=occupant,
            held_for=None if holder is None else holder.number,
        )

    def _sitter(self, seat: Seat, holder: str | None) -> Sitter | None:
        """Return who sits on a seat. The seat of whoever opens on a hold stays held until then."""
        here = [one for one in self.sitters if one.slot.seat_id == seat.seat_id]
        opened = (one for one in here if one.slot.state is SlotState.OPEN)
        granted = (one for one in here if holder is None or one.person != holder)
        return next(opened, None) or next(granted, None)

    def _occupant(self, sitter: Sitter, known: tuple[Boundary, ...]) -> Occupant:
        slot = sitter.slot
        opened_at = slot.granted_at if slot.opened_at is None else slot.opened_at
        total = total_of(sitter)
        mercy = slot.mercy or sitter.granted_mercy
        coming = total > slot.total_seconds and mercy == slot.mercy
        before = 0
        if sitter.person is not None:
            before = self.used_seconds(sitter.person, without=slot.slot_id)
        rule = adapted(self.room.rule.as_rule(), slot.time)
        bar = bar_of(
            rule,
            self.now,
            Running(total, (self.now - opened_at).total_seconds(), slot.renewals + coming),
            known,
            before,
            declined=slot.declined,
        )
        return Occupant(
            slot_id=slot.slot_id,
            ends_at=opened_at + timedelta(seconds=total),
            used_today_seconds=before + used_of(slot, self.now),
            bar=Ground.TRIAL if slot.trial else bar,
            mercy_seconds=rule.mercy_seconds if mercy else 0,
            grace_seconds=slot.grace_seconds,
        )


def read_standing(work: Work, room: RoomView, now: datetime) -> Standing:
    """Read how a room stands."""
    used: dict[str, tuple[Slot, ...]] = {}
    for person, slot in work.sitters.opened_since(room.room_id, midnight(room, now)):
        used[person] = (*used.get(person, ()), slot)
    sitters = work.sitters.in_room(room.room_id)
    seats = work.seats.of_room(room.room_id)
    return Standing(
        room=room,
        now=now,
        seats=seats,
        sitters=tuple(one for one in sitters if not lapsed(one.slot, now)),
        used=used,
        known=_known(room, seats, now),
        kept=_kept(room, (slot for slots in used.values() for slot in slots), now),
    )


def _kept(room: RoomView, slots: Iterable[Slot], now: datetime) -> dict[str, datetime]:
    last: dict[str, Slot] = {}
    for slot in sorted(slots, key=lambda slot: slot.opened_at or slot.granted_at):
        last[slot.seat_id] = slot
    found = {seat_id: kept_until(room, slot) for seat_id, slot in last.items()}
    return {seat_id: at for seat_id, at in found.items() if at is not None and at > now}


def _known(room: RoomView, seats: tuple[Seat, ...], now: datetime) -> dict[int, Known]:
    booked = bookings(room)
    if not booked and seats:
        # Nothing tells one seat from another, and the hours are long to read.
        return dict.fromkeys(
            (seat.number for seat in seats), boundaries(room, seats[0].number, now, booked)
        )
    return {seat.number: boundaries(room, seat.number, now, booked) for seat in seats}


def total_of(sitter: Sitter) -> int:
    """Return the total of a slot, with what was granted and not told yet, in seconds."""
    granted = 0 if sitter.slot.shortened else sitter.granted_total or 0
    return max(sitter.slot.total_seconds, granted)


def seated_until(sitters: Iterable[Sitter], now: datetime) -> dict[str, datetime]:
    """Return until when persons sit, whatever their seat; who is gone from there does not sit.

    Args:
        sitters: their live slots.
        now: the present instant.
    """
    found: dict[str, datetime] = {}
    for sitter in sitters:
        slot = sitter.slot
        if sitter.person is None or gone(slot, sitter.lost_at, now):
            continue
        opened_at = slot.granted_at if slot.opened_at is None else slot.opened_at
        until = opened_at + timedelta(seconds=total_of(sitter))
        found[sitter.person] = max(until, found.get(sitter.person, until))
    return found
