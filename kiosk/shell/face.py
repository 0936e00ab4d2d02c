"""Which face is due: the brain says what is shown, the contact and the visitor's wish refine it."""

from enum import StrEnum

from kiosk.wire.face import Contact, Shown, Snapshot


class Face(StrEnum):
    """The faces of a workstation."""

    STARTING = "starting"
    ENROLMENT = "enrolment"
    LOCK = "lock"
    CLOSED = "closed"
    WORKSHOP = "workshop"
    OUT_OF_ORDER = "out_of_order"
    OFFLINE = "offline"
    HOME = "home"
    PROGRAM = "program"
    GOODBYE = "goodbye"
    AWAY = "away"
    TAKEN = "taken"
    PASS = "pass"  # noqa: S105 - a face
    WELCOME = "welcome"
    TICKET_CODE = "ticket_code"

    @property
    def is_visit(self) -> bool:
        """Whether somebody is here, whose choice of size and contrast still holds."""
        return self in _VISIT


_VISIT = frozenset({Face.WELCOME, Face.HOME, Face.PROGRAM, Face.AWAY, Face.TAKEN, Face.GOODBYE})


def face_due(
    snapshot: Snapshot,
    *,
    wants_program: bool,
    wants_pass: bool = False,
    wants_code: bool = False,
) -> Face:
    """Return the face for a snapshot; what is wanted is where a visitor went."""
    session = snapshot.session
    match snapshot.shown:
        case Shown.LOCK:
            lock = snapshot.lock
            opens = lock is not None and (lock.busy or lock.alone)
            # Where nothing can be checked there is no field to type it into.
            if snapshot.contact is Contact.LOST and not opens:
                return Face.OFFLINE
            if wants_code:
                return Face.TICKET_CODE
            return Face.PASS if wants_pass else Face.LOCK
        case Shown.SESSION:
            if session is not None and session.welcome is not None:
                return Face.WELCOME
            is_running = session is not None and session.running_applications > 0
            return Face.PROGRAM if wants_program and is_running else Face.HOME
        case Shown.GRACE:
            return Face.PROGRAM
        case Shown.AWAY:
            return Face.PASS if wants_pass else Face.AWAY
        case Shown.TAKEN:
            return Face.TAKEN
        case Shown.CLOSED:
            return Face.CLOSED
        case Shown.WORKSHOP:
            return Face.WORKSHOP
        case Shown.OUT_OF_ORDER:
            return Face.OUT_OF_ORDER
        case Shown.GOODBYE:
            return Face.GOODBYE
        case Shown.STARTING:
            return Face.STARTING
