"""Print credit over the wire: a visit to the cash desk, a printed job, and every plain refusal."""

import dataclasses

import pytest

from admin_console.hub.service.clock import SystemClock
from admin_console.hub.service.money.record import Till
from kiosk.rules.credit import HoldState
from kiosk.rules.tariff import Paper, Sides
from kiosk.wire.act import ActKind, ActsPage, ReadActs
from kiosk.wire.change import ChangesPage, CreditChanged
from kiosk.wire.codec import Message, decode
from kiosk.wire.credit import MovementKind, ReadSeatCredit, SeatCredit
from kiosk.wire.desk import Role
from kiosk.wire.hold import (
    AuthoriseHold,
    DoubtfulHolds,
    HoldView,
    KeepHold,
    OutstandingCredit,
    PagesRefunded,
    PrintQuoted,
    QuotePrint,
    RefundPages,
    ReleaseHold,
    SendHold,
    SettleHold,
)
from kiosk.wire.money import (
    FindPrintCard,
    IssueCard,
    Means,
    MoneyFault,
    MoneyRefused,
    PostingReversed,
    PrintCardView,
    ReadStatement,
    ReplaceCard,
    ReversePosting,
    StatementPage,
    ToppedUp,
    TopUp,
)
from kiosk.wire.station import OpenSlot, SlotGranted, StationSituation
from kiosk.wire.tariff import JobView, PriceList, PriceView, WritePrices
from tests.hub.web.house import CARD, PIN, House, decode_as, new_id

NUMBER, OTHER = "7700000000011", "7700000000029"
JOB = JobView(paper=Paper.A4, sides=Sides.ONE, copies=1, colours=(False, False, False))


@pytest.fixture
def till(house: House) -> str:
    with house.store.begin(write=True) as work:
        work.money.tills.add(Till("north.till", "north", "Caisse", SystemClock().now()))
    return "north.till"


def cashier(house: House, path: str, body: Message) -> bytes:
    return house.ask("POST", path, body, house.staff[Role.CASHIER]).content


def pay(house: House, till: str, cents: int = 500, number: str = NUMBER) -> TopUp:
    return TopUp(ask_id=new_id(), till_id=till, number=number, amount_cents=cents, means=Means.CASH)


def issued(house: House, till: str) -> PrintCardView:
    ask = IssueCard(ask_id=new_id(), site_id="north", number=NUMBER)
    made: PrintCardView = decode(cashier(house, "/v1/print-cards", ask), PrintCardView)
    decode(cashier(house, "/v1/top-ups", pay(house, till)), ToppedUp)
    return made


def test_a_visit_from_the_cash_desk_to_the_printer_and_back(house: House, till: str) -> None:
    steward, station = house.staff[Role.REGISSEUR], house.station
    issued(house, till)
    today = decode_as(house.ask("GET", "/v1/prices", token=station), PriceList).today
    price = PriceView(
        line_id=new_id(),
        paper=Paper.A4,
        colour=False,
        sides=Sides.ONE,
        cents=10,
        valid_from=today,
        deliberation="2026-12",
    )
    write = WritePrices(site_id="north", prices=(price,))
    listed = decode_as(house.ask("POST", "/v1/prices", write, steward), PriceList)
    assert decode_as(house.ask("GET", "/v1/sites/north/prices", token=steward), PriceList) == listed
    slot_id, hold_id = new_id(), new_id()

    def print_step(path: str, body: Message) -> HoldView:
        return decode_as(house.ask("POST", path, body, station), HoldView)

    quote = QuotePrint(slot_id=slot_id, job=JOB, number=NUMBER)
    quoted = decode_as(house.ask("POST", "/v1/holds/quote", quote, station), PrintQuoted)
    assert quoted.quote.cents == 30
    wanted = AuthoriseHold(
        hold_id=hold_id, slot_id=slot_id, job=JOB, quoted_cents=30, number=NUMBER, printer="HP"
    )
    print_step("/v1/holds", wanted)
    assert print_step("/v1/holds/send", SendHold(hold_id=hold_id)).state is HoldState.SENDING
    print_step("/v1/holds/keep", KeepHold(hold_id=hold_id))
    done = print_step("/v1/holds/settle", SettleHold(hold_id=hold_id, printed=2))
    assert done.charged_cents == 20
    other = under_another_id(wanted)
    print_step("/v1/holds", other)
    print_step("/v1/holds/release", ReleaseHold(hold_id=other.hold_id))
    refund = RefundPages(
        ask_id=new_id(), site_id="north", hold_id=hold_id, pages=1, reason="streaks"
    )
    back: PagesRefunded = decode(cashier(house, "/v1/refunds", refund), PagesRefunded)
    assert back.refunded_cents == 10

    card: PrintCardView = decode(
        cashier(house, "/v1/print-cards/search", FindPrintCard(number=NUMBER)), PrintCardView
    )
    assert card.balance_cents == 490
    statement: StatementPage = decode(
        cashier(house, "/v1/print-cards/statement", ReadStatement(card_id=card.card_id)),
        StatementPage,
    )
    assert [line.change_cents for line in statement.lines] == [10, 30, -30, 10, -30, 500]
    owed = decode_as(house.ask("GET", "/v1/credit", token=steward), OutstandingCredit)
    assert owed.cards_cents == 490
    doubts = house.ask("GET", "/v1/sites/north/doubts", token=steward)
    assert decode_as(doubts, DoubtfulHolds).holds == ()
    assert NUMBER not in house.log.getvalue()


