"""Who may sit in a room now, by the room's own date."""

from datetime import datetime

from admin_console.hub.service.port import Person
from kiosk.rules.hours import local_date
from kiosk.rules.person import Admitted, NotAdmitted, may_sit
from kiosk.wire.place import RoomView


def judge_admission(room: RoomView, person: Person, now: datetime) -> Admitted | NotAdmitted:
    """Say whether a person may sit in a room now.

    It is asked before a slot opens and before a ticket is taken, never of somebody who sits:
    neither a renewal nor a slot that a power cut ended asks it again.
    """
    return may_sit(room.admission.as_rule(), person.facts, local_date(now, room.hours.zone))
