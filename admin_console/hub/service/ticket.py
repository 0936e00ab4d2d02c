"""How tickets are taken and changed: at a station or a board by their holder, at the desk by staff.

Card or pass are enough, without a code: a ticket gives nobody a seat, only its place in the list.
"""

import hashlib
from datetime import datetime

import msgspec

from admin_console.hub.service.act import Whom, note
from admin_console.hub.service.answer import AskInvalid, Conflict, NotAllowed, NotFound
from admin_console.hub.service.command import COMMANDERS
from admin_console.hub.service.holder import (
    Holder,
    Holders,
    fault_of,
    find_sitter,
    judge_holder,
)
from admin_console.hub.service.identity import StaffIdentity, StationIdentity
from admin_console.hub.service.outline import ticket_view
from admin_console.hub.service.port import Clock, People, Person, Store, Work
from admin_console.hub.service.provisionbook import Keys
from admin_console.hub.service.record import TicketAnswerRecord
from admin_console.hub.service.ticketstep import change_step, opens_at, shown_ticket
from admin_console.hub.service.tries import count_failure, start_afresh, wait_of
from admin_console.hub.service.waiting import WaitingRoom, code_reference
from kiosk.rules.identifier import Entropy
from kiosk.rules.ticket import CODES, Ticket, ticket_label
from kiosk.rules.waiting import ListFault, Step, give, take
from kiosk.wire.act import ActFacts, ActKind
from kiosk.wire.codec import encode
from kiosk.wire.desk import Role
from kiosk.wire.place import RoomView
from kiosk.wire.ticket import (
    ChangeAnswer,
    ChangeRoomTicket,
    ChangeTicket,
    TakeTicket,
    TicketAct,
    TicketAnswer,
    TicketChanged,
    TicketRefused,
    TicketTaken,
)

TAKERS = COMMANDERS | {Role.OBSERVER}
"""The roles that may take a ticket for somebody; a board in a room is signed in as an observer."""


_ACTS = {
    TicketAct.LEAVE: ActKind.TICKET_LEFT,
    TicketAct.STEP_AWAY: ActKind.TICKET_STEPPED_AWAY,
    TicketAct.COME_BACK: ActKind.TICKET_CAME_BACK,
    TicketAct.CALL_AGAIN: ActKind.TICKET_CALLED_AGAIN,
}


