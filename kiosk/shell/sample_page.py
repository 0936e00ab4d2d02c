"""Every page in every state, and every dialog over it, for the gallery and the tests."""

from collections.abc import Iterator
from datetime import timedelta

from msgspec.structs import replace

from kiosk.rules.presence import LockCause
from kiosk.rules.slot import Ground
from kiosk.shell.enrolment_page import EnrolmentStage
from kiosk.shell.question import Question
from kiosk.shell.sample import (
    NOW,
    Sample,
    away,
    base,
    club,
    goodbye,
    grace,
    lock,
    renewal_of,
    session,
    waits,
    windowed,
)
from kiosk.shell.sample_dialog import dialog_samples
from kiosk.shell.sample_pass import CODES, HALF, PASSES, WHOLE
from kiosk.shell.sample_refusal import CARD_ALONE, refusals
from kiosk.shell.sample_told import BOOKED, GIVEN, at
from kiosk.shell.sample_welcome import WELCOMES
from kiosk.wire.face import (
    AwayFace,
    Contact,
    HeldFace,
    RefusalFace,
    RenewalStage,
    Shown,
)
from kiosk.wire.workshop import BookingFace


def samples() -> list[Sample]:
    """Return every page in every state."""
    return [
        *_lock_samples(),
        *_pass_samples(),
        *_welcome_samples(),
        *_state_samples(),
        *_session_samples(),
        *dialog_samples(),
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
    scanning = ("internet", "writer", "files", "scanner")
    yield Sample("home-5", session(47, applications=scanning))
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
