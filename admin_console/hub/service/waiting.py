"""A room's waiting list at work: read under the room's lock, settled, kept, and told.

Whoever changes something that the list follows from calls `refresh` in the same unit of work: a
room where nobody waits costs one look at one row. Nothing is kept in memory, so a hub that starts
again goes on where it was stopped.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta

from admin_console.hub.service.allowance import CONFIRM_SECONDS
from admin_console.hub.service.bell import room_topic
from admin_console.hub.service.outline import look_alike, waiting_view
from admin_console.hub.service.port import People, Work
from admin_console.hub.service.record import SlotState, Waiting
from admin_console.hub.service.standing import read_standing, seated_until
from kiosk.rules.cover import standing_refusals
from kiosk.rules.hours import current_opening, local_date
from kiosk.rules.room import RoomSnapshot, StandingRefusal, free_seats
from kiosk.rules.slot import ENDING_SECONDS
from kiosk.rules.ticket import COMING_BACK_SECONDS, Ticket, TicketState
from kiosk.rules.waiting import WaitingList, close, settle, sit
from kiosk.wire.change import RoomChanged, WaitingChanged
from kiosk.wire.place import RoomView
from kiosk.wire.waiting import WaitingView

LOOK_SECONDS = 30
"""A list on which somebody waits is looked at this often, besides the moments known beforehand."""


class WaitingRoom:
    """The list of one room in one unit of work that holds the room.

    Args:
        work: the unit of work.
        room: the room.
        now: the instant of the hub.
        kept: what was last told, None if nothing ever was.
    """

    def __init__(self, work: Work, room: RoomView, now: datetime, kept: Waiting | None) -> None:
        self._work = work
        self._now = now
        self._kept = kept
        self._day = local_date(now, room.hours.zone)
        self._opening = current_opening(room.hours.as_rule(), now)
        self._standing = read_standing(work, room, now)
        self._sits_until: dict[str, datetime] = {}
        self._asked: set[str] = set()
        self._before = work.tickets.of_day(room.room_id, self._day)
        self._refusals: tuple[StandingRefusal, ...] = ()
        self.room = room
        self.waiting: WaitingList = self._before
        if kept is not None and kept.day == self._day:
            self._refusals = tuple(
                StandingRefusal(one.ticket, one.seat, one.slot_id) for one in kept.view.refusals
            )

    def reread(self) -> None:
        """Read the rows again, after some have been written in the same unit of work."""
        self._standing = read_standing(self._work, self.room, self._now)
        self._sits_until = {}
        self._asked = set()

    @property
    def day(self) -> date:
        """The local date of the list."""
        return self._day

    @property
    def open_now(self) -> bool:
        """Whether the room is open."""
        return self._opening is not None

    @property
    def closes_at(self) -> datetime:
        """When the room closes; the present instant where it is closed."""
        return self._now if self._opening is None else self._opening.end

    def sits_until(self) -> dict[str, datetime]:
        """Return until when those who wait still sit somewhere, by person."""
        persons = {ticket.person for ticket in self.waiting.live()}
        new = persons - self._asked
        if new:
            self._asked |= new
            found = self._work.sitters.of_persons(sorted(new))
            self._sits_until.update(seated_until(found, self._now))
        return {one: until for one, until in self._sits_until.items() if one in persons}

    def snapshot(self) -> RoomSnapshot:
        """Return the room as the rules want it, with the refusals that were told."""
        return self._standing.snapshot(self.waiting, self.sits_until(), self._refusals)

    def free_seats(self) -> tuple[int, ...]:
        """Return the seats on which somebody could sit now, also those held."""
        return free_seats(self.snapshot())

    def sit(self, slot_id: str) -> None:
        """Take in that somebody sat down, told late perhaps: a ticket taken since then stays."""
        slot = self._work.slots.get(slot_id)
        person = self._work.slots.person(slot_id)
        seat = None if slot is None else self._work.seats.get(slot.seat_id)
        if slot is None or seat is None or person is None:
            return
        mine = self.waiting.of_person(person)
        if mine is not None and (slot.ended_at is None or mine.taken_at <= slot.ended_at):
            self.waiting = sit(self.waiting, person, seat.number, self._now)

    def settle(self) -> None:
        """Let time pass and give free seats to those who wait; a closed room sends them home."""
        if not self.open_now:
            self.waiting = close(self.waiting, self._now)
            return
        self._await_confirmation()
        self.waiting = settle(
            self.waiting,
            self.free_seats(),
            self._now,
            seated=self.sits_until(),
            hold_seconds=self.room.rule.hold_seconds,
        )
        self._refusals = standing_refusals(self.snapshot())

    def keep(self) -> WaitingView:
        """Write what became of the list, and tell it if it looks different now.

        Where nobody waited and nobody waits, nothing is written.
        """
        idle = self._kept is None or self._kept.look_at is None
        if idle and self.waiting == self._before:
            return waiting_view(self.room, self.waiting, self.snapshot())
        if self._kept is not None and self._kept.day != self._day:
            # A list ends with its day, also where the doors stay open.
            earlier = self._work.tickets.of_day(self.room.room_id, self._kept.day)
            self._work.tickets.save(self.room.room_id, earlier, close(earlier, self._now))
        self._work.tickets.save(self.room.room_id, self._before, self.waiting)
        self._before = self.waiting
        snapshot = self.snapshot()
        view = waiting_view(self.room, self.waiting, snapshot)
        look_at = self._next_look(snapshot)
        told = None if self._kept is None else self._kept.view
        if told is None or not look_alike(told, view, snapshot.rule):
            told = view
            self._work.changes.add(
                WaitingChanged(waiting=view),
                topic=room_topic(self.room.room_id),
                site_id=self.room.site_id,
            )
        kept = Waiting(self.room.room_id, self._day, look_at, told)
        if kept != self._kept:
            self._work.waiting.save(kept)
            self._kept = kept
        return view

    def _await_confirmation(self) -> None:
        """Let no hold run out between the grant of its slot and the station's word of it."""
        granted = {
            one.person: one.slot.granted_at
            for one in self._standing.sitters
            if one.slot.state is SlotState.GRANTED
        }
        self.waiting = self.waiting.but(
            _held_until(ticket, granted[ticket.person])
            for ticket in self.waiting.live()
            if ticket.state is TicketState.CALLED and ticket.person in granted
        )

    def _next_look(self, snapshot: RoomSnapshot) -> datetime | None:
        """Return when time alone may change something next, None while nobody waits."""
        live = self.waiting.live()
        if not live:
            return None
        moments = [self._now + timedelta(seconds=LOOK_SECONDS), self.closes_at]
        moments += self._standing.kept.values()
        for ticket in live:
            if ticket.hold_until is not None:
                moments.append(ticket.hold_until)
            if ticket.back_at is not None:
                moments.append(ticket.back_at)
                moments.append(ticket.back_at - timedelta(seconds=COMING_BACK_SECONDS))
        for seat in snapshot.seats:
            if seat.occupant is not None:
                last = ENDING_SECONDS + seat.occupant.mercy_seconds
                moments.append(seat.occupant.ends_at)
                moments.append(seat.occupant.ends_at - timedelta(seconds=last))
        return min(moment for moment in moments if moment > self._now)


