"""*Essayer sans risque*: whether somebody who gets a slot may make it a trial."""

from datetime import datetime

import msgspec

from admin_console.hub.service.allowance import boundaries
from admin_console.hub.service.port import Person
from kiosk.rules.slot import Grant, Refusal
from kiosk.rules.trial import trial
from kiosk.wire.place import RoomView
from kiosk.wire.station import SlotAnswer, SlotGranted


def offer_trial(
    room: RoomView, seat: int, person: Person, answer: SlotAnswer, now: datetime, *, wanted: bool
) -> SlotAnswer:
    """Return an answer with the trial that goes with it, if one does.

    Args:
        room: the room.
        seat: the seat's number.
        person: who asks.
        answer: what they are told.
        now: the present instant.
        wanted: whether a ticket waits that nothing covers, once this slot is taken.
    """
    known = boundaries(room, seat, now)
    if not isinstance(answer, SlotGranted) or isinstance(known, Refusal):
        return answer
    first = person.first_use and not person.tried
    found = trial(room.rule.as_rule(), now, known, first_time=first, tickets_wait=wanted)
    seconds = found.total_seconds if isinstance(found, Grant) else 0
    return msgspec.structs.replace(answer, trial_seconds=min(seconds, answer.total_seconds))
