"""Dialogs whose question has fallen away while they stood: in the grace, asked for, or moved on."""

from collections.abc import Iterator

from kiosk.rules.slot import Ground
from kiosk.shell.question import Question
from kiosk.shell.sample import Sample, grace, renewal_of, session, windowed
from kiosk.shell.sample_told import at
from kiosk.wire.face import RefusalFace, RenewalStage


def turned_samples() -> Iterator[Sample]:
    """Return each of them."""
    two, longer = session(2), session(59, total_seconds=7200)
    offer, options, ending = Question.OFFER, Question.OPTIONS, Question.ENDING
    closing = RefusalFace(ground=Ground.CLOSING, at=at(14))
    refused = renewal_of(session(9), RenewalStage.REFUSED, closing)
    over = renewal_of(grace(120), RenewalStage.REFUSED, closing)
    asking = renewal_of(session(0.1), RenewalStage.ASKING)
    yield Sample("offer-asking", two, offer, later=asking)
    yield Sample("offer-grace", windowed(two), offer, later=windowed(grace(120)))
    yield Sample("options-grace", windowed(refused), options, later=windowed(over))
    yield Sample("moved-on", two, offer, later=longer)
    yield Sample("moved-on-free", refused, options, later=session(8))
    yield Sample("moved-on-over", windowed(two), ending, later=windowed(over))
