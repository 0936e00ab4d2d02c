"""Print credit on the seat: asked for when it moves, of now or honestly of then."""

import pytest
from msgspec.structs import replace

from kiosk.session.command import CreditAnswered, CreditUnanswered, OutboxCounted, SituationRead
from kiosk.wire.change import CreditChanged
from kiosk.wire.credit import (
    CardFault,
    CreditGround,
    Movement,
    MovementKind,
    ReadSeatCredit,
    SeatCredit,
    SeatCreditAnswer,
    SeatCreditRefused,
)
from kiosk.wire.creditface import CreditFace, CreditSeen, CreditWished, PrintCardPassed
from kiosk.wire.face import EndAsked
from kiosk.wire.money import CardState, PrintCardView
from tests.session.bench import situation
from tests.session.station import Station

CARD = "01890000-0000-7000-8000-0000000000c1"
OTHER_CARD = "01890000-0000-7000-8000-0000000000c2"
OTHER_SLOT = "01890000-0000-7000-8000-000000000b0b"
NUMBER, WRONG = "7700000000011", "7700000000029"


def card(cents: int = 430, card_id: str = CARD) -> PrintCardView:
    return PrintCardView(
        card_id=card_id, last_four="0011", state=CardState.ACTIVE, balance_cents=cents
    )


def credit(station: Station, cents: int = 430, **changes: object) -> SeatCredit:
    now = station.clock.wall()
    line = Movement(at=now, kind=MovementKind.TOP_UP, change_cents=cents, balance_cents=cents)
    told = SeatCredit(at=now, cards=(card(cents),), movements=(line,))
    return replace(told, **changes)


def answer(station: Station, told: SeatCreditAnswer) -> None:
    """Answer the last ask."""
    station.session.handle(CreditAnswered(station.asked_credit[-1][0], told))


def shown(station: Station) -> CreditFace | None:
    session = station.shown.session
    assert session is not None
    return session.credit


def face(station: Station) -> CreditFace:
    found = shown(station)
    assert found is not None
    return found


@pytest.fixture
def seated(station: Station) -> Station:
    """Somebody sits, and their credit was told."""
    station.sit()
    answer(station, credit(station))
    return station


def asked(station: Station) -> ReadSeatCredit:
    return station.asked_credit[-1][1]


def test_credit_is_asked_for_when_the_slot_has_opened_and_never_before(station: Station) -> None:
    assert station.asked_credit == []
    station.sit()
    session = station.shown.session
    assert session is not None
    assert asked(station) == ReadSeatCredit(slot_id=session.slot_id)
    assert shown(station) is None
    told = credit(station)
    answer(station, told)
    assert face(station) == CreditFace(at=told.at, cards=told.cards, movements=told.movements)


def test_where_nothing_is_sold_nothing_is_shown_and_nothing_asked_again(station: Station) -> None:
    station.sit()
    answer(station, SeatCreditRefused(ground=CreditGround.NOT_SOLD_HERE))
    asks = len(station.asked_credit)
    station.pass_time(120)
    assert shown(station) is None
    assert len(station.asked_credit) == asks


def test_a_hub_that_knows_of_nobody_yet_is_asked_again_as_facts_reach_it(station: Station) -> None:
    station.sit()
    answer(station, SeatCreditRefused(ground=CreditGround.NOBODY_HERE))
    asks = len(station.asked_credit)
    station.session.handle(OutboxCounted(0))
    assert len(station.asked_credit) == asks + 1
    answer(station, credit(station))
    station.session.handle(OutboxCounted(0))
    station.session.tick()
    assert len(station.asked_credit) == asks + 1


def test_the_site_says_where_credit_is_sold(seated: Station) -> None:
    told = situation(seated.clock)
    seated.session.handle(
        SituationRead(replace(told, site=replace(told.site, top_up="À l’accueil, le matin.")))
    )
    assert face(seated).top_up == "À l’accueil, le matin."
    answer(seated, credit(seated, 930))
    assert face(seated).cards[0].balance_cents == 930


@pytest.mark.parametrize(
    ("change", "is_asked"),
    [
        (CreditChanged(card_id=CARD), True),
        (CreditChanged(card_id=OTHER_CARD), False),
        (CreditChanged(card_id=OTHER_CARD, slot_id=OTHER_SLOT), False),
    ],
)
def test_a_card_that_is_shown_is_looked_at_anew_when_it_moves(
    seated: Station, change: CreditChanged, is_asked: bool
) -> None:
    asks = len(seated.asked_credit)
    seated.hear(change)
    assert len(seated.asked_credit) == asks + is_asked


def test_a_new_card_of_the_visitor_is_looked_for_though_none_was_shown(station: Station) -> None:
    station.sit()
    asks = len(station.asked_credit)
    session = station.shown.session
    assert session is not None
    moved = CreditChanged(card_id=CARD, slot_id=session.slot_id)
    station.hear(CreditChanged(card_id=CARD))
    station.hear(moved)
    assert len(station.asked_credit) == asks
    answer(station, credit(station))
    assert len(station.asked_credit) == asks + 1