def _held_until(ticket: Ticket, granted_at: datetime) -> Ticket:
    confirmed_by = granted_at + timedelta(seconds=CONFIRM_SECONDS)
    return replace(ticket, hold_until=max(ticket.hold_until or confirmed_by, confirmed_by))


def code_reference(people: People, found: WaitingRoom, code: str) -> str:
    """Return the reference that stands for a ticket's code, which nobody can use on another day."""
    return people.reference(f"{found.room.room_id}/{found.day}/{code}")


def find_waiting(work: Work, room: RoomView, now: datetime) -> WaitingRoom | None:
    """Return the list of a held room if somebody waits there, None if nobody does."""
    kept = work.waiting.get(room.room_id)
    if kept is None or kept.look_at is None:
        return None
    return WaitingRoom(work, room, now, kept)


def refresh(work: Work, room: RoomView, now: datetime, opened: Iterable[str] = ()) -> None:
    """Let a held room's list follow from what has changed, and tell it; quick if nobody waits.

    Args:
        work: the unit of work.
        room: the room.
        now: the instant of the hub.
        opened: the slots that stations say have opened: whoever sits there waits no more.
    """
    found = find_waiting(work, room, now)
    if found is None:
        return
    for slot_id in opened:
        found.sit(slot_id)
    found.settle()
    found.keep()


def told_waiting(room: RoomView, kept: Waiting | None, now: datetime) -> WaitingView:
    """Return what a reader is shown of a room's list: what was last told, or that nobody waits."""
    if kept is None or kept.look_at is None:
        return WaitingView(room_id=room.room_id, at=now, letter=room.letter)
    return kept.view


def save_room(work: Work, room: RoomView, now: datetime) -> None:
    """Write a held room anew, tell it, and let its list follow.

    What was granted stands: new hours and bookings take a running seat at its end.
    """
    work.rooms.save(room)
    work.changes.add(RoomChanged(room=room), topic=room_topic(room.room_id), site_id=room.site_id)
    refresh(work, room, now)