class Tickets:
    """Takes and changes tickets, once for each ask, under the room's lock.

    Args:
        store: where everything is kept.
        clock: the hub's clock.
        people: knows the members.
        entropy: draws the codes of tickets without a card.
        keys: derives what proves a guest pass.
    """

    def __init__(
        self, store: Store, clock: Clock, people: People, entropy: Entropy, keys: Keys
    ) -> None:
        self._store = store
        self._clock = clock
        self._people = people
        self._entropy = entropy
        self._holders = Holders(clock, people, keys)

    def take_at_station(
        self, station: StationIdentity, ask: TakeTicket
    ) -> TicketAnswer | AskInvalid | Conflict:
        """Give a card's or pass's holder, or who sits there, a ticket of the room.

        `AskInvalid`: none of them, or a seat. `Conflict`: the station has lost its seat, nobody
        sits there under that slot, or the identifier stands for another ask.
        """
        nobody = ask.card is None and ask.guest_pass is None and ask.slot_id is None
        if nobody or ask.seat is not None:
            return AskInvalid("a station takes tickets for cards and passes, and chooses no seat")
        member = self._holders.find_member(ask)
        with self._store.begin(write=True) as work:
            room = work.rooms.hold(station.room_id)
            seat = work.seats.get(station.seat_id)
            if room is None or seat is None or seat.station_id != station.station_id:
                return Conflict("the station has no seat any more")
            if ask.slot_id is None:
                holder = self._holders.find(work, room, ask, member)
            else:
                holder = find_sitter(work, station, ask.slot_id)
                if holder is None:
                    return Conflict("nobody sits there under that slot")
            return self._take(work, room, station.station_id, ask, holder)

    def take_at_desk(
        self, staff: StaffIdentity, room_id: str, ask: TakeTicket
    ) -> TicketAnswer | NotAllowed | NotFound | Conflict:
        """Give a card's holder, or whoever gets the code, a ticket of a room, or a free seat of it.

        Who may not send a command gives no seat. Nobody is overtaken by a seat that is given.
        """
        if not (TAKERS if ask.seat is None else COMMANDERS) & staff.roles:
            return NotAllowed()
        member = self._holders.find_member(ask)
        with self._store.begin(write=True) as work:
            room = work.rooms.hold(room_id)
            if room is None or room.site_id not in staff.site_ids:
                return NotFound()
            if ask.slot_id is not None:
                return Conflict("only a station knows who sits there")
            holder = self._holders.find(work, room, ask, member)
            return self._take(work, room, staff.staff_id, ask, holder, staff)

    def change_own(
        self, station: StationIdentity, ask: ChangeTicket
    ) -> ChangeAnswer | AskInvalid | Conflict:
        """Do what a card's or pass's holder wishes with their ticket of the station's room."""
        invalid = fault_of(ask)
        if invalid is not None:
            return invalid
        member = self._holders.find_member(ask)
        with self._store.begin(write=True) as work:
            room = work.rooms.hold(station.room_id)
            seat = work.seats.get(station.seat_id)
            if room is None or seat is None or seat.station_id != station.station_id:
                return Conflict("the station has no seat any more")
            return self._change_of_holder(work, room, station.station_id, ask, member)

    def change_at_board(
        self, staff: StaffIdentity, room_id: str, ask: ChangeTicket
    ) -> ChangeAnswer | NotAllowed | NotFound | AskInvalid:
        """Do the same at the board of a room; for staff who may do more there is the desk."""
        if Role.OBSERVER not in staff.roles or COMMANDERS & staff.roles:
            return NotAllowed()
        invalid = fault_of(ask)
        if invalid is not None:
            return invalid
        member = self._holders.find_member(ask)
        with self._store.begin(write=True) as work:
            room = work.rooms.hold(room_id)
            if room is None or room.site_id not in staff.site_ids:
                return NotFound()
            return self._change_of_holder(work, room, staff.staff_id, ask, member)

    def _change_of_holder(
        self, work: Work, room: RoomView, asker: str, ask: ChangeTicket, member: Person | None
    ) -> ChangeAnswer:
        holder = self._holders.find(work, room, ask, member)
        if holder is None:
            message = "an ask without a card was let in"
            raise LookupError(message)
        work.hold(f"person:{holder.reference}")
        refused = self._judge_card(work, asker, known=holder.person is not None)
        if refused is not None:
            return refused
        found = self._room(work, room)
        return self._change(found, found.waiting.of_person(holder.reference), ask.act, ask.until)

    def change_at_desk(
        self, staff: StaffIdentity, room_id: str, number: int, ask: ChangeRoomTicket
    ) -> ChangeAnswer | NotAllowed | NotFound | AskInvalid:
        """Do something with a ticket of today, for its holder or because nobody comes."""
        if not COMMANDERS & staff.roles:
            return NotAllowed()
        if ask.act is TicketAct.STEP_AWAY and ask.until is None:
            return AskInvalid("who steps away says until when")
        with self._store.begin(write=True) as work:
            room = work.rooms.hold(room_id)
            if room is None or room.site_id not in staff.site_ids:
                return NotFound()
            found = self._room(work, room)
            ticket = found.waiting.ticket(number)
            if ticket is None:
                return NotFound()
            answer = self._change(found, ticket, ask.act, ask.until)
            if isinstance(answer, TicketChanged):
                label = ticket_label(room.letter, number)
                facts = ActFacts(room_id=room_id, ticket=label)
                note(work, staff, _ACTS[ask.act], room.site_id, facts, Whom(ticket.person))
            return answer

    def _room(self, work: Work, room: RoomView) -> WaitingRoom:
        kept = work.waiting.get(room.room_id)
        found = WaitingRoom(work, room, self._clock.now(), kept)
        found.settle()
        return found

    def _judge_card(self, work: Work, asker: str, *, known: bool) -> TicketRefused | None:
        """Refuse an unknown card, and any card for a while after several unknown ones."""
        subject = f"tickets:{asker}"
        work.hold(subject)
        now = self._clock.now()
        wait = wait_of(work, (subject,), now)
        if wait:
            return TicketRefused(retry_seconds=wait)
        if not known:
            count_failure(work, (subject,), now)
            return TicketRefused(unknown_card=True, retry_seconds=wait_of(work, (subject,), now))
        return None

    def _take(
        self,
        work: Work,
        room: RoomView,
        asker: str,
        ask: TakeTicket,
        holder: Holder | None,
        staff: StaffIdentity | None = None,
    ) -> TicketAnswer | Conflict:
        reference = None if holder is None else holder.reference
        if reference is not None:
            work.hold(f"person:{reference}")
        digest = _digest(asker, room.room_id, reference, ask.seat)
        kept = work.tickets.answer(ask.ask_id)
        if kept is not None:
            if kept.ask_sha256 != digest:
                return Conflict("the identifier stands for another ask")
            earlier: TicketAnswer = msgspec.json.decode(kept.answer, type=TicketAnswer)
            return earlier
        # Who gives seats knows why somebody has no card; at a board anybody may press the button.
        by_staff = staff is not None and bool(COMMANDERS & staff.roles)
        answer: TicketAnswer | None = None
        if holder is not None:
            answer = self._judge_card(work, asker, known=holder.is_known)
        if answer is None and holder is not None:
            answer = judge_holder(room, holder, self._clock.now())
        if answer is None:
            most = None if by_staff else room.rule.coded_tickets
            answer = self._append(work, room, reference, ask.seat, most)
            if reference is not None and isinstance(answer, TicketTaken):
                start_afresh(work, (f"tickets:{asker}",))
        if isinstance(answer, TicketTaken) or answer.unknown_card:
            # Any other no changes nothing, and stands as long as its ground.
            work.tickets.keep_answer(
                TicketAnswerRecord(ask.ask_id, digest, self._clock.now(), encode(answer))
            )
        if isinstance(answer, TicketTaken) and staff is not None and by_staff:
            # A board takes tickets too; what a visitor does there is nobody else's act.
            _note_taken(work, staff, room, ask, answer, reference)
        return answer

    def _append(
        self, work: Work, room: RoomView, person: str | None, seat: int | None, most: int | None
    ) -> TicketAnswer:
        """Put somebody last on the list; None stands for whoever will have the code.

        At most so many have one with a code at once.
        """
        now = self._clock.now()
        found = self._room(work, room)
        code = ""
        elsewhere = None if person is None else work.tickets.elsewhere(person, room.room_id)
        coded = person is None
        if person is None:
            code, person = self._draw_code(found)
        taken = take(
            found.waiting,
            person,
            now,
            open_now=found.open_now,
            elsewhere=elsewhere is not None,
            coded=coded,
            most_coded=most,
        )
        if seat is not None:
            taken = self._give(found, taken, person, seat)
        if isinstance(taken, ListFault):
            view = found.keep()
            if elsewhere is not None and taken is ListFault.HAS_TICKET:
                return TicketRefused(
                    fault=taken,
                    ticket=ticket_view(elsewhere.room, elsewhere.ticket),
                    room_name=elsewhere.room.name,
                    elsewhere=True,
                )
            mine = found.waiting.of_person(person)
            return TicketRefused(
                fault=taken,
                ticket=None if mine is None else shown_ticket(view, room, mine),
                room_name="" if mine is None else room.name,
                at=opens_at(room, now) if taken is ListFault.CLOSED else None,
            )
        found.waiting = taken
        found.settle()
        view = found.keep()
        ticket = found.waiting.of_person(person)
        if ticket is None:
            message = "a ticket that was taken is gone"
            raise LookupError(message)
        return TicketTaken(ticket=shown_ticket(view, room, ticket), code=code)

    def _give(self, found: WaitingRoom, taken: Step, person: str, seat: int) -> Step:
        """Hold a chosen seat for a ticket, the new one or the one that its holder has already."""
        listed = taken
        if taken is ListFault.HAS_TICKET and found.waiting.of_person(person) is not None:
            listed = found.waiting
        if isinstance(listed, ListFault):
            return listed
        return give(
            listed,
            person,
            seat,
            found.free_seats(),
            self._clock.now(),
            seated=found.sits_until(),
            hold_seconds=found.room.rule.hold_seconds,
        )

    def _draw_code(self, found: WaitingRoom) -> tuple[str, str]:
        """Return a code that no live ticket of the room has, and the reference of its holder."""
        drawn = int.from_bytes(self._entropy(4)) % CODES
        for offset in range(CODES):
            code = f"{(drawn + offset) % CODES:03d}"
            person = code_reference(self._people, found, code)
            if found.waiting.of_person(person) is None:
                return code, person
        message = "a thousand people wait with a code"
        raise RuntimeError(message)

    def _change(
        self, found: WaitingRoom, ticket: Ticket | None, act: TicketAct, until: datetime | None
    ) -> ChangeAnswer:
        now = self._clock.now()
        step: Step = ListFault.NO_TICKET
        if ticket is not None and ticket.live:
            step = change_step(found, ticket, act, until, now)
        if isinstance(step, ListFault):
            view = found.keep()
            shown = None if ticket is None else shown_ticket(view, found.room, ticket)
            at = found.closes_at if step is ListFault.AFTER_CLOSING else None
            return TicketRefused(fault=step, ticket=shown, at=at)
        found.waiting = step
        found.settle()
        view = found.keep()
        number = 0 if ticket is None else ticket.number
        changed = found.waiting.ticket(number)
        if changed is None:
            message = "a ticket that was changed is gone"
            raise LookupError(message)
        return TicketChanged(ticket=shown_ticket(view, found.room, changed))


def _note_taken(
    work: Work,
    staff: StaffIdentity,
    room: RoomView,
    ask: TakeTicket,
    taken: TicketTaken,
    reference: str | None,
) -> None:
    kind = ActKind.TICKET_TAKEN if ask.seat is None else ActKind.SEAT_GIVEN
    facts = ActFacts(room_id=room.room_id, seat=ask.seat, ticket=taken.ticket.label)
    whom = None if reference is None else Whom.of(reference, ask.card or "")
    note(work, staff, kind, room.site_id, facts, whom)


def _digest(asker: str, room_id: str, person: str | None, seat: int | None) -> bytes:
    parts = (asker, room_id, person or "", "" if seat is None else str(seat))
    return hashlib.sha256("\0".join(parts).encode()).digest()
