"""Snapshots of every page in every state, for the gallery and the tests.

Names, hours and figures are examples; the site is a sample one.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from msgspec.structs import replace

from kiosk.rules.presence import LockCause
from kiosk.rules.slot import Ground
from kiosk.rules.warning import stage_at
from kiosk.shell.enrolment_page import EnrolmentStage
from kiosk.shell.question import Question
from kiosk.shell.sample_pass import CODES, HALF, PASSES, WHOLE
from kiosk.shell.sample_refusal import CARD_ALONE, MOMENT, refusals
from kiosk.shell.sample_told import BOOKED, CLUB_HELP, GIVEN, PLACES, TICKETS, at
from kiosk.shell.sample_welcome import WELCOMES
from kiosk.shell.ticket_acts import Mode
from kiosk.wire.face import (
    AwayFace,
    Contact,
    GoodbyeFace,
    HeldFace,
    HelpStage,
    IdleFace,
    LockFace,
    MessageFace,
    RefusalFace,
    RenewalFace,
    RenewalStage,
    SessionFace,
    Shown,
    Snapshot,
    Span,
)
from kiosk.wire.place import HelpContact
from kiosk.wire.workshop import BookingFace

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


def samples() -> list[Sample]:
    """Return every page in every state."""
    return [
        *_lock_samples(),
        *_pass_samples(),
        *_welcome_samples(),
        *_state_samples(),
        *_session_samples(),
        *_dialog_samples(),
    ]


def _lock_samples() -> Iterator[Sample]:
    yield Sample("lock", lock())
    yield Sample("lock-card", lock(), typed=("292145435678", "27"))
    for name, face in CARD_ALONE.items():
        yield Sample(f"lock-alone-card{name}", club(replace(base(Shown.LOCK), lock=face)))
    yield Sample("lock-ready", lock(), typed=("292145435678", "2718"))
    yield Sample("lock-busy", lock(busy=True), typed=("292145435678", "2718"))
    yield Sample("lock-shortened", lock(slot_seconds=1500, limit=Ground.CLOSING, limit_at=at(17)))
    yield Sample("lock-nothing", lock(slot_seconds=0, limit=Ground.CLOSING, limit_at=at(17)))
    yield Sample("lock-club", club(lock()))
    yield Sample("lock-windowed", windowed(lock()))
    held = HeldFace(ticket="A-18", until=NOW + timedelta(minutes=7), hold_seconds=600)
    yield Sample("lock-kept", lock(held=held))
    yield Sample("lock-kept-refused", lock(held=held, refusal=dict(refusals())["held"]))
    pause = AwayFace(
        cause=LockCause.AWAY,
        until=NOW + timedelta(minutes=7),
        pause_seconds=600,
        closes_at=NOW + timedelta(minutes=17),
    )
    yield Sample("away", away(pause))
    yield Sample("away-card", club(away(pause, card_alone=True)))
    yield Sample("away-club", club(away(pause)))
    wrong = RefusalFace(ground=Ground.WRONG_CARD_OR_CODE, tries_left=2)
    yield Sample("away-wrong", away(pause, refusal=wrong), typed=("292145435678", ""))
    yield Sample("away-idle", away(replace(pause, cause=LockCause.IDLE, until=None)))
    yield Sample("lock-resume", lock(resume=GIVEN))
    yield Sample("lock-reserved", lock(tickets_wait=True))
    for name, refusal in refusals():
        kept = "292145435678" if refusal.ground is Ground.WRONG_CARD_OR_CODE else ""
        yield Sample(f"lock-{name}", lock(refusal=refusal), typed=(kept, ""))
    for name in ("too-young", "no-authorisation"):
        yield Sample(f"lock-{name}-club", club(lock(refusal=dict(refusals())[name])))


def _pass_samples() -> Iterator[Sample]:
    yield Sample("pass", lock(), wants_pass=True)
    yield Sample("pass-half", lock(), typed=("", HALF), wants_pass=True)
    yield Sample("pass-ready", club(lock()), typed=("", WHOLE), wants_pass=True)
    for name, refusal in PASSES.items():
        yield Sample(f"pass-{name}", lock(refusal=refusal), wants_pass=True)
    yield Sample("pass-used-club", club(lock(refusal=PASSES["used"])), wants_pass=True)
    for name, (face, code) in CODES.items():
        yield Sample(name, club(lock(**face)), typed=("", code or ""), sent=code is not None)
    yield Sample("lock-alone", replace(lock(alone=True), contact=Contact.LOST))
    unknown = replace(lock(alone=True, refusal=PASSES["unchecked"]), contact=Contact.LOST)
    yield Sample("lock-alone-unknown", club(unknown))


def _welcome_samples() -> Iterator[Sample]:
    for name, welcome in WELCOMES.items():
        yield Sample(name, session(60, welcome=welcome))
        yield Sample(f"{name}-club", club(session(60, welcome=welcome)))
    short = session(25, first_name="", limit=Ground.CLOSING, welcome=WELCOMES["welcome"])
    yield Sample("welcome-shortened", short)
    yield Sample("welcome-windowed", windowed(short), Question.DISPLAY)


def _state_samples() -> Iterator[Sample]:
    yield Sample("starting")
    yield Sample("enrolment", enrolment=EnrolmentStage.ASKING)
    yield Sample("enrolment-refused", enrolment=EnrolmentStage.REFUSED)
    yield Sample("enrolment-no-answer", enrolment=EnrolmentStage.NO_ANSWER)
    yield Sample("enrolment-not-kept", enrolment=EnrolmentStage.NOT_KEPT)
    yield Sample("closed", base(Shown.CLOSED, at(18.25)))
    yield Sample("closed-club", club(base(Shown.CLOSED, at(18.25))))
    alone = replace(base(Shown.CLOSED, at(18.25)), contact=Contact.LOST)
    yield Sample("closed-alone", alone)
    for ground, title in BOOKED:
        booking = BookingFace(ground=ground, title=title, start=at(14), end=at(16))
        yield Sample(str(ground), replace(base(Shown.WORKSHOP, at(14.25)), booking=booking))
    yield Sample("taken", base(Shown.TAKEN))
    broken = base(Shown.OUT_OF_ORDER)
    broken = replace(broken, out_of_order="écran noir", out_of_order_since=at(8.85))
    yield Sample("out-of-order", broken)
    yield Sample("offline", replace(lock(), contact=Contact.LOST))
    yield Sample("offline-club", club(replace(lock(), contact=Contact.LOST)))
    yield Sample("goodbye", goodbye(closed=True, clean=False))
    yield Sample("goodbye-clean", goodbye(closed=True, clean=True))
    yield Sample("goodbye-windowed", windowed(goodbye(closed=True, clean=True)))
    yield Sample("identify", replace(lock(), identify=True))


def _session_samples() -> Iterator[Sample]:
    yield Sample("home", session(47))
    yield Sample("home-1", session(47, applications=()))
    yield Sample("home-2", session(47, applications=("internet",)))
    yield Sample("home-3", session(47, applications=("internet", "files")))
    yield Sample("home-shortened", session(20, limit=Ground.CLOSING, limit_at=at(17)))
    yield Sample("home-shortened-day", session(20, limit=Ground.DAILY_MINUTES))
    yield Sample("home-running", windowed(session(47, running_applications=2)))
    yield Sample("home-launch-failed", session(47, launch_failed=True))
    yield Sample("home-10", session(10))
    tried = RefusalFace(ground=Ground.TRIAL)
    yield Sample("home-trial", renewal_of(session(10), RenewalStage.REFUSED, tried))
    last = renewal_of(session(2), RenewalStage.REFUSED, tried)
    yield Sample("options-trial", last, Question.OPTIONS)
    yield Sample("home-asking", renewal_of(session(9), RenewalStage.ASKING))
    yield Sample("home-declined", renewal_of(session(5), RenewalStage.DECLINED))
    closing = RefusalFace(ground=Ground.CLOSING, at=at(14))
    yield Sample("home-10-refused", renewal_of(session(10), RenewalStage.REFUSED, closing))
    yield Sample("help", club(session(47)), shows_help=True)
    open_ = windowed(session(47, running_applications=1))
    yield Sample("bar", open_, wants_program=True)
    ten = windowed(session(10, running_applications=1))
    yield Sample("bar-10", ten, wants_program=True)
    refused = renewal_of(ten, RenewalStage.REFUSED, closing)
    yield Sample("bar-10-refused", refused, wants_program=True)
    waited = renewal_of(ten, RenewalStage.REFUSED, waits(ten))
    yield Sample("bar-10-waiting", waited, wants_program=True)
    yield Sample("bar-5", windowed(session(5, running_applications=1)), wants_program=True)
    yield Sample("bar-2", windowed(session(2, running_applications=1)), wants_program=True)
    yield Sample("grace", windowed(grace(120)))
    yield Sample("grace-refused", windowed(grace(60, RenewalStage.REFUSED)))
    staff = grace(120, RenewalStage.REFUSED, ended_by_staff=True)
    yield Sample("grace-staff", windowed(staff))
    yield Sample("grace-staff-club", windowed(club(staff)))


def _dialog_samples() -> Iterator[Sample]:
    yield Sample("offer", session(2), Question.OFFER)
    face = session(2).session
    if face is not None:
        renewal = replace(
            face.renewal,
            until=face.ends_at + timedelta(minutes=25),
            limit=Ground.CLOSING,
            limit_at=at(14.5),
        )
        yield Sample("offer-shortened", session(2, renewal=renewal), Question.OFFER)
    closing = RefusalFace(ground=Ground.CLOSING, at=at(14))
    refused = renewal_of(session(2), RenewalStage.REFUSED, closing)
    yield Sample("options", refused, Question.OPTIONS)
    renewals = RefusalFace(ground=Ground.RENEWALS)
    ten = renewal_of(session(10), RenewalStage.REFUSED, renewals)
    yield Sample("options-10", ten, Question.OPTIONS)
    wanted = renewal_of(session(10), RenewalStage.REFUSED, waits(session(10)))
    yield Sample("options-waiting-10", wanted, Question.OPTIONS)
    turn = with_mercy(session(2, can_take_turn=True))
    yield Sample("options-mercy", turn, Question.OPTIONS)
    yield Sample("options-turn", replace(turn, ticket=TICKETS["turn"]), Question.OPTIONS)
    yield Sample("ending", session(47), Question.ENDING)
    yield Sample("ending-running", windowed(session(47, running_applications=2)), Question.ENDING)
    message = MessageFace(
        command_id=COMMAND_ID,
        text="Le cours d’informatique commence à 15 h en salle 2. Vous êtes les bienvenus.",
    )
    yield Sample("message", session(47, message=message), Question.MESSAGE)
    yield Sample("message-club", club(session(47, message=message)), Question.MESSAGE)
    for stage in (HelpStage.ASKED, HelpStage.REACHED, HelpStage.COMING, HelpStage.UNREACHED):
        snapshot = replace(session(47), help_stage=stage)
        yield Sample(f"call-{stage.value}", snapshot, Question.HELP)
        yield Sample(f"call-{stage.value}-club", club(snapshot), Question.HELP)
    yield Sample("forgotten", lock(), Question.FORGOTTEN)
    yield Sample("forgotten-club", club(lock()), Question.FORGOTTEN)
    yield Sample("display", session(47), Question.DISPLAY)
    open_ = windowed(session(47, running_applications=1))
    yield Sample("bar-display", open_, Question.DISPLAY, wants_program=True, calm=True)
    over = windowed(grace(120))
    yield Sample("grace-display", over, Question.DISPLAY, calm=True, reduced=True)
    yield from _told_samples()
    quiet = session(47)
    idle = IdleFace(until=quiet.now + timedelta(minutes=3), answer_seconds=180, quiet_seconds=900)
    yield Sample("idle", session(47, idle=idle), Question.IDLE)
    busy = windowed(session(47, idle=idle, running_applications=1))
    yield Sample("bar-idle", busy, Question.IDLE, wants_program=True)
    yield Sample("lock-display", lock(), Question.DISPLAY)
    yield Sample("lock-display-on", lock(), Question.DISPLAY, calm=True, reduced=True)


def _told_samples() -> Iterator[Sample]:
    waiting = lock(tickets_wait=True)
    yield Sample("ticket", waiting, Question.TICKET)
    for name, ticket in TICKETS.items():
        yield Sample(f"ticket-{name}", replace(waiting, ticket=ticket), Question.TICKET)
    for mode in (Mode.TIMES, Mode.GIVING):
        own = replace(waiting, ticket=TICKETS["own"])
        yield Sample(f"ticket-{mode}", own, Question.TICKET, mode=mode)
    open_ = windowed(session(47, running_applications=1))
    yield Sample("bar-ticket", open_, Question.TICKET, wants_program=True)
    for name, places in PLACES.items():
        yield Sample(f"places-{name}", replace(lock(), places=places), Question.PLACES)
    evening = replace(base(Shown.CLOSED, at(18.25)), places=PLACES["evening"])
    yield Sample("closed-places", evening, Question.PLACES)
