"""How a slot is renewed: once from each total, fairly to those who wait."""

from datetime import datetime

import msgspec

from admin_console.hub.service.allowance import boundaries, limit_instant, used_today
from admin_console.hub.service.identity import StationIdentity
from admin_console.hub.service.port import Clock, Store, Work
from admin_console.hub.service.record import RenewalAnswer as KeptAnswer
from admin_console.hub.service.record import Slot, SlotState
from admin_console.hub.service.waiting import find_waiting, refresh
from kiosk.rules.allowance import adapted
from kiosk.rules.cover import SeatAnswer, standing_answers
from kiosk.rules.reason import Reason, Way
from kiosk.rules.renewal import Asker, AtWork, ask_renewal, renew_itself, take_mercy
from kiosk.rules.slot import ENDING_SECONDS, Boundary, Grant, Ground, Refusal, Running
from kiosk.rules.ticket import ticket_label
from kiosk.wire.codec import encode
from kiosk.wire.place import RoomView
from kiosk.wire.station import (
    RenewalAnswer,
    RenewalGranted,
    RenewalKind,
    RenewalRefused,
    RenewSlot,
)

SKEW_SECONDS = 30
"""How far the clocks of station and hub may differ before a renewal comes too early or late."""


class Renewals:
    """Decides whether a slot may be renewed: asked for, by itself, or for the minutes of mercy.

    The station knows its total better than the hub, to which a fact may still be on its way; the
    renewal goes from the total that the station names.
    """

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def renew(self, station: StationIdentity, ask: RenewSlot) -> RenewalAnswer:
        """Grant or refuse a renewal. A grant stands; a refusal falls with its ground."""
        with self._store.begin(write=True) as work:
            room = work.rooms.hold(station.room_id)
            slot = work.slots.get(ask.slot_id)
            if room is None or slot is None or slot.station_id != station.station_id:
                return _refused(ask, Refusal(Ground.FAULT))
            kept = work.slots.renewal(ask.slot_id, ask.from_total_seconds)
            if kept is not None:
                earlier: RenewalAnswer = msgspec.json.decode(kept.answer, type=RenewalAnswer)
                return earlier
            answer = self._decide(work, room, slot, ask)
            if isinstance(answer, RenewalGranted):
                work.slots.keep_renewal(
                    KeptAnswer(
                        slot_id=ask.slot_id,
                        from_total_seconds=ask.from_total_seconds,
                        at=self._clock.now(),
                        granted_total=answer.total_seconds,
                        answer=encode(answer),
                        kind=ask.kind,
                    )
                )
                refresh(work, room, self._clock.now())
        return answer

    def _decide(self, work: Work, room: RoomView, slot: Slot, ask: RenewSlot) -> RenewalAnswer:
        now = self._clock.now()
        seat = work.seats.get(slot.seat_id)
        if seat is None or slot.state in {SlotState.ENDED, SlotState.GIVEN_UP}:
            return _refused(ask, Refusal(Ground.OVER))
        if slot.trial:
            return _refused(ask, Refusal(Ground.TRIAL))
        known = boundaries(room, seat.number, now)
        if isinstance(known, Refusal):
            return _refused(ask, known)
        asker = self._asker(work, room, slot, ask)
        found = _judge(room, asker, slot, ask, now, known, self._answer(work, room, seat.number))
        if isinstance(found, Grant):
            return RenewalGranted(
                slot_id=ask.slot_id,
                from_total_seconds=ask.from_total_seconds,
                total_seconds=found.total_seconds,
                limit=None if found.limit is None else found.limit.ground,
                limit_at=limit_instant(room, found.limit),
            )
        return RenewalRefused(
            slot_id=ask.slot_id,
            from_total_seconds=ask.from_total_seconds,
            ground=found.ground,
            at=found.at,
            ticket="" if found.ticket is None else ticket_label(room.letter, found.ticket),
            waiting_since=found.waiting_since,
            mercy=Way.MERCY in found.ways,
        )

    def _asker(self, work: Work, room: RoomView, slot: Slot, ask: RenewSlot) -> Asker:
        now = self._clock.now()
        told = work.slots.renewals_granted(slot.slot_id, ask.from_total_seconds)
        left = _left(slot, ask.from_total_seconds, (now - _opened(slot)).total_seconds())
        person = work.slots.person(slot.slot_id)
        used = 0
        if person is not None:
            # A slot counts whole on the date of its start, also after midnight.
            used = used_today(work, room, person, now, _opened(slot), without=slot.slot_id)
        return Asker(
            running=Running(
                total_seconds=ask.from_total_seconds,
                elapsed_seconds=ask.from_total_seconds - left,
                renewals=max(slot.renewals, told),
            ),
            used_today_seconds=used,
            mercy_taken=slot.mercy or work.slots.mercy_granted(slot.slot_id),
            offered_seconds_ago=ask.offered_seconds_ago,
        )

    def _answer(self, work: Work, room: RoomView, seat: int) -> SeatAnswer | None:
        """Return what the list says of a seat now, None if nobody waits."""
        found = find_waiting(work, room, self._clock.now())
        if found is None:
            return None
        found.settle()
        found.keep()
        answers = standing_answers(found.snapshot())
        return next((one for one in answers if one.seat == seat), None)


def _judge(
    room: RoomView,
    asker: Asker,
    slot: Slot,
    ask: RenewSlot,
    now: datetime,
    known: tuple[Boundary, ...],
    answer: SeatAnswer | None,
) -> Grant | Reason:
    rule = adapted(room.rule.as_rule(), slot.time)
    if answer is not None and answer.slot_id != slot.slot_id:
        answer = None
    match ask.kind:
        case RenewalKind.ASKED:
            return ask_renewal(rule, now, asker, known, answer)
        case RenewalKind.BY_ITSELF:
            # The station asks so only for somebody at work.
            work = AtWork(0, room.rule.idle_seconds, slot.declined)
            return renew_itself(rule, now, asker, known, answer, work)
        case RenewalKind.MERCY:
            found = ask_renewal(rule, now, asker, known, answer)
            # The refusal may have fallen meanwhile: who wishes for little more gets it.
            ground = Ground.WAITING if isinstance(found, Grant) else found.ground
            return take_mercy(rule, now, asker, known, ground)


def _opened(slot: Slot) -> datetime:
    return slot.granted_at if slot.opened_at is None else slot.opened_at


def _left(slot: Slot, total: int, elapsed: float) -> float:
    """Return the seconds left, brought inside the bounds that only a difference of clocks passes.

    The station asks between ten minutes before the end and the end of the grace, by its own clock.
    """
    left = total - elapsed
    if ENDING_SECONDS < left <= ENDING_SECONDS + SKEW_SECONDS:
        return ENDING_SECONDS
    if -slot.grace_seconds - SKEW_SECONDS <= left <= -slot.grace_seconds:
        return 1 - slot.grace_seconds
    return left


def _refused(ask: RenewSlot, refusal: Refusal) -> RenewalRefused:
    return RenewalRefused(
        slot_id=ask.slot_id,
        from_total_seconds=ask.from_total_seconds,
        ground=refusal.ground,
        at=refusal.at,
    )
