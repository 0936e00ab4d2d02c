"""What a sample is, and the snapshots of which all are made, for the gallery and the tests.

Names, hours and figures are examples; the site is a sample one.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from msgspec.structs import replace

from kiosk.rules.slot import Ground
from kiosk.rules.warning import stage_at
from kiosk.shell.enrolment_page import EnrolmentStage
from kiosk.shell.question import Question
from kiosk.shell.sample_refusal import MOMENT
from kiosk.shell.sample_told import CLUB_HELP, at
from kiosk.shell.ticket_acts import Mode
from kiosk.wire.face import (
    AwayFace,
    Contact,
    LockFace,
    RefusalFace,
    RenewalFace,
    RenewalStage,
    SessionFace,
    Shown,
    Snapshot,
    Span,
)
from kiosk.wire.goodbye import GoodbyeFace
from kiosk.wire.place import HelpContact

NOW = MOMENT
"""A Wednesday, 14:32 in Paris."""
HOUR = 3600
SLOT_ID = "0199e2f4-0000-7000-8000-000000000001"
COMMAND_ID = "0199e2f4-0000-7000-8000-000000000002"
ALL = ("internet", "writer", "files")


@dataclass(frozen=True, slots=True)
class Sample:
    """One state of one page.

    Attributes:
        name: of the picture.
        snapshot: what is shown; None for pages before the first snapshot.
        question: the dialog that stands.
        wants_program: the visitor went to the program.
        shows_help: the visitor opened the page of help.
        typed: what was typed on the lock: card, then code.
        enrolment: where the enrolment stands.
        calm: the visitor wants calm gestures.
        reduced: the visitor wants fewer movements.
        wants_pass: the visitor has no card.
        mode: what is asked about the ticket.
        sent: card and secret code are typed; the code of the ticket is `typed`.
        later: what is shown after the dialog has opened.
    """

    name: str
    snapshot: Snapshot | None = None
    question: Question | None = None
    wants_program: bool = False
    shows_help: bool = False
    typed: tuple[str, str] = ("", "")
    enrolment: EnrolmentStage | None = None
    calm: bool = False
    reduced: bool = False
    wants_pass: bool = False
    sent: bool = False
    mode: Mode = Mode.ACTS
    later: Snapshot | None = None


def base(shown: Shown, now: datetime = NOW) -> Snapshot:
    """Return a snapshot of the sample library, open from 10 to 19."""
    return Snapshot(
        shown=shown,
        now=now,
        zone="Europe/Paris",
        contact=Contact.LIVE,
        windowed=False,
        site_name="Médiathèque du Trapèze",
        town="Boulogne-Billancourt",
        room_name="Salle multimédia",
        seat_number=7,
        staffed=True,
        openings=(Span(start=at(8), end=at(17)),),
        next_opening=Span(start=at(36), end=at(41)),
    )


def club(snapshot: Snapshot, contact: HelpContact | None = CLUB_HELP) -> Snapshot:
    """Return the same on a seat where nobody stands beside."""
    return replace(
        snapshot,
        site_name="Club seniors Auguste-Perret",
        room_name="Salle informatique",
        seat_number=3,
        staffed=False,
        help_contact=contact,
        openings=(Span(start=at(7), end=at(10)), Span(start=at(12), end=at(16))),
    )


def lock(**changes: object) -> Snapshot:
    """Return the lock; `changes` are fields of its face."""
    face = replace(LockFace(slot_seconds=HOUR), **changes)
    return replace(base(Shown.LOCK), lock=face)


def away(face: AwayFace, **changes: object) -> Snapshot:
    """Return a seat that is locked over somebody's slot."""
    return replace(base(Shown.AWAY), lock=replace(LockFace(away=face), **changes))


def session(minutes: float, **changes: object) -> Snapshot:
    """Return a session with so many minutes left; `changes` are fields of its face."""
    remaining = round(minutes * 60)
    ends_at = datetime(2026, 10, 14, 13, 40, tzinfo=UTC)
    now = ends_at - timedelta(seconds=remaining)
    stage = stage_at(remaining)
    renewal = RenewalFace(
        stage=RenewalStage.OFFERED if remaining <= 600 else RenewalStage.NOT_YET,
        offered_at=ends_at - timedelta(minutes=10),
        until=ends_at + timedelta(hours=1) if remaining <= 600 else None,
        by_itself=remaining <= 120,
    )
    face = SessionFace(
        slot_id=SLOT_ID,
        first_name="Jeanne",
        total_seconds=HOUR,
        remaining_seconds=remaining,
        ends_at=ends_at,
        stage=stage,
        renewal=renewal,
        applications=ALL,
        can_step_away=True,
    )
    return replace(base(Shown.SESSION, now), session=replace(face, **changes))


def renewal_of(
    snapshot: Snapshot, stage: RenewalStage, refusal: RefusalFace | None = None
) -> Snapshot:
    """Return a session whose renewal stands elsewhere."""
    face = snapshot.session
    if face is None:
        return snapshot
    until = face.renewal.until if stage is not RenewalStage.REFUSED else None
    renewal = replace(face.renewal, stage=stage, refusal=refusal, until=until)
    return replace(snapshot, session=replace(face, renewal=renewal))


def waits(snapshot: Snapshot) -> RefusalFace:
    """Return the refusal for a ticket that was taken 27 minutes ago."""
    since = snapshot.now - timedelta(minutes=27)
    return RefusalFace(ground=Ground.WAITING, ticket="A-19", waiting_since=since, mercy=True)


def with_mercy(snapshot: Snapshot) -> Snapshot:
    """Return a session that is refused for a ticket, and may have five minutes more."""
    told = renewal_of(snapshot, RenewalStage.REFUSED, waits(snapshot))
    face = told.session
    if face is None:
        return told
    renewal = replace(face.renewal, mercy_until=face.ends_at + timedelta(minutes=5))
    return replace(told, session=replace(face, renewal=renewal))


def grace(seconds: int, stage: RenewalStage = RenewalStage.OFFERED, **changes: object) -> Snapshot:
    """Return a session that is over, with so many seconds to save."""
    told = renewal_of(session(0), stage)
    face = told.session
    if face is None:
        return told
    face = replace(face, grace_remaining_seconds=seconds, running_applications=1)
    return replace(told, shown=Shown.GRACE, session=replace(face, **changes))


def goodbye(*, closed: bool, clean: bool) -> Snapshot:
    """Return a leave."""
    face = GoodbyeFace(programs_closed=closed, clean=clean)
    return replace(base(Shown.GOODBYE, NOW + timedelta(hours=1)), goodbye=face)


def windowed(snapshot: Snapshot) -> Snapshot:
    """Return the same in windowed mode."""
    return replace(snapshot, windowed=True)