def test_what_changes_where_nobody_sits_is_nobodys(station: Station) -> None:
    station.hear(CreditChanged(card_id=CARD))
    station.wish(CreditWished())
    station.wish(PrintCardPassed(number=NUMBER))
    station.session.handle(CreditUnanswered(OTHER_SLOT))
    station.session.handle(CreditAnswered(OTHER_SLOT, credit(station)))
    assert station.asked_credit == []
    assert station.session.state.wallet is None


def test_without_the_hub_the_balance_is_of_then_and_no_card_is_read(seated: Station) -> None:
    told_at = face(seated).at
    seated.disconnect()
    seated.pass_time(600)
    assert (face(seated).stale, face(seated).at) == (True, told_at)
    asks = len(seated.asked_credit)
    seated.wish(CreditWished())
    seated.wish(PrintCardPassed(number=NUMBER))
    assert len(seated.asked_credit) == asks
    assert (face(seated).unanswered, face(seated).reading) == (True, False)
    seated.wish(CreditSeen())
    assert not face(seated).unanswered
    seated.connect()
    assert len(seated.asked_credit) == asks + 1
    answer(seated, credit(seated, 250))
    assert (face(seated).stale, face(seated).cards[0].balance_cents) == (False, 250)


def test_an_ask_in_vain_leaves_the_balance_of_then_and_is_repeated(seated: Station) -> None:
    seated.wish(CreditWished())
    ask_id, ask = seated.asked_credit[-1]
    seated.session.handle(CreditUnanswered(OTHER_SLOT))
    assert not face(seated).stale
    seated.session.handle(CreditUnanswered(ask_id))
    assert (face(seated).stale, face(seated).unanswered) == (True, False)
    seated.session.tick()
    again, repeated = seated.asked_credit[-1]
    assert (again != ask_id, repeated) == (True, ask)
    answer(seated, credit(seated))
    assert not face(seated).stale


def test_a_passed_card_is_shown_and_asked_for_until_its_visitor_leaves(seated: Station) -> None:
    seated.wish(PrintCardPassed(number=NUMBER))
    assert (asked(seated).number, face(seated).reading) == (NUMBER, True)
    answer(seated, credit(seated, 80))
    assert (face(seated).cards[0].balance_cents, face(seated).reading) == (80, False)
    seated.wish(CreditWished())
    assert asked(seated).number == NUMBER
    assert seated.kept is not None
    assert NUMBER.encode() not in seated.kept
    assert NUMBER not in repr(seated.session.state)
    seated.wish(EndAsked())
    assert seated.session.state.wallet is None
    seated.session.tick()
    seated.sit()
    assert asked(seated).number is None


def test_a_card_passed_while_an_answer_is_on_its_way_is_not_taken_for_it(seated: Station) -> None:
    seated.wish(CreditWished())
    late = seated.asked_credit[-1][0]
    seated.wish(PrintCardPassed(number=NUMBER))
    seated.session.handle(CreditAnswered(late, credit(seated, 999)))
    assert (face(seated).reading, face(seated).cards[0].balance_cents) == (True, 430)


def test_a_card_that_is_no_good_is_said_and_the_one_shown_before_stays(seated: Station) -> None:
    seated.wish(PrintCardPassed(number=WRONG))
    answer(seated, credit(seated, fault=CardFault.UNKNOWN))
    assert face(seated).fault is CardFault.UNKNOWN
    seated.wish(CreditSeen())
    assert face(seated).fault is None
    assert seated.session.state.wallet is not None
    assert seated.session.state.wallet.number is None
    seated.wish(PrintCardPassed(number=NUMBER))
    answer(seated, credit(seated, 80))
    seated.wish(PrintCardPassed(number=WRONG))
    tries = credit(seated, cards=(), fault=CardFault.TOO_MANY_TRIES, retry_seconds=30)
    answer(seated, tries)
    assert (face(seated).fault, face(seated).retry_seconds) == (CardFault.TOO_MANY_TRIES, 30)
    assert face(seated).cards[0].balance_cents == 80
    seated.wish(CreditSeen())
    seated.wish(CreditWished())
    assert asked(seated).number == NUMBER
    answer(seated, tries)
    assert (face(seated).fault, face(seated).stale) == (None, True)
    assert face(seated).cards[0].balance_cents == 80


def test_a_passed_card_that_is_blocked_meanwhile_is_shown_no_more(seated: Station) -> None:
    seated.wish(PrintCardPassed(number=NUMBER))
    answer(seated, credit(seated, 80))
    seated.hear(CreditChanged(card_id=CARD))
    answer(seated, credit(seated, cards=(), movements=(), fault=CardFault.BLOCKED))
    assert (face(seated).cards, face(seated).fault) == ((), CardFault.BLOCKED)
    seated.wish(CreditWished())
    assert asked(seated).number is None


def test_a_card_that_nobody_answers_for_is_said(seated: Station) -> None:
    seated.wish(PrintCardPassed(number=NUMBER))
    seated.session.handle(CreditUnanswered(seated.asked_credit[-1][0]))
    assert (face(seated).reading, face(seated).unanswered) == (False, True)
