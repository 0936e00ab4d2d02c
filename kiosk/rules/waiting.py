"""The waiting list of a room and a day, as a state machine without time or memory of its own.

Every step takes the list as it is and returns the next one. `settle` is the one step that time and
freed seats take: holds that ran out, returns that are due, then seats for those who wait, in their
order. Nobody is overtaken but by their own absence: away as they said, or called in vain.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from kiosk.rules.ticket import Ticket, TicketState, counts_at

HOLD_SECONDS = 600
"""How long a seat is held for a called ticket, in seconds, unless the room says otherwise."""

CALLS = 2
"""A ticket that was called in vain this often leaves the list."""


class ListFault(StrEnum):
    """Why a step is not taken."""

    CLOSED = "closed"
    HAS_TICKET = "has_ticket"
    NO_TICKET = "no_ticket"
    PAST = "past"
    AFTER_CLOSING = "after_closing"
    NOT_AWAY = "not_away"
    HELD_FOR_OTHER = "held_for_other"
    TICKETS_WAIT = "tickets_wait"
    SEAT_NOT_FREE = "seat_not_free"
    CODES_OUT = "codes_out"


@dataclass(frozen=True, slots=True)
class WaitingList:
    """The tickets of a room on its local date, those that ended too, in the order of numbers."""

    day: date
    tickets: tuple[Ticket, ...] = ()

    def ticket(self, number: int) -> Ticket | None:
        """Return the ticket with a number, None if there is none."""
        return self.tickets[number - 1] if 0 < number <= len(self.tickets) else None

    def live(self) -> tuple[Ticket, ...]:
        """Return the live tickets in the order of the list."""
        found = (ticket for ticket in self.tickets if ticket.live)
        return tuple(sorted(found, key=lambda ticket: ticket.place))

    def of_person(self, person: str) -> Ticket | None:
        """Return the live ticket of a person, None without one."""
        return next((one for one in self.tickets if one.live and one.person == person), None)

    def held(self, seat: int) -> Ticket | None:
        """Return the ticket for which a seat is held, None if it is not."""
        return next(
            (one for one in self.tickets if one.state is TicketState.CALLED and one.seat == seat),
            None,
        )

    def but(self, changed: Iterable[Ticket]) -> "WaitingList":
        """Return the list with some tickets in another state."""
        by_number = {ticket.number: ticket for ticket in changed}
        if not by_number:
            return self
        return replace(self, tickets=tuple(by_number.get(one.number, one) for one in self.tickets))


Step = WaitingList | ListFault
"""The list after a step, or why it was not taken; the list before it then stands unchanged."""


@dataclass(frozen=True, slots=True)
class Welcome:
    """Somebody may sit on a seat. `ticket` is the number of the ticket it was held for."""

    ticket: int | None = None


def take(
    waiting: WaitingList,
    person: str,
    now: datetime,
    *,
    open_now: bool,
    elsewhere: bool = False,
    coded: bool = False,
    most_coded: int | None = None,
) -> Step:
    """Give a person a ticket; it is the last in `tickets`.

    Args:
        waiting: the list.
        person: the reference of the person.
        now: the present instant.
        open_now: whether the room is open.
        elsewhere: whether the person has a live ticket of another room.
        coded: whether `person` stands for a code of three digits.
        most_coded: how many such tickets may live at once, None for any number.
    """
    if not open_now:
        return ListFault.CLOSED
    if elsewhere or waiting.of_person(person) is not None:
        return ListFault.HAS_TICKET
    if coded and most_coded is not None:
        given = sum(ticket.coded for ticket in waiting.live())
        if given >= most_coded:
            return ListFault.CODES_OUT
    number = len(waiting.tickets) + 1
    place = max((ticket.place for ticket in waiting.tickets), default=0) + 1
    ticket = Ticket(number, person, now, place, coded=coded)
    return replace(waiting, tickets=(*waiting.tickets, ticket))


def give(
    waiting: WaitingList,
    person: str,
    seat: int,
    free: Collection[int],
    now: datetime,
    *,
    seated: Collection[str] = (),
    hold_seconds: int = HOLD_SECONDS,
) -> Step:
    """Hold a chosen free seat for a person with a ticket, as the desk does; the list is settled.

    Nobody is overtaken by it: while others wait for whom no seat is held, it is refused.
    """
    mine = waiting.of_person(person)
    if mine is None:
        return ListFault.NO_TICKET
    if mine.state is TicketState.CALLED and mine.seat != seat and mine.seat in free:
        # Another seat than the one that called: the first is freed in the same step.
        waiting = waiting.but([replace(mine, state=TicketState.WAITING, seat=None)])
    holder = waiting.held(seat)
    if holder is not None and holder.number != mine.number:
        return ListFault.HELD_FOR_OTHER
    if seat not in free:
        return ListFault.SEAT_NOT_FREE
    if _next(waiting, now, {*seated, person}, ()) is not None:
        return ListFault.TICKETS_WAIT
    until = now + timedelta(seconds=hold_seconds)
    held = replace(mine, state=TicketState.CALLED, seat=seat, hold_until=until, back_at=None)
    return waiting.but([held])


def claim(waiting: WaitingList, code: str, person: str) -> Step:
    """Bind a ticket that was taken with a code to the card or pass of the person who has it."""
    found = waiting.of_person(code)
    if found is None:
        return ListFault.NO_TICKET
    if waiting.of_person(person) is not None:
        return ListFault.HAS_TICKET
    return waiting.but([replace(found, person=person, coded=False)])


def settle(
    waiting: WaitingList,
    free: Iterable[int],
    now: datetime,
    *,
    seated: Collection[str] = (),
    hold_seconds: int = HOLD_SECONDS,
) -> WaitingList:
    """Let time pass and give free seats to those who wait.

    Args:
        waiting: the list.
        free: seats in contact on which somebody could sit for the shortest slot, also those held.
        now: the present instant.
        seated: persons who sit somewhere; their tickets keep their place and are not called.
        hold_seconds: the room's rule.
    """
    usable = sorted(set(free))
    waiting = _give_back(waiting, set(usable))
    waiting = waiting.but(
        _came_back(ticket)
        for ticket in waiting.live()
        if ticket.back_at is not None and ticket.back_at <= now
    )
    missed = [
        _missed(ticket, now)
        for ticket in waiting.live()
        if ticket.hold_until is not None and ticket.hold_until <= now
    ]
    waiting = waiting.but(missed)
    just_missed = {ticket.number for ticket in missed}
    for seat in usable:
        if waiting.held(seat) is None:
            called = _next(waiting, now, seated, just_missed)
            if called is None:
                break
            start = now if called.back_at is None else max(now, called.back_at)
            until = start + timedelta(seconds=hold_seconds)
            waiting = waiting.but(
                [replace(called, state=TicketState.CALLED, seat=seat, hold_until=until)]
            )
    return waiting


def may_open(
    waiting: WaitingList, seat: int, person: str, now: datetime, seated: Collection[str] = ()
) -> Welcome | ListFault:
    """Say whether a person may sit on a free seat of a settled list.

    A held seat opens for its ticket only. While tickets wait, nobody sits without one; who is
    called may take any seat that is not another's.
    """
    mine = waiting.of_person(person)
    holder = waiting.held(seat)
    if holder is not None and holder.person != person:
        return ListFault.HELD_FOR_OTHER
    if mine is not None and mine.state is TicketState.CALLED:
        return Welcome(mine.number)
    if _next(waiting, now, {*seated, person}, ()) is not None:
        return ListFault.TICKETS_WAIT
    return Welcome(None if mine is None else mine.number)


def sit(waiting: WaitingList, person: str, seat: int, now: datetime) -> WaitingList:
    """Take in that a person sat down: the ticket, if any, ends. A fact, so it is never refused."""
    mine = waiting.of_person(person)
    if mine is None:
        return waiting
    ended = replace(mine, state=TicketState.SEATED, seat=seat, hold_until=None, ended_at=now)
    return waiting.but([ended])


def leave(waiting: WaitingList, person: str, now: datetime) -> Step:
    """Give a ticket back."""
    mine = waiting.of_person(person)
    if mine is None:
        return ListFault.NO_TICKET
    left = replace(mine, state=TicketState.LEFT, seat=None, hold_until=None, ended_at=now)
    return waiting.but([left])


def step_away(
    waiting: WaitingList, person: str, until: datetime, now: datetime, closes_at: datetime
) -> Step:
    """Step away until an instant before closing; the place is kept, a held seat is given up."""
    mine = waiting.of_person(person)
    if mine is None:
        return ListFault.NO_TICKET
    if until <= now:
        return ListFault.PAST
    if until >= closes_at:
        return ListFault.AFTER_CLOSING
    away = replace(mine, state=TicketState.AWAY, seat=None, hold_until=None, back_at=until)
    return waiting.but([away])


def come_back(waiting: WaitingList, person: str) -> Step:
    """Come back, sooner than said."""
    mine = waiting.of_person(person)
    if mine is None:
        return ListFault.NO_TICKET
    if mine.back_at is None:
        return ListFault.NOT_AWAY
    return waiting.but([_came_back(mine)])


def close(waiting: WaitingList, now: datetime) -> WaitingList:
    """End every live ticket because the room closes."""
    return waiting.but(
        replace(one, state=TicketState.EXPIRED, seat=None, hold_until=None, ended_at=now)
        for one in waiting.live()
    )


def _give_back(waiting: WaitingList, usable: Collection[int]) -> WaitingList:
    """Return to the front the tickets whose held seat is lost: out of contact, broken, reserved."""
    lost = [
        ticket
        for ticket in waiting.live()
        if ticket.state is TicketState.CALLED and ticket.seat not in usable
    ]
    if not lost:
        return waiting
    front = waiting.live()[0].place - len(lost)
    return waiting.but(
        replace(
            ticket,
            state=TicketState.WAITING,
            seat=None,
            hold_until=None,
            place=front + offset,
        )
        for offset, ticket in enumerate(lost)
    )


def _came_back(ticket: Ticket) -> Ticket:
    state = TicketState.WAITING if ticket.state is TicketState.AWAY else ticket.state
    return replace(ticket, state=state, back_at=None)


def _missed(ticket: Ticket, now: datetime) -> Ticket:
    missed = replace(
        ticket,
        state=TicketState.WAITING,
        seat=None,
        hold_until=None,
        missed=ticket.missed + 1,
    )
    if missed.missed < CALLS:
        return missed
    return replace(missed, state=TicketState.EXPIRED, ended_at=now)


def _next(
    waiting: WaitingList, now: datetime, seated: Collection[str], just_missed: Collection[int]
) -> Ticket | None:
    """Return who is called next: who is there before who is on the way back, then by place.

    Whoever has just missed a call lets everybody else go first, this once.
    """
    candidates = [
        ticket
        for ticket in waiting.live()
        if ticket.state is not TicketState.CALLED
        and ticket.person not in seated
        and counts_at(ticket, now)
    ]
    order: Callable[[Ticket], tuple[bool, bool, int]] = lambda ticket: (  # noqa: E731
        ticket.number in just_missed,
        ticket.state is TicketState.AWAY,
        ticket.place,
    )
    return min(candidates, key=order, default=None)
