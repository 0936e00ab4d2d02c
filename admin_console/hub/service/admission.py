"""Who may sit in a room now: nobody who sits already, and who is admitted on the room's date."""

from datetime import datetime

from admin_console.hub.service.allowance import gone
from admin_console.hub.service.port import Person, Work
from admin_console.hub.service.record import Seated, SlotState
from kiosk.rules.hours import local_date
from kiosk.rules.person import Admitted, NotAdmitted, may_sit
from kiosk.wire.place import RoomView


def judge_admission(room: RoomView, person: Person, now: datetime) -> Admitted | NotAdmitted:
    """Say whether a person may sit in a room now.

    It is asked before a slot opens and before a ticket is taken, never of somebody who sits:
    neither a renewal nor a slot that a power cut ended asks it again.
    """
    return may_sit(room.admission.as_rule(), person.facts, local_date(now, room.hours.zone))


def find_seated(work: Work, person: str, now: datetime) -> Seated | None:
    """Return where somebody sits, anywhere in the town; one who is gone from there does not sit."""
    for seated in work.slots.live_of(person):
        if not gone(seated.slot, seated.lost_at, now):
            return seated
    return None


def leave_seats(work: Work, person: str, now: datetime) -> None:
    """Write that somebody who sits down now has left what a silent station may still run."""
    for seated in work.slots.live_of(person):
        if seated.slot.state is SlotState.OPEN and seated.slot.left_at is None:
            work.slots.leave(seated.slot.slot_id, now)
