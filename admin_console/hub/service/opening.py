"""How a slot is opened: in one transaction, with the room held, once for each identifier."""

from dataclasses import replace
from datetime import datetime

import msgspec

from admin_console.hub.service.admission import find_seated, judge_admission, leave_seats
from admin_console.hub.service.allowance import (
    boundaries,
    lapsed,
    limit_instant,
    time_over,
    used_today,
)
from admin_console.hub.service.identity import StationIdentity
from admin_console.hub.service.interruption import give_back, kept_on, kept_until
from admin_console.hub.service.port import Clock, People, Person, Store, Work
from admin_console.hub.service.record import OpeningAnswer, Seat, Slot, SlotState
from admin_console.hub.service.trial import offer_trial
from admin_console.hub.service.tries import count_failure, start_afresh, wait_of
from admin_console.hub.service.view import tell_seat
from admin_console.hub.service.waiting import WaitingRoom, code_reference, find_waiting, refresh
from kiosk.rules.allowance import adapted
from kiosk.rules.cover import uncovered
from kiosk.rules.person import NotAdmitted
from kiosk.rules.signin import SignIn
from kiosk.rules.slot import Grant, Ground, Refusal, grant
from kiosk.rules.throttle import tries_left, wait_seconds
from kiosk.rules.ticket import ticket_label
from kiosk.rules.waiting import ListFault, Welcome, claim, may_open
from kiosk.wire.codec import encode
from kiosk.wire.event import EndReason
from kiosk.wire.place import RoomView
from kiosk.wire.provision import OpenByPass
from kiosk.wire.station import OpenSlot, SlotAnswer, SlotGranted, SlotRefused

Ask = OpenSlot | OpenByPass