def under_another_id(ask: AuthoriseHold) -> AuthoriseHold:
    """Return the same job under another id."""
    return AuthoriseHold(
        hold_id=new_id(),
        slot_id=ask.slot_id,
        job=ask.job,
        quoted_cents=ask.quoted_cents,
        number=ask.number,
    )


def test_what_is_refused_at_the_till_says_why_and_writes_no_line(house: House, till: str) -> None:
    issued(house, till)
    before = house.written()

    def refused(ask: TopUp) -> MoneyFault:
        found: MoneyRefused = decode(cashier(house, "/v1/top-ups", ask), MoneyRefused)
        return found.fault

    assert refused(pay(house, till, -5)) is MoneyFault.AMOUNT_NOT_POSITIVE
    assert refused(pay(house, till, 10**12)) is MoneyFault.AMOUNT_TOO_LARGE
    assert refused(pay(house, till, 500, OTHER)) is MoneyFault.CARD_UNKNOWN
    assert refused(pay(house, "nowhere")) is MoneyFault.TILL_UNKNOWN
    assert house.written() == before
    with house.store.begin(write=True) as work:
        found = work.money.tills.hold(till)
        assert found is not None
        work.money.tills.save(dataclasses.replace(found, opened_at=None))
    assert refused(pay(house, till)) is MoneyFault.TILL_CLOSED


def test_a_reversal_and_a_replacement_stand_in_the_journal_of_acts(house: House, till: str) -> None:
    card = issued(house, till)
    paid: ToppedUp = decode(cashier(house, "/v1/top-ups", pay(house, till, 50)), ToppedUp)
    reverse = ReversePosting(ask_id=new_id(), posting_id=paid.posting_id, reason="mistyped")
    answer = house.ask("POST", "/v1/postings/reverse", reverse, house.staff[Role.REGISSEUR])
    assert decode_as(answer, PostingReversed).card.balance_cents == 500
    replace = ReplaceCard(
        ask_id=new_id(), site_id="north", card_id=card.card_id, number=OTHER, reason="lost"
    )
    decode(cashier(house, "/v1/print-cards/replace", replace), PrintCardView)

    now = SystemClock().now()
    ask = ReadActs(since=now.replace(year=now.year - 1), until=now.replace(year=now.year + 1))
    page = decode_as(house.ask("POST", "/v1/acts/search", ask, house.staff[Role.ADMIN]), ActsPage)

    assert [(line.kind, line.card_end) for line in page.lines] == [
        (ActKind.PRINT_CARD_REPLACED, "0029"),
        (ActKind.POSTING_REVERSED, "0011"),
        (ActKind.TOPPED_UP, "0011"),
        (ActKind.TOPPED_UP, "0011"),
        (ActKind.PRINT_CARD_ISSUED, "0011"),
    ]
    assert page.kept == page.last == 5


def test_a_top_up_at_the_desk_is_read_at_the_seat_of_the_cards_member(
    house: House, till: str
) -> None:
    station, steward = house.station, house.staff[Role.REGISSEUR]
    today = decode_as(house.ask("GET", "/v1/prices", token=station), PriceList).today
    price = PriceView(
        line_id=new_id(),
        paper=Paper.A4,
        colour=False,
        sides=Sides.ONE,
        cents=10,
        valid_from=today,
        deliberation="2026-12",
    )
    house.ask("POST", "/v1/prices", WritePrices(site_id="north", prices=(price,)), steward)
    slot_id = new_id()
    opening = OpenSlot(slot_id=slot_id, card=CARD, pin=PIN)
    decode_as(house.ask("POST", "/v1/slots", opening, station), SlotGranted)
    issue = IssueCard(ask_id=new_id(), site_id="north", number=NUMBER, member_card=CARD)
    made: PrintCardView = decode(cashier(house, "/v1/print-cards", issue), PrintCardView)
    before = decode_as(house.ask("GET", "/v1/situation", token=station), StationSituation).cursor

    decode(cashier(house, "/v1/top-ups", pay(house, till, 430)), ToppedUp)

    changes = house.ask("GET", f"/v1/changes?after={before}", token=station)
    told = [one.body for one in decode_as(changes, ChangesPage).changes]
    assert CreditChanged(card_id=made.card_id, slot_id=slot_id) in told
    read = ReadSeatCredit(slot_id=slot_id)
    credit = decode_as(house.ask("POST", "/v1/print-cards/seated", read, station), SeatCredit)
    assert [one.balance_cents for one in credit.cards] == [430]
    assert [one.kind for one in credit.movements] == [MovementKind.TOP_UP]
    assert NUMBER not in house.log.getvalue()
