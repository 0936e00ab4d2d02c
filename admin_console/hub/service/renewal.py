"""How a slot is renewed: once from each total."""

from datetime import datetime

import msgspec

from admin_console.hub.service.allowance import closing, limit_instant, used_today
from admin_console.hub.service.identity import StationIdentity
from admin_console.hub.service.port import Clock, Store, Work
from admin_console.hub.service.record import RenewalAnswer as KeptAnswer
from admin_console.hub.service.record import Slot, SlotState
from kiosk.rules.slot import ENDING_SECONDS, Ground, Refusal, Running, renew
from kiosk.wire.codec import encode
from kiosk.wire.place import RoomView
from kiosk.wire.station import RenewalAnswer, RenewalGranted, RenewalRefused, RenewSlot

SKEW_SECONDS = 30
"""How far the clocks of station and hub may differ before a renewal comes too early or late."""


class Renewals:
    """Decides whether a slot may be renewed.

    The station knows its total better than the hub, to which a fact may still be on its way; the
    renewal goes from the total that the station names.
    """

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def renew(self, station: StationIdentity, ask: RenewSlot) -> RenewalAnswer:
        """Grant or refuse a renewal. The same ask, the same answer, except to one too early."""
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
            if isinstance(answer, RenewalRefused) and answer.ground is Ground.TOO_EARLY:
                return answer
            granted = answer.total_seconds if isinstance(answer, RenewalGranted) else None
            work.slots.keep_renewal(
                KeptAnswer(
                    slot_id=ask.slot_id,
                    from_total_seconds=ask.from_total_seconds,
                    at=self._clock.now(),
                    granted_total=granted,
                    answer=encode(answer),
                )
            )
        return answer

    def _decide(self, work: Work, room: RoomView, slot: Slot, ask: RenewSlot) -> RenewalAnswer:
        now = self._clock.now()
        if slot.state in {SlotState.ENDED, SlotState.GIVEN_UP}:
            return _refused(ask, Refusal(Ground.OVER))
        boundaries = closing(room, now)
        if isinstance(boundaries, Refusal):
            return _refused(ask, boundaries)
        told = work.slots.renewals_granted(slot.slot_id, ask.from_total_seconds)
        left = _left(slot, ask.from_total_seconds, (now - _opened(slot)).total_seconds())
        running = Running(
            total_seconds=ask.from_total_seconds,
            elapsed_seconds=ask.from_total_seconds - left,
            renewals=max(slot.renewals, told),
        )
        person = work.slots.person(slot.slot_id)
        used = 0 if person is None else used_today(work, room, person, now, without=slot.slot_id)
        found = renew(room.rule.as_rule(), now, running, boundaries, used)
        if isinstance(found, Refusal):
            return _refused(ask, found)
        return RenewalGranted(
            slot_id=ask.slot_id,
            from_total_seconds=ask.from_total_seconds,
            total_seconds=found.total_seconds,
            limit=None if found.limit is None else found.limit.ground,
            limit_at=limit_instant(room, found.limit),
        )


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