class Openings:
    """Decides who may open a slot.

    The slow check of card and code stands outside the transaction, and its result is judged inside:
    whoever sends many guesses at once learns no more than one who sends them in turn.

    Args:
        store: where everything is kept.
        clock: the hub's clock.
        people: knows the members.
    """

    def __init__(self, store: Store, clock: Clock, people: People) -> None:
        self._store = store
        self._clock = clock
        self._people = people

    def open(self, station: StationIdentity, ask: OpenSlot) -> SlotAnswer:
        """Grant or refuse a slot; takes as long as a slow hash. The same ask, the same answer."""
        reference = self._people.reference(ask.card)
        subjects = (f"station:{station.station_id}", f"card:{reference}")
        with self._store.begin(write=False) as work:
            earlier = earlier_answer(work, station, ask.slot_id, reference)
            wait = wait_of(work, subjects, self._clock.now())
            room = work.rooms.get(station.room_id)
        if earlier is not None:
            return earlier
        person = None if wait or room is None else self._identify(room, ask)
        with self._store.begin(write=True) as work:
            room = work.rooms.hold(station.room_id)
            work.hold(f"person:{reference}")
            earlier = earlier_answer(work, station, ask.slot_id, reference)
            if earlier is not None:
                return earlier
            answer: SlotAnswer | None = self._judge_tries(work, ask, subjects, person, wait)
            if answer is None and person is not None and room is not None:
                answer = self.seat(work, station, room, ask, person)
            if answer is None:
                answer = SlotRefused(slot_id=ask.slot_id, ground=Ground.FAULT)
            work.slots.keep_answer(
                OpeningAnswer(
                    slot_id=ask.slot_id,
                    station_id=station.station_id,
                    at=self._clock.now(),
                    answer=encode(answer),
                )
            )
        return answer

    def _identify(self, room: RoomView, ask: OpenSlot) -> Person | None:
        """Return whose card it is, if what the room asks for besides is right.

        Where the card alone opens, a code that came with it all the same is not looked at.
        """
        if room.sign_in is SignIn.CARD:
            return self._people.find(ask.card)
        return None if ask.pin is None else self._people.check(ask.card, ask.pin)

    def _judge_tries(
        self,
        work: Work,
        ask: OpenSlot,
        subjects: tuple[str, ...],
        person: Person | None,
        waited: int,
    ) -> SlotRefused | None:
        now = self._clock.now()
        wait = max(waited, wait_of(work, subjects, now))
        if wait:
            return SlotRefused(
                slot_id=ask.slot_id, ground=Ground.TOO_MANY_TRIES, retry_seconds=wait
            )
        if person is None:
            return _failed(work, ask, subjects, now)
        start_afresh(work, subjects)
        return None

    def seat(
        self,
        work: Work,
        station: StationIdentity,
        room: RoomView,
        ask: Ask,
        person: Person,
    ) -> SlotAnswer | None:
        """Return the answer to somebody known, None when the station has lost its place.

        The room and the person are held, and the answer is kept by whoever asks.
        """
        now = self._clock.now()
        seat = work.seats.get(station.seat_id)
        if seat is None or seat.station_id != station.station_id:
            return None
        if seat.out_of_order is not None:
            return SlotRefused(slot_id=ask.slot_id, ground=Ground.OUT_OF_ORDER)
        taken = self._clear_seat(work, station, person)
        if taken is not None:
            return SlotRefused(slot_id=ask.slot_id, ground=Ground.SEAT_TAKEN, at=taken.ends_at)
        seated = find_seated(work, person.reference, now)
        if seated is not None:
            return SlotRefused(
                slot_id=ask.slot_id,
                ground=Ground.PERSON_SEATED,
                at=seated.slot.ends_at,
                seat_number=seated.seat_number,
                room_name=seated.room_name,
            )
        admitted = judge_admission(room, person, now)
        if isinstance(admitted, NotAdmitted) and ask.resumes is None:
            return SlotRefused(
                slot_id=ask.slot_id, ground=admitted.ground, minimum_age=admitted.minimum_age
            )
        cut = kept_on(work, room, seat.seat_id, now)
        mine = cut is not None and work.slots.person(cut.slot_id) == person.reference
        if ask.resumes is not None:
            resumed = cut if mine and cut is not None and cut.slot_id == ask.resumes else None
            return self._resume(work, station, room, seat, ask, person, resumed)
        if cut is not None and not mine:
            until = kept_until(room, cut)
            return SlotRefused(slot_id=ask.slot_id, ground=Ground.HELD, at=until)
        found = find_waiting(work, room, now)
        if found is None:
            answer = self._grant(work, station, room, seat, ask, person)
            return offer_trial(room, seat.number, person, answer, now, wanted=False)
        refused = self._ask_list(work, found, seat, ask, person)
        if refused is not None:
            found.keep()
            return refused
        answer = self._grant(work, station, room, seat, ask, person)
        found.reread()
        found.settle()
        found.keep()
        wanted = bool(uncovered(found.snapshot()))
        return offer_trial(room, seat.number, person, answer, now, wanted=wanted)

    def _resume(
        self,
        work: Work,
        station: StationIdentity,
        room: RoomView,
        seat: Seat,
        ask: Ask,
        person: Person,
        cut: Slot | None,
    ) -> SlotAnswer:
        """Give back what was left of a slot that a power cut ended, whoever waits."""
        now = self._clock.now()
        known = boundaries(room, seat.number, now)
        if cut is None or isinstance(known, Refusal):
            refusal = known if isinstance(known, Refusal) else Refusal(Ground.OVER)
            return SlotRefused(slot_id=ask.slot_id, ground=refusal.ground, at=refusal.at)
        kept = give_back(room, cut, now, known)
        if isinstance(kept, Refusal):
            return SlotRefused(slot_id=ask.slot_id, ground=kept.ground, at=kept.at)
        found = Grant(kept.left_seconds, kept.limit)
        answer = self._add(work, station, room, ask, person, found, cut)
        refresh(work, room, now)
        return answer

    def _ask_list(
        self, work: Work, found: WaitingRoom, seat: Seat, ask: Ask, person: Person
    ) -> SlotRefused | None:
        """Return why somebody may not sit here while others wait, None if they may.

        A ticket that was taken without a card becomes its holder's by its code.
        """
        now = self._clock.now()
        found.settle()
        listed = found.waiting
        if ask.ticket_code is not None and listed.of_person(person.reference) is None:
            subjects = (f"tickets:{person.reference}", f"tickets:{seat.station_id}")
            wait = wait_of(work, subjects, now)
            if wait:
                return SlotRefused(
                    slot_id=ask.slot_id, ground=Ground.TOO_MANY_TRIES, retry_seconds=wait
                )
            code = code_reference(self._people, found, ask.ticket_code)
            claimed = claim(listed, code, person.reference)
            if isinstance(claimed, ListFault):
                return _failed(work, ask, subjects, now, Ground.WRONG_TICKET_CODE)
            start_afresh(work, subjects)
            listed = claimed
        welcome = may_open(listed, seat.number, person.reference, now, found.sits_until())
        if isinstance(welcome, Welcome):
            found.waiting = listed
            return None
        held = welcome is ListFault.HELD_FOR_OTHER
        cause = listed.held(seat.number) if held else next(iter(listed.live()), None)
        return SlotRefused(
            slot_id=ask.slot_id,
            ground=Ground.HELD if held else Ground.TICKET_NEEDED,
            ticket="" if cause is None else ticket_label(found.room.letter, cause.number),
        )

    def _grant(
        self,
        work: Work,
        station: StationIdentity,
        room: RoomView,
        seat: Seat,
        ask: Ask,
        person: Person,
    ) -> SlotAnswer:
        now = self._clock.now()
        used = used_today(work, room, person.reference, now)
        known = boundaries(room, seat.number, now)
        rule = adapted(room.rule.as_rule(), person.time)
        if person.slot_seconds is not None:
            rule = replace(rule, slot_seconds=person.slot_seconds)
        found = known if isinstance(known, Refusal) else grant(rule, now, known, used)
        if isinstance(found, Refusal):
            return SlotRefused(slot_id=ask.slot_id, ground=found.ground, at=found.at)
        return self._add(work, station, room, ask, person, found)

    def _add(
        self,
        work: Work,
        station: StationIdentity,
        room: RoomView,
        ask: Ask,
        person: Person,
        found: Grant,
        cut: Slot | None = None,
    ) -> SlotGranted:
        """Add a slot that is granted; what was taken of the one it goes on with stays taken."""
        now = self._clock.now()
        time = person.time if cut is None else cut.time
        grace = adapted(room.rule.as_rule(), time).grace_seconds
        leave_seats(work, person.reference, now)
        renewals, mercy = (0, False) if cut is None else (cut.renewals, cut.mercy)
        work.slots.add(
            Slot(
                slot_id=ask.slot_id,
                seat_id=station.seat_id,
                room_id=station.room_id,
                station_id=station.station_id,
                state=SlotState.GRANTED,
                granted_at=now,
                total_seconds=found.total_seconds,
                grace_seconds=grace,
                renewals=renewals,
                mercy=mercy,
                resumes=None if cut is None else cut.slot_id,
                time=time,
            ),
            person.reference,
        )
        used = used_today(work, room, person.reference, now)
        return SlotGranted(
            slot_id=ask.slot_id,
            total_seconds=found.total_seconds,
            grace_seconds=grace,
            limit=None if found.limit is None else found.limit.ground,
            limit_at=limit_instant(room, found.limit),
            first_name=person.first_name,
            used_today_seconds=min(used, 24 * 3600),
            time=time,
            profile=person.facts.category.profile,
            first_use=person.first_use,
            renewals=renewals,
            mercy=mercy,
        )

    def _clear_seat(self, work: Work, station: StationIdentity, person: Person) -> Slot | None:
        """Close what stands on the seat in name only; return what really takes it."""
        now = self._clock.now()
        for slot in work.slots.live_on(station.seat_id):
            if slot.state is SlotState.GRANTED:
                # The same person asks again here: the station has not opened what it was granted.
                again = work.slots.person(slot.slot_id) == person.reference
                if not again and not lapsed(slot, now):
                    return slot
                work.slots.save(replace(slot, state=SlotState.GIVEN_UP, ended_at=now))
            elif time_over(slot, now):
                # The station asks for another slot, so this one is over, whatever happened to it.
                work.slots.save(
                    replace(
                        slot,
                        state=SlotState.ENDED,
                        ended_at=now,
                        end_reason=EndReason.FAULT,
                        used_seconds=slot.total_seconds,
                    )
                )
                tell_seat(work, slot.seat_id)
            else:
                return slot
        return None


