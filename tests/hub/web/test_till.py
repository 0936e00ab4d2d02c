"""A day at a till over HTTP: opened, used, counted, closed, printed and taken to the accountant."""

from datetime import timedelta

import pytest

from admin_console.hub.service.money.record import Till
from kiosk.wire.act import ActKind, ActsPage, ReadActs
from kiosk.wire.codec import decode
from kiosk.wire.desk import Role
from kiosk.wire.money import IssueCard, Means, MoneyFault, MoneyRefused, ToppedUp, TopUp
from kiosk.wire.till import (
    CloseTill,
    ClosingAnswer,
    CoinCount,
    CountTill,
    OpenTill,
    ReceiptPage,
    ReceiptsAnswer,
    TillAnswer,
    TillClosed,
    TillJournal,
    TillJournalAnswer,
    Tills,
    TillView,
)
from tests.hub.web.house import House, decode_as, new_id

NUMBER = "7700000000011"
TILL = "north.till"


@pytest.fixture
def cashier(house: House) -> str:
    with house.store.begin(write=True) as work:
        work.money.tills.add(Till(TILL, "north", "Caisse", regie="Régie des médiathèques"))
    token = house.staff[Role.CASHIER]
    card = IssueCard(ask_id=new_id(), site_id="north", number=NUMBER)
    house.ask("POST", "/v1/print-cards", card, token)
    return token


def test_a_day_from_the_float_to_the_accountant(house: House, cashier: str) -> None:
    def pay(cents: int) -> object:
        ask = TopUp(
            ask_id=new_id(), till_id=TILL, number=NUMBER, amount_cents=cents, means=Means.CASH
        )
        return decode(
            house.ask("POST", "/v1/top-ups", ask, cashier).content, ToppedUp | MoneyRefused
        )

    assert pay(500) == MoneyRefused(fault=MoneyFault.TILL_CLOSED)
    begin = OpenTill(ask_id=new_id(), till_id=TILL, float_cents=3000)
    opened: TillAnswer = decode(
        house.ask("POST", "/v1/tills/open", begin, cashier).content, TillAnswer
    )
    assert isinstance(opened, TillView)
    paid = pay(500)
    assert isinstance(paid, ToppedUp)
    assert paid.receipt is not None
    year = paid.receipt.year

    seen = decode_as(house.ask("GET", "/v1/sites/north/tills", token=cashier), Tills)
    assert seen.tills[0].mine
    found = house.ask("GET", f"/v1/tills/{TILL}/receipts?year={year}", token=cashier)
    page: ReceiptsAnswer = decode(found.content, ReceiptsAnswer)
    assert isinstance(page, ReceiptPage)
    assert page.receipts == (paid.receipt,)
    for form in ("roll", "sheet"):
        paper = house.ask("GET", f"/v1/receipts/{TILL}/{year}/1/paper?form={form}", token=cashier)
        assert paper.status_code == 200
        assert paper.headers["content-type"] == "application/pdf"
        assert paper.content.startswith(b"%PDF-")

    coins = (CoinCount(value_cents=500, pieces=7),)
    count = CountTill(ask_id=new_id(), till_id=TILL, coins=coins)
    counted: TillAnswer = decode(
        house.ask("POST", "/v1/tills/count", count, cashier).content, TillAnswer
    )
    assert isinstance(counted, TillView)
    finish = CloseTill(ask_id=new_id(), till_id=TILL, kept_cents=3000)
    closed: ClosingAnswer = decode(
        house.ask("POST", "/v1/tills/close", finish, cashier).content, ClosingAnswer
    )
    assert isinstance(closed, TillClosed)
    slip = house.ask("GET", f"/v1/tills/{TILL}/closings/1/paper", token=cashier)
    assert slip.content.startswith(b"%PDF-")

    steward = house.staff[Role.REGISSEUR]
    # The day of the site may be another than that of the stamp.
    day, around = closed.at.date(), timedelta(days=1)
    period = f"since={day - around}&until={day + around}"
    read = house.ask("GET", f"/v1/sites/north/till-journal?{period}", token=steward)
    journal: TillJournalAnswer = decode(read.content, TillJournalAnswer)
    assert isinstance(journal, TillJournal)
    assert [one.closing for one in journal.closings] == [closed]
    for form, begins in (("csv", b"\xef\xbb\xbf"), ("xlsx", b"PK"), ("pdf", b"%PDF-")):
        table = house.ask(
            "GET", f"/v1/sites/north/till-journal/export?form={form}&{period}", token=steward
        )
        assert table.status_code == 200, table.content
        assert table.content.startswith(begins)


def test_what_is_not_there_is_not_printed(house: House, cashier: str) -> None:
    missing = house.ask("GET", f"/v1/receipts/{TILL}/2026/9/paper?form=roll", token=cashier)
    closing = house.ask("GET", f"/v1/tills/{TILL}/closings/9/paper", token=cashier)

    assert (missing.status_code, closing.status_code) == (404, 404)


def test_a_closing_stands_in_the_journal_by_its_session_with_all_that_was_apart(
    house: House, cashier: str
) -> None:
    begin = OpenTill(ask_id=new_id(), till_id=TILL, float_cents=3000)
    house.ask("POST", "/v1/tills/open", begin, cashier)
    coins = (CoinCount(value_cents=500, pieces=4),)
    count = CountTill(ask_id=new_id(), till_id=TILL, coins=coins, card_cents=1000)
    house.ask("POST", "/v1/tills/count", count, cashier)
    finish = CloseTill(ask_id=new_id(), till_id=TILL, kept_cents=2000, reason="two mistakes")
    closed = decode_as(house.ask("POST", "/v1/tills/close", finish, cashier), TillClosed)

    now = closed.at
    ask = ReadActs(since=now - timedelta(days=1), until=now + timedelta(days=1))
    page = decode_as(house.ask("POST", "/v1/acts/search", ask, house.staff[Role.ADMIN]), ActsPage)
    (line,) = [one for one in page.lines if one.kind is ActKind.TILL_CLOSED]

    assert (closed.difference.cash_cents, closed.difference.card_cents) == (-1000, 1000)
    assert closed.number != closed.session
    assert (line.facts.number, line.facts.cents) == (str(closed.session), 2000)
