"""Every dialog in every state, over the face on which it stands, for the gallery and the tests."""

from collections.abc import Iterator
from datetime import timedelta

from msgspec.structs import replace

from kiosk.rules.slot import Ground
from kiosk.shell.question import Question
from kiosk.shell.sample import (
    COMMAND_ID,
    Sample,
    base,
    club,
    grace,
    lock,
    renewal_of,
    session,
    waits,
    windowed,
    with_mercy,
)
from kiosk.shell.sample_told import PLACES, TICKETS, at
from kiosk.shell.ticket_acts import Mode
from kiosk.wire.face import (
    HelpStage,
    IdleFace,
    MessageFace,
    RefusalFace,
    RenewalStage,
    Shown,
)


def dialog_samples() -> Iterator[Sample]:
    """Return each of them."""
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
