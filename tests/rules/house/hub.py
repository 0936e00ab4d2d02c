"""The model hub: it decides with the rules, under one lock, from what it was told."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from kiosk.rules.booking import Booking
from kiosk.rules.boundary import known_boundaries, usable_until
from kiosk.rules.cover import SeatAnswer, standing_answers, standing_refusals
from kiosk.rules.reason import Reason, reason_for
from kiosk.rules.renewal import Asker, ask_renewal
from kiosk.rules.room import (
    Occupant,
    RoomSnapshot,
    SeatStanding,
    StandingRefusal,
    bar_of,
    free_seats,
    ticket_standings,
)
from kiosk.rules.slot import Boundary, Grant, Ground, Refusal, Running, grant
from kiosk.rules.ticket import Ticket, TicketState, counts_at
from kiosk.rules.waiting import ListFault, WaitingList, may_open, settle, sit
from tests.rules.house.record import DAY, HOURS, RULE, START, Changed, Ended, Fact, Opened, Slot


@dataclass(slots=True)
class Hub:
    """`slots` are those it believes to run, by seat; `past` what each person has used before."""

    seats: tuple[int, ...]
    now: float = 0.0
    bookings: tuple[Booking, ...] = ()
    waiting: WaitingList = field(default_factory=lambda: WaitingList(DAY))
    slots: dict[int, Slot] = field(default_factory=dict)
    past: dict[str, int] = field(default_factory=dict)
    lost_at: dict[int, float] = field(default_factory=dict)
    refusals: tuple[StandingRefusal, ...] = ()
    conflicts: list[str] = field(default_factory=list)
    overtaken: list[tuple[Ticket, Ticket]] = field(default_factory=list)

    @property
    def wall(self) -> datetime:
        return START + timedelta(seconds=self.now)

    def boundaries(self, seat: int) -> tuple[Boundary, ...] | Refusal:
        return known_boundaries(RULE, HOURS, self.bookings, seat, self.wall)

    def used(self, person: str, without: str | None = None) -> int:
        running = (
            slot.used(self.now)
            for slot in self.slots.values()
            if slot.person == person and slot.slot_id != without
        )
        return self.past.get(person, 0) + sum(running)

    def seated(self) -> dict[str, datetime]:
        return {
            slot.person: START + timedelta(seconds=slot.deadline) for slot in self.slots.values()
        }

    def snapshot(self) -> RoomSnapshot:
        return RoomSnapshot(
            at=self.wall,
            rule=RULE,
            seats=tuple(self._standing(number) for number in self.seats),
            tickets=ticket_standings(
                self.waiting,
                {ticket.person: self.used(ticket.person) for ticket in self.waiting.live()},
                self.seated(),
            ),
            refusals=self.refusals,
        )

    def _standing(self, number: int) -> SeatStanding:
        found = self.boundaries(number)
        holder = self.waiting.held(number)
        lost = self.lost_at.get(number)
        slot = self.slots.get(number)
        occupant = None
        if slot is not None:
            running = Running(slot.total, self.now - slot.opened, slot.renewals)
            known = () if isinstance(found, Refusal) else found
            before = self.used(slot.person, slot.slot_id)
            occupant = Occupant(
                slot.slot_id,
                START + timedelta(seconds=slot.deadline),
                before + slot.used(self.now),
                bar_of(RULE, self.wall, running, known, before, declined=slot.declined),
                RULE.mercy_seconds if slot.mercy else 0,
            )
        return SeatStanding(
            number,
            in_contact=lost is None,
            lost_at=None if lost is None else START + timedelta(seconds=lost),
            usable_until=usable_until(found, self.wall),
            occupant=occupant,
            held_for=None if holder is None else holder.number,
        )

    def refresh(self) -> RoomSnapshot:
        """Let the list and the answers follow from what is known now."""
        before = self.waiting
        self.waiting = settle(before, free_seats(self.snapshot()), self.wall, seated=self.seated())
        self._note_overtaking(before)
        self.refusals = standing_refusals(self.snapshot())
        return self.snapshot()

    def _note_overtaking(self, before: WaitingList) -> None:
        """Write down each call that went past somebody who was there and had missed none."""
        for ticket in self.waiting.live():
            earlier = before.ticket(ticket.number)
            called = ticket.state is TicketState.CALLED
            if not called or earlier is None or earlier.seat == ticket.seat:
                continue
            for other in self.waiting.live():
                waits = other.state is TicketState.WAITING and other.person not in self.seated()
                if waits and not other.missed and other.place < ticket.place:
                    self.overtaken.append((ticket, other))

    def open(self, seat: int, slot_id: str, person: str) -> Grant | Reason:
        """Grant a slot or refuse it. The station says that nobody sits there."""
        self.slots.pop(seat, None)
        self.refresh()
        if any(slot.person == person and not self._dead(slot) for slot in self.slots.values()):
            return reason_for(Refusal(Ground.PERSON_SEATED))
        welcome = may_open(self.waiting, seat, person, self.wall, self.seated())
        if isinstance(welcome, ListFault):
            held = welcome is ListFault.HELD_FOR_OTHER
            return reason_for(Refusal(Ground.HELD if held else Ground.TICKET_NEEDED))
        found = self.boundaries(seat)
        if not isinstance(found, Refusal):
            found_grant = grant(RULE, self.wall, found, self.used(person))
            if isinstance(found_grant, Grant):
                self.slots[seat] = Slot(slot_id, seat, person, self.now, found_grant.total_seconds)
                self.waiting = sit(self.waiting, person, seat, self.wall)
                self.refresh()
                return found_grant
            return reason_for(found_grant)
        return reason_for(found)

    def _dead(self, slot: Slot) -> bool:
        """Tell whether a slot is over by the clock on a seat that nobody hears."""
        over = slot.deadline + RULE.grace_seconds <= self.now
        return over and slot.seat in self.lost_at

    def renew(self, seat: int, slot: Slot, offered_ago: float | None) -> Grant | Reason:
        """Answer a renewal from the total that the station names."""
        found = self.boundaries(seat)
        if isinstance(found, Refusal):
            return reason_for(found)
        self.refresh()
        asker = Asker(
            Running(slot.total, self.now - slot.opened, slot.renewals),
            self.used(slot.person, slot.slot_id),
            slot.mercy,
            offered_ago,
        )
        return ask_renewal(RULE, self.wall, asker, found, self.answer(seat))

    def answer(self, seat: int) -> SeatAnswer | None:
        answers = standing_answers(self.snapshot())
        return next((one for one in answers if one.seat == seat), None)

    def take_facts(self, seat: int, facts: Iterable[Fact]) -> None:
        """Take in what a station tells, in its order; a fact is never undone."""
        for fact in facts:
            match fact:
                case Opened(slot_id, person, opened, total, alone):
                    for other in self.slots.values():
                        if other.person == person and other.seat != seat:
                            self.conflicts.append(slot_id)
                    self.slots[seat] = Slot(slot_id, seat, person, opened, total, alone)
                    self.waiting = sit(self.waiting, person, seat, self.wall)
                case Changed():
                    slot = self.slots.get(seat)
                    if slot is not None and slot.slot_id == fact.slot_id:
                        self.slots[seat] = replace(
                            slot,
                            opened=fact.opened,
                            total=fact.total,
                            renewals=fact.renewals,
                            mercy=fact.mercy,
                            declined=fact.declined,
                            kept_until=fact.kept_until,
                        )
                case Ended(slot_id, used):
                    slot = self.slots.get(seat)
                    if slot is not None and slot.slot_id == slot_id:
                        self.past[slot.person] = self.past.get(slot.person, 0) + used
                        del self.slots[seat]
        self.refresh()

    def waits(self) -> bool:
        """Tell whether a ticket waits that counts and is not called."""
        return any(
            ticket.state is not TicketState.CALLED
            and counts_at(ticket, self.wall)
            and ticket.person not in self.seated()
            for ticket in self.waiting.live()
        )
