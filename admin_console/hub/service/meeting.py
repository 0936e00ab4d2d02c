"""Somebody is met at the desk: who they are, and what a room has for them now.

What is proposed follows from the rules by which a slot would open or a ticket be taken; nothing is
written, so that there is no trace of who came to the desk.
"""

from datetime import datetime

from admin_console.hub.service.admission import find_seated, judge_admission
from admin_console.hub.service.allowance import (
    bookings,
    boundaries,
    limit_instant,
    midnight,
    used_today,
)
from admin_console.hub.service.answer import NotAllowed, NotFound
from admin_console.hub.service.command import COMMANDERS
from admin_console.hub.service.identity import StaffIdentity
from admin_console.hub.service.outline import DAY_SECONDS, ticket_view, waiting_view
from admin_console.hub.service.port import Clock, People, Person, Store, Work
from admin_console.hub.service.waiting import WaitingRoom
from kiosk.rules.allowance import adapted
from kiosk.rules.estimate import estimate_for_one_more
from kiosk.rules.person import NotAdmitted
from kiosk.rules.slot import Grant, Ground, Refusal, grant
from kiosk.rules.waiting import Welcome, may_open
from kiosk.wire.people import (
    MeetingAnswer,
    MeetPerson,
    PersonFacts,
    PersonMet,
    PersonUnknown,
    SeatingView,
)
from kiosk.wire.place import RoomView
from kiosk.wire.waiting import TicketView


class Meetings:
    """Tells staff who may act at a seat what a room has for the holder of a card.

    Args:
        store: where everything is kept.
        clock: the hub's clock.
        people: knows the members.
    """

    def __init__(self, store: Store, clock: Clock, people: People) -> None:
        self._store = store
        self._clock = clock
        self._people = people

    def meet(self, staff: StaffIdentity, ask: MeetPerson) -> MeetingAnswer | NotAllowed | NotFound:
        """Say who holds a card, and what a room of the staff's sites has for them."""
        if not COMMANDERS & staff.roles:
            return NotAllowed()
        person = self._people.find(ask.card)
        now = self._clock.now()
        with self._store.begin(write=False) as work:
            room = work.rooms.get(ask.room_id)
            if room is None or room.site_id not in staff.site_ids:
                return NotFound()
            if person is None:
                return PersonUnknown()
            since = midnight(room, now)
            used = used_today(work, room, person.reference, now)
            slots = work.slots.of_person_since(person.reference, room.room_id, since)
            return PersonMet(
                facts=_facts(person),
                seating=Proposal(work, room, person, now, used).seating(),
                slots_today=sum(not slot.trial for slot in slots),
                used_today_seconds=min(used, DAY_SECONDS),
                first_use=person.first_use,
            )


class Proposal:
    """What a room has for a person at an instant, in one unit of work that only reads."""

    def __init__(
        self, work: Work, room: RoomView, person: Person, now: datetime, used_seconds: int
    ) -> None:
        self._work = work
        self._room = room
        self._person = person
        self._now = now
        self._used = used_seconds
        self._found = WaitingRoom(work, room, now, work.waiting.get(room.room_id))
        self._found.settle()

    def seating(self) -> SeatingView:
        """Return it."""
        ticket, ticket_room = self._ticket()
        seated = find_seated(self._work, self._person.reference, self._now)
        if seated is not None:
            return SeatingView(
                ground=Ground.PERSON_SEATED,
                at=seated.slot.ends_at,
                seat_number=seated.seat_number,
                room_name=seated.room_name,
                ticket=ticket,
                ticket_room=ticket_room,
            )
        admitted = judge_admission(self._room, self._person, self._now)
        if isinstance(admitted, NotAdmitted):
            return SeatingView(
                ground=admitted.ground,
                minimum_age=admitted.minimum_age,
                ticket=ticket,
                ticket_room=ticket_room,
            )
        grants = self._grants()
        refused = [one for one in grants.values() if isinstance(one, Refusal)]
        if grants and len(refused) == len(grants):
            return SeatingView(
                ground=refused[0].ground, at=refused[0].at, ticket=ticket, ticket_room=ticket_room
            )
        seats = self._seats(grants)
        best = grants[seats[0]] if seats else None
        limit = best.limit if isinstance(best, Grant) else None
        expected = None
        if ticket is None:
            expected = estimate_for_one_more(self._found.snapshot(), self._used).at
        return SeatingView(
            seats=seats,
            ticket=ticket,
            ticket_room=ticket_room,
            expected_at=expected,
            seconds=best.total_seconds if isinstance(best, Grant) else 0,
            limit=None if limit is None else limit.ground,
            limit_at=limit_instant(self._room, limit),
        )

    def _ticket(self) -> tuple[TicketView | None, str | None]:
        """Return the ticket that the person holds, and in which room."""
        mine = self._found.waiting.of_person(self._person.reference)
        if mine is not None:
            view = waiting_view(self._room, self._found.waiting, self._found.snapshot())
            shown = (one for one in view.tickets if one.number == mine.number)
            return next(shown, None), self._room.room_id
        other = self._work.tickets.elsewhere(self._person.reference, self._room.room_id)
        if other is None:
            return None, None
        return ticket_view(other.room, other.ticket), other.room.room_id

    def _grants(self) -> dict[int, Grant | Refusal]:
        """Return what each seat that works would give the person, were it free."""
        rule = adapted(self._room.rule.as_rule(), self._person.time)
        booked = bookings(self._room)
        grants: dict[int, Grant | Refusal] = {}
        for seat in self._work.seats.of_room(self._room.room_id):
            if seat.in_contact and seat.out_of_order is None:
                known = boundaries(self._room, seat.number, self._now, booked)
                grants[seat.number] = (
                    known
                    if isinstance(known, Refusal)
                    else grant(rule, self._now, known, self._used)
                )
        return grants

    def _seats(self, grants: dict[int, Grant | Refusal]) -> tuple[int, ...]:
        """Return the seats that would open now: the one held for them, then the longest slot."""
        waiting, seated = self._found.waiting, self._found.sits_until()
        me = self._person.reference
        fit: list[tuple[bool, int, int]] = []
        for number in self._found.free_seats():
            given = grants.get(number)
            welcome = may_open(waiting, number, me, self._now, seated)
            if isinstance(given, Grant) and isinstance(welcome, Welcome):
                holder = waiting.held(number)
                fit.append((holder is None, -given.total_seconds, number))
        return tuple(number for _, _, number in sorted(fit))


def _facts(person: Person) -> PersonFacts:
    facts = person.facts
    return PersonFacts(
        first_name=person.first_name,
        category=facts.category.key,
        least_age=facts.least_age,
        resident=facts.resident,
        authorised_on=facts.authorised_on,
        valid_until=facts.valid_until,
        time=person.time,
    )
