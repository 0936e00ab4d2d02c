"""Every answer with which the lock may refuse a visitor, for the gallery and the tests."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from kiosk.rules.slot import Ground
from kiosk.wire.face import HeldFace, LockFace, RefusalFace

MOMENT = datetime(2026, 10, 14, 12, 32, tzinfo=UTC)
"""A Wednesday, 14:32 in Paris: when all samples are."""
CLOSING = MOMENT.replace(hour=17, minute=0)
WORKSHOP = MOMENT.replace(hour=13, minute=0)
CARD_ALONE = {
    "": LockFace(slot_seconds=3600, card_alone=True),
    "-busy": LockFace(slot_seconds=3600, card_alone=True, busy=True),
    "-wrong": LockFace(
        slot_seconds=3600,
        card_alone=True,
        refusal=RefusalFace(ground=Ground.WRONG_CARD_OR_CODE, tries_left=2),
    ),
    "-held": LockFace(card_alone=True, held=HeldFace(ticket="A-18")),
}
"""Where the card alone opens."""


def refusals() -> Iterator[tuple[str, RefusalFace]]:
    """Name every answer that the lock can get."""
    yield "wrong", RefusalFace(ground=Ground.WRONG_CARD_OR_CODE, tries_left=2)
    yield "wrong-last", RefusalFace(ground=Ground.WRONG_CARD_OR_CODE, tries_left=1)
    retry_at = MOMENT + timedelta(seconds=30)
    yield "wrong-wait", RefusalFace(ground=Ground.WRONG_CARD_OR_CODE, retry_at=retry_at)
    retry_at = MOMENT + timedelta(seconds=115)
    yield "tries", RefusalFace(ground=Ground.TOO_MANY_TRIES, retry_at=retry_at)
    yield "held", RefusalFace(ground=Ground.HELD, ticket="A-18")
    yield "ticket-needed", RefusalFace(ground=Ground.TICKET_NEEDED, ticket="A-18")
    yield (
        "seated",
        RefusalFace(ground=Ground.PERSON_SEATED, seat_number=12, room_name="Espace multimédia"),
    )
    yield "closing", RefusalFace(ground=Ground.CLOSING, at=CLOSING)
    yield "workshop", RefusalFace(ground=Ground.WORKSHOP, at=WORKSHOP)
    yield "reservation", RefusalFace(ground=Ground.RESERVATION, at=WORKSHOP)
    yield "too-young", RefusalFace(ground=Ground.TOO_YOUNG, minimum_age=55)
    for ground in (
        Ground.CLOSED,
        Ground.DAILY_MINUTES,
        Ground.OUT_OF_ORDER,
        Ground.SEAT_TAKEN,
        Ground.NO_ANSWER,
        Ground.NO_AUTHORISATION,
        Ground.NOT_RESIDENT,
        Ground.CARD_EXPIRED,
        Ground.NOT_ADMITTED,
        Ground.FAULT,
    ):
        yield ground.value.replace("_", "-"), RefusalFace(ground=ground)