def _failed(
    work: Work,
    ask: Ask,
    subjects: tuple[str, ...],
    now: datetime,
    ground: Ground = Ground.WRONG_CARD_OR_CODE,
) -> SlotRefused:
    tries = count_failure(work, subjects, now)
    return SlotRefused(
        slot_id=ask.slot_id,
        ground=ground,
        tries_left=min(tries_left(one, now) for one in tries),
        retry_seconds=max(wait_seconds(one, now) for one in tries),
    )


def earlier_answer(
    work: Work, station: StationIdentity, slot_id: str, reference: str
) -> SlotAnswer | None:
    """Return what was answered to this identifier before, None if nothing was."""
    fault = SlotRefused(slot_id=slot_id, ground=Ground.FAULT)
    kept = work.slots.answer(slot_id)
    if kept is None:
        slot = work.slots.get(slot_id)
        if slot is None:
            return None
        # The answer is forgotten by now, and with it the moment to open.
        mine = slot.station_id == station.station_id
        return SlotRefused(slot_id=slot_id, ground=Ground.OVER) if mine else fault
    if kept.station_id != station.station_id:
        return fault
    answer: SlotAnswer = msgspec.json.decode(kept.answer, type=SlotAnswer)
    if isinstance(answer, SlotGranted) and work.slots.person(slot_id) != reference:
        return fault
    return answer
