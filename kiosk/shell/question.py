"""When a dialog may open, how long it stands, and what becomes of one whose question falls away.

No dialog closes by itself in under two minutes: what a visitor is reading, or about to press, does
not vanish. A question of the session that falls away turns into another one, or into a sentence
that the visitor closes. Only a face that goes takes its dialogs with it, and *Êtes-vous toujours
là ?* goes with the first sign of life, which answers it.
"""

from enum import StrEnum

from kiosk.rules.warning import Stage
from kiosk.wire.face import HelpStage, RenewalStage, SessionFace, Shown, Snapshot

DISPLAYED = (Shown.LOCK, Shown.AWAY, Shown.SESSION, Shown.GRACE)
"""The faces on which size and contrast may be chosen."""

GUIDING = (Shown.LOCK, Shown.CLOSED, Shown.WORKSHOP, Shown.OUT_OF_ORDER)
"""The faces on which somebody may ask where else to go."""

SITTING = (Shown.SESSION, Shown.GRACE)

OFFERED = (RenewalStage.OFFERED, RenewalStage.DECLINED)


class Question(StrEnum):
    """The dialogs."""

    OFFER = "offer"
    OPTIONS = "options"
    ENDING = "ending"
    MOVED_ON = "moved_on"
    MESSAGE = "message"
    HELP = "help"
    FORGOTTEN = "forgotten"
    DISPLAY = "display"
    TICKET = "ticket"
    IDLE = "idle"
    PLACES = "places"
    CREDIT = "credit"


def fits(question: Question, snapshot: Snapshot) -> bool:
    """Return whether a dialog may open now."""
    session, is_open = snapshot.session, snapshot.shown is Shown.SESSION
    match question:
        case Question.DISPLAY:
            return snapshot.shown in DISPLAYED
        case Question.FORGOTTEN:
            return snapshot.shown in (Shown.LOCK, Shown.AWAY)
        case Question.TICKET:
            return snapshot.shown in (Shown.LOCK, Shown.AWAY, Shown.SESSION)
        case Question.PLACES:
            return snapshot.shown in GUIDING
        case Question.CREDIT:
            return is_open and session is not None and session.credit is not None
        case Question.IDLE:
            return is_open and session is not None and session.idle is not None
        case Question.HELP:
            return snapshot.help_stage is not HelpStage.QUIET
        case Question.MESSAGE:
            return session is not None and session.message is not None
        case Question.ENDING:
            return is_open and session is not None
        case Question.MOVED_ON:
            return session is not None and snapshot.shown in SITTING
        case Question.OFFER:
            return is_open and session is not None and _is_offered(session)
        case Question.OPTIONS:
            return is_open and session is not None and _is_refused(session)


def stands(question: Question, snapshot: Snapshot) -> bool:
    """Return whether a dialog that is open may stay as it is.

    What can be done at the end can still be done in the grace, and while the renewal is asked for.
    """
    session = snapshot.session
    if question not in (Question.OFFER, Question.OPTIONS):
        return fits(question, snapshot)
    if session is None or snapshot.shown not in SITTING or session.ended_by_staff:
        return False
    if session.stage is not Stage.NONE and session.renewal.stage is RenewalStage.ASKING:
        return True
    return _is_offered(session) if question is Question.OFFER else _is_refused(session)


def turned(question: Question, snapshot: Snapshot) -> Question | None:
    """Return what an open dialog turns into once it may not stay; None where it simply goes."""
    if not fits(Question.MOVED_ON, snapshot):
        return None
    if question is Question.OFFER and stands(Question.OPTIONS, snapshot):
        return Question.OPTIONS
    if question is Question.OPTIONS and stands(Question.OFFER, snapshot):
        return Question.OFFER
    if question in (Question.OFFER, Question.OPTIONS, Question.ENDING):
        return Question.MOVED_ON
    return None


def is_over(snapshot: Snapshot, session: SessionFace) -> bool:
    """Return whether the slot is over and its grace runs."""
    return snapshot.shown is Shown.GRACE and session.remaining_seconds == 0


def _is_offered(session: SessionFace) -> bool:
    if session.stage is not Stage.TWO or session.renewal.stage not in OFFERED:
        return False
    return session.renewal.until is not None


def _is_refused(session: SessionFace) -> bool:
    return session.stage is not Stage.NONE and session.renewal.stage is RenewalStage.REFUSED
