"""Print credit in all its states, for the gallery and the tests."""

from collections.abc import Iterator
from datetime import date

from msgspec.structs import replace

from kiosk.shell.question import Question
from kiosk.shell.sample import Sample, grace, session, windowed
from kiosk.shell.sample_told import at
from kiosk.wire.credit import CardFault, Movement, MovementKind
from kiosk.wire.creditface import CreditFace
from kiosk.wire.face import Contact, Snapshot
from kiosk.wire.money import CardState, PrintCardView

_CARD = PrintCardView(
    card_id="0199e2f4-0000-7000-8000-0000000000c1",
    last_four="0011",
    state=CardState.ACTIVE,
    balance_cents=430,
    tied=True,
    expires_on=date(2028, 10, 31),
)
_OTHER = replace(_CARD, last_four="0029", balance_cents=30, tied=False, expires_on=None)


def _moved(hours: float, kind: MovementKind, change: int, balance: int, pages: int = 0) -> Movement:
    return Movement(
        at=at(hours), kind=kind, change_cents=change, balance_cents=balance, pages=pages
    )


MOVED = (
    _moved(12.3, MovementKind.PRINTED, -60, 430, 6),
    _moved(12.1, MovementKind.GIVEN_BACK, 10, 490),
    _moved(-4, MovementKind.PRINTED, -20, 480, 2),
    _moved(-100, MovementKind.TOP_UP, 500, 500),
)
CREDIT = CreditFace(
    at=at(12.5),
    cards=(_CARD,),
    movements=MOVED,
    top_up="À l’accueil, du mardi au samedi, de 10 h à 18 h 30, dès 1 €.",
)
NONE = CreditFace(at=at(12.5))
CREDITS = {
    "credit": CREDIT,
    "credit-none": NONE,
    "credit-new": replace(CREDIT, movements=(), cards=(replace(_CARD, balance_cents=0),)),
    "credit-stale": replace(CREDIT, stale=True, at=at(12.1)),
    "credit-printing": replace(
        CREDIT,
        cards=(replace(_CARD, held_cents=90, balance_cents=340), _OTHER),
        movements=(_moved(12.5, MovementKind.PRINTING, -90, 340), *MOVED),
    ),
    "credit-blocked": replace(CREDIT, cards=(replace(_CARD, state=CardState.BLOCKED),)),
    "credit-reading": replace(NONE, reading=True),
    "credit-unknown": replace(NONE, fault=CardFault.UNKNOWN),
    "credit-another": replace(CREDIT, fault=CardFault.OF_ANOTHER),
    "credit-wait": replace(CREDIT, fault=CardFault.TOO_MANY_TRIES, retry_seconds=30),
    "credit-unanswered": replace(NONE, unanswered=True, stale=True),
}


def with_credit(snapshot: Snapshot, credit: CreditFace = CREDIT) -> Snapshot:
    """Return the same session where prints are sold."""
    if snapshot.session is None:
        return snapshot
    return replace(snapshot, session=replace(snapshot.session, credit=credit))


def credit_samples() -> Iterator[Sample]:
    """Return each of them."""
    away = replace(session(47), contact=Contact.LOST)
    open_ = windowed(session(47, running_applications=1))
    stale = CREDITS["credit-stale"]
    yield Sample("home-credit", with_credit(session(47)))
    yield Sample("home-credit-none", with_credit(session(47), NONE))
    yield Sample("home-credit-stale", with_credit(away, stale))
    yield Sample("bar-credit", with_credit(open_), wants_program=True)
    alone = replace(open_, contact=Contact.LOST)
    yield Sample("bar-credit-stale", with_credit(alone, stale), wants_program=True)
    yield Sample("grace-credit", with_credit(windowed(grace(120))))
    for name, credit in CREDITS.items():
        yield Sample(name, with_credit(session(47), credit), Question.CREDIT)
    yield Sample("bar-mon-credit", with_credit(open_), Question.CREDIT, wants_program=True)
